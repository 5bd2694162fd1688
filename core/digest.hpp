// SPDX-License-Identifier: Apache-2.0
// Digests (FIPS 180-4) as lower-case hex: SHA-256, 64 characters, is the form that manifests carry.
#pragma once

#include "core/fs.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;
struct evp_md_st;

namespace sohoa {

class Digester {
 public:
  Digester& update(std::string_view bytes);
  // The digest of all bytes so far; the object is spent afterwards.
  std::string hex();

 protected:
  Digester(const evp_md_st* method, const char* name);

 private:
  void check(int result) const;

  struct Free {
    void operator()(evp_md_ctx_st* context) const noexcept;
  };
  const char* m_name;  // for errors
  std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

struct Sha256 : Digester {
  Sha256();
};
struct Sha512 : Digester {
  Sha512();
};

std::string sha256_hex(std::string_view bytes);

inline constexpr std::uint64_t whole_file = std::numeric_limits<std::uint64_t>::max();

// Streams the file, or its first `bytes`; throws Error(ExitStatus::input) when it cannot be read to its end.
std::string sha256_of_file(const fs::path& path, std::uint64_t bytes = whole_file);

}  // namespace sohoa
