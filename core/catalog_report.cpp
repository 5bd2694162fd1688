// SPDX-License-Identifier: Apache-2.0
#include "core/catalog_report.hpp"

#include "core/catalog_find.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace sohoa {
namespace {

// In the order in which groups() asks for them.
constexpr std::array count_members{&ReportCounts::received,           &ReportCounts::listed,
                                   &ReportCounts::with_documents,     &ReportCounts::with_result,
                                   &ReportCounts::with_signed_result, &ReportCounts::reused,
                                   &ReportCounts::documents,          &ReportCounts::pages,
                                   &ReportCounts::signed_documents,   &ReportCounts::waiting,
                                   &ReportCounts::rescan_documents,   &ReportCounts::rescan_pages};

constexpr std::array needs{"result", "signed-result", "part", "reuse", "document", "no-paper-result"};

std::string literal(std::string text) {
  replace_all(text, std::string_view("\0", 1), "");
  replace_all(text, "'", "''");
  return "'" + text + "'";
}

std::string column_of(const std::string& by) { return by == "month" ? "substr(received, 1, 7)" : by; }

std::vector<std::string> alternatives(const std::string& need) {
  std::vector<std::string> all;
  for (std::size_t from = 0; from <= need.size();) {
    const std::size_t bar = std::min(need.find('|', from), need.size());
    all.push_back(trim(need.substr(from, bar - from)));
    from = bar + 1;
  }
  return all;
}

// What is true of a row of `dossiers`.
class Conditions {
 public:
  Conditions(const std::vector<std::string>& without_result, bool unnamed_is_result) {
    std::string procedures;
    for (const std::string& procedure : without_result) {
      procedures += (procedures.empty() ? "" : ", ") + literal(procedure);
    }
    m_due = procedures.empty() ? "paper_result = 1" : "paper_result = 1 AND procedure NOT IN (" + procedures + ")";
    m_of["result"] = std::string("results > 0 OR electronic_result = 1") + (unnamed_is_result ? " OR unnamed > 0" : "");
    m_of["signed-result"] = std::string("signed_results > 0 OR electronic_result = 1") +
                            (unnamed_is_result ? " OR signed_unnamed > 0" : "");
    m_of["part"] = std::string("parts > 0 OR electronic_parts = 1") + (unnamed_is_result ? "" : " OR unnamed > 0");
    m_of["reuse"] = "reused > 0";
    m_of["document"] = "documents > 0";
    m_of["no-paper-result"] = "NOT (" + m_due + ")";
  }

  [[nodiscard]] std::string base(const Profile::Indicator& rule) const {
    return rule.of == "paper-result" ? m_due : "1 = 1";
  }
  [[nodiscard]] std::string met(const Profile::Indicator& rule) const {
    std::string all = "(" + base(rule) + ")";
    for (const std::string& need : rule.needs) {
      std::string any;
      for (const std::string& one : alternatives(need)) {
        any += (any.empty() ? "" : " OR ") + m_of.at(one);
      }
      all += " AND (" + any + ")";
    }
    return all;
  }
  [[nodiscard]] const std::string& of(const std::string& need) const { return m_of.at(need); }

 private:
  std::string m_due;
  std::map<std::string, std::string> m_of;
};

// Conditions on dossiers (or on papers) with their values.
struct Where {
  std::string sql;
  std::vector<std::string> values;
};

Where period_of(const ReportQuery& query, const std::string& table) {
  Where where{table + "received <> ''", {}};
  const auto add = [&](const std::string& condition, const std::string& value) {
    if (!value.empty()) {
      where.sql += " AND " + table + condition;
      where.values.push_back(value);
    }
  };
  add("received >= ?", query.from);
  add("received <= ?", query.until);
  return where;
}

void restrict_to_batch(Where& where, const ReportQuery& query) {
  if (!query.batch.empty()) {
    where.sql += " AND dossier IN (SELECT dossier FROM documents WHERE archive = ? AND batch = ? AND dossier <> '')";
    where.values.push_back(query.archive);
    where.values.push_back(query.batch);
  }
}

Statement bound(const Database& database, const std::string& sql, const std::vector<std::string>& values) {
  Statement statement = database.prepare(sql);
  for (const std::string& value : values) {
    statement.bind(value);
  }
  return statement;
}

std::string counted(const std::string& condition) { return "count(*) FILTER (WHERE " + condition + ")"; }

std::string whole_sum(const std::string& column) { return "coalesce(sum(" + column + "), 0)"; }

// YYYY-MM-DD by which a list is in order: of the dossier, or the paper's own.
constexpr const char* paper_columns =
    "d.number, d.id, d.path, d.status, d.kind, d.signed_level, d.pages, d.dossier, coalesce(c.agency, d.agency), "
    "coalesce(c.level, d.level), coalesce(c.procedure, d.procedure), coalesce(c.officer, d.operator), "
    "coalesce(c.received, d.received), d.record, d.archive, "
    "coalesce((SELECT root FROM archives WHERE archives.archive = d.archive), ''), "
    "coalesce((SELECT value FROM fields WHERE fields.document = d.number AND name = 'symbol'), ''), "
    "CASE WHEN d.signed_level = '' AND d.left_unsigned = '' THEN 1 ELSE 0 END";

}  // namespace

