// SPDX-License-Identifier: Apache-2.0
#include "core/host.hpp"

#include <array>

#include <pwd.h>
#include <unistd.h>

namespace sohoa {

const std::string& host_name() {
  static const std::string name = [] {
    std::array<char, 256> host{};
    return ::gethostname(host.data(), host.size() - 1) == 0 ? std::string(host.data()) : std::string("unknown");
  }();
  return name;
}

const std::string& user_name() {
  static const std::string name = [] {
    const passwd* user = ::getpwuid(::getuid());
    return user != nullptr && user->pw_name != nullptr ? std::string(user->pw_name) : std::to_string(::getuid());
  }();
  return name;
}

}  // namespace sohoa
