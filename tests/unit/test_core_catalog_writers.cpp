// SPDX-License-Identifier: Apache-2.0
// Several processes, archives and a server that goes away.
#include "core/catalog.hpp"
#include "core/journal.hpp"
#include "support/catalogs.hpp"

#include <set>

#include <sys/wait.h>
#include <unistd.h>

using namespace sohoa;
using sohoa::test::has_postgres;
using sohoa::test::on_both;
using sohoa::test::postgres;
using sohoa::test::TempDir;

namespace {

constexpr int writers = 4;
constexpr int documents_each = 40;

// Allots what a document gets, each in a transaction as `code` has it.
void write_some(const CatalogPlace& place, int writer) {
  Catalog catalog(place);
  for (int i = 0; i < documents_each; ++i) {
    Document document = Document::of_source("s", "file");
    const std::string id = std::to_string(writer) + "-" + std::to_string(i);
    document.record()["id"] = id;
    Transaction whole = catalog.transaction();
    const int sequence = catalog.allot_sequence(i % 2 == 0 ? "A." : "B.", id);
    catalog.record_code((i % 2 == 0 ? "A." : "B.") + std::to_string(sequence), id, "2026-11-24T00:00:00Z");
    catalog.allot_ordinal("H-1", id, 0);
    if (i % 10 == 9) {
      continue;  // undone: its numbers are the next one's
    }
    whole.commit();
    catalog.put_document(document, "b", static_cast<std::size_t>(i));
  }
}

std::vector<std::int64_t> numbers(const Database& database, const std::string& sql) {
  std::vector<std::int64_t> found;
  Statement rows = database.prepare(sql);
  while (rows.step()) {
    found.push_back(rows.number(0));
  }
  return found;
}

std::vector<std::int64_t> up_to(std::size_t last) {
  std::vector<std::int64_t> all;
  for (std::size_t i = 1; i <= last; ++i) {
    all.push_back(static_cast<std::int64_t>(i));
  }
  return all;
}

CatalogPlace in_archive(CatalogPlace place, const std::string& archive) {
  place.archive = archive;
  place.root = "/somewhere/" + archive;
  return place;
}

}  // namespace

