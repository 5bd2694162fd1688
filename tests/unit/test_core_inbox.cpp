// SPDX-License-Identifier: Apache-2.0
#include "core/inbox.hpp"

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "support/corpus.hpp"

#include <chrono>
#include <fstream>
#include <string>
#include <vector>

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

  TEST_CASE("hidden files are passed over, unfinished ones wait") {
    const TempDir inbox;
    for (const char* name : {".hidden.tif", "a.tif.part", "b.tmp", "~$c.tif", "Thumbs.db", "scan.crdownload",
                             ".d.tif.Xy12Ab", ".DS_Store", ".e.tif.backup"}) {
      put(inbox / name);
    }
    const Inbox found = list_inbox(inbox.path(), Grouping::folder);
    CHECK(found.groups.empty());
    CHECK(found.left_out.empty());
    std::vector<std::string> waiting;
    for (const WaitingScan& scan : found.waiting) {
      waiting.push_back(fs::path(scan.path).filename().string());
    }
    CHECK(waiting == std::vector<std::string>{".d.tif.Xy12Ab", "a.tif.part", "b.tmp", "scan.crdownload"});
  }

  TEST_CASE("a folder with an unfinished file waits whole, and the others do not") {
    const TempDir inbox;
    put(inbox / "a/1.tif");
    put(inbox / "a/2.tif.part");
    put(inbox / "b/1.tif");
    const Inbox found = list_inbox(inbox.path(), Grouping::folder);
    REQUIRE(found.groups.size() == 1);
    CHECK(found.groups[0].path == (inbox / "b").string());
    REQUIRE(found.waiting.size() == 1);
    CHECK(found.waiting[0].path == (inbox / "a").string());
    CHECK(found.waiting[0].reason == "2.tif.part is unfinished");
    CHECK(list_inbox(inbox.path(), Grouping::file).groups.size() == 2);
  }

  TEST_CASE("a group knows when its files were changed, replaced, added or taken away") {
    const TempDir inbox;
    put(inbox / "a/1.tif");
    put(inbox / "a/2.tif");
    const auto listed = [&] { return list_inbox(inbox.path(), Grouping::folder).groups.at(0); };
    ScanGroup group = listed();
    CHECK(group.bytes() == 2);
    CHECK(group.unchanged());
    std::ofstream((inbox / "a/1.tif").string(), std::ios::app) << "y";
    CHECK_FALSE(group.unchanged());
    group = listed();
    put(inbox / "a/3.tif");
    CHECK_FALSE(group.unchanged());
    group = listed();
    fs::remove(inbox / "a/3.tif");
    CHECK_FALSE(group.unchanged());
  }

  TEST_CASE("a document settles by the youngest of its times, and a time in the future counts as now") {
    using namespace std::chrono_literals;
    const std::chrono::system_clock::time_point now{1000s};
    const auto at = [](std::chrono::nanoseconds time) { return FileStamp{1, 1, 1, time.count()}; };
    ScanGroup group;
    group.stamps = {at(900s), at(995s)};
    CHECK(group.unsettled(now, 20s) == 15s);
    CHECK(group.unsettled(now, 5s) <= 0s);
    group.stamps = {at(900s), at(100'000s)};
    CHECK(group.unsettled(now, 20s) == 20s);
    CHECK(group.unsettled(now, 0s) == 0s);
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
