// SPDX-License-Identifier: Apache-2.0
// Why a worker ended, told apart as far as the kernel tells it, and what a person can do about it.
#pragma once

#include <cstdint>
#include <string>

struct rusage;

namespace sohoa {

// Ids: worker-timeout (no answer in time), worker-silent (no sign of life), worker-cpu, worker-memory, worker-killed
// (by a signal), worker-ended.
struct Death {
  std::string id;
  std::string message;  // goes on after the name of what was done: "was killed by signal 11 (Segmentation fault)"
  std::string remedy;
  // By SIGKILL, which no fault of a page sends: the system ran out of memory, or somebody ended the process.
  bool from_outside = false;
};

// Of a process that waitpid() gave `status` and `usage` of; `memory_bytes` and `cpu_seconds` were its limits, 0: none.
Death death_of(int status, const rusage& usage, std::uint64_t memory_bytes, long cpu_seconds);
Death death_by_timeout(long seconds);
Death death_by_silence(long seconds);

// In the worker: from now on an allocation that fails ends the process in a way that death_of() knows, and so does a
// crash right after one in a library that did not look.
void die_of_hunger_knowably();
// Before each task: forgets the failed allocations that were survived.
void forget_hunger();
// Ends the process as one that had not enough memory.
[[noreturn]] void die_of_hunger();

}  // namespace sohoa
