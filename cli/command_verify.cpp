// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/stream.hpp"
#include "cli/verify_targets.hpp"
#include "formats/pdf_verify.hpp"

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class VerifyStep : public DocumentStep {
 public:
  VerifyStep(std::vector<fs::path> trust, bool must_be_signed)
      : m_trust(std::move(trust)), m_must_be_signed(must_be_signed) {}
  [[nodiscard]] std::string_view name() const override { return "verify"; }
  [[nodiscard]] Grain grain() const override { return Grain::worker; }

  void run(Document& document) override {
    const PdfReport report = inspect_pdf(document.name(), m_trust);
    const auto expected = document.record().find("expected");
    std::vector<std::string> faults;
    std::vector<std::string> notes;
    if (!report.conformance.empty()) {
      faults = report.pdfa_faults;
    } else {
      (expected == document.record().end() ? notes : faults).emplace_back("the file does not claim to be PDF/A");
    }
    judge_signatures(report, faults, notes);
    if (expected != document.record().end()) {
      judge_manifest(report, *expected, faults);
    }
    document.record()["report"] = to_json(report);
    document.record()["faults"] = faults;
    document.record()["notes"] = notes;
  }

 private:
  void judge_signatures(const PdfReport& report, std::vector<std::string>& faults,
                        std::vector<std::string>& notes) const {
    bool last_bytes_are_known = report.signatures.empty();
    for (const SignatureReport& signature : report.signatures) {
      const std::string who =
          "signature " + signature.field + (signature.signer.empty() ? "" : " of ") + signature.signer;
      if (!signature.digest_valid || !signature.signature_valid) {
        faults.push_back(who + " is not valid: " + signature.reason);
      } else if (signature.changed_after == "content") {
        faults.push_back(who + " does not hold for the file as it is: " + signature.reason);
      } else if (signature.path == "untrusted" || signature.path == "expired") {
        faults.push_back(who + " has no path to a trusted root: " + signature.reason);
      } else if (signature.path == "not-checked") {
        notes.push_back(who + " has a path that was not checked, because no --trust was given");
      }
      last_bytes_are_known = last_bytes_are_known || signature.changed_after != "bytes";
    }
    if (!last_bytes_are_known) {
      faults.emplace_back("bytes were added after the last signature");
    }
    if (report.signatures.empty() && m_must_be_signed) {
      faults.emplace_back("the file is not signed");
    }
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

  std::vector<fs::path> m_trust;
  bool m_must_be_signed;
};

Json line_of(const Document& document) {
  Json line{{"path", document.name()}};
  const Json faults = document.record().value("faults", Json::array());
  const bool readable = document.alive();
  line["verdict"] = document.record().contains("missing") ? "missing"
                    : readable && faults.empty()          ? "valid"
                                                          : "invalid";
  line["faults"] = faults;
  for (const Json& problem : document.record().value("problems", Json::array())) {
    line["faults"].push_back(string_of(problem, "message"));
  }
  line["notes"] = document.record().value("notes", Json::array());
  line.update(document.record().value("report", Json::object()));
  return line;
}

class VerifyCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "verify"; }
  [[nodiscard]] std::string_view summary() const override { return "Checks PDF/A, signatures, pages and fixity"; }
  void add_options(CLI::App& app) override {
    app.add_option("PATH", m_paths, "PDF files, folders of them, archives")->required();
    app.add_option("--trust", m_trust, "Certificates of trusted roots (PEM); may be given again")
        ->type_name("FILE")
        ->allow_extra_args(false);
    app.add_flag("--require-signature", m_must_be_signed, "An unsigned file is a fault");
  }

  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    Console console(settings);
    std::vector<StepPtr> steps;
    steps.push_back(
        std::make_unique<VerifyStep>(std::vector<fs::path>(m_trust.begin(), m_trust.end()), m_must_be_signed));
    ListSource source(verify_targets(m_paths));
    watch_signals();
    std::size_t invalid = 0;
    std::size_t missing = 0;
    std::size_t all = 0;
    const auto sink = [&](const Document& document) {
      const Json line = line_of(document);
      put_line(to_line(line));
      ++all;
      missing += line.at("verdict") == "missing" ? 1U : 0U;
      invalid += line.at("verdict") == "invalid" ? 1U : 0U;
      for (const Json& fault : line.at("faults")) {
        console.say(Severity::error, document.name() + ": " + fault.get<std::string>() + ".");
      }
      for (const Json& note : line.at("notes")) {
        console.say(Severity::info, document.name() + ": " + note.get<std::string>() + ".");
      }
    };
    RunnerEvents events;
    events.should_stop = signal_came;
    events.note = verbose_note(console, settings);
    const RunnerResult result = run_steps(steps, source, sink, settings.runner(profile, settings.work), events);
    console.say(Severity::info, counted(all, "file") + " verified: " + std::to_string(all - invalid - missing) +
                                    " valid, " + std::to_string(invalid) + " invalid" +
                                    (missing > 0 ? ", " + std::to_string(missing) + " missing." : "."));
    if (result.stopped) {
      return status_of(result);
    }
    return invalid > 0 ? ExitStatus::verification_failed : missing > 0 ? ExitStatus::input : ExitStatus::done;
  }

 private:
  std::vector<std::string> m_paths;
  std::vector<std::string> m_trust;
  bool m_must_be_signed = false;
};

}  // namespace

CommandPtr make_verify_command() { return std::make_unique<VerifyCommand>(); }

}  // namespace sohoa
