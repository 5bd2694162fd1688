// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_images.hpp"

#include "formats/pdf_fields.hpp"
#include "formats/pdf_scan_content.hpp"
#include "formats/raster.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

using PoDoFo::PdfObject;

namespace sohoa {
namespace {

constexpr double k_min_dpi = 20;  // coarser than any scan: a logo, a background
constexpr double k_most = 0.5;    // of a page

const char* const k_born_digital_remedy =
    "archive it as the PDF that it is, or turn its pages into images with pdftoppm -r 300 -png";

Matrix turn_of(const PdfReader& reader, const PdfPageNode& node) {
  constexpr std::array<Matrix, 4> turns{
      {{1, 0, 0, 1, 0, 0}, {0, -1, 1, 0, 0, 0}, {-1, 0, 0, -1, 0, 0}, {0, 1, -1, 0, 0, 0}}};
  return turns.at(static_cast<std::size_t>(page_turn(reader, node) / 90));
}

// Where the stored rows and columns run on the page as it is shown, to the nearest quarter.
int orientation_of(const Matrix& shown) {
  if (std::abs(shown.a) >= std::abs(shown.b)) {
    return shown.a > 0 ? (shown.d > 0 ? 1 : 4) : (shown.d > 0 ? 2 : 3);
  }
  return shown.b < 0 ? (shown.c > 0 ? 6 : 5) : (shown.c > 0 ? 7 : 8);
}

struct Strip {
  const PdfObject* object = nullptr;
  PdfScanImage image;
  double left = 0;  // pixels from the first strip's corner, along the rows and down the columns as stored
  double top = 0;
};

// Several images are a page when they are one image cut into strips: equal kind, scale and sides, each below the last.
void sort_strips(std::vector<Strip>& strips, const SourcePage& page) {
  std::sort(strips.begin(), strips.end(), [](const Strip& a, const Strip& b) { return a.top < b.top; });
  for (std::size_t i = 1; i < strips.size(); ++i) {
    const Strip& above = strips[i - 1];
    const Strip& below = strips[i];
    const bool fits = std::abs(below.left - above.left) < 1.5 && below.image.width == above.image.width &&
                      below.image.colour == above.image.colour &&
                      std::abs(below.top - above.top - above.image.height) < 1.5;
    if (!fits) {
      throw bad_page("image-unsupported", page,
                     "it is made of " + std::to_string(strips.size()) + " images laid over or beside one another",
                     "turn the pages into images with pdftoppm -r 300 -png and put those in the inbox");
    }
  }
}

// What an annotation shows would be lost with it; links and signatures' fields are no part of the paper.
void refuse_annotations(const PdfReader& reader, const PdfPageNode& node, const SourcePage& page) {
  const PdfObject* annotations = reader.array(node.page, "Annots");
  if (annotations == nullptr) {
    return;
  }
  for (const PdfObject& entry : annotations->GetArray()) {
    const PdfObject* annotation = reader.resolve(&entry);
    const std::string kind = reader.name(annotation, "Subtype");
    if (reader.get(annotation, "AP") != nullptr && kind != "Link" && kind != "Popup" &&
        !is_signature_widget(reader, annotation)) {
      throw bad_page("pdf-born-digital", page, "it carries an annotation (" + kind + ") that would be lost",
                     k_born_digital_remedy);
    }
  }
}

void refuse_signed(const PdfReader& reader) {
  if (is_signed(reader)) {
    throw input_error(
        "pdf-signed",
        reader.path().string() + " carries a digital signature, which a new PDF of its images would not have",
        "keep it as it is, or take its images all the same with --redo");
  }
}

// Part of the page that the image fills, as far as it is seen.
double share_of(const PdfReader& reader, const PdfPageNode& node, const Matrix& m) {
  const std::array<double, 4> box = page_box(reader, node);
  const auto [left, bottom, right, top] = bounds_of_image(m);
  const double seen = std::max(0.0, std::min(right, box[2]) - std::max(left, box[0])) *
                      std::max(0.0, std::min(top, box[3]) - std::max(bottom, box[1]));
  return seen / std::max((box[2] - box[0]) * (box[3] - box[1]), 1e-9);
}

// The image that fills most of the page; of strips of one, all of them.
std::vector<PlacedImage> foremost(const PdfReader& reader, const PdfPageNode& node, std::vector<PlacedImage> images) {
  double all = 0;
  for (const PlacedImage& image : images) {
    const double share = share_of(reader, node, image.place);
    if (share >= k_most) {
      return {image};
    }
    all += share;
  }
  return all >= k_most ? std::move(images) : std::vector<PlacedImage>();
}

PdfScanPage scan_page(const PdfReader& reader, const SourcePage& page, const ScanLimits& limits) {
  return pdf_scan_page(reader, page_at(reader, page.index), page, limits,
                       is_carried(page) ? ScanOnPage::foremost : ScanOnPage::alone);
}

}  // namespace

SourcePage page_of(const fs::path& file, std::size_t index) {
  SourcePage page;
  page.file = file.string();
  page.index = index;
  return page;
}

std::vector<PdfPageNode> pages_within(const PdfReader& reader, const ScanLimits& limits) {
  std::vector<PdfPageNode> nodes = reader.pages();
  if (nodes.empty()) {
    throw reader.corrupt("it has no pages");
  }
  if (nodes.size() > limits.max_pages) {
    throw input_error("too-many-pages",
                      reader.path().string() + " has more than " + std::to_string(limits.max_pages) + " pages",
                      "split the file, or raise max_pages in the profile");
  }
  return nodes;
}

PdfPageNode page_at(const PdfReader& reader, std::size_t index) {
  const std::vector<PdfPageNode> nodes = reader.pages();
  if (index >= nodes.size()) {
    throw reader.corrupt("it has no page " + std::to_string(index + 1));
  }
  return nodes[index];
}

bool is_signed(const PdfReader& reader) { return !signed_fields(reader).empty(); }

PdfScanPage pdf_scan_page(const PdfReader& reader, const PdfPageNode& node, const SourcePage& page,
                          const ScanLimits& limits, ScanOnPage which) {
  PageContent content = page_content(reader, node);
  if (which == ScanOnPage::foremost) {
    content.images = foremost(reader, node, std::move(content.images));
  } else if (!content.visible.empty()) {
    throw bad_page("pdf-born-digital", page, "it shows " + content.visible + " of its own and is no mere scan",
                   k_born_digital_remedy);
  }
  if (which == ScanOnPage::alone) {
    refuse_annotations(reader, node, page);
  }
  if (content.images.empty()) {
    throw bad_page("pdf-no-images", page, "it shows no image", "take the empty page out, or scan the paper");
  }
  const double unit = page_unit(reader, node);
  PdfScanPage scan;
  std::vector<Strip> strips;
  Matrix first;
  for (const PlacedImage& placed : content.images) {
    Strip strip{placed.image, describe_pdf_image(reader, *placed.image, page, limits), 0, 0};
    const double across = std::hypot(placed.place.a, placed.place.b) * unit;
    const double down = std::hypot(placed.place.c, placed.place.d) * unit;
    const double dpi_x = across > 0 ? strip.image.width * 72 / across : 0;
    const double dpi_y = down > 0 ? strip.image.height * 72 / down : 0;
    if (dpi_x < k_min_dpi || dpi_y < k_min_dpi) {
      throw bad_page(
          "pdf-born-digital", page,
          "its image has less than " + std::to_string(std::lround(k_min_dpi)) + " dots an inch, which is no scan",
          k_born_digital_remedy);
    }
    if (strips.empty()) {
      first = placed.place;
      scan.orientation = orientation_of(then(first, turn_of(reader, node)));
      scan.dpi_x = dpi_x;
      scan.dpi_y = dpi_y;
    } else if (std::abs(dpi_x / scan.dpi_x - 1) > 0.02 || std::abs(dpi_y / scan.dpi_y - 1) > 0.05 ||
               orientation_of(then(placed.place, turn_of(reader, node))) != scan.orientation) {
      strip.left = HUGE_VAL;  // another scale: never a strip of the same image
    }
    // The upper left corners' distance, along the image's own axes.
    const double x = placed.place.e + placed.place.c - first.e - first.c;
    const double y = placed.place.f + placed.place.d - first.f - first.d;
    const double length_x = std::hypot(first.a, first.b);
    const double length_y = std::hypot(first.c, first.d);
    strip.left += (x * first.a + y * first.b) / length_x * unit / 72 * scan.dpi_x;
    strip.top = -(x * first.c + y * first.d) / length_y * unit / 72 * scan.dpi_y;
    if (!std::isfinite(strip.top)) {
      throw reader.corrupt("a page draws an image at no place that can be told");
    }
    strips.push_back(std::move(strip));
  }
  sort_strips(strips, page);
  scan.width = strips.front().image.width;
  scan.colour = strips.front().image.colour;
  for (const Strip& strip : strips) {
    scan.strips.push_back(strip.object);
    scan.height += strip.image.height;
  }
  check_page_size(page, scan.width, scan.height, limits);
  return scan;
}

std::vector<SourcePage> probe_pdf(const fs::path& file, const ScanLimits& limits) {
  std::vector<SourcePage> pages;
  with_podofo(file, [&] {
    const PdfReader reader(file);
    if (!limits.take_signed) {
      refuse_signed(reader);
    }
    const std::vector<PdfPageNode> nodes = pages_within(reader, limits);
    std::optional<Error> fault;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      SourcePage page = page_of(file, i);
      try {
        const PdfScanPage scan = pdf_scan_page(reader, nodes[i], page, limits);
        set_size(page, scan.width, scan.height, scan.dpi_x, scan.dpi_y, scan.orientation);
        page.colour = scan.colour;
        pages.push_back(std::move(page));
      } catch (const Error& error) {
        if (error.id() == "pdf-born-digital") {  // says of the whole file what becomes of it
          throw;
        }
        fault = fault ? fault : error;
      }
    }
    if (fault) {
      throw Error(*fault);
    }
  });
  return pages;
}

