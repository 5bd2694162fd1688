// SPDX-License-Identifier: Apache-2.0
#include "core/stamp_places.hpp"

#include "core/binarize.hpp"
#include "core/brick.hpp"
#include "core/ink_colour.hpp"
#include "core/ink_parts.hpp"
#include "core/stamp_looks.hpp"
#include "core/threshold.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numbers>
#include <optional>
#include <set>
#include <utility>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr double looking_dpi = 100;
constexpr double mm = looking_dpi / 25.4;
constexpr int faintest_ink = 228;          // of 255, in the reading image, whose paper is white
constexpr std::array word_gaps{3.0, 2.0};  // mm, between the words of a stamp
constexpr double likely_frame = 0.7;       // of coloured ink, where no lines of print make frames
constexpr int fewest_points = 60;          // of a word
constexpr int fewest_of_frame = 80;        // points of a frame where no word was surely read, of 134 of the smallest
constexpr std::size_t most_points = 16'000;
constexpr std::size_t most_pieces = 12;
constexpr std::size_t most_unread = 6;
constexpr double read_well = 0.6;      // confidence of a word that need not be read again
constexpr double surely_right = 0.85;  // of one that is no part of a frame
constexpr std::array ink_colours{InkColour::red, InkColour::blue};

std::vector<InkPoint> points_in(const Pix& ink, const PixRect& part) {
  std::vector<InkPoint> points;
  auto* pix = const_cast<Pix*>(&ink);
  for (int y = part.top; y < part.top + part.height; ++y) {
    const std::uint32_t* line = pixGetData(pix) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix);
    for (int x = part.left; x < part.left + part.width; ++x) {
      if (GET_DATA_BIT(line, x) != 0) {
        points.push_back({static_cast<float>(x), static_cast<float>(y)});
      }
    }
  }
  return points;
}

// Several words, most of them surely read.
bool is_print(const OcrLine& line) {
  const auto sure = std::count_if(line.words.begin(), line.words.end(),
                                  [](const OcrWord& word) { return word.confidence >= surely_right; });
  return sure >= 3 && static_cast<std::size_t>(sure) * 3 >= line.words.size() * 2;
}

// An unsure word whose middle is above or below all the surely read ones: a tilted one that was read as part of the
// line.
bool stands_out_of(const OcrLine& line, const OcrWord& word) {
  const double middle = middle_of(word.box);
  return word.confidence < surely_right &&
         std::none_of(line.words.begin(), line.words.end(), [&](const OcrWord& other) {
           return other.confidence >= surely_right && middle > other.box.top && middle < other.box.bottom;
         });
}

// Two fits of one stamp.
bool are_one(const StampPlace& a, const StampPlace& b) {
  return std::hypot(a.box.x - b.box.x, a.box.y - b.box.y) < 2 * mm && std::abs(a.box.width - b.box.width) < 3 * mm &&
         std::abs(a.box.height - b.box.height) < 3 * mm;
}

class Places {
 public:
  // `unsure`: the ink of which some must be in a frame.
  Places(const Pix& ink, const Pix& unsure, double least_clear, std::size_t most = most_pieces,
         std::vector<StampPlace> looked_at = {})
      : m_ink(ink), m_unsure(unsure), m_least_clear(least_clear), m_most(most), m_looked_at(std::move(looked_at)) {}

  // Frames whose ink hangs together, or does so when gaps as wide are closed.
  void add_frames(const std::vector<PixRect>& parts) {
    for (const PixRect& part : parts) {
      const bool round = part.height > 22 * mm && part.width < 1.2 * part.height;
      if (part.width >= 11 * mm && part.width <= 100 * mm && part.height >= 5.2 * mm && part.height <= 45 * mm &&
          !round && !is_known(part) && ink_in(m_unsure, part) >= fewest_of_frame && is_new(m_framed, part)) {
        const std::vector<InkPoint> points = points_in(m_ink, part);
        if (points.size() <= most_points) {
          if (const std::optional<TiltedBox> frame = fit_frame(points, mm, m_least_clear)) {
            add({*frame, true});
          }
        }
      }
    }
  }
  // Words of capitals, tilted at least so much, that stand alone.
  void add_words(const std::vector<PixRect>& parts, double least_tilt) {
    for (const PixRect& part : parts) {
      if (part.width < 6 * mm || part.width > 62 * mm || part.height < 2.3 * mm || part.height > 30 * mm ||
          is_known(part) || !is_new(m_worded, part)) {
        continue;
      }
      const std::vector<InkPoint> points = points_in(m_ink, part);
      if (points.size() < std::size_t{fewest_points} || points.size() > most_points) {
        continue;
      }
      const std::optional<TiltedBox> fitted = fit_word(points, least_tilt);
      if (!fitted) {
        continue;
      }
      const TiltedBox& word = *fitted;
      const double density = static_cast<double>(points.size()) / std::max(1.0, word.width * word.height);
      if (word.height >= 2.2 * mm && word.height <= 11 * mm && word.width >= 1.3 * word.height && density > 0.17) {
        add({word, false});
      }
    }
  }
  [[nodiscard]] const std::vector<StampPlace>& all() const { return m_places; }

