// SPDX-License-Identifier: Apache-2.0
#include "core/stamp_looks.hpp"

#include "core/brick.hpp"
#include "core/threshold.hpp"

#include <algorithm>
#include <array>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

// Of print, which is black; and of its edges where the stamp is as dark.
constexpr int black = 70;
constexpr int dark = 100;

// The print with the soft edge around it.
PixPtr print_in(const Pix& piece, int darker_than, int wider) {
  const PixPtr print = darker(piece, darker_than);
  return dilated(*print, wider, wider);
}

// The mean of the nearest pixels around that are no print, white where there are none.
l_uint32 around(const Pix& piece, const Pix& print, int x, int y) {
  constexpr int farthest = 6;
  constexpr int enough = 6;
  const Size size = size_of(piece);
  l_uint32 sum = 0;
  l_uint32 count = 0;
  for (int reach = 1; reach <= farthest && count < enough; ++reach) {
    sum = 0;
    count = 0;
    for (int row = std::max(0, y - reach); row <= std::min(size.height - 1, y + reach); ++row) {
      l_uint32* line = pixGetData(const_cast<Pix*>(&piece)) + static_cast<std::ptrdiff_t>(row) * pixGetWpl(&piece);
      l_uint32* hidden = pixGetData(const_cast<Pix*>(&print)) + static_cast<std::ptrdiff_t>(row) * pixGetWpl(&print);
      for (int column = std::max(0, x - reach); column <= std::min(size.width - 1, x + reach); ++column) {
        if (GET_DATA_BIT(hidden, column) == 0) {
          sum += GET_DATA_BYTE(line, column);
          ++count;
        }
      }
    }
  }
  return count == 0 ? 255 : sum / count;
}

// As if the print were not there, and strokes of the stamp went on below it.
PixPtr filled(const Pix& piece, const Pix& print) {
  PixPtr whole = own(pixCopy(nullptr, const_cast<Pix*>(&piece)), "pixCopy");
  const Size size = size_of(piece);
  for (int y = 0; y < size.height; ++y) {
    l_uint32* hidden = pixGetData(const_cast<Pix*>(&print)) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(&print);
    for (int x = 0; x < size.width; ++x) {
      if (GET_DATA_BIT(hidden, x) != 0) {
        pixSetPixel(whole.get(), x, y, around(piece, print, x, y));
      }
    }
  }
  stretch(*whole);
  return whole;
}

PixPtr smooth(const Pix& piece) { return own(pixBlockconv(const_cast<Pix*>(&piece), 1, 1), "pixBlockconv"); }

}  // namespace

void stretch(Pix& piece) {
  std::array<int, 256> counts{};
  const Size size = size_of(piece);
  for (int y = 0; y < size.height; ++y) {
    const std::uint32_t* line = pixGetData(&piece) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(&piece);
    for (int x = 0; x < size.width; ++x) {
      ++counts.at(GET_DATA_BYTE(line, x));
    }
  }
  int left = size.width * size.height / 50;
  int darkest = 0;
  while (darkest < 200 && (left -= counts.at(static_cast<std::size_t>(darkest))) > 0) {
    ++darkest;
  }
  pixGammaTRC(&piece, &piece, 1.0F, darkest, 240);
}

PixPtr without_noise(const Pix& piece) {
  PixPtr even = own(pixBlockconv(const_cast<Pix*>(&piece), 2, 2), "pixBlockconv");
  stretch(*even);
  return even;
}

PixPtr without_thin_strokes(const Pix& piece, int pixels) {
  return own(pixCloseGray(const_cast<Pix*>(&piece), pixels, pixels), "pixCloseGray");
}

PixPtr bold_strokes(const Pix& piece, int pixels) {
  constexpr int near = 9;
  const PixPtr ink = darker(piece, 128);
  const PixPtr rest = dilated(*opened(*ink, pixels, pixels), near, near);
  pixInvert(rest.get(), rest.get());
  PixPtr bold = own(pixCopy(nullptr, const_cast<Pix*>(&piece)), "pixCopy");
  pixSetMasked(bold.get(), rest.get(), 255);
  return bold;
}

std::vector<PixPtr> other_looks(const Pix& piece) {
  std::vector<PixPtr> looks;
  for (const int thin : {3, 5}) {
    looks.push_back(without_thin_strokes(piece, thin));
  }
  const PixPtr print = print_in(piece, black, 3);
  PixPtr light = own(pixCopy(nullptr, const_cast<Pix*>(&piece)), "pixCopy");
  pixSetMasked(light.get(), print.get(), 255);
  stretch(*light);
  looks.push_back(std::move(light));
  looks.push_back(filled(piece, *print));
  looks.push_back(smooth(*looks.back()));
  looks.push_back(smooth(*filled(piece, *print_in(piece, dark, 5))));
  for (const int bold : {4, 5}) {
    looks.push_back(bold_strokes(piece, bold));
  }
  return looks;
}

}  // namespace sohoa
