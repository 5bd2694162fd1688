// SPDX-License-Identifier: Apache-2.0
#include "core/worker_pool.hpp"

#include "core/heartbeat.hpp"

#include <csignal>
#include <cstdlib>
#include <functional>
#include <list>
#include <string>

#include <doctest/doctest.h>
#include <poll.h>
#include <unistd.h>

using namespace sohoa;
using std::chrono::seconds;

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool memory_is_limited = false;
#else
constexpr bool memory_is_limited = true;
#endif

constexpr std::uint64_t some_memory = std::uint64_t{256} << 20U;

// What becomes of one task that does `work`.
PoolReply play(const std::function<void()>& work, const TaskLimits& limits, std::uint64_t memory = 0) {
  WorkerPool pool({[] { return std::string(); },
                   [&](const Json&, const std::function<void(const Json&)>& report) {
                     report({{"step", "work"}});
                     work();
                     return Json{{"done", true}};
                   }},
                  {memory}, 1);
  pool.warm_up();
  pool.start(7, Json::object(), limits);
  while (true) {
    std::vector<pollfd> descriptors;
    pool.watch(descriptors);
    ::poll(descriptors.data(), descriptors.size(), 50);
    if (const std::vector<PoolReply> replies = pool.collect(); !replies.empty()) {
      REQUIRE(replies.size() == 1);
      CHECK(replies.front().task == 7);
      return replies.front();
    }
  }
}

Death death(const std::function<void()>& work, const TaskLimits& limits, std::uint64_t memory = 0) {
  const PoolReply reply = play(work, limits, memory);
  REQUIRE(reply.death);
  CHECK(reply.answer.is_null());
  CHECK(reply.last_word == "work");
  return *reply.death;
}

volatile bool forever = true;

void loop() {
  while (forever) {
  }
}

}  // namespace

TEST_SUITE("core::WorkerPool") {
  TEST_CASE("a worker over its wall clock is told so, though it gives signs of life") {
    const auto work = [] {
      while (forever) {
        ::usleep(100'000);
        beat();
      }
    };
    const Death end = death(work, {.wall = seconds(3), .silence = seconds(2)});
    CHECK(end.id == "worker-timeout");
    CHECK(end.message == "gave no answer within 3 s");
  }

  TEST_CASE("a worker that is silent is ended before its time") {
    const Death end = death([] { ::sleep(100); }, {.wall = seconds(60), .silence = seconds(1)});
    CHECK(end.id == "worker-silent");
    CHECK(end.message == "made no progress for 1 s");
  }

  TEST_CASE("a slow worker that gives signs of life is left alone") {
    const auto work = [] {
      for (int i = 0; i < 35; ++i) {
        ::usleep(100'000);
        beat();
      }
    };
    CHECK(play(work, {.wall = seconds(60), .silence = seconds(2)}).answer.at("done") == true);
  }

  TEST_CASE("processor time is counted a task, not a worker") {
    const Death end = death(loop, {.wall = seconds(60), .cpu = seconds(1)});
    CHECK(end.id == "worker-cpu");
    CHECK(end.message == "used more than 1 s of processor time");
  }

  TEST_CASE("want of memory is told, however the code that wanted it ended" * doctest::skip(!memory_is_limited)) {
    const auto exception = [] { std::string().append(std::size_t{1} << 30U, 'x'); };
    const auto crash = [] {
      // A library that does not look.
      volatile std::size_t size = std::size_t{1} << 30U;
      auto* bytes = static_cast<volatile char*>(std::malloc(size));
      *bytes = 1;
    };
    const auto abort_it = [] {
      volatile std::size_t size = std::size_t{1} << 30U;
      if (std::malloc(size) == nullptr) {
        std::abort();
      }
    };
    const auto greed = [] {
      std::list<std::string> heap;
      while (forever) {
        heap.emplace_back(1 << 20, 'x');
      }
    };
    for (const std::function<void()>& work : {std::function<void()>(exception), std::function<void()>(crash),
                                              std::function<void()>(abort_it), std::function<void()>(greed)}) {
      const Death end = death(work, {.wall = seconds(60)}, some_memory);
      CHECK(end.id == "worker-memory");
      CHECK(end.message == "needed more memory than the 256 MiB a worker may have");
    }
  }

  TEST_CASE("a crash is told by its signal") {
    const Death end = death([] { std::raise(SIGUSR1); }, {.wall = seconds(60)}, some_memory * 8);
    CHECK(end.id == "worker-killed");
    CHECK(end.message == "was killed by signal 10 (User defined signal 1)");
    CHECK(death([] { ::_exit(3); }, {.wall = seconds(60)}).id == "worker-ended");
  }

  TEST_CASE("what kills from outside is asked after in the system's log") {
    CHECK(death([] { std::raise(SIGKILL); }, {}).remedy.find("system's log") != std::string::npos);
  }
}
