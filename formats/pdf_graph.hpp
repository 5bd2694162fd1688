// SPDX-License-Identifier: Apache-2.0
// The objects of a PDF as a graph, and what differs between the same objects of two revisions.
#pragma once

#include "formats/pdf_reader.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

// The value itself, not what a reference leads to; null when `dictionary` is none or lacks the key.
const PoDoFo::PdfObject* raw(const PoDoFo::PdfObject* dictionary, const char* key);
// 0 0 when `value` is no reference.
PoDoFo::PdfReference reference_of(const PoDoFo::PdfObject* value);
// The object in PDF's notation, with its stream's stored bytes; "" for null.
std::string written(const PoDoFo::PdfObject* object);
// "object 5 0"
std::string name_of(const PoDoFo::PdfReference& number);

// Calls `use` for every reference in the object's own value.
void each_reference(const PoDoFo::PdfObject& object, const std::function<void(const PoDoFo::PdfReference&)>& use);

// The keys whose raw values differ; all of the other side's where one side is null or no plain dictionary.
std::set<std::string> different_keys(const PoDoFo::PdfObject* before, const PoDoFo::PdfObject* now);

using References = std::set<PoDoFo::PdfReference>;

// All objects that references lead to from the trailer's Root and Info, whether the file has them or not.
References reachable(const PdfReader& reader);

// What is drawn and what finds it: the same from the catalog's page tree, names, destinations and actions, without the
// annotations and fields, the metadata, the structure tree and validation data, which are judged by their own rules.
References reachable_content(const PdfReader& reader);

}  // namespace sohoa
