// SPDX-License-Identifier: Apache-2.0
#include "core/quality_gates.hpp"
#include "core/text.hpp"
#include "formats/report.hpp"

#include <algorithm>

namespace sohoa {
namespace {

constexpr std::size_t longest_name = 48;

std::string named(const std::string& name) { return name.empty() ? "(none)" : name; }

std::string cut(const std::string& name) {
  if (characters(name) <= longest_name) {
    return name;
  }
  std::size_t at = 0;
  for (std::size_t seen = 0; at < name.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(name[at]) & 0xC0U) != 0x80U;
    if (begins && seen++ == longest_name - 1) {
      break;
    }
  }
  return name.substr(0, at) + "…";
}

// Columns as wide as their widest cell: the first to the left, numbers to the right.
std::string aligned(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], characters(row[i]));
    }
  }
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string gap(widths[i] - characters(row[i]), ' ');
      text += i == 0 ? row[i] + gap : "  " + gap + row[i];
    }
    text += "\n";
  }
  return text;
}

std::vector<std::string> cells_of(const std::string& name, const ReportCounts& counts) {
  std::vector<std::string> cells{cut(named(name)), grouped_digits(counts.received)};
  for (const ShareCount& share : counts.shares) {
    const std::optional<std::int64_t> percent = share.percent();
    cells.push_back(percent ? percent_text(*percent) + " %" : "-");
  }
  for (const std::int64_t number : {counts.documents, counts.waiting, counts.rescan_documents}) {
    cells.push_back(grouped_digits(number));
  }
  return cells;
}

std::string period_of(const Report& report) {
  const std::string& from = report.query.from;
  const std::string& until = report.query.until;
  return from.empty() && until.empty() ? "received at any time"
         : from.empty()                ? "received until " + until
         : until.empty()               ? "received from " + from
                                       : "received from " + from + " to " + until;
}

std::string share_line(const ReportIndicator& indicator, const ShareCount& share) {
  const Profile::Indicator& rule = indicator.rule;
  std::string text = rule.item + (rule.item.empty() ? "" : " ") + (rule.title_en.empty() ? rule.title : rule.title_en) +
                     ": " + grouped_digits(share.counted) + " of " + grouped_digits(share.of) +
                     (rule.of == "paper-result" ? " that have to end with a paper result" : " received");
  const std::optional<std::int64_t> percent = share.percent();
  const std::optional<double> score = share.score(rule.full_at);
  if (!percent || !score) {
    return text + ", no share\n";
  }
  text += ", " + percent_text(*percent) + " %; ";
  const auto hundredths = [](double value) { return percent_text(static_cast<std::int64_t>(value * 100 + 0.5)); };
  return text + (rule.max_points
                     ? hundredths(*score * *rule.max_points) + " of " + hundredths(*rule.max_points) + " points\n"
                     : hundredths(*score * 100) + " % of the points, whose number the profile does not set\n");
}

std::string share_cell(std::int64_t hundredths, bool known) { return known ? percent_text(hundredths) : ""; }

CsvRow table_row(const char* what, const std::string& name, const Report& report, const ReportCounts& counts) {
  CsvRow row{what, name};
  for (const Json& number : counts_json(counts)) {
    row.push_back(number.dump());
  }
  for (std::size_t i = 0; i < report.indicators.size(); ++i) {
    const Profile::Indicator& rule = report.indicators[i].rule;
    const ShareCount& share = counts.shares[i];
    const std::optional<std::int64_t> percent = share.percent();
    const double score = share.score(rule.full_at).value_or(0);
    row.push_back(std::to_string(share.counted));
    row.push_back(std::to_string(share.of));
    row.push_back(share_cell(percent.value_or(0), percent.has_value()));
    row.push_back(share_cell(static_cast<std::int64_t>(score * rule.max_points.value_or(0) * 100 + 0.5),
                             percent && rule.max_points));
  }
  return row;
}

std::string rescan_of(const Json& json) { return rescan_text(json.value("rescan", Json::array())); }

}  // namespace

