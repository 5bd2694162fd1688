// SPDX-License-Identifier: Apache-2.0
#include "core/catalog_events.hpp"

#include "support/catalogs.hpp"

using namespace sohoa;
using sohoa::test::on_both;

namespace {

Document document_of(const std::string& id) {
  Document document = Document::of_source(id, "file");
  document.record()["id"] = id;
  document.record()["history"] = Json::array({Json{{"step", "ingest"}, {"ended", "2026-01-01T00:00:00Z"}},
                                              Json{{"step", "ocr"}, {"ended", "2026-01-01T00:00:02Z"}}});
  return document;
}

}  // namespace

TEST_SUITE("core::EventChain") {
  TEST_CASE("what was done to a document is told once, in order") {
    on_both([](const CatalogPlace& place) {
      Catalog catalog(place);
      Document document = document_of("one");
      catalog.put_document(document, "b", 0);
      CHECK(catalog.events().end().number == 3);
      catalog.update_document(document);  // nothing is new
      CHECK(catalog.events().end().number == 3);
      document.record()["history"].push_back(Json{{"step", "sign"}, {"ended", "2026-01-02T00:00:00Z"}});
      catalog.update_document(document);
      CHECK(catalog.events().end().number == 5);
      const auto database = open_database(place.where, Database::Access::read);
      Statement kinds = database->prepare("SELECT kind FROM events ORDER BY number");
      std::string told;
      while (kinds.step()) {
        told += kinds.text(0) + " ";
      }
      CHECK(told == "ingest ocr deliver sign update ");
      CHECK_FALSE(catalog.events().check());
    });
  }

  TEST_CASE("a change, a removal, an insertion and a shorter chain show at the first event that is not as it was") {
    struct Attack {
      const char* sql;
      std::int64_t number;
      const char* reason;
    };
    for (const Attack& attack : std::vector<Attack>{
             {"UPDATE events SET at = '2025-01-01T00:00:00Z' WHERE number = 4", 4, "changed"},
             {"UPDATE events SET detail = '{}' WHERE number = 3", 3, "changed"},
             {"UPDATE events SET digest = (SELECT digest FROM events WHERE number = 1) WHERE number = 2", 2, "changed"},
             {"DELETE FROM events WHERE number = 2", 2, "missing"},
             {"DELETE FROM events WHERE number = 6", 6, "missing"},
             {"DELETE FROM events", 1, "missing"},
             {"DELETE FROM documents WHERE id = 'two'", 4, "missing"},
             {"UPDATE events SET document = (SELECT number FROM documents WHERE id = 'one') WHERE number = 5", 5,
              "changed"},
             {"UPDATE documents SET id = 'three' WHERE id = 'two'", 4, "changed"},
             {"UPDATE events SET number = -1 WHERE number = 2; UPDATE events SET number = 2 WHERE number = 3; "
              "UPDATE events SET number = 3 WHERE number = -1",
              2, "changed"},
             {"INSERT INTO events SELECT 7, document, kind, at, host, operator, detail, digest FROM events "
              "WHERE number = 6",
              7, "changed"},
             {"UPDATE chain SET number = 5, digest = (SELECT digest FROM events WHERE number = 5)", 6, "added"},
             {"UPDATE chain SET digest = 'x'", 6, "ended"}}) {
      CAPTURE(attack.sql);
      on_both([&](const CatalogPlace& place) {
        Catalog catalog(place);
        catalog.put_document(document_of("one"), "b", 0);
        catalog.put_document(document_of("two"), "b", 1);
        REQUIRE_FALSE(catalog.events().check());
        open_database(place.where, Database::Access::write)->execute(attack.sql);
        const auto broken = catalog.events().check();
        REQUIRE(broken);
        CHECK(broken->number == attack.number);
        CHECK(broken->reason.find(attack.reason) != std::string::npos);
      });
    }
  }
}
