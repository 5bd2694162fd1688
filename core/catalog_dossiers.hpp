// SPDX-License-Identifier: Apache-2.0
// Dossiers as reports count them: those that a register says were received, and what the catalog has of each. The table
// `dossiers` (core/catalog_schema.hpp) is made of `received`, `documents` and `reuse` alone; whoever changes one of
// those counts the dossiers that it touched again, in the same transaction and after its events, because all that count
// wait for one another at the end of the chain.
#pragma once

#include "core/catalog_place.hpp"
#include "core/profile.hpp"
#include "core/register_rows.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

// What an office's list says of one dossier; "" and nothing: it does not say.
struct ReceivedDossier {
  std::string dossier;
  std::string agency;  // who handles it; who issued the paper where the list has no column for that
  std::string level;   // of that agency, as the list names it
  std::string procedure;
  std::string officer;
  std::string received;                   // YYYY-MM-DD
  std::optional<bool> paper_result;       // it has to end with a paper result
  std::optional<bool> electronic_result;  // the office issued it as an electronic one
  std::optional<bool> electronic_parts;   // what was handed in is there as files
  std::optional<bool> reused;
};

// Of the rows that have a dossier code, one a dossier in the order of their codes; the first row that says a thing says
// it, a yes is above a no. A cell is a no by the profile's [report] no, a yes by anything else.
std::vector<ReceivedDossier> received_dossiers(const std::vector<RegisterRow>& rows, const Profile& profile);

// Remembers them; what the list does not say stays as an earlier one said it. Returns how many were new or became
// other ones, which is an event, too. `list` is the list's name, `sha256` that of its file.
std::size_t note_received(const CatalogPlace& place, const std::vector<ReceivedDossier>& dossiers,
                          const std::string& list, const std::string& sha256);

// Counts one dossier again ("": nothing), or those that are in the table `touched`.
void count_dossier(const Database& database, const std::string& dossier);
void count_touched_dossiers(const Database& database);
// The table `touched` (dossier), of this connection alone, empty.
void make_touched(const Database& database);
void touch_dossier(const Database& database, const std::string& dossier);

// Of a catalog from before there were dossiers: reads what is to be scanned again and each paper's kind, and counts.
void read_again_for_dossiers(const Database& database);

// The date of reception in a dossier's code, <agency>-YYMMDD-<ordinal> (TT 01/2018/TT-VPCP, Art. 19); "" when it has
// none.
std::string day_of_dossier(const std::string& code);

}  // namespace sohoa
