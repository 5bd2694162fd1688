// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/nightly_share.hpp"
#include "cli/signature_faults.hpp"
#include "cli/stream.hpp"
#include "cli/verify_archive.hpp"
#include "cli/verify_copy.hpp"
#include "cli/verify_targets.hpp"
#include "core/archive.hpp"
#include "formats/pdf_verify.hpp"

#include <algorithm>
#include <functional>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

// A bag or package as a whole, which was judged when its files were looked up.
bool is_whole(const Document& document) {
  const Json& report = member_of(document.record(), "report");
  return report.contains("bag") || report.contains("package");
}

class VerifyStep : public DocumentStep {
 public:
  struct Demands {
    std::vector<fs::path> trust;
    std::vector<fs::path> revocation;
    bool must_be_signed = false;
    std::string level;  // "B-T", or ""
  };

  explicit VerifyStep(Demands demands)
      : m_demands(std::move(demands)), m_inspector(m_demands.trust, m_demands.revocation) {}
  [[nodiscard]] std::string_view name() const override { return "verify"; }
  [[nodiscard]] Grain grain() const override { return Grain::worker; }

  void run(Document& document) override {
    if (is_whole(document)) {
      return;
    }
    const PdfReport report = m_inspector.inspect(document.name());
    const auto expected = document.record().find("expected");
    std::vector<std::string> faults;
    std::vector<std::string> notes;
    if (expected != document.record().end() && is_carried(*expected)) {
      // It is as it came, which is no fault of the archive; the record says what it was worth then.
      notes = report.pdfa_faults;
      if (report.conformance.empty()) {
        notes.emplace_back("the file was kept as it came, and does not claim to be PDF/A");
      }
    } else if (!report.conformance.empty()) {
      faults = report.pdfa_faults;
    } else {
      (expected == document.record().end() ? notes : faults).emplace_back("the file does not claim to be PDF/A");
    }
    if (expected != document.record().end()) {
      judge_manifest(report, *expected, faults);
      judge_sidecars(document.name(), member_of(*expected, "sidecars"), faults);
    }
    const SignatureFindings findings = judge_findings(report, m_demands.must_be_signed, m_demands.level);
    const bool invalid = !faults.empty() || findings.verdict.indication == Indication::invalid ||
                         (!findings.faults.empty() && findings.verdict.holds());
    faults.insert(faults.end(), findings.faults.begin(), findings.faults.end());
    notes.insert(notes.end(), findings.notes.begin(), findings.notes.end());
    document.record()["report"] = to_json(report);
    document.record()["verdict"] = invalid ? "invalid" : to_string(findings.verdict.indication);
    document.record()["summary"] = findings.summary.empty() ? "not signed" : findings.summary;
    document.record()["faults"] = faults;
    document.record()["notes"] = notes;
  }

 private:
  // One that came as sound PDF/A has to stay so.
  static bool is_carried(const Json& expected) {
    return expected.value("carried", false) && string_of(expected, "conformance").empty();
  }

  static void judge_manifest(const PdfReport& report, const Json& expected, std::vector<std::string>& faults) {
    if (string_of(expected, "sha256") != report.sha256) {
      faults.emplace_back("the SHA-256 is not the manifest's");
    }
    if (expected.value("pages", std::size_t{0}) != report.pages) {
      faults.push_back("the file has " + std::to_string(report.pages) + " pages, the manifest says " +
                       expected.value("pages", Json(0)).dump());
    }
  }

  // They lie beside the PDF, wherever the archive is.
  static void judge_sidecars(const fs::path& pdf, const Json& sidecars, std::vector<std::string>& faults) {
    for (const Json& sidecar : sidecars) {
      const std::string name = fs::path(string_of(sidecar, "path")).filename().string();
      const fs::path file = pdf.parent_path() / name;
      if (!fs::is_regular_file(file)) {
        faults.push_back("its text " + name + " is missing");
      } else if (const std::string sha256 = string_of(sidecar, "sha256");
                 !sha256.empty() && sha256 != sha256_of_file(file)) {
        faults.push_back("its text " + name + " was changed: the SHA-256 is not the manifest's");
      }
    }
  }

