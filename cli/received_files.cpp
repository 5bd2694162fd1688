// SPDX-License-Identifier: Apache-2.0
#include "cli/received_files.hpp"

#include "cli/signature_faults.hpp"
#include "core/digest.hpp"
#include "formats/pdf_verify.hpp"

#include <utility>

namespace sohoa {
namespace {

constexpr const char* remedy = "have the office send manifest and files again";

bool stays_inside(const fs::path& path) {
  if (path.empty() || path.is_absolute()) {
    return false;
  }
  for (const fs::path& part : path) {
    if (part == "..") {
      return false;
    }
  }
  return true;
}

class ReceivedFilesStep : public DocumentStep {
 public:
  ReceivedFilesStep(fs::path root, const std::vector<fs::path>& trust, const std::vector<fs::path>& revocation)
      : m_root(std::move(root)), m_inspector(trust, revocation) {}
  [[nodiscard]] std::string_view name() const override { return "receive"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::worker; }

  void run(Document& document) override {
    check_received(document);
    const Json& record = document.record();
    const Json& pdf = member_of(record, "pdf");
    const fs::path file = present(string_of(pdf, "path"));
    const PdfReport report = m_inspector.inspect(file);
    if (report.sha256 != string_of(pdf, "sha256")) {
      throw input_error("fixity", "the SHA-256 of " + file.string() + " is not the manifest's", remedy);
    }
    if (pdf.contains("pages") && pdf.at("pages") != report.pages) {
      throw input_error("fixity",
                        file.string() + " has " + std::to_string(report.pages) + " pages, the manifest says " +
                            pdf.at("pages").dump(),
                        remedy);
    }
    judge_signatures(file, report, member_of(record, "signatures").size());
    for (const Json& sidecar : member_of(record, "sidecars")) {
      const fs::path beside = present(string_of(sidecar, "path"));
      if (sidecar.contains("sha256") && sha256_of_file(beside) != string_of(sidecar, "sha256")) {
        throw input_error("fixity", "the SHA-256 of " + beside.string() + " is not the manifest's", remedy);
      }
    }
  }

 private:
  [[nodiscard]] fs::path present(const std::string& path) const {
    const fs::path file = m_root / path;
    boost::system::error_code absent;
    if (!fs::is_regular_file(file, absent)) {
      throw input_error("file-missing", "there is no file " + file.string(),
                        "name the folder with the files by --files, or give --without-files");
    }
    if (!stays_inside(path) || !is_inside(file, m_root)) {
      throw input_error("file-outside", file.string() + " leaves the folder of the files", remedy);
    }
    return file;
  }

  static void judge_signatures(const fs::path& file, const PdfReport& report, std::size_t told) {
    const SignatureFindings findings = judge_findings(report, told > 0, "");
    std::string faults;
    for (const std::string& fault : findings.faults) {
      faults += (faults.empty() ? "" : ", ") + fault;
    }
    if (!faults.empty()) {
      throw input_error("signature-invalid", file.string() + ": " + faults, remedy);
    }
    if (report.signatures.size() < told) {
      throw input_error("signature-invalid",
                        file.string() + " has " + std::to_string(report.signatures.size()) +
                            " signatures, the manifest says " + std::to_string(told),
                        remedy);
    }
  }

  fs::path m_root;
  PdfInspector m_inspector;
};

}  // namespace

void check_received(const Document& document) {
  const Json& pdf = member_of(document.record(), "pdf");
  const std::string path = string_of(pdf, "path");
  if (document.id().empty() || path.empty() || string_of(pdf, "sha256").empty()) {
    throw input_error("record-incomplete", "the record has no id, no pdf.path or no pdf.sha256",
                      "have the office send the manifest of finished documents");
  }
  if (!stays_inside(path)) {
    throw input_error("file-outside", "the path " + path + " leaves the folder of the files",
                      "have the office write the manifest with --relative-to");
  }
}

StepPtr make_received_files_step(const fs::path& root, const std::vector<fs::path>& trust,
                                 const std::vector<fs::path>& revocation) {
  return std::make_unique<ReceivedFilesStep>(root, trust, revocation);
}

}  // namespace sohoa
