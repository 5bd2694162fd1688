// SPDX-License-Identifier: Apache-2.0
// What the tables of a catalog hold of a record (core/catalog_schema.hpp says what the columns mean).
#pragma once

#include "core/json.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

struct CatalogField {
  std::string name;
  std::string value;
  std::int64_t confidence = 0;  // thousandths
  std::string origin;
};

// The role of a signature that the file came with; no role of ours has that name.
constexpr std::string_view received_role = "(received)";

struct CatalogSignature {
  std::string signer;
  std::string field;
  std::string role;
  std::string level;
  std::string time;
  std::string until;
  std::string status;
};

struct CatalogRow {
  std::string id;
  std::string status;
  std::string source;
  std::int64_t pages = 0;
  std::string path;
  std::string sha256;
  std::int64_t bytes = 0;
  std::string dossier;
  std::string kind;
  std::string code;
  std::string owner;
  std::string type;
  std::string symbol;
  std::string agency_key;
  std::string agency;
  std::string procedure;
  std::string level;
  std::string operator_name;
  std::string issued;
  std::string received;
  std::string signed_level;
  std::string left_unsigned;
  std::int64_t rescan = 0;
  std::int64_t rescan_pages = 0;
  std::int64_t started = 0;
  std::int64_t ended = 0;
  std::vector<CatalogField> fields;
  std::vector<CatalogSignature> signatures;
};

// What is to be scanned again: the record's `rescan`, and pages that were read with too low a confidence (problem
// confidence-low), which a better scan may mend. By page, the whole document (page 0) first.
struct RescanDue {
  std::int64_t page = 0;  // from 1
  std::vector<std::string> reasons;
};
std::vector<RescanDue> rescans_due(const Json& record);

// `record` passed check_record(), or is an older catalog's.
CatalogRow catalog_row(const Json& record);

// The words to find the document by: of its fields, and of its pages as far as the trees that they point to are there.
std::string words_of(const Json& record);

}  // namespace sohoa
