// SPDX-License-Identifier: Apache-2.0
#include "core/worker_death.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <new>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sohoa {
namespace {

constexpr int hunger_status = 86;
constexpr const char* scan_again = "scan the page again, or report the file";

Death death_by_hunger(std::uint64_t memory_bytes) {
  return {"worker-memory",
          "needed more memory than " +
              (memory_bytes > 0 ? "the " + std::to_string(memory_bytes >> 20U) + " MiB a worker may have" : "there is"),
          "raise worker_memory_bytes in the profile, or scan at a lower resolution"};
}

// A library that does not look at what malloc() gave crashes at once, and errno still tells why.
void judge_crash(int signal) {
  if (errno == ENOMEM) {
    ::_exit(hunger_status);
  }
  std::raise(signal);  // SA_RESETHAND: the crash it was
}

}  // namespace

Death death_of(int status, const rusage& usage, std::uint64_t memory_bytes, long cpu_seconds) {
  if (!WIFSIGNALED(status)) {
    return WEXITSTATUS(status) == hunger_status
               ? death_by_hunger(memory_bytes)
               : Death{"worker-ended", "ended with status " + std::to_string(WEXITSTATUS(status)), scan_again};
  }
  const int signal = WTERMSIG(status);
  if (signal == SIGXCPU) {
    return {"worker-cpu", "used more than " + std::to_string(cpu_seconds) + " s of processor time",
            "raise page_cpu_seconds in the profile, or scan the page again"};
  }
  const auto peak = static_cast<std::uint64_t>(usage.ru_maxrss) << 10U;
  if (signal != SIGKILL && memory_bytes > 0 && peak > memory_bytes / 10 * 9) {
    return death_by_hunger(memory_bytes);
  }
  return {"worker-killed", "was killed by signal " + std::to_string(signal) + " (" + ::strsignal(signal) + ")",
          signal == SIGKILL ? "look into the system's log whether memory ran out, and lower --jobs then" : scan_again,
          signal == SIGKILL};
}

Death death_by_timeout(long seconds) {
  return {"worker-timeout", "gave no answer within " + std::to_string(seconds) + " s",
          "raise page_seconds in the profile if the machine is slow, or scan the page again"};
}

Death death_by_silence(long seconds) {
  return {"worker-silent", "made no progress for " + std::to_string(seconds) + " s",
          "raise silent_seconds in the profile if the machine is slow, or scan the page again"};
}

void die_of_hunger() { ::_exit(hunger_status); }

void die_of_hunger_knowably() {
  std::set_new_handler(die_of_hunger);
  static std::array<char, 16384> stack;  // a crash by running out of stack has none left
  stack_t alternative{};
  alternative.ss_sp = stack.data();
  alternative.ss_size = stack.size();
  ::sigaltstack(&alternative, nullptr);
  struct sigaction action {};
  action.sa_handler = judge_crash;
  action.sa_flags = static_cast<int>(SA_ONSTACK | SA_RESETHAND | SA_NODEFER);
  ::sigemptyset(&action.sa_mask);
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT}) {
    ::sigaction(signal, &action, nullptr);
  }
}

void forget_hunger() { errno = 0; }

}  // namespace sohoa
