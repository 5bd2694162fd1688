// SPDX-License-Identifier: Apache-2.0
// What ends a run before its work is done: a signal, the deadline, a full disk.
#pragma once

#include "cli/console.hpp"
#include "cli/inbox_source.hpp"
#include "cli/run_options.hpp"
#include "core/deadline.hpp"
#include "core/disk_space.hpp"
#include "core/exit_status.hpp"

#include <optional>

namespace sohoa {

class RunLimits {
 public:
  // Throws what Deadline throws.
  explicit RunLimits(const RunOptions& options);

  // Throws Error(ExitStatus::environment, "disk-full") when the scans of the inbox that the catalog has not met surely
  // do not fit: JPEG and PDF files go into the archive byte for byte.
  void check_space(const InboxSource& source, Catalog& catalog, std::uint64_t max_file_bytes) const;
  // Asked between tasks.
  [[nodiscard]] bool reached();
  // Says why the run stopped and how many documents remain, and gives the status of it.
  ExitStatus tell(Console& console, std::size_t remaining) const;

 private:
  std::string m_archive;
  std::string m_until;
  std::optional<Deadline> m_deadline;
  DiskSpace m_disk;
  ExitStatus m_reason = ExitStatus::done;
};

}  // namespace sohoa
