// SPDX-License-Identifier: Apache-2.0
#include "core/catalog.hpp"

#include "core/sqlite.hpp"
#include "support/catalogs.hpp"

#include <doctest/doctest.h>

using namespace sohoa;
using sohoa::test::on_both;
using sohoa::test::TempDir;

namespace {

Document delivered(const std::string& id, const std::vector<std::string>& fields = {}) {
  Document document = Document::of_source(id, "file");
  document.record()["id"] = id;
  for (const std::string& field : fields) {
    document.record()["signatures"].push_back(Json{{"field", field}});
  }
  return document;
}

}  // namespace

TEST_SUITE("core::Catalog") {
  TEST_CASE("a transaction joins the changes in it, and undoes them all unless it is committed") {
    on_both([](const CatalogPlace& place) {
      Catalog catalog(place);
      Catalog other(place);
      {
        const Transaction lost = catalog.transaction();
        CHECK(catalog.allot_sequence("A.", "one") == 1);
        CHECK(catalog.allot_ordinal("H-1", "one", 7) == 7);
        catalog.record_code("A.1", "one", "2026-11-24T00:00:00Z");
        CHECK_FALSE(other.given_at("A.1", "one"));
      }
      CHECK_FALSE(catalog.given_at("A.1", "one"));
      Transaction kept = catalog.transaction();
      CHECK(catalog.allot_sequence("A.", "two") == 1);
      CHECK(catalog.allot_sequence("A.", "two") == 1);
      catalog.record_code("A.1", "two", "2026-11-24T00:00:00Z");
      kept.commit();
      CHECK(other.given_at("A.1", "two"));
      CHECK(other.allot_sequence("A.", "one") == 2);
    });
  }

  TEST_CASE("documents wait for a signature of a role, in the order of their batches") {
    on_both([](const CatalogPlace& place) {
      Catalog catalog(place);
      catalog.put_document(delivered("late"), "b", 0);
      catalog.put_document(delivered("second", {"agency"}), "a", 1);
      catalog.put_document(delivered("first"), "a", 0);
      catalog.put_document(delivered("done", {"agency", "officer2"}), "a", 2);
      catalog.put_document(delivered("other", {"officers", "officer2x"}), "a", 3);
      Document failed = delivered("failed");
      failed.set_status(Status::quarantined);
      catalog.put_document(failed, "a", 4);
      CHECK(catalog.unsigned_documents("officer") == std::vector<std::string>{"first", "second", "other", "late"});
      CHECK(catalog.unsigned_documents("agency") == std::vector<std::string>{"first", "other", "late"});
    });
  }

  TEST_CASE("a batch that began and ended within a second has a pace") {
    on_both([](const CatalogPlace& place) {
      Catalog catalog(place);
      CHECK_FALSE(catalog.last_pace());
      for (const auto& [id, ended, pace] :
           {std::tuple("first", "05", 2.0), std::tuple("second", "05", 4.0), std::tuple("late", "09", 1.5)}) {
        Document document = delivered(id);
        Json& record = document.record();
        record["source"]["pages"] = Json::parse("[{}, {}]");
        const std::string minute = "2026-01-01T00:00:";
        record["history"] =
            Json::array({{{"step", "ingest"}, {"started", minute + "05Z"}, {"ended", minute + ended + "Z"}}});
        catalog.put_document(document, "a", 0);
        REQUIRE(catalog.last_pace());
        CHECK(catalog.last_pace()->pages_per_second == doctest::Approx(pace));
      }
    });
  }

  TEST_CASE("a catalog of version 1 or 2 is brought up to date, keeps what it has and is indexed") {
    const TempDir folder;
    const Json record = Json::parse(R"({"schema": "sohoa/document/1", "id": "one", "status": "ok",
      "source": {"path": "s", "pages": [{}, {}]}, "pdf": {"path": "documents/p.pdf"},
      "fields": {"owner": {"value": "038090001234", "confidence": 1, "origin": "register"}},
      "signatures": [{"field": "officer1", "level": "B-T"}],
      "history": [{"step": "ingest", "started": "2026-01-01T00:00:00Z", "ended": "2026-01-01T00:00:04Z"}]})");
    for (const int version : {1, 2}) {
      CAPTURE(version);
      const fs::path file = folder / (std::to_string(version) + ".sqlite");
      {
        const Sqlite old(file);
        old.execute(
            "CREATE TABLE sequences (prefix TEXT NOT NULL, document TEXT NOT NULL, sequence INTEGER NOT NULL, "
            "PRIMARY KEY (prefix, document), UNIQUE (prefix, sequence));"
            "CREATE TABLE codes (code TEXT PRIMARY KEY, document TEXT NOT NULL, given TEXT NOT NULL);"
            "CREATE TABLE ordinals (dossier TEXT NOT NULL, document TEXT NOT NULL, ordinal INTEGER NOT NULL, "
            "PRIMARY KEY (dossier, document), UNIQUE (dossier, ordinal));"
            "CREATE TABLE documents (id TEXT PRIMARY KEY, batch TEXT NOT NULL, position INTEGER NOT NULL, "
            "status TEXT NOT NULL, record TEXT NOT NULL, manifested INTEGER NOT NULL DEFAULT 0);"
            "CREATE INDEX documents_by_batch ON documents (batch, position);"
            "INSERT INTO sequences VALUES ('A.', 'one', 1); INSERT INTO codes VALUES ('A.1', 'one', '2026')");
        if (version == 2) {
          old.execute(
              "CREATE TABLE attempts (scan TEXT NOT NULL, step TEXT NOT NULL, options TEXT NOT NULL, "
              "version TEXT NOT NULL, tries INTEGER NOT NULL, deaths INTEGER NOT NULL DEFAULT 0, last TEXT NOT NULL, "
              "word TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (scan, step, options)) "
              "WITHOUT ROWID;"
              "CREATE TABLE quarantined (document TEXT PRIMARY KEY, rules TEXT NOT NULL, since TEXT NOT NULL);"
              "INSERT INTO attempts (scan, step, options, version, tries, last) VALUES ('aa', 'ocr', '1', '0', 2, "
              "'');");
        }
        old.prepare("INSERT INTO documents VALUES ('one', 'b', 3, 'ok', ?, 1)").bind(to_line(record)).step();
        old.set_schema_version(version);
      }
      {
        Catalog old(CatalogPlace(file), Database::Access::read);
        CHECK_FALSE(old.is_current());
        CHECK(old.delivered_as("one") == "documents/p.pdf");
        CHECK(old.sources() == std::set<std::string>{"s"});
        CHECK_FALSE(old.last_pace());
      }
      Catalog catalog{CatalogPlace(file)};
      CHECK(catalog.is_current());
      CHECK(catalog.document("one") == record);
      CHECK(catalog.batch_size("b") == 4);
      CHECK(catalog.unmanifested_batches().empty());
      CHECK(catalog.allot_sequence("A.", "two") == 2);
      CHECK(catalog.unsigned_documents("officer").empty());
      CHECK(catalog.documents_below("B-LT") == std::vector<std::string>{"one"});
      REQUIRE(catalog.last_pace());
      CHECK(catalog.last_pace()->pages_per_second == doctest::Approx(0.5));
      CHECK(catalog.events().end().number == 2);
      CHECK_FALSE(catalog.events().check());
      const Sqlite database(file);
      Statement row = database.prepare("SELECT owner, path, pages FROM documents");
      REQUIRE(row.step());
      CHECK(row.text(0) == "038090001234");
      CHECK(row.text(1) == "documents/p.pdf");
      CHECK(row.number(2) == 2);
      CHECK(database.prepare("SELECT 1 FROM attempts WHERE archive = '' AND tries = 2").step() == (version == 2));
      database.set_schema_version(database.schema_version() + 1);
      CHECK_THROWS_WITH_AS(Catalog{file}, doctest::Contains("written by a newer sohoa"), Error);
    }
  }

  TEST_CASE("a quarantined document is known by the rules that it failed by, until it is delivered") {
    on_both([](const CatalogPlace& place) {
      Catalog catalog(place);
      Document bad = delivered("bad");
      bad.set_status(Status::quarantined);
      catalog.put_document(bad, "a", 0);
      CHECK_FALSE(catalog.quarantined_since("bad", "r"));
      catalog.note_quarantine("bad", "r");
      const auto since = catalog.quarantined_since("bad", "r");
      REQUIRE(since);
      CHECK_FALSE(catalog.quarantined_since("bad", "other rules"));
      catalog.note_quarantine("bad", "other rules");
      CHECK(catalog.quarantined_since("bad", "other rules") == since);
      catalog.put_document(delivered("bad"), "a", 0);
      CHECK_FALSE(catalog.quarantined_since("bad", "other rules"));
    });
  }

  TEST_CASE("an update keeps the place in the batch, whose manifest has to be written again") {
    on_both([](const CatalogPlace& place) {
      Catalog catalog(place);
      catalog.put_document(delivered("one"), "a", 0);
      catalog.put_document(delivered("two"), "a", 1);
      catalog.put_document(delivered("three"), "b", 0);
      catalog.mark_manifested("a");
      catalog.mark_manifested("b");
      catalog.update_document(delivered("one", {"officer"}));
      CHECK(catalog.unmanifested_batches() == std::vector<std::string>{"a"});
      std::vector<std::string> ids;
      catalog.each_of_batch("a", [&](const Json& record) { ids.push_back(string_of(record, "id")); });
      CHECK(ids == std::vector<std::string>{"one", "two"});
      CHECK(catalog.document("one")->at("signatures").size() == 1);
    });
  }

  TEST_CASE("codes of a list and rows of a register are kept") {
    on_both([](const CatalogPlace& place) {
      Catalog catalog(place);
      CHECK(catalog.import_code({"A.3", "", "A.", 3, "o", "s", "list"}));
      CHECK_FALSE(catalog.import_code({"A.3", "", "A.", 3, "o", "s", "list"}));
      CHECK(catalog.allot_sequence("A.", "x") == 4);
      catalog.record_code("A.4", "x", "2026-11-24T00:00:00Z");
      CHECK(catalog.imported_for_nobody("A.") == "A.3");
      catalog.put_document(delivered("y"), "b", 0);
      catalog.note_row("r", "y");
      catalog.note_row("r", "y");
      CHECK(catalog.delivered_of_row("r") == std::vector<std::string>{"y"});
      std::string found;
      catalog.each_code_finding(3, [&](const auto& one) { found += one.finding + std::string(" ") + one.code + ";"; });
      CHECK(found == "not-delivered A.4;number-unused A.;");
    });
  }

  TEST_CASE("opened twice, it stays locked against another program that would tidy its log away" *
            doctest::skip(!test::has_programs({"python3"}))) {
    const TempDir folder;
    const std::string file = (folder / "catalog.sqlite").string();
    Catalog catalog{CatalogPlace(file)};
    const Catalog again{CatalogPlace(file)};
    catalog.put_document(delivered("one"), "a", 0);
    test::run({"python3", "-c", "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT 1 FROM documents')",
               file});
    CHECK(fs::exists(file + "-wal"));
  }
}
