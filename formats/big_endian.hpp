// SPDX-License-Identifier: Apache-2.0
// Bytes in network order, as fonts, colour profiles and PNG have them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sohoa {

// The four bytes from `at` on, which must be there.
inline std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (const char byte : bytes.substr(at, 4)) {
    value = value << 8U | static_cast<unsigned char>(byte);
  }
  return value;
}

class BigEndian {
 public:
  BigEndian& u16(std::uint32_t value) {
    m_bytes += static_cast<char>(value >> 8U & 0xFFU);
    m_bytes += static_cast<char>(value & 0xFFU);
    return *this;
  }
  BigEndian& u32(std::uint32_t value) { return u16(value >> 16U).u16(value); }
  BigEndian& zeros(std::size_t count) {
    m_bytes.append(count, '\0');
    return *this;
  }
  BigEndian& raw(std::string_view bytes) {
    m_bytes += bytes;
    return *this;
  }
  // Zeros up to a multiple of four, where both formats align their tables.
  BigEndian& align() { return zeros((4 - m_bytes.size() % 4) % 4); }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_bytes.size()); }
  [[nodiscard]] const std::string& bytes() const { return m_bytes; }

 private:
  std::string m_bytes;
};

}  // namespace sohoa
