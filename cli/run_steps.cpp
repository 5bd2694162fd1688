// SPDX-License-Identifier: Apache-2.0
#include "cli/run_steps.hpp"

#include <optional>
#include <set>
#include <utility>

namespace sohoa {
namespace {

class KnownStep : public DocumentStep {
 public:
  KnownStep(CatalogDoor catalog, const Quarantine& quarantine, WorkKeeper& keeper)
      : m_catalog(std::move(catalog)), m_quarantine(quarantine), m_keeper(keeper) {}
  [[nodiscard]] std::string_view name() const override { return "known"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::here; }
  void run(Document& document) override {
    if (const std::optional<std::string> path = m_catalog().delivered_as(document.id())) {
      document.set_status(Status::known);
      document.add_problem(
          {Severity::info, "already-archived", "the archive has these scans already, as " + *path, "", std::nullopt});
    } else if (!m_seen.insert(document.id()).second) {
      document.set_status(Status::known);
      document.add_problem({Severity::info, "scanned-twice", "the same scans came earlier in this run",
                            "remove one of the two", std::nullopt});
    } else if (!m_quarantine.holds(document)) {
      m_keeper.take(document);
    }
  }

 private:
  CatalogDoor m_catalog;
  const Quarantine& m_quarantine;
  WorkKeeper& m_keeper;
  std::set<std::string> m_seen;
};

}  // namespace

StepPtr make_known_step(CatalogDoor catalog, const Quarantine& quarantine, WorkKeeper& keeper) {
  return std::make_unique<KnownStep>(std::move(catalog), quarantine, keeper);
}

std::vector<StepPtr> steps_of_run(const RunOptions& options, const Profile& profile, const Archive& archive,
                                  const CatalogDoor& catalog, const Quarantine& quarantine, WorkKeeper& keeper,
                                  const RegisterJoinPtr& join) {
  IngestOptions ingest = options.ingest;
  ingest.trust = options.sign.levels.trust;
  std::vector<StepPtr> steps = make_ingest_steps(ingest, options.deskew, profile);
  steps.push_back(make_known_step(catalog, quarantine, keeper));
  if (join != nullptr) {
    steps.push_back(make_register_step(join, false));
  }
  steps.push_back(make_secrecy_gate(options.ocr, profile));
  if (options.ingest.grouping != Grouping::separator) {  // whose stacks were looked at to be cut
    steps.push_back(make_deskew_step(options.deskew, profile));
    if (profile.read_barcodes) {
      steps.push_back(make_barcode_step());
    }
  }
  steps.push_back(make_ocr_step(options.ocr, profile));
  steps.push_back(
      make_secrecy_stop([&keeper](const Document& secret, std::size_t, const std::string&) { keeper.drop(secret); }));
  if (profile.batch_words) {
    steps.push_back(make_batch_words_step());
  }
  steps.push_back(make_confidence_step(options.ocr, profile));
  steps.push_back(make_collate_step(profile));
  steps.push_back(make_rescan_step(profile));
  steps.push_back(make_heading_step());
  steps.push_back(make_card_step());
  steps.push_back(make_extract_step(profile));
  if (join != nullptr) {
    steps.push_back(make_reconcile_step(join));
  }
  steps.push_back(make_code_step(profile, catalog));
  steps.push_back(make_pdf_step(options.pdf, profile, archive.outgoing()));
  if (!options.ocr.sidecars.empty()) {
    steps.push_back(make_sidecar_step(options.ocr));
  }
  if (options.sign.wanted()) {
    steps.push_back(make_sign_step(options.sign, profile, {}, FoundSignature::own));
  }
  return steps;
}

}  // namespace sohoa
