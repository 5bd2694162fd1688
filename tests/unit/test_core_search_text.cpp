// SPDX-License-Identifier: Apache-2.0
#include "core/search_text.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace sohoa;

using Texts = std::vector<std::string>;

TEST_SUITE("core::search_text") {
  TEST_CASE("marks, case and the composition of letters make no difference") {
    CHECK(search_words("Số: 12/QĐ-UBND, ngày 05.3.2024") == "so 12 qd ubnd ngay 05 3 2024");
    CHECK(search_words("ỦY BAN NHÂN DÂN") == search_words("uỷ ban nhân dân"));
    CHECK(search_words("đường Đặng Ðình") == "duong dang dinh");
    CHECK(search_words("Nguye\u0302\u0303n") == search_words("Nguyễn"));
    CHECK(search_words("") == "");
    CHECK(search_words(" .,;“”…— ") == "");
    CHECK(search_words("\xff\xfe ab") == "ab");
    CHECK(search_words("漢字 và Кириллица") == "漢字 va кириллица");
    CHECK(search_key("  12/QĐ-UBND ") == "12/qd-ubnd");
    CHECK(search_key("Ủy ban   nhân dân") == "uy ban nhan dan");
  }

  TEST_CASE("words and phrases are told apart, and a hyphenated word is a phrase") {
    CHECK(search_terms("quyết định \"Giấy khai sinh\" 12/QĐ-UBND") ==
          Texts{"giay khai sinh", "quyet", "dinh", "12 qd ubnd"});
    CHECK(search_terms("“đất đai” x") == Texts{"dat dai", "x"});
    CHECK(search_terms("\"not closed") == Texts{"not closed"});
    CHECK(search_terms(" ,; ").empty());
  }

  TEST_CASE("each part of a long text has every word of the whole, and phrases over its cuts") {
    std::string words;
    for (int i = 0; i < 100; ++i) {
      words += (i == 0 ? "w" : " w") + std::to_string(i);
    }
    CHECK(search_parts(words) == Texts{words});
    const Texts parts = search_parts(words, 40);
    REQUIRE(parts.size() == 3);
    for (const std::string& part : parts) {
      for (const char* word : {"w0", "w39", "w40", "w99"}) {
        CHECK((" " + part + " ").find(" " + std::string(word) + " ") != std::string::npos);
      }
    }
    CHECK(std::count_if(parts.begin(), parts.end(), [](const std::string& part) {
            return part.find("w38 w39 w40 w41") != std::string::npos;
          }) == 1);
    // Neighbours in the list of the other parts' words are no phrase.
    CHECK(parts[0].find("w40 w41") == std::string::npos);
    CHECK(parts[0].find("w41 w42") == std::string::npos);
  }
}
