// SPDX-License-Identifier: Apache-2.0
// The two digests that a bag has of every file, from one reading.
#pragma once

#include "core/digest.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace sohoa {

// Lower-case hex.
struct BagDigests {
  std::string sha256;
  std::string sha512;
};

class BagDigester {
 public:
  BagDigester();
  void update(std::string_view bytes);
  // Of all bytes so far; the object is spent afterwards.
  BagDigests finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const noexcept;
  };
  Sha256 m_sha256;
  std::unique_ptr<evp_md_ctx_st, Free> m_sha512;
};

// Streams the file; throws Error(ExitStatus::input, "file-unreadable") when it is no regular file or cannot be read to
// its end. Does not follow a link in the last place of the path.
BagDigests bag_digests_of_file(const fs::path& file);

}  // namespace sohoa
