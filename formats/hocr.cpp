// SPDX-License-Identifier: Apache-2.0
#include "formats/hocr.hpp"

#include "core/text.hpp"
#include "core/version.hpp"
#include "formats/pixel_box.hpp"
#include "formats/xml_writer.hpp"

#include <algorithm>
#include <iomanip>
#include <locale>
#include <sstream>

namespace sohoa {
namespace {

std::string bbox(const Box& box) {
  const PixelBox b(box);
  return "bbox " + std::to_string(b.left) + " " + std::to_string(b.top) + " " + std::to_string(b.right) + " " +
         std::to_string(b.bottom);
}

// hOCR 1.2, property baseline: slope and offset of the line, seen from the lower left corner of its box, y down.
std::string baseline(const OcrLine& line) {
  const double width = line.box.right - line.box.left;
  const double slope = width > 0 ? (line.baseline_right - line.baseline_left) / width : 0;
  const long offset = std::lround(line.baseline_left) - PixelBox(line.box).bottom;
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << "; baseline " << std::setprecision(3) << std::fixed << (std::abs(slope) < 0.0005 ? 0.0 : slope) << " "
       << offset;
  return text.str();
}

// The property's value stands in double quotes and knows no escape.
std::string image_name(std::string name) {
  std::replace(name.begin(), name.end(), '"', '\'');
  return name;
}

XmlAttributes attributes(const char* kind, const std::string& id, const std::string& title) {
  return {{"class", kind}, {"id", id}, {"title", title}};
}

void write_line(XmlWriter& xml, const OcrLine& line, const std::string& number) {
  xml.open("span", attributes("ocr_line", "line" + number, bbox(line.box) + baseline(line)));
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    const OcrWord& word = line.words[i];
    const long percent = std::clamp(std::lround(word.confidence * 100), 0L, 100L);
    xml.text("span",
             attributes("ocrx_word", "word" + numbered(number, i + 1),
                        bbox(word.box) + "; x_wconf " + std::to_string(percent)),
             word.text);
  }
  xml.close();
}

void write_block(XmlWriter& xml, const OcrBlock& block, const std::string& number) {
  xml.open("div", attributes("ocr_carea", "block" + number, bbox(block.box)));
  xml.open("p", attributes("ocr_par", "par" + number, bbox(block.box)));
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    write_line(xml, block.lines[i], numbered(number, i + 1));
  }
  xml.close();
  xml.close();
}

}  // namespace

std::string hocr_head(const SidecarHead& head) {
  XmlWriter xml(1);
  xml.open("head");
  xml.text("title", {}, head.source);
  xml.empty("meta", {{"http-equiv", "Content-Type"}, {"content", "text/html; charset=utf-8"}});
  xml.empty("meta", {{"name", "ocr-system"}, {"content", "sohoa " + std::string(version) + " (" + head.engine + ")"}});
  xml.empty("meta", {{"name", "ocr-capabilities"},
                     {"content", "ocr_page ocr_carea ocr_par ocr_line ocr_image ocrx_word ocrp_wconf"}});
  xml.empty("meta", {{"name", "document"}, {"content", head.document_id}});
  xml.close();
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<html xmlns=\"http://www.w3.org/1999/xhtml\">\n" +
         std::move(xml).take() + " <body>\n";
}

std::string hocr_page(const SidecarPage& page) {
  XmlWriter xml(2);
  const std::string number = numbered("", page.number);
  const Box whole{0, 0, static_cast<double>(page.text.width), static_cast<double>(page.text.height)};
  XmlAttributes about = attributes(
      "ocr_page", "page" + number,
      "image \"" + image_name(page.image) + "\"; " + bbox(whole) + "; ppageno " + std::to_string(page.number - 1));
  if (const std::string language = language_code(page.text.language); !language.empty()) {
    about.emplace_back("lang", language);
    about.emplace_back("xml:lang", language);
  }
  xml.open("div", about);
  for (std::size_t i = 0; i < page.text.blocks.size(); ++i) {
    write_block(xml, page.text.blocks[i], numbered(number, i + 1));
  }
  for (std::size_t i = 0; i < page.text.marks.size(); ++i) {
    const OcrMark& mark = page.text.marks[i];
    xml.empty("div", attributes("ocr_image", "mark" + numbered(number, i + 1),
                                bbox(mark.box) + "; x_type " + name_of(mark.kind)));
  }
  xml.close();
  return std::move(xml).take();
}

}  // namespace sohoa
