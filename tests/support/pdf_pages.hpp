// SPDX-License-Identifier: Apache-2.0
// Small pages for tests of the PDF writer.
#pragma once

#include "formats/pdf_writer.hpp"

#include <sstream>
#include <string>
#include <vector>

namespace sohoa::test {

// A zlib stream (RFC 1950) of one stored block: at most 65535 bytes.
inline std::string stored_zlib(const std::string& bytes) {
  const auto put = [](std::string& out, std::size_t byte) { out += static_cast<char>(byte & 0xFFU); };
  std::string out("\x78\x01\x01", 3);
  for (const std::size_t length : {bytes.size(), ~bytes.size()}) {
    put(out, length);
    put(out, length >> 8U);
  }
  out += bytes;
  std::size_t a = 1;
  std::size_t b = 0;
  for (const char byte : bytes) {
    a = (a + static_cast<unsigned char>(byte)) % 65521;
    b = (b + a) % 65521;
  }
  put(out, b >> 8U);
  put(out, b);
  put(out, a >> 8U);
  put(out, a);
  return out;
}

// A page of `samples`, 8 bits each.
inline PdfPage page_of(const std::string& samples, int width, int height, double dpi,
                       EncodedImage::Colour colour = EncodedImage::Colour::grey) {
  PdfPage page;
  page.image.colour = colour;
  page.image.width = width;
  page.image.height = height;
  page.image.data = stored_zlib(samples);
  page.dpi_x = dpi;
  page.dpi_y = dpi;
  return page;
}

// An A4 page at 10 dpi (83 x 117 pixels) of white: a pixel is 7.2 points.
inline PdfPage white_page() { return page_of(std::string(83 * 117, '\xFF'), 83, 117, 10); }

// A line of words from `left` on, all glyphs `advance` wide and a blank as wide between them.
inline OcrLine line_of(const std::string& text, double left, double top, double height, double advance) {
  OcrLine line;
  std::istringstream in(text);
  double x = left;
  for (std::string word; in >> word;) {
    std::size_t letters = 0;
    for (const char byte : word) {
      letters += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1U : 0U;
    }
    const double right = x + advance * static_cast<double>(letters);
    line.words.push_back({word, 0.9, {x, top, right, top + height}});
    x = right + advance;
  }
  line.box = {left, top, x - advance, top + height};
  line.baseline_left = line.baseline_right = top + 0.8 * height;
  return line;
}

inline PdfMetadata sample_metadata() {
  PdfMetadata metadata;
  metadata.title = "Quyết định 12/QĐ-UBND";
  metadata.author = "Ủy ban nhân dân tỉnh";
  metadata.subject = "V/v \"số hóa\" <hồ sơ> & (lưu trữ)";
  metadata.language = "vi";
  metadata.creator = "sohoa 0.1.0";
  metadata.result_code = "038090001234.KQ.G15.000031.12/2023.01";
  metadata.dossier = "H56.01-230512-0001";
  metadata.document_id = std::string(64, 'a');
  metadata.issued_date = "2023-05-12";
  metadata.created = Time(std::chrono::seconds(1795449909));
  return metadata;
}

}  // namespace sohoa::test
