// SPDX-License-Identifier: Apache-2.0
#include "formats/report.hpp"

#include "core/catalog_row.hpp"
#include "core/clock.hpp"

namespace sohoa {
namespace {

Json shares_json(const ReportCounts& counts, const std::vector<ReportIndicator>& indicators) {
  Json shares = Json::object();
  for (std::size_t i = 0; i < indicators.size() && i < counts.shares.size(); ++i) {
    const ShareCount& share = counts.shares[i];
    const Profile::Indicator& rule = indicators[i].rule;
    const std::optional<std::int64_t> percent = share.percent();
    const std::optional<double> score = share.score(rule.full_at);
    Json one{{"counted", share.counted}, {"of", share.of}};
    one["percent"] = percent ? Json(static_cast<double>(*percent) / 100) : Json();
    one["score"] = score ? Json(rounded(*score, 10000)) : Json();
    one["points"] = score && rule.max_points ? Json(rounded(*score * *rule.max_points, 100)) : Json();
    shares[indicators[i].name] = std::move(one);
  }
  return shares;
}

Json member_json(const ReportCounts& counts, const std::vector<ReportIndicator>& indicators) {
  Json json = counts_json(counts);
  json["shares"] = shares_json(counts, indicators);
  return json;
}

Json indicator_json(const ReportIndicator& indicator) {
  const Profile::Indicator& rule = indicator.rule;
  return Json{{"name", indicator.name},  {"item", rule.item},
              {"title", rule.title},     {"title_en", rule.title_en},
              {"of", rule.of},           {"needs", rule.needs},
              {"full_at", rule.full_at}, {"max_points", rule.max_points ? Json(*rule.max_points) : Json()}};
}

}  // namespace

Json counts_json(const ReportCounts& counts) {
  return Json{{"received", counts.received},
              {"listed", counts.listed},
              {"with_documents", counts.with_documents},
              {"with_result", counts.with_result},
              {"with_signed_result", counts.with_signed_result},
              {"reused", counts.reused},
              {"documents", counts.documents},
              {"pages", counts.pages},
              {"signed", counts.signed_documents},
              {"unsigned", counts.waiting},
              {"rescan_documents", counts.rescan_documents},
              {"rescan_pages", counts.rescan_pages}};
}

Report make_report(const CatalogReport& catalog, const Profile& profile, const ReportQuery& query,
                   const std::string& by) {
  Report report{
      iso_utc(artefact_time()), profile.name,          query, by, catalog.indicators(), catalog.groups(query, by), {},
      catalog.undated(query),   catalog.unfiled(query)};
  report.total.shares.resize(report.indicators.size());
  for (const ReportGroup& group : report.groups) {
    report.total.add(group.counts);
  }
  return report;
}

Json report_json(const Report& report) {
  Json json{{"schema", "sohoa/report/1"},
            {"made", report.made},
            {"profile", report.profile},
            {"from", report.query.from},
            {"to", report.query.until}};
  if (!report.query.batch.empty()) {
    json["batch"] = report.query.batch;
  }
  json["by"] = report.by;
  json["indicators"] = Json::array();
  for (const ReportIndicator& indicator : report.indicators) {
    json["indicators"].push_back(indicator_json(indicator));
  }
  json["total"] = member_json(report.total, report.indicators);
  json["groups"] = Json::array();
  for (const ReportGroup& group : report.groups) {
    Json one{{"name", group.name}};
    one.update(member_json(group.counts, report.indicators));
    json["groups"].push_back(std::move(one));
  }
  json["undated"] = report.undated;
  Json unfiled = Json::object();
  const Json all = counts_json(report.unfiled);
  for (const char* key : {"documents", "pages", "signed", "unsigned", "rescan_documents", "rescan_pages"}) {
    unfiled[key] = all.at(key);
  }
  json["unfiled"] = std::move(unfiled);
  return json;
}

Json paper_json(const ReportPaper& paper) {
  Json json{{"document", paper.id}};
  if (!paper.path.empty()) {
    json["file"] = (fs::path(paper.root) / paper.path).string();
  }
  const Json record = parse_json(paper.record, "a record of the catalog");
  if (paper.path.empty()) {
    json["source"] = string_of(member_of(record, "source"), "path");
  }
  json.update(Json{{"status", paper.status},
                   {"kind", paper.kind},
                   {"symbol", paper.symbol},
                   {"pages", paper.pages},
                   {"signed", paper.signed_level},
                   {"dossier", paper.dossier},
                   {"agency", paper.agency},
                   {"level", paper.level},
                   {"procedure", paper.procedure},
                   {"officer", paper.officer},
                   {"received", paper.received}});
  Json rescan = Json::array();
  for (const RescanDue& due : rescans_due(record)) {
    Json one = Json::object();
    if (due.page > 0) {
      one["page"] = static_cast<std::uint64_t>(due.page);
    }
    one["reasons"] = due.reasons;
    rescan.push_back(std::move(one));
  }
  if (!rescan.empty()) {
    json["rescan"] = std::move(rescan);
  }
  return json;
}

}  // namespace sohoa
