// SPDX-License-Identifier: Apache-2.0
#include "core/confidence.hpp"
#include "core/error.hpp"
#include "core/language_model.hpp"
#include "core/letters.hpp"
#include "core/ocr_tidy.hpp"
#include "core/vietnamese.hpp"
#include "core/word_choice.hpp"
#include "tests/support/models.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace sohoa;
using test::model_of;

namespace {

const LanguageModel& office() {
  static const LanguageModel model = model_of(
      "# counts\ntổ 90\nchức 80\ntô 1\ncộng 60\nhòa 60\nhoa 5\nchi 40\nchỉ 60\ntiết 30\nđạo 30\nđiều 90\n0 200\n"
      "tổ chức 70\ncộng hòa 50\nchi tiết 30\nchỉ đạo 30\nđiều 0 80\n| cộng 20\n");
  return model;
}

// A line in which each word's glyphs are its characters.
struct Line {
  std::vector<SeenWord> words;

  explicit Line(const std::vector<std::string>& texts, double confidence = 0.9) {
    double left = 0;
    for (const std::string& text : texts) {
      const double right = left + 20.0 * static_cast<double>(split_characters(text).size());
      words.push_back({{text, confidence, {left, 0, right, 40}}, {}});
      left = right + 10;
      for (const std::string& character : split_characters(text)) {
        words.back().glyphs.push_back({{character, 0}});
      }
    }
  }
  void may_be(std::size_t word, std::size_t glyph, const std::string& text, double doubt) {
    words[word].glyphs[glyph].push_back({text, doubt});
  }
  std::string chosen(const LanguageModel& model = office()) {
    WordChooser chooser(model);
    tidy(words, model);
    chooser.choose(words);
    std::string text;
    for (const SeenWord& seen : words) {
      text += (text.empty() ? "" : " ") + seen.word.text;
    }
    return text;
  }
};

}  // namespace

TEST_SUITE("core::word_choice") {
  TEST_CASE("a mark that the recognizer doubted is chosen by the words beside it") {
    Line line({"tô", "chức"});
    line.may_be(0, 1, "ổ", 0.05);
    CHECK(line.chosen() == "tổ chức");
    CHECK(line.words[0].word.read == "tô");
    CHECK(line.words[1].word.read.empty());
  }

  TEST_CASE("the same letters are told apart by what follows") {
    Line particulars({"chỉ", "tiết"});
    particulars.may_be(0, 2, "i", 0.3);
    CHECK(particulars.chosen() == "chi tiết");
    Line direction({"chỉ", "đạo"});
    direction.may_be(0, 2, "i", 0.3);
    CHECK(direction.chosen() == "chỉ đạo");
  }

  TEST_CASE("what else an unsure word may be is kept where nobody says it so") {
    Line line({"tô", "đạo"});
    line.may_be(0, 1, "ổ", 0.3);
    CHECK(line.chosen() == "tô đạo");
    CHECK(line.words[0].word.others == std::vector<std::string>{"tổ"});
    Line common({"tô", "chức"});
    common.may_be(0, 1, "ổ", 0.05);
    CHECK(common.chosen() == "tổ chức");
    CHECK(common.words[0].word.others.empty());
    Line sure({"tô", "đạo"}, 0.95);
    sure.may_be(0, 1, "ổ", 0.3);
    CHECK(sure.chosen() == "tô đạo");
    CHECK(sure.words[0].word.others.empty());
  }

  TEST_CASE("a mark nobody thought of needs strong reasons") {
    CHECK(Line({"CỌNG", "HÒA"}).chosen() == "CỘNG HÒA");
    CHECK(Line({"tô", "đạo"}).chosen() == "tô đạo");
  }

  TEST_CASE("signs around a word stay, and part it from its neighbour") {
    Line line({"(tô", "chức)"});
    line.may_be(0, 2, "ổ", 0.05);
    CHECK(line.chosen() == "(tổ chức)");
    Line parted({"tổ,", "chức"});
    CHECK(parted.chosen() == "tổ, chức");
  }

  TEST_CASE("numbers, symbols of papers and unmarked words stay as they were read") {
    Line line({"131/KH-UBND", "038190001234", "QĐ", "Hoa"});
    line.may_be(2, 0, "G", 0.01);
    line.may_be(1, 0, "6", 0.01);
    CHECK(line.chosen() == "131/KH-UBND 038190001234 QĐ Hoa");
  }

  TEST_CASE("glyphs that do not make up the word leave it alone") {
    Line line({"tô", "chức"});
    line.words[0].glyphs = {{{"x", 0}, {"tổ", 0.01}}};
    CHECK(line.chosen() == "tô chức");
  }

  TEST_CASE("without a table nothing changes") {
    Line line({"tô", "chức", "|", "201ó"});
    line.may_be(0, 1, "ổ", 0);
    CHECK(line.chosen(LanguageModel()) == "tô chức | 201ó");
  }

  TEST_CASE("a six read as a letter is put right in numbers only") {
    CHECK(Line({"201ó", "28ó3/HD-UBND", "óó-NQ/TW,", "HCó,", "1ó."}).chosen() ==
          "2016 2863/HD-UBND 66-NQ/TW, HC6, 16.");
    CHECK(Line({"có", "CÓ", "đó."}).chosen() == "có CÓ đó.");
  }

  TEST_CASE("a lone ó is a six where a number is expected") {
    Line line({"Điều", "ó."});
    line.may_be(1, 0, "6", 0.5);
    CHECK(line.chosen() == "Điều 6.");
  }

  TEST_CASE("slashes, rules and look-alikes are put right") {
    CHECK(Line({"145I2020/TT-BCA", "2363/QĐÐ-UBND", "|Năng", "2_", "T¡en"}).chosen() ==
          "145/2020/TT-BCA 2363/QĐ-UBND Năng 2 Tien");
  }

  TEST_CASE("a number broken after its hyphen is one word") {
    Line line({"123/2020/NĐ-", "CP", "của"});
    CHECK(line.chosen() == "123/2020/NĐ-CP của");
    CHECK(line.words.size() == 2);
    CHECK(line.words[0].word.box.right == doctest::Approx(line.words[1].word.box.left - 10));
    Line apart({"123/2020/NĐ-", "CP"});
    apart.words[1].word.box.left += 60;
    CHECK(apart.chosen() == "123/2020/NĐ- CP");
  }

  TEST_CASE("strokes are noise, short printed words are not") {
    const auto noise = [](const std::string& text, double confidence) {
      return is_noise({text, confidence, {}}, office());
    };
    CHECK(noise("~", 0.6));
    CHECK(noise("ÍL¿ã", 0.3));
    CHECK(noise("'", 0.95));
    CHECK_FALSE(noise("-", 0.5));
    CHECK_FALSE(noise("chi", 0.5));
    CHECK_FALSE(noise("131/KH-UBND", 0.1));
    CHECK_FALSE(noise("VT.", 0.9));
  }
}

