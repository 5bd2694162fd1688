// SPDX-License-Identifier: Apache-2.0
// What belongs together on a page: texts of several lines, lists, the titles above a signature.
#pragma once

#include "core/extract.hpp"
#include "core/page_lines.hpp"

#include <vector>

namespace sohoa {

// Several lines as one text, their confidence weighted by length; `between` joins them.
FoundField text_of(const std::vector<PlacedLine>& lines, const std::string& between = " ");

// Of all words; 0 without lines.
double least_confidence(const std::vector<PlacedLine>& lines);

// The line from a byte of its text on, so that a label stays behind.
PlacedLine rest_of(const PlacedLine& line, std::size_t begin);

// What of the line is in the span.
PlacedLine part_of(const PlacedLine& line, const Span& span);

// A line in capitals without what was made of a seal before it: words that were read badly and are none in capitals.
PlacedLine less_scraps(const PlacedLine& line);

// `lower` stands below `upper` with no more than the gap between lines of one text.
bool follows(const PlacedLine& upper, const PlacedLine& lower);

// All functions take the lines of a region from top to bottom; `until`, which may be null, ends a text before the line
// that it matches; `width` is the page's.

// The text from the first match on: of its line from the first group on (`below`: without that line, and only what
// stands on the same centre), and the lines that follow closely. Nothing, or one value.
std::vector<FoundField> block_of(const std::vector<PlacedLine>& lines, const TextPattern& pattern,
                                 const TextPattern* until, bool below, double width);

// What stands behind the first match, beside and below it, as items joined by "; ", without bullets and the marks at
// their ends. Nothing, or one value.
std::vector<FoundField> list_of(const std::vector<PlacedLine>& lines, const TextPattern& pattern,
                                const TextPattern* until, const TextPattern* last, double width);

// The lowest lines of which one matches `pattern`, each close to the one above and on its centre.
std::vector<PlacedLine> titles_of(const std::vector<PlacedLine>& lines, const TextPattern& pattern, double width);

}  // namespace sohoa
