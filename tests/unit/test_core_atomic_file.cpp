// SPDX-License-Identifier: Apache-2.0
#include "core/atomic_file.hpp"

#include "support/corpus.hpp"

#include <csignal>
#include <string>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sohoa;
using sohoa::test::TempDir;

namespace {

std::size_t files_in(const fs::path& folder) {
  std::size_t count = 0;
  for (fs::directory_iterator entry(folder), end; entry != end; ++entry) {
    ++count;
  }
  return count;
}

template <typename Work>
pid_t in_a_child(const Work& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    ::_exit(0);
  }
  return child;
}

int status_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

}  // namespace

TEST_SUITE("core::AtomicFile") {
  TEST_CASE("what is not committed leaves nothing") {
    const TempDir folder;
    { AtomicFile(folder / "a").write("half"); }
    CHECK(files_in(folder.path()) == 0);
  }

  TEST_CASE("what a killed process left is taken over by the next that makes the file") {
    const TempDir folder;
    status_of(in_a_child([&] {
      AtomicFile file(folder / "a");
      file.write("a longer half of something");
      std::raise(SIGKILL);
    }));
    CHECK(files_in(folder.path()) == 1);
    CHECK_FALSE(fs::exists(folder / "a"));
    write_file(folder / "a", "whole");
    CHECK(files_in(folder.path()) == 1);
    CHECK(read_file(folder / "a") == "whole");
  }

  TEST_CASE("many processes that make one file leave one whole file") {
    const TempDir folder;
    std::vector<pid_t> children;
    for (char letter = 'a'; letter < 'i'; ++letter) {
      children.push_back(in_a_child([&] {
        for (int round = 0; round < 20; ++round) {
          AtomicFile file(folder / "x");
          for (int piece = 0; piece < 10; ++piece) {
            file.write(std::string(1000, letter));
          }
          file.commit();
        }
      }));
    }
    for (const pid_t child : children) {
      CHECK(status_of(child) == 0);
    }
    const std::string bytes = read_file(folder / "x");
    CHECK(bytes == std::string(10000, bytes[0]));
    CHECK(files_in(folder.path()) == 1);
  }
}
