// SPDX-License-Identifier: Apache-2.0
#include "cli/sign_archive.hpp"

#include "cli/console.hpp"
#include "cli/manifests.hpp"
#include "cli/stream.hpp"
#include "core/archive.hpp"
#include "core/error.hpp"
#include "formats/manifest.hpp"

#include <utility>

namespace sohoa {
namespace {

// The records of the catalog, one at a time, as the manifest has them: what the run had in its work folder is gone.
class CatalogSource : public DocumentSource {
 public:
  CatalogSource(Catalog& catalog, std::vector<std::string> ids) : m_catalog(catalog), m_ids(std::move(ids)) {}
  Pull pull(std::optional<Document>& document) override {
    if (m_next == m_ids.size()) {
      return Pull::exhausted;
    }
    const std::string& id = m_ids[m_next++];
    document = Document::of_line(manifest_line(m_catalog.document(id).value_or(Json())), "document " + id);
    return Pull::ready;
  }

 private:
  Catalog& m_catalog;
  const std::vector<std::string> m_ids;
  std::size_t m_next = 0;
};

class RecordStep : public DocumentStep {
 public:
  explicit RecordStep(Catalog& catalog) : m_catalog(catalog) {}
  [[nodiscard]] std::string_view name() const override { return "record"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::here; }
  void run(Document& document) override { m_catalog.update_document(document); }

 private:
  Catalog& m_catalog;
};

}  // namespace

void tell_signed_before(Console& console, const Document& document) {
  const Json problems = document.record().value("problems", Json::array());
  if (document.alive() && !problems.empty() && string_of(problems.back(), "id") == already_signed) {
    console.say(Severity::info, document.name() + ": " + string_of(problems.back(), "message") + ".");
  }
}

ExitStatus sign_archive(const fs::path& folder, const SignOptions& options, const Settings& settings,
                        const Profile& profile) {
  if (!Archive::is_at(folder)) {
    throw input_error("no-archive", folder.string() + " is no archive of sohoa run", "name the folder that it filled");
  }
  const Archive archive(folder);
  Catalog catalog(archive.catalog());
  std::vector<StepPtr> steps;
  steps.push_back(make_sign_step(options, profile, archive.root()));
  steps.push_back(std::make_unique<RecordStep>(catalog));
  const std::vector<std::string> waiting = catalog.unsigned_documents(options.role);
  CatalogSource source(catalog, waiting);
  std::size_t done = 0;
  const ExitStatus status =
      run_stream(steps, source, settings, profile, [&](Console& console, const Document& document) {
        done += document.alive() ? 1U : 0U;
        tell_signed_before(console, document);
      });
  const std::vector<fs::path> manifests = write_manifests(archive, profile, catalog);
  Console console(settings);
  console.say(Severity::info, waiting.empty() ? "nothing to do: every document of " + folder.string() + " is signed."
                                              : std::to_string(done) + " of " + counted(waiting.size(), "document") +
                                                    " of " + folder.string() + " signed.");
  for (const fs::path& manifest : manifests) {
    console.say(Severity::info, "manifest: " + manifest.string());
  }
  return status;
}

}  // namespace sohoa