PixPtr load_pdf(const SourcePage& page, const ScanLimits& wished) {
  PixPtr whole;
  ScanLimits limits = wished;
  with_podofo(page.file, [&] {
    const PdfReader reader(page.file);
    const PdfScanPage scan = scan_page(reader, page, limits);
    if (scan.strips.size() > 1) {
      limits.enough_pixels = 0;  // what is coarser would not fit together
    }
    int y = 0;
    for (const PdfObject* strip : scan.strips) {
      PixPtr part = pdf_image_pixels(reader, *strip, page, limits);
      if (scan.strips.size() > 1) {
        whole = whole != nullptr ? std::move(whole) : blank_like(*part, scan.width, scan.height);
        paste(*whole, *part, 0, y);
        y += size_of(*part).height;
      } else {
        whole = std::move(part);
      }
    }
    whole = oriented(std::move(whole), scan.orientation);
  });
  return whole;
}

EncodedImage untouched_pdf(const SourcePage& page, const ScanLimits& limits) {
  EncodedImage image;
  with_podofo(page.file, [&] {
    const PdfReader reader(page.file);
    const PdfScanPage scan = scan_page(reader, page, limits);
    if (scan.strips.size() == 1) {
      image = describe_pdf_image(reader, *scan.strips[0], page, limits).image;
      image.orientation = scan.orientation;
    }
  });
  return image;
}

}  // namespace sohoa
