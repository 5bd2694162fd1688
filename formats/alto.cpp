// SPDX-License-Identifier: Apache-2.0
#include "formats/alto.hpp"

#include "core/version.hpp"
#include "formats/pixel_box.hpp"
#include "formats/xml_writer.hpp"

#include <algorithm>

namespace sohoa {
namespace {

XmlAttributes place(const Box& box) {
  const PixelBox b(box);
  return {{"HPOS", std::to_string(b.left)},
          {"VPOS", std::to_string(b.top)},
          {"WIDTH", std::to_string(b.right - b.left)},
          {"HEIGHT", std::to_string(b.bottom - b.top)}};
}

XmlAttributes with_id(const std::string& id, XmlAttributes attributes) {
  attributes.insert(attributes.begin(), {"ID", id});
  return attributes;
}

std::string share(double value) {
  const long thousandths = std::clamp(std::lround(value * 1000), 0L, 1000L);
  const std::string digits = std::to_string(thousandths + 1000).substr(1);
  return (thousandths == 1000 ? "1." : "0.") + digits;
}

// The blank between two words, as wide as the gap between them.
void write_space(XmlWriter& xml, const OcrWord& left, const OcrWord& right) {
  const PixelBox from(left.box);
  const PixelBox to(right.box);
  xml.empty("SP", {{"HPOS", std::to_string(from.right)},
                   {"VPOS", std::to_string(from.top)},
                   {"WIDTH", std::to_string(std::max(0L, to.left - from.right))}});
}

void write_line(XmlWriter& xml, const OcrLine& line, const std::string& number) {
  XmlAttributes attributes = with_id("line" + number, place(line.box));
  const PixelBox box(line.box);
  attributes.emplace_back("BASELINE", std::to_string(box.left) + "," + std::to_string(std::lround(line.baseline_left)) +
                                          " " + std::to_string(box.right) + "," +
                                          std::to_string(std::lround(line.baseline_right)));
  xml.open("TextLine", attributes);
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    const OcrWord& word = line.words[i];
    if (i > 0) {
      write_space(xml, line.words[i - 1], word);
    }
    XmlAttributes string = with_id("string" + numbered(number, i + 1), place(word.box));
    string.emplace_back("WC", share(word.confidence));
    string.emplace_back("CONTENT", word.text);
    xml.empty("String", string);
  }
  xml.close();
}

void write_block(XmlWriter& xml, const OcrBlock& block, const std::string& number, const std::string& language) {
  XmlAttributes attributes = with_id("block" + number, place(block.box));
  if (!language.empty()) {
    attributes.emplace_back("LANG", language);
  }
  xml.open("TextBlock", attributes);
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    // The schema has no line without a word.
    if (!block.lines[i].words.empty()) {
      write_line(xml, block.lines[i], numbered(number, i + 1));
    }
  }
  xml.close();
}

}  // namespace

std::string alto_head(const SidecarHead& head) {
  XmlWriter xml(2);
  xml.open("Description");
  xml.text("MeasurementUnit", {}, "pixel");
  xml.open("sourceImageInformation");
  xml.text("fileName", {}, head.source);
  xml.text("documentIdentifier", {}, head.document_id);
  xml.close();
  // Deprecated since 4.0 for Processing, which 4.0 itself got wrong; this one is valid in every 4.x.
  xml.open("OCRProcessing", {{"ID", "ocr"}});
  xml.open("ocrProcessingStep");
  xml.open("processingSoftware");
  xml.text("softwareName", {}, "sohoa");
  xml.text("softwareVersion", {}, version);
  xml.text("applicationDescription", {}, head.engine);
  xml.close();
  xml.close();
  xml.close();
  xml.close();
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\" SCHEMAVERSION=\"4.2\">\n" +
         std::move(xml).take() + "  <Layout>\n";
}

std::string alto_page(const SidecarPage& page) {
  XmlWriter xml(4);
  const std::string number = numbered("", page.number);
  const std::string width = std::to_string(page.text.width);
  const std::string height = std::to_string(page.text.height);
  XmlAttributes about{
      {"ID", "page" + number}, {"PHYSICAL_IMG_NR", std::to_string(page.number)}, {"WIDTH", width}, {"HEIGHT", height}};
  if (page.text.word_count() > 0) {
    about.emplace_back("PC", share(page.text.confidence()));
  }
  xml.open("Page", about);
  xml.open("PrintSpace", {{"HPOS", "0"}, {"VPOS", "0"}, {"WIDTH", width}, {"HEIGHT", height}});
  for (std::size_t i = 0; i < page.text.blocks.size(); ++i) {
    write_block(xml, page.text.blocks[i], numbered(number, i + 1), language_code(page.text.language));
  }
  for (std::size_t i = 0; i < page.text.marks.size(); ++i) {
    const OcrMark& mark = page.text.marks[i];
    XmlAttributes illustration = with_id("mark" + numbered(number, i + 1), place(mark.box));
    illustration.emplace_back("TYPE", name_of(mark.kind));
    xml.empty("Illustration", illustration);
  }
  xml.close();
  xml.close();
  return std::move(xml).take();
}

}  // namespace sohoa
