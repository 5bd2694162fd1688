// SPDX-License-Identifier: Apache-2.0
#include "formats/pkcs12_key.hpp"

#include "core/error.hpp"
#include "formats/secret.hpp"

#include <openssl/err.h>
#include <openssl/provider.h>

namespace sohoa {
namespace {

Error key_error(const char* id, const fs::path& file, const std::string& what, const std::string& remedy) {
  return {ExitStatus::signing_unavailable, id, "key file " + file.string() + " " + what, remedy};
}

struct Bag {
  KeyPtr key;
  CertificatePtr certificate;
  CertificatesPtr others;
  bool parsed = false;
};

Bag parse(PKCS12* pkcs12, const Secret& passphrase) {
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  STACK_OF(X509)* others = nullptr;
  ERR_clear_error();
  const bool parsed = PKCS12_parse(pkcs12, passphrase.data(), &key, &certificate, &others) == 1;
  return {KeyPtr(key), CertificatePtr(certificate), CertificatesPtr(others), parsed};
}

bool queue_has(int library, int reason) {
  const unsigned long code = ERR_peek_last_error();
  return ERR_GET_LIB(code) == library && ERR_GET_REASON(code) == reason;
}

Bag unlock(PKCS12* pkcs12, std::string_view given, const fs::path& file) {
  Secret passphrase(given.begin(), given.end());
  passphrase.push_back('\0');
  if (PKCS12_mac_present(pkcs12) == 1 &&
      PKCS12_verify_mac(pkcs12, passphrase.data(), static_cast<int>(given.size())) != 1 &&
      !(given.empty() && PKCS12_verify_mac(pkcs12, nullptr, 0) == 1)) {
    const bool wrong = queue_has(ERR_LIB_PKCS12, PKCS12_R_MAC_VERIFY_FAILURE) || ERR_peek_last_error() == 0;
    const std::string reason = openssl_reason();
    throw wrong ? key_error("key-passphrase", file, "does not open with this passphrase", "check the passphrase")
                : key_error("key-unreadable", file, "cannot be checked: " + reason,
                            "export the key again with AES-256 and SHA-256");
  }
  Bag bag = parse(pkcs12, passphrase);
  if (!bag.parsed) {
    // Files of old tokens and browsers use RC2 and 3DES, which OpenSSL 3 keeps apart.
    const std::unique_ptr<OSSL_PROVIDER, OpenSslFree<OSSL_PROVIDER_unload>> legacy(
        OSSL_PROVIDER_try_load(nullptr, "legacy", 1));
    bag = parse(pkcs12, passphrase);
  }
  if (!bag.parsed) {
    const bool wrong = PKCS12_mac_present(pkcs12) != 1;
    const std::string reason = openssl_reason();
    throw wrong ? key_error("key-passphrase", file, "does not open with this passphrase", "check the passphrase")
                : key_error("key-unreadable", file, "cannot be decrypted: " + reason,
                            "export the key again with AES-256, or install OpenSSL's legacy provider");
  }
  return bag;
}

}  // namespace

KeyMaterial open_pkcs12(const fs::path& file, std::string_view passphrase) {
  const Secret der = read_private(file);
  const BioPtr bio = read_only(view(der));
  const Pkcs12Ptr pkcs12(d2i_PKCS12_bio(bio.get(), nullptr));
  if (!pkcs12) {
    throw key_error("key-unreadable", file, "is not a PKCS#12 file: " + openssl_reason(),
                    "give a .p12 or .pfx file with key and certificate");
  }
  Bag bag = unlock(pkcs12.get(), passphrase, file);
  if (!bag.key) {
    throw key_error("key-unreadable", file, "holds no private key", "export the key together with its certificate");
  }
  return {nullptr, "key file " + file.string(), std::move(bag.key), std::move(bag.certificate), std::move(bag.others)};
}

}  // namespace sohoa
