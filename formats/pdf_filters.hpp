// SPDX-License-Identifier: Apache-2.0
// The filters of an image's stream (ISO 32000-1, 7.4): the general ones are undone, the last may be a codec of images.
#pragma once

#include "formats/pdf_reader.hpp"
#include "formats/scan_file.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sohoa {

enum class PdfCodec { samples, jpeg, fax, jpx };

class PdfEncoding {
 public:
  // Throws image-unsupported about that page for JBIG2, Crypt and unknown filters.
  PdfEncoding(const PdfReader& reader, const PoDoFo::PdfObject& stream, const SourcePage& page);

  [[nodiscard]] PdfCodec codec() const { return m_codec; }
  // The codec's /DecodeParms; null when it has none.
  [[nodiscard]] const PoDoFo::PdfObject* parameters() const { return m_parameters; }
  // The codec's data lie in the file as they are.
  [[nodiscard]] bool bare() const { return m_steps.empty(); }
  // The samples, or the data for the codec; cut off at `max_bytes`.
  [[nodiscard]] std::string decode(std::uint64_t max_bytes) const;

 private:
  struct Step {
    PoDoFo::EPdfFilter filter = PoDoFo::ePdfFilter_None;
    PoDoFo::PdfDictionary parameters;  // direct, as PoDoFo wants them
  };
  const PdfReader& m_reader;
  const PoDoFo::PdfObject& m_stream;
  PdfCodec m_codec = PdfCodec::samples;
  const PoDoFo::PdfObject* m_parameters = nullptr;
  std::vector<Step> m_steps;
};

}  // namespace sohoa
