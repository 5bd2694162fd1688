// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_carry.hpp"

#include "core/digest.hpp"
#include "core/heartbeat.hpp"
#include "formats/pdf_fields.hpp"
#include "formats/pdf_images.hpp"
#include "formats/pdf_page_text.hpp"
#include "formats/pdf_scan_content.hpp"
#include "formats/pdf_shown_text.hpp"
#include "formats/scan_file.hpp"

#include <algorithm>
#include <optional>

using PoDoFo::PdfObject;

namespace sohoa {
namespace {

// More text than that is no stamp over a scan: the picture is the background of a page that was written.
constexpr std::size_t k_few_characters = 400;

std::optional<PdfScanPage> scan_on(const PdfReader& reader, const PdfPageNode& node, const SourcePage& page,
                                   const ScanLimits& limits) {
  try {
    return pdf_scan_page(reader, node, page, limits, ScanOnPage::foremost);
  } catch (const Error&) {  // why it is none is no matter: the page is kept as it is
    return std::nullopt;
  }
}

CarriedPage carried_page(const PdfReader& reader, const PdfPageNode& node, SourcePage page, const ScanLimits& limits) {
  std::size_t seen = 0;
  std::size_t unseen = 0;
  for (const ShownGlyph& glyph : shown_text(reader, node)) {
    if (glyph.text != " ") {
      ++(glyph.invisible ? unseen : seen);
    }
  }
  const std::optional<PdfScanPage> scan = seen > k_few_characters ? std::nullopt : scan_on(reader, node, page, limits);
  CarriedPage carried;
  if (scan) {
    set_size(page, scan->width, scan->height, scan->dpi_x, scan->dpi_y, scan->orientation);
    page.colour = scan->colour;
    page.format = seen > 0 ? "pdf-both" : "pdf-image";
  } else {
    const PdfPageFrame frame = text_frame_of(reader, node);
    page.width = static_cast<std::size_t>(frame.width);
    page.height = static_cast<std::size_t>(frame.height);
    page.dpi_x = page.dpi_y = frame.dpi;
    page.colour = "colour";
    page.format = seen + unseen > 0 ? "pdf-text" : "pdf-none";
    const PageContent content = page_content(reader, node);
    carried.blank = seen == 0 && content.visible.empty() && content.images.empty();
  }
  carried.source = std::move(page);
  return carried;
}

bool has_script(const PdfReader& reader, const PdfObject& catalog) {
  return reader.get(reader.dictionary(&catalog, "Names"), "JavaScript") != nullptr ||
         reader.name(reader.dictionary(&catalog, "OpenAction"), "S") == "JavaScript" ||
         reader.get(&catalog, "AA") != nullptr;
}

std::vector<std::string> extras_of(const PdfReader& reader) {
  const PdfObject& catalog = reader.catalog();
  const std::vector<PdfField> fields = form_fields(reader);
  std::vector<std::string> extras;
  const auto add = [&](bool there, const char* what) {
    if (there) {
      extras.emplace_back(what);
    }
  };
  add(reader.get(&catalog, "Collection") != nullptr, "a portfolio of files");
  add(reader.get(reader.dictionary(&catalog, "Names"), "EmbeddedFiles") != nullptr, "attached files");
  add(has_script(reader, catalog), "scripts or other actions");
  add(std::any_of(fields.begin(), fields.end(), [](const PdfField& field) { return field.type != "Sig"; }),
      "a form to fill in");
  return extras;
}

}  // namespace

CarriedPdf probe_carried(const fs::path& file, const ScanLimits& limits) {
  CarriedPdf carried;
  with_podofo(file, [&] {
    const PdfReader reader(file);
    const std::vector<PdfPageNode> nodes = pages_within(reader, limits);
    carried.is_signed = is_signed(reader);
    carried.extras = extras_of(reader);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      beat();
      carried.pages.push_back(carried_page(reader, nodes[i], page_of(file, i), limits));
    }
  });
  carried.sha256 = sha256_of_file(file);
  carried.bytes = fs::file_size(file);
  for (CarriedPage& page : carried.pages) {
    page.source.sha256 = page_digest(carried.sha256, page.source.index, carried.pages.size());
  }
  return carried;
}

bool is_signed_pdf(const fs::path& file) {
  bool found = false;
  try {
    with_podofo(file, [&] { found = is_signed(PdfReader(file)); });
  } catch (const Error&) {
    return false;
  }
  return found;
}

}  // namespace sohoa
