// SPDX-License-Identifier: Apache-2.0
#include "formats/certificate_path.hpp"

#include <ctime>

#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

namespace sohoa {
namespace {

PathVerdict untrusted(const std::string& reason) {
  return {indeterminate("NO_CERTIFICATE_CHAIN_FOUND", "the certificate path does not hold: " + reason), "untrusted",
          new_certificates()};
}

std::string use_fault(X509* certificate, PathUse use) {
  if (use == PathUse::time_stamp) {
    return X509_check_purpose(certificate, X509_PURPOSE_TIMESTAMP_SIGN, 0) == 1
               ? ""
               : "the certificate is not for time-stamps alone";
  }
  const bool may = (X509_get_key_usage(certificate) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
  return may ? "" : "the certificate is not meant for signing";
}

}  // namespace

bool expired_at(const X509* certificate, Time when) {
  std::time_t seconds = when.time_since_epoch().count();
  return X509_cmp_time(X509_get0_notAfter(certificate), &seconds) < 0;
}

PathVerdict judge_path(X509* certificate, STACK_OF(X509) * known, STACK_OF(X509) * anchors, Time when, PathUse use) {
  const StorePtr store(X509_STORE_new());
  const StoreContextPtr context(X509_STORE_CTX_new());
  if (!store || !context || X509_STORE_CTX_init(context.get(), store.get(), certificate, known) != 1) {
    return untrusted(openssl_reason());
  }
  X509_STORE_CTX_set0_trusted_stack(context.get(), anchors);
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY);
  X509_VERIFY_PARAM_set_time(parameters, when.time_since_epoch().count());
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
  if (X509_verify_cert(context.get()) != 1) {
    const int fault = X509_STORE_CTX_get_error(context.get());
    openssl_reason();
    PathVerdict verdict = untrusted(X509_verify_cert_error_string(fault));
    if (fault == X509_V_ERR_CERT_HAS_EXPIRED || fault == X509_V_ERR_CERT_NOT_YET_VALID) {
      verdict.verdict.sub = "OUT_OF_BOUNDS_NO_POE";
      verdict.path = "expired";
    }
    return verdict;
  }
  const std::string fault = use_fault(certificate, use);
  CertificatesPtr chain(X509_STORE_CTX_get1_chain(context.get()));
  if (!fault.empty() || !chain) {
    return {indeterminate("CHAIN_CONSTRAINTS_FAILURE", fault), "untrusted", new_certificates()};
  }
  return {{}, "trusted", std::move(chain)};
}

}  // namespace sohoa
