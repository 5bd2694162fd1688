// SPDX-License-Identifier: Apache-2.0
#include "formats/exif.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace sohoa {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view bytes) : m_bytes(bytes), m_little(bytes.substr(0, 1) == "I") {}
  [[nodiscard]] std::uint32_t number(std::size_t at, std::size_t size) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t from = m_little ? at + size - 1 - i : at + i;
      value = value << 8U | (from < m_bytes.size() ? static_cast<unsigned char>(m_bytes[from]) : 0U);
    }
    return value;
  }
  [[nodiscard]] double rational(std::size_t at) const {
    const std::uint32_t below = number(at + 4, 4);
    return below == 0 ? 0 : static_cast<double>(number(at, 4)) / below;
  }

 private:
  std::string_view m_bytes;
  bool m_little;
};

}  // namespace

Exif read_exif(std::string_view tiff) {
  const Reader reader(tiff);
  Exif exif;
  std::uint32_t unit = 2;
  const std::size_t directory = reader.number(4, 4);
  const std::size_t entries = std::min(reader.number(directory, 2), 200U);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    const std::uint32_t value = reader.number(entry + 8, 2);
    switch (reader.number(entry, 2)) {
      case 0x0112:
        exif.orientation = value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
        break;
      case 0x011A:
        exif.dpi_x = reader.rational(reader.number(entry + 8, 4));
        break;
      case 0x011B:
        exif.dpi_y = reader.rational(reader.number(entry + 8, 4));
        break;
      case 0x0128:
        unit = value;
        break;
      default:
        break;
    }
  }
  const double factor = unit == 2 ? 1 : unit == 3 ? 2.54 : 0;
  exif.dpi_x *= factor;
  exif.dpi_y *= factor;
  return exif;
}

}  // namespace sohoa
