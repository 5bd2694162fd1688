// SPDX-License-Identifier: Apache-2.0
#include "cli/steps.hpp"
#include "core/atomic_file.hpp"
#include "core/digest.hpp"
#include "core/heartbeat.hpp"
#include "core/naming.hpp"
#include "core/recognizer.hpp"
#include "core/text.hpp"
#include "formats/sidecar.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace sohoa {
namespace {

// The formats that were asked for, each once.
std::vector<SidecarFormat> formats_of(const OcrOptions& options) {
  std::vector<SidecarFormat> wanted;
  for (const SidecarFormat& format : sidecar_formats()) {
    if (std::find(options.sidecars.begin(), options.sidecars.end(), format.name) != options.sidecars.end()) {
      wanted.push_back(format);
    }
  }
  return wanted;
}

Json entries_below(const fs::path& base, const std::vector<SidecarFormat>& formats) {
  Json entries = Json::array();
  for (const SidecarFormat& format : formats) {
    entries.push_back(Json{{"format", format.name}, {"path", base.string() + std::string(format.extension)}});
  }
  return entries;
}

class SidecarNamesStep : public DocumentStep {
 public:
  SidecarNamesStep(const OcrOptions& options, fs::path folder)
      : m_formats(formats_of(options)), m_folder(std::move(folder)) {}
  [[nodiscard]] std::string_view name() const override { return "sidecar-names"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::here; }
  void prepare() override { make_directories(m_folder); }

  void run(Document& document) override {
    const fs::path base = m_folder == "." ? fs::path(name_for(document)) : m_folder / name_for(document);
    document.record()["sidecars"] = entries_below(base, m_formats);
  }

 private:
  std::string name_for(const Document& document) {
    const std::string id = document.id();
    const std::string stem = file_safe(stem_of(document));
    for (const std::string& name : {stem, stem + "-" + id.substr(0, 12)}) {
      if (m_taken.emplace(name, id).first->second == id) {
        return name;
      }
    }
    return stem + "-" + id;
  }

  std::vector<SidecarFormat> m_formats;
  fs::path m_folder;
  std::map<std::string, std::string> m_taken;  // ids by name
};

class SidecarStep : public DocumentStep {
 public:
  SidecarStep(const OcrOptions& options, fs::path folder)
      : m_formats(formats_of(options)), m_folder(std::move(folder)) {}
  [[nodiscard]] std::string_view name() const override { return "sidecar"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::worker; }
  [[nodiscard]] std::vector<fs::path> writes_below() const override {
    return m_folder.empty() ? std::vector<fs::path>() : std::vector{m_folder};
  }

  void run(Document& document) override {
    Json& record = document.record();
    if (const auto pdf = record.find("pdf"); !record.contains("sidecars") && pdf != record.end()) {
      record["sidecars"] = entries_below(fs::path(string_of(*pdf, "path")).replace_extension(), m_formats);
    }
    try {
      write(document);
    } catch (const Error& error) {
      if (error.status() != ExitStatus::input) {
        throw;
      }
      record.erase("sidecars");  // they name what was never written
      document.fail(error);
    }
  }

 private:
  struct File {
    explicit File(const fs::path& path) : target(path) {}
    void write(std::string_view text) {
      target.write(text);
      sha.update(text);
      bytes += text.size();
    }
    AtomicFile target;
    Sha256 sha;
    std::uint64_t bytes = 0;
  };

  void write(Document& document) const {
    Json& entries = document.record().at("sidecars");
    std::vector<std::unique_ptr<File>> files;
    const SidecarHead head{fs::path(document.name()).filename().string(), document.id(), Recognizer::version()};
    for (std::size_t i = 0; i < m_formats.size(); ++i) {
      files.push_back(std::make_unique<File>(string_of(entries.at(i), "path")));
      files[i]->write(m_formats[i].head(head));
    }
    for (std::size_t number = 1; number <= document.page_count(); ++number) {
      beat();
      const SidecarPage page = page_of(document, number);
      for (std::size_t i = 0; i < m_formats.size(); ++i) {
        files[i]->write(m_formats[i].page(page));
      }
    }
    for (std::size_t i = 0; i < m_formats.size(); ++i) {
      files[i]->write(m_formats[i].tail);
      files[i]->target.commit();
      entries.at(i)["sha256"] = files[i]->sha.hex();
      entries.at(i)["bytes"] = files[i]->bytes;
    }
  }

  static SidecarPage page_of(const Document& document, std::size_t number) {
    const SourcePage source = document.source_page(number - 1);
    SidecarPage page{number, fs::path(source.file).filename().string(), {}};
    if (const std::string tree = string_of(document.page(number - 1), "ocr"); !tree.empty()) {
      page.text = load_ocr_page(tree);
    } else {
      page.text.width = static_cast<int>(source.width);
      page.text.height = static_cast<int>(source.height);
    }
    return page;
  }

  std::vector<SidecarFormat> m_formats;
  fs::path m_folder;
};

}  // namespace

StepPtr make_sidecar_names_step(const OcrOptions& options, const fs::path& folder) {
  return std::make_unique<SidecarNamesStep>(options, folder);
}

StepPtr make_sidecar_step(const OcrOptions& options, const fs::path& folder) {
  return std::make_unique<SidecarStep>(options, folder);
}

}  // namespace sohoa
