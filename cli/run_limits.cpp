// SPDX-License-Identifier: Apache-2.0
#include "cli/run_limits.hpp"

#include "cli/stream.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace sohoa {
namespace {

bool goes_in_as_it_is(const fs::path& file) {
  std::string ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
  return ending == ".jpg" || ending == ".jpeg" || ending == ".pdf";
}

std::uint64_t sure_bytes(const ScanGroup& group, std::uint64_t max_file_bytes) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < group.files.size(); ++i) {
    const std::uint64_t bytes = group.stamps[i].bytes;
    sum += goes_in_as_it_is(group.files[i]) && bytes <= max_file_bytes ? bytes : 0;
  }
  return sum;
}

}  // namespace

RunLimits::RunLimits(const RunOptions& options)
    : m_archive(options.archive), m_until(options.until), m_disk(options.archive) {
  if (!m_until.empty()) {
    m_deadline.emplace(m_until, wall_time());
  }
}

void RunLimits::check_space(const InboxSource& source, Catalog& catalog, std::uint64_t max_file_bytes) const {
  const std::uint64_t reserve = m_disk.reserve();
  const std::uint64_t room = m_disk.free() - std::min(m_disk.free(), reserve);
  const auto needed = [&](const std::set<std::string>& met) {
    std::uint64_t sum = 0;
    for (const ScanGroup& group : source.groups()) {
      sum += met.contains(group.path) ? 0 : sure_bytes(group, max_file_bytes);
    }
    return sum;
  };
  if (needed({}) <= room) {
    return;  // without asking the catalog, which would read every record
  }
  if (const std::uint64_t sum = needed(catalog.sources()); sum > room) {
    throw environment_error("disk-full",
                            "the scans need " + megabytes(sum) + " on the disk of the archive " + m_archive +
                                ", which has " + megabytes(room) + " left besides a reserve of " + megabytes(reserve),
                            "free some space there, or give fewer scans at a time");
  }
}

bool RunLimits::reached() {
  if (m_reason == ExitStatus::done) {
    m_reason = signal_came()                                   ? status_of(RunnerResult{.stopped = true})
               : m_deadline && m_deadline->passed(wall_time()) ? ExitStatus::deadline
               : m_disk.low()                                  ? ExitStatus::environment
                                                               : ExitStatus::done;
  }
  return m_reason != ExitStatus::done;
}

ExitStatus RunLimits::tell(Console& console, std::size_t remaining) const {
  const std::string rest =
      counted(remaining, "document") + (remaining == 1 ? " remains" : " remain") + ", and running again goes on with ";
  const std::string them = remaining == 1 ? "it" : "them";
  switch (m_reason) {
    case ExitStatus::deadline:
      console.say(Severity::warning, "stopped at " + m_until + " as --until asks: " + rest + them + ".");
      break;
    case ExitStatus::environment:
      console.say(Severity::error, Error(ExitStatus::environment, "disk-full",
                                         "stopped because the disk of the archive " + m_archive + " has less than " +
                                             megabytes(m_disk.reserve()) + " left: " + rest + them,
                                         "free some space there first"));
      break;
    default:
      console.say(Severity::warning, std::string("stopped by ") +
                                         (m_reason == ExitStatus::terminated ? "SIGTERM" : "SIGINT") + ": " + rest +
                                         them + ".");
  }
  return m_reason;
}

}  // namespace sohoa
