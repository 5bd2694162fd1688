// SPDX-License-Identifier: Apache-2.0
#include "cli/carried_file.hpp"
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/inbox_source.hpp"
#include "cli/register_steps.hpp"
#include "cli/steps.hpp"
#include "cli/stream.hpp"
#include "core/digest.hpp"
#include "core/heartbeat.hpp"
#include "core/resolution.hpp"
#include "formats/pdf_carry.hpp"
#include "formats/scan.hpp"

#include <cmath>
#include <map>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class IngestStep : public DocumentStep {
 public:
  IngestStep(const IngestOptions& options, const Profile& profile)
      : m_options(options), m_profile(profile), m_inspector({options.trust.begin(), options.trust.end()}) {
    m_inspector.prepare();
  }
  [[nodiscard]] std::string_view name() const override { return "ingest"; }
  [[nodiscard]] Grain grain() const override { return Grain::worker; }

  void run(Document& document) override {
    const auto files = document.record().at("source").value("files", std::vector<std::string>());
    const bool folder = string_of(document.record().at("source"), "kind") == "folder";
    const ScanLimits limits = limits_of(m_profile, m_options.redo);
    std::vector<SourcePage> pages;
    std::vector<Problem> unreadable;
    std::string kept;  // the file that must stay as it is
    std::size_t taken = 0;
    for (const std::string& file : files) {
      beat();
      // A stray text or spreadsheet in a dossier's folder is told, and is no reason to lose the dossier.
      if (folder && scan_format(file).empty() && fs::file_size(file) > 0) {
        document.add_problem(
            {Severity::warning, "file-ignored", file + " is no scan", "take it out of the folder", std::nullopt});
        continue;
      }
      ++taken;
      try {
        take_pages(file, limits, pages, unreadable);
        if (m_options.redo && scan_format(file) == "pdf" && is_signed_pdf(file)) {
          keep_original(document, file, m_inspector);
        }
      } catch (const Error& error) {
        if (!is_to_be_carried(error)) {
          throw;
        }
        kept = file;
      }
    }
    if (pages.size() == unreadable.size() && !unreadable.empty()) {
      throw input_error(unreadable.front().id, unreadable.front().message, unreadable.front().remedy);
    }
    if (!kept.empty()) {
      carry(document, kept, taken, limits);
      return;
    }
    if (pages.empty()) {
      throw input_error("no-scans", document.name() + " holds no scan", "put TIFF, JPEG, PNG or PDF files there");
    }
    document.set_source_pages(pages);
    for (std::size_t page = 0; page < pages.size(); ++page) {
      judge(document, page, pages[page]);
    }
    for (const Problem& problem : unreadable) {
      document.page(*problem.page - 1)["unreadable"] = to_json(problem);  // told of its document, when the stack is cut
    }
    finish(document);
  }

 private:
  // A signature is of one file, so a document with such a file has no other.
  void carry(Document& document, const std::string& file, std::size_t files, const ScanLimits& limits) {
    if (files > 1) {
      throw input_error("pdf-not-alone",
                        file +
                            " is signed or no mere scan, so it is kept as it is and cannot be one document with "
                            "other files",
                        "put it into a folder of its own, or make each file a document with --group file");
    }
    carry_file(document, file, limits, m_inspector);
    if (m_options.redo) {
      document.add_problem({Severity::warning, "pdf-not-redone",
                            "no new PDF was made of the file, whose pages are no mere scans",
                            "turn its pages into images with pdftoppm -r 300 -png and take those in", std::nullopt});
    }
    for (std::size_t page = 0; page < document.page_count(); ++page) {
      const Resolution resolution = resolution_of(document.source_page(page), m_profile.quality.assumed_dpi);
      document.page(page)["dpi"] = {resolution.dpi_x, resolution.dpi_y};
    }
    finish(document);
  }

  void finish(Document& document) const {
    Json& source = document.record().at("source");
    source.erase("files");
    if (!m_options.operator_name.empty()) {
      source["operator"] = m_options.operator_name;
    }
    if (!m_options.agency.empty()) {
      document.set_field("agency", m_options.agency, 1, "option");
    }
  }

  static bool is_to_be_carried(const Error& error) {
    return error.id() == "pdf-signed" || error.id() == "pdf-born-digital";
  }

  // In a stack of files, one that cannot be read costs the document that its page is of, and no other.
  void take_pages(const std::string& file, const ScanLimits& limits, std::vector<SourcePage>& pages,
                  std::vector<Problem>& unreadable) const {
    try {
      for (SourcePage& page : probe_scan(file, limits)) {
        pages.push_back(std::move(page));
      }
    } catch (const Error& error) {
      const std::string format = m_options.grouping == Grouping::separator && error.status() == ExitStatus::input
                                     ? scan_format(file)
                                     : std::string();
      if (format.empty() || is_to_be_carried(error) || fs::file_size(file) > limits.max_file_bytes) {
        throw;
      }
      SourcePage stand_in;
      stand_in.file = file;
      stand_in.sha256 = sha256_of_file(file);
      stand_in.format = format;
      stand_in.colour = "grey";
      pages.push_back(std::move(stand_in));
      unreadable.push_back(problem_of(error, pages.size()));
    }
  }

  void judge(Document& document, std::size_t page, const SourcePage& scan) const {
    const Resolution resolution = resolution_of(scan, m_profile.quality.assumed_dpi);
    Json& entry = document.page(page);
    entry["dpi"] = {resolution.dpi_x, resolution.dpi_y};
    const std::string dpi = std::to_string(std::lround(resolution.dpi_x));
    if (resolution.assumed) {
      document.add_problem({Severity::info, "resolution-assumed",
                            "the scan does not tell its resolution, " + dpi + " dpi is assumed",
                            "have the scanner write it", page + 1});
    }
    if (resolution.dpi_x < m_profile.quality.min_dpi - 1 || resolution.dpi_y < m_profile.quality.min_dpi - 1) {
      document.add_problem({Severity::warning, "resolution-low",
                            "the scan has " + dpi + " dpi, less than the " +
                                std::to_string(std::lround(m_profile.quality.min_dpi)) + " that the profile asks",
                            "scan the page again", page + 1});
    }
    if (!resolution.assumed) {
      const auto mm = [](std::size_t pixels, double per_inch) { return 25.4 * static_cast<double>(pixels) / per_inch; };
      if (auto size =
              judge_paper(mm(scan.width, resolution.dpi_x), mm(scan.height, resolution.dpi_y), m_profile.quality)) {
        size->page = page + 1;
        document.add_problem(*size);
      }
    }
    if (m_profile.quality.colour && scan.colour != "colour") {
      document.add_problem({Severity::info, "not-colour", "the scan is " + scan.colour + ", the profile asks colour",
                            "scan in colour", page + 1});
    }
  }

  IngestOptions m_options;
  Profile m_profile;
  PdfInspector m_inspector;  // of the signatures that come in
};

class IngestCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "ingest"; }
  [[nodiscard]] std::string_view summary() const override { return "Finds documents in scan folders and files"; }
  void add_options(CLI::App& app) override {
    app.add_option("PATH", m_paths, "Folders and files with scans")->required();
    m_options.add(app);
    app.add_option("--trust", m_options.trust, "Roots of the signatures in PDFs (PEM); may be given again")
        ->type_name("FILE")
        ->allow_extra_args(false);
    app.add_option("--reconciliation", m_reconciliation, "Writes there what register and scans say against each other")
        ->type_name("FILE")
        ->needs("--register");
  }

  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    Console console(settings);
    InboxSource source(m_paths, m_options.grouping, console);
    std::vector<StepPtr> steps = make_ingest_steps(m_options, {}, profile);
    const RegisterJoinPtr join = open_register(m_options, profile);
    if (join != nullptr) {
      steps.push_back(make_register_step(join, true));
    }
    return reconciled(run_stream(steps, source, settings, profile), join, m_reconciliation);
  }

 private:
  IngestOptions m_options;
  std::string m_reconciliation;
  std::vector<std::string> m_paths;
};

}  // namespace

void IngestOptions::add(CLI::App& app) {
  const std::map<std::string, Grouping> groupings{
      {"folder", Grouping::folder}, {"file", Grouping::file}, {"separator", Grouping::separator}};
  app.add_option("--group", grouping, "One document: a sub-folder or file beside it, a file, or what separators cut")
      ->type_name("folder|file|separator")
      ->transform(CLI::CheckedTransformer(groupings))
      ->default_str("folder");
  app.add_option("--separate-at", separate_at, "What is a separator sheet, instead of the profile's choice")
      ->type_name("patch|barcode|blank")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"patch", "barcode", "blank"}));
  app.add_flag("--redo", redo, "Make new PDFs of signed scans, too, and keep the originals beside");
  add_register(app);
  app.add_option("--operator", operator_name, "Who scanned, for the record")->type_name("NAME");
  app.add_option("--agency", agency, "The office, for the record")->type_name("NAME");
}

void IngestOptions::add_register(CLI::App& app) {
  app.add_option("--register", register_file, "The office's list of papers (CSV, XLSX); its values win")
      ->type_name("FILE");
  app.add_option("--register-sheet", register_sheet, "Sheet of the workbook (default: the first)")->type_name("NAME");
}

StepPtr make_ingest_step(const IngestOptions& options, const Profile& profile) {
  return std::make_unique<IngestStep>(options, profile);
}

std::vector<StepPtr> make_ingest_steps(const IngestOptions& options, const DeskewOptionsCli& deskew,
                                       const Profile& profile) {
  std::vector<StepPtr> steps;
  steps.push_back(make_ingest_step(options, profile));
  if (options.grouping == Grouping::separator) {
    Profile rules = profile;
    if (!options.separate_at.empty()) {
      rules.separators.at = options.separate_at;
    }
    steps.push_back(make_deskew_step(deskew, profile));
    steps.push_back(make_barcode_step());
    steps.push_back(make_separate_step(rules));
  }
  return steps;
}

CommandPtr make_ingest_command() { return std::make_unique<IngestCommand>(); }

}  // namespace sohoa
