// SPDX-License-Identifier: Apache-2.0
#include "formats/revocation.hpp"

#include "core/error.hpp"
#include "formats/certificate_span.hpp"
#include "formats/ocsp_answer.hpp"

#include <algorithm>
#include <utility>

#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

namespace sohoa {
namespace {

using BasicPtr = std::unique_ptr<OCSP_BASICRESP, OpenSslFree<OCSP_BASICRESP_free>>;
using CrlPtr = std::unique_ptr<X509_CRL, OpenSslFree<X509_CRL_free>>;
using QuestionPtr = std::unique_ptr<OCSP_REQUEST, OpenSslFree<OCSP_REQUEST_free>>;
using ResponsePtr = std::unique_ptr<OCSP_RESPONSE, OpenSslFree<OCSP_RESPONSE_free>>;
using ScopePtr = std::unique_ptr<ISSUING_DIST_POINT, OpenSslFree<ISSUING_DIST_POINT_free>>;
using PlacesPtr = std::unique_ptr<CRL_DIST_POINTS, OpenSslFree<CRL_DIST_POINTS_free>>;
using AccessPtr = std::unique_ptr<AUTHORITY_INFO_ACCESS, OpenSslFree<AUTHORITY_INFO_ACCESS_free>>;

constexpr std::chrono::minutes k_skew{5};

Error wrong(const std::string& what) {
  return {ExitStatus::signing_unavailable, "revocation-wrong", what, "ask the certification authority"};
}

void add_url(const GENERAL_NAME* name, std::vector<std::string>& urls) {
  if (name != nullptr && name->type == GEN_URI) {
    const std::string url = bytes_of(*name->d.uniformResourceIdentifier);
    if (url.starts_with("http://") || url.starts_with("https://")) {
      urls.push_back(url);
    }
  }
}

std::vector<std::string> access_urls(X509* certificate, int method) {
  const AccessPtr access(
      static_cast<AUTHORITY_INFO_ACCESS*>(X509_get_ext_d2i(certificate, NID_info_access, nullptr, nullptr)));
  std::vector<std::string> urls;
  for (int i = 0; access && i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
    const ACCESS_DESCRIPTION* one = sk_ACCESS_DESCRIPTION_value(access.get(), i);
    if (OBJ_obj2nid(one->method) == method) {
      add_url(one->location, urls);
    }
  }
  return urls;
}

ResponsePtr response_of(std::string_view der) {
  const unsigned char* at = octets(der);
  return ResponsePtr(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
}

OCSP_SINGLERESP* about(OCSP_BASICRESP* basic, X509* certificate, X509* issuer) {
  for (int i = 0; i < OCSP_resp_count(basic); ++i) {
    OCSP_SINGLERESP* single = OCSP_resp_get0(basic, i);
    if (is_about(single, certificate, issuer)) {
      return single;
    }
  }
  return nullptr;
}

// Only the issuer itself, or whose certificate it signed for this, may answer; the issuer is taken as given.
bool signed_rightly(OCSP_BASICRESP* basic, X509* issuer) {
  const StorePtr store(X509_STORE_new());
  const CertificatesPtr others = new_certificates();
  append(others.get(), issuer);
  return store && X509_STORE_add_cert(store.get(), issuer) == 1 &&
         X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME) == 1 &&
         OCSP_basic_verify(basic, others.get(), store.get(), OCSP_NOEXPLICIT) == 1;
}

RevocationAnswer read_basic(OCSP_BASICRESP* basic, X509* certificate, X509* issuer) {
  OCSP_SINGLERESP* single = about(basic, certificate, issuer);
  if (single == nullptr) {
    throw wrong("it speaks of another certificate");
  }
  if (!signed_rightly(basic, issuer)) {
    throw wrong("who signed it may not answer for the issuer: " + openssl_reason());
  }
  RevocationAnswer answer;
  int reason = 0;
  ASN1_GENERALIZEDTIME* revoked = nullptr;
  ASN1_GENERALIZEDTIME* issued = nullptr;
  ASN1_GENERALIZEDTIME* next = nullptr;
  const int status = OCSP_single_get0_status(single, &reason, &revoked, &issued, &next);
  answer.status = status == V_OCSP_CERTSTATUS_GOOD      ? Revocation::good
                  : status == V_OCSP_CERTSTATUS_REVOKED ? Revocation::revoked
                                                        : Revocation::unknown;
  answer.revoked_at = time_of(revoked);
  answer.issued = time_of(issued);
  answer.next = next != nullptr ? std::optional(time_of(next)) : std::nullopt;
  answer.responders = new_certificates();
  append_all(answer.responders.get(), OCSP_resp_get0_certs(basic));
  const CertificatesPtr candidates = new_certificates();
  append(candidates.get(), issuer);
  X509* signer = nullptr;
  if (OCSP_resp_get0_signer(basic, &signer, candidates.get()) == 1) {
    answer.responder = share(signer);
  }
  return answer;
}

BasicPtr basic_of(std::string_view der) {
  const ResponsePtr response = response_of(der);
  if (!response) {
    openssl_reason();
    throw wrong("it is no OCSP response");
  }
  const int status = OCSP_response_status(response.get());
  if (status != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
    throw wrong(std::string("the responder says ") + OCSP_response_status_str(status));
  }
  BasicPtr basic(OCSP_response_get1_basic(response.get()));
  if (!basic) {
    throw wrong("the OCSP response is of a kind that is not known: " + openssl_reason());
  }
  return basic;
}

}  // namespace

std::vector<std::string> ocsp_urls(X509* certificate) { return access_urls(certificate, NID_ad_OCSP); }

std::vector<std::string> issuer_urls(X509* certificate) { return access_urls(certificate, NID_ad_ca_issuers); }

std::vector<std::string> crl_urls(X509* certificate) {
  const PlacesPtr places(
      static_cast<CRL_DIST_POINTS*>(X509_get_ext_d2i(certificate, NID_crl_distribution_points, nullptr, nullptr)));
  std::vector<std::string> urls;
  for (int i = 0; places && i < sk_DIST_POINT_num(places.get()); ++i) {
    const DIST_POINT* place = sk_DIST_POINT_value(places.get(), i);
    const bool plain = place->distpoint != nullptr && place->distpoint->type == 0 && place->reasons == nullptr &&
                       place->CRLissuer == nullptr;
    for (int j = 0; plain && j < sk_GENERAL_NAME_num(place->distpoint->name.fullname); ++j) {
      add_url(sk_GENERAL_NAME_value(place->distpoint->name.fullname, j), urls);
    }
  }
  return urls;
}

bool RevocationAnswer::current(Time now) const { return issued <= now + k_skew && (!next || *next + k_skew >= now); }

struct OcspQuestion::Impl {
  CertificatePtr certificate;
  CertificatePtr issuer;
  QuestionPtr question;
  std::string der;
};

OcspQuestion::OcspQuestion(X509* certificate, X509* issuer) : m_impl(std::make_unique<Impl>()) {
  m_impl->certificate = share(certificate);
  m_impl->issuer = share(issuer);
  m_impl->question.reset(OCSP_REQUEST_new());
  CertIdPtr name(OCSP_cert_to_id(EVP_sha1(), certificate, issuer));  // the digest that every responder knows
  if (!m_impl->question || !name || OCSP_request_add0_id(m_impl->question.get(), name.get()) == nullptr) {
    throw wrong("the question cannot be put: " + openssl_reason());
  }
  name.release();  // NOLINT(bugprone-unused-return-value): the question owns it
  OCSP_request_add1_nonce(m_impl->question.get(), nullptr, -1);
  m_impl->der = der_of<i2d_OCSP_REQUEST>(m_impl->question.get());
}

OcspQuestion::OcspQuestion(OcspQuestion&&) noexcept = default;
OcspQuestion::~OcspQuestion() = default;

const std::string& OcspQuestion::der() const { return m_impl->der; }

RevocationAnswer OcspQuestion::read(std::string_view der) const {
  const BasicPtr basic = basic_of(der);
  if (OCSP_check_nonce(m_impl->question.get(), basic.get()) == 0) {
    throw wrong("it answers another question");
  }
  RevocationAnswer answer = read_basic(basic.get(), m_impl->certificate.get(), m_impl->issuer.get());
  answer.der = der;
  return answer;
}

std::optional<RevocationAnswer> ocsp_about(X509* certificate, X509* issuer, std::string_view der) {
  try {
    const BasicPtr basic = basic_of(der);
    RevocationAnswer answer = read_basic(basic.get(), certificate, issuer);
    answer.der = der;
    return answer;
  } catch (const Error&) {
    openssl_reason();
    return {};
  }
}

RevocationAnswer crl_about(X509* certificate, X509* issuer, std::string_view der) {
  const unsigned char* at = octets(der);
  const CrlPtr crl(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
  if (!crl) {
    openssl_reason();
    throw wrong("it is no list of revoked certificates");
  }
  if (X509_NAME_cmp(X509_CRL_get_issuer(crl.get()), X509_get_issuer_name(certificate)) != 0 ||
      X509_CRL_verify(crl.get(), X509_get0_pubkey(issuer)) != 1) {
    openssl_reason();
    throw wrong("the list is not signed by the issuer of the certificate");
  }
  int critical = 0;
  const ScopePtr scope(static_cast<ISSUING_DIST_POINT*>(
      X509_CRL_get_ext_d2i(crl.get(), NID_issuing_distribution_point, &critical, nullptr)));
  const bool authority = X509_check_ca(certificate) > 0;
  const bool partial = scope && (scope->onlysomereasons != nullptr || scope->indirectCRL > 0 || scope->onlyattr > 0 ||
                                 (scope->onlyuser > 0 && authority) || (scope->onlyCA > 0 && !authority));
  if (partial || (!scope && critical != -1) || X509_CRL_get_ext_by_NID(crl.get(), NID_delta_crl, -1) >= 0) {
    throw wrong("the list does not say everything of such certificates");
  }
  RevocationAnswer answer;
  answer.kind = RevocationAnswer::Kind::crl;
  answer.der.assign(der.substr(0, static_cast<std::size_t>(at - octets(der))));
  answer.issued = time_of(X509_CRL_get0_lastUpdate(crl.get()));
  const ASN1_TIME* next = X509_CRL_get0_nextUpdate(crl.get());
  answer.next = next != nullptr ? std::optional(time_of(next)) : std::nullopt;
  X509_REVOKED* entry = nullptr;
  const int found = X509_CRL_get0_by_cert(crl.get(), &entry, certificate);  // 2: taken off the list again
  answer.status = found == 1 ? Revocation::revoked : Revocation::good;
  answer.revoked_at = found == 1 ? time_of(X509_REVOKED_get0_revocationDate(entry)) : Time{};
  return answer;
}

bool has_ocsp_nocheck(X509* certificate) { return X509_get_ext_by_NID(certificate, NID_id_pkix_OCSP_noCheck, -1) >= 0; }

}  // namespace sohoa