TEST_SUITE("core::Catalog of several writers") {
  TEST_CASE("four processes that begin with an empty catalog give every number once and without gaps") {
    on_both([](const CatalogPlace& place) {
      std::vector<pid_t> children;
      for (int writer = 0; writer < writers; ++writer) {
        children.push_back(::fork());
        if (children.back() == 0) {
          try {
            write_some(place, writer);
            ::_exit(0);
          } catch (const std::exception& error) {
            std::fprintf(stderr, "%s\n", error.what());
            ::_exit(1);
          }
        }
      }
      for (const pid_t child : children) {
        int status = -1;
        ::waitpid(child, &status, 0);
        CHECK(status == 0);
      }
      const Catalog catalog(place);
      const auto database = open_database(place.where, Database::Access::read);
      const std::size_t kept = writers * documents_each * 9 / 10;
      const auto a = numbers(*database, "SELECT sequence FROM sequences WHERE prefix = 'A.' ORDER BY sequence");
      const auto b = numbers(*database, "SELECT sequence FROM sequences WHERE prefix = 'B.' ORDER BY sequence");
      CHECK(a == up_to(a.size()));
      CHECK(b == up_to(b.size()));
      CHECK(a.size() + b.size() == kept);
      CHECK(numbers(*database, "SELECT count(*) FROM codes").front() == static_cast<std::int64_t>(kept));
      CHECK(numbers(*database, "SELECT ordinal FROM ordinals ORDER BY ordinal") == up_to(kept));
      CHECK(catalog.events().end().number == static_cast<std::int64_t>(kept));
      CHECK_FALSE(catalog.events().check());
    });
  }

  TEST_CASE("two archives in one catalog share codes and documents, but not batches and notes") {
    on_both([](const CatalogPlace& place) {
      const CatalogPlace north = in_archive(place, "north");
      const CatalogPlace south = in_archive(place, "south");
      Catalog one(north);
      Catalog other(south);
      Document document = Document::of_source("scan.tif", "file");
      document.record()["id"] = "d";
      document.record()["pdf"]["path"] = "documents/d.pdf";
      one.put_document(document, "b", 0);
      CHECK(one.delivered_as("d") == "documents/d.pdf");
      CHECK(other.delivered_as("d")->find("documents/d.pdf in /somewhere/north on ") == 0);
      CHECK(other.batch_size("b") == 0);
      CHECK(other.unmanifested_batches().empty());
      CHECK(other.unsigned_documents("officer").empty());
      CHECK(one.unsigned_documents("officer").size() == 1);
      CHECK(one.allot_sequence("A.", "d") == 1);
      CHECK(other.allot_sequence("A.", "e") == 2);

      const Attempt attempt{"aa", "ocr", "0", true};
      Journal noted(north, "r", 1);
      noted.begin(1, attempt);
      CHECK(Journal(north, "r", 1).given_up(attempt));
      CHECK_FALSE(Journal(south, "r", 1).given_up(attempt));
      Journal(south, "r", 1).forget();
      CHECK(Journal(north, "r", 1).given_up(attempt));
    });
  }

  TEST_CASE("a server that starts again is found again, and one that stays away ends the work" *
            doctest::skip(!has_postgres())) {
    const CatalogPlace place(postgres().schema());
    Catalog catalog(place);
    CHECK(catalog.allot_sequence("A.", "one") == 1);
    postgres().stop();
    postgres().start();
    CHECK(catalog.allot_sequence("A.", "two") == 2);
    {
      Transaction broken = catalog.transaction();
      CHECK(catalog.allot_sequence("A.", "three") == 3);
      postgres().stop();
      postgres().start();
      CHECK_THROWS_WITH_AS(catalog.allot_sequence("A.", "four"), doctest::Contains("cannot reach the catalog"), Error);
    }
    CHECK(catalog.allot_sequence("A.", "three") == 3);
    postgres().stop();
    try {
      catalog.given_at("A.1", "one");
      FAIL("nobody answers");
    } catch (const Error& error) {
      CHECK(error.id() == "catalog-unreachable");
      CHECK(error.status() == ExitStatus::environment);
    }
    postgres().start();
    CHECK(catalog.allot_sequence("A.", "one") == 1);
  }

  TEST_CASE("a password is in no name" * doctest::skip(!has_postgres())) {
    const std::string url = "postgresql://clerk:se%40cret@db.example/register?sslmode=require&connect_timeout=5";
    const std::string shown = Postgres::without_password(url);
    CHECK(shown.find("cret") == std::string::npos);
    for (const char* part : {"user=clerk", "host=db.example", "dbname=register", "sslmode=require"}) {
      CHECK(shown.find(part) != std::string::npos);
    }
    CHECK(Postgres::without_password(shown) == shown);
    CHECK_THROWS_AS(Postgres::without_password("postgresql://[bad"), Error);
  }

  TEST_CASE("an archive remembers its catalog, and takes no other") {
    const TempDir folder;
    const fs::path root = folder / "archive";
    fs::create_directories(root);
    const std::string url = "postgresql://clerk:secret@db.example/register";
    const CatalogPlace first = catalog_of_archive(root, url, true);
    CHECK(first.where == url);
    CHECK(first.archive.find("archive-") == 0);
    CHECK(first.root == root.string());
    const CatalogPlace again = catalog_of_archive(root, "", true);
    CHECK(again.where == Postgres::without_password(url));
    CHECK(again.archive == first.archive);
    CHECK(catalog_of_archive(root, "postgresql://clerk:other@db.example/register", true).archive == first.archive);
    CHECK_THROWS_WITH_AS(catalog_of_archive(root, "postgresql://elsewhere/register", true),
                         doctest::Contains("db.example"), Error);

    const fs::path own = folder / "own";
    fs::create_directories(own);
    CHECK(catalog_of_archive(own, "", true).where == (own / "catalog.sqlite").string());
    { const Catalog made(CatalogPlace(own / "catalog.sqlite")); }
    CHECK_THROWS_WITH_AS(catalog_of_archive(own, url, true), doctest::Contains("catalog.sqlite"), Error);
  }
}
