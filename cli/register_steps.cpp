// SPDX-License-Identifier: Apache-2.0
#include "cli/register_steps.hpp"

#include "cli/console.hpp"
#include "core/catalog_dossiers.hpp"
#include "core/digest.hpp"
#include "core/text.hpp"
#include "formats/reconciliation_file.hpp"
#include "formats/table.hpp"

#include <array>
#include <map>
#include <utility>

namespace sohoa {
namespace {

constexpr std::size_t max_names = 5;

class RegisterStep : public DocumentStep {
 public:
  RegisterStep(RegisterJoinPtr join, bool last) : m_join(std::move(join)), m_last(last) {}
  [[nodiscard]] std::string_view name() const override { return "register"; }
  [[nodiscard]] Json options() const override { return Json{{"file", m_join->joined().name()}}; }
  [[nodiscard]] Grain grain() const override { return Grain::here; }
  void run(Document& document) override {
    m_join->join(document);
    if (m_last) {
      m_join->account(document);
    }
  }
  void pass(const Document& document) override { m_join->pass(document); }
  [[nodiscard]] std::string remark() const override { return m_last ? remark_of(*m_join) : std::string(); }

 private:
  RegisterJoinPtr m_join;
  bool m_last;
};

class ReconcileStep : public DocumentStep {
 public:
  explicit ReconcileStep(RegisterJoinPtr join) : m_join(std::move(join)) {}
  [[nodiscard]] std::string_view name() const override { return "reconcile"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::here; }
  void run(Document& document) override { m_join->join_by_page(document); }
  // One that failed since the join; those that came so were taken account of there.
  void pass(const Document& document) override {
    if (document.status() == Status::failed && !document.passes_by()) {
      m_join->account(document);
    }
  }
  [[nodiscard]] std::string remark() const override { return remark_of(*m_join); }

 private:
  RegisterJoinPtr m_join;
};

}  // namespace

std::string remark_of(const RegisterJoin& join) {
  const std::string& file = join.joined().name();
  std::string text;
  if (const std::vector<std::string> rows = join.missing(); !rows.empty()) {
    std::string names;
    for (std::size_t i = 0; i < rows.size() && i < max_names; ++i) {
      names += (i == 0 ? "" : ", ") + rows[i];
    }
    if (rows.size() > max_names) {
      names += " and " + std::to_string(rows.size() - max_names) + " more";
    }
    text = counted(rows.size(), "row") + " of " + file + (rows.size() == 1 ? " has" : " have") + " no scan: " + names +
           ".";
  }
  std::map<std::string, std::size_t> counts;
  for (const ListedFinding& one : join.findings()) {
    ++counts[one.finding.finding];
  }
  std::string rest;
  struct Word {
    const char* finding;
    const char* one;
    const char* several;
  };
  constexpr std::array words{Word{"surplus-scan", "scan without a row", "scans without a row"},
                             Word{"double-scan", "double scan", "double scans"},
                             Word{"ambiguous", "scan that several rows fit", "scans that several rows fit"},
                             Word{"keys-differ", "barcode against a name", "barcodes against a name"},
                             Word{"pages-differ", "other number of pages", "other numbers of pages"},
                             Word{"field-differs", "other value", "other values"}};
  for (const Word& word : words) {
    if (const std::size_t count = counts[word.finding]; count > 0) {
      rest += (rest.empty() ? "" : ", ") + std::to_string(count) + " " + (count == 1 ? word.one : word.several);
    }
  }
  return rest.empty() ? text : text + (text.empty() ? "" : " ") + file + " and the scans differ: " + rest + ".";
}

void reconcile(const RegisterJoin& join, const fs::path& file, Console& console) {
  const std::vector<ListedFinding> findings = join.findings();
  write_reconciliation(file, findings);
  console.say(Severity::info, "reconciliation: " + counted(findings.size(), "finding") + " on " +
                                  counted(join.joined().rows().size(), "row") + " of " + join.joined().name() + ", " +
                                  file.string());
}

ExitStatus reconciled(ExitStatus status, const RegisterJoinPtr& join, const std::string& file) {
  if (!file.empty() && join != nullptr && status != ExitStatus::interrupted && status != ExitStatus::terminated) {
    write_reconciliation(file, join->findings());
  }
  return status;
}

RegisterJoinPtr open_register(const IngestOptions& options, const Profile& profile, CatalogDoor catalog) {
  if (options.register_file.empty()) {
    return nullptr;
  }
  RegisterMemory memory;
  if (catalog) {
    memory.record = [catalog](const std::string& id) {
      return catalog().delivered(id) ? catalog().document(id) : std::nullopt;
    };
    memory.holders = [catalog](const std::string& key) { return catalog().delivered_of_row(key); };
    memory.note = [catalog](const std::vector<std::string>& keys, const std::string& id) {
      Transaction whole = catalog().transaction();
      for (const std::string& key : keys) {
        catalog().note_row(key, id);
      }
      whole.commit();
    };
  }
  return std::make_shared<RegisterJoin>(Register(read_table(options.register_file, options.register_sheet), profile),
                                        profile, std::move(memory));
}

std::size_t note_register(const fs::path& file, const std::vector<RegisterRow>& rows, const CatalogPlace& place,
                          const Profile& profile) {
  const std::vector<ReceivedDossier> dossiers = received_dossiers(rows, profile);
  return dossiers.empty() ? 0 : note_received(place, dossiers, to_nfc(file.filename().string()), sha256_of_file(file));
}

StepPtr make_register_step(RegisterJoinPtr join, bool last) {
  return std::make_unique<RegisterStep>(std::move(join), last);
}

StepPtr make_reconcile_step(RegisterJoinPtr join) { return std::make_unique<ReconcileStep>(std::move(join)); }

}  // namespace sohoa
