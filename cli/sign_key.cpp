// SPDX-License-Identifier: Apache-2.0
#include "cli/sign_key.hpp"

#include "core/error.hpp"
#include "formats/passphrase.hpp"
#include "formats/pkcs11_uri.hpp"

#include <utility>

#include <sys/prctl.h>

namespace sohoa {
namespace {

void keep_out_of_core_dumps() { ::prctl(PR_SET_DUMPABLE, 0); }

}  // namespace

KeyOpener::KeyOpener(const SignOptions& options) : m_options(options) {
  if (options.passphrase_fd || !options.passphrase_env.empty()) {
    keep_out_of_core_dumps();
    m_passphrase = options.passphrase_fd ? read_from_descriptor(*options.passphrase_fd)
                                         : take_from_environment(options.passphrase_env);
  }
  if (!options.pkcs11.empty()) {
    m_pin_source = parse_pkcs11_uri(options.pkcs11).pin_source;
  }
}

std::optional<Secret> KeyOpener::given() const {
  const fs::path file = m_options.passphrase_file.empty() ? m_pin_source : m_options.passphrase_file;
  return m_passphrase || file.empty() ? m_passphrase : read_passphrase(file);
}

SigningKey KeyOpener::open() const {
  keep_out_of_core_dumps();
  const SignatureScheme scheme{m_options.digest, m_options.rsa_padding == "pss" ? SignatureScheme::Padding::pss
                                                                                : SignatureScheme::Padding::pkcs1};
  return m_options.pkcs11.empty() ? open_file(scheme) : open_on_token(scheme);
}

SigningKey KeyOpener::open_file(const SignatureScheme& scheme) const {
  const Time now = wall_time();
  if (const std::optional<Secret> passphrase = given()) {
    return SigningKey::from_pkcs12(m_options.key, view(*passphrase), now, scheme);
  }
  try {
    return SigningKey::from_pkcs12(m_options.key, "", now, scheme);
  } catch (const Error& error) {
    if (error.id() != "key-passphrase") {
      throw;
    }
  }
  const Secret typed = ask_passphrase("Passphrase of " + m_options.key + ": ", "the key's passphrase");
  return SigningKey::from_pkcs12(m_options.key, view(typed), now, scheme);
}

SigningKey KeyOpener::open_on_token(const SignatureScheme& scheme) const {
  const TokenChoice choice{m_options.pkcs11, m_options.pkcs11_module, m_options.issuer, m_options.serial};
  const AskPin ask = [this](const std::string& token, bool last_try) {
    std::optional<Secret> pin = given();
    // Somebody must be there who knows that it is the last: a timer that runs again and again has locked many a token.
    if (pin && last_try) {
      throw Error(ExitStatus::signing_unavailable, "pin-locked",
                  "the token " + token + " locks after one more wrong PIN, so none is taken from a file or variable",
                  "sign once from a terminal, where you type the PIN");
    }
    const std::string warning = last_try ? " (the last try before it locks)" : "";
    return pin ? std::move(*pin) : ask_passphrase("PIN of the token " + token + warning + ": ", "the token's PIN");
  };
  return SigningKey::from_token(choice, ask, wall_time(), scheme);
}

}  // namespace sohoa
