// SPDX-License-Identifier: Apache-2.0
#include "core/journal.hpp"

#include "core/catalog.hpp"
#include "support/corpus.hpp"

#include <memory>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sohoa;
using sohoa::test::TempDir;

namespace {

const Attempt page{"aa", "ocr", "0123", true};

class Archive {
 public:
  Archive() { const Catalog made(file()); }
  [[nodiscard]] fs::path file() const { return m_folder / "catalog.sqlite"; }
  [[nodiscard]] std::unique_ptr<Journal> open(int most = 3, const std::string& rules = "r") const {
    return std::make_unique<Journal>(file(), rules, most);
  }

 private:
  TempDir m_folder;
};

// A run that ends without a word while it has the task in hand.
void die_with(const fs::path& file, const Attempt& attempt) {
  const pid_t child = ::fork();
  if (child == 0) {
    Journal journal(file, "r", 3);
    journal.begin(1, attempt);
    ::_exit(0);  // no destructor
  }
  ::waitpid(child, nullptr, 0);
}

}  // namespace

TEST_SUITE("core::Journal") {
  TEST_CASE("a task that was answered leaves no trace") {
    const Archive archive;
    for (int run = 0; run < 5; ++run) {
      const auto journal = archive.open(1);
      CHECK_FALSE(journal->given_up(page));
      journal->begin(1, page);
      journal->ended(1);
    }
  }

  TEST_CASE("runs that end without a word are counted, and by the page in hand alone") {
    const Archive archive;
    const Attempt other{"bb", "ocr", "0123", true};
    for (int run = 0; run < 3; ++run) {
      CHECK_FALSE(archive.open()->given_up(page));
      die_with(archive.file(), page);
    }
    const auto given_up = archive.open()->given_up(page);
    REQUIRE(given_up);
    CHECK(given_up->word.empty());
    CHECK(given_up->message.find("in hand when 3 runs ended without a word") != std::string::npos);
    CHECK_FALSE(archive.open()->given_up(other));
    CHECK_FALSE(archive.open(4)->given_up(page));
    CHECK_FALSE(archive.open(0)->given_up(page));
  }

  TEST_CASE("an orderly end with a task in hand does not count") {
    const Archive archive;
    for (int run = 0; run < 5; ++run) {
      archive.open(1)->begin(1, page);
    }
    CHECK_FALSE(archive.open(1)->given_up(page));
  }

  TEST_CASE("two deaths of its worker give a task up at once, and tell how") {
    const Archive archive;
    const auto journal = archive.open(0);
    for (const std::uint64_t ticket : {1U, 2U}) {
      CHECK_FALSE(journal->given_up(page));
      journal->begin(ticket, page);
      journal->lost(ticket, "deskew", {"worker-killed", "was killed by signal 11 (Segmentation fault)", ""});
    }
    const auto given_up = archive.open(0)->given_up(page);
    REQUIRE(given_up);
    CHECK(given_up->word == "deskew");
    CHECK(given_up->message.find("when twice it was killed by signal 11 (Segmentation fault)") != std::string::npos);
  }

  TEST_CASE("other options, other rules and a second chance are tried") {
    const Archive archive;
    for (int run = 0; run < 3; ++run) {
      die_with(archive.file(), page);
    }
    Attempt other = page;
    other.options = "4567";
    CHECK(archive.open()->given_up(page));
    CHECK_FALSE(archive.open()->given_up(other));
    CHECK_FALSE(archive.open(3, "other rules")->given_up(page));
    archive.open()->forget();
    CHECK_FALSE(archive.open()->given_up(page));
  }

  TEST_CASE("a note that is not heavy outlives its process too") {
    const Archive archive;
    Attempt light = page;
    light.heavy = false;
    die_with(archive.file(), light);
    CHECK(archive.open(1)->given_up(light));
  }
}
