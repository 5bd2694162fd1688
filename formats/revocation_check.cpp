// SPDX-License-Identifier: Apache-2.0
#include "formats/revocation_check.hpp"

#include "formats/certificate_span.hpp"
#include "formats/ocsp_answer.hpp"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

namespace sohoa {
namespace {

inline void free_places(AUTHORITY_INFO_ACCESS* places) { AUTHORITY_INFO_ACCESS_free(places); }
using PlacesPtr = std::unique_ptr<AUTHORITY_INFO_ACCESS, OpenSslFree<free_places>>;
inline void free_crl_stack(STACK_OF(X509_CRL) * stack) { sk_X509_CRL_free(stack); }  // not what it holds
using CrlStackPtr = std::unique_ptr<STACK_OF(X509_CRL), OpenSslFree<free_crl_stack>>;

constexpr std::chrono::hours k_without_next_update{24};

// One piece of evidence, signed by the right one, about the certificate.
struct Evidence {
  bool revoked = false;
  Time revoked_at{};
  std::string cause;
  Time issued{};
  Time next{};
};

std::string cause_of(long code) { return code < 0 ? "" : OCSP_crl_reason_str(code); }

Time next_issue(const ASN1_TIME* next, Time issued) {
  return next != nullptr ? time_of(next) : issued + k_without_next_update;
}

// OpenSSL knows scopes, deltas and indirect lists; dates are judged here.
std::optional<Evidence> evidence_of(X509_CRL* crl, X509* certificate, STACK_OF(X509) * issuer) {
  if (X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_issuer_name(certificate)) != 0) {
    return {};
  }
  const StorePtr store(X509_STORE_new());
  const StoreContextPtr context(X509_STORE_CTX_new());
  const CrlStackPtr crls(sk_X509_CRL_new_null());
  if (!store || !context || !crls || sk_X509_CRL_push(crls.get(), crl) == 0 ||
      X509_STORE_CTX_init(context.get(), store.get(), certificate, nullptr) != 1) {
    return {};
  }
  X509_STORE_CTX_set0_trusted_stack(context.get(), issuer);
  X509_STORE_CTX_set0_crls(context.get(), crls.get());
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY);
  X509_VERIFY_PARAM_set_flags(parameters,
                              X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_CRL_CHECK | X509_V_FLAG_NO_CHECK_TIME);
  const bool good = X509_verify_cert(context.get()) == 1;
  const bool revoked = !good && X509_STORE_CTX_get_error(context.get()) == X509_V_ERR_CERT_REVOKED;
  ERR_clear_error();
  if (!good && !revoked) {
    return {};
  }
  Evidence evidence;
  evidence.issued = time_of(X509_CRL_get0_lastUpdate(crl));
  evidence.next = next_issue(X509_CRL_get0_nextUpdate(crl), evidence.issued);
  X509_REVOKED* entry = nullptr;
  if (revoked && X509_CRL_get0_by_cert(crl, &entry, certificate) == 1) {
    evidence.revoked_at = time_of(X509_REVOKED_get0_revocationDate(entry));
    auto* reason = static_cast<ASN1_ENUMERATED*>(X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, nullptr, nullptr));
    evidence.cause = cause_of(reason != nullptr ? ASN1_ENUMERATED_get(reason) : -1);
    ASN1_ENUMERATED_free(reason);
  }
  evidence.revoked = revoked;
  return evidence;
}

// By the issuer, or by a responder that the issuer certified for it (RFC 6960, 4.2.2.2).
bool is_signed_for(OCSP_BASICRESP* response, X509* issuer, STACK_OF(X509) * issuers) {
  const StorePtr store(X509_STORE_new());
  if (!store || X509_STORE_add_cert(store.get(), issuer) != 1) {
    return false;
  }
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()),
                             time_of(OCSP_resp_get0_produced_at(response)).time_since_epoch().count());
  const bool good = OCSP_basic_verify(response, issuers, store.get(), OCSP_PARTIAL_CHAIN) == 1;
  ERR_clear_error();
  return good;
}

std::optional<Evidence> evidence_of(OCSP_BASICRESP* response, X509* certificate, X509* issuer,
                                    STACK_OF(X509) * issuers) {
  for (int i = 0; i < OCSP_resp_count(response); ++i) {
    OCSP_SINGLERESP* single = OCSP_resp_get0(response, i);
    if (!is_about(single, certificate, issuer)) {
      continue;
    }
    int reason = -1;
    ASN1_GENERALIZEDTIME* revoked_at = nullptr;
    ASN1_GENERALIZEDTIME* issued = nullptr;
    ASN1_GENERALIZEDTIME* next = nullptr;
    const int status = OCSP_single_get0_status(single, &reason, &revoked_at, &issued, &next);
    if ((status == V_OCSP_CERTSTATUS_GOOD || status == V_OCSP_CERTSTATUS_REVOKED) &&
        is_signed_for(response, issuer, issuers)) {
      const Time at = time_of(issued);
      return Evidence{status == V_OCSP_CERTSTATUS_REVOKED, time_of(revoked_at), cause_of(reason), at,
                      next_issue(next, at)};
    }
  }
  return {};
}

}  // namespace

RevocationStatus revocation_of(X509* certificate, X509* issuer, const ValidationData& data, Time when) {
  const CertificatesPtr issuers = new_certificates();
  append(issuers.get(), issuer);
  std::vector<Evidence> all;
  for (const OcspPtr& response : data.ocsp) {
    if (std::optional<Evidence> found = evidence_of(response.get(), certificate, issuer, issuers.get())) {
      all.push_back(std::move(*found));
    }
  }
  for (const CrlPtr& crl : data.crls) {
    if (std::optional<Evidence> found = evidence_of(crl.get(), certificate, issuers.get())) {
      all.push_back(std::move(*found));
    }
  }
  RevocationStatus status;
  status.why_unknown = all.empty() ? "there is no list and no answer of its issuer about it"
                                   : "what its issuer said of it does not speak for that time";
  const Time end = time_of(X509_get0_notAfter(certificate));
  for (const Evidence& evidence : all) {
    if (evidence.revoked && (!status.revoked_at || evidence.revoked_at < *status.revoked_at)) {
      status.revoked_at = evidence.revoked_at;
      status.cause = evidence.cause;
    }
    // A revocation that came later says that there was none before.
    const bool speaks = evidence.issued >= when ? evidence.revoked || evidence.issued <= end : when <= evidence.next;
    if (speaks) {
      status.kind = RevocationStatus::Kind::good;
    }
  }
  if (status.revoked_at && *status.revoked_at <= when) {
    status.kind = RevocationStatus::Kind::revoked;
  }
  return status;
}

bool names_revocation_source(const X509* certificate) {
  if (X509_get_ext_by_NID(certificate, NID_crl_distribution_points, -1) >= 0) {
    return true;
  }
  const PlacesPtr places(
      static_cast<AUTHORITY_INFO_ACCESS*>(X509_get_ext_d2i(certificate, NID_info_access, nullptr, nullptr)));
  ERR_clear_error();
  for (int i = 0; places && i < sk_ACCESS_DESCRIPTION_num(places.get()); ++i) {
    if (OBJ_obj2nid(sk_ACCESS_DESCRIPTION_value(places.get(), i)->method) == NID_ad_OCSP) {
      return true;
    }
  }
  return false;
}

}  // namespace sohoa
