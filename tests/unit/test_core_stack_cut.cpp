// SPDX-License-Identifier: Apache-2.0
#include "core/stack_cut.hpp"

#include <random>
#include <set>
#include <string>

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

// A page a letter: p page, b blank, T patch sheet, U patch sheet whose code is damaged, digits sheets of that dossier,
// s a stranger's barcode, d a damaged QR code, x not looked at.
Document stack_of(const std::string& letters) {
  Document stack = Document::of_source("inbox/stack.tif", "file");
  std::vector<SourcePage> pages;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    SourcePage page;
    page.file = "inbox/stack.tif";
    page.index = i;
    page.sha256 = std::string(63, '0') + "0123456789abcdef"[i % 16];
    page.format = "tiff";
    page.colour = "grey";
    pages.push_back(page);
  }
  stack.set_source_pages(pages);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char letter = letters[i];
    Json barcodes = Json::array();
    if (letter == 'T' || letter == 'U') {
      barcodes.push_back(Json{{"format", "PatchT"}, {"text", "T"}, {"box", {0, 0, 9, 9}}, {"confidence", 0.9}});
    }
    if (letter == 'U' || letter == 'd') {
      barcodes.push_back(Json{{"format", "QRCode"}, {"text", ""}, {"damaged", true}});
    }
    if (letter >= '0' && letter <= '9') {
      barcodes.push_back(
          Json{{"format", "QRCode"}, {"text", std::string("sohoa:1:dossier=D") + letter + ";ordinal=2;owner=1"}});
    }
    if (letter == 's') {
      barcodes.push_back(Json{{"format", "Code128"}, {"text", "EE123456789VN"}});
    }
    Json& page = stack.page(i);
    page["blank"] = letter == 'b';
    page["letter"] = std::string(1, letter);
    if (letter != 'x') {
      page["barcodes"] = barcodes;
    }
  }
  return stack;
}

std::string letters_of(const Document& document) {
  std::string letters;
  for (std::size_t i = 0; i < document.page_count(); ++i) {
    letters += string_of(document.page(i), "letter");
  }
  return letters;
}

std::string told(const std::vector<Document>& documents) {
  std::string all;
  for (const Document& document : documents) {
    all += (all.empty() ? "" : "|") + string_of(document.record().at("source").at("separator"), "kind").substr(0, 2) +
           ":" + letters_of(document);
  }
  return all;
}

std::set<std::string> problems_of(const Document& document) {
  std::set<std::string> ids;
  for (const Json& problem : document.record().value("problems", Json::array())) {
    ids.insert(string_of(problem, "id"));
  }
  return ids;
}

CutRules rules(std::vector<std::string> at = {"patch", "barcode"}) {
  Profile profile;
  profile.separators.at = std::move(at);
  return CutRules(profile);
}

std::string cut(const std::string& letters, const CutRules& by = rules()) {
  return told(cut_stack(stack_of(letters), by));
}

}  // namespace

TEST_CASE("where stacks are cut") {
  CHECK(cut("1pp2p") == "ba:pp|ba:p");
  CHECK(cut("TppTs") == "pa:pp|pa:s");
  CHECK(cut("pp1p") == "no:pp|ba:p");
  CHECK(cut("pppb") == "no:pppb");
  CHECK(cut("1p23pT") == "ba:p|ba:p");
  CHECK(cut("1bpb") == "ba:pb");  // the first blank is the sheet's back
  CHECK(cut("1bbp") == "ba:bp");
  CHECK(cut("1psp") == "ba:psp");
  CHECK(cut("1pbp", rules({"barcode", "blank"})) == "ba:p|bl:p");
  CHECK(cut("pbbbp1bp", rules({"barcode", "blank"})) == "no:p|bl:p|ba:p");
  CHECK(cut("1pTp", rules({"barcode"})) == "ba:pTp");
  CHECK(cut("1pTp", rules({"patch"})) == "no:1p|pa:p");
}

TEST_CASE("what the sheet says is in the record") {
  const std::vector<Document> documents = cut_stack(stack_of("5pp"), rules());
  const Json& record = documents.front().record();
  CHECK(record.at("dossier") == Json{{"code", "D5"}, {"ordinal", 2}, {"origin", "barcode"}});
  CHECK(record.at("fields").at("dossier").at("origin") == "barcode");
  CHECK(record.at("fields").at("owner").at("value") == "1");
  const Json& separator = record.at("source").at("separator");
  CHECK(separator.at("symbology") == "QRCode");
  CHECK(separator.at("text") == "sohoa:1:dossier=D5;ordinal=2;owner=1");
  CHECK(separator.at("index") == 0);
  CHECK(separator.at("page") == 1);
  CHECK(separator.at("confidence") == 1);
  CHECK(record.at("source").at("stack") == Json{{"part", 1}, {"of", 1}, {"pages", 3}});
  CHECK(documents.front().status() == Status::ok);
}

