// SPDX-License-Identifier: Apache-2.0
#include "formats/signing_key.hpp"

#include "core/error.hpp"
#include "formats/cms.hpp"
#include "formats/key_material.hpp"
#include "formats/pkcs12_key.hpp"

#include <utility>

namespace sohoa {
namespace {

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

// The digest's strength goes with the curve's (NIST SP 800-57 part 1, table 3).
const EVP_MD* digest_for(const EVP_PKEY* key, const SignatureScheme& scheme) {
  if (!scheme.digest.empty()) {
    const EVP_MD* named = EVP_get_digestbyname(scheme.digest.c_str());
    if (named == nullptr) {
      throw usage_error("digest-unknown", "there is no digest " + scheme.digest, "give sha256, sha384 or sha512");
    }
    return named;
  }
  const int bits = EVP_PKEY_get_base_id(key) == EVP_PKEY_EC ? EVP_PKEY_get_bits(key) : 0;
  return bits > 384 ? EVP_sha512() : bits > 256 ? EVP_sha384() : EVP_sha256();
}

}  // namespace

struct SigningKey::Impl {
  KeyMaterial material;
  CertificatesPtr chain;
  const EVP_MD* digest;
  SignatureScheme::Padding padding;
  std::size_t limit = 0;  // of a signature, which is the same for every file

  static std::unique_ptr<Impl> of(KeyMaterial material, Time now, const SignatureScheme& scheme) {
    if (!material.certificate || X509_check_private_key(material.certificate.get(), material.key.get()) != 1) {
      openssl_reason();
      throw Error(ExitStatus::signing_unavailable, "key-without-certificate",
                  material.place + " holds no certificate of its private key",
                  "export the key together with its certificate");
    }
    if (const std::optional<Error> refusal = why_not(material.place, material.certificate.get(), now)) {
      throw Error(*refusal);
    }
    CertificatesPtr chain = chain_of(material.certificate.get(), material.others.get());
    openssl_reason();
    const EVP_MD* digest = digest_for(X509_get0_pubkey(material.certificate.get()), scheme);
    auto impl = std::make_unique<Impl>(Impl{std::move(material), std::move(chain), digest, scheme.padding});
    impl->limit = cms_size_limit(impl->cms_signer());
    return impl;
  }
  [[nodiscard]] CmsSigner cms_signer() const {
    return {material.key.get(), material.certificate.get(), chain.get(), digest, padding};
  }
};

SigningKey::SigningKey(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

SigningKey SigningKey::from_pkcs12(const fs::path& file, std::string_view passphrase, Time now,
                                   const SignatureScheme& scheme) {
  return SigningKey(Impl::of(open_pkcs12(file, passphrase), now, scheme));
}

SigningKey SigningKey::from_token(const TokenChoice& choice, const AskPin& ask, Time now,
                                  const SignatureScheme& scheme) {
  return SigningKey(Impl::of(open_token(choice, ask, now), now, scheme));
}

std::string SigningKey::signer() const {
  return common_name(X509_get_subject_name(m_impl->material.certificate.get()));
}

const EVP_MD* SigningKey::digest() const { return m_impl->digest; }

std::string SigningKey::sign_digest(const std::string& digest) const {
  try {
    return make_cms(m_impl->cms_signer(), digest);
  } catch (const Error& error) {
    if (!m_impl->material.token) {
      throw;
    }
    throw Error(ExitStatus::signing_unavailable, "token-failed", m_impl->material.place + " failed: " + error.message(),
                "see that the token is in its place, then sign again; what is signed stays so");
  }
}

std::size_t SigningKey::signature_limit() const { return m_impl->limit; }

bool SigningKey::made(std::string_view cms) const {
  const CertificatePtr signer = cms_signer(cms);
  return signer && X509_cmp(signer.get(), m_impl->material.certificate.get()) == 0;
}

}  // namespace sohoa
