// SPDX-License-Identifier: Apache-2.0
// Chooses a line's words among what the recognizer thought of, by which syllables go together. Vietnamese papers are
// read well but for marks: tô for tổ, thấm for thẩm, CỌNG for CỘNG.
#pragma once

#include "core/language_model.hpp"
#include "core/ocr_text.hpp"

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sohoa {

struct GlyphReading {
  std::string text;  // NFC
  double doubt = 0;  // 0: what was read; 1: the recognizer had no thought of it
};
// One printed character: what was read first, then what else it may be. Never empty.
using Glyph = std::vector<GlyphReading>;

struct SeenWord {
  OcrWord word;
  std::vector<Glyph> glyphs;  // in the word's order; none where they do not tell how it was read
};

// The glyphs as they were read first.
std::string text_of(const std::vector<Glyph>& glyphs);

class WordChooser {
 public:
  // `model` outlives the chooser. An empty one changes no word.
  explicit WordChooser(const LanguageModel& model) : m_model(model) {}

  // The line that follows begins anew.
  void begin_paragraph();
  // A word whose glyphs do not make up its text stays. So does one of digits, signs or capitals without a vowel:
  // numbers and symbols of papers are no syllables. Of a word that changed, `read` keeps what was read, of one that is
  // not sure, and not commonly said beside its neighbours, `others` what else it may be.
  void choose(std::vector<SeenWord>& words);
  // From now on the pairs of sure words in this line count, too: a page says the same thing more than once, and has
  // names that no table has.
  void learn(const std::vector<SeenWord>& words);

 private:
  // A reading of a word.
  struct Candidate {
    std::string text;
    double cost = 0;
    std::string token;                      // what its neighbours see
    bool opens = false;                     // signs before the word part it from its neighbour
    bool closes = false;                    // and after it
    LanguageModel::Syllable syllable = {};  // the token's
  };
  struct Path;
  class Readings;

  static Candidate candidate(std::string text, double cost);
  static std::vector<std::string> others_than(const std::string& chosen, const std::vector<Candidate>& candidates);
  // Those that choose() has to choose among. A page's words are chosen twice, so they are kept.
  const std::vector<Candidate>& candidates(const SeenWord& seen);
  // Whether the table has a pair of the word and one of its neighbours.
  [[nodiscard]] bool is_common(const std::vector<SeenWord>& words, std::size_t i) const;
  // The cheapest way to `to`, after one of the paths.
  [[nodiscard]] Path path_to(const Candidate& to, const std::vector<Path>& paths) const;

  const LanguageModel& m_model;
  std::unordered_map<std::string, std::vector<Candidate>> m_candidates;
  std::map<std::string, double> m_begins;  // learnt pairs by their first token
  std::map<std::pair<std::string, std::string>, double> m_pairs;
  std::string m_previous{LanguageModel::boundary_token};
};

}  // namespace sohoa
