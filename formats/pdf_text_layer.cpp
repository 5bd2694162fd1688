// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_text_layer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

namespace sohoa {
namespace {

constexpr double k_glyph_height = k_glyph_ascent + k_glyph_descent;
constexpr double k_min_height = 1;          // points, of a line
constexpr double k_min_gap = 0.2;           // of the size: less, and readers run two words together
constexpr double k_min_glyph = 0.05;        // of the size
constexpr double k_same_size = 0.25;        // lines whose heights differ less share a size
constexpr double k_same_size_points = 3.6;  // and no more than this: so a box is 1.8 points off at most

// A word's glyphs and where they go from left to right, in points.
struct Run {
  GlyphString glyphs;
  double left = 0;
  double right = 0;
};

class TextLayer {
 public:
  TextLayer(const PagePlacement& placement, GlyphlessFont& font) : m_placement(placement), m_font(font) {}

  void add(const OcrLine& line) {
    const double top = y(line.box.top);
    const double bottom = y(line.box.bottom);
    choose_size(std::max(top - bottom, k_min_height) / k_glyph_height);
    const double baseline = (top + bottom) / 2 - m_size * (k_glyph_ascent - k_glyph_descent) / 2;
    std::vector<Run> runs = runs_of(line);
    for (std::size_t i = 0; i < runs.size(); ++i) {
      // A word that stands before its predecessor starts anew.
      const bool follows = i > 0 && runs[i].left > runs[i - 1].left;
      if (follows) {
        runs[i].left = std::max(runs[i].left, runs[i - 1].right + m_size * k_min_gap);
        show({"0020", 1}, runs[i].left - runs[i - 1].right);
      } else {
        m_operators += "1 0 0 1 " + pdf_number(runs[i].left, 2) + " " + pdf_number(baseline, 2) + " Tm\n";
      }
      if (i + 1 < runs.size() && runs[i + 1].left > runs[i].left) {
        runs[i].right = std::min(runs[i].right, runs[i + 1].left - m_size * k_min_gap);
      }
      const double narrowest = m_size * k_min_glyph * static_cast<double>(runs[i].glyphs.glyphs);
      runs[i].right = std::max(runs[i].right, runs[i].left + narrowest);
      show(runs[i].glyphs, runs[i].right - runs[i].left);
    }
  }

  [[nodiscard]] std::string content() const { return m_operators.empty() ? "" : "BT\n3 Tr\n" + m_operators + "ET\n"; }

 private:
  [[nodiscard]] std::vector<Run> runs_of(const OcrLine& line) const {
    std::vector<Run> runs;
    for (const OcrWord& word : line.words) {
      Run run{m_font.encode(word.text), x(word.box.left), x(word.box.right)};
      if (run.glyphs.glyphs > 0) {
        runs.push_back(std::move(run));
      }
    }
    return runs;
  }

  [[nodiscard]] double x(double pixels) const {
    return std::clamp(pixels * m_placement.points_per_pixel_x, 0.0, m_placement.width);
  }
  [[nodiscard]] double y(double pixels) const {
    return std::clamp(m_placement.height - pixels * m_placement.points_per_pixel_y, 0.0, m_placement.height);
  }

  // Readers part a paragraph where the size changes, and line boxes differ by their letters' shapes.
  void choose_size(double size) {
    const double difference = std::abs(size - m_size);
    if (difference <= k_same_size * m_size && difference * k_glyph_height <= k_same_size_points) {
      return;
    }
    m_size = std::round(size * 10) / 10;
    m_operators += std::string("/") + k_text_font + " " + pdf_number(m_size, 1) + " Tf\n";
  }

  void show(const GlyphString& glyphs, double width) {
    const double natural = m_size * k_glyph_width * static_cast<double>(glyphs.glyphs);
    m_operators += pdf_number(100 * width / natural, 2) + " Tz<" + glyphs.hex + ">Tj\n";
  }

  const PagePlacement& m_placement;
  GlyphlessFont& m_font;
  double m_size = 0;
  std::string m_operators;
};

}  // namespace

std::string pdf_number(double value, int decimals) {
  std::array<char, 64> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  std::string text(buffer.data(), end.ptr);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
      text.pop_back();
    }
  }
  return text == "-0" ? "0" : text;
}

std::string text_layer(const OcrPage& page, const PagePlacement& placement, GlyphlessFont& font) {
  TextLayer layer(placement, font);
  for (const OcrBlock& block : page.blocks) {
    for (const OcrLine& line : block.lines) {
      layer.add(line);
    }
  }
  return layer.content();
}

}  // namespace sohoa
