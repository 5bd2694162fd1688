// SPDX-License-Identifier: Apache-2.0
// Which files of an archive are looked at tonight, when only a share is looked at every night: each has its turn once
// in as many nights as the share asks, without anything being kept in between.
#pragma once

#include "core/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace sohoa {

class NightlyShare {
 public:
  // "5%", "0.5 %" or "5": more than 0, at most 100 percent, of which the night of `now` (UTC) has its part. Throws
  // Error(ExitStatus::usage, "share-syntax").
  NightlyShare(const std::string& share, Time now);

  // By the name of the file, wherever its folder is.
  [[nodiscard]] bool has(const std::string& path) const;
  // "These are 12 of 240 files, the turn of night 7 of 20."
  [[nodiscard]] std::string sentence(std::size_t looked_at, std::size_t all) const;

 private:
  std::uint64_t m_nights;   // until everything had its turn: 20 for 5 %
  std::uint64_t m_tonight;  // from 0
};

}  // namespace sohoa
