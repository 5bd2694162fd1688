// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4) as lower-case hex of 64 characters, the form that manifests carry.
#pragma once

#include "core/fs.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace sohoa {

class Sha256 {
 public:
  Sha256();
  Sha256& update(std::string_view bytes);
  // The digest of all bytes so far; the object is spent afterwards.
  std::string hex();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const noexcept;
  };
  std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

std::string sha256_hex(std::string_view bytes);

inline constexpr std::uint64_t whole_file = std::numeric_limits<std::uint64_t>::max();

// Streams the file, or its first `bytes`; throws Error(ExitStatus::input) when it cannot be read to its end.
std::string sha256_of_file(const fs::path& path, std::uint64_t bytes = whole_file);

}  // namespace sohoa
