// SPDX-License-Identifier: Apache-2.0
#include "formats/evidence.hpp"

#include "core/digest.hpp"
#include "formats/certificate_span.hpp"
#include "formats/http.hpp"
#include "formats/validation_data.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace sohoa {
namespace {

using Clock = std::chrono::steady_clock;
using Pkcs7Ptr = std::unique_ptr<PKCS7, OpenSslFree<PKCS7_free>>;

constexpr int k_max_chain = 10;
constexpr int k_max_depth = 2;  // responders of responders
constexpr std::chrono::minutes k_rest{1};
constexpr std::chrono::hours k_fresh{1};  // answers that name no next one
constexpr std::size_t k_max_answer = 64U << 20U;

std::string key_of(X509* certificate) { return digest_of(EVP_sha256(), der_of<i2d_X509>(certificate)); }

std::string name_of(X509* certificate) { return common_name(X509_get_subject_name(certificate)); }

bool issued(X509* issuer, X509* certificate) {
  const bool by_name = X509_check_issued(issuer, certificate) == X509_V_OK;
  return by_name && X509_verify(certificate, X509_get0_pubkey(issuer)) == 1;
}

// What stands behind caIssuers (RFC 5280, 4.2.2.1): one certificate, or a bundle of them.
CertificatesPtr certificates_in(const std::string& der) {
  CertificatesPtr found = new_certificates();
  const unsigned char* at = octets(der);
  if (const CertificatePtr one{d2i_X509(nullptr, &at, static_cast<long>(der.size()))}) {
    append(found.get(), one.get());
    return found;
  }
  at = octets(der);
  const Pkcs7Ptr bundle(d2i_PKCS7(nullptr, &at, static_cast<long>(der.size())));
  if (bundle && PKCS7_type_is_signed(bundle.get()) != 0 && bundle->d.sign != nullptr) {
    append_all(found.get(), bundle->d.sign->cert);
  }
  openssl_reason();
  return found;
}

// Made later, or valid until then.
bool speaks_for(const RevocationAnswer& answer, Time proven) {
  return answer.issued >= proven || (answer.next ? *answer.next : answer.issued + k_fresh) >= proven;
}

bool harmless(const RevocationAnswer& answer, Time proven) {
  return answer.status == Revocation::good || (answer.status == Revocation::revoked && answer.revoked_at > proven);
}

Problem fault(std::string id, std::string message, std::string remedy) {
  return {Severity::warning, std::move(id), std::move(message), std::move(remedy), std::nullopt};
}

}  // namespace

void add_once(std::vector<std::string>& items, std::string_view item) {
  if (std::find(items.begin(), items.end(), item) == items.end()) {
    items.emplace_back(item);
  }
}

void Evidence::add(const Evidence& more) {
  for (const auto& [to, from] :
       {std::pair(&certificates, &more.certificates), std::pair(&ocsps, &more.ocsps), std::pair(&crls, &more.crls)}) {
    for (const std::string& item : *from) {
      add_once(*to, item);
    }
  }
}

struct EvidenceSource::Search {
  CertificatesPtr pool;  // issuers to choose from
  const Evidence& present;
  Time proven;
  std::vector<Problem>& faults;
  Evidence found{};
  std::set<std::string> asked{};  // certificates whose status is settled
};

EvidenceSource::EvidenceSource(const std::vector<fs::path>& trust, std::chrono::seconds timeout)
    : m_trust(read_anchors(trust)), m_timeout(timeout) {}

std::string EvidenceSource::ask(const std::string& url, const std::string& body) {
  if (!m_asks) {
    throw Error(ExitStatus::signing_unavailable, "server-failed", url + " is not asked", "ask it");
  }
  const auto rest = m_rest.find(url);
  if (rest != m_rest.end() && Clock::now() < rest->second) {
    throw Error(ExitStatus::signing_unavailable, "server-failed", url + " did not serve a while ago", "try later");
  }
  try {
    return http_exchange({url, body, "application/ocsp-request", m_timeout, k_max_answer});
  } catch (const Error&) {
    m_rest[url] = Clock::now() + k_rest;
    throw;
  }
}

