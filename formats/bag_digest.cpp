// SPDX-License-Identifier: Apache-2.0
#include "formats/bag_digest.hpp"

#include "core/error.hpp"

#include <array>
#include <fstream>
#include <vector>

#include <openssl/evp.h>

namespace sohoa {
namespace {

void check(int result) {
  if (result != 1) {
    throw environment_error("digest", "OpenSSL cannot compute SHA-512", "check the OpenSSL set-up");
  }
}

}  // namespace

void BagDigester::Free::operator()(evp_md_ctx_st* context) const noexcept { EVP_MD_CTX_free(context); }

BagDigester::BagDigester() : m_sha512(EVP_MD_CTX_new()) {
  check(m_sha512 != nullptr ? EVP_DigestInit_ex(m_sha512.get(), EVP_sha512(), nullptr) : 0);
}

void BagDigester::update(std::string_view bytes) {
  m_sha256.update(bytes);
  check(EVP_DigestUpdate(m_sha512.get(), bytes.data(), bytes.size()));
}

BagDigests BagDigester::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  check(EVP_DigestFinal_ex(m_sha512.get(), digest.data(), &length));
  constexpr std::string_view digits = "0123456789abcdef";
  BagDigests digests{m_sha256.hex(), {}};
  for (unsigned int i = 0; i < length; ++i) {
    digests.sha512 += digits[digest.at(i) >> 4U];
    digests.sha512 += digits[digest.at(i) & 15U];
  }
  return digests;
}

BagDigests bag_digests_of_file(const fs::path& file) {
  boost::system::error_code code;
  const bool regular = fs::is_regular_file(fs::symlink_status(file, code));
  std::ifstream in;
  if (regular) {
    in.open(file.string(), std::ios::binary);
  }
  BagDigester digester;
  std::vector<char> block(std::size_t{1} << 18U);
  while (in.is_open() && (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0)) {
    digester.update({block.data(), static_cast<std::size_t>(in.gcount())});
  }
  if (!in.is_open() || in.bad() || !in.eof()) {
    throw input_error("file-unreadable", "cannot read " + file.string() + " to its end",
                      "check that it is a file, its disk and its permissions");
  }
  return digester.finish();
}

}  // namespace sohoa
