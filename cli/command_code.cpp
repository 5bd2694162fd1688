// SPDX-License-Identifier: Apache-2.0
#include "cli/code_list.hpp"
#include "cli/command.hpp"
#include "cli/steps.hpp"
#include "cli/stream.hpp"
#include "core/code_parts.hpp"
#include "core/result_code.hpp"

#include <charconv>
#include <utility>

#include <unistd.h>
#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class CodeStep : public DocumentStep {
 public:
  CodeStep(Profile profile, CatalogDoor catalog) : m_profile(std::move(profile)), m_catalog(std::move(catalog)) {
    static_cast<void>(code_forms(m_profile));  // a template that cannot be is told at the start
  }
  [[nodiscard]] std::string_view name() const override { return "code"; }
  [[nodiscard]] Json options() const override {
    Json options = Json::object();
    for (const CodeForm& form : code_forms(m_profile)) {
      options[form.kind] = {form.code_template, form.type, form.symbol};
    }
    return options;
  }
  [[nodiscard]] Grain grain() const override { return Grain::here; }
  void prepare() override { static_cast<void>(m_catalog()); }
  void run(Document& document) override {
    Transaction whole = m_catalog().transaction();
    give_code(document, m_profile, m_catalog());
    give_ordinal(document);
    whole.commit();
  }

 private:
  // The place in the dossier names the file, so it is settled once and for all with the code.
  void give_ordinal(Document& document) {
    const auto dossier = document.record().find("dossier");
    const std::string code = dossier == document.record().end() ? std::string() : string_of(*dossier, "code");
    if (code.empty()) {
      return;
    }
    const int wanted = dossier->contains("ordinal") && dossier->at("ordinal").is_number_integer()
                           ? dossier->at("ordinal").get<int>()
                           : 0;
    std::optional<int> ordinal = m_catalog().allot_ordinal(code, document.id(), wanted);
    if (!ordinal) {
      ordinal = m_catalog().allot_ordinal(code, document.id(), 0);
      document.add_problem({Severity::warning, "ordinal-taken",
                            "place " + std::to_string(wanted) + " of dossier " + code +
                                " is another document's, so place " + std::to_string(ordinal.value_or(0)) +
                                " was given",
                            "correct the register", std::nullopt});
    }
    (*dossier)["ordinal"] = ordinal.value_or(0);
  }

  Profile m_profile;
  CatalogDoor m_catalog;
};

class CodeCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "code"; }
  [[nodiscard]] std::string_view summary() const override { return "Allots digitization result codes"; }
  void add_options(CLI::App& app) override {
    app.add_option("--template", m_template, "Pattern of results' codes (default: the profile's)")
        ->type_name("TEMPLATE");
    CLI::Option* const list = app.add_option("--import", m_import, "Takes in codes that were given elsewhere");
    list->type_name("FILE");
    app.add_option("--sheet", m_sheet, "Sheet of the workbook with them (default: the first)")
        ->type_name("NAME")
        ->needs(list);
    CLI::Option* const check = app.add_flag("--check", m_check, "Lists clashes and gaps of all codes of the catalog");
    app.add_option("--read", m_read, "Takes codes, or their forms as file names, apart")
        ->type_name("CODE...")
        ->excludes(list)
        ->excludes(check);
    check->excludes(list);
  }
  ExitStatus run(const Settings& settings) override {
    Profile profile = load_profile(settings.profile);
    if (!m_template.empty()) {
      profile.code.code_template = m_template;
    }
    if (!m_import.empty()) {
      return import_codes(m_import, m_sheet, settings, profile);
    }
    if (m_check) {
      return check_codes(settings, profile);
    }
    if (!m_read.empty()) {
      return read_codes(m_read, profile);
    }
    std::vector<StepPtr> steps;
    steps.push_back(make_code_step(profile, catalog_door(catalog_given(settings.catalog))));
    LineSource source(STDIN_FILENO);
    return run_stream(steps, source, settings, profile);
  }

 private:
  std::string m_template;
  std::string m_import;
  std::string m_sheet;
  bool m_check = false;
  std::vector<std::string> m_read;
};

}  // namespace

CatalogDoor catalog_door(const CatalogPlace& place) {
  return [place, opened = std::shared_ptr<Catalog>()]() mutable -> Catalog& {
    if (opened == nullptr) {
      opened = std::make_shared<Catalog>(place);
    }
    return *opened;
  };
}

StepPtr make_code_step(const Profile& profile, CatalogDoor catalog) {
  return std::make_unique<CodeStep>(profile, std::move(catalog));
}

CommandPtr make_code_command() { return std::make_unique<CodeCommand>(); }

}  // namespace sohoa