const std::string& EvidenceSource::get(const std::string& url) {
  const auto known = m_files.find(url);
  if (known == m_files.end() || known->second.when + k_fresh < Clock::now()) {
    m_files[url] = Fetched{ask(url, ""), Clock::now()};
  }
  return m_files.at(url).bytes;
}

bool EvidenceSource::is_anchor(const X509* certificate) const {
  for (int i = 0; i < sk_X509_num(m_trust.get()); ++i) {
    if (X509_cmp(sk_X509_value(m_trust.get(), i), certificate) == 0) {
      return true;
    }
  }
  return false;
}

CertificatePtr EvidenceSource::issuer_of(X509* certificate, STACK_OF(X509) * pool) {
  for (const STACK_OF(X509) * candidates :
       {static_cast<const STACK_OF(X509)*>(m_trust.get()), static_cast<const STACK_OF(X509)*>(pool)}) {
    for (int i = 0; i < sk_X509_num(candidates); ++i) {
      if (issued(sk_X509_value(candidates, i), certificate)) {
        return share(sk_X509_value(candidates, i));
      }
    }
  }
  for (const std::string& url : issuer_urls(certificate)) {
    try {
      const CertificatesPtr fetched = certificates_in(get(url));
      append_all(pool, fetched.get());
      for (int i = 0; i < sk_X509_num(fetched.get()); ++i) {
        if (issued(sk_X509_value(fetched.get(), i), certificate)) {
          return share(sk_X509_value(fetched.get(), i));
        }
      }
    } catch (const Error&) {  // the next place may serve
    }
  }
  openssl_reason();
  return nullptr;
}

bool EvidenceSource::leads_to_trust(X509* certificate, const STACK_OF(X509) * embedded) {
  const CertificatesPtr pool = new_certificates();
  append_all(pool.get(), embedded);
  CertificatePtr last = share(certificate);
  for (int step = 0; last && step < k_max_chain; ++step) {
    if (is_anchor(last.get())) {
      return true;
    }
    last = X509_self_signed(last.get(), 0) == 1 ? nullptr : issuer_of(last.get(), pool.get());
  }
  return sk_X509_num(m_trust.get()) == 0;
}

Evidence EvidenceSource::prove(X509* certificate, const STACK_OF(X509) * embedded, Time proven, const Evidence& present,
                               std::vector<Problem>& faults) {
  Search search{new_certificates(), present, proven, faults};
  append_all(search.pool.get(), embedded);
  for (const std::string& der : present.certificates) {
    append_all(search.pool.get(), certificates_in(der).get());
  }
  prove_chain(certificate, search, 0);
  return std::move(search.found);
}

void EvidenceSource::prove_chain(X509* certificate, Search& search, int depth) {
  CertificatePtr last = share(certificate);
  for (int step = 0; step < k_max_chain; ++step) {
    add_once(search.found.certificates, der_of<i2d_X509>(last.get()));
    if (is_anchor(last.get()) || X509_self_signed(last.get(), 0) == 1) {
      return;
    }
    CertificatePtr issuer = issuer_of(last.get(), search.pool.get());
    if (!issuer) {
      search.faults.push_back(fault("issuer-unknown",
                                    "the certificate of who issued that of " + name_of(last.get()) + " cannot be had",
                                    "name a file that has it with --trust"));
      return;
    }
    prove_status(last.get(), issuer.get(), search, depth);
    last = std::move(issuer);
  }
}

