// SPDX-License-Identifier: Apache-2.0
// An incremental update (ISO 32000-1, 7.5.6): new and changed objects with their cross-reference
// section, to be put behind the bytes of a file that themselves stay as they are. PoDoFo's own update
// rewrites Info/ModDate, which PDF/A-1 (6.7.3) wants equal in XMP.
#pragma once

#include "formats/pdf_reader.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace sohoa {

class PdfUpdate {
 public:
  // `reader` must outlive it. Throws Error(ExitStatus::input, "pdf-damaged") when the file's end does not
  // lead to its newest cross-reference section, which an update must name.
  explicit PdfUpdate(const PdfReader& reader);

  // The number of an object that is new to the file.
  PoDoFo::PdfReference reserve();
  // Each object may be put once; putting a number that the file has replaces that object.
  void put(const PoDoFo::PdfReference& number, const PoDoFo::PdfVariant& value);
  // Deflated; /Length and /Filter are added.
  void put_stream(const PoDoFo::PdfReference& number, PoDoFo::PdfDictionary dictionary, std::string_view bytes);
  // The same of what deflated() gave.
  void put_deflated(const PoDoFo::PdfReference& number, PoDoFo::PdfDictionary dictionary, std::string_view packed);
  static std::string deflated(std::string_view bytes);
  // An object in PDF's own notation. Returns where `body` begins, in bytes from the beginning of the whole file.
  std::uint64_t put_raw(const PoDoFo::PdfReference& number, std::string_view body);

  // Writes the cross-reference section, a table or a stream as the file has it, and the trailer.
  // Returns the update; nothing may be put afterwards.
  std::string finish();

  // The size of the file that is updated, in bytes.
  [[nodiscard]] std::uint64_t base_size() const { return m_base_size; }

 private:
  void begin(const PoDoFo::PdfReference& number);
  [[nodiscard]] std::uint64_t position() const { return m_base_size + m_bytes.size(); }
  [[nodiscard]] PoDoFo::PdfDictionary trailer() const;
  void write_table();
  void write_stream();

  const PdfReader& m_reader;
  std::uint64_t m_base_size = 0;
  std::uint64_t m_previous = 0;  // offset of the newest cross-reference section
  bool m_as_stream = false;
  std::uint32_t m_next = 0;
  std::string m_bytes;
  struct Place {
    std::uint64_t offset;
    unsigned generation;
  };
  std::map<std::uint32_t, Place> m_places;
};

}  // namespace sohoa
