// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_verify.hpp"

#include "core/digest.hpp"
#include "formats/pdf_signature_check.hpp"
#include "formats/pdfa_check.hpp"

#include <openssl/pem.h>

namespace sohoa {
namespace {

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
    openssl_reason();
    if (count == 0) {
      throw input_error("trust-unreadable", file.string() + " holds no certificate in PEM form",
                        "convert it with openssl x509");
    }
  }
  return anchors;
}

Json to_json(const SignatureReport& signature) {
  return {{"field", signature.field},
          {"signer", signature.signer},
          {"issuer", signature.issuer},
          {"time", signature.time},
          {"sub_filter", signature.sub_filter},
          {"digest_method", signature.digest_method},
          {"digest_valid", signature.digest_valid},
          {"signature_valid", signature.signature_valid},
          {"covers_whole_file", signature.covers_whole_file},
          {"changed_after", signature.changed_after},
          {"path", signature.path},
          {"reason", signature.reason}};
}

}  // namespace

Json to_json(const PdfReport& report) {
  Json signatures = Json::array();
  for (const SignatureReport& signature : report.signatures) {
    signatures.push_back(to_json(signature));
  }
  return {{"pages", report.pages},
          {"sha256", report.sha256},
          {"bytes", report.bytes},
          {"conformance", report.conformance},
          {"pdfa_faults", report.pdfa_faults},
          {"signatures", std::move(signatures)}};
}

PdfReport inspect_pdf(const fs::path& file, const std::vector<fs::path>& trust) {
  const CertificatesPtr anchors = read_anchors(trust);
  PdfReport report;
  with_podofo(file, [&] {
    const PdfReader reader(file);
    report.bytes = fs::file_size(file);
    report.sha256 = sha256_of_file(file);
    report.pages = reader.pages().size();
    PdfaFindings pdfa = check_pdfa(reader);
    report.conformance = std::move(pdfa.conformance);
    report.pdfa_faults = std::move(pdfa.faults);
    for (const PdfField& field : form_fields(reader)) {
      if (field.type == "Sig" && reader.dictionary(field.field, "V") != nullptr) {
        report.signatures.push_back(check_signature(reader, field, report.bytes, anchors.get()));
      }
    }
  });
  return report;
}

}  // namespace sohoa
