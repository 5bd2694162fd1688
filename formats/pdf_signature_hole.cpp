// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_signature_hole.hpp"

#include "formats/openssl.hpp"
#include "formats/pdf_signature_field.hpp"

#include <algorithm>
#include <fstream>

namespace sohoa {
namespace {

constexpr std::size_t k_chunk = 1U << 20U;
constexpr std::string_view k_range_begin = " /ByteRange [";
constexpr std::string_view k_range_room = "0 0000000000 0000000000 0000000000]";
constexpr std::string_view k_contents_begin = " /Contents <";

}  // namespace

PdfSignatureHole::PdfSignatureHole(const PdfReader& reader, const std::string& head, const SignatureAppearance& block,
                                   const std::string& field, std::size_t room) {
  PdfUpdate update(reader);
  m_base = update.base_size();
  const PoDoFo::PdfReference value = update.reserve();
  std::string body = head;
  body.append(k_range_begin).append(k_range_room).append(k_contents_begin).append(2 * room, '0').append(">>>");
  const std::uint64_t at = update.put_raw(value, body) - m_base;
  put_signature_field(reader, update, block, field, value);
  m_contents_end = at + body.size() - 3;
  m_contents = m_contents_end - 2 * room;
  m_bytes = update.finish();
  const std::uint64_t after = m_base + m_contents_end + 1;
  std::string range = "0 " + std::to_string(m_base + m_contents - 1) + " " + std::to_string(after) + " " +
                      std::to_string(m_base + m_bytes.size() - after) + "]";
  range.resize(k_range_room.size(), ' ');
  m_bytes.replace(m_contents - k_contents_begin.size() - k_range_room.size(), range.size(), range);
}

std::string PdfSignatureHole::digest(const fs::path& file, const EVP_MD* algorithm) const {
  MessageDigest digest(algorithm);
  std::ifstream in(file.string(), std::ios::binary);
  std::string chunk;
  for (std::uint64_t left = m_base; left > 0; left -= chunk.size()) {
    chunk.resize(std::min<std::uint64_t>(left, k_chunk));
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    if (in.gcount() != static_cast<std::streamsize>(chunk.size())) {
      throw input_error("pdf-unreadable", file.string() + " cannot be read to its end", "check the disk");
    }
    digest.update(chunk);
  }
  const std::string_view bytes = m_bytes;
  digest.update(bytes.substr(0, m_contents - 1));
  digest.update(bytes.substr(m_contents_end + 1));
  return digest.finish();
}

std::string PdfSignatureHole::filled(const std::string& contents) const {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string bytes = m_bytes;
  std::size_t at = m_contents;
  for (const char c : contents) {
    const auto octet = static_cast<unsigned char>(c);
    bytes.at(at++) = digits[octet >> 4U];
    bytes.at(at++) = digits[octet & 0xFU];
  }
  return bytes;
}

}  // namespace sohoa
