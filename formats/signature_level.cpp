// SPDX-License-Identifier: Apache-2.0
#include "formats/signature_level.hpp"

#include <algorithm>
#include <array>

namespace sohoa {
namespace {

constexpr std::array<std::string_view, 4> k_words{"B", "T", "LT", "LTA"};

}  // namespace

std::string to_string(SignatureLevel level) { return "B-" + std::string(k_words.at(static_cast<std::size_t>(level))); }

std::optional<SignatureLevel> signature_level(std::string_view word) {
  const auto* const found = std::find(k_words.begin(), k_words.end(), word);
  return found == k_words.end() ? std::nullopt : std::optional(static_cast<SignatureLevel>(found - k_words.begin()));
}

}  // namespace sohoa
