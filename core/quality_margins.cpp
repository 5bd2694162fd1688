// SPDX-License-Identifier: Apache-2.0
#include "core/quality.hpp"

#include "core/binarize.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr double depth = 10;         // mm that are looked at
constexpr double least_letter = 1;   // mm, the height of a small letter is 1.5
constexpr double most_letter = 9;    // mm
constexpr double next_letter = 3.5;  // mm from a letter to its neighbour, or to the next word
constexpr double dark_rim = 0.25;    // share of the outermost millimetre; more is no paper

// A seal's ring has words, too, but no more than these.
constexpr std::size_t enough_lines = 4;
constexpr double lines_span = 40;  // mm
constexpr std::size_t enough_letters = 8;
constexpr double letters_span = 30;  // mm

// The strip along the left side of an image. Boxes are pixels of it.
struct Strip {
  double unit = 0;  // pixels a mm
  std::vector<Box> letters;
};

// `turns`: quarters that bring the side to the left.
Strip strip_of(const Pix& ink, int turns, double unit) {
  Strip strip{unit, {}};
  const Size page = size_of(ink);
  const bool lying = turns % 2 != 0;
  const int wide = std::min(lying ? page.height : page.width, static_cast<int>(depth * unit));
  const PixPtr cut = own(pixCreate(lying ? page.width : wide, lying ? wide : page.height, 1), "pixCreate");
  const Size size = size_of(*cut);
  pixRasterop(cut.get(), 0, 0, size.width, size.height, PIX_SRC, const_cast<Pix*>(&ink),
              turns == 2 ? page.width - wide : 0, turns == 1 ? page.height - wide : 0);
  const PixPtr band = turned(*cut, 90 * turns);
  const int length = size_of(*band).height;
  const int rim = std::max(1, static_cast<int>(unit));
  const PixPtr outer = own(pixCreate(rim, length, 1), "pixCreate");
  pixRasterop(outer.get(), 0, 0, rim, length, PIX_SRC, band.get(), 0, 0);
  l_int32 dark = 0;
  pixCountPixels(outer.get(), &dark, nullptr);
  if (dark > dark_rim * rim * length) {
    return strip;
  }
  for (const PixRect& letter : parts_of(*band)) {
    strip.letters.push_back({static_cast<double>(letter.left), static_cast<double>(letter.top),
                             static_cast<double>(letter.left + letter.width),
                             static_cast<double>(letter.top + letter.height)});
  }
  return strip;
}

bool is_letter(double height, double width, double unit) {
  return height >= least_letter * unit && height <= most_letter * unit && width >= 0.3 * unit &&
         width <= most_letter * unit;
}

bool alike(double a, double b) { return a <= 2.2 * b && b <= 2.2 * a; }

// The distance within which `enough` of them lie, if those spread over `span`; else `depth`.
double nearest_of(std::vector<std::pair<double, double>> found, std::size_t enough, double span, double unit) {
  std::sort(found.begin(), found.end());
  double first = 1e9;
  double last = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    first = std::min(first, found[i].second);
    last = std::max(last, found[i].second);
    if (i + 1 >= enough && last - first >= span * unit) {
      return found[i].first / unit;
    }
  }
  return depth;
}

// Lines of text that begin at the strip's outer edge: a letter with another one beside it, a line each 3 mm.
double lines_margin(const Strip& strip) {
  std::vector<std::pair<double, double>> found;  // distance, place along the edge
  for (const Box& letter : strip.letters) {
    const double height = height_of(letter);
    if (!is_letter(height, letter.right - letter.left, strip.unit) || letter.left > 6 * strip.unit) {
      continue;
    }
    const bool in_line = std::any_of(strip.letters.begin(), strip.letters.end(), [&](const Box& next) {
      const double shared = std::min(letter.bottom, next.bottom) - std::max(letter.top, next.top);
      return next.left >= letter.right - 0.2 * strip.unit && next.left - letter.right <= next_letter * strip.unit &&
             alike(height, height_of(next)) && shared >= 0.5 * std::min(height, height_of(next)) &&
             next.right - next.left >= 0.3 * strip.unit;
    });
    const auto of_same_line = std::find_if(found.begin(), found.end(), [&](const auto& line) {
      return std::abs(line.second - middle_of(letter)) < 3 * strip.unit;
    });
    if (in_line && of_same_line == found.end()) {
      found.emplace_back(letter.left, middle_of(letter));
    } else if (in_line) {
      of_same_line->first = std::min(of_same_line->first, letter.left);
    }
  }
  return nearest_of(std::move(found), enough_lines, lines_span, strip.unit);
}

// A line of text along the strip's outer edge: letters, or what is left of them, each with one before or behind it.
double letters_margin(const Strip& strip) {
  std::vector<std::pair<double, double>> found;
  for (const Box& letter : strip.letters) {
    const double along = height_of(letter);
    const double across = letter.right - letter.left;
    const bool fits = along >= 0.4 * strip.unit && along <= most_letter * strip.unit && across >= 0.6 * strip.unit &&
                      across <= most_letter * strip.unit && letter.left <= 6 * strip.unit;
    const bool in_line = fits && std::any_of(strip.letters.begin(), strip.letters.end(), [&](const Box& next) {
                           const double gap = next.top - letter.bottom;
                           return gap > -0.5 * strip.unit && gap <= next_letter * strip.unit && &next != &letter &&
                                  alike(across, next.right - next.left) &&
                                  std::abs(next.left - letter.left) <= 2 * strip.unit;
                         });
    if (in_line) {
      found.emplace_back(letter.left, middle_of(letter));
    }
  }
  return nearest_of(std::move(found), enough_letters, letters_span, strip.unit);
}

}  // namespace

void measure_margins(const Pix& ink, double dpi, PictureMeasures& measures) {
  measures.margin_mm = depth;
  constexpr std::array<const char*, 4> sides{"left", "bottom", "right", "top"};  // as clockwise turns bring them
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const Strip strip = strip_of(ink, static_cast<int>(i), dpi / 25.4);
    const double margin = std::min(lines_margin(strip), letters_margin(strip));
    if (margin < measures.margin_mm) {
      measures.margin_mm = margin;
      measures.side = sides[i];
    }
  }
}

}  // namespace sohoa
