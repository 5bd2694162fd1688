// SPDX-License-Identifier: Apache-2.0
#include "cli/line_source.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace sohoa {
namespace {

constexpr std::size_t max_line = std::size_t{64} << 20U;

}  // namespace

LineSource::LineSource(int descriptor) : m_descriptor(descriptor) {}

// False when there is nothing to read yet. Called when the buffer holds no more than the beginning of a line, so
// each byte is moved once at most.
bool LineSource::read_block() {
  pollfd one{m_descriptor, POLLIN, 0};
  if (::poll(&one, 1, 0) <= 0) {
    return false;
  }
  std::array<char, 65536> block{};
  const ssize_t got = ::read(m_descriptor, block.data(), block.size());
  if (got < 0) {
    if (errno == EINTR || errno == EAGAIN) {
      return false;
    }
    throw input_error("input-unreadable", std::string("cannot read the standard input: ") + std::strerror(errno),
                      "give the records of sohoa ingest or of a later step");
  }
  m_buffer.erase(0, std::exchange(m_begin, 0));
  m_scanned = m_buffer.size();
  m_buffer.append(block.data(), static_cast<std::size_t>(got));
  m_ended = got == 0;
  return true;
}

DocumentSource::Pull LineSource::pull(std::optional<Document>& document) {
  while (true) {
    const std::size_t end = m_buffer.find('\n', m_scanned);
    if (m_buffer.size() - m_begin > max_line && (end == std::string::npos || end - m_begin > max_line)) {
      m_overlong = true;
    }
    if (m_overlong) {
      m_begin = std::min(end, m_buffer.size());
    }
    if (end == std::string::npos && !m_ended) {
      m_scanned = m_buffer.size();
      if (!read_block()) {
        return Pull::waiting;
      }
      continue;
    }
    if (end == std::string::npos && m_begin == m_buffer.size() && !m_overlong) {
      return Pull::exhausted;
    }
    std::string line = m_buffer.substr(m_begin, end - m_begin);
    m_begin = m_scanned = end == std::string::npos ? m_buffer.size() : end + 1;
    ++m_line;
    if (m_overlong || line.find_first_not_of(" \t\r") != std::string::npos) {
      document = document_of(std::move(line));
      return Pull::ready;
    }
  }
}

Document LineSource::document_of(std::string line) {
  const std::string place = "line " + std::to_string(m_line) + " of the standard input";
  if (!std::exchange(m_overlong, false)) {
    return Document::of_line(std::move(line), place);
  }
  Document document = Document::of_source(place, "line");
  document.fail(input_error("line-too-long", place + " is longer than 64 MiB", "give one document a line"));
  return document;
}

}  // namespace sohoa
