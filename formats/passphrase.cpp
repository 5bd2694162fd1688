// SPDX-License-Identifier: Apache-2.0
#include "formats/passphrase.hpp"

#include "core/error.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

namespace sohoa {
namespace {

constexpr std::size_t k_max_line = 1024;

Error passphrase_error(const std::string& what, const std::string& remedy) {
  return {ExitStatus::signing_unavailable, "key-passphrase", what, remedy};
}

}  // namespace

Secret take_from_environment(const std::string& name) {
  char* value = std::getenv(name.c_str());
  if (value == nullptr) {
    throw passphrase_error("the environment has no variable " + name, "export it, or leave out --passphrase-env");
  }
  Secret secret(value, value + std::strlen(value));
  wipe(value, secret.size());
  ::unsetenv(name.c_str());
  return secret;
}

Secret read_from_descriptor(int descriptor) {
  Secret line;
  line.reserve(k_max_line);
  char c = '\0';
  ssize_t count = 0;
  do {
    count = ::read(descriptor, &c, 1);
    if (count == 1) {
      line.push_back(c);
    }
  } while ((count == 1 && c != '\n' && line.size() < k_max_line) || (count < 0 && errno == EINTR));
  wipe(&c, 1);
  if (count < 0 || (line.size() == k_max_line && line.back() != '\n')) {
    throw passphrase_error("no passphrase can be read from the file descriptor " + std::to_string(descriptor) + ": " +
                               (count < 0 ? std::strerror(errno) : "its line is too long"),
                           "let the program that starts this one open it");
  }
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) {
    line.pop_back();
  }
  if (descriptor > STDERR_FILENO) {
    ::close(descriptor);
  }
  return line;
}

}  // namespace sohoa
