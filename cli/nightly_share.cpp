// SPDX-License-Identifier: Apache-2.0
#include "cli/nightly_share.hpp"

#include "core/digest.hpp"
#include "core/error.hpp"
#include "core/fs.hpp"

#include <charconv>
#include <cmath>

namespace sohoa {
namespace {

std::uint64_t nights_of(const std::string& share) {
  double percent = 0;
  const char* const end = share.data() + share.size();
  const auto [rest, fault] = std::from_chars(share.data(), end, percent);
  const std::string unit(rest, end);
  if (fault != std::errc() || (!unit.empty() && unit != "%" && unit != " %") || !(percent >= 0.01 && percent <= 100)) {
    throw Error(ExitStatus::usage, "share-syntax", "\"" + share + "\" is no share of the files",
                "give a percentage from 0.01% to 100%");
  }
  return static_cast<std::uint64_t>(std::ceil(100 / percent - 1e-9));
}

}  // namespace

NightlyShare::NightlyShare(const std::string& share, Time now)
    : m_nights(nights_of(share)),
      m_tonight(static_cast<std::uint64_t>(std::chrono::floor<std::chrono::days>(now).time_since_epoch().count()) %
                m_nights) {}

bool NightlyShare::has(const std::string& path) const {
  const std::string digest = sha256_hex(fs::path(path).filename().string());
  std::uint64_t number = 0;
  std::from_chars(digest.data(), digest.data() + 15, number, 16);
  return number % m_nights == m_tonight;
}

std::string NightlyShare::sentence(std::size_t looked_at, std::size_t all) const {
  return "These are " + std::to_string(looked_at) + " of " + std::to_string(all) + " files, the turn of night " +
         std::to_string(m_tonight + 1) + " of " + std::to_string(m_nights) + ".";
}

}  // namespace sohoa
