// SPDX-License-Identifier: Apache-2.0
// Names of signers that begin under a seal or a pen's stroke. Of such a name the recognizer gives the last words; the
// first are read again, in the place that they must have below the signer's title (NĐ 30/2020, App. I, box 7).
#pragma once

#include "core/ocr_result.hpp"
#include "core/person_name.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

// Where the surely read end of a name begins, the line's number of words where there is none.
std::size_t known_end(const std::vector<SeenWord>& words);

// Whether between two words of the line from `first` on there is room for one that was not read.
bool lacks_word(const SeenLine& line, std::size_t first);

// The words in capitals and without digits that end a line, which may begin with what stands left of a title: “Nơi
// nhận: GIÁM ĐỐC”.
struct Title {
  Box box;
  double width = 0;  // of its print, in em
};
std::optional<Title> title_of(const SeenLine& line);

struct HiddenName {
  std::size_t line = 0;        // in page.lines
  std::size_t known = 0;       // the word of the line from which on the name is read surely
  Box box;                     // that the whole name may have, in the upright frame
  std::optional<double> left;  // where it begins if it stands in the middle below its title
  bool begins_hidden = false;
  bool ends_hidden = false;  // a pen goes over its end
  bool has_gap = false;      // between two of its words another has room
};

// Of lines that a seal or a signature touches, whole ones among them, but not what a pen's strokes beside a whole one
// were read as. Without family names there are none.
std::vector<HiddenName> hidden_names(const SeenPage& page, const std::vector<OcrMark>& marks, const NameLists& lists);

// How a name is looked at again: the darkest ink, all there is, less the pen's strokes (print joined across them, less
// so, or with what is bolder than the pen), what is not thin, what is bold.
enum class NameLook { ink, all, without_pen, pen_joined_less, bold_kept, without_thin, bold };
// In the order that is worth trying; less for one of which only the end or a word may be hidden.
std::vector<NameLook> name_looks(const HiddenName& name);

// Takes out lines that hold no more than words of such a name, in its place: it was read in two parts.
void drop_parts_of_names(SeenPage& page, const std::vector<HiddenName>& names);

}  // namespace sohoa
