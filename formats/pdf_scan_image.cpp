// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_scan_image.hpp"

#include "formats/ccitt.hpp"
#include "formats/jp2k.hpp"
#include "formats/jpeg.hpp"
#include "formats/pdf_filters.hpp"
#include "formats/raster.hpp"

#include <algorithm>

using PoDoFo::PdfArray;
using PoDoFo::PdfObject;

namespace sohoa {
namespace {

using Model = SampleKind::Model;

[[noreturn]] void refuse(const SourcePage& page, const std::string& what) {
  throw bad_page("image-unsupported", page, what,
                 "turn the pages into images with pdftoppm -r 300 -png and put those in the inbox");
}

long integer(const PdfReader& reader, const PdfObject* object, const char* key, long otherwise) {
  const PdfObject* value = reader.get(object, key);
  return value != nullptr && value->IsNumber() ? static_cast<long>(value->GetNumber()) : otherwise;
}

bool flag(const PdfReader& reader, const PdfObject* object, const char* key) {
  const PdfObject* value = reader.get(object, key);
  return value != nullptr && value->IsBool() && value->GetBool();
}

// An image XObject and all that is to be known before its samples are.
class Source {
 public:
  Source(const PdfReader& reader, const PdfObject& object, const SourcePage& page, const ScanLimits& limits)
      : m_reader(reader), m_object(object), m_page(page), m_limits(limits), m_encoding(reader, object, page) {
    const long width = integer(reader, &object, "Width", 0);
    const long height = integer(reader, &object, "Height", 0);
    check_page_size(page, static_cast<std::uint64_t>(std::max(width, 0L)),
                    static_cast<std::uint64_t>(std::max(height, 0L)), limits);
    m_width = static_cast<unsigned>(width);
    m_height = static_cast<unsigned>(height);
    if (reader.get(&object, "SMask") != nullptr || reader.get(&object, "Mask") != nullptr) {
      refuse(page, "its image is partly transparent");
    }
    m_stencil = flag(reader, &object, "ImageMask");
    const bool fax = m_encoding.codec() == PdfCodec::fax;
    const long bits = m_stencil || fax ? 1 : integer(reader, &object, "BitsPerComponent", 8);
    m_kind.bits = static_cast<unsigned>(std::clamp(bits, 0L, 99L));
    if (m_kind.bits != 1 && m_kind.bits != 2 && m_kind.bits != 4 && m_kind.bits != 8 && m_kind.bits != 16) {
      refuse(page, "its image has " + std::to_string(bits) + " bits a component");
    }
    if (!m_stencil && m_encoding.codec() != PdfCodec::jpx) {
      set_colours(reader.get(&object, "ColorSpace"));
    }
    read_decode();
  }

  [[nodiscard]] PdfScanImage describe() const {
    PdfScanImage found;
    found.width = m_width;
    found.height = m_height;
    found.colour = colour_of(m_kind);
    switch (m_encoding.codec()) {
      case PdfCodec::jpeg: {
        found.image = jpeg_for_pdf(encoded(), m_page);
        check_jpeg(found.image);
        found.width = static_cast<unsigned>(found.image.width);
        found.height = static_cast<unsigned>(found.image.height);
        check_page_size(m_page, found.width, found.height, m_limits);
        found.image.orientation = 1;
        found.image.inverted = m_kind.inverted;
        if (m_kind.inverted && m_kind.model != Model::cmyk) {
          found.image.data.clear();
        }
        break;
      }
      case PdfCodec::fax:
        if (const FaxCode code = fax_code(); code.k < 0 && !code.byte_aligned && code.width == m_width) {
          found.image.filter = EncodedImage::Filter::ccitt_g4;
          found.image.bits = 1;
          found.image.width = static_cast<int>(m_width);
          found.image.height = static_cast<int>(m_height);
          found.image.one_is_black = fax_black();
          found.image.data = encoded();
        }
        break;
      case PdfCodec::jpx: {
        const Jp2kShape shape = jp2k_shape(encoded(), m_page);
        found.width = static_cast<unsigned>(shape.width);
        found.height = static_cast<unsigned>(shape.height);
        check_page_size(m_page, found.width, found.height, m_limits);
        found.colour = shape.components < 3 ? "grey" : "colour";
        break;
      }
      case PdfCodec::samples:
        break;
    }
    found.image.untouched = !found.image.data.empty() && m_encoding.bare();
    return found;
  }