std::string percent_text(std::int64_t hundredths) {
  const std::string rest = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + "." + (rest.size() == 1 ? "0" : "") + rest;
}

std::string grouped_digits(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3 + (number < 0 ? 1U : 0U);) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string report_text(const Report& report) {
  std::vector<std::vector<std::string>> rows{{report.by, "dossiers"}};
  for (const ReportIndicator& indicator : report.indicators) {
    rows.front().push_back(indicator.rule.item.empty() ? indicator.name : indicator.rule.item);
  }
  for (const char* heading : {"papers", "unsigned", "rescan"}) {
    rows.front().emplace_back(heading);
  }
  for (const ReportGroup& group : report.groups) {
    rows.push_back(cells_of(group.name, group.counts));
  }
  rows.push_back(cells_of("total", report.total));
  std::string text = "Dossiers " + period_of(report) + ", by " + report.by + ", as the profile " + report.profile +
                     " counts them\n\n" + aligned(rows) + "\n";
  for (std::size_t i = 0; i < report.indicators.size(); ++i) {
    text += share_line(report.indicators[i], report.total.shares[i]);
  }
  const ReportCounts& all = report.total;
  text += "Received: " + grouped_digits(all.received) + " dossiers, " + grouped_digits(all.listed) +
          " of them told by a register; with papers " + grouped_digits(all.with_documents) +
          ", with an electronic result " + grouped_digits(all.with_result) + " (signed " +
          grouped_digits(all.with_signed_result) + "), with a paper used again " + grouped_digits(all.reused) + "\n";
  text += "Papers: " + grouped_digits(all.documents) + " of " + grouped_digits(all.pages) + " pages, signed " +
          grouped_digits(all.signed_documents) + ", scans without a signature " + grouped_digits(all.waiting) +
          ", to be scanned again " + grouped_digits(all.rescan_documents) + " (" + grouped_digits(all.rescan_pages) +
          " pages)\n";
  if (report.undated > 0) {
    text += "Not counted: " + grouped_digits(report.undated) + " dossiers without a date of reception\n";
  }
  if (report.unfiled.documents > 0) {
    text += "In no dossier: " + grouped_digits(report.unfiled.documents) + " papers, without a signature " +
            grouped_digits(report.unfiled.waiting) + ", to be scanned again " +
            grouped_digits(report.unfiled.rescan_documents) + "\n";
  }
  return text;
}

std::vector<CsvRow> report_table(const Report& report) {
  std::vector<CsvRow> table{{"row", report.by}};
  const Json counts = counts_json({});
  for (const auto& [name, number] : counts.items()) {
    table.front().push_back(name);
  }
  for (const ReportIndicator& indicator : report.indicators) {
    for (const char* part : {"_counted", "_of", "_percent", "_points"}) {
      table.front().push_back(indicator.name + part);
    }
  }
  for (const ReportGroup& group : report.groups) {
    table.push_back(table_row("group", group.name, report, group.counts));
  }
  table.push_back(table_row("total", "", report, report.total));
  return table;
}

std::string paper_text(const ReportPaper& paper, CatalogReport::List list) {
  const Json json = paper_json(paper);
  const std::string file = json.contains("file") ? string_of(json, "file") : paper.id;
  return list == CatalogReport::List::rescan ? file + "\t" + rescan_of(json) : file;
}

CsvRow paper_heading() {
  return {"file",  "dossier",   "kind",    "symbol",   "pages",  "signed",  "agency",
          "level", "procedure", "officer", "received", "rescan", "document"};
}

CsvRow paper_row(const ReportPaper& paper) {
  const Json json = paper_json(paper);
  return {string_of(json, "file"), paper.dossier,   paper.kind,  paper.symbol,    std::to_string(paper.pages),
          paper.signed_level,      paper.agency,    paper.level, paper.procedure, paper.officer,
          paper.received,          rescan_of(json), paper.id};
}

}  // namespace sohoa
