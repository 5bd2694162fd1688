// SPDX-License-Identifier: Apache-2.0
#include "core/sandbox.hpp"

#include "core/descriptor.hpp"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef LANDLOCK_ACCESS_FS_TRUNCATE  // since Linux 6.2
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

namespace sohoa {
namespace {

constexpr std::uint64_t writing_of_version_1 = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                               LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                                               LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                               LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                               LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

// What a decoder never asks for. Threads, files and signals to itself stay.
constexpr int forbidden[] = {SCMP_SYS(socket),
                             SCMP_SYS(socketpair),
                             SCMP_SYS(connect),
                             SCMP_SYS(bind),
                             SCMP_SYS(listen),
                             SCMP_SYS(accept),
                             SCMP_SYS(accept4),
                             SCMP_SYS(io_uring_setup),
                             SCMP_SYS(execve),
                             SCMP_SYS(execveat),
                             SCMP_SYS(ptrace),
                             SCMP_SYS(process_vm_readv),
                             SCMP_SYS(process_vm_writev),
                             SCMP_SYS(kill),
                             SCMP_SYS(tkill),
                             SCMP_SYS(pidfd_open),
                             SCMP_SYS(pidfd_getfd),
                             SCMP_SYS(pidfd_send_signal),
                             SCMP_SYS(bpf),
                             SCMP_SYS(perf_event_open),
                             SCMP_SYS(userfaultfd),
                             SCMP_SYS(keyctl),
                             SCMP_SYS(add_key),
                             SCMP_SYS(request_key),
                             SCMP_SYS(mount),
                             SCMP_SYS(umount2),
                             SCMP_SYS(pivot_root),
                             SCMP_SYS(chroot),
                             SCMP_SYS(unshare),
                             SCMP_SYS(setns),
                             SCMP_SYS(init_module),
                             SCMP_SYS(finit_module),
                             SCMP_SYS(delete_module),
                             SCMP_SYS(kexec_load),
                             SCMP_SYS(open_by_handle_at)};

bool allow(int ruleset, const fs::path& path, std::uint64_t access) {
  const Descriptor parent(::open(path.c_str(), O_PATH | O_CLOEXEC));
  const landlock_path_beneath_attr rule{access, parent.get()};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): glibc has no wrapper
  return parent.get() >= 0 && ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

// False, with errno, when the kernel has no Landlock or the container forbids it.
bool guard_files(const std::vector<fs::path>& writable) {
  const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) {
    return false;
  }
  std::uint64_t writing = writing_of_version_1;
  writing |= version >= 2 ? LANDLOCK_ACCESS_FS_REFER : 0;
  writing |= version >= 3 ? LANDLOCK_ACCESS_FS_TRUNCATE : 0;
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = writing;
  // The first field alone: what later kernels added to the structure is theirs to fill.
  const Descriptor ruleset(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0)));
  bool whole = ruleset.get() >= 0;
  for (const fs::path& folder : writable) {
    whole = whole && allow(ruleset.get(), folder, writing);
  }
  // Where Tesseract's own messages go.
  whole = whole &&
          allow(ruleset.get(), "/dev/null", writing & (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE));
  return whole && ::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0;
}

bool guard_calls() {
  const std::unique_ptr<void, void (*)(void*)> filter(::seccomp_init(SCMP_ACT_ALLOW), ::seccomp_release);
  if (filter == nullptr) {
    errno = ENOMEM;
    return false;
  }
  int result = 0;
  for (const int call : forbidden) {
    result = result == 0 ? ::seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 0) : result;
  }
  const auto self = static_cast<scmp_datum_t>(::getpid());
  const scmp_arg_cmp to_others = SCMP_A0(SCMP_CMP_NE, self);
  result = result == 0 ? ::seccomp_rule_add_array(filter.get(), SCMP_ACT_ERRNO(EPERM), SCMP_SYS(tgkill), 1, &to_others)
                       : result;
  result = result == 0 ? ::seccomp_load(filter.get()) : result;
  errno = -result;
  return result == 0;
}

}  // namespace

std::string enter_sandbox(const std::vector<fs::path>& writable) {
  for (const fs::path& folder : writable) {
    make_directories(folder);
  }
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  std::string lacking;
  if (!guard_files(writable)) {
    lacking = std::string("writing outside the work folder (Landlock: ") + std::strerror(errno) + ")";
  }
  if (!guard_calls()) {
    lacking += std::string(lacking.empty() ? "" : " and ") +
               "the network and other programs (seccomp: " + std::strerror(errno) + ")";
  }
  return lacking.empty() ? "" : "the system does not let workers be kept from " + lacking;
}

}  // namespace sohoa
