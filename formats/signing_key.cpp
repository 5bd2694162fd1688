// SPDX-License-Identifier: Apache-2.0
#include "formats/signing_key.hpp"

#include "core/error.hpp"
#include "formats/cms.hpp"
#include "formats/openssl.hpp"
#include "formats/secret.hpp"

#include <openssl/err.h>
#include <openssl/provider.h>
#include <openssl/x509v3.h>

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
    throw wrong ? key_error("key-passphrase", file, "does not open with this passphrase",
                            "check --passphrase-file or what was typed")
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
    throw wrong ? key_error("key-passphrase", file, "does not open with this passphrase",
                            "check --passphrase-file or what was typed")
                : key_error("key-unreadable", file, "cannot be decrypted: " + reason,
                            "export the key again with AES-256, or install OpenSSL's legacy provider");
  }
  return bag;
}

// Issuers in order, as far as the file has them. The root is left out: who verifies must have it already.
CertificatesPtr chain_of(X509* certificate, STACK_OF(X509) * others) {
  CertificatesPtr chain = new_certificates();
  X509* last = certificate;
  for (int step = 0; step < sk_X509_num(others); ++step) {
    X509* issuer = nullptr;
    for (int i = 0; i < sk_X509_num(others) && issuer == nullptr; ++i) {
      X509* candidate = sk_X509_value(others, i);
      issuer = X509_check_issued(candidate, last) == X509_V_OK ? candidate : nullptr;
    }
    if (issuer == nullptr || X509_check_issued(issuer, issuer) == X509_V_OK) {
      break;
    }
    append(chain.get(), issuer);
    last = issuer;
  }
  return chain;
}

void require_usable(const fs::path& file, EVP_PKEY* key, X509* certificate, Time now) {
  if (certificate == nullptr || X509_check_private_key(certificate, key) != 1) {
    openssl_reason();
    throw key_error("key-without-certificate", file, "holds no certificate of its private key",
                    "export the key together with its certificate");
  }
  const int type = EVP_PKEY_get_base_id(key);
  if (type != EVP_PKEY_RSA && type != EVP_PKEY_EC) {
    throw key_error("key-type", file, "holds a key that is neither RSA nor ECDSA", "use an RSA or ECDSA key");
  }
  if (!valid_at(certificate, now)) {
    throw key_error("key-expired", file, "has a certificate that is not valid at " + iso_utc(now),
                    "ask the certification authority for a new one");
  }
  const std::uint32_t usage = X509_get_key_usage(certificate);  // all bits set when the extension is missing
  if ((usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0) {
    throw key_error("key-usage", file, "has a certificate that is not meant for signing",
                    "use the key whose certificate allows digitalSignature or nonRepudiation");
  }
}

}  // namespace

struct SigningKey::Impl {
  KeyPtr key;
  CertificatePtr certificate;
  CertificatesPtr chain;

  [[nodiscard]] CmsSigner cms_signer() const { return {key.get(), certificate.get(), chain.get()}; }
};

SigningKey::SigningKey(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

SigningKey SigningKey::from_pkcs12(const fs::path& file, std::string_view passphrase, Time now) {
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
  require_usable(file, bag.key.get(), bag.certificate.get(), now);
  CertificatesPtr chain = chain_of(bag.certificate.get(), bag.others.get());
  openssl_reason();
  return SigningKey(std::make_unique<Impl>(Impl{std::move(bag.key), std::move(bag.certificate), std::move(chain)}));
}

std::string SigningKey::signer() const { return common_name(X509_get_subject_name(m_impl->certificate.get())); }

std::string SigningKey::sign_digest(const std::string& digest) const { return make_cms(m_impl->cms_signer(), digest); }

std::size_t SigningKey::signature_limit() const { return cms_size_limit(m_impl->cms_signer()); }

bool SigningKey::made(std::string_view cms) const {
  const CertificatePtr signer = cms_signer(cms);
  return signer && X509_cmp(signer.get(), m_impl->certificate.get()) == 0;
}

}  // namespace sohoa
