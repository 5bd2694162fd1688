// SPDX-License-Identifier: Apache-2.0
// The work folder: what page steps found, one folder a document, so that a rerun skips what is done.
//   <work>/<document id>/page-0007-ocr-<digest>.json         the step's patch of the page record
//   <work>/<document id>/page-0007-ocr-<digest>.<kind>       heavy data that the patch points to
// The digest is over scan, step, options and the record's part that the step depends on. Several processes may
// share the folder; it may be removed at any time between runs.
#pragma once

#include "core/fs.hpp"
#include "core/step.hpp"

#include <optional>
#include <string>

namespace sohoa {

struct Artefact {
  std::string document_id;
  std::size_t page = 0;  // from 0
  std::string step;
  std::string digest;
};

class Work {
 public:
  explicit Work(fs::path folder);

  // `options` is options_digest(step), computed once by the caller.
  [[nodiscard]] static Artefact artefact_of(const PageStep& step, const std::string& options,
                                            const std::string& document_id, std::size_t page, const SourcePage& source,
                                            const Json& record);
  // Nothing when it was not made, is damaged, or points to a file that is gone.
  [[nodiscard]] std::optional<Json> find(const Artefact& artefact) const;
  void put(const Artefact& artefact, const Json& patch) const;
  [[nodiscard]] std::string keep(const Artefact& artefact, std::string_view kind, std::string_view bytes) const;

  // A folder for other files of the document, made when missing.
  [[nodiscard]] fs::path folder_of(const std::string& document_id) const;
  // Removes all of the document's artefacts.
  void forget(const std::string& document_id) const;

 private:
  [[nodiscard]] fs::path path_of(const Artefact& artefact, std::string_view kind) const;
  fs::path m_folder;
};

// 16 hex digits over the step's name, the program's version and the step's options.
std::string options_digest(const Step& step);

}  // namespace sohoa
