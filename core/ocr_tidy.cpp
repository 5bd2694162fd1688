// SPDX-License-Identifier: Apache-2.0
#include "core/ocr_tidy.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <regex>
#include <string_view>
#include <utility>

namespace sohoa {
namespace {

using Characters = std::vector<std::string>;

// Letters of no Vietnamese or English word, and what is printed where they are read.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> look_alikes = {
    {{"¡", "i"}, {"ï", "i"}, {"ƒ", "f"}, {"Ð", "Đ"}, {"ð", "đ"}, {"Ñ", "N"}, {"⁄", "/"}, {"„", ","}, {"‚", ","}}};
constexpr std::array<std::string_view, 12> lone_signs = {"-", "–", "—", "+", "=", "/", "&", "%", ":", "…", "...", "•"};
constexpr std::string_view printed_signs = R"(.,;:()[]-/"'%&+=…“”‘’–—§°*@#<>?!)";

constexpr double sure_sign = 0.8;  // a lone sign read less surely is a speck
constexpr double odd_word = 0.6;   // so is a word with signs that are not printed
constexpr double dash = 0.3;       // begins every other line of an address list, and is seldom anything else
constexpr double unsure_word = 0.45;
constexpr double guessed = 0.2;  // strokes give short words that exist
constexpr double sure_word = 0.8;
constexpr double word_gap = 0.8;  // in heights of the words
constexpr double like_height = 1.6;

bool is_rule(const std::string& character) { return character == "|" || character == "_" || character == "¦"; }

std::string without_look_alikes(const std::string& text) {
  std::string plain;
  for (const std::string& character : split_characters(text)) {
    const auto* at =
        std::find_if(look_alikes.begin(), look_alikes.end(), [&](const auto& l) { return l.first == character; });
    const std::string_view put = at != look_alikes.end() ? at->second : std::string_view(character);
    // The recognizer gives both of a letter and its look-alike for one glyph: QĐÐ.
    if (at == look_alikes.end() || !plain.ends_with(put) || put != "Đ") {
      plain += put;
    }
  }
  return plain;
}

// ó has neither a digit nor another ó beside it in any word, and ends no symbol.
void restore_sixes(Characters& characters) {
  const auto at = [&](std::size_t i) { return i < characters.size() ? characters[i] : std::string(); };
  const auto is_six = [](const std::string& c) { return is_digit(c) || c == "ó"; };
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const std::string before = i > 0 ? at(i - 1) : "";
    const std::string after = at(i + 1);
    const bool apart = (!is_letter(before) || before == "ó") && (!is_letter(after) || after == "ó");
    const bool in_number = apart && (is_six(before) || is_six(after));
    const bool ends_symbol = i > 1 && is_upper(before) && !is_letter(after);
    if (characters[i] == "ó" && (in_number || ends_symbol)) {
      characters[i] = "6";
    }
  }
}

std::string tidy_number(const std::string& text) {
  static const std::regex year_slash(R"(^(\W*\d+)[I!l|](\d{4})([/I!l|].*)?$)");
  std::smatch match;
  if (!std::regex_match(text, match, year_slash)) {
    return text;
  }
  std::string rest = match[3].str();
  if (!rest.empty()) {
    rest[0] = '/';
  }
  return match[1].str() + "/" + match[2].str() + rest;
}

std::string tidied(const std::string& text) {
  Characters characters = split_characters(without_look_alikes(text));
  while (!characters.empty() && is_rule(characters.back())) {
    characters.pop_back();
  }
  characters.erase(characters.begin(), std::find_if_not(characters.begin(), characters.end(), is_rule));
  restore_sixes(characters);
  return tidy_number(std::accumulate(characters.begin(), characters.end(), std::string()));
}

// Glyphs that still make up the text, else none.
void follow(std::vector<Glyph>& glyphs, const std::string& text) {
  std::erase_if(glyphs, [](const Glyph& glyph) { return is_rule(glyph.front().text); });
  for (Glyph& glyph : glyphs) {
    for (GlyphReading& reading : glyph) {
      reading.text = without_look_alikes(reading.text);
    }
  }
  if (text_of(glyphs) != text) {
    glyphs.clear();
  }
}

