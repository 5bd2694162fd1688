// SPDX-License-Identifier: Apache-2.0
// The names of delivered files, made in this one place (TT 02/2019/TT-BNV: dossier code, a dot, ordinal).
#pragma once

#include "core/document.hpp"
#include "core/profile.hpp"

#include <string>

namespace sohoa {

struct DocumentNames {
  std::string folder;  // one path component below documents/
  std::string file;    // with ".pdf"
};

// What the scan is called: the folder's name, or the file's without its extension.
std::string stem_of(const Document& document);

// From the profile's naming templates, each made safe for a file system (core/text.hpp file_safe). Known names:
// dossier, ordinal, id, stem, code, type, symbol, number. Without a dossier or its ordinal: the unfiled templates.
DocumentNames names_of(const Document& document, const Profile& profile);

}  // namespace sohoa
