// SPDX-License-Identifier: Apache-2.0
// What the catalog counts (core/catalog_report.hpp) as JSON, text and a table. man/sohoa-report.1 tells the members.
#pragma once

#include "core/catalog_report.hpp"
#include "core/json.hpp"
#include "formats/csv.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sohoa {

struct Report {
  std::string made;  // ISO 8601 UTC
  std::string profile;
  ReportQuery query;
  std::string by;
  std::vector<ReportIndicator> indicators;
  std::vector<ReportGroup> groups;
  ReportCounts total;
  std::int64_t undated = 0;
  ReportCounts unfiled;
};

// All counts of the catalog by `by`.
Report make_report(const CatalogReport& catalog, const Profile& profile, const ReportQuery& query,
                   const std::string& by);

// The counts by their names, without the shares.
Json counts_json(const ReportCounts& counts);
// "sohoa/report/1" (core/report.schema.json).
Json report_json(const Report& report);
// For people: a table of the groups, the sum, and what the shares and their points are made of.
std::string report_text(const Report& report);
// A heading, a row a group, and the sum, whose first cell is "total" instead of "group".
std::vector<CsvRow> report_table(const Report& report);

// A paper of a list: what it is, and of one that is to be scanned again the pages and why.
Json paper_json(const ReportPaper& paper);
std::string paper_text(const ReportPaper& paper, CatalogReport::List list);
CsvRow paper_heading();
CsvRow paper_row(const ReportPaper& paper);

// "70.95", from hundredths.
std::string percent_text(std::int64_t hundredths);
// "204,000".
std::string grouped_digits(std::int64_t number);

}  // namespace sohoa
