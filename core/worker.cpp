// SPDX-License-Identifier: Apache-2.0
#include "core/worker.hpp"

#include "core/heartbeat.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
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

// No file of ours is larger: the offsets in a PDF's cross-reference table have ten digits (ISO 32000-1, 7.5.4).
constexpr rlim_t max_file_bytes = 10'000'000'000;

void limit(decltype(RLIMIT_AS) resource, rlim_t most) {
  rlimit now{};
  ::getrlimit(resource, &now);
  now.rlim_cur = std::min(most, now.rlim_max);
  now.rlim_max = now.rlim_cur;
  ::setrlimit(resource, &now);
}

void confine(pid_t parent, const WorkerLimits& limits) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) {
    ::_exit(1);
  }
  // Ctrl-C and a service's stop reach the whole group; the coordinator decides what they mean.
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGTERM, SIG_IGN);
  for (const int signal : {SIGXCPU, SIGXFSZ}) {
    std::signal(signal, SIG_DFL);
  }
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(null, STDIN_FILENO);
  ::dup2(null, STDOUT_FILENO);
  if (can_limit_memory && limits.memory_bytes > 0) {
    limit(RLIMIT_AS, limits.memory_bytes);
  }
  if (can_limit_memory) {
    die_of_hunger_knowably();
  }
  limit(RLIMIT_FSIZE, max_file_bytes);
  limit(RLIMIT_CORE, 0);
}

template <typename Call>
Json answer_of(const Call& call) {
  try {
    return call();
  } catch (const Error& error) {
    return Json{{"error", error_to_json(error)}};
  } catch (const std::bad_alloc&) {
    die_of_hunger();  // what the libraries hold now is not to be trusted
  } catch (const std::exception& error) {
    return Json{{"error", error_to_json(input_error("internal", std::string("an unexpected error: ") + error.what(),
                                                    "report it with the file that shows it"))}};
  }
}

[[noreturn]] void serve(const Channel& channel, const WorkerBody& body) {
  const Json ready = answer_of([&] { return Json{{"ready", body.prepare()}}; });
  bool alive = channel.send(ready) && !ready.contains("error");
  on_beat([&] { alive = alive && channel.send(Json{{"alive", true}}); });
  Json request;
  while (alive && channel.receive(request)) {
    const auto report = [&](const Json& word) { alive = alive && channel.send(word); };
    forget_hunger();
    const Json answer = answer_of([&] { return body.handle(request, report); });
    alive = alive && channel.send(answer);
  }
  // No destructors: what the parent owns (catalog, terminal) is not the child's to close.
  ::_exit(0);
}

}  // namespace

Worker::Worker(const WorkerBody& body, const WorkerLimits& limits)
    : m_channel(-1), m_memory_bytes(limits.memory_bytes) {
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
    : m_channel(std::move(other.m_channel)),
      m_pid(std::exchange(other.m_pid, -1)),
      m_memory_bytes(other.m_memory_bytes),
      m_cpu_seconds(other.m_cpu_seconds) {}

Worker::~Worker() { static_cast<void>(end()); }

bool Worker::send(const Json& request, long cpu_seconds) {
  m_cpu_seconds = cpu_seconds;
  clockid_t clock{};
  timespec used{};
  rlimit cpu{};
  if (::clock_getcpuclockid(m_pid, &clock) == 0 && ::clock_gettime(clock, &used) == 0 &&
      ::prlimit(m_pid, RLIMIT_CPU, nullptr, &cpu) == 0) {
    const auto most = static_cast<rlim_t>(used.tv_sec + 1 + cpu_seconds);
    cpu.rlim_cur = cpu_seconds > 0 ? std::min(most, cpu.rlim_max) : cpu.rlim_max;
    ::prlimit(m_pid, RLIMIT_CPU, &cpu, nullptr);
  }
  return m_channel.send(request);
}

Death Worker::end() {
  m_channel.close();
  if (m_pid <= 0) {
    return {};
  }
  ::kill(m_pid, SIGKILL);
  int status = 0;
  rusage usage{};
  while (::wait4(m_pid, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  m_pid = -1;
  return death_of(status, usage, m_memory_bytes, m_cpu_seconds);
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
