// SPDX-License-Identifier: Apache-2.0
// The list of what was delivered, without loss. Tables of it: formats/columns.hpp.
#pragma once

#include "core/document.hpp"
#include "core/fs.hpp"

#include <string>

namespace sohoa {

// One line of the JSON Lines manifest: the record without what only a running batch needs (work-folder paths).
std::string manifest_line(Json record);

// Makes pdf.path relative to `folder`, so that both can move together; a PDF outside of it keeps its path.
void name_pdf_from(const fs::path& folder, Json& record);

}  // namespace sohoa
