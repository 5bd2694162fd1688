// SPDX-License-Identifier: Apache-2.0
// The part of a TrueType font that some text needs, cut out by HarfBuzz.
#pragma once

#include "core/fs.hpp"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace sohoa {

struct Glyph {
  char32_t letter = 0;
  unsigned id = 0;     // in the subset
  double advance = 0;  // thousandths of the font size
};

class FontSubset {
 public:
  // `text`: UTF-8, NFC. Throws Error(ExitStatus::environment): font-unreadable, font-licence (it forbids
  // embedding), font-letter (it lacks a letter of the text, which is named).
  FontSubset(const fs::path& file, const std::string& text);
  ~FontSubset();

  // The glyphs of a text made of the letters given to the constructor.
  [[nodiscard]] std::vector<Glyph> glyphs(const std::string& text) const;
  // Of the text, in thousandths of the font size.
  [[nodiscard]] double width(const std::string& text) const;
  // Each letter once, by glyph id.
  [[nodiscard]] const std::vector<Glyph>& letters() const { return m_letters; }

  // The font program (a TrueType file) and what its PDF descriptor says of it, in thousandths.
  [[nodiscard]] std::string program() const;
  [[nodiscard]] unsigned glyph_count() const;
  [[nodiscard]] double advance(unsigned glyph) const;
  [[nodiscard]] std::string postscript_name() const;
  [[nodiscard]] double ascent() const;
  [[nodiscard]] double descent() const;  // negative
  [[nodiscard]] double cap_height() const;
  [[nodiscard]] double italic_angle() const;        // degrees
  [[nodiscard]] std::array<double, 4> box() const;  // left, bottom, right, top

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
  std::vector<Glyph> m_letters;
};

}  // namespace sohoa
