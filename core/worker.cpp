// SPDX-License-Identifier: Apache-2.0
#include "core/worker.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <new>
#include <utility>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sohoa {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool can_limit_memory = false;  // AddressSanitizer reserves terabytes of address space
#else
constexpr bool can_limit_memory = true;
#endif

void confine(pid_t parent, const WorkerLimits& limits) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) {
    ::_exit(1);
  }
  // Ctrl-C and a service's stop reach the whole group; the coordinator decides what they mean.
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGTERM, SIG_IGN);
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(null, STDIN_FILENO);
  ::dup2(null, STDOUT_FILENO);
  if (can_limit_memory && limits.memory_bytes > 0) {
    const rlimit memory{limits.memory_bytes, limits.memory_bytes};
    ::setrlimit(RLIMIT_AS, &memory);
  }
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
}

template <typename Call>
Json answer_of(const Call& call) {
  try {
    return call();
  } catch (const Error& error) {
    return Json{{"error", error_to_json(error)}};
  } catch (const std::bad_alloc&) {
    return Json{{"error",
                 error_to_json(input_error("out-of-memory", "the page needs more memory than a worker may have",
                                           "raise worker_memory_bytes in the profile or scan at a lower resolution"))}};
  } catch (const std::exception& error) {
    return Json{{"error", error_to_json(input_error("internal", std::string("an unexpected error: ") + error.what(),
                                                    "report it with the file that shows it"))}};
  }
}

[[noreturn]] void serve(const Channel& channel, const WorkerBody& body) {
  const Json ready = answer_of([&] {
    body.prepare();
    return Json{{"ready", true}};
  });
  bool alive = channel.send(ready) && !ready.contains("error");
  Json request;
  while (alive && channel.receive(request)) {
    const auto report = [&](const Json& word) { alive = alive && channel.send(word); };
    const Json answer = answer_of([&] { return body.handle(request, report); });
    alive = alive && channel.send(answer);
  }
  // No destructors: what the parent owns (catalog, terminal) is not the child's to close.
  ::_exit(0);
}

}  // namespace

Worker::Worker(const WorkerBody& body, const WorkerLimits& limits) : m_channel(-1) {
  ChannelPair pair = make_channel();
  const pid_t parent = ::getpid();
  m_pid = ::fork();
  if (m_pid < 0) {
    throw environment_error("worker-start", std::string("cannot start a worker process: ") + std::strerror(errno),
                            "free memory or lower --jobs");
  }
  if (m_pid == 0) {
    pair.ours.close();
    confine(parent, limits);
    serve(pair.theirs, body);
  }
  m_channel = std::move(pair.ours);
}

Worker::Worker(Worker&& other) noexcept
    : m_channel(std::move(other.m_channel)), m_pid(std::exchange(other.m_pid, -1)) {}

Worker::~Worker() { static_cast<void>(end()); }

std::string Worker::end() {
  m_channel.close();
  if (m_pid <= 0) {
    return {};
  }
  ::kill(m_pid, SIGKILL);
  int status = 0;
  while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
  }
  m_pid = -1;
  if (WIFSIGNALED(status)) {
    return "killed by signal " + std::to_string(WTERMSIG(status)) + " (" + ::strsignal(WTERMSIG(status)) + ")";
  }
  return "ended with status " + std::to_string(WEXITSTATUS(status));
}

Json error_to_json(const Error& error) {
  return Json{{"id", error.id()},
              {"message", error.message()},
              {"remedy", error.remedy()},
              {"status", static_cast<int>(error.status())}};
}

Error error_from_json(const Json& json) {
  return {static_cast<ExitStatus>(json.value("status", static_cast<int>(ExitStatus::input))), string_of(json, "id"),
          string_of(json, "message"), string_of(json, "remedy")};
}

}  // namespace sohoa
