// SPDX-License-Identifier: Apache-2.0
#include "formats/pkcs11_token.hpp"

#include "core/error.hpp"
#include "core/letters.hpp"
#include "core/text.hpp"
#include "formats/certificate_text.hpp"
#include "formats/pkcs11_session.hpp"
#include "formats/pkcs11_uri.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include <libp11.h>

namespace sohoa {
namespace {

struct Candidate {
  PKCS11_CERT* certificate;
  PKCS11_KEY* key;
};

Error token_error(const char* id, const std::string& message, const std::string& remedy) {
  return {ExitStatus::signing_unavailable, id, message, remedy};
}

std::string text(const char* words) { return words == nullptr ? "" : words; }

std::string hexadecimal(const unsigned char* bytes, std::size_t size) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string all;
  for (std::size_t i = 0; i < size; ++i) {
    all += {digits[bytes[i] >> 4U], digits[bytes[i] & 0xFU]};
  }
  return all;
}

std::string lines_of(const std::vector<Candidate>& candidates) {
  std::string lines;
  for (const auto& [certificate, key] : candidates) {
    lines += "\n  object=" + text(certificate->label) + " id=" + hexadecimal(certificate->id, certificate->id_len) +
             " " + described(certificate->x509);
  }
  return lines;
}

bool allowed(const Candidate& candidate, const Pkcs11Uri& uri, const TokenChoice& choice) {
  const PKCS11_CERT& certificate = *candidate.certificate;
  std::string serial = to_lower(choice.serial);
  std::erase(serial, ':');
  serial.erase(0, std::min(serial.find_first_not_of('0'), serial.size()));
  return uri.allows("id", std::string(certificate.id, certificate.id + certificate.id_len)) &&
         (uri.allows("object", text(certificate.label)) || uri.allows("object", text(candidate.key->label))) &&
         name_of(X509_get_issuer_name(certificate.x509)).find(to_nfc(choice.issuer)) != std::string::npos &&
         (choice.serial.empty() || serial_of(certificate.x509) == serial);
}

// Certificates whose private key is on the token, too: they share the id.
std::vector<Candidate> pairs_of(PKCS11_TOKEN& token, PKCS11_CERT* certificates, unsigned count) {
  PKCS11_KEY* keys = nullptr;
  unsigned key_count = 0;
  if (PKCS11_enumerate_keys(&token, &keys, &key_count) != 0) {
    key_count = 0;
  }
  std::vector<Candidate> pairs;
  for (PKCS11_CERT* one = certificates; one != certificates + count; ++one) {
    PKCS11_KEY* const key = std::find_if(keys, keys + key_count, [one](const PKCS11_KEY& other) {
      return one->id_len > 0 && std::equal(one->id, one->id + one->id_len, other.id, other.id + other.id_len);
    });
    if (one->x509 != nullptr && key != keys + key_count) {
      pairs.push_back({one, key});
    }
  }
  return pairs;
}

Candidate choose(const std::string& token, const std::vector<Candidate>& all, const Pkcs11Uri& uri,
                 const TokenChoice& choice, Time now) {
  std::vector<Candidate> fitting;
  std::copy_if(all.begin(), all.end(), std::back_inserter(fitting),
               [&](const Candidate& one) { return allowed(one, uri, choice); });
  if (fitting.empty()) {
    throw token_error("key-missing", "the " + token + " has no key with a certificate that fits",
                      all.empty() ? "put key and certificate on it with the same id"
                                  : "change the URI, --issuer or --serial; these are there:" + lines_of(all));
  }
  std::vector<Candidate> usable;
  std::copy_if(fitting.begin(), fitting.end(), std::back_inserter(usable),
               [&](const Candidate& one) { return !why_not(token, one.certificate->x509, now); });
  const std::vector<Candidate>& left = usable.empty() ? fitting : usable;
  if (left.size() > 1) {
    throw token_error(
        "key-ambiguous",
        "the " + token + " has several keys that fit" + (usable.empty() ? ", none of which may sign now" : ""),
        "say which by object or id in the URI, by --issuer or by --serial:" + lines_of(left));
  }
  return left.front();  // one that may not sign is refused by name
}

}  // namespace

KeyMaterial open_token(const TokenChoice& choice, const AskPin& ask, Time now) {
  const Pkcs11Uri uri = parse_pkcs11_uri(choice.uri);
  const auto session = std::make_shared<Pkcs11Session>(uri, choice.module);
  session->log_in(ask);
  PKCS11_CERT* certificates = nullptr;
  unsigned count = 0;
  if (PKCS11_enumerate_certs(&session->token(), &certificates, &count) != 0) {
    throw token_error("token-failed", "the " + session->name() + " does not tell its certificates: " + openssl_reason(),
                      "see that the token is in its place");
  }
  const std::vector<Candidate> pairs = pairs_of(session->token(), certificates, count);
  const Candidate chosen = choose(session->name(), pairs, uri, choice, now);
  KeyMaterial material{session, "the " + session->name(), KeyPtr(PKCS11_get_private_key(chosen.key)),
                       share(chosen.certificate->x509), new_certificates()};
  if (!material.key) {
    throw token_error("token-failed", "the " + session->name() + " does not lend its private key: " + openssl_reason(),
                      "see that it is an RSA or ECDSA key");
  }
  for (PKCS11_CERT* one = certificates; one != certificates + count; ++one) {
    if (one->x509 != nullptr) {
      append(material.others.get(), one->x509);
    }
  }
  return material;
}

}  // namespace sohoa
