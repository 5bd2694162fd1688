// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_appearance.hpp"

#include "core/text.hpp"
#include "formats/free_place.hpp"
#include "formats/pdf_embedded_font.hpp"
#include "formats/seal_image.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace sohoa {

using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;
using PoDoFo::PdfVariant;

namespace {

constexpr double k_padding = 3;     // points between frame and text
constexpr double k_leading = 1.15;  // line pitch in font sizes
constexpr double k_frame_line = 0.5;
constexpr double k_min_size = 1;
constexpr std::size_t k_max_boxes = 1000;
constexpr double k_gap = 4;                            // points between the block and what is printed
constexpr double k_corner = 0.5;                       // of the page's height: how far down a block may move
constexpr std::array<double, 3> k_sizes{1, 0.8, 0.6};  // of the wanted size, tried in this order

// Letters that have no shape become blanks; so do line ends, which lines must not hold.
std::string printable(const std::string& text) {
  std::string clean = to_nfc(text);
  for (char& c : clean) {
    c = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  }
  return trim(clean);
}

std::string utf8_of(const std::string& text, std::size_t& at) {
  const std::size_t first = at++;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
    ++at;
  }
  return text.substr(first, at - first);
}

// The font of the last block, which serves the next one as well when that has the same letters. In a batch they differ
// in the time only, so any digit stands for all ten.
const EmbeddedFont& font_for(const fs::path& file, const std::string& text) {
  const bool has_digit = text.find_first_of("0123456789") != std::string::npos;
  const std::string all = text + (has_digit ? " 0123456789" : " ");
  std::set<std::string> once;
  for (std::size_t at = 0; at < all.size();) {
    once.insert(utf8_of(all, at));
  }
  std::string letters;
  for (const std::string& letter : once) {
    letters += letter;
  }
  struct Made {
    fs::path file;
    std::string letters;
    std::unique_ptr<const EmbeddedFont> font;
  };
  static Made last;
  if (last.font == nullptr || last.file != file || last.letters != letters) {
    last = {file, letters, std::make_unique<const EmbeddedFont>(file, letters)};
  }
  return *last.font;
}

class Setter {
 public:
  Setter(const FontSubset& font, double size, double max_width) : m_font(font), m_max(max_width / size * 1000) {}

  // At blanks; a word that is too long alone breaks where it must.
  void wrap(const std::string& line, std::vector<std::string>& lines) const {
    std::string current;
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t end = std::min(line.find(' ', at), line.size());
      const std::string word = line.substr(at, end - at);
      at = end + 1;
      const std::string longer = current.empty() ? word : current + " " + word;
      if (m_font.width(longer) <= m_max) {
        current = longer;
        continue;
      }
      if (!current.empty()) {
        lines.push_back(std::exchange(current, ""));
      }
      for (std::size_t letter = 0; letter < word.size();) {
        const std::string next = utf8_of(word, letter);
        if (!current.empty() && m_font.width(current + next) > m_max) {
          lines.push_back(std::exchange(current, ""));
        }
        current += next;
      }
    }
    lines.push_back(current);
  }

 private:
  const FontSubset& m_font;
  double m_max;  // thousandths of the size
};

SetText set_text(const FontSubset& font, const std::vector<std::string>& lines, double size, double max_width,
                 double max_height) {
  SetText text;
  for (text.size = size;; text.size = std::max(k_min_size, text.size * 0.9)) {
    const Setter setter(font, text.size, max_width);
    text.lines.clear();
    for (const std::string& line : lines) {
      setter.wrap(line, text.lines);
    }
    if (static_cast<double>(text.lines.size()) * text.size * k_leading <= max_height || text.size <= k_min_size) {
      for (const std::string& line : text.lines) {
        text.width = std::max(text.width, font.width(line) * text.size / 1000);
      }
      return text;
    }
  }
}

std::string number(double value) {
  std::array<char, 64> text{};  // std::to_chars: no locale turns the point into a comma
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 2);
  return {text.data(), end.ptr};
}

// `seal` may be null.
std::string content(const FontSubset& font, const SetText& text, const SealImage* seal, double width, double height) {
  const std::string inner = number(k_frame_line / 2) + " " + number(k_frame_line / 2) + " " +
                            number(width - k_frame_line) + " " + number(height - k_frame_line) + " re";
  std::string operators = "q 0 G " + number(k_frame_line) + " w " + inner + " S Q\n";
  double top = height - k_padding;
  if (seal != nullptr) {
    top -= seal->height_pt;
    operators += "q " + number(seal->width_pt) + " 0 0 " + number(seal->height_pt) + " " +
                 number((width - seal->width_pt) / 2) + " " + number(top) + " cm /Im1 Do Q\n";
  }
  operators += "BT 0 g /F1 " + number(text.size) + " Tf " + number(text.size * k_leading) + " TL\n";
  const double baseline = top - text.size * font.ascent() / 1000;
  operators += number(k_padding) + " " + number(baseline) + " Td\n";
  for (const std::string& line : text.lines) {
    operators += hex_of(font.glyphs(line)) + " Tj T*\n";
  }
  return operators + "ET\n";
}

