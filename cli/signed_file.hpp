// SPDX-License-Identifier: Apache-2.0
// What signing and upgrading do with the record of a file.
#pragma once

#include "core/document.hpp"
#include "core/fs.hpp"
#include "formats/pdf_signature.hpp"

#include <string>

namespace sohoa {

class Console;

// The file that the record's `pdf` names, seen from `folder`. Nobody signs what is not the file that the record tells
// of; what signed it since left those bytes in front. Throws Error(ExitStatus::input).
fs::path file_to_sign(const Json& pdf, const fs::path& folder);

// Digest and size as they are now.
void put_file(Json& record, const fs::path& path);

// Adds the signature to `signatures`, or brings up to date what it says of that field.
void put_signature(Json& record, const SignatureInfo& info);

// Takes out of the record what signing said of it earlier: it says it again where it still holds.
void forget_signing_problems(Document& document);

// Tells people of a document that is well otherwise what signing said of it.
void tell_signing(Console& console, const Document& document);

}  // namespace sohoa