void EvidenceSource::prove_status(X509* certificate, X509* issuer, Search& search, int depth) {
  if (depth > k_max_depth || !search.asked.insert(key_of(certificate)).second ||
      (depth > 0 && has_ocsp_nocheck(certificate))) {
    return;
  }
  std::optional<RevocationAnswer> there;
  for (auto der = search.present.ocsps.begin(); !there && der != search.present.ocsps.end(); ++der) {
    there = ocsp_about(certificate, issuer, *der);
    there =
        there && speaks_for(*there, search.proven) && harmless(*there, search.proven) ? std::move(there) : std::nullopt;
  }
  for (auto der = search.present.crls.begin(); !there && der != search.present.crls.end(); ++der) {
    try {
      there = crl_about(certificate, issuer, *der);
      there = speaks_for(*there, search.proven) && harmless(*there, search.proven) ? std::move(there) : std::nullopt;
    } catch (const Error&) {  // a list of another issuer
    }
  }
  std::string reasons;
  const RevocationAnswer* answer = there ? &*there : fetch(certificate, issuer, search.proven, reasons);
  if (answer == nullptr) {
    search.faults.push_back(fault("revocation-unknown",
                                  "nobody says whether the certificate of " + name_of(certificate) +
                                      " was revoked: " + (reasons.empty() ? "it names no place to ask" : reasons),
                                  "complete the file later with sohoa sign --upgrade"));
    return;
  }
  if (!harmless(*answer, search.proven)) {
    search.faults.push_back(
        fault("certificate-revoked",
              "the certificate of " + name_of(certificate) + " was revoked at " + iso_utc(answer->revoked_at),
              "sign with another key"));
    return;
  }
  if (answer->kind == RevocationAnswer::Kind::crl) {
    add_once(search.found.crls, answer->der);
    return;
  }
  add_once(search.found.ocsps, answer->der);
  append_all(search.pool.get(), answer->responders.get());
  if (answer->responder && X509_cmp(answer->responder.get(), issuer) != 0) {
    prove_chain(CertificatePtr(share(answer->responder.get())).get(), search, depth + 1);
  }
}

const RevocationAnswer* EvidenceSource::fetch(X509* certificate, X509* issuer, Time proven, std::string& reasons) {
  const std::string key = key_of(certificate);
  const auto known = m_answers.find(key);
  if (known != m_answers.end() && speaks_for(known->second, proven)) {
    return &known->second;
  }
  const auto attempt = [&](const std::string& url, auto fetch_from) -> const RevocationAnswer* {
    try {
      RevocationAnswer answer = (this->*fetch_from)(url, certificate, issuer);
      const bool outdated = !answer.current(wall_time());
      if (!outdated && answer.status != Revocation::unknown) {
        return &(m_answers[key] = std::move(answer));
      }
      reasons +=
          (reasons.empty() ? "" : "; ") + url + (outdated ? " answers with what is out of date" : " does not know it");
    } catch (const Error& error) {
      reasons += (reasons.empty() ? "" : "; ") +
                 (error.id() == "revocation-wrong" ? url + ": " + error.message() : error.message());
    }
    return nullptr;
  };
  for (const std::string& url : ocsp_urls(certificate)) {
    if (const RevocationAnswer* answer = attempt(url, &EvidenceSource::fetch_ocsp)) {
      return answer;
    }
  }
  for (const std::string& url : crl_urls(certificate)) {
    if (const RevocationAnswer* answer = attempt(url, &EvidenceSource::fetch_crl)) {
      return answer;
    }
  }
  return nullptr;
}

RevocationAnswer EvidenceSource::fetch_ocsp(const std::string& url, X509* certificate, X509* issuer) {
  const OcspQuestion question(certificate, issuer);
  RevocationAnswer answer = question.read(ask(url, question.der()));
  if (answer.responder && !spans(answer.responder.get(), answer.issued) && answer.current(wall_time())) {
    throw Error(ExitStatus::signing_unavailable, "revocation-wrong", "the certificate of the responder is out of date",
                "ask the certification authority");
  }
  return answer;
}

RevocationAnswer EvidenceSource::fetch_crl(const std::string& url, X509* certificate, X509* issuer) {
  return crl_about(certificate, issuer, get(url));
}

}  // namespace sohoa
