// SPDX-License-Identifier: Apache-2.0
#include "core/marks.hpp"

#include "core/binarize.hpp"
#include "core/brick.hpp"
#include "core/ink_colour.hpp"
#include "core/ink_parts.hpp"
#include "core/ring.hpp"
#include "core/skew.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <optional>
#include <utility>

#include <leptonica/allheaders.h>

namespace sohoa {
namespace {

constexpr double looking_dpi = 75;  // a pen's stroke is a pixel wide and more
constexpr double mm = looking_dpi / 25.4;
constexpr double hardly_broken = 0.9;  // share of a ring of faint ink, however broken others are

struct Blob {
  Box box;  // pixels at looking_dpi
  double ink = 0;
  PixPtr shape;

  [[nodiscard]] double width() const { return box.right - box.left; }
  [[nodiscard]] double height() const { return box.bottom - box.top; }
};

// Strokes no farther apart than `gap` mm are one. Specks are none.
std::vector<Blob> blobs_of(const PixPtr& ink, double gap) {
  const int reach = std::max(1, static_cast<int>(gap * mm));
  const PixPtr joined = closed(*ink, reach, reach);
  const InkParts parts(*joined);
  std::vector<Blob> blobs;
  for (std::size_t i = 0; i < parts.boxes().size(); ++i) {
    const PixRect& box = parts.boxes()[i];
    if (box.width < 2 * mm || box.height < 2 * mm) {
      continue;
    }
    Blob blob{box_of(box), 0, nullptr};
    blob.shape = cut_out(*ink, box);
    pixAnd(blob.shape.get(), blob.shape.get(), parts.shape(i).get());
    int count = 0;
    pixCountPixels(blob.shape.get(), &count, nullptr);
    blob.ink = count / (blob.width() * blob.height());
    blobs.push_back(std::move(blob));
  }
  return blobs;
}

double round_share(const Blob& blob) {
  const double across = blob.width() / 2;
  const double down = blob.height() / 2;
  return ring_share(*blob.shape, across, down, across, down);
}

bool is_seal(const Blob& blob) {
  const double ratio = blob.width() / blob.height();
  const double size = std::max(blob.width(), blob.height()) / mm;
  return size > 18 && size < 50 && ratio > 0.75 && ratio < 1.33 && blob.ink > 0.04 && round_share(blob) > 0.55;
}

// It has straight edges from side to side, a little crooked perhaps.
bool is_framed(const Blob& blob) {
  const int run = std::max(3, static_cast<int>(blob.width() * 0.28));
  const PixPtr thick = dilated(*blob.shape, 1, 5);
  const PixPtr rules = opened(*thick, run, 1);
  int count = 0;
  pixCountPixels(rules.get(), &count, nullptr);
  return count > 6 * blob.width();
}

bool is_stamp(const Blob& blob) {
  return blob.width() > 20 * mm && blob.width() < 100 * mm && blob.height() > 8 * mm && blob.height() < 60 * mm &&
         is_framed(blob);
}

// What is no letters: lines of tables and frames taken out first.
PixPtr unruled(const PixPtr& ink) {
  const int run = static_cast<int>(12 * mm);
  PixPtr rest = own(pixCopy(nullptr, ink.get()), "pixCopy");
  for (const auto& [wide, high] : {std::pair(run, 1), std::pair(1, run)}) {
    const PixPtr rules = opened(*ink, wide, high);
    const PixPtr thick = dilated(*rules, 3, 3);
    pixSubtract(rest.get(), rest.get(), thick.get());
  }
  return rest;
}

class Marks {
 public:
  Marks(double scale, double skew, Size size) : m_scale(scale), m_skew(skew * std::numbers::pi / 180), m_size(size) {}

  // At `box` of the turned page, which is then levelled about its middle.
  void add(OcrMark::Kind kind, const Box& box) {
    const double sine = std::sin(m_skew);
    const double cosine = std::cos(m_skew);
    const double x = (box.left + box.right - m_size.width) / 2;
    const double y = (box.top + box.bottom - m_size.height) / 2;
    const double dx = x * cosine - y * sine - x;
    const double dy = x * sine + y * cosine - y;
    m_marks.push_back({kind,
                       {(box.left + dx) / m_scale, (box.top + dy) / m_scale, (box.right + dx) / m_scale,
                        (box.bottom + dy) / m_scale}});
  }

