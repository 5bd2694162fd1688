// SPDX-License-Identifier: Apache-2.0
#include "core/channel.hpp"

#include "core/error.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace sohoa {
namespace {

constexpr std::uint32_t max_message = std::uint32_t{1} << 30U;

bool send_all(int fd, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = ::send(fd, data, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) {
      continue;
    }
    if (sent <= 0) {
      return false;
    }
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

bool receive_all(int fd, char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::recv(fd, data, size, 0);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      return false;
    }
    data += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

Channel::Channel(Channel&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}

Channel& Channel::operator=(Channel&& other) noexcept {
  if (this != &other) {
    close();
    m_fd = std::exchange(other.m_fd, -1);
  }
  return *this;
}

Channel::~Channel() { close(); }

void Channel::close() noexcept {
  if (m_fd >= 0) {
    ::close(std::exchange(m_fd, -1));
  }
}

bool Channel::send(const Json& message) const {
  const std::string text = to_line(message);
  if (text.size() > max_message) {
    return false;
  }
  std::array<char, 4> length{};
  const auto size = static_cast<std::uint32_t>(text.size());
  std::memcpy(length.data(), &size, length.size());
  return send_all(m_fd, length.data(), length.size()) && send_all(m_fd, text.data(), text.size());
}

bool Channel::receive(Json& message) const {
  std::array<char, 4> length{};
  std::uint32_t size = 0;
  if (!receive_all(m_fd, length.data(), length.size())) {
    return false;
  }
  std::memcpy(&size, length.data(), length.size());
  if (size > max_message) {
    return false;
  }
  std::string text(size, '\0');
  if (!receive_all(m_fd, text.data(), text.size())) {
    return false;
  }
  message = Json::parse(text, nullptr, false);
  return !message.is_discarded();
}

ChannelPair make_channel() {
  std::array<int, 2> fds{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) != 0) {
    throw environment_error("worker-start", std::string("cannot connect to a worker process: ") + std::strerror(errno),
                            "raise the limit of open files");
  }
  return {Channel(fds[0]), Channel(fds[1])};
}

}  // namespace sohoa
