// SPDX-License-Identifier: Apache-2.0
// A private key with its certificate and chain, from a file or on a token, and how it signs.
#pragma once

#include "core/clock.hpp"
#include "core/fs.hpp"
#include "formats/pkcs11_token.hpp"
#include "formats/signature_scheme.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace sohoa {

// Owns OpenSSL's objects. Move-only. One from a file may be used on in a forked process, one on a token not.
class SigningKey {
 public:
  // Both throw Error(ExitStatus::signing_unavailable): what open_pkcs12() and open_token() throw,
  // key-without-certificate, and what why_not() says of the certificate at `now`.
  static SigningKey from_pkcs12(const fs::path& file, std::string_view passphrase, Time now,
                                const SignatureScheme& scheme = {});
  static SigningKey from_token(const TokenChoice& choice, const AskPin& ask, Time now,
                               const SignatureScheme& scheme = {});

  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;
  ~SigningKey();

  // The person's or agency's name: the certificate's CN, NFC.
  [[nodiscard]] std::string signer() const;
  // With what the signed bytes are to be digested.
  [[nodiscard]] const EVP_MD* digest() const;
  // Detached CMS (CAdES baseline) over the bytes whose digest() is `digest`, DER.
  // ETSI EN 319 122-1: signed attributes content-type, message-digest, signing-certificate-v2,
  // no signing-time (EN 319 142-1, 6.3 puts it into the signature dictionary).
  // Throws Error(ExitStatus::signing_unavailable): token-failed when the token is gone or refuses, else cms-failed.
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
