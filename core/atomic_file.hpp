// SPDX-License-Identifier: Apache-2.0
// Nothing appears under its final name before it is whole: a temporary file beside the
// target, fsync, rename, fsync of the folder.
#pragma once

#include "core/error.hpp"
#include "core/fs.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace sohoa {

// A file being made. The destructor of an uncommitted file removes it; it does not commit,
// because a half-written file is what the unwinding of an error leaves.
class AtomicFile {
 public:
  // Mode 0640. The temporary name is ".<name>.part" in the folder of `target`: what a killed process left there is
  // taken over by the next that makes the same file. Two that make it at once go one after the other (flock).
  explicit AtomicFile(fs::path target);
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  // Where a library that insists on a path may write; must be done before commit().
  [[nodiscard]] const fs::path& temporary() const noexcept { return m_temporary; }
  void write(std::string_view bytes);
  // What lies between the end and `position` becomes a hole, which reads as zeros.
  void skip_to(std::uint64_t position);
  // Replaces the target. Throws Error(ExitStatus::environment) and leaves the old one.
  void commit();
  // The same but for the folder's fsync: a cut of power may take the new file away again, whole, or bring the old one
  // back. For what can be made again.
  void appear();

 private:
  fs::path m_target;
  fs::path m_temporary;
  int m_fd = -1;
};

// "<what>: <the system's words>" as Error(ExitStatus::environment): disk-full, or file-not-written for other causes.
Error not_written(const std::string& what, int cause);

// fsync of a folder, so that the names in it last.
void sync_folder(const fs::path& folder);

void write_file(const fs::path& target, std::string_view bytes);

}  // namespace sohoa
