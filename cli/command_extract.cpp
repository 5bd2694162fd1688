// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/steps.hpp"
#include "cli/stream.hpp"
#include "core/extract.hpp"
#include "core/field_merge.hpp"

#include <unistd.h>
#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class ExtractStep : public DocumentStep {
 public:
  explicit ExtractStep(const Profile& profile) : m_profile(profile), m_extractor(profile.extract) {}
  [[nodiscard]] std::string_view name() const override { return "extract"; }
  [[nodiscard]] Json options() const override { return Json{{"profile", m_profile.name}}; }
  [[nodiscard]] Grain grain() const override { return Grain::worker; }

  void run(Document& document) override {
    if (m_extractor.empty()) {
      return;
    }
    const std::size_t pages = document.page_count();
    bool any = false;
    const auto found = m_extractor.find(pages, [&](std::size_t page) {
      const std::string tree = string_of(document.page(page), "ocr");
      any = any || !tree.empty();
      return tree.empty() ? std::nullopt : read_tree(document, page, tree);
    });
    if (!any) {
      document.add_problem({Severity::warning, "text-missing",
                            "no fields were looked for in " + document.name() + ", because its pages were not read",
                            "run sohoa ocr before sohoa extract", std::nullopt});
    }
    merge_fields(document, found, m_profile);
  }

 private:
  // A tree that is gone or damaged costs its page only.
  static std::optional<OcrPage> read_tree(Document& document, std::size_t page, const std::string& tree) {
    try {
      return load_ocr_page(tree);
    } catch (const Error& cause) {
      if (cause.status() != ExitStatus::input) {
        throw;
      }
      document.add_problem({Severity::warning, cause.id(), cause.message(), cause.remedy(), page + 1});
      return std::nullopt;
    }
  }

  Profile m_profile;
  Extractor m_extractor;
};

class ExtractCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "extract"; }
  [[nodiscard]] std::string_view summary() const override { return "Finds number, date, agency and other fields"; }
  void add_options(CLI::App& app) override {
    app.add_option("--register", m_register.register_file, "The office's list of papers (CSV); its values win")
        ->type_name("FILE");
  }
  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    std::vector<StepPtr> steps;
    if (!m_register.register_file.empty()) {
      steps.push_back(make_register_step(m_register, profile));
    }
    steps.push_back(make_heading_step());
    steps.push_back(make_card_step());
    steps.push_back(make_extract_step(profile));
    LineSource source(STDIN_FILENO);
    return run_stream(steps, source, settings, profile);
  }

 private:
  IngestOptions m_register;
};

}  // namespace

StepPtr make_extract_step(const Profile& profile) { return std::make_unique<ExtractStep>(profile); }

CommandPtr make_extract_command() { return std::make_unique<ExtractCommand>(); }

}  // namespace sohoa