  [[nodiscard]] PixPtr pixels() const {
    switch (m_encoding.codec()) {
      case PdfCodec::jpeg:
        return decode_jpeg(encoded(), m_page, m_kind.inverted, m_limits.enough_pixels);
      case PdfCodec::jpx:
        return decode_jp2k(encoded(), m_page);
      case PdfCodec::fax: {
        const PixPtr pix = decode_fax(encoded(), fax_code(), m_page);
        SampleKind kind;
        kind.bits = 1;
        kind.inverted = fax_black();
        return pix_of_rows(kind, m_width, m_height, rows_of(*pix));
      }
      default:
        break;
    }
    const std::uint64_t row = (static_cast<std::uint64_t>(m_width) * m_kind.channels() * m_kind.bits + 7) / 8;
    const std::string rows = m_encoding.decode(row * m_height);
    if (rows.size() < row * m_height) {
      throw bad_page(
          "image-truncated", m_page,
          "its samples end after " + std::to_string(rows.size()) + " of " + std::to_string(row * m_height) + " bytes");
    }
    return pix_of_rows(m_kind, m_width, m_height, rows);
  }

 private:
  [[nodiscard]] std::string encoded() const { return m_encoding.decode(m_limits.max_file_bytes); }

  // The model and, of an Indexed space, the palette (ISO 32000-1, 8.6).
  Model model_of(const PdfObject* space) const {
    const PdfArray* parts =
        space != nullptr && space->IsArray() && !space->GetArray().empty() ? &space->GetArray() : nullptr;
    const PdfObject* first = parts != nullptr ? m_reader.resolve(&(*parts)[0]) : space;
    const std::string name = first != nullptr && first->IsName() ? first->GetName().GetName() : "none";
    if (name == "DeviceGray" || name == "CalGray" || name == "G") {
      return Model::grey;
    }
    if (name == "DeviceRGB" || name == "CalRGB" || name == "RGB") {
      return Model::rgb;
    }
    if (name == "DeviceCMYK" || name == "CMYK") {
      return Model::cmyk;
    }
    if (name == "ICCBased" && parts != nullptr && parts->size() > 1) {
      const long inks = integer(m_reader, m_reader.resolve(&(*parts)[1]), "N", 0);
      if (inks == 1 || inks == 3 || inks == 4) {
        return inks == 1 ? Model::grey : inks == 3 ? Model::rgb : Model::cmyk;
      }
    }
    refuse(m_page, "its image has the colour space " + name);
  }

  void set_colours(const PdfObject* space) {
    const PdfArray* parts = space != nullptr && space->IsArray() ? &space->GetArray() : nullptr;
    const PdfObject* first = parts != nullptr && !parts->empty() ? m_reader.resolve(&(*parts)[0]) : nullptr;
    const std::string name = first != nullptr && first->IsName() ? first->GetName().GetName() : "";
    if (name != "Indexed" && name != "I") {
      m_kind.model = model_of(space);
      return;
    }
    if (parts->size() != 4 || m_kind.bits > 8) {
      refuse(m_page, "its image has a colour map that cannot be read");
    }
    SampleKind base;
    base.model = model_of(m_reader.resolve(&(*parts)[1]));
    const PdfObject* table = m_reader.resolve(&(*parts)[3]);
    std::string entries;
    if (table != nullptr && table->HasStream()) {
      entries = m_reader.stream(*table, 65536);
    } else if (table != nullptr && (table->IsString() || table->IsHexString())) {
      entries.assign(table->GetString().GetString(), static_cast<std::size_t>(table->GetString().GetLength()));
    }
    m_kind.model = Model::palette;
    m_kind.palette = palette_of(base, entries);
    const auto is = [&](std::size_t i, std::uint8_t value) {
      return m_kind.palette[i] == std::array<std::uint8_t, 3>{value, value, value};
    };
    if (m_kind.bits == 1 && m_kind.palette.size() >= 2 && ((is(0, 0) && is(1, 255)) || (is(0, 255) && is(1, 0)))) {
      m_kind.model = Model::grey;
      m_kind.inverted = is(0, 255);
    }
  }

