// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/dates.hpp"
#include "cli/stream.hpp"
#include "core/catalog_find.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "formats/manifest.hpp"

#include <chrono>
#include <vector>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

constexpr std::size_t usual_limit = 100;

std::string line_of(const FoundPaper& paper) {
  Json found = Json::object();
  if (!paper.path.empty()) {
    found["file"] = (fs::path(paper.root) / paper.path).string();
    found["sha256"] = paper.sha256;
  }
  found["signed"] = paper.signed_level;
  found["reused"] = paper.reused;
  // Paths into a work folder, which may be gone, are seldom there; the rest is told as it lies in the catalog.
  const bool has_paths =
      paper.record.find("\"ocr\":") != std::string::npos || paper.record.find("\"image\":") != std::string::npos;
  std::string line = has_paths ? manifest_line(parse_json(paper.record, "a record of the catalog")) : paper.record;
  line.pop_back();
  return line + ",\"found\":" + to_line(found) + "}";
}

class FindCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "find"; }
  [[nodiscard]] std::string_view summary() const override { return "Finds papers that the catalog has"; }
  void add_options(CLI::App& app) override {
    app.add_option("--owner", m_query.owner, "Identifier of the person or organisation")->type_name("ID");
    app.add_option("--type", m_query.type, "Code of the kind of paper")->type_name("TYPE");
    app.add_option("--symbol", m_query.symbol, "Number and symbol, as 12/QĐ-UBND")->type_name("SYMBOL");
    app.add_option("--code", m_query.code, "Digitization result code")->type_name("CODE");
    app.add_option("--dossier", m_query.dossier, "Code of the dossier")->type_name("DOSSIER");
    app.add_option("--agency", m_query.agency, "Who issued it")->type_name("NAME");
    app.add_option("--date", m_date, "Date of issue, or its month or year")->type_name("DATE");
    app.add_option("--date-from", m_query.from, "Issued on that date or later")->type_name("DATE");
    app.add_option("--date-to", m_query.until, "Issued on that date or earlier")->type_name("DATE");
    app.add_option("--text", m_query.text, "Words that it has all, and \"phrases\"")->type_name("WORDS");
    app.add_option("--limit", m_limit, "At most so many papers; 0 is all of them")
        ->type_name("N")
        ->capture_default_str();
    app.add_option("--reuse", m_reuse, "Notes that the paper was used again for that dossier")->type_name("DOSSIER");
    app.add_flag("--all", m_all, "With --reuse: every paper that fits");
    app.add_option("--operator", m_operator, "With --reuse: who used it (default: the user)")->type_name("NAME");
  }

  ExitStatus run(const Settings& settings) override {
    prepare();
    const CatalogPlace place = catalog_given(settings.catalog);
    Console console(settings);
    watch_signals();
    std::vector<FoundPaper> papers;
    std::size_t count = 0;
    // To be noted, all that fits has to be known.
    const std::size_t limit = m_reuse.empty() ? m_limit : m_all ? 0 : 2;
    const auto began = std::chrono::steady_clock::now();
    const bool more = CatalogFinder(place).find(m_query, limit, [&](const FoundPaper& paper) {
      ++count;
      if (!m_reuse.empty()) {
        papers.push_back(paper);
      } else {
        put_line(line_of(paper));
      }
    });
    if (settings.verbose) {
      const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - began;
      console.say(Severity::info, "The catalog answered in " + std::to_string(passed.count()) + " ms.");
    }
    if (!m_reuse.empty()) {
      return reuse(place, papers, console);
    }
    console.say(Severity::info,
                more ? "more than " + std::to_string(count) + " papers fit; say more of it, or --limit 0."
                     : counted(count, "paper") + (count == 1 ? " fits." : " fit."));
    return ExitStatus::done;
  }

 private:
  void prepare() {
    if (!m_date.empty()) {
      if (!(m_query.from + m_query.until).empty()) {
        throw usage_error("date", "--date is given with --date-from or --date-to", "give one or the other");
      }
      m_query.from = m_query.until = m_date;
    }
    m_query.from = first_day(m_query.from);
    m_query.until = last_day(m_query.until);
    if (m_query.empty()) {
      throw usage_error("nothing-asked", "nothing is said of the paper to find",
                        "give --owner, --type, --symbol, --code, --dossier, --agency, --date or --text");
    }
    if (m_reuse.empty() && (m_all || !m_operator.empty())) {
      throw usage_error("option", "--all and --operator go with --reuse", "give --reuse DOSSIER, too");
    }
  }

  ExitStatus reuse(const CatalogPlace& place, std::vector<FoundPaper>& papers, Console& console) const {
    if (papers.empty()) {
      throw input_error("paper-missing", "no paper fits, so nothing was noted", "look for it with less");
    }
    if (papers.size() > 1 && !m_all) {
      throw usage_error("paper-ambiguous", "more than one paper fits, so nothing was noted",
                        "say more of it, or give --all");
    }
    const auto database = open_database(place.where, Database::Access::write);
    const std::string dossier = to_nfc(trim(m_reuse));
    std::size_t noted = 0;
    for (FoundPaper& paper : papers) {
      const bool first = note_reuse(*database, paper, dossier, m_operator);
      noted += first ? 1U : 0U;
      paper.reused += first ? 1 : 0;
      put_line(line_of(paper));
    }
    console.say(Severity::info, counted(noted, "paper") + " noted as used again for " + dossier + ", " +
                                    std::to_string(papers.size() - noted) + " noted before.");
    return ExitStatus::done;
  }

  FindQuery m_query;
  std::string m_date;
  std::size_t m_limit = usual_limit;
  std::string m_reuse;
  bool m_all = false;
  std::string m_operator;
};

}  // namespace

CommandPtr make_find_command() { return std::make_unique<FindCommand>(); }

}  // namespace sohoa
