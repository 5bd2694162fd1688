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
  std::string region = "page";  // page | head-left | head-right | body (text parted at wide gaps) | right (of body)
  std::string take = "match";   // what is the value:
                                //   match        the first group of `pattern`, or all of it
                                //   top          the region's topmost lines, as long as they match
                                //   block        from the first group on, and the lines that follow closely
                                //   below        the lines that follow closely, on the same centre
                                //   name-below   the nearest text below, on the same centre, that matches `value`
  std::string pattern;
  std::string value;      // take = name-below: the value's pattern
  std::string label;      // take = match: what stands before a value that is sure
  std::string until;      // take = block, below: the line that is no more part of it
  std::string normalize;  // none | number | symbol | kind | date | person | agency | parent
  std::string otherwise;  // the field for values that are not the document's only one, or have no label
  double certainty = 1;   // 0 … 1: factor to the confidence of the words
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
  std::vector<std::string> abbreviations;       // of agencies, as symbols hold them
  std::string letter;                           // the kind of a document whose notation begins with an agency
  std::map<std::string, std::string> synonyms;  // equal when values are compared
  std::map<std::string, ExtractRule> rules;
};

}  // namespace sohoa
