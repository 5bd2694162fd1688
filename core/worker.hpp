// SPDX-License-Identifier: Apache-2.0
// A child process that handles one message at a time, so that a crash, a hang or a memory bomb in a
// decoder costs one page and never the run.
#pragma once

#include "core/channel.hpp"
#include "core/error.hpp"
#include "core/worker_death.hpp"

#include <cstdint>
#include <functional>
#include <string>

#include <sys/types.h>

namespace sohoa {

struct WorkerLimits {
  std::uint64_t memory_bytes = std::uint64_t{2} << 30U;  // address space (RLIMIT_AS); 0 is none
};

// What the child does. `prepare` runs first and returns what people should know of it, mostly nothing; `handle` then
// answers each request. `report` sends a word on the way ({"step":"ocr"}) that Worker::receive hands over like an
// answer; so it does with the {"alive":true} of beat().
struct WorkerBody {
  std::function<std::string()> prepare;
  std::function<Json(const Json& request, const std::function<void(const Json&)>& report)> handle;
};

class Worker {
 public:
  // Forks. The caller has no threads. The child ignores SIGINT and SIGTERM, dies with its parent, and has no stdin or
  // stdout.
  Worker(const WorkerBody& body, const WorkerLimits& limits);
  Worker(Worker&&) noexcept;
  Worker& operator=(Worker&&) = delete;
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker();  // ends the child

  [[nodiscard]] int descriptor() const { return m_channel.descriptor(); }
  // Sends a task that may use so many seconds of processor time (RLIMIT_CPU; 0: any).
  [[nodiscard]] bool send(const Json& request, long cpu_seconds);
  // {"ready": remark}, an answer, a report, or {"error": …} of an Error that left the body. False when the child died.
  [[nodiscard]] bool receive(Json& message) const { return m_channel.receive(message); }
  // Ends the child now and says how it ended, which may have been before.
  Death end();

 private:
  Channel m_channel;
  pid_t m_pid = -1;
  std::uint64_t m_memory_bytes;
  long m_cpu_seconds = 0;
};

// {"id","message","remedy","status"} and back: how an Error travels between processes.
Json error_to_json(const Error& error);
Error error_from_json(const Json& json);

}  // namespace sohoa
