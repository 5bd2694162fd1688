// SPDX-License-Identifier: Apache-2.0
// Whole JSON messages over a socket between two processes of ours: 4 bytes of length, then the text.
#pragma once

#include "core/json.hpp"

namespace sohoa {

// Owns one end. Move-only.
class Channel {
 public:
  explicit Channel(int fd) noexcept : m_fd(fd) {}
  Channel(Channel&& other) noexcept;
  Channel& operator=(Channel&& other) noexcept;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel();

  [[nodiscard]] int descriptor() const noexcept { return m_fd; }
  // False when the other end is gone.
  [[nodiscard]] bool send(const Json& message) const;
  // Waits for a whole message. False when the other end is gone or sent what is no message.
  [[nodiscard]] bool receive(Json& message) const;
  void close() noexcept;

 private:
  int m_fd;
};

struct ChannelPair {
  Channel ours;
  Channel theirs;
};

// Throws Error(ExitStatus::environment).
ChannelPair make_channel();

}  // namespace sohoa
