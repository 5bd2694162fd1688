// SPDX-License-Identifier: Apache-2.0
// A private key with its certificate and chain, from a PKCS#12 file (RFC 7292).
#pragma once

#include "core/clock.hpp"
#include "core/fs.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace sohoa {

// Owns OpenSSL's objects; nothing of OpenSSL shows here. Move-only.
class SigningKey {
 public:
  // Refuses a key file that group or others can read. Errors are Error(ExitStatus::signing_unavailable):
  // key-unreadable, key-permissions, key-passphrase, key-without-certificate, key-expired (against `now`),
  // key-usage (the certificate is not for signing), key-type (neither RSA nor ECDSA).
  static SigningKey from_pkcs12(const fs::path& file, std::string_view passphrase, Time now);

  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;
  ~SigningKey();

  // The person's or agency's name: the certificate's CN, NFC.
  [[nodiscard]] std::string signer() const;
  // Detached CMS (CAdES baseline) over the bytes whose SHA-256 is `digest` (32 bytes), DER.
  // ETSI EN 319 122-1: signed attributes content-type, message-digest, signing-certificate-v2,
  // no signing-time (EN 319 142-1, 6.3 puts it into the signature dictionary).
  [[nodiscard]] std::string sign_digest(const std::string& digest) const;

  // sign_digest() never returns more bytes: the room to keep for it. The private key is not used.
  [[nodiscard]] std::size_t signature_limit() const;

  // Whether this DER is a CMS signature that names the key's certificate as its signer's. Proves nothing.
  [[nodiscard]] bool made(std::string_view cms) const;

  struct Impl;

 private:
  explicit SigningKey(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

}  // namespace sohoa
