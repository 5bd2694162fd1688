// SPDX-License-Identifier: Apache-2.0
// The document record sohoa/document/1: one JSON object, one line of a stream. A step reads
// what it needs and adds its part; keys it does not know pass through untouched.
//
//   schema, id, source, dossier, pages, fields, code, pdf, sidecars, signatures, status, problems, history
//
// core/document.schema.json describes every key.
#pragma once

#include "core/error.hpp"
#include "core/json.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

inline constexpr std::string_view document_schema = "sohoa/document/1";

enum class Severity { info, warning, error };

// Something a person should know. `page` counts from 1; nothing means the whole document.
struct Problem {
  Severity severity = Severity::error;
  std::string id;
  std::string message;
  std::string remedy;
  std::optional<std::size_t> page;
};

// The first of the record's problems that is an error, or null.
Json first_error(const Json& record);
Problem problem_of(const Error& error, std::optional<std::size_t> page = std::nullopt);
Json to_json(const Problem& problem);

// One scanned page as it lies in the inbox: `source.pages[]` of the record.
struct SourcePage {
  std::string file;       // path as ingest met it
  std::size_t index = 0;  // page in the file, from 0
  std::string sha256;     // of the file's bytes; of "<digest>#<index>" in a file of several pages
  std::string format;     // tiff | jpeg | png | pdf, or of a PDF that is kept as it is: see below
  std::size_t width = 0;  // pixels, upright as the file's own orientation tag wants it
  std::size_t height = 0;
  double dpi_x = 0;  // dots per inch; 0 when the file does not say
  double dpi_y = 0;
  std::string colour;  // bitonal | grey | colour
};

// The format of a page of a PDF that is kept as it is says where its text comes from: pdf-text (it has some of its
// own), pdf-image (it shows a scan, which is recognized), pdf-both (a scan with some text laid over it), pdf-none.
inline bool is_carried(const SourcePage& page) { return page.format.starts_with("pdf-"); }
inline bool has_own_text(const SourcePage& page) { return page.format == "pdf-text" || page.format == "pdf-both"; }
inline bool shows_scan(const SourcePage& page) { return page.format != "pdf-text" && page.format != "pdf-none"; }

Json to_json(const SourcePage& page);
// Throws Error(ExitStatus::input) naming the key that is missing or of the wrong type.
SourcePage source_page_from(const Json& json);

// known: the archive has the same scans already, so nothing more is done.
enum class Status { ok, warning, failed, quarantined, known };

class Document {
 public:
  // An empty record of that source: {"path": path, "kind": kind}. kind: folder | file | line.
  static Document of_source(std::string path, std::string kind);
  // Takes a record that another process made; throws what check_record() throws.
  explicit Document(Json record);
  // The document of one line of a stream. A line that is no record gives a failed document with the problem; `place`
  // ("line 3 of the standard input") names it when its own source does not.
  static Document of_line(std::string line, const std::string& place);

  [[nodiscard]] const Json& record() const noexcept { return m_record; }
  Json& record() noexcept {
    m_line.clear();
    return m_record;
  }
  // The record on one line. One that came as a line, failed already, leaves in the very bytes in which it came.
  [[nodiscard]] std::string line() const;
  // True when it came as a line, failed (quarantined, known) already, and nobody changed it.
  [[nodiscard]] bool passes_by() const noexcept { return !m_line.empty(); }

  [[nodiscard]] std::string id() const;
  // The name people know it by: source path, or the id.
  [[nodiscard]] std::string name() const;
  [[nodiscard]] Status status() const;
  // ok or warning. Failed, quarantined and known documents flow on untouched.
  [[nodiscard]] bool alive() const;

  [[nodiscard]] std::size_t page_count() const;
  [[nodiscard]] SourcePage source_page(std::size_t page) const;
  Json& page(std::size_t page);
  [[nodiscard]] const Json& page(std::size_t page) const;
  // Sets source.pages, as many empty `pages`, and the id: SHA-256 over the ordered page digests.
  void set_source_pages(const std::vector<SourcePage>& pages);

  // fields.<name>.value, or "" when unknown.
  [[nodiscard]] std::string field(std::string_view name) const;
  void set_field(std::string_view name, std::string value, double confidence, std::string origin);

  // A warning raises ok to warning. An error on the document, or fail(), makes it failed.
  void add_problem(const Problem& problem);
  void fail(const Error& error, std::optional<std::size_t> page = std::nullopt);
  void set_status(Status status);

 private:
  Json m_record;
  std::string m_line;  // as it came, while it passes by
};

std::string_view to_string(Status status);
std::string_view to_string(Severity severity);
// The other way; an error for any other word.
Severity severity_of(std::string_view word);

// The id of a document with these page digests, in order.
std::string document_id(const std::vector<std::string>& page_digests);

}  // namespace sohoa
