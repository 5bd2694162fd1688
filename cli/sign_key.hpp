// SPDX-License-Identifier: Apache-2.0
// The key that the options of `sign` name, and the passphrase or PIN that opens it.
#pragma once

#include "cli/steps.hpp"
#include "formats/secret.hpp"
#include "formats/signing_key.hpp"

#include <optional>

namespace sohoa {

class KeyOpener {
 public:
  // Takes a passphrase that is there but once, from the environment or a descriptor, and keeps it for processes that
  // take the place of one that died. Throws Error(ExitStatus::usage, "pkcs11-uri"), and
  // Error(ExitStatus::signing_unavailable, "key-passphrase").
  explicit KeyOpener(const SignOptions& options);

  // Reads the passphrase from its file or asks on the terminal where none was taken. From then on the process is kept
  // out of core dumps, and so it is when one was taken.
  [[nodiscard]] SigningKey open() const;
  [[nodiscard]] bool can_be_copied() const { return m_options.pkcs11.empty(); }
  void forget() { m_passphrase.reset(); }

 private:
  [[nodiscard]] SigningKey open_file(const SignatureScheme& scheme) const;
  [[nodiscard]] SigningKey open_on_token(const SignatureScheme& scheme) const;

  [[nodiscard]] std::optional<Secret> given() const;

  SignOptions m_options;
  fs::path m_pin_source;
  std::optional<Secret> m_passphrase;
};

}  // namespace sohoa
