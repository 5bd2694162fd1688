// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/steps.hpp"
#include "cli/stream.hpp"
#include "core/digest.hpp"
#include "core/file_copy.hpp"
#include "core/heartbeat.hpp"
#include "core/naming.hpp"
#include "core/version.hpp"
#include "formats/pdf_writer.hpp"
#include "formats/scan.hpp"

#include <unistd.h>
#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class PdfStep : public DocumentStep {
 public:
  PdfStep(const PdfOptions& options, const Profile& profile, fs::path folder)
      : m_profile(profile),
        m_conformance(pdf_conformance(options.conformance.empty() ? profile.conformance : options.conformance)),
        m_folder(std::move(folder)) {}
  [[nodiscard]] std::string_view name() const override { return "pdf"; }
  [[nodiscard]] Json options() const override { return Json{{"conformance", to_string(m_conformance)}}; }
  [[nodiscard]] Grain grain() const override { return Grain::worker; }
  [[nodiscard]] std::vector<fs::path> writes_below() const override { return {m_folder}; }

  void run(Document& document) override {
    const DocumentNames names = names_of(document, m_profile);
    const fs::path folder = m_folder / names.folder;
    make_directories(folder);
    const fs::path target = folder / names.file;
    if (document.record().at("source").contains("carried")) {
      carry(document, target);
      return;
    }
    keep_originals(document, target);
    const PdfFile made = write_pdf(target, m_conformance, metadata_of(document), document.page_count(),
                                   [&](std::size_t page) { return page_of(document, page); });
    document.record()["pdf"] = Json{{"path", target.string()},
                                    {"sha256", made.sha256},
                                    {"bytes", made.bytes},
                                    {"pages", made.pages},
                                    {"conformance", to_string(m_conformance)}};
  }

 private:
  // The file as it came.
  static void carry(Document& document, const fs::path& target) {
    const Json carried = document.record().at("source").at("carried");
    copy_unchanged(document.source_page(0).file, string_of(carried, "sha256"), target);
    document.record()["pdf"] = Json{{"path", target.string()},
                                    {"sha256", carried.at("sha256")},
                                    {"bytes", carried.at("bytes")},
                                    {"pages", document.page_count()},
                                    {"conformance", string_of(carried, "conformance")},
                                    {"carried", true}};
  }

  // Signed files lie beside the PDF that was made of their images: a.pdf, a.original.pdf, a.original-2.pdf.
  static void keep_originals(Document& document, const fs::path& target) {
    const Json files = document.record().at("source").value("originals", Json::array());
    Json originals = Json::array();
    for (const Json& file : files) {
      const std::string number = originals.empty() ? "" : "-" + std::to_string(originals.size() + 1);
      const fs::path path = target.parent_path() / (target.stem().string() + ".original" + number + ".pdf");
      copy_unchanged(string_of(file, "file"), string_of(file, "sha256"), path);
      Json original = file;
      original.erase("file");
      original["path"] = path.string();
      originals.push_back(std::move(original));
    }
    if (!originals.empty()) {
      document.record()["originals"] = std::move(originals);
    }
  }

  static void copy_unchanged(const fs::path& file, const std::string& sha256, const fs::path& target) {
    copy_scan(file, target);
    if (sha256_of_file(target) != sha256) {
      fs::remove(target);
      throw input_error("scan-changed", file.string() + " is not the file any more that was taken in",
                        "take it in again when it is finished");
    }
  }

  [[nodiscard]] PdfMetadata metadata_of(const Document& document) const {
    PdfMetadata metadata;
    const std::string symbol = document.field("symbol");
    const std::string subject = document.field("subject");
    metadata.title = symbol.empty() ? fs::path(document.name()).stem().string() : symbol;
    metadata.title += subject.empty() ? "" : " – " + subject;
    metadata.author = document.field("agency");
    metadata.subject = subject;
    metadata.language = m_profile.language_tag;
    metadata.creator = "sohoa " + std::string(version);
    metadata.result_code = string_of(document.record().value("code", Json::object()), "value");
    metadata.dossier = string_of(document.record().value("dossier", Json::object()), "code");
    metadata.document_id = document.id();
    metadata.issued_date = document.field("issued_date");
    metadata.created = artefact_time();
    return metadata;
  }

  [[nodiscard]] PdfPage page_of(const Document& document, std::size_t index) const {
    beat();
    const SourcePage source = document.source_page(index);
    const Json& record = document.page(index);
    PdfPage page;
    page.image = encode_page(source, limits_of(m_profile));
    const Json dpi = record.value("dpi", Json::array());
    page.dpi_x = dpi.size() == 2 ? dpi.at(0).get<double>() : m_profile.quality.assumed_dpi;
    page.dpi_y = dpi.size() == 2 ? dpi.at(1).get<double>() : m_profile.quality.assumed_dpi;
    page.geometry = geometry_of(record);
    if (const std::string tree = string_of(record, "ocr"); !tree.empty()) {
      page.text = load_ocr_page(tree);
    }
    if (index + 1 == document.page_count()) {
      check_unchanged(pages_of(document));
    }
    return page;
  }

  // All that was read of the scans was read before this, by whatever step; nothing mixed gets a name.
  static std::vector<SourcePage> pages_of(const Document& document) {
    std::vector<SourcePage> pages;
    for (std::size_t page = 0; page < document.page_count(); ++page) {
      pages.push_back(document.source_page(page));
    }
    return pages;
  }

  Profile m_profile;
  PdfConformance m_conformance;
  fs::path m_folder;
};

class PdfCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "pdf"; }
  [[nodiscard]] std::string_view summary() const override { return "Makes searchable PDF/A files"; }
  void add_options(CLI::App& app) override {
    app.add_option("-o,--output", m_folder, "Folder for the PDF files")->type_name("DIR")->required();
    m_options.add(app);
  }
  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    std::vector<StepPtr> steps;
    steps.push_back(make_pdf_step(m_options, profile, m_folder));
    LineSource source(STDIN_FILENO);
    return run_stream(steps, source, settings, profile);
  }

 private:
  PdfOptions m_options;
  std::string m_folder;
};

}  // namespace

void PdfOptions::add(CLI::App& app) {
  app.add_option("--pdfa", conformance, "PDF/A flavour (default: the profile's)")
      ->type_name("1b|2b|2u|3u")
      ->check(CLI::IsMember({"1b", "2b", "2u", "3u"}));
  app.add_option("--image", image, "What becomes of the scan's image: preserve embeds its own bytes, unturned")
      ->type_name("preserve")
      ->check(CLI::IsMember({"preserve"}))
      ->capture_default_str();
}

StepPtr make_pdf_step(const PdfOptions& options, const Profile& profile, const fs::path& folder) {
  return std::make_unique<PdfStep>(options, profile, folder);
}

CommandPtr make_pdf_command() { return std::make_unique<PdfCommand>(); }

}  // namespace sohoa