  void add_coloured(Pix* page) {
    const Colour paper = paper_of(*page);
    const PixPtr red = ink_of_colour(*page, paper, InkColour::red, InkLeast::clear);
    const Box seal = add_ring(*red);
    for (const Blob& blob : blobs_of(red, 1.5)) {
      if (is_seal(blob) && shared_area(blob.box, seal) == 0) {
        add(OcrMark::Kind::seal, blob.box);
      } else if (is_stamp(blob) && shared_area(blob.box, seal) == 0) {
        add(OcrMark::Kind::stamp, blob.box);
      }
    }
    for (const Blob& blob : blobs_of(ink_of_colour(*page, paper, InkColour::blue, InkLeast::clear), 3)) {
      if (!at_edge(blob.box)) {
        const bool large = blob.height() > 8 * mm && blob.width() > 8 * mm && blob.ink < 0.35;
        add(is_seal(blob)    ? OcrMark::Kind::seal
            : is_stamp(blob) ? OcrMark::Kind::stamp
            : large          ? OcrMark::Kind::signature
                             : OcrMark::Kind::handwriting,
            blob.box);
      }
    }
  }
  // A bitonal scan has no fainter ink.
  void add_shaped(const GradedInk& page, bool bitonal) {
    const PixPtr rest = unruled(page.ink);
    Box seal = add_ring(*rest);
    if (area_of(seal) == 0 && !bitonal) {
      seal = add_ring(*unruled(page.faint), hardly_broken);
    }
    for (const Blob& blob : blobs_of(rest, 0.4)) {
      if (is_seal(blob) && shared_area(blob.box, seal) == 0) {
        add(OcrMark::Kind::seal, blob.box);
      } else if (shared_area(blob.box, seal) < 0.7 * area_of(blob.box) && blob.height() > 9 * mm &&
                 blob.height() < 70 * mm && blob.width() > 9 * mm && blob.width() < 110 * mm && blob.ink < 0.2) {
        add(OcrMark::Kind::signature, blob.box);
      }
    }
  }
  // A round seal of which the ring has that share; returns its box.
  Box add_ring(const Pix& ink, double least_share = 0) {
    const std::optional<Ring> ring = find_ring(ink, {15.5 * mm, 20.5 * mm}, 4 * mm);
    if (!ring || ring->share < least_share) {
      return {};
    }
    const Box box{ring->x - ring->radius, ring->y - ring->radius, ring->x + ring->radius, ring->y + ring->radius};
    add(OcrMark::Kind::seal, box);
    return box;
  }
  // The shadow of the scanner's lid has a colour.
  [[nodiscard]] bool at_edge(const Box& box) const {
    return box.left < mm || box.top < mm || box.right > m_size.width - mm || box.bottom > m_size.height - mm;
  }
  [[nodiscard]] std::vector<OcrMark> take() { return std::move(m_marks); }

 private:
  double m_scale;  // pixels looked at a pixel of the upright frame
  double m_skew;   // radians
  Size m_size;
  std::vector<OcrMark> m_marks;
};

}  // namespace

std::vector<OcrMark> marks_of(const Pix& scan, double dpi, const PageGeometry& geometry) {
  const double scale = looking_dpi / (dpi > 0 ? dpi : 300);
  const auto factor = static_cast<float>(scale);
  const bool coloured = depth_of(scan) == 32;
  const PixPtr small = coloured ? own(pixScaleBySampling(const_cast<Pix*>(&scan), factor, factor), "pixScaleBySampling")
                                : reading_grey(scan, scale);
  const PixPtr page = turned(*small, geometry.orientation);
  Marks marks(scale, geometry.skew, size_of(*page));
  if (coloured) {
    marks.add_coloured(page.get());
  } else {
    marks.add_shaped(graded_ink_of(*page), depth_of(scan) == 1);
  }
  return marks.take();
}

void drop_print(std::vector<OcrMark>& marks, const std::vector<OcrWord>& words) {
  constexpr double sure = 0.8;
  constexpr double share = 0.5;
  std::erase_if(marks, [&](const OcrMark& mark) {
    double printed = 0;
    for (const OcrWord& word : words) {
      printed += word.confidence >= sure ? shared_area(word.box, mark.box) : 0;
    }
    return (mark.kind == OcrMark::Kind::handwriting || mark.kind == OcrMark::Kind::signature) &&
           printed > share * area_of(mark.box);
  });
}

bool lies_in_scrawl(const Box& word, const std::vector<OcrMark>& marks) {
  return std::any_of(marks.begin(), marks.end(), [&](const OcrMark& mark) {
    return mark.kind != OcrMark::Kind::stamp && shared_area(word, mark.box) > 0.5 * area_of(word);
  });
}

}  // namespace sohoa
