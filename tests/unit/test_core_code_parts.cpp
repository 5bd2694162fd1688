// SPDX-License-Identifier: Apache-2.0
#include "core/code_parts.hpp"

#include "core/catalog.hpp"
#include "core/result_code.hpp"
#include "core/template.hpp"
#include "support/corpus.hpp"

#include <algorithm>
#include <map>

#include <doctest/doctest.h>

using namespace sohoa;
using sohoa::test::TempDir;

namespace {

std::vector<Catalog::CodeFinding> findings(Catalog& catalog, std::size_t max_length = 200) {
  std::vector<Catalog::CodeFinding> all;
  catalog.each_code_finding(max_length, [&all](const auto& one) { all.push_back(one); });
  return all;
}

std::vector<std::string> names(const std::vector<Catalog::CodeFinding>& all) {
  std::vector<std::string> names;
  std::transform(all.begin(), all.end(), std::back_inserter(names), [](const auto& one) { return one.finding; });
  return names;
}

Document paper(const std::string& kind, const std::map<std::string, std::string>& fields) {
  Document document = Document::of_source("paper", "file");
  document.record()["id"] = "paper";
  document.record()["dossier"] = Json{{"kind", kind}};
  for (const auto& [name, value] : fields) {
    document.set_field(name, value, 1, "register");
  }
  return document;
}

}  // namespace

