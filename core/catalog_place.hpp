// SPDX-License-Identifier: Apache-2.0
// Which catalog the documents of an archive are in.
//
// The archive's own catalog.sqlite, unless `<archive>/.catalog` names another, which a run with --catalog wrote: so
// that nobody begins a second catalog by forgetting the option.
#pragma once

#include "core/database.hpp"
#include "core/fs.hpp"

#include <string>
#include <utility>

namespace sohoa {

struct CatalogPlace {
  // NOLINTNEXTLINE(google-explicit-constructor): a file is a place
  CatalogPlace(const fs::path& file) : where(file.string()) {}
  explicit CatalogPlace(std::string url_or_file) : where(std::move(url_or_file)) {}

  std::string where;    // URL, or file
  std::string archive;  // its key there; "" in its own catalog
  std::string root;     // its folder, absolute; "" in its own catalog
};

// Of the archive at `root`; `wanted` is the --catalog that was given, or "". What an archive is told first it remembers
// when `remember` says so. Throws Error(ExitStatus::usage, "archive-catalog") when its documents are in another one.
CatalogPlace catalog_of_archive(const fs::path& root, const std::string& wanted, bool remember);

// Of a command without an archive: the one that was given, or catalog.sqlite here; a folder means its archive's.
CatalogPlace catalog_given(const std::string& wanted);

// Writes down where the archive lies now.
void note_archive(const Database& database, const CatalogPlace& place);

}  // namespace sohoa
