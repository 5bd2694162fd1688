// SPDX-License-Identifier: Apache-2.0
// The folder that `sohoa run --archive` fills. Every name below it is made here.
//   documents/<dossier>/<name>.pdf (and .txt, .hocr, .alto.xml)  manifests/<batch>.{jsonl,csv}   reports/<batch>.html
//   quarantine/<document>/
//   catalog.sqlite, or .catalog                      core/catalog_place.hpp
//   .work/                                           what a run needs on the way; gone when nothing is left to do
#pragma once

#include "core/digest.hpp"
#include "core/document.hpp"
#include "core/fs.hpp"

#include <string>

namespace sohoa {

class Archive {
 public:
  // Makes the folders and takes the lock; throws Error(ExitStatus::archive_locked, "archive-locked") naming
  // process, host and age of the run that holds it. The lock ends with the process that took it, however it ends.
  explicit Archive(fs::path root);
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  ~Archive();

  // Whether a run made the folder.
  [[nodiscard]] static bool is_at(const fs::path& folder);

  [[nodiscard]] const fs::path& root() const noexcept { return m_root; }
  [[nodiscard]] fs::path work() const { return m_root / ".work"; }
  [[nodiscard]] fs::path outgoing() const { return work() / "outgoing"; }
  // Says which scans are on their way out of the inbox (core/scan_mover.hpp).
  [[nodiscard]] fs::path moves() const { return m_root / ".moves"; }
  [[nodiscard]] fs::path manifest(const std::string& batch, const std::string& format) const;
  [[nodiscard]] fs::path report(const std::string& batch) const { return m_root / "reports" / (batch + ".html"); }

  // Gives a finished PDF, its sidecars and originals their final names: pdf.path and sidecars[].path become
  // "documents/…", relative to the root.
  void deliver(Document& document) const;
  // Copies the scans of a failed document and its problems to quarantine/ and marks it quarantined. Copying
  // again what lies there already changes nothing. A scan that cannot be read, or is larger, stays where it is, and so
  // do all scans of a secret document (core/secrecy.hpp).
  void quarantine(Document& document, std::uint64_t max_file_bytes = whole_file) const;
  // Removes .work when `everything_done`, else only what lies unfinished in outgoing.
  void tidy(bool everything_done) const;

 private:
  fs::path m_root;
  int m_lock = -1;
};

}  // namespace sohoa