TEST_SUITE("core::codes") {
  TEST_CASE("a code is read back into the parts that it was made of") {
    const Profile profile = load_profile("vn-tthc");
    const CodeReader reader(profile);
    struct Sample {
      const char* kind;
      const char* owner;
      const char* type;
      const char* symbol;
      const char* code;
    };
    const Sample samples[] = {
        {"result", "038090001234", "KQ.G15.000031", "12/2023", "038090001234.KQ.G15.000031.12/2023.01"},
        {"result", "", "KQ.G15.000031", "12/2023", ".KQ.G15.000031.12/2023.01"},
        {"result", "0101234567-001", "KQ.G15.000031", "05/QĐ-UBND", "0101234567-001.KQ.G15.000031.05/QĐ-UBND.07"},
        {"result", "H56.17.22", "KQ.G15.000031", "30/2020/NĐ-CP", "H56.17.22.KQ.G15.000031.30/2020/NĐ-CP.112"},
        {"result", "000.00.13.H62", "KQ.G15.000034", "1.2/Đ.03", "000.00.13.H62.KQ.G15.000034.1.2/Đ.03.04"},
        {"component", "038090001234", "1.000894", "TP01", "038090001234.1.000894.TP01.01"},
        {"component", "", "1.000894.000.00.00.H56", "TP02", ".1.000894.000.00.00.H56.TP02.03"},
        {"copy", "038090001234", "GKS.01", "STP-SCT", "038090001234.GKS.01.STP-SCT.01"},
    };
    for (const Sample& sample : samples) {
      CAPTURE(sample.code);
      const auto parts = reader.read(sample.code);
      REQUIRE(parts);
      CHECK(parts->kind == sample.kind);
      CHECK(parts->owner == sample.owner);
      CHECK(parts->type == sample.type);
      CHECK(parts->symbol == sample.symbol);
      CHECK(parts->prefix + std::string(sample.code).substr(parts->prefix.size()) == sample.code);
      CHECK(std::stoi(std::string(sample.code).substr(parts->prefix.size())) == parts->sequence);
    }
    for (const char* code : {"", "KQ", "038090001234.KQ.G15.000031.12/2023", ".KQ.G15.000031.12/2023.1", "a b.c.d.01",
                             ".KQ.G15.000031..0000001", ".KQ.G15.000031.12.00"}) {
      CAPTURE(code);
      CHECK_FALSE(reader.read(code));
    }
  }

  TEST_CASE("a code becomes a file name and comes back") {
    CHECK(code_file_name(".KQ.G15.000031.12/QĐ-UBND.01") == "~2EKQ.G15.000031.12~2FQĐ-UBND.01");
    for (const std::string code : {".KQ.1/2.01", "a~2Fb", "con:*?\"<>|\\", " x. ", "x", "a\nb\x7f", "~"}) {
      CAPTURE(code);
      const std::string name = code_file_name(code);
      CHECK(name.find_first_of("/\\:*?\"<>|\n") == std::string::npos);
      CHECK(code_of_file_name(name) == code);
    }
    CHECK_FALSE(code_of_file_name("a/b"));
    CHECK_FALSE(code_of_file_name("a~2"));
    CHECK_FALSE(code_of_file_name("a~2f"));
    CHECK_FALSE(code_of_file_name("~41"));
  }

  TEST_CASE("each kind of paper has its form; an unknown kind has none") {
    const TempDir folder;
    Catalog catalog(folder / "catalog.sqlite");
    const Profile profile = load_profile("vn-tthc");
    Document component =
        paper("Thành phần", {{"owner", "038090001234"}, {"procedure", "1.000894"}, {"component", "TP01"}});
    give_code(component, profile, catalog);
    CHECK(string_of(component.record()["code"], "value") == "038090001234.1.000894.TP01.01");
    CHECK(string_of(component.record()["code"], "kind") == "component");
    Document copy = paper("copy", {{"type", "GKS"}, {"symbol", "not in it"}});
    give_code(copy, profile, catalog);
    CHECK(string_of(copy.record()["code"], "value") == ".GKS.STP-SCT.01");
    CHECK(string_of(copy.record()["code"], "symbol") == "STP-SCT");
    Document other = paper("photo", {{"type", "KQ.G15.000031"}, {"symbol", "1"}});
    give_code(other, profile, catalog);
    CHECK_FALSE(other.record().contains("code"));
    CHECK(string_of(other.record()["problems"][0], "id") == "code-kind");
    Document incomplete = paper("component", {{"type", "KQ.G15.000031"}, {"symbol", "1"}, {"component", "TP01"}});
    give_code(incomplete, profile, catalog);
    CHECK(string_of(incomplete.record()["problems"][0], "message").find("want of procedure") != std::string::npos);
  }

  TEST_CASE("a code that would be too long is not given, and takes no number") {
    const TempDir folder;
    Catalog catalog(folder / "catalog.sqlite");
    const Profile profile = load_profile("vn-tthc");
    std::string symbol;
    for (int letter = 0; letter < 182; ++letter) {
      symbol += "Đ";
    }
    Document fits = paper("", {{"type", "KQ.G15.000031"}, {"symbol", symbol}});
    give_code(fits, profile, catalog);
    CHECK(fits.record().contains("code"));
    Document longer = paper("", {{"type", "KQ.G15.000031"}, {"symbol", symbol + "Đ"}});
    give_code(longer, profile, catalog);
    CHECK_FALSE(longer.record().contains("code"));
    CHECK(string_of(longer.record()["problems"][0], "id") == "code-too-long");
    CHECK(findings(catalog).empty());
    CHECK(names(findings(catalog, 199)) == std::vector<std::string>{"too-long"});
  }

  TEST_CASE("codes given elsewhere keep their numbers, and clashes and gaps are told") {
    const TempDir folder;
    Catalog catalog(folder / "catalog.sqlite");
    const auto import = [&catalog](const std::string& document, int number, const std::string& text = {}) {
      return catalog.import_code(
          {text.empty() ? "A." + std::to_string(number) : text, document, "A.", number, "", "", "list"});
    };
    CHECK(import("", 2));
    CHECK_FALSE(import("", 2));
    CHECK(import("known", 4));
    CHECK(catalog.allot_sequence("A.", "new") == 5);
    catalog.record_code("A.5", "new", "2026-11-24T00:00:00Z");
    CHECK(catalog.allot_sequence("A.", "known") == 4);
    CHECK(catalog.imported_for_nobody("A.") == "A.2");
    std::vector<Catalog::CodeFinding> all = findings(catalog);
    CHECK(names(all) == std::vector<std::string>{"number-unused", "number-unused"});
    CHECK(all[0].document == "1");
    CHECK(import("other", 5));                                     // the code of a document here
    CHECK(import("third", 5, "A.05"));                             // its number in another writing
    CHECK(catalog.import_code({"?", "", "", 0, "", "", "list"}));  // what cannot be read
    all = findings(catalog);
    REQUIRE(names(all) ==
            std::vector<std::string>{"code-twice", "number-twice", "not-read", "number-unused", "number-unused"});
    CHECK(all[0].document == "new");
    CHECK(all[0].other == "other");
    CHECK(all[1].code == "A.05");
    CHECK(all[1].other == "A.5");
    CHECK(catalog.allot_sequence("A.", "last") == 6);
  }

  TEST_CASE("a code of scans that were never delivered is told, not given again") {
    const TempDir folder;
    Catalog catalog(folder / "catalog.sqlite");
    for (const std::string id : {"gone", "here"}) {
      const int number = catalog.allot_sequence("A.", id);
      catalog.record_code("A." + std::to_string(number), id, "2026-11-24T00:00:00Z");
    }
    CHECK(findings(catalog).empty());  // a catalog beside a pipe has no documents
    Document here = Document::of_source("here", "file");
    here.record()["id"] = "here";
    catalog.put_document(here, "b", 0);
    const std::vector<Catalog::CodeFinding> all = findings(catalog);
    REQUIRE(names(all) == std::vector<std::string>{"not-delivered"});
    CHECK(all[0].code == "A.1");
    catalog.record_code("B.1", "here", "2026-11-25T00:00:00Z");
    CHECK(names(findings(catalog)) == std::vector<std::string>{"two-codes", "not-delivered"});
  }
}
