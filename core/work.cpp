// SPDX-License-Identifier: Apache-2.0
#include "core/work.hpp"

#include "core/atomic_file.hpp"
#include "core/digest.hpp"
#include "core/version.hpp"

#include <utility>

namespace sohoa {
namespace {

constexpr std::uint64_t max_artefact_bytes = std::uint64_t{64} << 20U;

// Keys of a patch that hold paths of kept files.
constexpr const char* path_keys[] = {"ocr", "image"};

}  // namespace

Work::Work(fs::path folder) : m_folder(std::move(folder)) {}

Artefact Work::artefact_of(const PageStep& step, const std::string& options, const std::string& document_id,
                           std::size_t page, const SourcePage& source, const Json& record) {
  const Json scan = to_json(source);
  const Json key{
      {"options", options}, {"sha256", source.sha256}, {"dpi", scan.at("dpi")}, {"page", step.depends_on(record)}};
  return {document_id, page, std::string(step.name()), sha256_hex(to_line(key)).substr(0, 16)};
}

fs::path Work::path_of(const Artefact& artefact, std::string_view kind) const {
  std::string number = std::to_string(artefact.page + 1);
  number.insert(0, number.size() < 4 ? 4 - number.size() : 0, '0');
  return m_folder / artefact.document_id /
         ("page-" + number + "-" + artefact.step + "-" + artefact.digest + "." + std::string(kind));
}

std::optional<Json> Work::find(const Artefact& artefact) const {
  const fs::path path = path_of(artefact, "json");
  if (!fs::exists(path)) {
    return std::nullopt;
  }
  try {
    Json patch = parse_json(read_file(path, max_artefact_bytes), path.string());
    for (const char* key : path_keys) {
      const std::string kept = string_of(patch, key);
      if (!kept.empty() && !fs::exists(kept)) {
        return std::nullopt;
      }
    }
    return patch;
  } catch (const Error&) {
    return std::nullopt;  // a damaged artefact is made again
  }
}

void Work::put(const Artefact& artefact, const Json& patch) const {
  static_cast<void>(folder_of(artefact.document_id));
  write_file(path_of(artefact, "json"), to_line(patch) + "\n");
}

std::string Work::keep(const Artefact& artefact, std::string_view kind, std::string_view bytes) const {
  static_cast<void>(folder_of(artefact.document_id));
  const fs::path path = path_of(artefact, kind);
  write_file(path, bytes);
  return path.string();
}

fs::path Work::folder_of(const std::string& document_id) const {
  fs::path folder = m_folder / document_id;
  make_directories(folder);
  return folder;
}

void Work::forget(const std::string& document_id) const {
  boost::system::error_code ignored;  // what cannot be removed is only wasted space
  if (!document_id.empty()) {
    fs::remove_all(m_folder / document_id, ignored);
  }
}

std::string options_digest(const Step& step) {
  return sha256_hex(std::string(step.name()) + "\n" + std::string(version) + "\n" + to_line(step.options()))
      .substr(0, 16);
}

}  // namespace sohoa
