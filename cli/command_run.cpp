// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/dry_run.hpp"
#include "cli/inbox_source.hpp"
#include "cli/manifests.hpp"
#include "cli/quarantine.hpp"
#include "cli/run_limits.hpp"
#include "cli/run_sink.hpp"
#include "cli/run_steps.hpp"
#include "cli/run_summary.hpp"
#include "cli/sign_archive.hpp"
#include "cli/stream.hpp"
#include "core/clock.hpp"

#include <chrono>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class RunCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "run"; }
  [[nodiscard]] std::string_view summary() const override {
    return "Does the whole job: scan folder to signed, coded PDF/A";
  }

  [[nodiscard]] std::vector<std::string_view> parts() const override {
    return {"ingest", "deskew", "ocr", "extract", "code", "pdf", "sign"};
  }

  void add_options(CLI::App& app) override { m_options.add(app); }

  ExitStatus run(const Settings& settings) override {
    m_options.check();
    const Profile profile = load_profile(settings.profile);
    if (m_options.sign_only) {
      return sign_archive(m_options.archive, m_options.sign, settings, profile);
    }
    const fs::path moved_to = m_options.moved_to();
    RunLimits limits(m_options);
    Console console(settings);
    if (m_options.dry_run) {
      return dry_run(m_options, settings, profile, console);
    }
    watch_signals();
    for (const std::string& inbox : m_options.inboxes) {
      check_inbox(inbox);
    }
    const Archive archive(m_options.archive);
    ScanMover::finish(archive.moves());
    InboxSource source(m_options.inboxes, m_options.ingest.grouping, console, std::chrono::seconds(m_options.settle));
    const CatalogPlace place = catalog_of_archive(archive.root(), settings.catalog, true);
    const CatalogDoor catalog = catalog_door(place);
    limits.check_space(source, catalog(), profile.limits.max_file_bytes);
    RunnerOptions options = settings.runner(profile, archive.work());
    WorkKeeper keeper(options.work);
    const std::string batch = m_options.batch.empty() ? compact_utc(artefact_time()) : m_options.batch;
    Quarantine quarantine(catalog, archive.root(), m_options.retry, NotSecret(m_options.ocr.not_secret));
    RunSink sink({archive, source, quarantine, keeper, console}, catalog, batch, profile.limits.max_file_bytes);
    if (!moved_to.empty()) {
      sink.move_scans_to(moved_to);
    }
    const RegisterJoinPtr join = open_register(m_options.ingest, profile, catalog);
    if (join != nullptr) {  // before the work, so that reports know of them however the night ends
      note_register(m_options.ingest.register_file, join->joined().rows(), place, profile);
    }
    const std::vector<StepPtr> steps = steps_of_run(m_options, profile, archive, catalog, quarantine, keeper, join);
    quarantine.set_rules(rules_digest(settings.profile, steps, m_options.ingest.register_file));
    Journal journal(place, rules_digest(settings.profile, {}, {}), profile.limits.attempts);
    if (m_options.retry) {
      journal.forget();
    }
    options.journal = &journal;
    const std::size_t expected = source.size() + source.waiting().size();
    console.expect(source.size());
    RunnerEvents events;
    events.page_done = [&console] { console.page_done(); };
    events.should_stop = [&limits] { return limits.reached(); };
    events.note = verbose_note(console, settings);
    const auto started = std::chrono::steady_clock::now();
    RunnerResult result = run_steps(
        steps, source, [&sink](const Document& document) { sink.take(document); }, options, events);
    console.finish();
    const std::size_t remaining = expected - sink.tally().taken - source.waiting().size();
    result.stopped = result.stopped && remaining > 0;
    for (const WaitingScan& scan : join == nullptr ? std::vector<WaitingScan>() : source.waiting()) {
      join->see(scan.path);
    }
    tell_remarks(console, steps, result);
    const auto passed = std::chrono::floor<std::chrono::seconds>(std::chrono::steady_clock::now() - started);
    const RunEnd end{source.waiting().size(), result.stopped, passed.count(),
                     write_manifests(archive, place, profile, settings, catalog())};
    archive.tidy(!result.stopped);
    summarize(console, archive, sink.tally(), end);
    const bool worth_a_list = sink.tally().done() > sink.tally().known || !m_options.batch.empty();
    if (join != nullptr && worth_a_list && !result.stopped) {
      reconcile(*join, archive.manifest(batch, "reconciliation.csv"), console);
    }
    if (!m_options.sign.wanted()) {
      hint_unsigned(console, archive, catalog().unsigned_documents(m_options.sign.role).size());
    } else if (const SignatureLevel level = level_wanted(m_options.sign.levels, profile); level > SignatureLevel::b) {
      hint_below(console, archive, catalog().documents_below(to_string(level)).size(), level);
    }
    return result.stopped ? limits.tell(console, remaining) : status_of(sink.judged(result));
  }

 private:
  RunOptions m_options;
};

}  // namespace

CommandPtr make_run_command() { return std::make_unique<RunCommand>(); }

}  // namespace sohoa
