// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/stream.hpp"
#include "core/atomic_file.hpp"
#include "formats/manifest.hpp"

#include <optional>

#include <unistd.h>
#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class ManifestCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "manifest"; }
  [[nodiscard]] std::string_view summary() const override { return "Writes the list of documents for import"; }
  void add_options(CLI::App& app) override {
    app.add_option("--format", m_format, "jsonl or csv")
        ->type_name("jsonl|csv")
        ->check(CLI::IsMember({"jsonl", "csv"}))
        ->capture_default_str();
    app.add_option("-o,--output", m_output, "File to write (default: the standard output)")->type_name("FILE");
    app.add_option("--relative-to", m_root, "Folder from which the PDF files that lie in it are named")
        ->type_name("DIR");
  }

  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    std::optional<AtomicFile> file;
    if (!m_output.empty()) {
      file.emplace(m_output);
    }
    const auto put = [&file](const std::string& line) {
      if (file) {
        file->write(line + "\n");
      } else {
        put_line(line);
      }
    };
    const auto row = [&](const CsvRow& cells) {
      std::string line = csv_line(cells);
      line.pop_back();  // put() ends the line
      put(line);
    };
    if (m_format == "csv") {
      row(manifest_heading(profile));
    }
    watch_signals();
    Console console(settings);
    const auto sink = [&](const Document& document) {
      Json record = document.record();
      if (!m_root.empty()) {
        name_pdf_from(m_root, record);
      }
      m_format == "csv" ? row(manifest_row(profile, record)) : put(manifest_line(std::move(record)));
      if (!document.alive()) {
        console.problems(document);
      }
    };
    LineSource source(STDIN_FILENO);
    RunnerEvents events;
    events.should_stop = signal_came;
    const RunnerResult result = run_steps({}, source, sink, settings.runner(profile, settings.work), events);
    if (file && !result.stopped) {
      file->commit();
    }
    return status_of(result);
  }

 private:
  std::string m_format = "jsonl";
  std::string m_output;
  std::string m_root;
};

}  // namespace

CommandPtr make_manifest_command() { return std::make_unique<ManifestCommand>(); }

}  // namespace sohoa
