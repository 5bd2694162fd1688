// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/stream.hpp"
#include "formats/pdf_verify.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

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
    std::vector<std::string> faults = report.pdfa_faults;
    judge_signatures(report, faults);
    if (const auto expected = document.record().find("expected"); expected != document.record().end()) {
      judge_manifest(report, *expected, faults);
    }
    document.record()["report"] = to_json(report);
    document.record()["faults"] = faults;
  }

 private:
  void judge_signatures(const PdfReport& report, std::vector<std::string>& faults) const {
    for (const SignatureReport& signature : report.signatures) {
      const std::string who = "signature " + signature.field + " of " + signature.signer;
      if (!signature.digest_valid || !signature.signature_valid) {
        faults.push_back(who + " is not valid: " + signature.reason);
      } else if (signature.path == "untrusted" || signature.path == "expired") {
        faults.push_back(who + " has no path to a trusted root: " + signature.reason);
      }
    }
    if (report.signatures.empty() && m_must_be_signed) {
      faults.emplace_back("the file is not signed");
    }
    const bool covered = std::any_of(report.signatures.begin(), report.signatures.end(),
                                     [](const SignatureReport& s) { return s.covers_whole_file; });
    if (!report.signatures.empty() && !covered) {
      faults.emplace_back("bytes were added after the last signature");
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

// One PDF to look at, and what a manifest says of it.
Document to_verify(const fs::path& file, const Json& expected) {
  Document document = Document::of_source(file.string(), "file");
  if (!expected.is_null()) {
    document.record()["expected"] = expected;
  }
  return document;
}

std::vector<fs::path> files_below(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator entry(folder), end; entry != end; ++entry) {
    if (fs::is_regular_file(entry->symlink_status()) && entry->path().extension() == extension) {
      files.push_back(entry->path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

// What the manifests of an archive say of its PDF files, the latest word on each.
std::map<std::string, Json> expectations(const fs::path& archive) {
  std::map<std::string, Json> expected;
  for (const fs::path& manifest : files_below(archive / "manifests", ".jsonl")) {
    std::ifstream in(manifest.string());
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      const Json record = parse_json(line, manifest.string() + ", line " + std::to_string(++number));
      const Json pdf = record.value("pdf", Json::object());
      if (const std::string path = string_of(pdf, "path"); !path.empty()) {
        expected[path] = pdf;
      }
    }
  }
  return expected;
}

std::vector<Document> archive_files(const fs::path& archive) {
  std::map<std::string, Json> expected = expectations(archive);
  std::vector<Document> documents;
  for (const fs::path& file : files_below(archive / "documents", ".pdf")) {
    const std::string name = file.lexically_relative(archive).string();
    const auto found = expected.find(name);
    Document document = to_verify(file, found == expected.end() ? Json() : found->second);
    if (found == expected.end()) {
      document.fail(input_error("not-in-manifest", "no manifest of the archive names the file",
                                "run sohoa run on the archive again"));
    } else {
      expected.erase(found);
    }
    documents.push_back(std::move(document));
  }
  for (const auto& [name, pdf] : expected) {
    Document document = to_verify(archive / name, pdf);
    document.fail(
        input_error("file-missing", "a manifest names the file, but it is not there", "take it back from a copy"));
    documents.push_back(std::move(document));
  }
  return documents;
}

Json line_of(const Document& document) {
  Json line{{"path", document.name()}};
  const Json faults = document.record().value("faults", Json::array());
  const bool readable = document.alive();
  line["verdict"] = readable && faults.empty() ? "valid" : "invalid";
  line["faults"] = faults;
  for (const Json& problem : document.record().value("problems", Json::array())) {
    line["faults"].push_back(string_of(problem, "message"));
  }
  line.update(document.record().value("report", Json::object()));
  return line;
}

class VerifyCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "verify"; }
  [[nodiscard]] std::string_view summary() const override { return "Checks PDF/A, signatures, pages and fixity"; }
  void add_options(CLI::App& app) override {
    app.add_option("PATH", m_paths, "PDF files, folders of them, archives")->required();
    app.add_option("--trust", m_trust, "Certificates of trusted roots (PEM); may be given again")->type_name("FILE");
    app.add_flag("--require-signature", m_must_be_signed, "An unsigned file is a fault");
  }

  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    Console console(settings);
    std::vector<StepPtr> steps;
    steps.push_back(
        std::make_unique<VerifyStep>(std::vector<fs::path>(m_trust.begin(), m_trust.end()), m_must_be_signed));
    ListSource source(find());
    watch_signals();
    std::size_t invalid = 0;
    std::size_t all = 0;
    const auto sink = [&](const Document& document) {
      const Json line = line_of(document);
      put_line(to_line(line));
      ++all;
      invalid += line.at("verdict") == "valid" ? 0U : 1U;
      for (const Json& fault : line.at("faults")) {
        console.say(Severity::error, document.name() + ": " + fault.get<std::string>() + ".");
      }
    };
    RunnerEvents events;
    events.should_stop = signal_came;
    const RunnerResult result = run_steps(steps, source, sink, settings.runner(profile, settings.work), events);
    console.say(Severity::info, counted(all, "file") + " verified: " + std::to_string(all - invalid) + " valid, " +
                                    std::to_string(invalid) + " invalid.");
    if (result.stopped) {
      return status_of(result);
    }
    return invalid == 0 ? ExitStatus::done : ExitStatus::verification_failed;
  }

 private:
  [[nodiscard]] std::vector<Document> find() const {
    std::vector<Document> documents;
    for (const fs::path path : m_paths) {
      std::vector<Document> found;
      if (fs::is_directory(path / "documents") && fs::is_directory(path / "manifests")) {
        found = archive_files(path);
      } else if (fs::is_directory(path)) {
        for (const fs::path& file : files_below(path, ".pdf")) {
          found.push_back(to_verify(file, nullptr));
        }
      } else if (fs::is_regular_file(path)) {
        found.push_back(to_verify(path, nullptr));
      } else {
        throw input_error("path-missing", path.string() + " is not there", "check the path");
      }
      std::move(found.begin(), found.end(), std::back_inserter(documents));
    }
    return documents;
  }

  std::vector<std::string> m_paths;
  std::vector<std::string> m_trust;
  bool m_must_be_signed = false;
};

}  // namespace

CommandPtr make_verify_command() { return std::make_unique<VerifyCommand>(); }

}  // namespace sohoa