// Turns the form against the page's own turn (ISO 32000-1, 12.5.5, algorithm 8.1 places it then).
PdfArray matrix(int rotation) {
  static constexpr std::array<std::array<PoDoFo::pdf_int64, 4>, 4> turns{
      {{1, 0, 0, 1}, {0, 1, -1, 0}, {-1, 0, 0, -1}, {0, -1, 1, 0}}};
  PdfArray array;
  for (const PoDoFo::pdf_int64 value : turns.at(static_cast<std::size_t>(rotation / 90))) {
    array.push_back(PdfVariant(value));
  }
  array.push_back(PdfVariant(PoDoFo::pdf_int64{0}));
  array.push_back(PdfVariant(PoDoFo::pdf_int64{0}));
  return array;
}

PdfDictionary form_keys(double width, double height) {
  PdfArray box;
  for (const double edge : {0.0, 0.0, width, height}) {
    box.push_back(PdfVariant(edge));
  }
  PdfDictionary keys;
  keys.AddKey(PdfName::KeyType, PdfName("XObject"));
  keys.AddKey(PdfName::KeySubtype, PdfName("Form"));
  keys.AddKey("BBox", box);
  keys.AddKey("Resources", PdfDictionary());
  return keys;
}

struct PageSize {
  double width;  // points, as viewed
  double height;
};

PageSize viewed_size(const PageFrame& frame) {
  const bool upright = frame.rotation % 180 == 0;
  return {(upright ? frame.width : frame.height) * frame.user_unit,
          (upright ? frame.height : frame.width) * frame.user_unit};
}

// From the viewer's frame (points, origin at its lower left corner) to the page's own.
std::array<double, 2> page_point(const PageFrame& frame, double x, double y) {
  const double u = x / frame.user_unit;
  const double v = y / frame.user_unit;
  switch (frame.rotation) {
    case 90:
      return {frame.left + frame.width - v, frame.bottom + u};
    case 180:
      return {frame.left + frame.width - u, frame.bottom + frame.height - v};
    case 270:
      return {frame.left + v, frame.bottom + frame.height - u};
    default:
      return {frame.left + u, frame.bottom + v};
  }
}

// And back: x and y from the viewed page's upper left corner.
std::array<double, 2> viewed_point(const PageFrame& frame, double x, double y) {
  const double u = (x - frame.left) * frame.user_unit;
  const double v = (y - frame.bottom) * frame.user_unit;
  const double width = frame.width * frame.user_unit;
  const double height = frame.height * frame.user_unit;
  switch (frame.rotation) {
    case 90:
      return {v, u};
    case 180:
      return {width - u, v};
    case 270:
      return {height - v, width - u};
    default:
      return {u, height - v};
  }
}

// In points from the viewed page's upper left corner.
std::vector<Box> taken_boxes(const SignatureAppearance& appearance, const PageFrame& frame,
                             const std::vector<std::array<double, 4>>& shown) {
  const PageSize page = viewed_size(frame);
  std::vector<Box> taken;
  for (const Box& box : appearance.printed) {
    taken.push_back({box.left * page.width, box.top * page.height, box.right * page.width, box.bottom * page.height});
  }
  for (const auto& box : shown) {
    const auto a = viewed_point(frame, box[0], box[1]);
    const auto b = viewed_point(frame, box[2], box[3]);
    taken.push_back({std::min(a[0], b[0]), std::min(a[1], b[1]), std::max(a[0], b[0]), std::max(a[1], b[1])});
  }
  return taken;
}

// A block of text and the place of its frame, in points from the viewed page's upper left corner.
struct Block {
  SetText text;
  Box place;
};

Block place_block(const FontSubset& font, const std::vector<std::string>& lines, const SignatureAppearance& appearance,
                  const PageSize& page, const std::vector<Box>& taken) {
  const double margin_x = std::clamp(appearance.margin_x, 0.0, page.width / 8);
  const double margin_y = std::clamp(appearance.margin_y, 0.0, page.height / 8);
  const bool right = appearance.corner == SignatureAppearance::Corner::top_right;
  const double half = page.width / 2 - k_padding;
  const double seal_width = appearance.seal != nullptr ? appearance.seal->width_pt : 0;
  const double seal_height = appearance.seal != nullptr ? appearance.seal->height_pt : 0;
  std::optional<Block> first;
  for (const double part : k_sizes) {
    const double size = std::max(appearance.font_size * part, k_min_size);
    Block block{set_text(font, lines, size, std::max(half - margin_x - 2 * k_padding, 1.0),
                         page.height - 2 * margin_y - 2 * k_padding - seal_height),
                {}};
    const double width = std::min(std::max(block.text.width, seal_width) + 2 * k_padding, half - margin_x);
    const double height = std::min(
        seal_height + static_cast<double>(block.text.lines.size()) * block.text.size * k_leading + 2 * k_padding,
        page.height - margin_y);
    const double edge = right ? page.width - margin_x : margin_x;
    const Box area{right ? page.width - half : edge, margin_y, right ? edge : half,
                   std::max(page.height * k_corner, margin_y + height)};
    const std::optional<Box> place = free_place({area, width, height, k_gap, right}, taken);
    block.place =
        place.value_or(Box{right ? edge - width : edge, margin_y, right ? edge : edge + width, margin_y + height});
    if (place) {
      return block;
    }
    first = first.value_or(block);
  }
  return *first;
}

