// SPDX-License-Identifier: Apache-2.0
// Stands between a program and the C library (LD_PRELOAD), for what a case cannot do to the machine itself.
//   SHIFT_CLOCK=FILE  adds the file's number of seconds, read anew each time, to the time of day; monotonic clocks go
//   on KILL_AT=N  SIGKILL in place of the Nth rename or removal that the process itself asks for, none of a child
//   KILL_ONCE=FILE  SIGKILL after a rename, in the first process that can remove the file; one in a sandbox cannot
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <string>

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

// NOLINTBEGIN(cppcoreguidelines-pro-type-vararg): the kernel's interface, without the library that this file hides
namespace {

const pid_t loaded_by = ::getpid();

std::time_t shift() {
  const char* file = std::getenv("SHIFT_CLOCK");
  std::string text(32, '\0');
  const int cause = errno;
  const int fd = file == nullptr ? -1 : ::open(file, O_RDONLY | O_CLOEXEC);
  if (fd >= 0) {
    static_cast<void>(::read(fd, text.data(), text.size() - 1) + 1);
    ::close(fd);
  }
  errno = cause;
  return std::strtol(text.c_str(), nullptr, 10);
}

void count_change() {
  static long changes = 0;
  const char* at = std::getenv("KILL_AT");
  if (at != nullptr && ::getpid() == loaded_by && ++changes == std::strtol(at, nullptr, 10)) {
    std::raise(SIGKILL);
  }
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const long result = ::syscall(SYS_clock_gettime, clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    time->tv_sec += shift();
  }
  return static_cast<int>(result);
}

std::time_t time(std::time_t* result) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (result != nullptr) {
    *result = now.tv_sec;
  }
  return now.tv_sec;
}

int gettimeofday(timeval* result, void* /*zone*/) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  *result = {now.tv_sec, now.tv_nsec / 1000};
  return 0;
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) noexcept {
  count_change();
  const long result = ::syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
  const char* once = std::getenv("KILL_ONCE");
  if (result == 0 && once != nullptr && ::syscall(SYS_unlinkat, AT_FDCWD, once, 0) == 0) {
    std::raise(SIGKILL);
  }
  return static_cast<int>(result);
}

int rename(const char* from, const char* to) noexcept { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlink(const char* path) noexcept {
  count_change();
  return static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

int rmdir(const char* path) noexcept {
  count_change();
  return static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR));
}
}
// NOLINTEND(cppcoreguidelines-pro-type-vararg)
