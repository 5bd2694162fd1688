// SPDX-License-Identifier: Apache-2.0
#include "core/error.hpp"
#include "core/text.hpp"
#include "formats/cms.hpp"
#include "formats/secret.hpp"
#include "support/signing.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace sohoa;
using namespace sohoa::test;

namespace {

std::string failure(const fs::path& file, const std::string& passphrase, Time now) {
  try {
    SigningKey::from_pkcs12(file, passphrase, now);
  } catch (const Error& error) {
    CHECK(error.status() == ExitStatus::signing_unavailable);
    CHECK(error.message().find(file.string()) != std::string::npos);
    CHECK(std::string(error.what()).find(passphrase) == std::string::npos);
    return error.id();
  }
  return "";
}

}  // namespace

TEST_CASE("a key bears its owner's name with all diacritics") {
  CHECK(test_key("officer").signer() == to_nfc("Nguyễn Thị Mẫu"));
  CHECK(test_key("agency").signer() == to_nfc("Ủy ban nhân dân xã Mẫu"));
}

TEST_CASE("a key file that does not serve says why") {
  const TempDir dir;
  CHECK(failure(pki() / "officer.p12", "wrong one", today()) == "key-passphrase");
  CHECK(failure(pki() / "legacy.p12", "wrong one", today()) == "key-passphrase");
  CHECK(failure(pki() / "expired.p12", k_passphrase, today()) == "key-expired");
  CHECK(failure(pki() / "officer.p12", k_passphrase, today() + std::chrono::days(5000)) == "key-expired");
  CHECK(failure(pki() / "officer.p12", k_passphrase, today() - std::chrono::days(5)) == "key-expired");
  CHECK(failure(pki() / "encipher.p12", k_passphrase, today()) == "key-usage");
  CHECK(failure(dir / "absent.p12", k_passphrase, today()) == "key-unreadable");
  CHECK(failure(pki() / "root.pem", k_passphrase, today()) == "key-unreadable");
  CHECK(failure(pki(), k_passphrase, today()) == "key-unreadable");
}

TEST_CASE("a key or passphrase that others can read is refused") {
  const TempDir dir;
  const fs::path copy = dir / "key.p12";
  fs::copy_file(pki() / "officer.p12", copy);
  for (const unsigned mode : {0640U, 0604U, 0660U}) {
    fs::permissions(copy, static_cast<fs::perms>(mode));
    CHECK(failure(copy, k_passphrase, today()) == "key-permissions");
    CHECK_THROWS_AS(read_passphrase(copy), Error);
  }
  fs::permissions(copy, static_cast<fs::perms>(0600));
  CHECK(failure(copy, k_passphrase, today()).empty());
}

TEST_CASE("a passphrase is the first line of its file") {
  const TempDir dir;
  const fs::path file = dir / "passphrase";
  for (const std::string end : {"", "\n", "\r\n", "\nsecond\n"}) {
    write_file(file, "mật khẩu " + end);
    fs::permissions(file, static_cast<fs::perms>(0600));
    CHECK(view(read_passphrase(file)) == "mật khẩu ");
  }
}

TEST_CASE("a key without its certificate is refused") {
  const TempDir dir;
  const std::string out = (dir / "bare.p12").string();
  REQUIRE(run({"openssl", "pkcs12", "-export", "-nocerts", "-inkey", (pki() / "officer.key").string(), "-passout",
               "pass:" + k_passphrase, "-out", out})
              .status == 0);
  CHECK(failure(out, k_passphrase, today()) == "key-without-certificate");
}

TEST_CASE("RSA, P-256, P-384 and legacy files make CAdES signatures within the stated size") {
  const std::string bytes = "signed bytes";
  for (const std::string name : {"officer", "agency", "agency384", "legacy"}) {
    CAPTURE(name);
    const SigningKey key = test_key(name);
    const std::string der = key.sign_digest(digest_of(key.digest(), bytes));
    CHECK(der.size() <= key.signature_limit());
    CHECK(der.size() + 16 > key.signature_limit());

    const unsigned char* at = octets(der);
    const CmsPtr cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
    REQUIRE(cms);
    REQUIRE(sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms.get())) == 1);
    const CMS_SignerInfo* info = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
    CHECK(CMS_signed_get_attr_count(info) == 3);
    for (const int attribute : {NID_pkcs9_contentType, NID_pkcs9_messageDigest, NID_id_smime_aa_signingCertificateV2}) {
      CHECK(CMS_signed_get_attr_by_NID(info, attribute, -1) >= 0);
    }
    CHECK(CMS_is_detached(cms.get()) == 1);
    const CertificatesPtr embedded(CMS_get1_certs(cms.get()));
    CHECK(sk_X509_num(embedded.get()) == 2);  // signer and intermediate, not the root

    const auto digest = [](const std::string& text) {
      return [text](const EVP_MD* algorithm) { return digest_of(algorithm, text); };
    };
    const CmsVerdict good = check_cms(der, CmsContent::detached, true, digest(bytes));
    CHECK(good.digest_valid);
    CHECK(good.signature_valid);
    CHECK(good.digest_method == (name == "agency384" ? "SHA-384" : "SHA-256"));
    CHECK(good.reason.empty());
    const CmsVerdict changed = check_cms(der, CmsContent::detached, true, digest("Signed bytes"));
    CHECK_FALSE(changed.digest_valid);
    CHECK(changed.reason == "the signed bytes were changed");
  }
}