bool box_of(const PdfReader& reader, const PdfObject* object, std::array<double, 4>& box) {
  if (object == nullptr || !object->IsArray() || object->GetArray().size() != 4) {
    return false;
  }
  for (std::size_t i = 0; i < 4; ++i) {
    const std::optional<double> edge = reader.number(&object->GetArray()[i]);
    if (!edge || !std::isfinite(*edge)) {
      return false;
    }
    box.at(i) = *edge;
  }
  box = {std::min(box[0], box[2]), std::min(box[1], box[3]), std::max(box[0], box[2]), std::max(box[1], box[3])};
  return box[2] - box[0] >= 1 && box[3] - box[1] >= 1;
}

}  // namespace

PageFrame frame_of(const PdfReader& reader, const PdfPageNode& page) {
  std::array<double, 4> media{0, 0, 612, 792};
  box_of(reader, page.media_box, media);
  std::array<double, 4> crop = media;
  if (box_of(reader, page.crop_box, crop)) {
    crop = {std::max(crop[0], media[0]), std::max(crop[1], media[1]), std::min(crop[2], media[2]),
            std::min(crop[3], media[3])};
  }
  if (crop[2] - crop[0] < 1 || crop[3] - crop[1] < 1) {
    crop = media;
  }
  PageFrame frame{crop[0], crop[1], crop[2] - crop[0], crop[3] - crop[1], 0, 1};
  if (page.rotate != nullptr && page.rotate->IsNumber() && page.rotate->GetNumber() % 90 == 0) {
    frame.rotation = static_cast<int>((page.rotate->GetNumber() % 360 + 360) % 360);
  }
  if (const std::optional<double> unit = reader.number(reader.get(page.page, "UserUnit")); unit && *unit > 0) {
    frame.user_unit = *unit;
  }
  return frame;
}

std::vector<std::array<double, 4>> annotation_boxes(const PdfReader& reader, const PdfPageNode& page) {
  std::vector<std::array<double, 4>> boxes;
  const PdfObject* annotations = reader.array(page.page, "Annots");
  for (std::size_t i = 0; annotations != nullptr && i < std::min(annotations->GetArray().size(), k_max_boxes); ++i) {
    std::array<double, 4> box{};
    if (box_of(reader, reader.array(reader.resolve(&annotations->GetArray()[i]), "Rect"), box)) {
      boxes.push_back(box);
    }
  }
  return boxes;
}

PlacedAppearance put_appearance(PdfUpdate& update, const SignatureAppearance& appearance, const PageFrame& frame,
                                const std::vector<std::array<double, 4>>& shown) {
  PlacedAppearance placed{update.reserve(), {}};
  std::vector<std::string> lines;
  std::string letters;
  for (const std::string& line : appearance.lines) {
    lines.push_back(printable(line));
    letters += lines.back();
  }
  if (!appearance.visible || letters.empty()) {
    update.put_stream(placed.form, form_keys(0, 0), "");
    return placed;
  }
  const PageSize page = viewed_size(frame);
  const EmbeddedFont& embedded = font_for(appearance.font_file, letters);
  const FontSubset& font = embedded.subset;
  const auto [text, place] = place_block(font, lines, appearance, page, taken_boxes(appearance, frame, shown));
  const double width = place.right - place.left;
  const double height = place.bottom - place.top;

  PdfDictionary fonts;
  fonts.AddKey("F1", put_font(update, embedded));
  PdfDictionary resources;
  resources.AddKey("Font", fonts);
  if (appearance.seal != nullptr) {
    PdfDictionary images;
    images.AddKey("Im1", put_seal_image(update, *appearance.seal));
    resources.AddKey("XObject", images);
  }
  PdfDictionary keys = form_keys(width, height);
  keys.AddKey("Resources", resources);
  keys.AddKey("Matrix", matrix(frame.rotation));
  update.put_stream(placed.form, keys, content(font, text, appearance.seal.get(), width, height));

  const auto a = page_point(frame, place.left, page.height - place.bottom);
  const auto b = page_point(frame, place.right, page.height - place.top);
  placed.rect = {std::min(a[0], b[0]), std::min(a[1], b[1]), std::max(a[0], b[0]), std::max(a[1], b[1])};
  return placed;
}

}  // namespace sohoa
