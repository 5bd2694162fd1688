// SPDX-License-Identifier: Apache-2.0
// Time-stamp tokens (RFC 3161, 2.4.2): in a signature's unsigned attributes (EN 319 122-1, 5.3) and in the Contents of
// document time-stamps (EN 319 142-1, 5.4.3).
#pragma once

#include "core/clock.hpp"
#include "formats/cms.hpp"
#include "formats/verdict.hpp"

#include <string>
#include <string_view>

namespace sohoa {

struct Timestamp {
  Time time{};            // genTime, in whole seconds
  std::string imprint{};  // the algorithm: "SHA-256"
  CmsVerdict cms;         // who made it, and what it embeds
  // Of imprint and signature; whose certificate it is remains to be judged.
  Verdict verdict;
};

// `covered` digests the bytes that the time-stamp is to be of.
Timestamp check_timestamp(std::string_view token, const BytesDigest& covered);

}  // namespace sohoa