bool breaks_number(const std::string& text) {
  return text.ends_with("-") && text.find('/') != std::string::npos && has_digit(text);
}

bool is_symbol(const std::string& text) {
  const Characters characters = split_characters(parts_of(text).core);
  return !characters.empty() && characters.size() <= 8 &&
         std::all_of(characters.begin(), characters.end(),
                     [](const std::string& c) { return is_upper(c) || c == "-"; });
}

// "123/2020/NĐ-" and "CP" a hair apart are one number.
void join_numbers(std::vector<SeenWord>& words) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    OcrWord& word = words[i].word;
    const OcrWord& next = words[i + 1].word;
    if (!breaks_number(word.text) || !is_symbol(next.text) ||
        next.box.left - word.box.right > 0.5 * (word.box.bottom - word.box.top)) {
      continue;
    }
    word.read = word.text + " " + next.text;
    word.text += next.text;
    word.confidence = std::min(word.confidence, next.confidence);
    word.box = {word.box.left, std::min(word.box.top, next.box.top), next.box.right,
                std::max(word.box.bottom, next.box.bottom)};
    words[i].glyphs.clear();
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

// One behind the other as words of a line, the neighbour surely read.
bool stands_by(const OcrWord& word, const OcrWord& neighbour) {
  const double height = height_of(word.box);
  const double other = height_of(neighbour.box);
  const double gap = std::max(neighbour.box.left - word.box.right, word.box.left - neighbour.box.right);
  const double middle = middle_of(word.box);
  return neighbour.confidence >= sure_word && characters(parts_of(neighbour.text).core) > 1 && gap < word_gap * other &&
         height < like_height * other && other < like_height * height && middle > neighbour.box.top &&
         middle < neighbour.box.bottom;
}

bool is_printed(const std::string& character) {
  return is_alphanumeric(character) || printed_signs.find(character) != std::string_view::npos;
}

}  // namespace

void tidy(std::vector<SeenWord>& words, const LanguageModel& model) {
  if (model.empty()) {
    return;
  }
  for (SeenWord& seen : words) {
    const std::string text = tidied(seen.word.text);
    if (text != seen.word.text) {
      seen.word.read = std::exchange(seen.word.text, text);
      follow(seen.glyphs, text);
    }
  }
  std::erase_if(words, [](const SeenWord& seen) { return seen.word.text.empty(); });
  join_numbers(words);
}

bool is_noise(const OcrWord& word, const LanguageModel& model) {
  const WordParts parts = parts_of(word.text);
  if (model.empty()) {
    return word.text.empty() || (parts.core.empty() && word.confidence < odd_word);
  }
  if (word.text == "-") {
    return word.confidence < dash;
  }
  if (parts.core.empty()) {
    return word.confidence < sure_sign ||
           std::find(lone_signs.begin(), lone_signs.end(), word.text) == lone_signs.end();
  }
  const Characters characters = split_characters(word.text);
  if (!std::all_of(characters.begin(), characters.end(), is_printed)) {
    return word.confidence < odd_word;
  }
  const Characters core = split_characters(parts.core);
  if (has_digit(parts.core) || std::all_of(core.begin(), core.end(), is_upper)) {
    return word.confidence < guessed && core.size() < 3;
  }
  return model.knows(to_lower(parts.core)) ? word.confidence < guessed && core.size() < 4
                                           : word.confidence < unsure_word;
}

std::vector<bool> noise_in(const std::vector<SeenWord>& words, const LanguageModel& model) {
  std::vector<bool> noise(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const OcrWord& word = words[i].word;
    if (!is_noise(word, model)) {
      continue;
    }
    const std::string core = parts_of(word.text).core;
    const bool before = i > 0 && stands_by(word, words[i - 1].word);
    const bool after = i + 1 < words.size() && stands_by(word, words[i + 1].word);
    const bool known = !model.empty() && model.knows(to_lower(core));
    const Characters all = split_characters(word.text);
    const bool is_word = characters(core) > 1 && std::all_of(all.begin(), all.end(), is_printed);
    noise[i] = !is_word || !(known ? before || after : before && after);
  }
  return noise;
}

}  // namespace sohoa
