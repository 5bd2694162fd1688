// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_writer.hpp"

#include "core/error.hpp"
#include "formats/icc_profile.hpp"
#include "formats/pdf_font.hpp"
#include "formats/pdf_image.hpp"
#include "formats/pdf_metadata.hpp"
#include "formats/pdf_output.hpp"
#include "formats/pdf_page_matrix.hpp"
#include "formats/pdf_text_layer.hpp"

#include <algorithm>
#include <optional>

using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;
using PoDoFo::PdfString;

namespace sohoa {
namespace {

constexpr std::size_t k_pages_a_node = 500;  // PDF 1.4 allows an array 8191 entries

PdfObject integer(std::size_t value) { return {static_cast<PoDoFo::pdf_int64>(value)}; }

// ASCII stays as it is, which dates and language tags must be; the rest becomes UTF-16.
PdfString string_of(const std::string& utf8) {
  const bool ascii = std::all_of(utf8.begin(), utf8.end(), [](unsigned char byte) { return byte < 0x80; });
  return ascii ? PdfString(utf8) : PdfString(reinterpret_cast<const PoDoFo::pdf_utf8*>(utf8.c_str()));
}

std::string draw_image(const Matrix& matrix) {
  std::string operators = "q\n";
  for (const double entry : {matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f}) {
    operators += pdf_number(entry, 5) + " ";
  }
  return operators + "cm\n/Im0 Do\nQ\n";
}

// An object that is put at the end, if a page has asked for it.
class OnDemand {
 public:
  const PdfReference& number(PdfOutput& output) {
    if (!m_number) {
      m_number = output.reserve();
    }
    return *m_number;
  }
  [[nodiscard]] const std::optional<PdfReference>& asked() const { return m_number; }

 private:
  std::optional<PdfReference> m_number;
};

class PdfWriter {
 public:
  PdfWriter(const fs::path& target, PdfConformance conformance, PdfMetadata metadata)
      : m_conformance(conformance),
        m_metadata(std::move(metadata)),
        m_output(target, conformance == PdfConformance::a1b ? "1.4" : "1.7"),
        m_catalog(m_output.reserve()),
        m_pages(m_output.reserve()) {}

  void add_page(const PdfPage& page) {
    if (m_count % k_pages_a_node == 0) {
      close_node();
      m_node = m_output.reserve();
      m_nodes.push_back(m_node);
    }
    const PagePlacement placement = place_page(page.image, page.dpi_x, page.dpi_y, page.geometry);
    const std::string text = text_layer(page.text, placement, m_font);
    const PdfReference number = m_output.reserve();
    const PdfReference content = m_output.reserve();
    const PdfReference image = m_output.reserve();
    put_page(number, placement, content, resources(image, !text.empty()));
    m_output.put_deflated(content, {}, draw_image(placement.image) + text);
    const PdfObject cmyk =
        page.image.colour == EncodedImage::Colour::cmyk ? PdfObject(cmyk_space()) : PdfObject(PdfName("DeviceCMYK"));
    m_output.put_stream(image, image_dictionary(page.image, cmyk), page.image.data);
    m_kids.push_back(number);
    ++m_count;
  }

  PdfFile finish() {
    close_node();
    if (m_font_number.asked()) {
      m_font.put(m_output, *m_font_number.asked());
    }
    if (m_cmyk_number.asked()) {
      put_profile(*m_cmyk_number.asked(), 4, cmyk_icc_profile());
    }
    m_output.put(m_pages, node(m_nodes, m_count));
    put_catalog();
    const PdfReference info = m_output.reserve();
    PdfDictionary entries;
    for (const auto& [key, value] : info_entries(m_metadata)) {
      entries.AddKey(key, string_of(value));
    }
    m_output.put(info, entries);
    PdfFile file = m_output.finish(m_catalog, info);
    file.pages = m_count;
    return file;
  }

 private:
  static PdfDictionary node(const PdfArray& kids, std::size_t count) {
    PdfDictionary dictionary;
    dictionary.AddKey("Type", PdfName("Pages"));
    dictionary.AddKey("Count", integer(count));
    dictionary.AddKey("Kids", kids);
    return dictionary;
  }

  void close_node() {
    if (!m_kids.empty()) {
      PdfDictionary dictionary = node(m_kids, m_kids.size());
      dictionary.AddKey("Parent", m_pages);
      m_output.put(m_node, dictionary);
      m_kids.Clear();
    }
  }

