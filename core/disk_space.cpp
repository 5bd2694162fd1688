// SPDX-License-Identifier: Apache-2.0
#include "core/disk_space.hpp"

#include <algorithm>
#include <limits>

#include <sys/statvfs.h>

namespace sohoa {
namespace {

constexpr std::uint64_t largest_reserve = std::uint64_t{64} << 20U;
constexpr std::uint64_t share = 64;

}  // namespace

DiskSpace::DiskSpace(fs::path folder) : m_folder(fs::absolute(folder)) {
  boost::system::error_code code;
  while (!fs::exists(m_folder, code) && m_folder.has_parent_path()) {
    m_folder = m_folder.parent_path();
  }
}

std::uint64_t DiskSpace::free() const {
  struct statvfs disk {};
  const bool told = ::statvfs(m_folder.c_str(), &disk) == 0 && disk.f_blocks > 0;
  return told ? std::uint64_t{disk.f_bavail} * disk.f_frsize : std::numeric_limits<std::uint64_t>::max();
}

std::uint64_t DiskSpace::reserve() const {
  struct statvfs disk {};
  const bool told = ::statvfs(m_folder.c_str(), &disk) == 0;
  return told ? std::min(largest_reserve, std::uint64_t{disk.f_blocks} * disk.f_frsize / share) : 0;
}

bool DiskSpace::low() {
  if (const auto now = Clock::now(); now >= m_next) {
    m_next = now + std::chrono::seconds(1);
    m_low = free() < reserve();
  }
  return m_low;
}

std::string megabytes(std::uint64_t bytes) { return std::to_string((bytes + 999'999) / 1'000'000) + " MB"; }

}  // namespace sohoa
