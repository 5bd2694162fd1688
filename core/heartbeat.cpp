// SPDX-License-Identifier: Apache-2.0
#include "core/heartbeat.hpp"

#include <chrono>
#include <utility>

namespace sohoa {
namespace {

struct Heart {
  std::function<void()> send;
  std::chrono::steady_clock::time_point last;
};

Heart& heart() {
  static Heart one;
  return one;
}

}  // namespace

void beat() {
  const auto now = std::chrono::steady_clock::now();
  if (heart().send && now - heart().last >= std::chrono::seconds(1)) {
    heart().last = now;
    heart().send();
  }
}

void on_beat(std::function<void()> send) { heart().send = std::move(send); }

}  // namespace sohoa
