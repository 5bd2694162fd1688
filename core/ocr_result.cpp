// SPDX-License-Identifier: Apache-2.0
#include "core/ocr_result.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

namespace sohoa {
namespace {

using tesseract::PageIteratorLevel;

struct FreeText {
  void operator()(const char* text) const { delete[] text; }  // as Tesseract allocates it
};

std::optional<Box> box_at(const tesseract::PageIterator& at, PageIteratorLevel level, double scale) {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  if (!at.BoundingBox(level, &left, &top, &right, &bottom)) {
    return std::nullopt;
  }
  return Box{left / scale, top / scale, right / scale, bottom / scale};
}

template <class Iterator>
std::string text_at(const Iterator& at, PageIteratorLevel level) {
  const std::unique_ptr<const char, FreeText> text(at.GetUTF8Text(level));
  return to_nfc(trim(text != nullptr ? text.get() : ""));
}

OcrLine line_at(const tesseract::PageIterator& at, double scale) {
  OcrLine line;
  line.box = box_at(at, tesseract::RIL_TEXTLINE, scale).value_or(Box());
  int x1 = 0;
  int y1 = 0;
  int x2 = 0;
  int y2 = 0;
  const bool known = at.Baseline(tesseract::RIL_TEXTLINE, &x1, &y1, &x2, &y2);
  line.baseline_left = known ? y1 / scale : line.box.bottom;
  line.baseline_right = known ? y2 / scale : line.box.bottom;
  return line;
}

// What was read need not be the surest of the choices: Tesseract's dictionary has a say.
Glyph glyph_at(const tesseract::LTRResultIterator& at) {
  Glyph glyph{{text_at(at, tesseract::RIL_SYMBOL), 0}};
  std::vector<std::pair<std::string, double>> choices;
  tesseract::ChoiceIterator choice(at);
  do {
    const char* text = choice.GetUTF8Text();
    if (text != nullptr) {
      choices.emplace_back(to_nfc(text), choice.Confidence() / 100.0);
    }
  } while (choice.Next());
  const auto own =
      std::find_if(choices.begin(), choices.end(), [&](const auto& c) { return c.first == glyph[0].text; });
  const double sure = own != choices.end() ? own->second : !choices.empty() ? choices.front().second : 1;
  for (const auto& [text, confidence] : choices) {
    if (text != glyph[0].text) {
      glyph.push_back({text, std::clamp(sure - confidence, 0.0, 1.0)});
    }
  }
  return glyph;
}

// Leaves `at` at the next word. To ask for a word's last symbol is dear: the iterator is copied for it.
std::vector<Glyph> take_glyphs(tesseract::LTRResultIterator& at, bool& more) {
  std::vector<Glyph> glyphs;
  do {
    glyphs.push_back(glyph_at(at));
    more = at.Next(tesseract::RIL_SYMBOL);
  } while (more && !at.IsAtBeginningOf(tesseract::RIL_WORD));
  return glyphs;
}

std::vector<Glyph> take_glyphs(tesseract::ResultIterator& at, bool& more) {
  more = at.Next(tesseract::RIL_WORD);
  return {};
}

std::vector<Box> pictures_of(tesseract::TessBaseAPI& api, double scale) {
  std::vector<Box> pictures;
  const std::unique_ptr<tesseract::PageIterator> at(api.GetIterator());
  if (at == nullptr) {
    return pictures;
  }
  do {
    const std::optional<Box> box = box_at(*at, tesseract::RIL_BLOCK, scale);
    if (box && tesseract::PTIsImageType(at->BlockType())) {
      pictures.push_back(*box);
    }
  } while (at->Next(tesseract::RIL_BLOCK));
  return pictures;
}

// Whether the word is its line's first.
bool begins_line(const tesseract::LTRResultIterator& at, double /*scale*/, std::optional<Box>& /*last*/) {
  return at.IsAtBeginningOf(tesseract::RIL_TEXTLINE);
}

// To ask a ResultIterator is dear: it is copied for it. A line is the `last` one as long as its box is.
bool begins_line(const tesseract::ResultIterator& at, double scale, std::optional<Box>& last) {
  const std::optional<Box> line = box_at(at, tesseract::RIL_TEXTLINE, scale);
  return line != std::exchange(last, line);
}

template <class Iterator>
SeenPage seen_through(Iterator& at, double scale) {
  SeenPage page;
  std::optional<Box> last_line;
  bool new_line = false;
  bool more = !at.Empty(tesseract::RIL_WORD);
  while (more) {
    new_line = begins_line(at, scale, last_line) || new_line;
    const std::string text = text_at(at, tesseract::RIL_WORD);
    if (text.empty()) {  // a picture has such a word, sure of itself
      more = at.Next(tesseract::RIL_WORD);
      continue;
    }
    if (std::exchange(new_line, false) || page.lines.empty()) {
      const bool new_block = page.lines.empty() || at.IsAtBeginningOf(tesseract::RIL_PARA);
      page.lines.push_back(
          {line_at(at, scale), {}, box_at(at, tesseract::RIL_PARA, scale).value_or(Box()), new_block, {}});
    }
    const Box box = box_at(at, tesseract::RIL_WORD, scale).value_or(Box());
    const double confidence = at.Confidence(tesseract::RIL_WORD) / 100.0;
    page.lines.back().words.push_back({{text, confidence, box}, take_glyphs(at, more)});
  }
  return page;
}

}  // namespace

SeenPage seen_by(tesseract::TessBaseAPI& api, double scale, bool with_glyphs) {
  SeenPage page;
  if (const std::unique_ptr<tesseract::ResultIterator> at(api.GetIterator()); at != nullptr && with_glyphs) {
    // A ResultIterator sets each line in order anew at every step, for scripts that run from right to left. None of
    // those has a table: what it is made of does.
    tesseract::LTRResultIterator from_left(*at);
    from_left.Begin();
    page = seen_through(from_left, scale);
  } else if (at != nullptr) {
    page = seen_through(*at, scale);
  }
  page.pictures = pictures_of(api, scale);
  return page;
}

std::vector<NetworkStep> network_steps(tesseract::TessBaseAPI& api, double scale) {
  std::vector<NetworkStep> steps;
  const std::unique_ptr<tesseract::ResultIterator> at(api.GetIterator());
  if (at == nullptr || at->Empty(tesseract::RIL_WORD)) {
    return steps;
  }
  do {
    const auto* letters = at->GetRawLSTMTimesteps();
    const std::optional<Box> box = box_at(*at, tesseract::RIL_WORD, scale);
    if (letters == nullptr || !box) {
      continue;
    }
    const std::size_t first = steps.size();
    for (const auto& letter : *letters) {
      for (const auto& step : letter) {
        NetworkStep& added = steps.emplace_back();
        for (const auto& [text, chance] : step) {
          added.chances.emplace_back(to_nfc(text), chance);
        }
      }
    }
    const double count = static_cast<double>(steps.size() - first);
    for (std::size_t i = first; i < steps.size(); ++i) {
      steps[i].at = box->left + (static_cast<double>(i - first) + 0.5) / count * (box->right - box->left);
    }
  } while (at->Next(tesseract::RIL_WORD));
  return steps;
}

Box box_of(const std::vector<SeenWord>& words, std::size_t first) {
  Box box = words[first].word.box;
  for (std::size_t i = first + 1; i < words.size(); ++i) {
    box = united(box, words[i].word.box);
  }
  return box;
}

std::optional<double> middle_height(const SeenPage& page) {
  std::vector<double> heights;
  for (const SeenLine& line : page.lines) {
    for (const SeenWord& seen : line.words) {
      heights.push_back(height_of(seen.word.box));
    }
  }
  if (heights.empty()) {
    return std::nullopt;
  }
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

double confidence_of(const SeenPage& page) {
  WordMean mean;
  for (const SeenLine& line : page.lines) {
    for (const SeenWord& seen : line.words) {
      mean.add(seen.word, seen.word.confidence);
    }
  }
  return mean.value();
}

}  // namespace sohoa
