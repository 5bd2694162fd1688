// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/manifest_reader.hpp"
#include "cli/received_files.hpp"
#include "cli/register_steps.hpp"
#include "cli/stream.hpp"
#include "core/catalog_store.hpp"
#include "core/digest.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "formats/bagit_check.hpp"
#include "formats/table.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

// Rows of a manifest as documents, whose rows the sink asks for in the same order.
class ManifestSource : public DocumentSource {
 public:
  explicit ManifestSource(const fs::path& file) : m_reader(file) {}
  Pull pull(std::optional<Document>& document) override {
    document = m_reader.next();
    if (!document) {
      return Pull::exhausted;
    }
    m_rows.push_back(m_reader.row());
    return Pull::ready;
  }
  std::size_t take_row() {
    const std::size_t row = m_rows.front();
    m_rows.pop_front();
    return row;
  }

 private:
  ManifestReader m_reader;
  std::deque<std::size_t> m_rows;
};

struct Tally {
  std::size_t rows = 0;
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t known = 0;
  std::size_t elsewhere = 0;
  std::size_t left_out = 0;
  std::size_t faults = 0;
};

class ImportCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "import"; }
  [[nodiscard]] std::string_view summary() const override { return "Takes another office's manifest into the catalog"; }
  void add_options(CLI::App& app) override {
    app.add_option("MANIFEST", m_manifests, "Manifests (JSON Lines), archives, bags");
    app.add_option("--register", m_registers, "Lists of received dossiers (CSV, XLSX); may be given again")
        ->type_name("FILE")
        ->allow_extra_args(false);
    app.add_option("--files", m_files, "Folder that the paths start from (default: the archive's)")->type_name("DIR");
    app.add_flag("--without-files", m_without_files, "Takes what the manifest says, as the files are not here");
    app.add_option("--origin", m_origin, "Name of the office's archive (default: the folder's)")->type_name("NAME");
    app.add_option("--trust", m_trust, "Certificates of trusted roots (PEM); may be given again")
        ->type_name("FILE")
        ->allow_extra_args(false);
    app.add_option("--crl", m_revocation, "Lists of revoked certificates, OCSP answers; may be given again")
        ->type_name("FILE")
        ->allow_extra_args(false);
  }

  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    Console console(settings);
    watch_signals();
    if (m_manifests.empty() && m_registers.empty()) {
      throw usage_error("nothing-given", "there is nothing to take in", "name a manifest, an archive or a --register");
    }
    for (const std::string& file : m_registers) {
      take_register(file, settings, profile, console);
    }
    ExitStatus worst = ExitStatus::done;
    for (const Received& received : this->received()) {
      const ExitStatus status = take(received, settings, profile, console);
      if (status == ExitStatus::interrupted || status == ExitStatus::terminated) {
        return status;
      }
      worst = status == ExitStatus::done ? worst : status;
    }
    return worst;
  }

 private:
  struct Received {
    fs::path manifest;
    fs::path bag = {};  // that it lies in; empty: in none
  };

  // A folder is a bag or an archive; what an archive lists comes in the order of the batches' names.
  [[nodiscard]] std::vector<Received> received() const {
    std::vector<Received> all;
    for (const fs::path given : m_manifests) {
      std::vector<fs::path> found;
      if (is_bag(given)) {
        all.push_back({given / "data" / "documents.jsonl", given});
      } else if (fs::is_directory(given / "manifests")) {
        for (fs::directory_iterator entry(given / "manifests"), end; entry != end; ++entry) {
          if (entry->path().extension() == ".jsonl") {
            found.push_back(entry->path());
          }
        }
        std::sort(found.begin(), found.end());
      } else if (fs::is_directory(given)) {
        throw input_error("manifest-unreadable", "the folder " + given.string() + " has no manifests and is no bag",
                          "give a manifest, a bag, or a folder that sohoa run made");
      } else {
        found.push_back(given);
      }
      for (const fs::path& manifest : found) {
        all.push_back({manifest});
      }
    }
    return all;
  }

  // The bag's name is the office's; its files lie in data.
  [[nodiscard]] static std::string name_of_bag(const fs::path& bag) {
    return (fs::absolute(bag) / ".").lexically_normal().parent_path().filename().string();
  }

  // A bag that is not whole is not read any further: its manifest may be another's.
  static std::size_t judge_bag(const fs::path& bag, Console& console) {
    const std::vector<std::string> faults = check_bag(bag).faults;
    for (const std::string& fault : faults) {
      put_line(to_line(Json{{"manifest", bag.string()}, {"fault", "bag"}, {"message", fault}}));
      console.say(Severity::error, bag.string() + ": " + fault + "; have the office send the bag again.");
    }
    return faults.size();
  }

  // An archive's manifest lies one folder below what its paths start from.
  [[nodiscard]] fs::path root_of(const fs::path& manifest) const {
    const fs::path folder = fs::absolute(manifest).lexically_normal().parent_path();
    return !m_files.empty()                   ? fs::absolute(m_files).lexically_normal()
           : folder.filename() == "manifests" ? folder.parent_path()
                                              : folder;
  }

  // What reports count by: the office's own list of what it received, whether it was scanned or not.
  static void take_register(const fs::path& file, const Settings& settings, const Profile& profile, Console& console) {
    const std::vector<RegisterRow> rows = named_rows(read_table(file, ""), profile).rows;
    const auto with_code =
        std::count_if(rows.begin(), rows.end(), [](const RegisterRow& row) { return !row.value("dossier").empty(); });
    if (with_code == 0) {
      throw usage_error("register-heading", file.string() + " has no row with a dossier code",
                        "give it a column dossier (mã hồ sơ)");
    }
    const std::size_t changed = note_register(file, rows, catalog_given(settings.catalog), profile);
    console.say(Severity::info, file.string() + ": " + counted(rows.size(), "row") + ", " +
                                    counted(changed, "dossier") + " new or changed" +
                                    (static_cast<std::size_t>(with_code) == rows.size()
                                         ? "."
                                         : ", " + std::to_string(rows.size() - static_cast<std::size_t>(with_code)) +
                                               " without a dossier code left out."));
  }

  ExitStatus take(const Received& received, const Settings& settings, const Profile& profile, Console& console) {
    const fs::path& manifest = received.manifest;
    const fs::path root = root_of(manifest);
    Tally tally;
    if (!received.bag.empty()) {
      tally.faults = judge_bag(received.bag, console);
      if (tally.faults > 0) {
        summarize(received.bag, tally, console);
        return ExitStatus::verification_failed;
      }
    }
    const auto fault = [&](std::size_t row, const std::string& id, const Json& problem) {
      ++tally.faults;
      put_line(to_line(Json{{"manifest", manifest.string()},
                            {"row", row},
                            {"document", id},
                            {"fault", string_of(problem, "id")},
                            {"message", string_of(problem, "message")}}));
      console.say(Severity::error, manifest.string() + ", row " + std::to_string(row) + ": " +
                                       string_of(problem, "message") + "; " + string_of(problem, "remedy") + ".");
    };
    { const ManifestReader readable(manifest); }
    const std::string digest = sha256_of_file(manifest);
    if (!m_without_files) {
      const RunnerResult result = check_files(manifest, root, settings, profile, fault);
      if (result.stopped) {
        return status_of(result);
      }
    }
    const std::string origin = to_nfc(!m_origin.empty()      ? m_origin
                                      : received.bag.empty() ? root.filename().string()
                                                             : name_of_bag(received.bag));
    CatalogImport import(catalog_given(settings.catalog), "import:" + origin, root.string());
    ManifestReader reader(manifest);
    while (std::optional<Document> document = reader.next()) {
      if (signal_came()) {
        return status_of(RunnerResult{.stopped = true});
      }
      ++tally.rows;
      try {
        add(import, *document, tally);
      } catch (const Error& error) {
        if (error.status() != ExitStatus::input) {
          throw;
        }
        const bool told_before = !m_without_files && error.id() != "code-taken" && error.id() != "place-taken" &&
                                 error.id() != "listed-twice";
        if (!told_before) {
          fault(reader.row(), document->id(), to_json(problem_of(error)));
        }
      }
    }
    if (tally.faults == 0 && sha256_of_file(manifest) != digest) {
      throw input_error("manifest-changed", manifest.string() + " changed while it was read", "import it again");
    }
    if (tally.faults == 0) {
      import.finish(digest);
    }
    summarize(manifest, tally, console);
    return tally.faults > 0 ? ExitStatus::verification_failed : ExitStatus::done;
  }

  template <typename Fault>
  RunnerResult check_files(const fs::path& manifest, const fs::path& root, const Settings& settings,
                           const Profile& profile, const Fault& fault) const {
    std::vector<StepPtr> steps;
    steps.push_back(
        make_received_files_step(root, {m_trust.begin(), m_trust.end()}, {m_revocation.begin(), m_revocation.end()}));
    ManifestSource source(manifest);
    RunnerEvents events;
    events.should_stop = signal_came;
    return run_steps(
        steps, source,
        [&](const Document& document) {
          const std::size_t row = source.take_row();
          if (!document.alive() && !document.passes_by()) {
            fault(row, document.id(), first_error(document.record()));
          }
        },
        settings.runner(profile, settings.work), events);
  }

  static void add(CatalogImport& import, const Document& document, Tally& tally) {
    if (!document.alive()) {
      if (!document.passes_by()) {
        const Json problem = first_error(document.record());
        throw input_error(string_of(problem, "id"), string_of(problem, "message"), string_of(problem, "remedy"));
      }
      ++tally.left_out;
      return;
    }
    check_received(document);
    switch (import.add(document.record())) {
      case CatalogImport::Taken::added:
        ++tally.added;
        break;
      case CatalogImport::Taken::changed:
        ++tally.changed;
        break;
      case CatalogImport::Taken::known:
        ++tally.known;
        break;
      case CatalogImport::Taken::elsewhere:
        ++tally.elsewhere;
        break;
    }
  }

  static void summarize(const fs::path& manifest, const Tally& tally, Console& console) {
    if (tally.faults > 0) {
      console.say(Severity::error,
                  manifest.string() + " has " + counted(tally.faults, "fault") + ", so nothing of it was taken in.");
      return;
    }
    const auto part = [](std::size_t count, const char* what) {
      return count > 0 ? ", " + std::to_string(count) + what : std::string();
    };
    console.say(Severity::info, manifest.string() + ": " + counted(tally.rows, "row") + ": " +
                                    std::to_string(tally.added) + " taken in" + part(tally.changed, " changed") +
                                    part(tally.known, " already there") +
                                    part(tally.elsewhere, " already there from elsewhere") +
                                    part(tally.left_out, " not delivered and left out") + ".");
  }

  std::vector<std::string> m_manifests;
  std::vector<std::string> m_registers;
  std::string m_files;
  bool m_without_files = false;
  std::string m_origin;
  std::vector<std::string> m_trust;
  std::vector<std::string> m_revocation;
};

}  // namespace

CommandPtr make_import_command() { return std::make_unique<ImportCommand>(); }

}  // namespace sohoa
