// SPDX-License-Identifier: Apache-2.0
// A PDF file written object by object (ISO 32000-1, 7.5): each leaves memory as soon as it is
// put, the cross-reference table follows at the end. PoDoFo serializes the objects; its own
// streaming writer takes the file identifier from the first objects only and adds an
// indirect length to each stream.
#pragma once

#include "core/atomic_file.hpp"
#include "core/digest.hpp"
#include "formats/pdf_writer.hpp"

#include <string_view>
#include <vector>

#include <podofo/podofo.h>

namespace sohoa {

class PdfOutput {
 public:
  // `version`: "1.4", "1.7". Throws Error(ExitStatus::environment) when `target` cannot be made.
  PdfOutput(const fs::path& target, std::string_view version);

  // The number of an object that will be put later. Each must be put once before finish().
  PoDoFo::PdfReference reserve();
  void put(const PoDoFo::PdfReference& number, const PoDoFo::PdfVariant& value);
  // The bytes go in as they are; /Length is added.
  void put_stream(const PoDoFo::PdfReference& number, PoDoFo::PdfDictionary dictionary, std::string_view bytes);
  // The bytes go in deflated.
  void put_deflated(const PoDoFo::PdfReference& number, PoDoFo::PdfDictionary dictionary, std::string_view bytes);

  // Writes table and trailer, whose /ID is a digest of all bytes before it, and commits the file.
  // `pages` of the result is left to the caller.
  PdfFile finish(const PoDoFo::PdfReference& catalog, const PoDoFo::PdfReference& info);

 private:
  void write(std::string_view bytes);
  void begin(const PoDoFo::PdfReference& number);

  AtomicFile m_file;
  Sha256 m_digest;
  Sha256 m_identifier;
  std::uint64_t m_position = 0;
  std::vector<std::uint64_t> m_offsets;  // of object i + 1
};

}  // namespace sohoa
