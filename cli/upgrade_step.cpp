// SPDX-License-Identifier: Apache-2.0
#include "cli/upgrade_step.hpp"

#include "cli/signed_file.hpp"
#include "formats/pdf_levels.hpp"

#include <algorithm>
#include <utility>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class UpgradeStep : public DocumentStep {
 public:
  UpgradeStep(const UpgradeOptions& options, const LevelOptions& levels, fs::path folder)
      : m_levels(levels, signature_level(options.level).value_or(SignatureLevel::lta)),
        m_renew_within(std::chrono::days(options.renew_within)),
        m_folder(std::move(folder)) {}
  [[nodiscard]] std::string_view name() const override { return "upgrade"; }
  [[nodiscard]] Json options() const override { return Json{{"level", to_string(m_levels.wanted())}}; }
  // Workers have no network.
  [[nodiscard]] Grain grain() const override { return Grain::signer; }

  void run(Document& document) override {
    const fs::path path = file_to_sign(document.record().value("pdf", Json::object()), m_folder);
    const std::uintmax_t before = fs::file_size(path);
    const LeveledFile file = upgrade_pdf(path, m_levels.services(), {m_levels.wanted(), m_renew_within});
    forget_signing_problems(document);
    for (const SignatureInfo& info : file.signatures) {
      put_signature(document.record(), info);
    }
    put_file(document.record(), path);
    for (const Problem& problem : file.problems) {
      document.add_problem(problem);
    }
    if (file.problems.empty() && fs::file_size(path) == before) {
      document.add_problem({Severity::info, "level-reached",
                            "the file has level " + to_string(m_levels.wanted()) + " already", "", std::nullopt});
    }
  }

 private:
  Levels m_levels;
  std::chrono::hours m_renew_within;
  fs::path m_folder;
};

}  // namespace

void UpgradeOptions::add(CLI::App& app) {
  app.add_option("--upgrade", level, "Take files that are signed to that level; no key is needed")
      ->type_name("T|LT|LTA")
      ->check(CLI::IsMember({"T", "LT", "LTA"}));
  app.add_option("--renew-within", renew_within,
                 "Renew LTA when the last time-stamp's certificate ends in so many days")
      ->type_name("DAYS")
      ->check(CLI::Range(0U, 36500U))
      ->capture_default_str();
}

StepPtr make_upgrade_step(const UpgradeOptions& options, const LevelOptions& levels, const fs::path& folder) {
  return std::make_unique<UpgradeStep>(options, levels, folder);
}

}  // namespace sohoa
