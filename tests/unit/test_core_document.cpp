// SPDX-License-Identifier: Apache-2.0
#include "core/document.hpp"

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

SourcePage page_with(const std::string& digest) {
  SourcePage page;
  page.file = "inbox/a.tif";
  page.sha256 = digest;
  page.format = "tiff";
  page.width = 2480;
  page.height = 3508;
  page.dpi_x = page.dpi_y = 300;
  page.colour = "bitonal";
  return page;
}

}  // namespace

TEST_SUITE("core::Document") {
  TEST_CASE("the same scans are the same document wherever they lie") {
    Document here = Document::of_source("inbox/a", "folder");
    Document there = Document::of_source("other/b", "folder");
    here.set_source_pages({page_with("aa"), page_with("bb")});
    there.set_source_pages({page_with("aa"), page_with("bb")});
    CHECK(here.id() == there.id());
    CHECK(here.id().size() == 64);
    there.set_source_pages({page_with("bb"), page_with("aa")});
    CHECK(here.id() != there.id());
  }

  TEST_CASE("unknown keys pass through") {
    Document document(Json::parse(R"({"schema":"sohoa/document/1","office":{"room":7},"status":"ok"})"));
    document.set_source_pages({page_with("aa")});
    CHECK(document.record().at("office").at("room") == 7);
  }

  TEST_CASE("a source page round-trips") {
    const Json json = to_json(page_with("aa"));
    CHECK(to_json(source_page_from(json)) == json);
  }

  TEST_CASE("a missing key of a source page is named") {
    Json json = to_json(page_with("aa"));
    json.erase("sha256");
    CHECK_THROWS_WITH_AS(source_page_from(json), doctest::Contains("source.pages[].sha256"), Error);
  }

  TEST_CASE("a warning makes it warning, an error failed, and failed stays failed") {
    Document document = Document::of_source("a", "file");
    document.add_problem({Severity::warning, "low-dpi", "100 dpi", "scan again", 1});
    CHECK(document.status() == Status::warning);
    CHECK(document.alive());
    document.fail(input_error("image-truncated", "page 2 of a is cut off", "scan it again"), 2);
    CHECK(document.status() == Status::failed);
    document.add_problem({Severity::warning, "x", "y", "z", {}});
    CHECK(document.status() == Status::failed);
    CHECK(document.record().at("problems").at(1).at("page") == 2);
  }

  TEST_CASE("another JSON object is no document") {
    CHECK_THROWS_AS(Document(Json::parse(R"({"a":1})")), Error);
    CHECK_THROWS_AS(Document(Json::parse("[]")), Error);
  }

  TEST_CASE("a line of a stream that failed before keeps its bytes until somebody changes it") {
    const std::string text = R"({"status": "failed",  "schema":"sohoa\/document\/1", "n": 1.50})";
    Document document = Document::of_line(text, "line 1");
    CHECK(document.passes_by());
    CHECK(document.line() == text);
    document.add_problem({Severity::info, "a", "b", "c", {}});
    CHECK_FALSE(document.passes_by());
    CHECK(document.line() != text);
  }

  TEST_CASE("a refused record keeps what is sound and never lives on") {
    const Document document = Document::of_line(
        R"({"schema":"sohoa/document/1","id":7,"source":{"path":"a"},"status":"known","pages":[{}],"x":1})", "line 9");
    CHECK(document.status() == Status::failed);
    CHECK(document.name() == "a");
    CHECK(document.record().at("x") == 1);
    CHECK_FALSE(document.record().contains("id"));
    CHECK_FALSE(document.record().contains("pages"));
    CHECK(document.record().at("problems").at(0).at("id") == "record-key");
    CHECK(Document::of_line(document.line(), "line 1").passes_by());
  }

  TEST_CASE("a line that is no record is known by its place") {
    for (const char* line : {"", "{", "[]", "null", R"({"schema":"sohoa/document/2","status":"ok"})"}) {
      const Document document = Document::of_line(line, "line 9");
      CHECK(document.name() == "line 9");
      CHECK(document.status() == Status::failed);
      CHECK_NOTHROW(Document(document.record()));
    }
  }

  TEST_CASE("as many pages as scans") {
    Document document = Document::of_source("a", "file");
    document.set_source_pages({page_with(std::string(64, 'a')), page_with(std::string(64, 'b'))});
    CHECK_NOTHROW(Document(document.record()));
    document.record()["pages"].push_back(Json::object());
    CHECK_THROWS_WITH_AS(Document(document.record()), doctest::Contains("no valid pages: their number"), Error);
  }
}
