// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/sign_archive.hpp"
#include "cli/sign_key.hpp"
#include "cli/steps.hpp"
#include "cli/stream.hpp"
#include "core/archive.hpp"
#include "core/digest.hpp"
#include "core/ocr_text.hpp"
#include "formats/pdf_signature.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <unistd.h>
#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

// The words that were read on page 1, in fractions of the page; none when nothing is known of them.
std::vector<Box> printed_words(const Document& document) {
  std::vector<Box> boxes;
  const Json pages = document.record().value("pages", Json::array());
  const std::string tree = pages.empty() ? "" : string_of(pages.front(), "ocr");
  boost::system::error_code code;
  if (tree.empty() || !fs::exists(tree, code)) {
    return boxes;
  }
  const OcrPage page = load_ocr_page(tree);
  const double width = std::max(page.width, 1);
  const double height = std::max(page.height, 1);
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      for (const OcrWord& word : line.words) {
        boxes.push_back(
            {word.box.left / width, word.box.top / height, word.box.right / width, word.box.bottom / height});
      }
    }
  }
  return boxes;
}

class SignStep : public DocumentStep {
 public:
  SignStep(const SignOptions& options, const Profile& profile, fs::path folder, FoundSignature found)
      : m_options(options), m_profile(profile), m_folder(std::move(folder)), m_found(found), m_opener(options) {
    if (m_profile.signatures.count(options.role) == 0) {
      throw usage_error("role-unknown", "the profile " + profile.name + " has no signature role " + options.role,
                        "give one of its [signature.<role>] sections to --role");
    }
  }
  [[nodiscard]] std::string_view name() const override { return "sign"; }
  [[nodiscard]] Json options() const override { return Json{{"role", m_options.role}, {"level", "B-B"}}; }
  [[nodiscard]] Grain grain() const override { return Grain::signer; }

  [[nodiscard]] bool can_be_copied() const override { return m_opener.can_be_copied(); }

  void prepare() override {
    if (!m_key) {
      m_key.emplace(m_opener.open());
    }
  }

  void disown() override {
    m_key.reset();
    m_opener.forget();
  }

  void run(Document& document) override {
    Json& record = document.record();
    const fs::path path = file_of(record.value("pdf", Json::object()));
    std::optional<SignatureInfo> info = signature_of(path, *m_key, m_options.role);
    if (info && m_found == FoundSignature::told) {
      document.add_problem({Severity::info, already_signed,
                            "the file has a signature of this key in the field " + info->field + " already", "",
                            std::nullopt});
    }
    if (!info) {
      info = sign_pdf(path, *m_key, request_for(document));
    }
    record["pdf"]["sha256"] = sha256_of_file(path);
    record["pdf"]["bytes"] = fs::file_size(path);
    put_signature(record, *info);
  }

 private:
  // Nobody signs what is not the file that the record tells of; what signed it since left those bytes in front.
  [[nodiscard]] fs::path file_of(const Json& pdf) const {
    const std::string name = string_of(pdf, "path");
    if (name.empty()) {
      throw input_error("pdf-missing", "the record names no PDF to sign", "let sohoa pdf make it first");
    }
    fs::path path = m_folder / name;
    if (!m_folder.empty() && !is_inside(path, m_folder)) {
      throw input_error("pdf-outside", "the record names " + name + ", which is not in the archive",
                        "look who changed the catalog");
    }
    const std::string digest = string_of(pdf, "sha256");
    if (!digest.empty() && sha256_of_file(path, pdf.value("bytes", whole_file)) != digest) {
      throw input_error("pdf-changed", path.string() + " is not the file that was made",
                        "take it back from a copy, or let sohoa pdf make it again");
    }
    return path;
  }

  static void put_signature(Json& record, const SignatureInfo& info) {
    Json& signatures = record["signatures"];
    const bool listed = std::any_of(signatures.begin(), signatures.end(),
                                    [&](const Json& one) { return string_of(one, "field") == info.field; });
    if (!listed) {
      signatures.push_back(to_json(info));
    }
  }

