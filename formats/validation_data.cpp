// SPDX-License-Identifier: Apache-2.0
#include "formats/validation_data.hpp"

#include "core/atomic_file.hpp"
#include "core/error.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace sohoa {
namespace {

using OcspResponsePtr = std::unique_ptr<OCSP_RESPONSE, OpenSslFree<OCSP_RESPONSE_free>>;

CrlPtr owned(X509_CRL* crl) { return {crl, X509_CRL_free}; }
OcspPtr owned(OCSP_BASICRESP* response) { return {response, OCSP_BASICRESP_free}; }

constexpr std::uint64_t k_max_file = 64U << 20U;
constexpr std::size_t k_max_items = 4096;  // of each kind

// The next element of `der`, taken off its front; its content. Nothing, and an empty `der`, at the end or at nonsense.
struct Element {
  int tag = -1;
  std::string_view whole = {};
  std::string_view content = {};
};

Element next_element(std::string_view& der) {
  const unsigned char* at = octets(der);
  long length = 0;
  int tag = 0;
  int kind = 0;
  const int state = der.empty() ? 0x80 : ASN1_get_object(&at, &length, &tag, &kind, static_cast<long>(der.size()));
  if ((state & 0x80) != 0 || (state & 0x01) != 0) {  // bad, or of indefinite length
    ERR_clear_error();
    der = {};
    return {};
  }
  const auto head = static_cast<std::size_t>(at - octets(der));
  const Element element{tag, der.substr(0, head + static_cast<std::size_t>(length)),
                        der.substr(head, static_cast<std::size_t>(length))};
  der.remove_prefix(element.whole.size());
  return element;
}

}  // namespace

void ValidationData::add_certificate(std::string_view der) {
  const unsigned char* at = octets(der);
  const CertificatePtr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (certificate && sk_X509_num(certificates.get()) < static_cast<int>(k_max_items)) {
    append(certificates.get(), certificate.get());
  }
  ERR_clear_error();
}

void ValidationData::add_crl(std::string_view der) {
  const unsigned char* at = octets(der);
  const CrlPtr crl = owned(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
  if (crl && crls.size() < k_max_items) {
    crls.push_back(crl);
  }
  ERR_clear_error();
}

void ValidationData::add_ocsp(std::string_view der) {
  const unsigned char* at = octets(der);
  const OcspResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
  const bool good = response && OCSP_response_status(response.get()) == OCSP_RESPONSE_STATUS_SUCCESSFUL;
  const OcspPtr basic = owned(good ? OCSP_response_get1_basic(response.get()) : nullptr);
  if (basic && ocsp.size() < k_max_items) {
    ocsp.push_back(basic);
  }
  ERR_clear_error();
}

void ValidationData::add_archival(std::string_view der) {
  std::string_view fields = next_element(der).content;
  while (!fields.empty()) {
    const Element field = next_element(fields);
    std::string_view list = field.content;
    std::string_view items = next_element(list).content;
    while (!items.empty()) {
      const std::string_view item = next_element(items).whole;
      if (field.tag == 0) {
        add_crl(item);
      } else if (field.tag == 1) {
        add_ocsp(item);
      }
    }
  }
}

void ValidationData::add_certificates(const STACK_OF(X509) * more) {
  for (int i = 0; i < sk_X509_num(more) && sk_X509_num(certificates.get()) < static_cast<int>(k_max_items); ++i) {
    append(certificates.get(), sk_X509_value(more, i));
  }
}

void ValidationData::add(const ValidationData& more) {
  add_certificates(more.certificates.get());
  crls.insert(crls.end(), more.crls.begin(), more.crls.end());
  ocsp.insert(ocsp.end(), more.ocsp.begin(), more.ocsp.end());
}

bool holds(const STACK_OF(X509) * certificates, const X509* certificate) {
  for (int i = 0; i < sk_X509_num(certificates); ++i) {
    if (X509_cmp(sk_X509_value(certificates, i), certificate) == 0) {
      return true;
    }
  }
  return false;
}

CertificatesPtr read_anchors(const std::vector<fs::path>& files) {
  CertificatesPtr anchors = new_certificates();
  for (const fs::path& file : files) {
    const std::string pem = read_file(file, 16U << 20U);
    const BioPtr bio = read_only(pem);
    int count = 0;
    while (const CertificatePtr certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
      append(anchors.get(), certificate.get());
      ++count;
    }
    ERR_clear_error();
    if (count == 0) {
      throw input_error("trust-unreadable", file.string() + " holds no certificate in PEM form",
                        "convert it with openssl x509");
    }
  }
  return anchors;
}

void read_revocation(const std::vector<fs::path>& files, ValidationData& data) {
  for (const fs::path& file : files) {
    const std::string bytes = read_file(file, k_max_file);
    const std::size_t before = data.crls.size() + data.ocsp.size();
    const BioPtr bio = read_only(bytes);
    while (const CrlPtr crl = owned(PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr))) {
      data.crls.push_back(crl);
    }
    ERR_clear_error();
    data.add_crl(bytes);
    data.add_ocsp(bytes);
    if (data.crls.size() + data.ocsp.size() == before) {
      throw input_error("revocation-unreadable",
                        file.string() + " holds neither a list of revoked certificates nor a good OCSP answer",
                        "fetch it again from the authority that issued the certificates");
    }
  }
}

}  // namespace sohoa