 private:
  void add(const StampPlace& place) {
    const auto is_one = [&](const StampPlace& other) { return other.framed >= place.framed && are_one(other, place); };
    if (m_places.size() < m_most && std::none_of(m_places.begin(), m_places.end(), is_one) &&
        std::none_of(m_looked_at.begin(), m_looked_at.end(), is_one)) {
      m_places.push_back(place);
    }
  }
  // What is joined over several gaps comes several times, and has the same ink.
  using Tried = std::set<std::array<int, 4>>;
  static bool is_new(Tried& tried, const PixRect& part) {
    return tried.insert({part.left, part.top, part.width, part.height}).second;
  }
  // Whether the part's middle is a place's already.
  [[nodiscard]] bool is_known(const PixRect& part) const {
    const double x = part.left + part.width / 2.0;
    const double y = part.top + part.height / 2.0;
    return std::any_of(m_places.begin(), m_places.end(), [&](const StampPlace& place) {
      return std::abs(place.box.x - x) < place.box.width / 2 &&
             std::abs(place.box.y - y) < place.box.height / 2 + 2 * mm;
    });
  }

  const Pix& m_ink;
  const Pix& m_unsure;
  double m_least_clear;
  std::size_t m_most;
  std::vector<StampPlace> m_looked_at;
  std::vector<StampPlace> m_places;
  Tried m_framed;
  Tried m_worded;
};

// Of the parts that gaps of `gap` mm and less do not part.
std::vector<PixRect> joined(const Pix& ink, double gap) {
  const int reach = static_cast<int>(gap * mm) | 1;
  return parts_of(*closed(ink, reach, reach));
}

// The part of the picture that encloses the tilted box.
PixRect around(const TiltedBox& box, double scale, Size size) {
  const double angle = std::abs(box.tilt) * std::numbers::pi / 180;
  const double across = (box.width * std::cos(angle) + box.height * std::sin(angle)) / 2 + 1.5 * mm;
  const double down = (box.width * std::sin(angle) + box.height * std::cos(angle)) / 2 + 1.5 * mm;
  const int left = std::clamp(static_cast<int>((box.x - across) * scale), 0, size.width - 1);
  const int top = std::clamp(static_cast<int>((box.y - down) * scale), 0, size.height - 1);
  const int right = std::clamp(static_cast<int>((box.x + across) * scale), left + 1, size.width);
  const int bottom = std::clamp(static_cast<int>((box.y + down) * scale), top + 1, size.height);
  return {left, top, right - left, bottom - top};
}

// Where a part of the upright picture lies in the scan, `scale` times as large, that is turned upright.
PixRect part_of_scan(const PixRect& part, Size upright, int orientation, double scale, Size scan) {
  PixRect lying = part;
  if (orientation == 180) {
    lying = {upright.width - part.left - part.width, upright.height - part.top - part.height, part.width, part.height};
  } else if (orientation == 90) {
    lying = {part.top, upright.width - part.left - part.width, part.height, part.width};
  } else if (orientation == 270) {
    lying = {upright.height - part.top - part.height, part.left, part.height, part.width};
  }
  const auto larger = [scale](int value) { return static_cast<int>(value * scale); };
  const int left = std::clamp(larger(lying.left), 0, scan.width - 1);
  const int top = std::clamp(larger(lying.top), 0, scan.height - 1);
  return {left, top, std::clamp(larger(lying.width), 1, scan.width - left),
          std::clamp(larger(lying.height), 1, scan.height - top)};
}

