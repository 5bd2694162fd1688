// SPDX-License-Identifier: Apache-2.0
#include "core/scan_mover.hpp"

#include "core/atomic_file.hpp"
#include "core/file_copy.hpp"
#include "core/json.hpp"
#include "support/corpus.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace sohoa;
using sohoa::test::TempDir;

namespace {

struct Fixture {
  TempDir folder;
  fs::path inbox = folder / "inbox";
  fs::path done = folder / "done";
  fs::path journal = folder / "journal";

  void put(const std::string& name, const std::string& bytes) const {
    make_directories((inbox / name).parent_path());
    write_file(inbox / name, bytes);
  }
  [[nodiscard]] ScanGroup first() const { return list_inbox(inbox, Grouping::folder).groups.at(0); }
  void move() const { ScanMover(done, journal).move(first()); }
};

}  // namespace

TEST_SUITE("core::ScanMover") {
  TEST_CASE_FIXTURE(Fixture, "a folder keeps its path, and what is no scan of it stays") {
    put("year/ho-so/1.tif", "one");
    put("year/ho-so/2.tif", "two");
    put("year/ho-so/Thumbs.db", "litter");
    move();
    CHECK(read_file(done / "year/ho-so/1.tif") == "one");
    CHECK(read_file(done / "year/ho-so/2.tif") == "two");
    CHECK_FALSE(fs::exists(inbox / "year/ho-so/1.tif"));
    CHECK(fs::exists(inbox / "year/ho-so/Thumbs.db"));
    CHECK_FALSE(fs::exists(journal));
  }

  TEST_CASE_FIXTURE(Fixture, "a name that is taken gets a number, a scan that lies there already goes") {
    for (const char* bytes : {"one", "two", "one"}) {
      put("a.tif", bytes);
      move();
    }
    CHECK(read_file(done / "a.tif") == "one");
    CHECK(read_file(done / "a-2.tif") == "two");
    CHECK_FALSE(fs::exists(done / "a-3.tif"));
    CHECK_FALSE(fs::exists(inbox / "a.tif"));
    put("b/1.tif", "one");
    move();
    put("b/2.tif", "two");
    move();
    CHECK(fs::exists(done / "b/1.tif"));
    CHECK(fs::exists(done / "b-2/2.tif"));
    CHECK_FALSE(fs::exists(inbox / "b"));
  }

  TEST_CASE_FIXTURE(Fixture, "what changed since it was listed stays") {
    put("a.tif", "one");
    const ScanGroup group = first();
    put("a.tif", "another");
    ScanMover(done, journal).move(group);
    CHECK(read_file(inbox / "a.tif") == "another");
    CHECK_FALSE(fs::exists(done / "a.tif"));
  }

  TEST_CASE_FIXTURE(Fixture, "what a kill left half moved is finished, however far it came") {
    put("b/1.tif", "one");
    put("b/2.tif", "two");
    put("b/3.tif", "three");
    Json pairs = Json::array();
    for (const char* name : {"1.tif", "2.tif", "3.tif"}) {
      pairs.push_back({(inbox / "b" / name).string(), (done / "b" / name).string()});
    }
    make_directories(done / "b");
    fs::rename(inbox / "b/1.tif", done / "b/1.tif");
    fs::copy_file(inbox / "b/2.tif", done / "b/2.tif");
    write_file(journal, to_line(Json{{"moves", pairs}, {"emptied", (inbox / "b").string()}}));
    ScanMover::finish(journal);
    CHECK(read_file(done / "b/1.tif") + read_file(done / "b/2.tif") + read_file(done / "b/3.tif") == "onetwothree");
    CHECK_FALSE(fs::exists(inbox / "b"));
    CHECK_FALSE(fs::exists(journal));
    ScanMover::finish(journal);
  }

  TEST_CASE_FIXTURE(Fixture, "a copy is whole, keeps holes and time, and is never made through a link or of a pipe") {
    put("a.tif", "begin");
    fs::resize_file(inbox / "a.tif", std::uint64_t{64} << 20U);
    fs::last_write_time(inbox / "a.tif", 1'700'000'000);
    copy_scan(inbox / "a.tif", folder / "copy");
    CHECK(same_content(inbox / "a.tif", folder / "copy"));
    CHECK(fs::last_write_time(folder / "copy") == 1'700'000'000);
    struct stat status {};
    REQUIRE(::stat((folder / "copy").c_str(), &status) == 0);
    CHECK(status.st_blocks * 512 < 1 << 20);
    fs::create_symlink("a.tif", inbox / "link");
    REQUIRE(::mkfifo((inbox / "pipe").c_str(), 0600) == 0);
    for (const char* name : {"link", "pipe", "none"}) {
      CHECK_THROWS_AS(copy_scan(inbox / name, folder / "other"), Error);
    }
    CHECK_FALSE(fs::exists(folder / "other"));
  }
}
