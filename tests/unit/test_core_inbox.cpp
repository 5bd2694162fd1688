// SPDX-License-Identifier: Apache-2.0
#include "core/inbox.hpp"

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "support/corpus.hpp"

#include <doctest/doctest.h>

using namespace sohoa;
using sohoa::test::TempDir;

namespace {

void put(const fs::path& file) {
  make_directories(file.parent_path());
  write_file(file, "x");
}

}  // namespace

TEST_SUITE("core::inbox") {
  TEST_CASE("a sub-folder is a document, and so is each file beside it") {
    const TempDir inbox;
    put(inbox / "b.tif");
    put(inbox / "a/scan10.jpg");
    put(inbox / "a/scan2.jpg");
    put(inbox / "a/deeper/1.png");
    const Inbox found = list_inbox(inbox.path(), Grouping::folder);
    REQUIRE(found.groups.size() == 3);
    CHECK(found.groups[0].kind == "file");
    CHECK(found.groups[0].path == (inbox / "b.tif").string());
    CHECK(found.groups[1].kind == "folder");
    CHECK(found.groups[1].files ==
          std::vector<std::string>{(inbox / "a/scan2.jpg").string(), (inbox / "a/scan10.jpg").string()});
    CHECK(found.groups[2].path == (inbox / "a/deeper").string());
    CHECK(list_inbox(inbox.path(), Grouping::file).groups.size() == 4);
  }

  TEST_CASE("unfinished and hidden files wait in silence") {
    const TempDir inbox;
    for (const char* name : {".hidden.tif", "a.tif.part", "b.tmp", "~$c.tif", "Thumbs.db", "scan.crdownload"}) {
      put(inbox / name);
    }
    const Inbox found = list_inbox(inbox.path(), Grouping::folder);
    CHECK(found.groups.empty());
    CHECK(found.left_out.empty());
  }

  TEST_CASE("links are followed inside the inbox only") {
    const TempDir outside;
    const TempDir inbox;
    put(outside / "secret.tif");
    put(inbox / "a.tif");
    fs::create_symlink(outside / "secret.tif", inbox / "out.tif");
    fs::create_symlink("a.tif", inbox / "in.tif");
    fs::create_directory_symlink(outside.path(), inbox / "folder");
    const Inbox found = list_inbox(inbox.path(), Grouping::folder);
    CHECK(found.groups.size() == 2);
    CHECK(found.left_out.size() == 2);
  }

  TEST_CASE("a path that is not there is told") {
    const TempDir inbox;
    CHECK_THROWS_WITH_AS(list_inbox(inbox / "none", Grouping::folder), doctest::Contains("neither a folder nor a file"),
                         Error);
  }
}
