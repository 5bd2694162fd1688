// SPDX-License-Identifier: Apache-2.0
#include "core/atomic_file.hpp"

#include "core/error.hpp"

#include <atomic>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace sohoa {
namespace {

[[noreturn]] void fail(const fs::path& target, const char* verb) {
  const int cause = errno;
  throw environment_error(cause == ENOSPC || cause == EDQUOT ? "disk-full" : "file-not-written",
                          std::string("cannot ") + verb + " " + target.string() + ": " + std::strerror(cause),
                          "check the free space and the permissions of the folder");
}

}  // namespace

AtomicFile::AtomicFile(fs::path target) : m_target(std::move(target)) {
  static std::atomic<unsigned> counter{0};
  m_temporary = m_target.parent_path() / ("." + m_target.filename().string() + "." + std::to_string(::getpid()) + "." +
                                          std::to_string(counter++) + ".part");
  m_fd = ::open(m_temporary.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0640);
  if (m_fd < 0) {
    fail(m_target, "create");
  }
}

AtomicFile::~AtomicFile() {
  if (m_fd >= 0) {
    ::close(m_fd);
    ::unlink(m_temporary.c_str());
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

void AtomicFile::commit() {
  // A library may have replaced the temporary file by name, so the one now there is synced.
  const int fd = ::open(m_temporary.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) {
    ::close(fd);
  }
  if (!synced || ::rename(m_temporary.c_str(), m_target.c_str()) != 0) {
    fail(m_target, "finish");
  }
  ::close(m_fd);
  m_fd = -1;
  sync_folder(m_target.parent_path());
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
