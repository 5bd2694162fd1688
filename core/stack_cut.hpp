// SPDX-License-Identifier: Apache-2.0
// Cuts a stack of scanned pages into documents at its separator sheets.
//
// A sheet is told by what the page steps found of it (`pages[]`: barcodes, blank); nothing of an ordinary page counts
// but a patch code T, a barcode of a form that SheetForms knows and, where asked, a blank page. Sheets, and the blank
// back of a sheet that was scanned from both sides, are no pages of any document; each is told in source.separator of
// the document behind it (or before it, at the end of the stack), so that every page of the stack is accounted for.
#pragma once

#include "core/document.hpp"
#include "core/separator_sheet.hpp"

#include <string>
#include <vector>

namespace sohoa {

struct CutRules {
  explicit CutRules(const Profile& profile);

  bool patch = false;  // at which sheets: [separators] at
  bool barcode = false;
  bool blank = false;
  bool skip_back = true;  // [separators] skip_back
  SheetForms forms;
};

// The documents of the stack in their order, at least one. Each has the keys of the stack's record, its own part of the
// pages and of their problems, source.stack {part, of, pages} and source.separator; what the sheet says is in `dossier`
// and `fields` with the origin "barcode". A page with an error, or with the problem that ingest left in its key
// `unreadable`, fails its own document only; a stack that failed as a whole, or that holds nothing but sheets, comes
// back as one failed document.
std::vector<Document> cut_stack(const Document& stack, const CutRules& rules);

}  // namespace sohoa
