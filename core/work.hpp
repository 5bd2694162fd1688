// SPDX-License-Identifier: Apache-2.0
// The work folder: what page steps found, one folder a scan, so that a rerun, or another document with the same
// page, skips what is done.
//   <work>/ab/<scan digest>/ocr-<key>.json      the step's patch of the page record
//   <work>/ab/<scan digest>/ocr-<key>.<kind>    heavy data that the patch points to
// The key is over the scan, the step with its version and options, and the part of the record that the step depends
// on, so equal keys mean equal content. Files appear whole or not at all. Several processes may share the folder, two
// may make the same artefact, and what is in it may be removed at any time: it is made again by the step that made it.
#pragma once

#include "core/fs.hpp"
#include "core/step.hpp"

#include <map>
#include <optional>
#include <string>

namespace sohoa {

struct Artefact {
  std::string scan;  // its digest
  std::string step;
  std::string key;
};

class Work {
 public:
  // An empty path: nothing is kept or found, and keep() must not be called.
  explicit Work(fs::path folder);
  [[nodiscard]] const fs::path& folder() const noexcept { return m_folder; }

  // `options` is options_digest(step), computed once by the caller; `record` the page's.
  [[nodiscard]] static Artefact artefact_of(const PageStep& step, const std::string& options, const SourcePage& source,
                                            const Json& record);
  // Nothing when it was not made, is damaged, or points to a file that is gone.
  [[nodiscard]] std::optional<Json> find(const Artefact& artefact) const;
  void put(const Artefact& artefact, const Json& patch) const;
  // The path of the kept bytes, for the patch's key "ocr" or "image".
  [[nodiscard]] std::string keep(const Artefact& artefact, std::string_view kind, std::string_view bytes) const;

  // Removes all artefacts of the scan.
  void forget(const std::string& scan) const;

 private:
  [[nodiscard]] fs::path folder_of(const std::string& scan) const;
  [[nodiscard]] fs::path path_of(const Artefact& artefact, std::string_view kind) const;
  fs::path m_folder;
};

// Counts the documents in hand that need a scan's artefacts, so that the last of them can let them go.
class WorkKeeper {
 public:
  explicit WorkKeeper(Work work) : m_work(std::move(work)) {}
  void take(const Document& document);
  void release(const Document& document);
  // Lets go at once what no other document in hand needs; the document is still to be released.
  void drop(const Document& document) const;

 private:
  Work m_work;
  std::map<std::string, std::size_t> m_scans;
};

// 16 hex digits over the step's name, the program's version and the step's options.
std::string options_digest(const Step& step);

}  // namespace sohoa
