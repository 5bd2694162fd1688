// SPDX-License-Identifier: Apache-2.0
// A PDF as PoDoFo parses it, with questions that hostile files cannot turn against the asker:
// references are followed a bounded number of times, trees a bounded depth, streams a bounded size.
#pragma once

#include "core/error.hpp"
#include "core/fs.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <podofo/podofo.h>

namespace sohoa {

// Attributes that a page inherits (ISO 32000-1, 7.7.3.4) come resolved; null when nobody sets them.
struct PdfPageNode {
  const PoDoFo::PdfObject* page = nullptr;
  const PoDoFo::PdfObject* media_box = nullptr;
  const PoDoFo::PdfObject* crop_box = nullptr;
  const PoDoFo::PdfObject* rotate = nullptr;
  const PoDoFo::PdfObject* resources = nullptr;
};

class PdfReader {
 public:
  // Objects are read when they are asked for. Throws Error(ExitStatus::input): pdf-unreadable,
  // pdf-corrupt, pdf-encrypted (with an empty passphrase, too: an archive copy may not be).
  explicit PdfReader(const fs::path& file);
  // The same of the file's first `size` bytes: an earlier revision of it.
  PdfReader(const fs::path& file, std::uint64_t size);
  PdfReader(const PdfReader&) = delete;
  PdfReader& operator=(const PdfReader&) = delete;
  ~PdfReader();

  [[nodiscard]] const fs::path& path() const { return m_path; }
  // The newest cross-reference section is a stream (ISO 32000-1, 7.5.8).
  [[nodiscard]] bool has_xref_stream() const { return m_parser->HasXRefStream(); }
  [[nodiscard]] const PoDoFo::PdfObject& trailer() const { return *m_parser->GetTrailer(); }
  [[nodiscard]] const PoDoFo::PdfVecObjects& objects() const { return m_objects; }
  // Throws Error(ExitStatus::input, "pdf-corrupt") when there is none.
  [[nodiscard]] const PoDoFo::PdfObject& catalog() const;

  // The object behind a reference, or the object itself; null for null and for dangling references.
  [[nodiscard]] const PoDoFo::PdfObject* resolve(const PoDoFo::PdfObject* object) const;
  // The resolved value of a key; null when `object` is no dictionary or lacks the key.
  [[nodiscard]] const PoDoFo::PdfObject* get(const PoDoFo::PdfObject* object, const char* key) const;
  // The same, but null unless it is of that kind.
  [[nodiscard]] const PoDoFo::PdfObject* dictionary(const PoDoFo::PdfObject* object, const char* key) const;
  [[nodiscard]] const PoDoFo::PdfObject* array(const PoDoFo::PdfObject* object, const char* key) const;
  // The number behind it, whole or real; nothing when it is none.
  [[nodiscard]] std::optional<double> number(const PoDoFo::PdfObject* object) const;
  // "" unless it is a name.
  [[nodiscard]] std::string name(const PoDoFo::PdfObject* object, const char* key) const;
  // UTF-8; "" unless it is a string.
  [[nodiscard]] std::string text(const PoDoFo::PdfObject* object, const char* key) const;

  // In reading order; a page that hangs in the tree twice is listed once.
  [[nodiscard]] std::vector<PdfPageNode> pages() const;

  // The decoded stream; throws Error(ExitStatus::input, "pdf-too-large") beyond `max_bytes`.
  [[nodiscard]] std::string stream(const PoDoFo::PdfObject& object, std::uint64_t max_bytes) const;

  [[nodiscard]] Error corrupt(const std::string& what) const;

 private:
  struct Bytes;  // of the file, or of its beginning, in memory

  explicit PdfReader(fs::path file, std::unique_ptr<Bytes> bytes);

  fs::path m_path;
  std::unique_ptr<Bytes> m_bytes;  // null: PoDoFo reads the file
  PoDoFo::PdfVecObjects m_objects;
  std::unique_ptr<PoDoFo::PdfParser> m_parser;
};

// Runs `work`, and turns what PoDoFo throws into Error(ExitStatus::input, "pdf-corrupt").
void with_podofo(const fs::path& file, const std::function<void()>& work);

}  // namespace sohoa
