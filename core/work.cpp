// SPDX-License-Identifier: Apache-2.0
#include "core/work.hpp"

#include "core/atomic_file.hpp"
#include "core/digest.hpp"
#include "core/version.hpp"

#include <utility>

namespace sohoa {
namespace {

constexpr std::uint64_t max_artefact_bytes = std::uint64_t{64} << 20U;

// Keys of a patch that hold paths of kept files. They are written without their folder, which may be moved.
constexpr const char* path_keys[] = {"ocr", "image"};

bool is_there(const fs::path& path) {
  boost::system::error_code code;
  return fs::exists(path, code);
}

void publish(const fs::path& path, std::string_view bytes) {
  const auto write = [&] {
    AtomicFile file(path);
    file.write(bytes);
    file.appear();
  };
  make_directories(path.parent_path());
  try {
    write();
  } catch (const Error&) {
    if (is_there(path.parent_path())) {
      throw;
    }
    make_directories(path.parent_path());  // somebody removed the work folder meanwhile
    write();
  }
}

}  // namespace

Work::Work(fs::path folder) : m_folder(std::move(folder)) {}

Artefact Work::artefact_of(const PageStep& step, const std::string& options, const SourcePage& source,
                           const Json& record) {
  const Json scan = to_json(source);
  Json key{{"options", options}, {"sha256", source.sha256}, {"dpi", scan.at("dpi")}, {"page", step.depends_on(record)}};
  if (is_carried(source)) {  // the same page may have been read as a scan
    key["format"] = source.format;
  }
  return {source.sha256, std::string(step.name()), sha256_hex(to_line(key)).substr(0, 32)};
}

fs::path Work::folder_of(const std::string& scan) const { return m_folder / scan.substr(0, 2) / scan; }

fs::path Work::path_of(const Artefact& artefact, std::string_view kind) const {
  return folder_of(artefact.scan) / (artefact.step + "-" + artefact.key + "." + std::string(kind));
}

std::optional<Json> Work::find(const Artefact& artefact) const {
  if (m_folder.empty()) {
    return std::nullopt;
  }
  const fs::path path = path_of(artefact, "json");
  if (!is_there(path)) {
    return std::nullopt;
  }
  try {
    Json patch = parse_json(read_file(path, max_artefact_bytes), path.string());
    for (const char* key : path_keys) {
      if (const std::string kept = string_of(patch, key); !kept.empty()) {
        const fs::path file = path.parent_path() / kept;
        if (!is_there(file)) {
          return std::nullopt;
        }
        patch[key] = file.string();
      }
    }
    return patch.is_object() ? std::optional(std::move(patch)) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;  // a damaged artefact is made again
  }
}

void Work::put(const Artefact& artefact, const Json& patch) const {
  if (m_folder.empty()) {
    return;
  }
  Json kept = patch;
  for (const char* key : path_keys) {
    if (const std::string path = string_of(kept, key); !path.empty()) {
      kept[key] = fs::path(path).filename().string();
    }
  }
  publish(path_of(artefact, "json"), to_line(kept) + "\n");
}

std::string Work::keep(const Artefact& artefact, std::string_view kind, std::string_view bytes) const {
  const fs::path path = path_of(artefact, kind);
  publish(path, bytes);
  return path.string();
}

void Work::forget(const std::string& scan) const {
  boost::system::error_code ignored;  // what cannot be removed is only wasted space
  if (!scan.empty()) {
    fs::remove_all(folder_of(scan), ignored);
  }
}

void WorkKeeper::take(const Document& document) {
  for (std::size_t page = 0; page < document.page_count(); ++page) {
    ++m_scans[document.source_page(page).sha256];
  }
}

void WorkKeeper::release(const Document& document) {
  for (std::size_t page = 0; page < document.page_count(); ++page) {
    const auto scan = m_scans.find(document.source_page(page).sha256);
    if (scan != m_scans.end() && --scan->second == 0) {
      m_work.forget(scan->first);
      m_scans.erase(scan);
    }
  }
}

void WorkKeeper::drop(const Document& document) const {
  for (std::size_t page = 0; page < document.page_count(); ++page) {
    const auto scan = m_scans.find(document.source_page(page).sha256);
    if (scan == m_scans.end() || scan->second == 1) {
      m_work.forget(document.source_page(page).sha256);
    }
  }
}

std::string options_digest(const Step& step) {
  return sha256_hex(std::string(step.name()) + "\n" + std::string(version) + "\n" + to_line(step.options()))
      .substr(0, 16);
}

}  // namespace sohoa