  void read_decode() {
    const PdfObject* decode = m_reader.array(&m_object, "Decode");
    if (decode == nullptr || decode->GetArray().empty()) {
      return;
    }
    std::vector<double> values;
    for (const PdfObject& entry : decode->GetArray()) {
      values.push_back(m_reader.number(&entry).value_or(-1));
    }
    const double top = m_kind.model == Model::palette ? (1U << m_kind.bits) - 1 : 1;
    bool usual = true;
    bool inverted = true;
    for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
      usual = usual && values[i] == 0 && values[i + 1] == top;
      inverted = inverted && values[i] == 1 && values[i + 1] == 0;
    }
    if (!usual && (!inverted || m_kind.model == Model::palette)) {
      refuse(m_page, "its image has a decoding that changes its tones");
    }
    m_kind.inverted = m_kind.inverted != inverted;
  }

  void check_jpeg(const EncodedImage& image) const {
    const Model model = image.colour == EncodedImage::Colour::grey  ? Model::grey
                        : image.colour == EncodedImage::Colour::rgb ? Model::rgb
                                                                    : Model::cmyk;
    if (image.data.empty() || model != m_kind.model ||
        integer(m_reader, m_encoding.parameters(), "ColorTransform", 1) == 0) {
      refuse(m_page, "its JPEG and the colour space that the PDF gives it do not agree");
    }
  }

  [[nodiscard]] FaxCode fax_code() const {
    const PdfObject* parameters = m_encoding.parameters();
    const long columns = integer(m_reader, parameters, "Columns", 1728);
    if (m_kind.model != Model::grey || columns != static_cast<long>(m_width)) {
      refuse(m_page, "its fax data and the size or colours that the PDF gives them do not agree");
    }
    return {static_cast<int>(std::clamp(integer(m_reader, parameters, "K", 0), -1L, 1L)),
            flag(m_reader, parameters, "EncodedByteAlign"), m_width, m_height};
  }

  // Whether a black run of the fax code is to be seen black.
  [[nodiscard]] bool fax_black() const {
    return flag(m_reader, m_encoding.parameters(), "BlackIs1") == m_kind.inverted;
  }

  std::vector<std::array<std::uint8_t, 3>> palette_of(const SampleKind& base, const std::string& entries) const;

  const PdfReader& m_reader;
  const PdfObject& m_object;
  const SourcePage& m_page;
  const ScanLimits& m_limits;
  PdfEncoding m_encoding;
  unsigned m_width = 0;
  unsigned m_height = 0;
  bool m_stencil = false;
  SampleKind m_kind;
};

std::vector<std::array<std::uint8_t, 3>> Source::palette_of(const SampleKind& base, const std::string& entries) const {
  std::vector<std::array<std::uint8_t, 3>> palette;
  const std::size_t inks = base.channels();
  for (std::size_t at = 0; at + inks <= entries.size() && palette.size() < 256; at += inks) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(entries[at + (inks == 1 ? 0 : i)]); };
    const unsigned light = inks == 4 ? 255U - byte(3) : 0;
    std::array<std::uint8_t, 3> entry{};
    for (std::size_t i = 0; i < 3; ++i) {
      entry.at(i) = static_cast<std::uint8_t>(inks == 4 ? (255U - byte(i)) * light / 255 : byte(i));
    }
    palette.push_back(entry);
  }
  if (palette.empty()) {
    refuse(m_page, "its image has an empty colour map");
  }
  return palette;
}

}  // namespace

PdfScanImage describe_pdf_image(const PdfReader& reader, const PdfObject& object, const SourcePage& page,
                                const ScanLimits& limits) {
  return Source(reader, object, page, limits).describe();
}

PixPtr pdf_image_pixels(const PdfReader& reader, const PdfObject& object, const SourcePage& page,
                        const ScanLimits& limits) {
  return Source(reader, object, page, limits).pixels();
}

}  // namespace sohoa
