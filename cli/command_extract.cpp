// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/register_steps.hpp"
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
    m_register.add_register(app);
    app.add_option("--reconciliation", m_reconciliation, "Writes there what register and scans say against each other")
        ->type_name("FILE")
        ->needs("--register");
  }
  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    std::vector<StepPtr> steps;
    const RegisterJoinPtr join = open_register(m_register, profile);
    if (join != nullptr) {
      steps.push_back(make_register_step(join, false));
    }
    steps.push_back(make_heading_step());
    steps.push_back(make_card_step());
    steps.push_back(make_extract_step(profile));
    if (join != nullptr) {
      steps.push_back(make_reconcile_step(join));
    }
    LineSource source(STDIN_FILENO);
    return reconciled(run_stream(steps, source, settings, profile), join, m_reconciliation);
  }

 private:
  IngestOptions m_register;
  std::string m_reconciliation;
};

}  // namespace

StepPtr make_extract_step(const Profile& profile) { return std::make_unique<ExtractStep>(profile); }

CommandPtr make_extract_command() { return std::make_unique<ExtractCommand>(); }

}  // namespace sohoa
