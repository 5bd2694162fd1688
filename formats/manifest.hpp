// SPDX-License-Identifier: Apache-2.0
// The list of what was delivered, for bulk import and for people.
#pragma once

#include "core/document.hpp"
#include "core/fs.hpp"
#include "core/profile.hpp"
#include "formats/csv.hpp"

#include <string>

namespace sohoa {

// One row of the CSV manifest, in the order of the profile's columns.
CsvRow manifest_heading(const Profile& profile);
CsvRow manifest_row(const Profile& profile, const Json& record);

// One line of the JSON Lines manifest: the record without what only a running batch needs (work-folder paths).
std::string manifest_line(Json record);

// Makes pdf.path relative to `folder`, so that both can move together; a PDF outside of it keeps its path.
void name_pdf_from(const fs::path& folder, Json& record);

}  // namespace sohoa
