// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/inbox_source.hpp"
#include "cli/manifests.hpp"
#include "cli/run_sink.hpp"
#include "cli/run_steps.hpp"
#include "cli/run_summary.hpp"
#include "cli/stream.hpp"
#include "core/clock.hpp"

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
    const Profile profile = load_profile(settings.profile);
    Console console(settings);
    InboxSource source(m_options.inboxes, m_options.ingest.grouping, console);
    const Archive archive(m_options.archive);
    const CatalogDoor catalog = catalog_door(archive.catalog());
    const RunnerOptions options = settings.runner(profile, archive.work());
    WorkKeeper keeper(options.work);
    const std::string batch = m_options.batch.empty() ? compact_utc(artefact_time()) : m_options.batch;
    RunSink sink(archive, catalog, batch, keeper, console);
    const std::vector<StepPtr> steps = steps_of_run(m_options, profile, archive, catalog, keeper);
    watch_signals();
    console.expect(source.size());
    RunnerEvents events;
    events.page_done = [&console] { console.page_done(); };
    events.should_stop = signal_came;
    const auto started = wall_time();
    const RunnerResult result = run_steps(
        steps, source, [&sink](const Document& document) { sink.take(document); }, options, events);
    console.finish();
    tell_remarks(console, steps, result);
    const std::vector<fs::path> manifests = write_manifests(archive, profile, catalog());
    archive.tidy(!result.stopped);
    summarize(console, archive, sink.tally(), manifests, (wall_time() - started).count());
    if (m_options.sign.key.empty()) {
      hint_unsigned(console, archive, catalog().unsigned_documents(m_options.sign.role).size());
    }
    return status_of(result);
  }

 private:
  RunOptions m_options;
};

}  // namespace

CommandPtr make_run_command() { return std::make_unique<RunCommand>(); }

}  // namespace sohoa
