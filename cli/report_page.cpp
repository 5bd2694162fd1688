// SPDX-License-Identifier: Apache-2.0
#include "cli/report_page.hpp"

#include "cli/thumbnail_step.hpp"
#include "core/atomic_file.hpp"
#include "core/page_geometry.hpp"
#include "core/text.hpp"
#include "formats/report.hpp"
#include "formats/report_html.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace sohoa {
namespace {

constexpr double reads_well = 0.98;  // a page above it has hardly a word that is unsure

using List = CatalogReport::List;

// Those that wait for something come first, each once.
std::vector<ReportPaper> papers_of(const CatalogReport& catalog, const ReportQuery& query, std::size_t limit) {
  std::vector<ReportPaper> papers;
  std::set<std::int64_t> seen;
  for (const List list : {List::rescan, List::unsigned_ones, List::any}) {
    if (papers.size() < limit) {
      catalog.papers(query, list, "", limit, [&](const ReportPaper& paper) {
        if (papers.size() < limit && seen.insert(paper.number).second) {
          papers.push_back(paper);
        }
      });
    }
  }
  return papers;
}

std::string link_to(const ReportPaper& paper, const fs::path& folder) {
  if (folder.empty() || paper.path.empty() || paper.root.empty()) {
    return {};
  }
  return percent_encoded(fs::relative(fs::path(paper.root) / paper.path, folder).string());
}

Json entry_of(const ReportPaper& paper, const fs::path& folder) {
  Json entry = paper_json(paper);
  entry.erase("file");
  entry["path"] = paper.path;
  if (const std::string link = link_to(paper, folder); !link.empty()) {
    entry["link"] = link;
  }
  entry["month"] = paper.received.substr(0, 7);
  entry["waiting"] = paper.waiting && paper.status != "quarantined";
  return entry;
}

struct Candidate {
  bool due = false;
  double confidence = 1;
  PageWanted page;
};

// The pages of a paper that somebody should look at.
void add_candidates(const ReportPaper& paper, const Json& entry, std::vector<Candidate>& all) {
  const Json record = parse_json(paper.record, "a record of the catalog");
  const Json& pages = member_of(record, "pages");
  std::set<std::size_t> due;
  for (const Json& one : entry.value("rescan", Json::array())) {
    due.insert(one.value("page", std::size_t{1}));
  }
  std::string hocr;
  for (const Json& sidecar : member_of(record, "sidecars")) {
    if (string_of(sidecar, "format") == "hocr") {
      hocr = (fs::path(paper.root) / string_of(sidecar, "path")).string();
    }
  }
  for (std::size_t i = 0; pages.is_array() && i < pages.size(); ++i) {
    const Json& confidence = member_of(pages[i], "confidence");
    Candidate one{due.contains(i + 1), confidence.is_number() ? confidence.get<double>() : 1, {}};
    const bool blank = geometry_of(pages[i]).blank;
    if (one.due || (one.confidence < reads_well && !blank)) {
      one.page = {paper.id, (fs::path(paper.root) / paper.path).string(), hocr, i + 1, geometry_of(pages[i]).skew};
      all.push_back(std::move(one));
    }
  }
}

std::vector<Json> pictures_of(std::vector<Candidate> candidates, std::size_t limit, const Settings& settings,
                              const Profile& profile) {
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(!a.due, a.due ? 0.0 : a.confidence) < std::tuple(!b.due, b.due ? 0.0 : b.confidence);
  });
  candidates.resize(std::min(candidates.size(), limit));
  std::vector<PageWanted> wanted;
  for (Candidate& one : candidates) {
    wanted.push_back(std::move(one.page));
  }
  std::vector<Json> pictures = page_pictures(wanted, settings, profile);
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    pictures[i]["confidence"] = candidates[i].confidence;
    pictures[i]["hocr"] = !wanted[i].hocr.empty();
  }
  return pictures;
}

}  // namespace

std::string report_page(const CatalogReport& catalog, const ReportQuery& query, const std::string& by,
                        const ReportPageOptions& options, const Settings& settings, const Profile& profile) {
  Report report = make_report(catalog, profile, query, by);
  Json data = report_json(report);
  Json groups = Json::object();
  for (const std::string& grouping : report_groupings()) {
    report.groups = grouping == by ? report.groups : catalog.groups(query, grouping);
    groups[grouping] = grouping == by ? data.at("groups") : report_json(report).at("groups");
  }
  data["groups"] = std::move(groups);
  data["papers"] = Json::array();
  std::vector<Candidate> candidates;
  for (const ReportPaper& paper : papers_of(catalog, query, options.documents)) {
    data["papers"].push_back(entry_of(paper, options.folder));
    if (options.thumbnails > 0 && !paper.path.empty() && paper.status != "quarantined") {
      add_candidates(paper, data["papers"].back(), candidates);
    }
  }
  data["pictures"] = pictures_of(std::move(candidates), options.thumbnails, settings, profile);
  return report_html(data, options.language);
}

void write_batch_report(const Archive& archive, const CatalogPlace& place, const std::string& batch,
                        const Settings& settings, const Profile& profile) {
  const CatalogReport catalog(place, profile);
  const fs::path file = archive.report(batch);
  const std::string page =
      report_page(catalog, {"", "", batch, place.archive}, "agency", {.folder = file.parent_path()}, settings, profile);
  make_directories(file.parent_path());
  write_file(file, page);
}

}  // namespace sohoa
