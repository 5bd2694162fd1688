// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/inbox_source.hpp"
#include "cli/manifests.hpp"
#include "cli/quarantine.hpp"
#include "cli/steps.hpp"
#include "cli/stream.hpp"
#include "core/archive.hpp"
#include "core/clock.hpp"

#include <set>
#include <utility>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

// Lets the scans that the archive or its quarantine has, or that came earlier in this run, go by.
class KnownStep : public DocumentStep {
 public:
  KnownStep(CatalogDoor catalog, const Quarantine& quarantine, WorkKeeper& keeper)
      : m_catalog(std::move(catalog)), m_quarantine(quarantine), m_keeper(keeper) {}
  [[nodiscard]] std::string_view name() const override { return "known"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::here; }
  void run(Document& document) override {
    if (m_catalog().delivered(document.id())) {
      document.set_status(Status::known);
    } else if (!m_seen.insert(document.id()).second) {
      document.set_status(Status::known);
      document.add_problem({Severity::info, "scanned-twice", "the same scans came earlier in this run",
                            "remove one of the two", std::nullopt});
    } else if (!m_quarantine.holds(document)) {
      m_keeper.take(document);
    }
  }

 private:
  CatalogDoor m_catalog;
  const Quarantine& m_quarantine;
  WorkKeeper& m_keeper;
  std::set<std::string> m_seen;
};

struct Tally {
  std::size_t delivered = 0;
  std::size_t signed_ones = 0;
  std::size_t coded = 0;
  std::size_t quarantined = 0;
  std::size_t known = 0;
  std::size_t pages = 0;
  std::size_t warnings = 0;
};

class RunCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "run"; }
  [[nodiscard]] std::string_view summary() const override {
    return "Does the whole job: scan folder to signed, coded PDF/A";
  }

  [[nodiscard]] std::vector<std::string_view> parts() const override {
    return {"ingest", "deskew", "ocr", "extract", "code", "pdf", "sign"};
  }

  void add_options(CLI::App& app) override {
    app.add_option("INBOX", m_inboxes, "Folders and files with scans")->required();
    app.add_option("--archive", m_archive, "Folder that receives PDF files, manifests and quarantine")
        ->type_name("DIR")
        ->required();
    app.add_option("--batch", m_batch, "Name of the batch (default: the time of the start)")->type_name("NAME");
    app.add_flag("--retry", m_retry, "Try again what was given up or lies in the quarantine");
    m_ingest.add(app);
    m_deskew.add(app);
    m_ocr.add(app);
    m_pdf.add(app);
    m_sign.add(app);
  }

  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    Console console(settings);
    watch_signals();
    InboxSource source(m_inboxes, m_ingest.grouping, console);
    const Archive archive(m_archive);
    const CatalogDoor catalog = catalog_door(archive.catalog());
    if (m_batch.empty()) {
      m_batch = compact_utc(artefact_time());
    }
    std::size_t position = catalog().batch_size(m_batch);
    RunnerOptions options = settings.runner(profile, archive.work());
    WorkKeeper keeper(options.work);
    Quarantine quarantine(catalog, archive.root(), m_retry);
    const std::vector<StepPtr> steps = all_steps(profile, archive, catalog, quarantine, keeper);
    quarantine.set_rules(rules_digest(settings.profile, steps, m_ingest.register_file));
    Journal journal(archive.catalog(), rules_digest(settings.profile, {}, {}), profile.limits.attempts);
    if (m_retry) {
      journal.forget();
    }
    options.journal = &journal;
    console.expect(source.size());
    RunnerEvents events;
    events.page_done = [&console] { console.page_done(); };
    events.should_stop = signal_came;
    events.note = verbose_note(console, settings);
    Tally tally;
    const auto started = wall_time();
    const auto sink = [&](const Document& passed) {
      Document document = passed;
      const bool held = document.status() == Status::quarantined;
      if (!held) {
        finish(document, archive, tally);
      } else {
        ++tally.quarantined;
        tally.pages += document.page_count();
      }
      if (!held && document.status() != Status::known) {
        catalog().put_document(document, m_batch, position++);
        keeper.release(document);
        if (!document.alive()) {
          quarantine.note(document);
        }
      }
      console.document_done(document);
      console.problems(document);
    };
    const RunnerResult result = run_steps(steps, source, sink, options, events);
    console.finish();
    tell_remarks(console, steps, result);
    const std::vector<fs::path> manifests = write_manifests(archive, profile, catalog());
    archive.tidy(!result.stopped);
    summarize(console, archive, tally, manifests, (wall_time() - started).count());
    if (m_sign.key.empty()) {
      hint_unsigned(console, archive, catalog().unsigned_documents(m_sign.role).size());
    }
    return status_of(result);
  }

 private:
  std::vector<StepPtr> all_steps(const Profile& profile, const Archive& archive, const CatalogDoor& catalog,
                                 const Quarantine& quarantine, WorkKeeper& keeper) const {
    std::vector<StepPtr> steps;
    steps.push_back(make_ingest_step(m_ingest, profile));
    steps.push_back(std::make_unique<KnownStep>(catalog, quarantine, keeper));
    if (!m_ingest.register_file.empty()) {
      steps.push_back(make_register_step(m_ingest, profile));
    }
    steps.push_back(make_deskew_step(m_deskew));
    steps.push_back(make_ocr_step(m_ocr, profile));
    steps.push_back(make_confidence_step(m_ocr, profile));
    steps.push_back(make_extract_step(profile));
    steps.push_back(make_code_step(profile, catalog));
    steps.push_back(make_pdf_step(m_pdf, profile, archive.outgoing()));
    if (!m_ocr.sidecars.empty()) {
      steps.push_back(make_sidecar_step(m_ocr));
    }
    if (!m_sign.key.empty()) {
      steps.push_back(make_sign_step(m_sign, profile));
    }
    return steps;
  }

  static void finish(Document& document, const Archive& archive, Tally& tally) {
    tally.pages += document.page_count();
    if (document.status() == Status::known) {
      ++tally.known;
    } else if (document.alive()) {
      archive.deliver(document);
      ++tally.delivered;
      tally.signed_ones += document.record().contains("signatures") ? 1U : 0U;
      tally.coded += document.record().contains("code") ? 1U : 0U;
      tally.warnings += document.status() == Status::warning ? 1U : 0U;
    } else {
      archive.quarantine(document);
      ++tally.quarantined;
    }
  }

  void summarize(Console& console, const Archive& archive, const Tally& tally, const std::vector<fs::path>& manifests,
                 std::int64_t seconds) const {
    const std::size_t all = tally.delivered + tally.quarantined + tally.known;
    if (all == tally.known) {
      console.say(Severity::info,
                  "nothing to do: " +
                      (all == 0 ? "no scans lie in the inbox" : counted(all, "document") + " already in the archive") +
                      ".");
      return;
    }
    console.say(Severity::info, counted(all, "document") + ", " + counted(tally.pages, "page") + " in " +
                                    std::to_string(seconds) + " s: " + std::to_string(tally.delivered) +
                                    " delivered (" + std::to_string(tally.coded) + " coded, " +
                                    std::to_string(tally.signed_ones) + " signed, " + std::to_string(tally.warnings) +
                                    " with warnings), " + std::to_string(tally.quarantined) + " quarantined, " +
                                    std::to_string(tally.known) + " already there.");
    if (tally.quarantined > 0) {
      console.say(Severity::warning, "look into " + (archive.root() / "quarantine").string() +
                                         ": each folder there has the scans and a problem.json.");
    }
    for (const fs::path& manifest : manifests) {
      console.say(Severity::info, "manifest: " + manifest.string());
    }
  }

  void hint_unsigned(Console& console, const Archive& archive, std::size_t waiting) const {
    if (waiting > 0) {
      console.say(Severity::warning, counted(waiting, "document") + " of the archive " + (waiting == 1 ? "is" : "are") +
                                         " not signed; sohoa sign --key KEY " + archive.root().string() + " signs " +
                                         (waiting == 1 ? "it." : "them."));
    }
  }

  std::vector<std::string> m_inboxes;
  std::string m_archive;
  std::string m_batch;
  bool m_retry = false;
  IngestOptions m_ingest;
  DeskewOptionsCli m_deskew;
  OcrOptions m_ocr;
  PdfOptions m_pdf;
  SignOptions m_sign;
};

}  // namespace

CommandPtr make_run_command() { return std::make_unique<RunCommand>(); }

}  // namespace sohoa