  [[nodiscard]] SignatureRequest request_for(const Document& document) const {
    const Profile::Appearance& rules = m_profile.signatures.at(m_options.role);
    const Time now = artefact_time();
    SignatureRequest request;
    request.time = now;
    request.reason = m_options.reason;
    request.field = m_options.role;
    SignatureAppearance& appearance = request.appearance;
    appearance.visible = !m_options.invisible;
    appearance.corner =
        rules.corner == "top-right" ? SignatureAppearance::Corner::top_right : SignatureAppearance::Corner::top_left;
    appearance.margin_x = appearance.margin_y = rules.margin_mm * 72 / 25.4;
    appearance.font_size = rules.font_size;
    appearance.font_file = m_profile.signature_font;
    const std::map<std::string, std::string> values{{"signer", m_key->signer()},
                                                    {"time", iso_local(now, m_profile.time_zone_minutes)},
                                                    {"agency", m_key->signer()},
                                                    {"form", "Sao y"}};
    appearance.printed = printed_words(document);
    for (const std::string& line : rules.lines) {
      appearance.lines.push_back(expand_template(line, values));
    }
    return request;
  }

  SignOptions m_options;
  Profile m_profile;
  fs::path m_folder;  // of the records' paths
  FoundSignature m_found;
  KeyOpener m_opener;
  std::optional<SigningKey> m_key;
};

class SignCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "sign"; }
  [[nodiscard]] std::string_view summary() const override { return "Signs the PDF files (PAdES)"; }
  void add_options(CLI::App& app) override {
    app.add_option("PATH", m_paths, "PDF files, or one archive, to sign in place; without them, records on stdin");
    m_options.add(app);
  }
  ExitStatus run(const Settings& settings) override {
    if (!m_options.wanted()) {
      throw usage_error("usage", "there is no key to sign with", "give --key FILE.p12 or --pkcs11 URI");
    }
    const Profile profile = load_profile(settings.profile);
    if (const std::string archive = archive_among_paths(); !archive.empty()) {
      return sign_archive(archive, m_options, settings, profile);
    }
    std::vector<StepPtr> steps;
    steps.push_back(make_sign_step(m_options, profile));
    if (m_paths.empty()) {
      LineSource source(STDIN_FILENO);
      return run_stream(steps, source, settings, profile, tell_signed_before);
    }
    std::vector<Document> documents;
    for (const std::string& file : m_paths) {
      Document document = Document::of_source(file, "file");
      document.record()["pdf"] = Json{{"path", file}};
      documents.push_back(std::move(document));
    }
    ListSource source(std::move(documents));
    return run_stream(steps, source, settings, profile, tell_signed_before);
  }

 private:
  [[nodiscard]] std::string archive_among_paths() const {
    const auto folder =
        std::find_if(m_paths.begin(), m_paths.end(), [](const fs::path& path) { return fs::is_directory(path); });
    if (folder == m_paths.end()) {
      return {};
    }
    if (!Archive::is_at(*folder)) {
      throw input_error("no-archive", *folder + " is a folder, but no archive of sohoa run",
                        "name the files in it: " + (fs::path(*folder) / "*.pdf").string());
    }
    if (m_paths.size() > 1) {
      throw usage_error("usage", "the archive " + *folder + " is not the only path", "sign one archive at a time");
    }
    return *folder;
  }

  SignOptions m_options;
  std::vector<std::string> m_paths;
};

}  // namespace

StepPtr make_sign_step(const SignOptions& options, const Profile& profile, const fs::path& folder,
                       FoundSignature found) {
  return std::make_unique<SignStep>(options, profile, folder, found);
}

CommandPtr make_sign_command() { return std::make_unique<SignCommand>(); }

}  // namespace sohoa
