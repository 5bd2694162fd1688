// SPDX-License-Identifier: Apache-2.0
#include "core/batch_words.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

using Words = std::vector<OcrWord>;

OcrWord sure(const std::string& text) { return {text, 0.99, {}}; }
OcrWord unsure(const std::string& text, const std::vector<std::string>& others) { return {text, 0.95, {}, "", others}; }

OcrPage page_of(const std::vector<Words>& lines) {
  OcrPage page;
  page.blocks.emplace_back();
  for (const Words& words : lines) {
    page.blocks.back().lines.push_back({{}, 0, 0, words});
  }
  return page;
}

BatchWords heard(const std::vector<Words>& pages) {
  BatchWords batch;
  for (const Words& words : pages) {
    batch.learn(page_of({words}));
  }
  return batch;
}

const Words k_commune{sure("xã"), sure("Ba"), sure("Điền")};

}  // namespace

TEST_SUITE("core::batch_words") {
  TEST_CASE("what pages surely say decides an unsure word, in its own case, and what was read is kept") {
    OcrPage page = page_of({{sure("XÃ"), sure("BA"), unsure("ĐIÊN", {"ĐIỂN", "ĐIỀN"})}});
    CHECK(heard({k_commune, k_commune, k_commune}).correct(page) == 1);
    const OcrWord& word = page.blocks[0].lines[0].words[2];
    CHECK(word.text == "ĐIỀN");
    CHECK(word.read == "ĐIÊN");
    CHECK(word.confidence == 0.95);
  }

  TEST_CASE("a word that becomes what was read first tells of no change") {
    OcrPage page = page_of({{sure("Ba"), unsure("Điên", {"Điền"})}});
    page.blocks[0].lines[0].words[1].read = "Điền";
    CHECK(heard({k_commune, k_commune, k_commune}).correct(page) == 1);
    CHECK(page.blocks[0].lines[0].words[1].text == "Điền");
    CHECK(page.blocks[0].lines[0].words[1].read.empty());
  }

  TEST_CASE("too few pages, pages that differ, or a page that says it often decide nothing") {
    const Words other{sure("Ba"), sure("Điển")};
    const std::vector<Words> unsettled{k_commune, k_commune, k_commune, other};
    OcrPage often = page_of({k_commune, k_commune, k_commune, k_commune});
    BatchWords one_page;
    one_page.learn(often);
    for (const BatchWords& batch : {heard({k_commune, k_commune}), heard(unsettled), one_page}) {
      OcrPage page = page_of({{sure("Ba"), unsure("Điên", {"Điền", "Điển"})}});
      CHECK(batch.correct(page) == 0);
      CHECK(page.blocks[0].lines[0].words[1].text == "Điên");
    }
  }

  TEST_CASE("a word that pages say, too, stays") {
    OcrPage page = page_of({{sure("Ba"), unsure("Điên", {"Điền"})}});
    const Words own{sure("Ba"), sure("Điên")};
    CHECK(heard({k_commune, k_commune, k_commune, own}).correct(page) == 0);
  }

  TEST_CASE("both neighbours must agree where both are sure") {
    const BatchWords batch = heard({k_commune, k_commune, k_commune});
    OcrPage against = page_of({{sure("Ba"), unsure("Điên", {"Điền"}), sure("Châu")}});
    CHECK(batch.correct(against) == 0);
    OcrPage unknown = page_of({{sure("Ba"), unsure("Điên", {"Điền"}), unsure("Châu", {})}});
    CHECK(batch.correct(unknown) == 1);
  }

  TEST_CASE("signs part a word from its neighbour, and lines do") {
    const BatchWords batch = heard({k_commune, k_commune, k_commune});
    OcrPage parted =
        page_of({{sure("Ba,"), unsure("Điên", {"Điền"})}, {sure("xã"), sure("Ba")}, {unsure("Điên", {"Điền"})}});
    CHECK(batch.correct(parted) == 0);
    OcrPage signed_word = page_of({{sure("(Ba"), unsure("Điên)", {"Điền)"})}});
    CHECK(batch.correct(signed_word) == 1);
    CHECK(signed_word.blocks[0].lines[0].words[1].text == "Điền)");
  }

  TEST_CASE("words that were unsure or chosen teach nothing, nor do numbers and letters of points") {
    OcrWord chosen = sure("Điền");
    chosen.read = "Điên";
    const Words doubtful{sure("Ba"), unsure("Điền", {})};
    const Words told{sure("Ba"), chosen};
    const Words point{sure("điểm"), sure("đ")};
    const Words number{sure("Điều"), sure("6")};
    OcrPage page = page_of({{sure("Ba"), unsure("Điên", {"Điền"})},
                            {sure("điểm"), unsure("d", {"đ"})},
                            {sure("Điều"), unsure("ó", {"6"})}});
    CHECK(heard({doubtful, doubtful, doubtful, told, told, told, point, point, point, number, number, number})
              .correct(page) == 0);
  }
}