const std::vector<std::string>& report_groupings() {
  static const std::vector<std::string> all{"agency", "level", "procedure", "officer", "month"};
  return all;
}

std::optional<std::int64_t> ShareCount::percent() const {
  return of > 0 ? std::optional((counted * 20000 + of) / (2 * of)) : std::nullopt;
}

std::optional<double> ShareCount::score(double full_at) const {
  return of > 0 ? std::optional(std::min(1.0, static_cast<double>(counted) / static_cast<double>(of) / full_at))
                : std::nullopt;
}

void ReportCounts::add(const ReportCounts& other) {
  for (const auto count : count_members) {
    this->*count += other.*count;
  }
  shares.resize(std::max(shares.size(), other.shares.size()));
  for (std::size_t i = 0; i < other.shares.size(); ++i) {
    shares[i].counted += other.shares[i].counted;
    shares[i].of += other.shares[i].of;
  }
}

std::vector<ReportIndicator> report_indicators(const Profile& profile) {
  std::vector<ReportIndicator> all;
  for (const auto& [name, rule] : profile.report.indicators) {
    for (const std::string& need : rule.needs) {
      for (const std::string& one : alternatives(need)) {
        if (std::find(needs.begin(), needs.end(), one) == needs.end()) {
          throw usage_error("report-needs",
                            "the profile's [report." + name + "] needs \"" + one + "\", which no dossier has",
                            "write result, signed-result, part, reuse, document or no-paper-result");
        }
      }
    }
    all.push_back({name, rule});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return natural_less(a.rule.item, b.rule.item); });
  return all;
}

CatalogReport::CatalogReport(const CatalogPlace& place, const Profile& profile)
    : m_indicators(report_indicators(profile)),
      m_without_result(profile.report.without_paper_result),
      m_unnamed_is_result(profile.report.unnamed == "result"),
      m_database(open_current(place)) {
  if (!is_server(place.where)) {
    m_beside = fs::absolute(place.where).lexically_normal().parent_path().string();
  }
}

