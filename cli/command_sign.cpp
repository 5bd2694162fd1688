// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/sign_archive.hpp"
#include "cli/sign_key.hpp"
#include "cli/signed_file.hpp"
#include "cli/steps.hpp"
#include "cli/stream.hpp"
#include "cli/upgrade_step.hpp"
#include "core/archive.hpp"
#include "core/ocr_text.hpp"
#include "formats/pdf_levels.hpp"
#include "formats/seal_image.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include <unistd.h>
#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

// The words and the marks, seals too, that were seen on page 1, in fractions of the page; none when nothing is known.
std::vector<Box> printed_boxes(const Document& document) {
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
  const auto add = [&](const Box& box) {
    boxes.push_back({box.left / width, box.top / height, box.right / width, box.bottom / height});
  };
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      for (const OcrWord& word : line.words) {
        add(word.box);
      }
    }
  }
  for (const OcrMark& mark : page.marks) {
    add(mark.box);
  }
  return boxes;
}

class SignStep : public DocumentStep {
 public:
  SignStep(const SignOptions& options, const Profile& profile, fs::path folder, FoundSignature found)
      : m_options(options),
        m_profile(profile),
        m_folder(std::move(folder)),
        m_found(found),
        m_levels(options.levels, profile),
        m_opener(options) {
    require_role(m_profile, options.role);
    if (!options.seal.empty()) {
      m_seal = std::make_shared<const SealImage>(load_seal_image(options.seal));
    }
  }
  [[nodiscard]] std::string_view name() const override { return "sign"; }
  [[nodiscard]] Json options() const override {
    return Json{{"role", m_options.role}, {"level", to_string(m_levels.wanted())}};
  }
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
    const fs::path path = file_to_sign(document.record().value("pdf", Json::object()), m_folder);
    const bool carried = document.record()["pdf"].value("carried", false);
    if (carried && (m_options.carried == "never" || (m_options.carried == "unsigned" && came_signed(document)))) {
      leave_unsigned(document, "carried",
                     m_options.carried == "never" ? "a file that is kept as it came is not signed again"
                                                  : "the file came with a signature and gets no other",
                     "sign it all the same with --carried always");
      return;
    }
    try {
      sign(document, path);
    } catch (const Error& error) {
      if (!carried || (error.id() != "pdf-certified" && error.id() != "pdf-locked")) {
        throw;
      }
      leave_unsigned(document, "locked", error.message() + ", so it gets no signature of ours", error.remedy());
      return;
    }
    document.record()["pdf"].erase("left_unsigned");
  }

 private:
  static bool came_signed(const Document& document) {
    const Json signatures = document.record().value("signatures", Json::array());
    return std::any_of(signatures.begin(), signatures.end(), [](const Json& one) {
      return one.value("received", false) && string_of(one, "kind") != "time-stamp";
    });
  }

  static void leave_unsigned(Document& document, const char* why, const std::string& message,
                             const std::string& remedy) {
    document.record()["pdf"]["left_unsigned"] = why;
    document.add_problem({Severity::info, "left-unsigned", message, remedy, std::nullopt});
  }

  void sign(Document& document, const fs::path& path) {
    std::optional<SignatureInfo> info = signature_of(path, *m_key, m_options.role);
    if (info && m_found == FoundSignature::told) {
      document.add_problem({Severity::info, "already-signed",
                            "the file has a signature of this key in the field " + info->field + " already", "",
                            std::nullopt});
    }
    info = info ? at_level(path, *info) : sign_pdf(path, *m_key, request_for(document));
    put_file(document.record(), path);
    put_signature(document.record(), *info);
    for (Json& one : document.record()["signatures"]) {
      if (string_of(one, "field") == info->field) {
        one.erase("received");  // of our own key after all
      }
    }
    for (const Problem& problem : info->problems) {
      document.add_problem(problem);
    }
  }

  // What an earlier run signed, and could not stamp perhaps.
  SignatureInfo at_level(const fs::path& path, const SignatureInfo& found) const {
    LeveledFile file = m_levels.wanted() == SignatureLevel::b
                           ? levels_of(path, m_levels.services())
                           : upgrade_pdf(path, m_levels.services(), {m_levels.wanted()});
    SignatureInfo info = found;
    for (const SignatureInfo& one : file.signatures) {
      info = one.field == found.field ? one : info;
    }
    info.problems = std::move(file.problems);
    return info;
  }

  [[nodiscard]] SignatureRequest request_for(const Document& document) const {
    const Profile::Appearance& rules = m_profile.signatures.at(m_options.role);
    const Time now = artefact_time();
    SignatureRequest request;
    request.time = now;
    request.reason = m_options.reason;
    request.field = m_options.role;
    m_levels.ask_for(request);
    SignatureAppearance& appearance = request.appearance;
    appearance.visible = !m_options.invisible;
    appearance.corner =
        rules.corner == "top-right" ? SignatureAppearance::Corner::top_right : SignatureAppearance::Corner::top_left;
    appearance.margin_x = appearance.margin_y = rules.margin_mm * 72 / 25.4;
    appearance.font_size = rules.font_size;
    appearance.font_file = m_profile.signature_font;
    appearance.seal = m_seal;
    const std::map<std::string, std::string> values{{"signer", m_key->signer()},
                                                    {"time", iso_local(now, m_profile.time_zone_minutes)},
                                                    {"agency", m_key->signer()},
                                                    {"form", "Sao y"}};
    appearance.printed = printed_boxes(document);
    for (const std::string& line : rules.lines) {
      appearance.lines.push_back(expand_template(line, values));
    }
    return request;
  }

  SignOptions m_options;
  Profile m_profile;
  fs::path m_folder;  // of the records' paths
  std::shared_ptr<const SealImage> m_seal;
  FoundSignature m_found;
  Levels m_levels;
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
    m_upgrade.add(app);
  }
  ExitStatus run(const Settings& settings) override {
    const bool upgrades = !m_upgrade.level.empty();
    if (!m_options.wanted() && !upgrades) {
      throw usage_error("usage", "there is no key to sign with", "give --key FILE.p12 or --pkcs11 URI");
    }
    if (upgrades && (m_options.wanted() || !m_options.levels.level.empty())) {
      throw usage_error("usage", "--upgrade takes what is signed to its level, and signs nothing",
                        "give either --upgrade, or --key and --level");
    }
    const Profile profile = load_profile(settings.profile);
    if (const std::string archive = archive_among_paths(); !archive.empty()) {
      return upgrades ? upgrade_archive(archive, m_upgrade, m_options.levels, settings, profile)
                      : sign_archive(archive, m_options, settings, profile);
    }
    std::vector<StepPtr> steps;
    steps.push_back(upgrades ? make_upgrade_step(m_upgrade, m_options.levels) : make_sign_step(m_options, profile));
    if (m_paths.empty()) {
      LineSource source(STDIN_FILENO);
      return run_stream(steps, source, settings, profile, tell_signing);
    }
    std::vector<Document> documents;
    for (const std::string& file : m_paths) {
      Document document = Document::of_source(file, "file");
      document.record()["pdf"] = Json{{"path", file}};
      documents.push_back(std::move(document));
    }
    ListSource source(std::move(documents));
    return run_stream(steps, source, settings, profile, tell_signing);
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
  UpgradeOptions m_upgrade;
  std::vector<std::string> m_paths;
};

}  // namespace

StepPtr make_sign_step(const SignOptions& options, const Profile& profile, const fs::path& folder,
                       FoundSignature found) {
  return std::make_unique<SignStep>(options, profile, folder, found);
}

CommandPtr make_sign_command() { return std::make_unique<SignCommand>(); }

}  // namespace sohoa
