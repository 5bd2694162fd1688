// SPDX-License-Identifier: Apache-2.0
#include "core/catalog_dossiers.hpp"

#include "core/catalog.hpp"
#include "core/catalog_row.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace sohoa {
namespace {

constexpr std::size_t rows_at_once = 500;

// Every dossier for which `which`, a condition on a column named dossier, is true.
std::string counting(const std::string& which) {
  const std::string delivered = which + " AND dossier <> '' AND status IN ('ok', 'warning')";
  const auto sum = [](const char* condition) {
    return "sum(CASE WHEN " + std::string(condition) + " THEN 1 ELSE 0 END)";
  };
  const auto first = [](const char* column) {  // the result's own word is above that of the papers that were handed in
    const std::string name = column;
    return "coalesce(max(CASE WHEN kind IN ('', 'result') THEN nullif(" + name + ", '') END), max(" + name + "))";
  };
  const auto said = [](const char* column) {
    const std::string name = column;
    return "coalesce(nullif(r." + name + ", ''), d." + name + ", '')";
  };
  const auto yes = [](const char* column) { return "CASE WHEN r." + std::string(column) + " = 1 THEN 1 ELSE 0 END"; };
  const auto count = [](const char* column) { return "coalesce(d." + std::string(column) + ", 0)"; };
  return "INSERT INTO dossiers (dossier, agency, level, procedure, officer, received, listed, paper_result, "
         "electronic_result, electronic_parts, reused, documents, pages, results, parts, unnamed, signed_results, "
         "signed_unnamed, signed, waiting, rescan, rescan_pages) SELECT k.dossier, " +
         said("agency") + ", " + said("level") + ", " + said("procedure") + ", " + said("officer") + ", " +
         said("received") +
         ", CASE WHEN r.dossier IS NULL THEN 0 ELSE 1 END, CASE WHEN r.paper_result = 0 THEN 0 ELSE 1 END, " +
         yes("electronic_result") + ", " + yes("electronic_parts") + ", coalesce(u.times, 0) + " + yes("reused") +
         ", " + count("documents") + ", " + count("pages") + ", " + count("results") + ", " + count("parts") + ", " +
         count("unnamed") + ", " + count("signed_results") + ", " + count("signed_unnamed") + ", " + count("signed") +
         ", " + count("waiting") + ", " + count("rescan") + ", " + count("rescan_pages") +
         " FROM (SELECT dossier FROM received WHERE " + which + " UNION SELECT dossier FROM documents WHERE " +
         delivered + ") AS k LEFT JOIN received AS r ON r.dossier = k.dossier LEFT JOIN (SELECT dossier, " +
         first("agency") + " AS agency, " + first("level") + " AS level, " + first("procedure") + " AS procedure, " +
         first("operator") + " AS officer, max(received) AS received, count(*) AS documents, sum(pages) AS pages, " +
         sum("kind = 'result'") + " AS results, " + sum("kind NOT IN ('', 'result')") + " AS parts, " +
         sum("kind = ''") + " AS unnamed, " + sum("kind = 'result' AND signed_level <> ''") + " AS signed_results, " +
         sum("kind = '' AND signed_level <> ''") + " AS signed_unnamed, " + sum("signed_level <> ''") + " AS signed, " +
         sum("signed_level = '' AND left_unsigned = ''") +
         " AS waiting, sum(rescan) AS rescan, sum(rescan_pages) AS rescan_pages FROM documents WHERE " + delivered +
         " GROUP BY dossier) AS d ON d.dossier = k.dossier LEFT JOIN (SELECT dossier, count(*) AS times FROM reuse "
         "WHERE " +
         which + " GROUP BY dossier) AS u ON u.dossier = k.dossier";
}

constexpr int places_of_one = 4;  // of the condition in counting()

std::int64_t word_of(const std::optional<bool>& said) { return !said ? -1 : *said ? 1 : 0; }

// YYYY-MM-DD of a date as registers and portals write it, with or without the time behind it.
std::string day_of(const std::string& text) {
  const std::string compact = text.substr(0, 8);
  if ((text.size() == 14 || text.size() == 8) && all_digits(text)) {  // yyyyMMddHHmmss
    return compact.substr(0, 4) + "-" + compact.substr(4, 2) + "-" + compact.substr(6);
  }
  const std::string day = iso_date(text.substr(0, text.find_first_of(" T")));
  const bool iso = day.size() == 10 && all_digits(day.substr(0, 4)) && day[4] == '-' && all_digits(day.substr(5, 2)) &&
                   day[7] == '-' && all_digits(day.substr(8));
  return iso ? day : std::string();
}

void take(std::string& known, const std::string& said) {
  if (known.empty()) {
    known = said;
  }
}

void put_rows(const Database& database, const std::vector<ReceivedDossier>& dossiers, std::size_t from, std::size_t to,
              const std::string& list, std::set<std::string>& changed) {
  std::string sql =
      "INSERT INTO received (dossier, agency, level, procedure, officer, received, list, paper_result, "
      "electronic_result, electronic_parts, reused) VALUES ";
  for (std::size_t at = from; at < to; ++at) {
    sql += at == from ? "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" : ", (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  }
  std::string set;
  std::string before;
  std::string after;
  const auto column = [&](const std::string& name, const std::string& value) {
    set += (set.empty() ? "" : ", ") + name + " = " + value;
    before += (before.empty() ? "" : ", ") + ("received." + name);
    after += (after.empty() ? "" : ", ") + value;
  };
  for (const std::string name : {"agency", "level", "procedure", "officer", "received"}) {
    column(name, "coalesce(nullif(excluded." + name + ", ''), received." + name + ")");
  }
  for (const std::string name : {"paper_result", "electronic_result", "electronic_parts", "reused"}) {
    column(name, "CASE WHEN excluded." + name + " < 0 THEN received." + name + " ELSE excluded." + name + " END");
  }
  sql += " ON CONFLICT (dossier) DO UPDATE SET " + set + ", list = excluded.list WHERE (" + before + ") <> (" + after +
         ") RETURNING dossier";
  Statement put = database.prepare(sql);
  for (std::size_t at = from; at < to; ++at) {
    const ReceivedDossier& one = dossiers[at];
    put.bind(one.dossier)
        .bind(one.agency)
        .bind(one.level)
        .bind(one.procedure)
        .bind(one.officer)
        .bind(one.received)
        .bind(list)
        .bind(word_of(one.paper_result))
        .bind(word_of(one.electronic_result))
        .bind(word_of(one.electronic_parts))
        .bind(word_of(one.reused));
  }
  while (put.step()) {
    changed.insert(put.text(0));
  }
}

}  // namespace

std::string day_of_dossier(const std::string& code) {
  const std::size_t last = code.rfind('-');
  if (last == std::string::npos || last < 8 || code[last - 7] != '-' || !all_digits(code.substr(last + 1)) ||
      code.size() - last < 5 || code.size() - last > 7 || !all_digits(code.substr(last - 6, 6))) {
    return {};
  }
  const std::string date = code.substr(last - 6, 6);
  return "20" + date.substr(0, 2) + "-" + date.substr(2, 2) + "-" + date.substr(4, 2);
}

std::vector<ReceivedDossier> received_dossiers(const std::vector<RegisterRow>& rows, const Profile& profile) {
  std::set<std::string> negative;
  for (const std::string& word : profile.report.no) {
    negative.insert(key_form(word));
  }
  const auto answer = [&](const RegisterRow& row, const char* key, std::optional<bool>& known) {
    if (const std::string cell = row.value(key); !cell.empty()) {
      known = known.value_or(false) || !negative.contains(key_form(cell));
    }
  };
  std::map<std::string, ReceivedDossier> all;
  for (const RegisterRow& row : rows) {
    const std::string code = row.value("dossier");
    if (code.empty()) {
      continue;
    }
    ReceivedDossier& one = all[code];
    one.dossier = code;
    take(one.agency, row.value("office"));
    take(one.level, row.value("level"));
    take(one.procedure, row.value("procedure"));
    take(one.officer, row.value("officer"));
    take(one.received, day_of(row.value("received_date")));
    answer(row, "paper_result", one.paper_result);
    answer(row, "electronic_result", one.electronic_result);
    answer(row, "electronic_parts", one.electronic_parts);
    answer(row, "reused", one.reused);
  }
  for (const RegisterRow& row : rows) {
    if (const auto one = all.find(row.value("dossier")); one != all.end()) {
      take(one->second.agency, row.value("agency"));
    }
  }
  std::vector<ReceivedDossier> dossiers;
  for (auto& [code, one] : all) {
    take(one.received, day_of_dossier(code));
    dossiers.push_back(std::move(one));
  }
  return dossiers;
}

std::size_t note_received(const CatalogPlace& place, const std::vector<ReceivedDossier>& dossiers,
                          const std::string& list, const std::string& sha256) {
  if (dossiers.empty()) {
    return 0;
  }
  { const Catalog made(place); }
  const std::unique_ptr<Database> database = open_database(place.where, Database::Access::write);
  Transaction whole(*database);
  database->lock("chain");
  std::set<std::string> changed;
  for (std::size_t at = 0; at < dossiers.size(); at += rows_at_once) {
    put_rows(*database, dossiers, at, std::min(at + rows_at_once, dossiers.size()), list, changed);
  }
  if (changed.empty()) {
    return 0;
  }
  EventChain(*database).add(
      0, "",
      {event_now(
          "received",
          Json{{"list", list}, {"sha256", sha256}, {"dossiers", dossiers.size()}, {"changed", changed.size()}})});
  make_touched(*database);
  for (const std::string& dossier : changed) {
    touch_dossier(*database, dossier);
  }
  count_touched_dossiers(*database);
  whole.commit();
  return changed.size();
}

void count_dossier(const Database& database, const std::string& dossier) {
  if (dossier.empty()) {
    return;
  }
  static const std::string sql = counting("dossier = ?");
  database.prepare("DELETE FROM dossiers WHERE dossier = ?").bind(dossier).step();
  Statement count = database.prepare(sql);
  for (int place = 0; place < places_of_one; ++place) {
    count.bind(dossier);
  }
  count.step();
}

void count_touched_dossiers(const Database& database) {
  const std::string touched = "dossier IN (SELECT dossier FROM touched)";
  database.prepare("DELETE FROM dossiers WHERE " + touched).step();
  database.prepare(counting(touched)).step();
}

void make_touched(const Database& database) {
  database.execute(database.dialect() == Dialect::postgresql
                       ? "CREATE TEMP TABLE touched (dossier TEXT COLLATE \"C\" PRIMARY KEY) ON COMMIT DROP"
                       : "DROP TABLE IF EXISTS temp.touched; "
                         "CREATE TEMP TABLE touched (dossier TEXT PRIMARY KEY) WITHOUT ROWID");
}

void touch_dossier(const Database& database, const std::string& dossier) {
  if (!dossier.empty()) {
    database.prepare("INSERT INTO touched (dossier) VALUES (?) ON CONFLICT DO NOTHING").bind(dossier).step();
  }
}

void read_again_for_dossiers(const Database& database) {
  std::int64_t number = 0;
  for (bool more = true; more;) {
    Statement rows =
        database.prepare("SELECT number, record FROM documents WHERE number > ? ORDER BY number LIMIT 100");
    rows.bind(number);
    for (more = false; rows.step(); more = true) {
      number = rows.number(0);
      const CatalogRow row = catalog_row(parse_json(rows.text(1), "a record of the catalog"));
      database.prepare("UPDATE documents SET kind = ?, rescan = ?, rescan_pages = ? WHERE number = ?")
          .bind(row.kind)
          .bind(row.rescan)
          .bind(row.rescan_pages)
          .bind(number)
          .step();
    }
  }
  database.prepare(counting("1 = 1")).step();
}

}  // namespace sohoa