  Demands m_demands;
  PdfInspector m_inspector;
};

Json line_of(const Document& document) {
  Json line{{"path", document.name()}};
  const Json& record = document.record();
  line["verdict"] = record.contains("missing") ? "missing"
                    : document.alive()         ? record.value("verdict", "invalid")
                                               : "invalid";
  line["faults"] = record.value("faults", Json::array());
  for (const Json& problem : record.value("problems", Json::array())) {
    line["faults"].push_back(string_of(problem, "message"));
  }
  line["notes"] = record.value("notes", Json::array());
  line.update(record.value("report", Json::object()));
  return line;
}

// How many files got each verdict, in words for the end.
struct Counts {
  std::size_t all = 0;
  std::size_t invalid = 0;
  std::size_t indeterminate = 0;
  std::size_t missing = 0;
  std::size_t faulty = 0;  // and not missing
  struct Wholes {
    std::size_t whole = 0;
    std::size_t broken = 0;
  };
  Wholes bags;
  Wholes packages;

  void count(const Json& line) {
    const std::string verdict = line.at("verdict");
    if (line.contains("bag") || line.contains("package")) {
      Wholes& all_of_it = line.contains("bag") ? bags : packages;
      ++(verdict == "valid" ? all_of_it.whole : all_of_it.broken);
      return;
    }
    ++all;
    invalid += verdict == "invalid" ? 1U : 0U;
    indeterminate += verdict == "indeterminate" ? 1U : 0U;
    missing += verdict == "missing" ? 1U : 0U;
    faulty += verdict != "missing" && !line.at("faults").empty() ? 1U : 0U;
  }
  [[nodiscard]] std::string sentence() const {
    const auto part = [](std::size_t number, const char* what) {
      return number > 0 ? ", " + std::to_string(number) + what : std::string();
    };
    const auto of = [](const Wholes& wholes, const char* what) {
      return (wholes.whole > 0 ? ", " + counted(wholes.whole, what) + " whole" : std::string()) +
             (wholes.broken > 0 ? ", " + counted(wholes.broken, what) + " broken" : std::string());
    };
    return counted(all, "file") + " verified: " + std::to_string(all - invalid - indeterminate - missing) + " valid, " +
           std::to_string(invalid) + " invalid" + part(indeterminate, " indeterminate") + part(missing, " missing") +
           of(bags, "bag") + of(packages, "package") + ".";
  }
};

class VerifyCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "verify"; }
  [[nodiscard]] std::string_view summary() const override { return "Checks PDF/A, signatures, pages and fixity"; }
  void add_options(CLI::App& app) override {
    app.add_option("PATH", m_paths, "PDF files, folders, archives, bags, packages")->required();
    app.add_option("--trust", m_trust, "Certificates of trusted roots (PEM); may be given again")
        ->type_name("FILE")
        ->allow_extra_args(false);
    app.add_option("--crl", m_revocation, "Lists of revoked certificates, OCSP answers; may be given again")
        ->type_name("FILE")
        ->allow_extra_args(false);
    app.add_option("--against", m_copy, "A copy of the one archive, which must be equal to it")->type_name("COPY");
    app.add_option("--sample", m_share, "Only the files whose turn it is tonight, as 5%")->type_name("SHARE");
    app.add_flag("--require-signature", m_must_be_signed, "An unsigned file is a fault");
    app.add_option("--require-level", m_level, "Every signature must be valid, and of this level at least")
        ->type_name("B|T|LT|LTA")
        ->check(CLI::IsMember({"B", "T", "LT", "LTA"}));
  }

  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    Console console(settings);
    std::vector<StepPtr> steps;
    steps.push_back(std::make_unique<VerifyStep>(demands()));
    if (!m_copy.empty() && (m_paths.size() != 1 || !Archive::is_at(m_paths.front()))) {
      throw Error(ExitStatus::usage, "against-needs-archive", "--against compares one archive with its copy",
                  "name one folder that sohoa run made");
    }
    const NightlyShare share(m_share.empty() ? "100%" : m_share, artefact_time());
    std::vector<Document> targets = verify_targets(m_paths);
    const auto all = static_cast<std::size_t>(std::count_if(targets.begin(), targets.end(), std::not_fn(is_whole)));
    // What is missing is told every night, and a bag was read as a whole already.
    targets.erase(
        std::remove_if(targets.begin(), targets.end(),
                       [&](const auto& one) { return one.alive() && !is_whole(one) && !share.has(one.name()); }),
        targets.end());
    ListSource source(std::move(targets));
    watch_signals();
    Counts counts;
    const auto sink = [&](const Document& document) {
      const Json line = line_of(document);
      put_line(to_line(line));
      counts.count(line);
      for (const Json& fault : line.at("faults")) {
        console.say(Severity::error, document.name() + ": " + fault.get<std::string>() + ".");
      }
      for (const Json& note : line.at("notes")) {
        console.say(Severity::info, document.name() + ": " + note.get<std::string>() + ".");
      }
      if (line.contains("signatures")) {
        console.say(Severity::info, document.name() + ": " + line.at("verdict").get<std::string>() + ": " +
                                        string_of(document.record(), "summary") + ".");
      }
    };
    RunnerEvents events;
    events.should_stop = signal_came;
    events.note = verbose_note(console, settings);
    RunnerResult result = run_steps(steps, source, sink, settings.runner(profile, settings.work), events);
    console.say(Severity::info, counts.sentence() + (m_share.empty() ? "" : " " + share.sentence(counts.all, all)));
    if (result.stopped) {
      return status_of(result);
    }
    const bool whole = archives_whole(console);
    const bool equal = m_copy.empty() || copies_equal(share, console);
    result.stopped = signal_came();
    return result.stopped ? status_of(result)
           : counts.faulty > 0 || counts.bags.broken + counts.packages.broken > 0 || !whole || !equal
               ? ExitStatus::verification_failed
           : counts.missing > 0 ? ExitStatus::input
                                : ExitStatus::done;
  }

 private:
  static void tell(const fs::path& path, const std::string& verdict, const std::string& fault, Console& console) {
    put_line(
        to_line(Json{{"path", path.string()}, {"verdict", verdict}, {"faults", {fault}}, {"notes", Json::array()}}));
    console.say(Severity::error, path.string() + ": " + fault + ".");
  }

  // What an archive has beside its documents.
  bool archives_whole(Console& console) const {
    bool whole = true;
    for (const fs::path path : m_paths) {
      if (!Archive::is_at(path)) {
        continue;
      }
      try {
        for (const ArchiveFault& one : faults_of_archive(path)) {
          whole = false;
          tell(one.path, "invalid", one.fault, console);
        }
      } catch (const Error& error) {
        console.say(Severity::warning, error);  // the files can be judged without its catalog
      }
    }
    return whole;
  }

  bool copies_equal(const NightlyShare& share, Console& console) const {
    const CopyCounts counts = compare_copy(
        m_paths.front(), m_copy, [&](const std::string& path) { return share.has(path); }, signal_came,
        [&](const CopyFault& one) { tell(fs::path(m_copy) / one.path, one.verdict, one.fault, console); });
    console.say(Severity::info, m_copy + ": " + counts.sentence(m_paths.front()));
    return counts.faults() == 0;
  }

  VerifyStep::Demands demands() const {
    return {{m_trust.begin(), m_trust.end()},
            {m_revocation.begin(), m_revocation.end()},
            m_must_be_signed,
            m_level.empty() ? "" : "B-" + m_level};
  }

  std::vector<std::string> m_paths;
  std::vector<std::string> m_trust;
  std::vector<std::string> m_revocation;
  std::string m_level;
  std::string m_copy;
  std::string m_share;
  bool m_must_be_signed = false;
};

}  // namespace

CommandPtr make_verify_command() { return std::make_unique<VerifyCommand>(); }

}  // namespace sohoa
