// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/signature_faults.hpp"
#include "cli/stream.hpp"
#include "cli/verify_targets.hpp"
#include "core/archive.hpp"
#include "core/catalog.hpp"
#include "formats/pdf_verify.hpp"

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

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

  void count(const Json& line) {
    ++all;
    const std::string verdict = line.at("verdict");
    invalid += verdict == "invalid" ? 1U : 0U;
    indeterminate += verdict == "indeterminate" ? 1U : 0U;
    missing += verdict == "missing" ? 1U : 0U;
    faulty += verdict != "missing" && !line.at("faults").empty() ? 1U : 0U;
  }
  [[nodiscard]] std::string sentence() const {
    const auto part = [](std::size_t number, const char* what) {
      return number > 0 ? ", " + std::to_string(number) + what : std::string();
    };
    return counted(all, "file") + " verified: " + std::to_string(all - invalid - indeterminate - missing) + " valid, " +
           std::to_string(invalid) + " invalid" + part(indeterminate, " indeterminate") + part(missing, " missing") +
           ".";
  }
};

class VerifyCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "verify"; }
  [[nodiscard]] std::string_view summary() const override { return "Checks PDF/A, signatures, pages and fixity"; }
  void add_options(CLI::App& app) override {
    app.add_option("PATH", m_paths, "PDF files, folders of them, archives")->required();
    app.add_option("--trust", m_trust, "Certificates of trusted roots (PEM); may be given again")
        ->type_name("FILE")
        ->allow_extra_args(false);
    app.add_option("--crl", m_revocation, "Lists of revoked certificates, OCSP answers; may be given again")
        ->type_name("FILE")
        ->allow_extra_args(false);
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
    ListSource source(verify_targets(m_paths));
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
    const RunnerResult result = run_steps(steps, source, sink, settings.runner(profile, settings.work), events);
    console.say(Severity::info, counts.sentence());
    if (result.stopped) {
      return status_of(result);
    }
    const bool unbroken = chains_hold(console);
    return counts.faulty > 0 || !unbroken ? ExitStatus::verification_failed
           : counts.missing > 0           ? ExitStatus::input
                                          : ExitStatus::done;
  }

 private:
  // What was done to the documents of an archive is one chain in its catalog.
  bool chains_hold(Console& console) const {
    bool hold = true;
    for (const fs::path path : m_paths) {
      if (!Archive::is_at(path)) {
        continue;
      }
      try {
        const Catalog catalog(catalog_of_archive(path, "", false), Database::Access::read);
        const auto broken = catalog.is_current() ? catalog.events().check() : std::nullopt;
        if (broken) {
          hold = false;
          console.say(Severity::error, path.string() + ": event " + std::to_string(broken->number) +
                                           " of the catalog " + broken->reason +
                                           "; look who changed it, and take it back from a copy.");
        }
      } catch (const Error& error) {
        console.say(Severity::warning, error);  // the files can be judged without it
      }
    }
    return hold;
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
  bool m_must_be_signed = false;
};

}  // namespace

CommandPtr make_verify_command() { return std::make_unique<VerifyCommand>(); }

}  // namespace sohoa
