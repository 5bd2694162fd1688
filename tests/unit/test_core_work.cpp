// SPDX-License-Identifier: Apache-2.0
#include "core/work.hpp"

#include "core/atomic_file.hpp"
#include "support/corpus.hpp"

#include <doctest/doctest.h>

using namespace sohoa;
using sohoa::test::TempDir;

namespace {

class Reader : public PageStep {
 public:
  std::string_view name() const override { return "ocr"; }
  Json depends_on(const Json& page) const override { return page.value("skew_degrees", Json()); }
  Json run(PageTask&) override { return Json::object(); }
};

SourcePage scan(char digit, const std::string& file = "a.tif") {
  SourcePage page;
  page.file = file;
  page.sha256 = std::string(64, digit);
  return page;
}

Artefact artefact(const SourcePage& page, const Json& record = Json::object(), const std::string& options = "o") {
  return Work::artefact_of(Reader(), options, page, record);
}

std::string keep_one(const Work& work, const Artefact& place) {
  const std::string path = work.keep(place, "tree", "{}");
  work.put(place, Json{{"ocr", path}, {"words", 3}});
  return path;
}

Document of(const std::vector<SourcePage>& pages) {
  Document document = Document::of_source("a", "file");
  document.set_source_pages(pages);
  return document;
}

}  // namespace

TEST_SUITE("core::Work") {
  TEST_CASE("the key is the scan, the options and what the step depends on, wherever the scan lies") {
    const std::string key = artefact(scan('a')).key;
    CHECK(key == artefact(scan('a', "elsewhere/b.tif"), Json{{"blank", false}}).key);
    CHECK(key != artefact(scan('b')).key);
    CHECK(key != artefact(scan('a'), Json{{"skew_degrees", 1.5}}).key);
    CHECK(key != artefact(scan('a'), Json::object(), "p").key);
  }

  TEST_CASE("an artefact is found, also where the folder was moved to") {
    const TempDir folder;
    const Artefact place = artefact(scan('a'));
    CHECK_FALSE(Work(folder / "w").find(place));
    const std::string path = keep_one(Work(folder / "w"), place);
    CHECK(Work(folder / "w").find(place) == Json{{"ocr", path}, {"words", 3}});
    fs::rename(folder / "w", folder / "v");
    const std::optional<Json> found = Work(folder / "v").find(place);
    REQUIRE(found);
    CHECK(read_file(found->at("ocr").get<std::string>()) == "{}");
  }

  TEST_CASE("a damaged artefact, or one whose data is gone, is made again") {
    const TempDir folder;
    const Work work(folder.path());
    const Artefact place = artefact(scan('a'));
    const fs::path tree = keep_one(work, place);
    for (const char* text : {"", "{", "[]", "7"}) {
      write_file(fs::path(tree).replace_extension("json"), text);
      CHECK_FALSE(work.find(place));
    }
    keep_one(work, place);
    CHECK(work.find(place));
    fs::remove(tree);
    CHECK_FALSE(work.find(place));
  }

  TEST_CASE("a scan's artefacts go with the last document that needs them") {
    const TempDir folder;
    const Work work(folder.path());
    keep_one(work, artefact(scan('a')));
    keep_one(work, artefact(scan('b')));
    WorkKeeper keeper(work);
    const Document both = of({scan('a'), scan('b'), scan('a')});
    const Document one = of({scan('a')});
    keeper.take(both);
    keeper.take(one);
    keeper.release(both);
    CHECK(work.find(artefact(scan('a'))));
    CHECK_FALSE(work.find(artefact(scan('b'))));
    keeper.release(one);
    CHECK_FALSE(work.find(artefact(scan('a'))));
  }
}
