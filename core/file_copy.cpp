// SPDX-License-Identifier: Apache-2.0
#include "core/file_copy.hpp"

#include "core/atomic_file.hpp"
#include "core/descriptor.hpp"
#include "core/digest.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sohoa {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20U;

[[noreturn]] void fail_reading(const fs::path& from, const std::string& cause) {
  throw input_error("file-unreadable", "cannot read " + from.string() + ": " + cause,
                    "check the disk and the permissions of the file");
}

}  // namespace

void copy_scan(const fs::path& from, const fs::path& to) {
  // O_NONBLOCK: a pipe in the place of the scan must not hold the run.
  const Descriptor in(::open(from.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status {};
  if (in.get() < 0 || ::fstat(in.get(), &status) != 0) {
    fail_reading(from, std::strerror(errno));
  }
  if (!S_ISREG(status.st_mode)) {
    fail_reading(from, "it is no regular file");
  }
  AtomicFile copy(to);
  std::vector<char> block(block_bytes);
  off_t at = 0;
  while ((at = ::lseek(in.get(), at, SEEK_DATA)) >= 0) {
    const off_t end = std::max(at + 1, ::lseek(in.get(), at, SEEK_HOLE));
    copy.skip_to(static_cast<std::uint64_t>(at));
    while (at < end) {
      const auto wanted = static_cast<std::size_t>(std::min<off_t>(end - at, block_bytes));
      const ssize_t got = ::pread(in.get(), block.data(), wanted, at);
      if (got < 0 && errno != EINTR) {
        fail_reading(from, std::strerror(errno));
      }
      if (got == 0) {
        break;
      }
      copy.write({block.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))});
      at += std::max<ssize_t>(got, 0);
    }
    at = end;
  }
  if (errno != ENXIO) {
    fail_reading(from, std::strerror(errno));
  }
  copy.skip_to(static_cast<std::uint64_t>(status.st_size));
  copy.commit();
  const timespec times[2] = {status.st_atim, status.st_mtim};
  ::utimensat(AT_FDCWD, to.c_str(), times, AT_SYMLINK_NOFOLLOW);
}

bool same_content(const fs::path& one, const fs::path& other) {
  boost::system::error_code code;
  return fs::is_regular_file(one, code) && fs::is_regular_file(other, code) &&
         fs::file_size(one, code) == fs::file_size(other, code) && !code &&
         sha256_of_file(one) == sha256_of_file(other);
}

}  // namespace sohoa
