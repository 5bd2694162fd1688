// SPDX-License-Identifier: Apache-2.0
#include "core/secret_search.hpp"

#include "core/secrecy.hpp"
#include "core/stamp_places.hpp"

#include <vector>

namespace sohoa {
namespace {

// Edges of real frames are whole but for faint ones; lines of print make frames with gaps.
constexpr double clear_frame = 0.88;

std::optional<std::string> mark_of_piece(const StampPiece& piece, const SecrecyRules& rules, Recognizer& reader) {
  const bool clear = piece.framed && piece.clear >= clear_frame;
  const StampShape shape = clear ? StampShape::framed : piece.framed ? StampShape::unclear : StampShape::apart;
  auto mark = mark_in_stamp(reader.read_line(*piece.image), shape, rules);
  if (mark || !clear) {
    return mark;
  }
  for (const PixPtr& look : other_looks(*piece.image)) {
    if ((mark = mark_in_stamp(reader.read_line(*look), shape, rules))) {
      return mark;
    }
  }
  return std::nullopt;
}

enum class Look { print, colour, unread };

std::vector<StampPiece> pieces_of(const SeenPaper& page, Look look) {
  switch (look) {
    case Look::print:
      return stamps_in_print(page.picture, page.dpi);
    case Look::colour:
      return stamps_in_colour(page.scan, page.dpi, page.geometry.orientation);
    case Look::unread:
      break;
  }
  return words_left_unread(page.picture, page.dpi, page.text);
}

}  // namespace

std::optional<std::string> find_secret_mark(const SeenPaper& page, const SecrecyRules& rules, Recognizer& reader) {
  if (rules.marks.empty() && rules.side_marks.empty()) {
    return std::nullopt;
  }
  if (auto mark = mark_in_text(page.text, rules)) {
    return mark;
  }
  const double lowest = rules.where == "anywhere" ? 1 : 0.5;
  for (const Look look : {Look::print, Look::colour, Look::unread}) {
    for (const StampPiece& piece : pieces_of(page, look)) {
      if (piece.down <= lowest) {
        if (auto mark = mark_of_piece(piece, rules, reader)) {
          return mark;
        }
      }
    }
  }
  return std::nullopt;
}

}  // namespace sohoa
