// SPDX-License-Identifier: Apache-2.0
#include "core/catalog.hpp"

#include "support/corpus.hpp"
#include "support/run.hpp"

#include <doctest/doctest.h>

using namespace sohoa;
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
    const TempDir folder;
    Catalog catalog(folder / "catalog.sqlite");
    Catalog other(folder / "catalog.sqlite");
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
  }

  TEST_CASE("documents wait for a signature of a role, in the order of their batches") {
    const TempDir folder;
    Catalog catalog(folder / "catalog.sqlite");
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
  }

  TEST_CASE("a catalog of version 1 is brought up to date and keeps what it has") {
    const TempDir folder;
    {
      Catalog catalog(folder / "catalog.sqlite");
      catalog.put_document(delivered("one"), "a", 0);
      const Sqlite database(folder / "catalog.sqlite");
      database.execute("DROP TABLE attempts; DROP TABLE quarantined; PRAGMA user_version = 1");
    }
    Catalog catalog(folder / "catalog.sqlite");
    CHECK(catalog.delivered("one"));
    CHECK_FALSE(catalog.quarantined_since("one", "r"));
    const Sqlite database(folder / "catalog.sqlite");
    CHECK_FALSE(database.prepare("SELECT 1 FROM attempts").step());
    Statement version = database.prepare("PRAGMA user_version");
    CHECK(version.step());
    CHECK(version.number(0) == 2);
    database.execute("PRAGMA user_version = 3");
    CHECK_THROWS_WITH_AS(Catalog(folder / "catalog.sqlite"), doctest::Contains("written by a newer sohoa"), Error);
  }

  TEST_CASE("a quarantined document is known by the rules that it failed by, until it is delivered") {
    const TempDir folder;
    Catalog catalog(folder / "catalog.sqlite");
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
  }

  TEST_CASE("an update keeps the place in the batch, whose manifest has to be written again") {
    const TempDir folder;
    Catalog catalog(folder / "catalog.sqlite");
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
  }

  TEST_CASE("opened twice, it stays locked against another program that would tidy its log away" *
            doctest::skip(!test::has_programs({"python3"}))) {
    const TempDir folder;
    const std::string file = (folder / "catalog.sqlite").string();
    Catalog catalog(file);
    const Catalog again(file);
    catalog.put_document(delivered("one"), "a", 0);
    test::run({"python3", "-c", "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT 1 FROM documents')",
               file});
    CHECK(fs::exists(file + "-wal"));
  }
}
