// SPDX-License-Identifier: Apache-2.0
#include "core/atomic_file.hpp"

#include "core/error.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sohoa {
namespace {

[[noreturn]] void fail(const fs::path& target, const char* verb) {
  const int cause = errno;
  throw not_written(std::string("cannot ") + verb + " " + target.string(), cause);
}

bool is_at(const fs::path& path, int fd) {
  struct stat here {};
  struct stat open {};
  return ::lstat(path.c_str(), &here) == 0 && ::fstat(fd, &open) == 0 && here.st_ino == open.st_ino &&
         here.st_dev == open.st_dev;
}

}  // namespace

AtomicFile::AtomicFile(fs::path target)
    : m_target(std::move(target)),
      m_temporary(m_target.parent_path() / ("." + m_target.filename().string() + ".part")) {
  while (true) {
    m_fd = ::open(m_temporary.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (m_fd < 0) {
      fail(m_target, "create");
    }
    while (::flock(m_fd, LOCK_EX) != 0 && errno == EINTR) {
    }
    if (is_at(m_temporary, m_fd)) {
      break;
    }
    ::close(m_fd);  // the one who held it gave it its final name
  }
  if (::ftruncate(m_fd, 0) != 0) {
    ::close(m_fd);
    fail(m_target, "create");
  }
}

AtomicFile::~AtomicFile() {
  if (m_fd >= 0) {
    ::unlink(m_temporary.c_str());  // before the lock goes with the descriptor
    ::close(m_fd);
  }
}

void AtomicFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(m_fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      fail(m_target, "write");
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void AtomicFile::skip_to(std::uint64_t position) {
  if (::ftruncate(m_fd, static_cast<off_t>(position)) != 0 || ::lseek(m_fd, 0, SEEK_END) < 0) {
    fail(m_target, "write");
  }
}

void AtomicFile::commit() {
  appear();
  sync_folder(m_target.parent_path());
}

void AtomicFile::appear() {
  // A library may have replaced the temporary file by name, so the one now there is synced.
  const int fd = ::open(m_temporary.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  if (const int cause = errno; fd >= 0) {
    ::close(fd);
    errno = cause;
  }
  if (!synced || ::rename(m_temporary.c_str(), m_target.c_str()) != 0) {
    fail(m_target, "finish");
  }
  ::close(m_fd);
  m_fd = -1;
}

Error not_written(const std::string& what, int cause) {
  const bool full = cause == ENOSPC || cause == EDQUOT;
  return environment_error(full ? "disk-full" : "file-not-written", what + ": " + std::strerror(cause),
                           full ? "free some space on that disk and run again"
                                : "check the permissions of the folder and whether its disk may be written to");
}

void sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    ::fsync(fd);
    ::close(fd);
  }
}

void write_file(const fs::path& target, std::string_view bytes) {
  AtomicFile file(target);
  file.write(bytes);
  file.commit();
}

}  // namespace sohoa
