// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/dates.hpp"
#include "cli/report_page.hpp"
#include "cli/stream.hpp"
#include "cli/text_output.hpp"
#include "core/error.hpp"
#include "formats/report.hpp"

#include <chrono>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

using List = CatalogReport::List;

class ReportCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "report"; }
  [[nodiscard]] std::string_view summary() const override { return "Counts what was digitized, signed and used again"; }
  void add_options(CLI::App& app) override {
    app.add_option("--from", m_query.from, "Dossiers received on that date or later")->type_name("DATE");
    app.add_option("--to", m_query.until, "Dossiers received on that date or earlier")->type_name("DATE");
    app.add_option("--by", m_by, "What the dossiers are grouped by")
        ->type_name("agency|level|procedure|officer|month")
        ->check(CLI::IsMember(report_groupings()))
        ->capture_default_str();
    app.add_option("--format", m_format, "What is written")
        ->type_name("text|json|csv|html")
        ->check(CLI::IsMember({"text", "json", "csv", "html"}))
        ->capture_default_str();
    app.add_option("-o,--output", m_output, "File to write (default: the standard output)")->type_name("FILE");
    app.add_flag("--unsigned", m_unsigned, "Lists the papers that wait for a signature");
    app.add_option("--role", m_role, "With --unsigned: those without a signature of that role")
        ->type_name("officer|agency");
    app.add_flag("--rescan", m_rescan, "Lists the pages to be scanned again, and why");
    app.add_option("--documents", m_page.documents, "Papers that the page (html) has at most")
        ->type_name("N")
        ->check(CLI::Range(0, 100000))
        ->capture_default_str();
    app.add_option("--thumbnails", m_page.thumbnails, "Pictures of pages that the page has at most")
        ->type_name("N")
        ->check(CLI::Range(0, 1000))
        ->capture_default_str();
    app.add_option("--language", m_page.language, "In which the page opens")
        ->type_name("vi|en")
        ->check(CLI::IsMember({"vi", "en"}))
        ->capture_default_str();
  }

  ExitStatus run(const Settings& settings) override {
    check();
    const Profile profile = load_profile(settings.profile);
    if (!m_role.empty()) {
      require_role(profile, m_role);
    }
    const CatalogPlace place = catalog_given(settings.catalog);
    Console console(settings);
    watch_signals();
    const auto began = std::chrono::steady_clock::now();
    const CatalogReport catalog(place, profile);
    TextOutput out(m_output);
    if (!m_output.empty()) {
      m_page.folder = fs::absolute(m_output).lexically_normal().parent_path();
    }
    if (m_format == "html") {
      out.put(report_page(catalog, m_query, m_by, m_page, settings, profile));
    } else if (m_format == "json") {
      put_json(catalog, profile, out);
    } else if (m_unsigned || m_rescan) {
      put_list(catalog, m_unsigned ? List::unsigned_ones : List::rescan, out);
    } else {
      const Report report = make_report(catalog, profile, m_query, m_by);
      if (m_format == "text") {
        out.put(report_text(report));
      } else {
        for (const CsvRow& row : report_table(report)) {
          out.put(csv_line(row));
        }
      }
    }
    if (settings.verbose) {
      const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - began;
      console.say(Severity::info, "The catalog answered in " + std::to_string(passed.count()) + " ms.");
    }
    if (signal_came()) {
      return status_of(RunnerResult{.stopped = true});
    }
    out.commit();
    return ExitStatus::done;
  }

 private:
  void check() {
    m_query.from = first_day(m_query.from);
    m_query.until = last_day(m_query.until);
    if (!m_query.from.empty() && !m_query.until.empty() && m_query.from > m_query.until) {
      throw usage_error("date", "--from " + m_query.from + " is after --to " + m_query.until,
                        "give the earlier one first");
    }
    if (m_unsigned && m_rescan && m_format != "json" && m_format != "html") {
      throw usage_error("option", "--unsigned and --rescan are two lists", "give one of them, or --format json");
    }
    if (!m_role.empty() && !m_unsigned) {
      throw usage_error("option", "--role goes with --unsigned", "give --unsigned, too");
    }
  }

  void put_list(const CatalogReport& catalog, List list, TextOutput& out) const {
    if (m_format == "csv") {
      out.put(csv_line(paper_heading()));
    }
    catalog.papers(m_query, list, m_role, 0, [&](const ReportPaper& paper) {
      out.put(m_format == "csv" ? csv_line(paper_row(paper)) : paper_text(paper, list) + "\n");
    });
  }

  // The lists are written as they come: an office may have a million papers to sign.
  void put_json(const CatalogReport& catalog, const Profile& profile, TextOutput& out) const {
    std::string head = to_line(report_json(make_report(catalog, profile, m_query, m_by)));
    if (!m_unsigned && !m_rescan) {
      out.put(head + "\n");
      return;
    }
    head.pop_back();
    for (const List list : {List::unsigned_ones, List::rescan}) {
      if (list == List::unsigned_ones ? m_unsigned : m_rescan) {
        head += list == List::unsigned_ones ? ",\"unsigned\":[" : ",\"rescan\":[";
        bool first = true;
        catalog.papers(m_query, list, m_role, 0, [&](const ReportPaper& paper) {
          out.put(head + (first ? "" : ",") + "\n");
          head = to_line(paper_json(paper));
          first = false;
        });
        head += "]";
      }
    }
    out.put(head + "}\n");
  }

  ReportQuery m_query;
  std::string m_by = "agency";
  std::string m_format = "text";
  std::string m_output;
  bool m_unsigned = false;
  std::string m_role;
  bool m_rescan = false;
  ReportPageOptions m_page;
};

}  // namespace

CommandPtr make_report_command() { return std::make_unique<ReportCommand>(); }

}  // namespace sohoa
