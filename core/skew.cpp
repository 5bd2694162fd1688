// SPDX-License-Identifier: Apache-2.0
#include "core/skew.hpp"

#include "core/binarize.hpp"

#include <algorithm>
#include <cmath>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr double measuring_dpi = 150;  // fine enough for 0.02°, where a page is 1,240 pixels wide
constexpr double radians = 3.14159265358979323846 / 180;

// Text lines lie where the rows' ink changes most. On its side a page of text scores a third or less.
constexpr double sideways_ratio = 1.7;
// Between these the letters are asked too: a frame alone makes an upright page score up to 2, one on its side 0.5.
constexpr double surely_upright = 0.3;
constexpr double surely_sideways = 3.4;
// Mean of both: upright frames and tables measure up to 0.8, framed pages on their side 1.6.
constexpr double sideways_mean = 1.2;
// Ascenders against descenders, in standard deviations; upright Vietnamese pages measure 6 and more.
constexpr float upside_down_score = -4.5F;
constexpr float skew_confidence_floor = 2.5F;

struct Skew {
  float angle = 0;
  float confidence = 0;
  float score = 0;
};

Skew find_skew(Pix* ink, double range) {
  Skew skew;
  const auto half = static_cast<float>(std::max(range, 1.0) + 1);
  if (pixFindSkewSweepAndSearchScore(ink, &skew.angle, &skew.confidence, &skew.score, 2, 1, 0, half, 1.0F, 0.01F) !=
      0) {
    return {};
  }
  return skew;
}

// Marks that are neither specks, nor punch holes and shadows at the scan's edge.
double marks_of(const Pix& ink, double dpi) {
  auto* raw = const_cast<Pix*>(&ink);
  const Size size = size_of(ink);
  const int rim = static_cast<int>(dpi * 0.16);  // 4 mm
  const PixPtr inner = own(pixCopy(nullptr, raw), "pixCopy");
  pixSetOrClearBorder(inner.get(), rim, rim, rim, rim, PIX_CLR);
  const int speck = std::max(2, static_cast<int>(dpi * 0.03));  // 0.8 mm, the height of a small letter is 1.5
  const PixPtr marks =
      own(pixSelectBySize(inner.get(), speck, speck, 8, L_SELECT_IF_BOTH, L_SELECT_IF_GTE, nullptr), "pixSelectBySize");
  l_int32 count = 0;
  pixCountPixels(marks.get(), &count, nullptr);
  return count / (static_cast<double>(size.width) * size.height);
}

double sideways_to_upright(const Skew& sideways, const Skew& upright) {
  return sideways.score / std::max(upright.score, 1e-6F);
}

// The ink without frames, long rules and shadows at the edge, which have lines of their own, most of them on their
// side.
PixPtr letters_of(Pix* ink, double dpi) {
  const int longest = static_cast<int>(dpi);  // 25 mm
  return own(pixSelectBySize(ink, longest, longest, 8, L_SELECT_IF_BOTH, L_SELECT_IF_LTE, nullptr), "pixSelectBySize");
}

// Sparse columns of figures let the letters err, frames the whole; together they do not.
bool lies_sideways(const Skew& sideways, const Skew& upright, Pix* ink, double dpi, double range) {
  if (sideways.confidence <= skew_confidence_floor) {
    return false;
  }
  const double ratio = sideways_to_upright(sideways, upright);
  if (ratio > surely_upright && ratio < surely_sideways) {
    const PixPtr letters = letters_of(ink, dpi);
    const PixPtr side = turned(*letters, 90);
    const Skew across = find_skew(side.get(), range);
    const Skew along = find_skew(letters.get(), range);
    if (across.score > 0 && along.score > 0) {
      return std::sqrt(ratio * sideways_to_upright(across, along)) > sideways_mean;
    }
  }
  return ratio > sideways_ratio;
}

bool is_upside_down(Pix* ink, float angle, double& confidence) {
  const PixPtr level =
      own(pixRotate(ink, static_cast<float>(angle * radians), L_ROTATE_SAMPLING, L_BRING_IN_WHITE, 0, 0), "pixRotate");
  float score = 0;
  float sideways = 0;  // settled already, and more surely, by the lines themselves
  if (pixOrientDetect(level.get(), &score, &sideways, 0, 0) != 0) {
    return false;
  }
  confidence = std::min(1.0, std::abs(score) / 10.0);
  return score < upside_down_score;
}

}  // namespace

PageLie measure_page(const Pix& page, const DeskewOptions& options) {
  PageLie lie;
  const double dpi = options.dpi > 0 ? options.dpi : 300;
  const double scale = std::min(1.0, measuring_dpi / dpi);
  const PixPtr ink = ink_of(*reading_grey(page, scale));
  lie.ink = marks_of(*ink, dpi * scale);
  lie.geometry.blank = lie.ink <= 0;
  if (lie.geometry.blank) {
    return lie;
  }
  const Skew upright = find_skew(ink.get(), options.max_angle);
  Skew chosen = upright;
  int turn = 0;
  PixPtr view = own(pixClone(ink.get()), "pixClone");
  if (options.orientation) {
    PixPtr side = turned(*ink, 90);
    const Skew sideways = find_skew(side.get(), options.max_angle);
    if (lies_sideways(sideways, upright, ink.get(), dpi * scale, options.max_angle)) {
      turn = 90;
      chosen = sideways;
      view = std::move(side);
    }
    if (chosen.confidence > skew_confidence_floor &&
        is_upside_down(view.get(), chosen.angle, lie.orientation_confidence)) {
      turn += 180;
    }
  }
  lie.skew_confidence = chosen.confidence;
  lie.geometry.orientation = turn;
  const bool believed = chosen.confidence >= skew_confidence_floor && std::abs(chosen.angle) <= options.max_angle;
  lie.geometry.skew = believed && std::abs(chosen.angle) >= 0.03F ? chosen.angle : 0.0;
  return lie;
}

PixPtr straighten(const Pix& page, const PageGeometry& geometry) {
  PixPtr upright = turned(page, geometry.orientation);
  if (geometry.skew == 0) {
    return upright;
  }
  const int way = depth_of(*upright) == 1 ? L_ROTATE_SAMPLING : L_ROTATE_AREA_MAP;
  return own(pixRotate(upright.get(), static_cast<float>(geometry.skew * radians), way, L_BRING_IN_WHITE, 0, 0),
             "pixRotate");
}

}  // namespace sohoa