// What is in the box, levelled, with white around. `grey` was cut at `corner`; `scale` is its pixels one of
// looking_dpi.
PixPtr levelled(const Pix& grey, InkPoint corner, double scale, const StampPlace& place) {
  const TiltedBox& box = place.box;
  const double inset = place.framed ? 0.75 * mm : -0.8 * mm;  // the frame's own line is left out
  const int width = std::max(8, static_cast<int>((box.width - 2 * inset) * scale));
  const int height = std::max(8, static_cast<int>((box.height - 2 * inset) * scale));
  const int margin = static_cast<int>(2.5 * mm * scale);
  PixPtr piece = own(pixCreate(width + 2 * margin, height + 2 * margin, 8), "pixCreate");
  pixSetAll(piece.get());
  const double angle = box.tilt * std::numbers::pi / 180;
  const double sine = std::sin(angle);
  const double cosine = std::cos(angle);
  auto* source = const_cast<Pix*>(&grey);
  const Size size = size_of(grey);
  for (int y = 0; y < height; ++y) {
    std::uint32_t* out = pixGetData(piece.get()) + static_cast<std::ptrdiff_t>(y + margin) * pixGetWpl(piece.get());
    for (int x = 0; x < width; ++x) {
      const double u = x - width / 2.0;
      const double v = y - height / 2.0;
      const double fx = box.x * scale + u * cosine - v * sine - corner.x;
      const double fy = box.y * scale + u * sine + v * cosine - corner.y;
      const int ix = static_cast<int>(std::floor(fx));
      const int iy = static_cast<int>(std::floor(fy));
      if (ix < 0 || iy < 0 || ix + 1 >= size.width || iy + 1 >= size.height) {
        continue;
      }
      const std::uint32_t* line = pixGetData(source) + static_cast<std::ptrdiff_t>(iy) * pixGetWpl(source);
      const std::uint32_t* next = line + pixGetWpl(source);
      const double right = fx - ix;
      const double low = fy - iy;
      const double value = (GET_DATA_BYTE(line, ix) * (1 - right) + GET_DATA_BYTE(line, ix + 1) * right) * (1 - low) +
                           (GET_DATA_BYTE(next, ix) * (1 - right) + GET_DATA_BYTE(next, ix + 1) * right) * low;
      SET_DATA_BYTE(out, x + margin, static_cast<l_uint8>(value));
    }
  }
  return piece;
}

// As if it were not tilted.
Box upright_box(const TiltedBox& box, double scale) {
  const double across = box.width / 2;
  const double down = box.height / 2;
  return {(box.x - across) * scale, (box.y - down) * scale, (box.x + across) * scale, (box.y + down) * scale};
}

}  // namespace

PrintPlaces::PrintPlaces(const ReadingImage& reading, double dpi, const OcrPage& text)
    : m_reading(reading), m_text(text), m_scale(reading.scale * (dpi > 0 ? dpi : 300) / looking_dpi) {
  const auto factor = static_cast<float>(1 / m_scale);
  m_small = factor == 0.5F ? halved(*reading.image)
                           : own(pixScaleAreaMap(reading.image.get(), factor, factor), "pixScaleAreaMap");
  m_ink = darker(*m_small, faintest_ink);
}

std::vector<StampPiece> PrintPlaces::cut_out(const std::vector<StampPlace>& places) const {
  std::vector<StampPiece> pieces;
  for (const StampPlace& place : places) {
    PixPtr piece = levelled(*m_reading.image, {0, 0}, m_scale, place);
    stretch(*piece);
    pieces.push_back({std::move(piece), place.framed, false, false, place.box.clear,
                      place.box.y / size_of(*m_ink).height, place.box.tilt,
                      upright_box(place.box, m_scale / m_reading.scale)});
  }
  return pieces;
}

// Without the words for which that is true, and `margin` around them.
PixPtr PrintPlaces::ink_without(const std::function<bool(const OcrLine&, const OcrWord&)>& goes, double margin) const {
  PixPtr ink = own(pixCopy(nullptr, m_ink.get()), "pixCopy");
  const double factor = m_reading.scale / m_scale;
  for (const OcrBlock& block : m_text.blocks) {
    for (const OcrLine& line : block.lines) {
      for (const OcrWord& word : line.words) {
        if (goes(line, word)) {
          const int left = static_cast<int>(word.box.left * factor - margin);
          const int top = static_cast<int>(word.box.top * factor - margin);
          pixRasterop(ink.get(), left, top, static_cast<int>(word.box.right * factor + margin) - left,
                      static_cast<int>(word.box.bottom * factor + margin) - top, PIX_CLR, nullptr, 0, 0);
        }
      }
    }
  }
  return ink;
}

PixPtr PrintPlaces::ink_without(double least_confidence, double margin) const {
  return ink_without([=](const OcrLine&, const OcrWord& word) { return word.confidence >= least_confidence; }, margin);
}

std::vector<StampPiece> PrintPlaces::stamps() {
  const PixPtr unsure = ink_without(surely_right, 0.25 * mm);
  Places places(*m_ink, *unsure, clear_frame);
  places.add_frames(parts_of(*m_ink));
  places.add_frames(joined(*m_ink, 1.2));
  for (const double gap : word_gaps) {
    places.add_words(joined(*m_ink, gap), 3);
  }
  // What touches a line of print, once the line is gone, but for what the line has of it.
  const PixPtr apart = ink_without(
      [](const OcrLine& line, const OcrWord& word) { return is_print(line) && !stands_out_of(line, word); }, 0);
  for (const double gap : word_gaps) {
    places.add_words(joined(*apart, gap), 3);
  }
  m_stamps = places.all();
  return cut_out(m_stamps);
}

