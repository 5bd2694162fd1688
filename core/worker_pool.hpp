// SPDX-License-Identifier: Apache-2.0
// A fixed number of worker processes of one kind: gives out tasks, collects answers, replaces the dead.
#pragma once

#include "core/worker.hpp"

#include <chrono>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <poll.h>

namespace sohoa {

struct PoolReply {
  std::uint64_t task = 0;
  Json answer;            // null when the worker died
  std::string last_word;  // the last {"step": …} that the worker reported on this task
  std::optional<Death> death;
};

struct TaskLimits {  // 0: none
  std::chrono::seconds wall{0};
  std::chrono::seconds cpu{0};
  std::chrono::seconds silence{0};  // without a word of the worker
};

class WorkerPool {
 public:
  using Clock = std::chrono::steady_clock;

  // Starts no process yet.
  WorkerPool(WorkerBody body, WorkerLimits limits, unsigned size);

  // Starts one worker and waits until it is prepared; returns its remark, throws the Error that its preparation threw.
  // One that dies on the way is replaced, until so many tried it.
  std::string warm_up(int attempts = 3);
  [[nodiscard]] bool has_room() const;
  [[nodiscard]] bool busy() const;
  // Hands over a task; has_room() holds.
  void start(std::uint64_t task, const Json& request, const TaskLimits& limits);

  // The busy workers' descriptors, and the time of the nearest limit.
  void watch(std::vector<pollfd>& descriptors) const;
  [[nodiscard]] Clock::time_point nearest_limit() const;
  // Answers that have come, and tasks whose worker died or went over its limit. Never waits.
  std::vector<PoolReply> collect();

 private:
  struct Member {
    explicit Member(Worker process) : worker(std::move(process)) {}
    Worker worker;
    bool ready = false;
    bool busy = false;
    std::uint64_t task = 0;
    std::string last_word;
    TaskLimits limits;
    Clock::time_point given;
    Clock::time_point heard;  // the last word, or given

    [[nodiscard]] Clock::time_point end_of_time() const;
    [[nodiscard]] Clock::time_point end_of_silence() const;
  };

  Member& spawn();
  // True when a message was there and the member lives on.
  static bool read(Member& member, std::vector<PoolReply>& replies);

  WorkerBody m_body;
  WorkerLimits m_limits;
  unsigned m_size;
  std::list<Member> m_members;
};

}  // namespace sohoa
