// SPDX-License-Identifier: Apache-2.0
#include "core/digest.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <vector>

#include <openssl/evp.h>

namespace sohoa {

Digester::Digester(const evp_md_st* method, const char* name) : m_name(name), m_context(EVP_MD_CTX_new()) {
  check(m_context != nullptr ? EVP_DigestInit_ex(m_context.get(), method, nullptr) : 0);
}

void Digester::check(int result) const {
  if (result != 1) {
    throw environment_error("digest", std::string("OpenSSL cannot compute ") + m_name, "check the OpenSSL set-up");
  }
}

void Digester::Free::operator()(evp_md_ctx_st* context) const noexcept { EVP_MD_CTX_free(context); }

Sha256::Sha256() : Digester(EVP_sha256(), "SHA-256") {}
Sha512::Sha512() : Digester(EVP_sha512(), "SHA-512") {}

Digester& Digester::update(std::string_view bytes) {
  check(EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()));
  return *this;
}

std::string Digester::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  check(EVP_DigestFinal_ex(m_context.get(), digest.data(), &length));
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < length; ++i) {
    text += digits[digest.at(i) >> 4U];
    text += digits[digest.at(i) & 15U];
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) { return Sha256().update(bytes).hex(); }

std::string sha256_of_file(const fs::path& path, std::uint64_t bytes) {
  std::ifstream in(path.string(), std::ios::binary);
  Sha256 sha;
  std::vector<char> block(std::size_t{1} << 18U);
  while (bytes > 0 &&
         (in.read(block.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(bytes, block.size()))) ||
          in.gcount() > 0)) {
    sha.update({block.data(), static_cast<std::size_t>(in.gcount())});
    bytes -= static_cast<std::uint64_t>(in.gcount());
  }
  if (!in && !in.eof()) {
    throw input_error("file-unreadable", "cannot read " + path.string() + " to its end",
                      "check the path, the disk and the permissions of the file");
  }
  return sha.hex();
}

}  // namespace sohoa