TEST_CASE("what is odd is told") {
  CHECK(problems_of(cut_stack(stack_of("pp"), rules())[0]).contains("separator-none"));
  CHECK(problems_of(cut_stack(stack_of("p1p"), rules())[0]).contains("separator-first-missing"));
  CHECK(problems_of(cut_stack(stack_of("12p"), rules())[0]).contains("separator-empty"));
  CHECK(problems_of(cut_stack(stack_of("1p2"), rules())[0]).contains("separator-empty"));
  CHECK(problems_of(cut_stack(stack_of("Up"), rules())[0]).contains("separator-unreadable"));
  CHECK(problems_of(cut_stack(stack_of("1pTp"), rules())[1]).contains("separator-unreadable"));
  CHECK(problems_of(cut_stack(stack_of("TpTp"), rules())[1]).empty());
  CHECK(problems_of(cut_stack(stack_of("1pd"), rules())[0]).contains("barcode-damaged"));
  CHECK(problems_of(cut_stack(stack_of("1px"), rules())[0]).contains("separator-unseen"));
  CHECK(problems_of(cut_stack(stack_of("1p"), rules())[0]).empty());
  const std::vector<Document> sheets = cut_stack(stack_of("12"), rules());
  CHECK(sheets.size() == 1);
  CHECK(sheets[0].status() == Status::failed);
  CHECK(problems_of(sheets[0]).contains("separators-only"));
}

TEST_CASE("problems go with their page, and one bad page fails one document") {
  Document stack = stack_of("1pp2pp");
  stack.add_problem({Severity::warning, "low", "low", "", 3});
  stack.fail(input_error("broken", "broken", ""), 6);
  stack.add_problem({Severity::info, "all", "all", "", std::nullopt});
  const std::vector<Document> documents = cut_stack(stack, rules());
  REQUIRE(documents.size() == 2);
  CHECK(documents[0].status() == Status::warning);
  CHECK(documents[0].record().at("problems")[0].at("page") == 2);
  CHECK(problems_of(documents[0]) == std::set<std::string>{"low", "all"});
  CHECK(documents[1].status() == Status::failed);
  CHECK(documents[1].record().at("problems")[0].at("page") == 2);
  Document unread = stack_of("1pp2pp");
  unread.page(1)["unreadable"] = to_json(problem_of(input_error("torn", "torn", "")));
  const std::vector<Document> others = cut_stack(unread, rules());
  CHECK(others[0].status() == Status::failed);
  CHECK(others[0].record().at("problems")[0].at("page") == 1);
  CHECK_FALSE(others[0].page(0).contains("unreadable"));
  CHECK(others[1].status() == Status::ok);
  stack.fail(input_error("gone", "gone", ""));
  CHECK(cut_stack(stack, rules()).size() == 1);
}

TEST_CASE("no page is lost or doubled, whatever lies in the stack") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string letters;
    for (std::size_t length = 1 + random() % 12; letters.size() < length;) {
      letters += "ppbTU12sdx"[random() % 10];
    }
    CAPTURE(letters);
    const CutRules by = rules(round % 2 == 0 ? std::vector<std::string>{"patch", "barcode"}
                                             : std::vector<std::string>{"patch", "barcode", "blank"});
    const std::vector<Document> documents = cut_stack(stack_of(letters), by);
    std::multiset<std::size_t> seen;
    const auto note = [&seen](const Json& place) {
      if (place.contains("index")) {
        seen.insert(place.at("index").get<std::size_t>());
      }
    };
    std::size_t part = 0;
    for (const Document& document : documents) {
      const Json& source = document.record().at("source");
      CHECK(source.at("stack").at("part") == ++part);
      CHECK(source.at("stack").at("of") == documents.size());
      const bool only_sheets = problems_of(document).contains("separators-only");
      for (const Json& page : only_sheets ? Json::array() : source.at("pages")) {
        note(page);
      }
      const Json& separator = source.at("separator");
      note(separator);
      for (const char* key : {"backs", "before", "after"}) {
        for (const Json& place : separator.value(key, Json::array())) {
          note(place);
        }
      }
    }
    CHECK(seen.size() == letters.size());
    CHECK(std::set<std::size_t>(seen.begin(), seen.end()).size() == letters.size());
  }
}
