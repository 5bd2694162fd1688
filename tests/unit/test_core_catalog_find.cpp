// SPDX-License-Identifier: Apache-2.0
#include "core/catalog_find.hpp"

#include "core/catalog_store.hpp"
#include "support/catalogs.hpp"

using namespace sohoa;
using sohoa::test::on_both;

namespace {

using Ids = std::vector<std::string>;

Json record_of(const std::string& id, const std::string& symbol, const std::string& date, const std::string& subject) {
  Document document = Document::of_source("inbox/" + id, "file");
  Json& record = document.record();
  record["id"] = id;
  record["pdf"] = Json{{"path", "documents/" + id + ".pdf"}, {"sha256", std::string(64, 'a')}};
  record["dossier"] = Json{{"code", "H-" + id}, {"ordinal", 1}};
  record["code"] =
      Json{{"value", "c." + id}, {"prefix", "c."}, {"seq", id.back() - '0'}, {"given", "2026-01-01T00:00:00Z"}};
  document.set_field("owner", "038090001234", 1, "register");
  document.set_field("type", "KQ.G15.000031", 1, "register");
  document.set_field("agency", "Ủy ban nhân dân xã Đông Hải", 1, "register");
  document.set_field("symbol", symbol, 1, "register");
  document.set_field("issued_date", date, 1, "register");
  document.set_field("subject", subject, 1, "register");
  return record;
}

// Ids of a test are shorter than a stream would let by.
Document document_of(const Json& record) {
  Document document = Document::of_source("s", "file");
  document.record() = record;
  return document;
}

Ids found(const CatalogPlace& place, const FindQuery& query, std::size_t limit = 0, bool more = false) {
  Ids ids;
  CHECK(CatalogFinder(place).find(query, limit, [&](const FoundPaper& paper) { ids.push_back(paper.id); }) == more);
  return ids;
}

}  // namespace

TEST_SUITE("core::CatalogFinder") {
  TEST_CASE("each question finds what fits, the latest first, with marks or without") {
    on_both([](const CatalogPlace& place) {
      {
        Catalog catalog(place);
        std::size_t position = 0;
        for (const Json& record : {record_of("d1", "1/QĐ-UBND", "2024-01-05", "cấp đất ở tại xã"),
                                   record_of("d2", "2/QĐ-UBND", "2024-02-05", "giấy khai sinh"),
                                   record_of("d3", "3/QĐ-UBND", "2023-03-05", "thu hồi đất")}) {
          catalog.put_document(document_of(record), "b", position++);
        }
        Document bad = document_of(record_of("d4", "4/QĐ-UBND", "2024-04-05", "đất mật"));
        bad.set_status(Status::quarantined);
        catalog.put_document(bad, "b", position);
      }
      CHECK(found(place, {.owner = "038090001234"}) == Ids{"d2", "d1", "d3"});
      CHECK(found(place, {.owner = "038090001234", .type = "kq.g15.000031", .symbol = "2/qd-ubnd"}) == Ids{"d2"});
      CHECK(found(place, {.symbol = "3/QĐ-UBND"}) == Ids{"d3"});
      CHECK(found(place, {.type = "KQ.G15.000031"}, 2, true) == Ids{"d2", "d1"});
      CHECK(found(place, {.type = "KQ.G15.000031"}, 3) == Ids{"d2", "d1", "d3"});
      CHECK(found(place, {.code = "c.d1"}) == Ids{"d1"});
      CHECK(found(place, {.dossier = "H-d3"}) == Ids{"d3"});
      CHECK(found(place, {.agency = "uy ban nhan dan xa dong hai", .from = "2024-01-01"}) == Ids{"d2", "d1"});
      CHECK(found(place, {.from = "2023-01-01", .until = "2024-01-31"}) == Ids{"d1", "d3"});
      CHECK(found(place, {.text = "dat"}) == Ids{"d3", "d1"});
      CHECK(found(place, {.text = "ĐẤT"}, 1, true) == Ids{"d3"});
      CHECK(found(place, {.text = "\"đất ở\""}) == Ids{"d1"});
      CHECK(found(place, {.type = "KQ.G15.000031", .text = "dat xa"}) == Ids{"d3", "d1"});
      CHECK(found(place, {.owner = "038090001234", .text = "khai sinh"}) == Ids{"d2"});
      CHECK(found(place, {.text = "mật"}).empty());
      CHECK(found(place, {.text = "-"}).empty());
      CHECK(found(place, {.owner = "1"}).empty());
    });
  }

  TEST_CASE("words of a long text are found in all its parts, once, and those of an older text are not") {
    on_both([](const CatalogPlace& place) {
      Catalog catalog(place);
      std::string words = "đầu";
      for (int i = 0; i < 30000; ++i) {
        words += " chung";
      }
      Json record = record_of("d1", "1", "2024-01-05", words + " cuối");
      catalog.put_document(document_of(record), "b", 0);
      CHECK(found(place, {.text = "dau cuoi chung"}, 1) == Ids{"d1"});
      CHECK(found(place, {.owner = "038090001234", .text = "dau cuoi"}) == Ids{"d1"});
      record["fields"]["subject"]["value"] = "khác";
      catalog.put_document(document_of(record), "b", 0);
      CHECK(found(place, {.text = "cuoi"}).empty());
      CHECK(found(place, {.text = "khac"}) == Ids{"d1"});
    });
  }

  TEST_CASE("a manifest of another office is taken in whole, or not at all") {
    on_both([](const CatalogPlace& place) {
      const Json one = record_of("d1", "1", "2024-01-05", "một");
      const Json other = record_of("d2", "2", "2024-01-05", "hai");
      {
        Catalog catalog(place);
        catalog.import_code({"c.d1", "", "c.", 1, "o", "s", "list"});  // told by a list, for nobody
      }
      {
        CatalogImport lost(place, "import:huyen", "/huyen");
        CHECK(lost.add(one) == CatalogImport::Taken::added);
        CHECK_THROWS_WITH_AS(lost.add(one), doctest::Contains("more than once"), Error);
      }
      CHECK(found(place, {.owner = "038090001234"}).empty());
      for (const auto& [expected, origin] : {std::pair{CatalogImport::Taken::added, "import:huyen"},
                                             std::pair{CatalogImport::Taken::known, "import:huyen"},
                                             std::pair{CatalogImport::Taken::elsewhere, "import:tinh"}}) {
        CatalogImport import(place, origin, "/huyen");
        CHECK(import.add(one) == expected);
        CHECK(import.add(other) == expected);
        import.finish(std::string(64, 'b'));
      }
      {
        Json taken = record_of("d3", "3", "2024-01-05", "ba");
        CatalogImport import(place, "import:huyen", "/huyen");
        Json changed = one;
        changed["fields"]["subject"]["value"] = "đã sửa";
        CHECK(import.add(changed) == CatalogImport::Taken::changed);
        taken["code"]["value"] = "c.d2";
        CHECK_THROWS_WITH_AS(import.add(taken), doctest::Contains("c.d2"), Error);
      }
      Catalog catalog(place);
      CHECK(catalog.allot_sequence("c.", "new") == 3);
      CHECK(catalog.given_at("c.d1", "d1") == "2026-01-01T00:00:00Z");
      CHECK(catalog.events().end().number == 1);
      CHECK(found(place, {.text = "sua"}).empty());
      CatalogFinder(place).find({.code = "c.d2"}, 0, [](const FoundPaper& paper) {
        CHECK(paper.root == "/huyen");
        CHECK(paper.path == "documents/d2.pdf");
      });
    });
  }
}