std::vector<ReportGroup> CatalogReport::groups(const ReportQuery& query, const std::string& by) const {
  const Conditions conditions(m_without_result, m_unnamed_is_result);
  Where where = period_of(query, "");
  restrict_to_batch(where, query);
  std::string sql = "SELECT " + column_of(by) + ", count(*), " + whole_sum("listed") + ", " +
                    counted(conditions.of("document")) + ", " + counted(conditions.of("result")) + ", " +
                    counted(conditions.of("signed-result")) + ", " + counted(conditions.of("reuse"));
  for (const char* column : {"documents", "pages", "signed", "waiting", "rescan", "rescan_pages"}) {
    sql += ", " + whole_sum(column);
  }
  for (const ReportIndicator& one : m_indicators) {
    sql += ", " + counted(conditions.met(one.rule)) + ", " + counted(conditions.base(one.rule));
  }
  Statement rows =
      bound(*m_database, sql + " FROM dossiers WHERE " + where.sql + " GROUP BY 1 ORDER BY 1", where.values);
  std::vector<ReportGroup> groups;
  while (rows.step()) {
    int column = 0;
    ReportGroup group{rows.text(column), {}};
    ReportCounts& c = group.counts;
    for (const auto count : count_members) {
      c.*count = rows.number(++column);
    }
    for (std::size_t i = 0; i < m_indicators.size(); ++i) {
      c.shares.push_back({rows.number(column + 1), rows.number(column + 2)});
      column += 2;
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

std::int64_t CatalogReport::undated(const ReportQuery& query) const {
  Where where{"received = ''", {}};
  restrict_to_batch(where, query);
  Statement count = bound(*m_database, "SELECT count(*) FROM dossiers WHERE " + where.sql, where.values);
  return count.step() ? count.number(0) : 0;
}

ReportCounts CatalogReport::unfiled(const ReportQuery& query) const {
  Where where{"dossier = '' AND status IN ('ok', 'warning')", {}};
  if (!query.batch.empty()) {
    where.sql += " AND archive = ? AND batch = ?";
    where.values = {query.archive, query.batch};
  }
  Statement row =
      bound(*m_database,
            "SELECT count(*), coalesce(sum(pages), 0), " + counted("signed_level <> ''") + ", " +
                counted("signed_level = '' AND left_unsigned = ''") +
                ", coalesce(sum(rescan), 0), coalesce(sum(rescan_pages), 0) FROM documents WHERE " + where.sql,
            where.values);
  ReportCounts counts;
  if (row.step()) {
    counts.documents = row.number(0);
    counts.pages = row.number(1);
    counts.signed_documents = row.number(2);
    counts.waiting = row.number(3);
    counts.rescan_documents = row.number(4);
    counts.rescan_pages = row.number(5);
  }
  counts.shares.resize(m_indicators.size());
  return counts;
}

void CatalogReport::papers(const ReportQuery& query, List list, const std::string& role, std::size_t limit,
                           const std::function<void(const ReportPaper&)>& visit) const {
  const bool period = !(query.from + query.until).empty();
  // A batch tells of what it quarantined, too.
  Where where{list == List::any && !query.batch.empty() ? "1 = 1" : "d.status IN ('ok', 'warning')", {}};
  const auto add = [&](const std::string& condition, const std::string& value) {
    where.sql += " AND " + condition;
    where.values.push_back(value);
  };
  if (list == List::unsigned_ones) {
    where.sql += " AND d.left_unsigned = ''";
    if (role.empty()) {
      where.sql += " AND d.signed_level = ''";
    } else {
      where.sql +=
          " AND NOT EXISTS (SELECT 1 FROM signatures AS s WHERE s.document = d.number AND s.role = '(received)')";
      add("NOT EXISTS (SELECT 1 FROM signatures AS s WHERE s.document = d.number AND s.role = ?)", role);
    }
  } else if (list == List::rescan) {
    where.sql += " AND d.rescan > 0";
  }
  if (!query.batch.empty()) {
    add("d.archive = ?", query.archive);
    add("d.batch = ?", query.batch);
  }
  if (period) {
    const Where dates = period_of(query, "c.");
    where.sql += " AND " + dates.sql;
    where.values.insert(where.values.end(), dates.values.begin(), dates.values.end());
  }
  const std::string some = limit > 0 ? " LIMIT " + std::to_string(limit) : std::string();
  const std::string all = "documents AS d LEFT JOIN dossiers AS c ON c.dossier = d.dossier AND d.dossier <> ''";
  if (list != List::any || !query.batch.empty()) {
    put_papers(all + " WHERE " + where.sql + " ORDER BY d.number" + some, where.values, visit);
    return;
  }
  // Left alone, SQLite goes through all papers and sorts them.
  const bool server = m_database->dialect() == Dialect::postgresql;
  const std::size_t put =
      put_papers(std::string("dossiers AS c ") +
                     (server ? "JOIN documents AS d" : "CROSS JOIN documents AS d INDEXED BY documents_by_dossier") +
                     " ON d.dossier = c.dossier AND d.dossier <> '' WHERE " + where.sql +
                     " ORDER BY c.received DESC, c.dossier DESC, d.number" + some,
                 where.values, visit);
  if (!period && (limit == 0 || put < limit)) {
    put_papers("(SELECT number FROM documents WHERE dossier = '' AND status IN ('ok', 'warning') ORDER BY number DESC" +
                   (limit > 0 ? " LIMIT " + std::to_string(limit - put) : std::string()) +
                   ") AS n JOIN documents AS d ON d.number = n.number LEFT JOIN dossiers AS c ON c.dossier = d.dossier "
                   "ORDER BY d.number DESC",
               {}, visit);
  }
}

std::size_t CatalogReport::put_papers(const std::string& from, const std::vector<std::string>& values,
                                      const std::function<void(const ReportPaper&)>& visit) const {
  Statement rows = bound(*m_database, "SELECT " + std::string(paper_columns) + " FROM " + from, values);
  std::size_t put = 0;
  while (rows.step()) {
    ReportPaper paper;
    paper.number = rows.number(0);
    paper.id = rows.text(1);
    paper.path = rows.text(2);
    paper.status = rows.text(3);
    paper.kind = rows.text(4);
    paper.signed_level = rows.text(5);
    paper.pages = rows.number(6);
    paper.dossier = rows.text(7);
    paper.agency = rows.text(8);
    paper.level = rows.text(9);
    paper.procedure = rows.text(10);
    paper.officer = rows.text(11);
    paper.received = rows.text(12);
    paper.record = rows.text(13);
    paper.root = rows.text(14).empty() ? m_beside : rows.text(15);
    paper.symbol = rows.text(16);
    paper.waiting = rows.number(17) != 0;
    visit(paper);
    ++put;
  }
  return put;
}

}  // namespace sohoa
