// SPDX-License-Identifier: Apache-2.0
#include "formats/standard_widths.hpp"

#include <array>

namespace sohoa {
namespace {

// From the blank on.
using Widths = std::array<short, 95>;
constexpr Widths k_helvetica{278,  278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
                             556,  556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
                             1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
                             667,  778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
                             333,  556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
                             556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};
constexpr Widths k_times{250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
                         500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
                         556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
                         722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
                         278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541};

}  // namespace

double standard_width(std::string_view font, unsigned char character) {
  if (font.find("Courier") != std::string_view::npos) {
    return 600;
  }
  const bool sans = font.find("Helvetica") != std::string_view::npos || font.find("Arial") != std::string_view::npos;
  const Widths& widths = sans ? k_helvetica : k_times;
  return character >= ' ' && character < ' ' + widths.size() ? widths.at(character - ' ') : 500;
}

}  // namespace sohoa
