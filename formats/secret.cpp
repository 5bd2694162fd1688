// SPDX-License-Identifier: Apache-2.0
#include "formats/secret.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sohoa {
namespace {

constexpr std::size_t k_max_file = 1U << 20U;
constexpr int k_max_typed = 1024;

Error file_error(const char* id, const fs::path& file, const std::string& what, const std::string& remedy) {
  return {ExitStatus::signing_unavailable, id, "key file " + file.string() + " " + what, remedy};
}

struct Descriptor {
  int fd;
  explicit Descriptor(const char* file) : fd(::open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd >= 0) {
      ::close(fd);
    }
  }
};

}  // namespace

void wipe(void* memory, std::size_t bytes) noexcept { OPENSSL_cleanse(memory, bytes); }

// Judges the opened file, so that nobody can swap it between the look and the reading.
Secret read_private(const fs::path& file) {
  const Descriptor descriptor(file.c_str());
  struct stat status {};
  if (descriptor.fd < 0 || ::fstat(descriptor.fd, &status) != 0) {
    throw file_error("key-unreadable", file, std::string("cannot be read: ") + std::strerror(errno),
                     "check its path and owner");
  }
  if (!S_ISREG(status.st_mode) || status.st_size > static_cast<off_t>(k_max_file)) {
    throw file_error("key-unreadable", file, "is not a regular file of at most 1 MiB", "name the key's own file");
  }
  if ((status.st_mode & 077U) != 0) {
    throw file_error("key-permissions", file, "can be read by its group or by others",
                     "run chmod 600 " + file.string());
  }
  Secret bytes(static_cast<std::size_t>(status.st_size));
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = ::read(descriptor.fd, bytes.data() + done, bytes.size() - done);
    if (count <= 0) {
      throw file_error("key-unreadable", file, "cannot be read to its end", "check the disk");
    }
    done += static_cast<std::size_t>(count);
  }
  return bytes;
}

Secret read_passphrase(const fs::path& file) {
  Secret line = read_private(file);
  line.resize(std::min(view(line).find_first_of("\r\n"), line.size()));
  return line;
}

Secret ask_passphrase(const std::string& prompt, const std::string& what) {
  // Without a terminal OpenSSL would read the standard input, where the records come from.
  const bool attended = Descriptor("/dev/tty").fd >= 0;
  Secret typed(k_max_typed);
  if (!attended || EVP_read_pw_string_min(typed.data(), 1, k_max_typed - 1, prompt.c_str(), 0) != 0) {
    throw Error(ExitStatus::signing_unavailable, "key-passphrase",
                attended ? what + " was not typed" : "there is no terminal to ask for " + what,
                "give --passphrase-file FILE");
  }
  typed.resize(std::strlen(typed.data()));
  return typed;
}

}  // namespace sohoa
