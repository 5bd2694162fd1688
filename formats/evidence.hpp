// SPDX-License-Identifier: Apache-2.0
// What proves a signature when nobody answers any more (EN 319 142-1, 5.4.2): certificates, OCSP responses and lists of
// revoked certificates; gathered, checked, and kept for the next document.
#pragma once

#include "core/document.hpp"
#include "core/fs.hpp"
#include "formats/revocation.hpp"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace sohoa {

// DER, each once.
struct Evidence {
  std::vector<std::string> certificates;
  std::vector<std::string> ocsps;
  std::vector<std::string> crls;

  void add(const Evidence& more);
};
void add_once(std::vector<std::string>& items, std::string_view item);

class EvidenceSource {
 public:
  // `trust`: files with roots or intermediates (PEM) at which chains end. Without any they end at whatever signed
  // itself. `timeout`: of each question. Throws Error(ExitStatus::input, "trust-unreadable").
  EvidenceSource(const std::vector<fs::path>& trust, std::chrono::seconds timeout);

  // What it does not know it then cannot have.
  void ask_nobody(bool nobody) { m_asks = !nobody; }

  // The chain of `certificate` and the status of each certificate in it and of each responder's, with what `present`
  // has rather than with answers that must be fetched. `embedded`: issuers that may be in the chain. `proven`: the
  // certificate was used before that time; a revocation later than it does no harm. What cannot be had is told in
  // `faults`, warnings that say which certificate lacks what.
  Evidence prove(X509* certificate, const STACK_OF(X509) * embedded, Time proven, const Evidence& present,
                 std::vector<Problem>& faults);

  // Whether the certificates of the chain lead to one of `trust`; true when nobody is named there.
  bool leads_to_trust(X509* certificate, const STACK_OF(X509) * embedded);

 private:
  struct Search;
  struct Fetched {
    std::string bytes;
    std::chrono::steady_clock::time_point when;
  };

  // Throws Error(ExitStatus::signing_unavailable) when the server fails, or did so a while ago.
  std::string ask(const std::string& url, const std::string& body);
  // The answer to a GET, kept for an hour.
  const std::string& get(const std::string& url);
  CertificatePtr issuer_of(X509* certificate, STACK_OF(X509) * pool);
  [[nodiscard]] bool is_anchor(const X509* certificate) const;
  void prove_chain(X509* certificate, Search& search, int depth);
  void prove_status(X509* certificate, X509* issuer, Search& search, int depth);
  // Null, with the reasons, when nobody answers soundly.
  const RevocationAnswer* fetch(X509* certificate, X509* issuer, Time proven, std::string& reasons);
  RevocationAnswer fetch_ocsp(const std::string& url, X509* certificate, X509* issuer);
  RevocationAnswer fetch_crl(const std::string& url, X509* certificate, X509* issuer);

  bool m_asks = true;
  CertificatesPtr m_trust;
  std::chrono::seconds m_timeout;
  std::map<std::string, RevocationAnswer> m_answers;                    // by the digest of the certificate
  std::map<std::string, Fetched> m_files;                               // by URL
  std::map<std::string, std::chrono::steady_clock::time_point> m_rest;  // of servers that failed
};

}  // namespace sohoa
