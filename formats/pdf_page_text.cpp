// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_page_text.hpp"

#include "core/reading_order.hpp"
#include "core/text.hpp"
#include "formats/pdf_content.hpp"
#include "formats/pdf_images.hpp"
#include "formats/pdf_shown_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>
#include <utility>

namespace sohoa {
namespace {

constexpr double k_max_frame = 1 << 20;  // where a page is larger than one dot an inch can help
constexpr double k_max_side = 60000;     // pixels
constexpr double k_ascent = 0.72;        // of an em: where capitals end
constexpr double k_descent = 0.2;
constexpr double k_word_gap = 0.17;         // of an em: a blank has 0.25
constexpr double k_touch = 0.05;            // parts of one word
constexpr double k_back = 0.5;              // how far kerning and marks may go back
constexpr double k_same_line = 0.35;        // of an em
constexpr double k_column_gap = 2.5;        // ems
constexpr std::size_t k_open_blocks = 100;  // that a line may belong to, the last ones
constexpr double k_level = 0.17;            // tangent of ten degrees

struct Glyph {
  std::string text;
  double left = 0;  // pixels of the frame, y down
  double right = 0;
  double baseline = 0;
  double size = 0;  // pixels of an em
  bool invisible = false;
};

struct Word {
  OcrWord word;
  double baseline = 0;
  double size = 0;
};

// Turns a picture of that size clockwise.
Matrix quarters(int degrees, double width, double height) {
  switch (degrees) {
    case 90:
      return {0, 1, -1, 0, height, 0};
    case 180:
      return {-1, 0, 0, -1, width, height};
    case 270:
      return {0, -1, 1, 0, 0, width};
    default:
      return {};
  }
}

// The page's user space to the frame.
Matrix to_frame(const PdfReader& reader, const PdfPageNode& page, double dpi) {
  const auto [left, bottom, right, top] = page_box(reader, page);
  const double scale = page_unit(reader, page) * dpi / 72;
  const double width = (right - left) * scale;
  const double height = (top - bottom) * scale;
  const Matrix unturned{scale, 0, 0, -scale, -left * scale, top * scale};
  return then(unturned, quarters(page_turn(reader, page), width, height));
}

ShownGlyph placed(const ShownGlyph& glyph, const Matrix& m) {
  ShownGlyph moved = glyph;
  moved.x = m.a * glyph.x + m.c * glyph.y + m.e;
  moved.y = m.b * glyph.x + m.d * glyph.y + m.f;
  moved.dx = m.a * glyph.dx + m.c * glyph.dy;
  moved.dy = m.b * glyph.dx + m.d * glyph.dy;
  moved.along_x = m.a * glyph.along_x + m.c * glyph.along_y;
  moved.along_y = m.b * glyph.along_x + m.d * glyph.along_y;
  moved.up_x = m.a * glyph.up_x + m.c * glyph.up_y;
  moved.up_y = m.b * glyph.up_x + m.d * glyph.up_y;
  return moved;
}

// Quarters clockwise by which text runs from level; -1 when it runs aslant.
int quarter_of(const ShownGlyph& glyph) {
  const double across = std::abs(glyph.along_x);
  const double down = std::abs(glyph.along_y);
  if (across > 0 && down <= k_level * across) {
    return glyph.along_x > 0 ? 0 : 2;
  }
  return down > 0 && across <= k_level * down ? (glyph.along_y > 0 ? 1 : 3) : -1;
}

// Where most of the text would stand upright.
int upright(const std::vector<ShownGlyph>& glyphs) {
  std::array<std::size_t, 4> counts{};
  for (const ShownGlyph& glyph : glyphs) {
    if (const int quarter = quarter_of(glyph); quarter >= 0) {
      ++counts.at(static_cast<std::size_t>(quarter));
    }
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return static_cast<int>((4 - (most - counts.begin())) % 4 * 90);
}

// Blanks of every width, and what joins or parts letters unseen.
bool is_blank(std::string_view text) {
  constexpr std::array<std::string_view, 18> blanks{" ",      "\u00A0", "\u2000", "\u2001", "\u2002", "\u2003",
                                                    "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009",
                                                    "\u200A", "\u200B", "\u200C", "\u202F", "\u3000", "\uFEFF"};
  return text.find_first_not_of(' ') == std::string_view::npos ||
         std::find(blanks.begin(), blanks.end(), text) != blanks.end();
}

// Makes words of glyphs in the order in which the page shows them.
class Words {
 public:
  explicit Words(double layer) : m_layer(layer) {}

  void add(const Glyph& glyph) {
    if (is_blank(glyph.text)) {
      close();
      return;
    }
    if (m_open) {
      const double gap = glyph.left - m_word.word.box.right;
      const double em = std::max(glyph.size, m_word.size);
      if (std::abs(glyph.baseline - m_word.baseline) > k_same_line * em || gap > k_word_gap * em ||
          gap < -k_back * em || m_invisible != glyph.invisible) {
        close();
      }
    }
    if (!m_open) {
      m_open = true;
      m_invisible = glyph.invisible;
      m_word = {{"", glyph.invisible ? m_layer : 1, box_of(glyph)}, glyph.baseline, glyph.size};
    }
    m_word.word.text += glyph.text;
    m_word.word.box = united(m_word.word.box, box_of(glyph));
    m_word.size = std::max(m_word.size, glyph.size);
    if (glyph.text.find("\uFFFD") != std::string::npos) {
      m_word.word.confidence = 0;
    }
  }

  void close() {
    if (std::exchange(m_open, false)) {
      m_word.word.text = to_nfc(trim(m_word.word.text));
      if (!m_word.word.text.empty()) {
        m_words.push_back(std::move(m_word));
      }
    }
  }

  std::vector<Word> take() {
    close();
    return std::move(m_words);
  }

 private:
  static Box box_of(const Glyph& glyph) {
    return {glyph.left, glyph.baseline - k_ascent * glyph.size, glyph.right, glyph.baseline + k_descent * glyph.size};
  }

  double m_layer;
  bool m_open = false;
  bool m_invisible = false;
  Word m_word;
  std::vector<Word> m_words;
};

// Rows of words on one baseline, whatever the order in which the page shows them.
std::vector<std::vector<Word>> rows_of(std::vector<Word> words) {
  std::stable_sort(words.begin(), words.end(), [](const Word& a, const Word& b) { return a.baseline < b.baseline; });
  std::vector<std::vector<Word>> rows;
  for (Word& word : words) {
    if (rows.empty() ||
        word.baseline - rows.back().back().baseline > k_same_line * std::min(word.size, rows.back().back().size)) {
      rows.emplace_back();
    }
    rows.back().push_back(std::move(word));
  }
  for (std::vector<Word>& row : rows) {
    std::stable_sort(row.begin(), row.end(),
                     [](const Word& a, const Word& b) { return a.word.box.left < b.word.box.left; });
  }
  return rows;
}

// Print that is laid down twice to look bold.
bool is_shadow(const Word& before, const Word& word) {
  const Box& a = before.word.box;
  const Box& b = word.word.box;
  return before.word.text == word.word.text && std::abs(a.left - b.left) < 0.3 * word.size &&
         std::abs(a.right - b.right) < 0.3 * word.size;
}

// The row without what is there twice, and with its parts of words together.
std::vector<Word> tidied(std::vector<Word> row) {
  std::vector<Word> words;
  for (Word& word : row) {
    if (!words.empty() && is_shadow(words.back(), word)) {
      continue;
    }
    const double gap = words.empty() ? 0 : word.word.box.left - words.back().word.box.right;
    if (!words.empty() && std::abs(gap) < k_touch * word.size && words.back().word.confidence == word.word.confidence) {
      Word& last = words.back();
      last.word.text = to_nfc(last.word.text + word.word.text);
      last.word.box = united(last.word.box, word.word.box);
      last.size = std::max(last.size, word.size);
      continue;
    }
    words.push_back(std::move(word));
  }
  return words;
}

void put_line(std::vector<Word>& words, std::vector<OcrLine>& lines) {
  if (words.empty()) {
    return;
  }
  OcrLine line;
  for (Word& word : words) {
    line.words.push_back(std::move(word.word));
  }
  line.fit_to_words();
  line.baseline_left = words.front().baseline;
  line.baseline_right = words.back().baseline;
  lines.push_back(std::move(line));
  words.clear();
}

std::vector<OcrLine> lines_of(std::vector<Word> words) {
  std::vector<OcrLine> lines;
  for (std::vector<Word>& row : rows_of(std::move(words))) {
    std::vector<Word> part;
    for (Word& word : tidied(std::move(row))) {
      if (!part.empty() && word.word.box.left - part.back().word.box.right > k_column_gap * word.size) {
        put_line(part, lines);
      }
      part.push_back(std::move(word));
    }
    put_line(part, lines);
  }
  return lines;
}

// A block is what stands together: lines near each other whose sides overlap.
std::vector<OcrBlock> blocks_of(std::vector<OcrLine> lines) {
  std::vector<OcrBlock> blocks;
  for (OcrLine& line : lines) {
    const auto near = [&](const OcrBlock& block) {
      const Box& last = block.lines.back().box;
      const double height = std::max(height_of(last), height_of(line.box));
      return line.box.top - last.bottom < 0.8 * height && line.box.left < last.right && last.left < line.box.right;
    };
    const auto last = blocks.rbegin() + static_cast<std::ptrdiff_t>(std::min(blocks.size(), k_open_blocks));
    const auto found = std::find_if(blocks.rbegin(), last, near);
    if (found == last) {
      blocks.push_back({line.box, {std::move(line)}});
    } else {
      found->box = united(found->box, line.box);
      found->lines.push_back(std::move(line));
    }
  }
  return blocks;
}

}  // namespace

PdfPageFrame text_frame_of(const PdfReader& reader, const PdfPageNode& page) {
  const auto [left, bottom, right, top] = page_box(reader, page);
  const double unit = page_unit(reader, page);
  const double width = std::max((right - left) * unit, 1.0);
  const double height = std::max((top - bottom) * unit, 1.0);
  if (!std::isfinite(width) || !std::isfinite(height)) {
    throw reader.corrupt("a page has no size that can be told");
  }
  PdfPageFrame frame;
  frame.dpi = std::max(1.0, std::floor(std::min(k_text_dpi, k_max_side * 72 / std::max(width, height))));
  const bool sideways = page_turn(reader, page) % 180 != 0;
  const auto pixels = [&](double points) {
    return static_cast<int>(std::lround(std::clamp(points * frame.dpi / 72, 1.0, k_max_frame)));
  };
  frame.width = pixels(sideways ? height : width);
  frame.height = pixels(sideways ? width : height);
  return frame;
}

PdfPageText page_text(const PdfReader& reader, const PdfPageNode& page, double layer) {
  const PdfPageFrame frame = text_frame_of(reader, page);
  std::vector<ShownGlyph> glyphs = shown_text(reader, page);
  const Matrix shown = to_frame(reader, page, frame.dpi);
  std::transform(glyphs.begin(), glyphs.end(), glyphs.begin(),
                 [&](const ShownGlyph& glyph) { return placed(glyph, shown); });
  PdfPageText text;
  text.orientation = upright(glyphs);
  const bool sideways = text.orientation % 180 != 0;
  text.page.width = sideways ? frame.height : frame.width;
  text.page.height = sideways ? frame.width : frame.height;
  const Matrix turn = quarters(text.orientation, frame.width, frame.height);
  Words words(layer);
  for (const ShownGlyph& glyph : glyphs) {
    if (glyph.text == " ") {
      words.close();
      continue;
    }
    const ShownGlyph level = placed(glyph, turn);
    const double size = std::abs(level.up_y);
    const double right = level.x + level.dx;
    if (!std::isfinite(level.x + level.y + level.dx + size) || quarter_of(level) != 0 || right < 0 ||
        level.x > text.page.width || level.y < 0 || level.y - size > text.page.height) {
      continue;
    }
    words.add({level.text, std::min(level.x, right), std::max(level.x, right), level.y, size, level.invisible});
    text.unknown += level.text.find("\uFFFD") != std::string::npos ? 1U : 0U;
    text.invisible += level.invisible ? 1U : 0U;
  }
  text.page.blocks = blocks_of(lines_of(words.take()));
  read_columns_apart(text.page);
  return text;
}

void lay_over(OcrPage& scan, const OcrPage& text, double skew) {
  const double turn = skew * std::numbers::pi / 180;
  const double across = static_cast<double>(scan.width) / std::max(text.width, 1);
  const double down = static_cast<double>(scan.height) / std::max(text.height, 1);
  const auto scaled = [&](Box& box) {
    box = {box.left * across, box.top * down, box.right * across, box.bottom * down};
    // Turned with the scan about its centre, and level again.
    const double x = (box.left + box.right - scan.width) / 2;
    const double y = (box.top + box.bottom - scan.height) / 2;
    const double dx = std::cos(turn) * x - std::sin(turn) * y - x;
    const double dy = std::sin(turn) * x + std::cos(turn) * y - y;
    box = {box.left + dx, box.top + dy, box.right + dx, box.bottom + dy};
    return dy;
  };
  for (OcrBlock block : text.blocks) {
    scaled(block.box);
    for (OcrLine& line : block.lines) {
      const double dy = scaled(line.box);
      line.baseline_left = line.baseline_left * down + dy;
      line.baseline_right = line.baseline_right * down + dy;
      for (OcrWord& word : line.words) {
        scaled(word.box);
      }
    }
    scan.blocks.push_back(std::move(block));
  }
}

PdfPageText page_text(const fs::path& file, std::size_t index, double layer) {
  PdfPageText text;
  with_podofo(file, [&] {
    const PdfReader reader(file);
    text = page_text(reader, page_at(reader, index), layer);
  });
  return text;
}

}  // namespace sohoa
