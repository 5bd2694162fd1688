// SPDX-License-Identifier: Apache-2.0
// The digests that a bag has of every file, from one reading; packages have the first alone.
#pragma once

#include "core/digest.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sohoa {

// Lower-case hex.
struct BagDigests {
  std::string sha256;
  std::string sha512;  // "" when it was not asked for
};

enum class Digests { sha256, both };

class BagDigester {
 public:
  explicit BagDigester(Digests wanted = Digests::both);
  void update(std::string_view bytes);
  // Of all bytes so far; the object is spent afterwards.
  BagDigests finish();

 private:
  Sha256 m_sha256;
  std::optional<Sha512> m_sha512;
};

// Streams the file; throws Error(ExitStatus::input, "file-unreadable") when it is no regular file or cannot be read to
// its end. Does not follow a link in the last place of the path.
BagDigests bag_digests_of_file(const fs::path& file, Digests wanted = Digests::both);

}  // namespace sohoa
