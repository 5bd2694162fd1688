// SPDX-License-Identifier: Apache-2.0
#include "core/sandbox.hpp"

#include "core/atomic_file.hpp"
#include "core/worker.hpp"
#include "support/corpus.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace sohoa;
using sohoa::test::TempDir;

namespace {

// What `work` returns in a worker that is kept in the sandbox; "lacking" beside it.
Json inside(const std::vector<fs::path>& writable, const std::function<Json()>& work) {
  Worker worker({[&] { return enter_sandbox(writable); },
                 [&](const Json&, const std::function<void(const Json&)>&) { return work(); }},
                {0});
  Json ready;
  Json answer;
  // Not REQUIRE: this is asked before the tests begin, too.
  if (!worker.receive(ready) || !worker.send(Json::object(), 0) || !worker.receive(answer)) {
    throw std::runtime_error("the worker died");
  }
  answer["lacking"] = ready.at("ready");
  return answer;
}

// Asked once: what this system lacks.
bool has(const std::string& guard) {
  const TempDir folder;
  static const std::string lacking =
      inside({folder.path()}, [] { return Json::object(); }).at("lacking").get<std::string>();
  return lacking.find(guard) == std::string::npos;
}

int error_of(long result) { return result < 0 ? errno : 0; }

int try_to_write(const fs::path& path, int flags = O_WRONLY | O_CREAT) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, 0640);
  const int error = error_of(fd);
  if (fd >= 0) {
    ::close(fd);
  }
  return error;
}

}  // namespace

TEST_SUITE("core::sandbox") {
  TEST_CASE("files are made, changed and removed below the folders, which are made, and nowhere else" *
            doctest::skip(!has("Landlock"))) {
    const TempDir folder;
    write_file(folder / "old", "old");
    const fs::path work = folder / "work";
    const Json tried = inside({work}, [&] {
      write_file(work / "a", "a");
      make_directories(work / "b" / "c");
      write_file(work / "b" / "c" / "d", "d");
      return Json{{"read", read_file(folder / "old")},
                  {"renamed", error_of(::rename((work / "a").c_str(), (work / "b" / "a").c_str()))},
                  {"removed", error_of(::unlink((work / "b" / "c" / "d").c_str()))},
                  {"new", try_to_write(folder / "new")},
                  {"change", try_to_write(folder / "old", O_WRONLY)},
                  {"folder", error_of(::mkdir((folder / "folder").c_str(), 0750))},
                  {"unlink", error_of(::unlink((folder / "old").c_str()))},
                  {"carry out", error_of(::rename((work / "b" / "a").c_str(), (folder / "out").c_str()))},
                  {"link", error_of(::symlink("/etc/passwd", (folder / "link").c_str()))},
                  {"null", try_to_write("/dev/null", O_WRONLY)}};
    });
    CHECK(tried.at("read") == "old");
    for (const char* allowed : {"renamed", "removed", "null"}) {
      CHECK_MESSAGE(tried.at(allowed) == 0, allowed);
    }
    for (const char* refused : {"new", "change", "folder", "unlink", "link"}) {
      CHECK_MESSAGE(tried.at(refused) == EACCES, refused);
    }
    CHECK(tried.at("carry out") != 0);
    CHECK(read_file(work / "b" / "a") == "a");
    CHECK(read_file(folder / "old") == "old");
    CHECK_FALSE(fs::exists(folder / "new"));
  }

  TEST_CASE("there is no network, no other program and no other process" * doctest::skip(!has("seccomp"))) {
    const Json tried = inside({}, [&] {
      char* none[] = {nullptr};
      return Json{{"internet", error_of(::socket(AF_INET, SOCK_STREAM, 0))},
                  {"local", error_of(::socket(AF_UNIX, SOCK_STREAM, 0))},
                  {"program", error_of(::execve("/bin/true", none, none))},
                  {"trace", error_of(::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr))},
                  {"kill", error_of(::kill(::getppid(), 0))}};
    });
    for (const char* refused : {"internet", "local", "program", "trace", "kill"}) {
      CHECK_MESSAGE(tried.at(refused) == EPERM, refused);
    }
  }

  TEST_CASE("threads and signals to itself are left") {
    const Json tried = inside({}, [&] {
      static std::atomic<int> done = 0;
      std::signal(SIGUSR1, [](int) { ++done; });
      std::thread([] { ++done; }).join();
      std::raise(SIGUSR1);
      return Json{{"done", done.load()}};
    });
    CHECK(tried.at("done") == 2);
  }
}