std::vector<StampPiece> PrintPlaces::left_unread() const {
  const PixPtr unread = ink_without(read_well, 0.5 * mm);
  Places places(*unread, *unread, clear_frame, most_unread, m_stamps);
  places.add_words(joined(*unread, word_gaps[0]), 0);
  return cut_out(places.all());
}

std::vector<StampPiece> PrintPlaces::faint_frames() const {
  constexpr int hardly_ink = 246;
  constexpr int print = 170;
  constexpr int soft_edge = 3;  // pixels of print
  constexpr int grain = 3;      // pixels of noise, which would join all there is
  const PixPtr all = darker(*m_small, hardly_ink);
  const PixPtr faint = own(
      pixSubtract(nullptr, all.get(), dilated(*darker(*m_small, print), soft_edge, soft_edge).get()), "pixSubtract");
  Places places(*all, *faint, clear_frame, most_unread, m_stamps);
  places.add_frames(joined(*faint, word_gaps[0]));
  // Without noise the soft edges of print make frames, too, though no straight ones.
  const PixPtr lines =
      InkParts(*faint).only([](const PixRect& part) { return std::max(part.width, part.height) > grain; });
  std::vector<StampPlace> looked_at = m_stamps;
  looked_at.insert(looked_at.end(), places.all().begin(), places.all().end());
  Places drawn(*all, *faint, drawn_frame, most_unread, looked_at);
  drawn.add_frames(joined(*lines, word_gaps[0]));
  std::vector<StampPlace> found = places.all();
  found.insert(found.end(), drawn.all().begin(), drawn.all().end());
  return cut_out(found);
}

ColourPlaces::ColourPlaces(const Pix& scan, double dpi, int orientation)
    : m_scan(scan), m_orientation(orientation), m_scale((dpi > 0 ? dpi : 300) / looking_dpi) {
  if (depth_of(scan) == 32) {
    const auto factor = static_cast<float>(1 / m_scale);
    m_sampled = own(pixScaleBySampling(const_cast<Pix*>(&scan), factor, factor), "pixScaleBySampling");
    m_paper = paper_of(*m_sampled);
  }
}

// Upright, null where there is too little for a word.
PixPtr ColourPlaces::ink(InkColour colour, InkLeast least) const {
  const PixPtr lying = m_sampled ? ink_of_colour(*m_sampled, m_paper, colour, least) : nullptr;
  int count = 0;
  if (!lying || pixCountPixels(lying.get(), &count, nullptr) != 0 || count < fewest_points) {
    return nullptr;
  }
  return turned(*lying, m_orientation);
}

void ColourPlaces::cut_out(const std::vector<StampPlace>& places, InkColour colour,
                           std::vector<StampPiece>& pieces) const {
  const Size lying = size_of(*m_sampled);
  const Size size = m_orientation % 180 == 0 ? lying : Size{lying.height, lying.width};
  for (const StampPlace& place : places) {
    const PixRect upright = around(place.box, 1, size);
    const PixRect part = part_of_scan(upright, size, m_orientation, m_scale, size_of(m_scan));
    const PixPtr grey = turned(*strength_of_colour(*sohoa::cut_out(m_scan, part), m_paper, colour), m_orientation);
    const InkPoint corner{static_cast<float>(upright.left * m_scale), static_cast<float>(upright.top * m_scale)};
    PixPtr piece = levelled(*grey, corner, m_scale, place);
    stretch(*piece);
    pieces.push_back({std::move(piece), place.framed, true, false, place.box.clear, place.box.y / size.height,
                      place.box.tilt, upright_box(place.box, m_scale)});
  }
}

std::vector<StampPiece> ColourPlaces::stamps() {
  std::vector<StampPiece> pieces;
  for (const InkColour colour : ink_colours) {
    const PixPtr coloured = ink(colour, InkLeast::faint);
    if (!coloured) {
      continue;
    }
    Places places(*coloured, *coloured, likely_frame);
    places.add_frames(parts_of(*coloured));
    for (const double gap : word_gaps) {
      const std::vector<PixRect> parts = joined(*coloured, gap);
      places.add_frames(parts);
      places.add_words(parts, 0);
    }
    m_stamps.insert(m_stamps.end(), places.all().begin(), places.all().end());
    cut_out(places.all(), colour, pieces);
  }
  return pieces;
}

std::vector<StampPiece> ColourPlaces::pale_words() const {
  std::vector<StampPiece> pieces;
  for (const InkColour colour : ink_colours) {
    if (const PixPtr pale = ink(colour, InkLeast::pale)) {
      Places places(*pale, *pale, likely_frame, most_unread, m_stamps);
      places.add_words(joined(*pale, word_gaps[0]), 0);
      cut_out(places.all(), colour, pieces);
    }
  }
  for (StampPiece& piece : pieces) {
    piece.pale = true;
  }
  return pieces;
}

}  // namespace sohoa