  void put_page(const PdfReference& number, const PagePlacement& placement, const PdfReference& content,
                const PdfDictionary& resources) {
    PdfArray media_box;
    for (const double side : {0.0, 0.0, placement.width, placement.height}) {
      media_box.push_back(PdfObject(side));
    }
    PdfDictionary dictionary;
    dictionary.AddKey("Type", PdfName("Page"));
    dictionary.AddKey("Parent", m_node);
    dictionary.AddKey("MediaBox", media_box);
    dictionary.AddKey("Resources", resources);
    dictionary.AddKey("Contents", content);
    m_output.put(number, dictionary);
  }

  PdfDictionary resources(const PdfReference& image, bool with_text) {
    PdfDictionary dictionary;
    PdfDictionary images;
    images.AddKey("Im0", image);
    dictionary.AddKey("XObject", images);
    if (with_text) {
      PdfDictionary fonts;
      fonts.AddKey(k_text_font, m_font_number.number(m_output));
      dictionary.AddKey("Font", fonts);
    }
    return dictionary;
  }

  PdfArray cmyk_space() {
    PdfArray space;
    space.push_back(PdfName("ICCBased"));
    space.push_back(m_cmyk_number.number(m_output));
    return space;
  }

  void put_profile(const PdfReference& number, std::size_t components, const std::string& profile) {
    PdfDictionary dictionary;
    dictionary.AddKey("N", integer(components));
    m_output.put_deflated(number, dictionary, profile);
  }

  PdfArray output_intents() {
    const PdfReference profile = m_output.reserve();
    put_profile(profile, 3, srgb_icc_profile());
    PdfDictionary intent;
    intent.AddKey("Type", PdfName("OutputIntent"));
    intent.AddKey("S", PdfName("GTS_PDFA1"));
    intent.AddKey("OutputConditionIdentifier", PdfString("sRGB IEC61966-2.1"));
    intent.AddKey("Info", PdfString("sRGB IEC61966-2.1"));
    intent.AddKey("DestOutputProfile", profile);
    PdfArray intents;
    intents.push_back(intent);
    return intents;
  }

  void put_catalog() {
    const PdfReference metadata = m_output.reserve();
    PdfDictionary packet;
    packet.AddKey("Type", PdfName("Metadata"));
    packet.AddKey("Subtype", PdfName("XML"));
    m_output.put_stream(metadata, packet, xmp_packet(m_metadata, m_conformance));

    PdfDictionary catalog;
    catalog.AddKey("Type", PdfName("Catalog"));
    catalog.AddKey("Pages", m_pages);
    catalog.AddKey("Metadata", metadata);
    catalog.AddKey("OutputIntents", output_intents());
    if (!m_metadata.language.empty()) {
      catalog.AddKey("Lang", string_of(m_metadata.language));
    }
    if (!m_metadata.title.empty()) {
      PdfDictionary preferences;
      preferences.AddKey("DisplayDocTitle", PdfObject(true));
      catalog.AddKey("ViewerPreferences", preferences);
    }
    m_output.put(m_catalog, catalog);
  }

  PdfConformance m_conformance;
  PdfMetadata m_metadata;
  PdfOutput m_output;
  PdfReference m_catalog;
  PdfReference m_pages;
  PdfArray m_nodes;
  PdfReference m_node;
  PdfArray m_kids;  // of m_node
  std::size_t m_count = 0;
  GlyphlessFont m_font;
  OnDemand m_font_number;
  OnDemand m_cmyk_number;
};

}  // namespace

PdfFile write_pdf(const fs::path& target, PdfConformance conformance, const PdfMetadata& metadata, std::size_t pages,
                  const PdfPageSource& source) {
  if (pages == 0) {
    throw input_error("pdf-without-pages", "there is no page to write to " + target.string(),
                      "check that the scans were ingested");
  }
  try {
    PdfWriter writer(target, conformance, cleaned(metadata));
    for (std::size_t page = 0; page < pages; ++page) {
      writer.add_page(source(page));
    }
    return writer.finish();
  } catch (const PoDoFo::PdfError& cause) {
    throw environment_error(
        "pdf-not-made", "PoDoFo cannot make " + target.string() + ": " + PoDoFo::PdfError::ErrorName(cause.GetError()),
        "free memory and run the step again");
  }
}

}  // namespace sohoa
