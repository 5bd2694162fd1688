// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_filters.hpp"

#include <algorithm>
#include <memory>

using PoDoFo::EPdfFilter;
using PoDoFo::PdfObject;

namespace sohoa {
namespace {

// Stages in between hold coded data; no honest one is larger.
constexpr std::uint64_t k_max_between = std::uint64_t{512} << 20U;

// Takes what it is allowed to and then ends the decoder by an exception, so that a bomb stops where it begins to grow.
class Basin : public PoDoFo::PdfOutputStream {
 public:
  explicit Basin(std::uint64_t max_bytes) : m_max_bytes(max_bytes) {}
  PoDoFo::pdf_long Write(const char* bytes, PoDoFo::pdf_long size) override {
    m_bytes.append(bytes, static_cast<std::size_t>(std::min<std::uint64_t>(static_cast<std::uint64_t>(size), m_max_bytes - m_bytes.size())));
    if (full()) {
      PODOFO_RAISE_ERROR(PoDoFo::ePdfError_OutOfMemory);
    }
    return size;
  }
  void Close() override {}
  [[nodiscard]] bool full() const { return m_bytes.size() >= m_max_bytes; }
  [[nodiscard]] std::string take() { return std::move(m_bytes); }

 private:
  std::uint64_t m_max_bytes;
  std::string m_bytes;
};

std::string undone(EPdfFilter filter, const PoDoFo::PdfDictionary& parameters, const std::string& bytes,
                   std::uint64_t max_bytes) {
  Basin basin(max_bytes);
  const std::unique_ptr<PoDoFo::PdfFilter> decoder(PoDoFo::PdfFilterFactory::Create(filter));
  try {
    decoder->BeginDecode(&basin, &parameters);
    decoder->DecodeBlock(bytes.data(), static_cast<PoDoFo::pdf_long>(bytes.size()));
    decoder->EndDecode();
  } catch (const PoDoFo::PdfError&) {
    // Whoever asked for more than there is finds out by the size: damage and an early end are the same loss.
  }
  return basin.take();
}

EPdfFilter filter_of(const std::string& name) {
  return PoDoFo::PdfFilterFactory::FilterNameToType(PoDoFo::PdfName(name));
}

}  // namespace

PdfEncoding::PdfEncoding(const PdfReader& reader, const PdfObject& stream, const SourcePage& page)
    : m_reader(reader), m_stream(stream) {
  const auto list_of = [&](const char* key) {
    const PdfObject* value = reader.get(&stream, key);
    std::vector<const PdfObject*> list;
    if (value != nullptr && value->IsArray()) {
      for (const PdfObject& entry : value->GetArray()) {
        list.push_back(reader.resolve(&entry));
      }
    } else if (value != nullptr) {
      list.push_back(value);
    }
    return list;
  };
  const std::vector<const PdfObject*> filters = list_of("Filter");
  const std::vector<const PdfObject*> parameters = list_of("DecodeParms");
  const auto refuse = [&](const std::string& what) {
    return bad_page("image-unsupported", page, "its image is " + what,
                    "turn the pages into images with pdftoppm -r 300 -png and put those in the inbox");
  };
  for (std::size_t i = 0; i < filters.size(); ++i) {
    const std::string name = filters[i] != nullptr && filters[i]->IsName() ? filters[i]->GetName().GetName() : "none";
    const PdfObject* own = i < parameters.size() ? parameters[i] : nullptr;
    const EPdfFilter filter = name == "none" ? PoDoFo::ePdfFilter_Crypt : filter_of(name);
    if (filter == PoDoFo::ePdfFilter_JBIG2Decode) {
      throw refuse("coded as JBIG2, which cannot be decoded here");
    }
    const bool codec = filter == PoDoFo::ePdfFilter_DCTDecode || filter == PoDoFo::ePdfFilter_CCITTFaxDecode ||
                       filter == PoDoFo::ePdfFilter_JPXDecode;
    if (filter == PoDoFo::ePdfFilter_None || filter == PoDoFo::ePdfFilter_Crypt || filters.size() > 8 ||
        (codec && i + 1 != filters.size())) {
      throw refuse("coded with filters that cannot be undone here, " + name + " among them");
    }
    if (codec) {
      m_codec = filter == PoDoFo::ePdfFilter_DCTDecode        ? PdfCodec::jpeg
                : filter == PoDoFo::ePdfFilter_CCITTFaxDecode ? PdfCodec::fax
                                                              : PdfCodec::jpx;
      m_parameters = own != nullptr && own->IsDictionary() ? own : nullptr;
      continue;
    }
    Step step;
    step.filter = filter;
    if (own != nullptr && own->IsDictionary()) {
      for (const auto& [key, value] : own->GetDictionary().GetKeys()) {
        const PdfObject* direct = reader.resolve(value);
        if (direct != nullptr && direct->IsNumber()) {
          step.parameters.AddKey(key, *direct);
        }
      }
    }
    m_steps.push_back(std::move(step));
  }
}

std::string PdfEncoding::decode(std::uint64_t max_bytes) const {
  if (!m_stream.HasStream()) {
    throw m_reader.corrupt("an image has no data");
  }
  PoDoFo::PdfMemoryOutputStream raw;
  m_stream.GetStream()->GetCopy(&raw);
  std::string bytes(raw.GetBuffer(), static_cast<std::size_t>(raw.GetLength()));
  for (std::size_t i = 0; i < m_steps.size(); ++i) {
    const bool last = i + 1 == m_steps.size();
    bytes = undone(m_steps[i].filter, m_steps[i].parameters, bytes, last ? max_bytes : std::min(max_bytes, k_max_between));
  }
  bytes.resize(std::min<std::uint64_t>(bytes.size(), max_bytes));
  return bytes;
}

}  // namespace sohoa