TEST_SUITE("core::language_model") {
  TEST_CASE("what was counted together costs less than what was not") {
    CHECK(office().cost("tổ", "chức") < office().cost("chi", "chức"));
    CHECK(office().cost("điều", "0") < office().cost("điều", "tô"));
    CHECK(office().cost("never", "tổ") < office().cost("never", "seen"));
  }

  TEST_CASE("a table that is none is refused with its line") {
    try {
      model_of("tổ 3\ntổ chức\n");
      FAIL("taken");
    } catch (const Error& error) {
      CHECK(error.id() == "language-table");
      CHECK(error.message().find("line 2") != std::string::npos);
    }
  }

  TEST_CASE("the table that is shipped knows the language of offices") {
    const LanguageModel model = load_language_model("vie");
    REQUIRE_FALSE(model.empty());
    CHECK(model.cost("quy", "định") < 2);
    CHECK(model.cost("tổ", "chức") < model.cost("tố", "chức"));
    CHECK(load_language_model("eng").empty());
    CHECK_FALSE(load_language_model("eng+vie").empty());
  }
}

TEST_SUITE("core::vietnamese") {
  TEST_CASE("letters that differ in marks keep their case") {
    const std::vector<std::string>& siblings = mark_siblings("Ọ");
    CHECK(siblings.size() == 17);
    CHECK(std::find(siblings.begin(), siblings.end(), "Ộ") != siblings.end());
    CHECK(std::find(siblings.begin(), siblings.end(), "ộ") == siblings.end());
    CHECK(mark_siblings("b").empty());
    CHECK(has_vowel("Đỗ"));
    CHECK_FALSE(has_vowel("QĐ"));
  }
}

TEST_SUITE("core::confidence") {
  TEST_CASE("more confidence is never less right") {
    for (int i = 0; i < 100; ++i) {
      CHECK(share_right(i / 100.0) <= share_right((i + 1) / 100.0));
    }
    CHECK(share_right(0.5) == doctest::Approx(0.7));
    CHECK(share_right(2) == doctest::Approx(0.999));
    CHECK(share_right(-1) == doctest::Approx(0.15));
  }
}

TEST_CASE("what a page says surely elsewhere counts, what it says unsurely does not") {
  const LanguageModel model = model_of("bên 90\nbến 5\nthan 5\nthôn 40\nbên 0 1\n");
  const auto chosen = [&](double confidence) {
    WordChooser chooser(model);
    const Line sure({"thôn", "Bến", "Than"}, confidence);
    for (int times = 0; times < 3; ++times) {
      chooser.learn(sure.words);
    }
    Line line({"Bên", "Than"});
    line.may_be(0, 1, "ế", 0.4);
    line.words.insert(line.words.begin(), Line({"thôn"}).words.front());
    chooser.choose(line.words);
    return line.words[1].word.text;
  };
  CHECK(chosen(0.98) == "Bến");
  CHECK(chosen(0.8) == "Bên");
}