TEST_CASE("digest and padding are chosen, named in the CMS and judged by OpenSSL") {
  const TempDir dir;
  write_file(dir / "bytes", "signed bytes");
  for (const std::string name : {"officer", "agency", "agency384"}) {
    for (const std::string digest : {"sha256", "sha384", "sha512"}) {
      for (const auto padding : {SignatureScheme::Padding::pkcs1, SignatureScheme::Padding::pss}) {
        CAPTURE(name);
        CAPTURE(digest);
        const SigningKey key =
            SigningKey::from_pkcs12(pki() / (name + ".p12"), k_passphrase, today(), {digest, padding});
        const std::string der = key.sign_digest(digest_of(key.digest(), "signed bytes"));
        CHECK(der.size() <= key.signature_limit());
        write_file(dir / "cms", der);
        const std::string cms = (dir / "cms").string();
        CHECK(run({"openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", cms, "-content",
                   (dir / "bytes").string(), "-CAfile", (pki() / "root.pem").string(), "-purpose", "any", "-cades",
                   "-out", "/dev/null"})
                  .status == 0);
        const std::string text = run({"openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", cms}).out;
        const bool pss = padding == SignatureScheme::Padding::pss && name == "officer";
        CHECK(text.find("digestAlgorithm: \n          algorithm: " + digest) != std::string::npos);
        CHECK((text.find("algorithm: rsassaPss") != std::string::npos) == pss);
        if (name != "officer") {
          std::string upper = digest;
          std::transform(upper.begin(), upper.end(), upper.begin(),
                         [](char c) { return c == 's' || c == 'h' || c == 'a' ? static_cast<char>(c - 32) : c; });
          CHECK(text.find("algorithm: ecdsa-with-" + upper) != std::string::npos);
        }
      }
    }
  }
  CHECK_THROWS_AS(SigningKey::from_pkcs12(pki() / "officer.p12", k_passphrase, today(), {"md5000", {}}), Error);
}

TEST_CASE("a signature value of another key is not valid") {
  const std::string bytes = "signed bytes";
  std::string der = test_key("officer").sign_digest(digest_of(EVP_sha256(), bytes));
  der.back() = static_cast<char>(der.back() ^ 1);  // the signature value stands last
  const CmsVerdict verdict =
      check_cms(der, CmsContent::detached, true, [&](const EVP_MD* algorithm) { return digest_of(algorithm, bytes); });
  CHECK(verdict.digest_valid);
  CHECK_FALSE(verdict.signature_valid);
  CHECK(verdict.reason.find("key did not make") != std::string::npos);
}

TEST_CASE("OpenSSL's own signatures are judged, and CAdES without signing-certificate is not valid") {
  const TempDir dir;
  const std::string bytes = "signed bytes";
  write_file(dir / "bytes", bytes);
  const auto digest = [&](const EVP_MD* algorithm) { return digest_of(algorithm, bytes); };
  const auto signature = [&](const std::vector<std::string>& options) {
    std::vector<std::string> command{"openssl",  "cms",
                                     "-sign",    "-binary",
                                     "-outform", "DER",
                                     "-in",      (dir / "bytes").string(),
                                     "-signer",  (pki() / "officer.pem").string(),
                                     "-inkey",   (pki() / "officer.key").string(),
                                     "-out",     (dir / "cms").string()};
    command.insert(command.end(), options.begin(), options.end());
    REQUIRE(run(command).status == 0);
    return read_file(dir / "cms");
  };
  for (const std::string& der : {signature({"-md", "sha1"}), signature({"-md", "sha512"}), signature({"-noattr"}),
                                 signature({"-keyopt", "rsa_padding_mode:pss"})}) {
    const CmsVerdict plain = check_cms(der, CmsContent::detached, false, digest);
    CHECK(plain.digest_valid);
    CHECK(plain.signature_valid);
    CHECK(plain.reason.empty());
    CHECK_FALSE(check_cms(der, CmsContent::detached, true, digest).signature_valid);
  }
  CHECK(check_cms(signature({"-cades"}), CmsContent::detached, true, digest).signature_valid);
  CHECK_FALSE(check_cms(signature({"-nodetach"}), CmsContent::detached, false, digest).digest_valid);
  CHECK_FALSE(check_cms(signature({"-nocerts"}), CmsContent::detached, false, digest).signature_valid);
  CHECK(check_cms("no DER at all", CmsContent::detached, false, digest).reason.find("no CMS") != std::string::npos);
}
