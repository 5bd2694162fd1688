// SPDX-License-Identifier: Apache-2.0
#include "cli/sign_archive.hpp"

#include "cli/console.hpp"
#include "cli/manifests.hpp"
#include "cli/signed_file.hpp"
#include "cli/stream.hpp"
#include "core/archive.hpp"
#include "core/clock.hpp"
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

struct Words {
  std::string nothing;  // "every document of A is signed"
  std::string done;     // "signed"
};

ExitStatus work_through(const Archive& archive, const CatalogPlace& place, Catalog& catalog, StepPtr step,
                        const std::vector<std::string>& waiting, const Settings& settings, const Profile& profile,
                        const Words& words) {
  std::vector<StepPtr> steps;
  steps.push_back(std::move(step));
  steps.push_back(step_here("record", [&](const Document& document) { catalog.update_document(document); }));
  CatalogSource source(catalog, waiting);
  std::size_t done = 0;
  const ExitStatus status =
      run_stream(steps, source, settings, profile, [&](Console& console, const Document& document) {
        done += document.alive() ? 1U : 0U;
        tell_signing(console, document);
      });
  const std::vector<fs::path> manifests = write_manifests(archive, place, profile, settings, catalog);
  Console console(settings);
  console.say(Severity::info, waiting.empty() ? "nothing to do: " + words.nothing + "."
                                              : std::to_string(done) + " of " + counted(waiting.size(), "document") +
                                                    " of " + archive.root().string() + " " + words.done + ".");
  for (const fs::path& manifest : manifests) {
    console.say(Severity::info, "manifest: " + manifest.string());
  }
  return status;
}

}  // namespace

ExitStatus sign_archive(const fs::path& folder, const SignOptions& options, const Settings& settings,
                        const Profile& profile) {
  if (!Archive::is_at(folder)) {
    throw input_error("no-archive", folder.string() + " is no archive of sohoa run", "name the folder that it filled");
  }
  const Archive archive(folder);
  const CatalogPlace place = catalog_of_archive(archive.root(), settings.catalog, true);
  Catalog catalog(place);
  return work_through(archive, place, catalog, make_sign_step(options, profile, archive.root()),
                      catalog.unsigned_documents(options.role, options.carried == "always"), settings, profile,
                      {"every document of " + folder.string() + " is signed", "signed"});
}

ExitStatus upgrade_archive(const fs::path& folder, const UpgradeOptions& options, const LevelOptions& levels,
                           const Settings& settings, const Profile& profile) {
  const Archive archive(folder);
  const CatalogPlace place = catalog_of_archive(archive.root(), settings.catalog, true);
  Catalog catalog(place);
  const Time renew_before = wall_time() + std::chrono::days(options.renew_within);
  const std::vector<std::string> waiting =
      catalog.documents_below("B-" + options.level, options.level == "LTA" ? iso_utc(renew_before) : "");
  return work_through(archive, place, catalog, make_upgrade_step(options, levels, archive.root()), waiting, settings,
                      profile,
                      {"no signed document of " + folder.string() + " has less than B-" + options.level, "upgraded"});
}

}  // namespace sohoa
