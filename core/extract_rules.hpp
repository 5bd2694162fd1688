// SPDX-License-Identifier: Apache-2.0
// How fields are found on read pages, as data: [extract] of a profile. No rules, no fields.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace sohoa {

// [extract.rules.<name>]. Patterns are core/text_pattern.hpp's: without marks, case as written.
struct ExtractRule {
  std::string field;            // the record's field; empty: the rule's name
  std::string pages = "first";  // first (with text) | last (on which the rule finds something) | any
  std::string region = "page";  // page | head-left | head-right | body (text parted at wide gaps) | right (of body) |
                                // left (what stands left of the page's middle)
  std::string take = "match";   // what is the value:
                                //   match        the first group of `pattern`, or all of it
                                //   top          the region's topmost lines, as long as they match
                                //   block        from the first group on, and the lines that follow closely
                                //   below        the lines that follow closely, on the same centre
                                //   list         what stands behind the match and below it, item by item
                                //   name-below   the nearest text below, on the same centre, that matches `value`; or
                                //                one that begins with a surname where a seal or the text ends
                                //   titles       of the last lines that match and those close to them, what matches
                                //                `value`
  std::string pattern;
  std::string value;      // take = name-below, titles: the value's pattern; list: of the last item, if it is whole
  std::string label;      // take = match: what stands before a value that is sure; without `otherwise`, before any
  std::string until;      // take = block, below, list: the line that is no more part of it
  std::string born;       // normalize = person: pattern of a year of birth on the same lines, and
  std::string sex;        //   of the words "Nam" and "Nữ" there; a number that says otherwise is doubtful
  std::string normalize;  // none | number | symbol | kind | date | person | old-person | code | name | agency | parent
  std::vector<std::string> known;  // values as they are written: what differs in its marks only is written so
  std::string otherwise;           // the field for values that are not the document's only one, or have no label
  bool elsewhere = false;          // spelled as the rest of the document does, where that is surer
  double certainty = 1;            // 0 … 1: factor to the confidence of the words
};

// All the words that `pages`, `region` and `take` may be.
std::vector<std::string> extract_pages_words();
std::vector<std::string> extract_region_words();
std::vector<std::string> extract_take_words();

struct ExtractRules {
  bool enabled = true;                          // false: no field is read
  double min_confidence = 0.8;                  // below it a value is too unsure to contradict the register
  std::string divider;                          // pattern of the text whose left edge parts the head's columns
  double column = 0.47;                         // the columns' border where the divider was not read, part of the width
  double head = 0.3;                            // the head's lower edge, part of the height, unless
  std::string head_end;                         // a line with this pattern comes first
  std::string organs;                           // pattern of the words with which an agency's name begins
  std::map<std::string, std::string> kinds;     // abbreviation -> heading of the kind of document
  std::vector<std::string> agencies;            // whole names: what differs in its marks only is written so
  std::vector<std::string> abbreviations;       // of agencies, as symbols hold them
  std::vector<std::string> name_words;          // that follow a surname, the commonest first
  std::vector<std::string> surnames;            // the commonest first; a name that begins with none of them is doubtful
  std::vector<std::string> ranks;               // and degrees: what stands before a signer's name
  std::vector<std::string> provinces;           // first three digits of personal numbers; others are doubtful
  std::string letter;                           // the kind of a document whose notation begins with an agency
  std::map<std::string, std::string> deputies;  // title of a head -> of who signs "KT." for it
  std::map<std::string, std::string> synonyms;  // equal when values are compared
  std::map<std::string, ExtractRule> rules;
};

}  // namespace sohoa
