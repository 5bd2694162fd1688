// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/stream.hpp"
#include "cli/text_output.hpp"
#include "formats/bagit.hpp"
#include "formats/columns.hpp"
#include "formats/csv.hpp"
#include "formats/manifest.hpp"
#include "formats/package.hpp"
#include "formats/xlsx_writer.hpp"

#include <functional>

#include <unistd.h>
#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class ManifestCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "manifest"; }
  [[nodiscard]] std::string_view summary() const override { return "Writes the list of documents for import"; }
  void add_options(CLI::App& app) override {
    app.add_option("--format", m_format, "A list, or with the files: a bag, or packages")
        ->type_name("jsonl|csv|xlsx|bagit|sip|aip")
        ->check(CLI::IsMember({"jsonl", "csv", "xlsx", "bagit", "sip", "aip"}))
        ->capture_default_str();
    app.add_option("-o,--output", m_output, "File, or folder, to write (default: the standard output)")
        ->type_name("FILE");
    app.add_option("--relative-to", m_root, "Folder from which the PDF files that lie in it are named")
        ->type_name("DIR");
    app.add_flag("--bom", m_bom, "CSV begins with the mark of UTF-8, for spreadsheets");
    app.add_option("--fonds", m_fonds, "Code of the fonds in the names of packages")->type_name("CODE");
    app.add_option("--agency", m_agency, "Who makes the packages, as their METS says")->type_name("NAME");
  }

  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    if (m_format == "jsonl" || m_format == "csv") {
      return m_format == "csv" ? write_csv(settings, profile) : write_lines(settings, profile);
    }
    if (m_output.empty()) {
      throw usage_error("manifest-output", "--format " + m_format + " cannot go to the standard output",
                        "name a file or folder with -o");
    }
    return m_format == "xlsx"    ? write_workbook(settings, profile)
           : m_format == "bagit" ? make_bag(settings, profile)
                                 : make_packages(settings, profile);
  }

 private:
  using Visit = std::function<void(Console&, const Document&)>;

  // All of the stream; `finish` when it came to its end.
  static ExitStatus each(const Settings& settings, const Profile& profile, const std::vector<StepPtr>& steps,
                         const Visit& visit, const std::function<void(Console&)>& finish) {
    watch_signals();
    Console console(settings);
    const auto sink = [&](const Document& document) {
      visit(console, document);
      if (!document.alive()) {
        console.problems(document);
      }
    };
    LineSource source(STDIN_FILENO);
    RunnerEvents events;
    events.should_stop = signal_came;
    const RunnerResult result = run_steps(steps, source, sink, settings.runner(profile, settings.work), events);
    if (!result.stopped) {
      finish(console);
    }
    return status_of(result);
  }

  [[nodiscard]] Json named(const Document& document) const {
    Json record = document.record();
    if (!m_root.empty()) {
      name_pdf_from(m_root, record);
    }
    return record;
  }

  ExitStatus write_lines(const Settings& settings, const Profile& profile) const {
    TextOutput out(m_output);
    return each(
        settings, profile, {},
        [&](Console& /*console*/, const Document& document) { out.put(manifest_line(named(document)) + "\n"); },
        [&](Console& /*console*/) { out.commit(); });
  }

  // The cells of each document, and what is wrong with them.
  ExitStatus write_rows(const Settings& settings, const Profile& profile, const Columns& columns,
                        const std::function<void(const std::vector<std::string>&)>& put,
                        const std::function<void(Console&)>& finish) const {
    return each(
        settings, profile, {},
        [&](Console& console, const Document& document) {
          std::vector<Problem> warnings;
          put(columns.cells(named(document), warnings));
          for (const Problem& warning : warnings) {
            console.say(warning.severity, document.name() + ": " + warning.message + "; " + warning.remedy + ".");
          }
        },
        finish);
  }

  ExitStatus write_csv(const Settings& settings, const Profile& profile) const {
    const Columns columns(profile.manifest_columns, profile);
    TextOutput out(m_output);
    out.put((m_bom || profile.manifest_bom ? csv_mark : "") + csv_line(columns.titles()));
    return write_rows(
        settings, profile, columns, [&](const std::vector<std::string>& cells) { out.put(csv_line(cells)); },
        [&](Console& /*console*/) { out.commit(); });
  }

  ExitStatus write_workbook(const Settings& settings, const Profile& profile) const {
    const Columns columns(profile.manifest_columns, profile);
    XlsxWriter book(m_output, profile.manifest_columns);
    return write_rows(
        settings, profile, columns, [&](const std::vector<std::string>& cells) { book.row(cells); },
        [&](Console& console) {
          book.commit();
          if (book.cut() > 0) {
            console.say(Severity::warning, m_output + ": " + counted(book.cut(), "cell") +
                                               " had more letters than a workbook takes and were cut; the JSON Lines " +
                                               "have all of them.");
          }
        });
  }

  ExitStatus make_bag(const Settings& settings, const Profile& profile) const {
    BagWriter bag(m_output, m_root.empty() ? fs::path(".") : fs::path(m_root));
    std::vector<StepPtr> steps;
    steps.push_back(step_here("bag", [&](Document& document) { bag.add(document); }));
    return each(
        settings, profile, steps,
        [&](Console& /*console*/, const Document& document) { bag.note(document, manifest_line(document.record())); },
        [&](Console& console) {
          if (!bag.commit()) {
            console.say(Severity::info, m_output + ": the bag is there already, nothing to do.");
          }
        });
  }

  // One line a package on the standard output: with its digest of METS.xml the receiver knows all of it.
  static void tell(const PackageResult& package, Console& console) {
    for (const Problem& problem : package.warnings) {
      console.say(problem.severity, package.dossier + ": " + problem.message + "; " + problem.remedy + ".");
    }
    for (const Error& fault : package.faults) {
      console.say(Severity::error,
                  package.dossier + ": no package was made: " + fault.message() + "; " + fault.remedy() + ".");
    }
    if (package.there) {
      console.say(Severity::info, package.folder.string() + ": the package is there already, nothing to do.");
    }
    if (package.faults.empty()) {
      put_line(to_line(Json{{"package", package.folder.string()},
                            {"objid", package.objid},
                            {"dossier", package.dossier},
                            {"documents", package.documents},
                            {"bytes", package.bytes},
                            {"mets_sha256", package.mets_sha256}}));
    }
  }

  ExitStatus make_packages(const Settings& settings, const Profile& profile) const {
    PackageWriter packages(m_output, m_root.empty() ? fs::path(".") : fs::path(m_root),
                           {m_format == "sip" ? "SIP" : "AIP", m_fonds, m_agency}, profile);
    std::vector<StepPtr> steps;
    steps.push_back(step_here("package", [&](Document& document) { packages.add(document); }));
    std::size_t made = 0;
    std::size_t left_out = 0;
    bool stopped = false;
    const ExitStatus status = each(
        settings, profile, steps,
        [&](Console& /*console*/, const Document& document) {
          if (!document.alive()) {
            packages.miss(document);
          }
        },
        [&](Console& console) {
          stopped = !packages.finish(
              [&](const PackageResult& package) {
                ++(package.faults.empty() ? made : left_out);
                tell(package, console);
              },
              signal_came);
          console.say(Severity::info, counted(made, "package") + " made" +
                                          (left_out > 0 ? ", " + std::to_string(left_out) + " left out" : "") + ".");
        });
    if (stopped) {
      return status_of(RunnerResult{.stopped = true});
    }
    const bool some =
        status == ExitStatus::done || status == ExitStatus::some_failed || status == ExitStatus::all_failed;
    return !some || (status == ExitStatus::done && left_out == 0) ? status
           : made > 0                                             ? ExitStatus::some_failed
                                                                  : ExitStatus::all_failed;
  }

  std::string m_format = "jsonl";
  std::string m_output;
  std::string m_root;
  bool m_bom = false;
  std::string m_fonds;
  std::string m_agency;
};

}  // namespace

CommandPtr make_manifest_command() { return std::make_unique<ManifestCommand>(); }

}  // namespace sohoa
