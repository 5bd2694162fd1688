// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_writer.hpp"

#include "core/error.hpp"
#include "formats/pdf_font.hpp"
#include "formats/pdf_metadata.hpp"
#include "formats/pdf_output.hpp"
#include "formats/pdf_page_matrix.hpp"
#include "formats/pdf_text_layer.hpp"
#include "formats/icc_profile.hpp"

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

class PdfWriter {
 public:
  PdfWriter(const fs::path& target, PdfConformance conformance, PdfMetadata metadata)
      : m_conformance(conformance),
        m_metadata(std::move(metadata)),
        m_output(target, conformance == PdfConformance::a1b ? "1.4" : "1.7"),
        m_catalog(m_output.reserve()),
        m_pages(m_output.reserve()) {}

  void add_page(const PdfPage& page) {
    const PagePlacement placement = place_page(page.image, page.dpi_x, page.dpi_y, page.geometry);
    const std::string text = text_layer(page.text, placement, m_font);
    const PdfReference number = m_output.reserve();
    const PdfReference content = m_output.reserve();
    const PdfReference image = m_output.reserve();
    m_kids.push_back(number);

    PdfDictionary resources;
    PdfDictionary images;
    images.AddKey("Im0", image);
    resources.AddKey("XObject", images);
    if (!text.empty()) {
      if (!m_font_number) {
        m_font_number = m_output.reserve();
      }
      PdfDictionary fonts;
      fonts.AddKey(k_text_font, *m_font_number);
      resources.AddKey("Font", fonts);
    }
    PdfArray media_box;
    for (const double side : {0.0, 0.0, placement.width, placement.height}) {
      media_box.push_back(PdfObject(side));
    }
    PdfDictionary dictionary;
    dictionary.AddKey("Type", PdfName("Page"));
    dictionary.AddKey("Parent", m_pages);
    dictionary.AddKey("MediaBox", media_box);
    dictionary.AddKey("Resources", resources);
    dictionary.AddKey("Contents", content);
    m_output.put(number, dictionary);
    m_output.put_deflated(content, {}, draw_image(placement.image) + text);
    m_output.put_stream(image, image_dictionary(page.image), page.image.data);
  }

  PdfFile finish() {
    if (m_font_number) {
      m_font.put(m_output, *m_font_number);
    }
    PdfDictionary pages;
    pages.AddKey("Type", PdfName("Pages"));
    pages.AddKey("Count", integer(m_kids.size()));
    pages.AddKey("Kids", m_kids);
    m_output.put(m_pages, pages);
    put_catalog();
    const PdfReference info = m_output.reserve();
    PdfDictionary entries;
    for (const auto& [key, value] : info_entries(m_metadata)) {
      entries.AddKey(key, string_of(value));
    }
    m_output.put(info, entries);
    PdfFile file = m_output.finish(m_catalog, info);
    file.pages = m_kids.size();
    return file;
  }

 private:
  PdfArray output_intents() {
    const PdfReference profile = m_output.reserve();
    PdfDictionary components;
    components.AddKey("N", integer(3));
    m_output.put_deflated(profile, components, srgb_icc_profile());
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
  std::optional<PdfReference> m_font_number;
  GlyphlessFont m_font;
  PdfArray m_kids;
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
