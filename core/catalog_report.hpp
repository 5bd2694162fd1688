// SPDX-License-Identifier: Apache-2.0
// What a catalog has, counted: dossiers by their date of reception and their papers, in groups, and the shares that
// the profile's indicators name. Lists of the papers that wait for something.
#pragma once

#include "core/catalog_place.hpp"
#include "core/profile.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct ReportQuery {
  std::string from;  // first and last date of reception, YYYY-MM-DD; "" asks nothing
  std::string until;
  std::string batch;    // only dossiers and papers of that batch of the archive
  std::string archive;  // its key, with `batch`
};

// By what dossiers can be grouped: agency, level, procedure, officer, month.
const std::vector<std::string>& report_groupings();

struct ShareCount {
  std::int64_t counted = 0;
  std::int64_t of = 0;

  // In hundredths of a percent, half up; nothing of none.
  [[nodiscard]] std::optional<std::int64_t> percent() const;
  // The part of the points that is given: the share over `full_at`, at most 1.
  [[nodiscard]] std::optional<double> score(double full_at) const;
};

struct ReportCounts {
  std::int64_t received = 0;  // dossiers
  std::int64_t listed = 0;    // of them, those that a register tells of
  std::int64_t with_documents = 0;
  std::int64_t with_result = 0;  // electronic
  std::int64_t with_signed_result = 0;
  std::int64_t reused = 0;
  std::int64_t documents = 0;  // delivered
  std::int64_t pages = 0;
  std::int64_t signed_documents = 0;
  std::int64_t waiting = 0;  // without a signature, and nothing says that they shall have none
  std::int64_t rescan_documents = 0;
  std::int64_t rescan_pages = 0;
  std::vector<ShareCount> shares;  // of report_indicators()

  void add(const ReportCounts& other);
};

struct ReportGroup {
  std::string name;
  ReportCounts counts;
};

// The profile's indicators in the order of their items. Throws Error(ExitStatus::usage, "report-needs") for a need that
// is not known: result, signed-result, part, reuse, document, no-paper-result.
struct ReportIndicator {
  std::string name;
  Profile::Indicator rule;
};
std::vector<ReportIndicator> report_indicators(const Profile& profile);

// A paper of a list.
struct ReportPaper {
  std::int64_t number = 0;
  std::string id;
  std::string root;  // absolute folder that `path` is seen from; "" when nobody wrote it down
  std::string path;
  std::string status;
  std::string kind;
  std::string symbol;  // as it is written
  std::string signed_level;
  bool waiting = false;
  std::int64_t pages = 0;
  std::string dossier;
  std::string agency;  // of the dossier, like the next four; the paper's own when it is in none
  std::string level;
  std::string procedure;
  std::string officer;
  std::string received;
  std::string record;  // on one line
};

class CatalogReport {
 public:
  // Opens the catalog to read, as CatalogFinder does. Throws what report_indicators() throws.
  CatalogReport(const CatalogPlace& place, const Profile& profile);

  // In the order of their names; what has no such value is the group "".
  [[nodiscard]] std::vector<ReportGroup> groups(const ReportQuery& query, const std::string& by) const;
  // Dossiers without a date of reception, which no share counts.
  [[nodiscard]] std::int64_t undated(const ReportQuery& query) const;
  // Delivered papers that are in no dossier, whatever the period.
  [[nodiscard]] ReportCounts unfiled(const ReportQuery& query) const;

  // Delivered papers that wait for a signature: for any where `role` is "", else for one of that role, of those that
  // did not come signed; none that shall have none. Papers with pages to be scanned again. Any, the latest received
  // first; of a batch also the quarantined ones. The first two in the order in which the catalog met them; at most
  // `limit` (0: all). A period leaves out what is in no dossier.
  enum class List { unsigned_ones, rescan, any };
  void papers(const ReportQuery& query, List list, const std::string& role, std::size_t limit,
              const std::function<void(const ReportPaper&)>& visit) const;

  [[nodiscard]] const std::vector<ReportIndicator>& indicators() const noexcept { return m_indicators; }

 private:
  // The papers of what follows FROM. How many they are.
  std::size_t put_papers(const std::string& from, const std::vector<std::string>& values,
                         const std::function<void(const ReportPaper&)>& visit) const;

  std::vector<ReportIndicator> m_indicators;
  std::vector<std::string> m_without_result;
  bool m_unnamed_is_result;
  std::unique_ptr<Database> m_database;
  std::string m_beside;  // folder of the catalog's own archive
};

}  // namespace sohoa
