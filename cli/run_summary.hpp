// SPDX-License-Identifier: Apache-2.0
// What `sohoa run` says at its end.
#pragma once

#include "cli/run_sink.hpp"
#include "formats/signature_level.hpp"

#include <cstdint>
#include <vector>

namespace sohoa {

struct RunEnd {
  std::size_t waiting = 0;  // documents, for the next run
  bool stopped = false;
  std::int64_t seconds = 0;
  std::vector<fs::path> manifests;
};

void summarize(Console& console, const Archive& archive, const RunTally& tally, const RunEnd& end);
// Tells how many documents of the archive wait for a signature, and how they get it; nothing when none does.
void hint_unsigned(Console& console, const Archive& archive, std::size_t waiting);
// The same of signed documents that have less than the level.
void hint_below(Console& console, const Archive& archive, std::size_t waiting, SignatureLevel level);

}  // namespace sohoa
