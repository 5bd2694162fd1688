// SPDX-License-Identifier: Apache-2.0
// The digest and the padding that a signature is made with.
#pragma once

#include <string>

namespace sohoa {

struct SignatureScheme {
  enum class Padding { pkcs1, pss };  // of RSA keys (RFC 8017, 8.2 and 8.1); the salt is as long as the digest

  // "sha256", "sha384" or "sha512"; "": SHA-256, but for keys on P-384 and P-521 the digest of the curve's strength
  std::string digest;
  Padding padding = Padding::pkcs1;
};

}  // namespace sohoa
