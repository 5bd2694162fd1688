// SPDX-License-Identifier: Apache-2.0
// A signature dictionary whose /Contents is filled in when all other bytes of the file stand (ISO 32000-1, 12.8.1).
#pragma once

#include "formats/openssl.hpp"
#include "formats/pdf_signature.hpp"
#include "formats/pdf_update.hpp"

#include <cstdint>
#include <string>

namespace sohoa {

// The bytes of /Contents that PDF/A lets a string have (ISO 19005-2, 6.1.13).
inline constexpr std::size_t k_max_contents = 32'767;

class PdfSignatureHole {
 public:
  // An update of the reader's file: a dictionary that begins as `head` does ("<</Type /Sig …") and has `room` bytes
  // for its Contents, as the value of a field of that name with that block.
  PdfSignatureHole(const PdfReader& reader, const std::string& head, const SignatureAppearance& block,
                   const std::string& field, std::size_t room);

  // Of the whole file but for the hole; `file` is what the reader read.
  [[nodiscard]] std::string digest(const fs::path& file, const EVP_MD* algorithm) const;
  // The update with `contents`, not more than the room, in the hole.
  [[nodiscard]] std::string filled(const std::string& contents) const;

 private:
  std::uint64_t m_base = 0;  // bytes of the file before the update
  std::string m_bytes;
  std::size_t m_contents = 0;      // place of the first hexadecimal digit in m_bytes
  std::size_t m_contents_end = 0;  // of ">"
};

}  // namespace sohoa
