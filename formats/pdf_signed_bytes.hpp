// SPDX-License-Identifier: Apache-2.0
// Which bytes a signature of a PDF covers (ISO 32000-1, 12.8.1), held to the only shape that leaves no room for tricks:
// the file from its first byte on, without exactly the string of the signature's own Contents.
#pragma once

#include "formats/openssl.hpp"
#include "formats/pdf_reader.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace sohoa {

struct SignedBytes {
  // [0, hole) and [after, end) are signed; [hole, after) is the string of /Contents.
  std::uint64_t hole = 0;
  std::uint64_t after = 0;
  std::uint64_t end = 0;
  std::string contents;  // DER, with padding behind it
};

// Of the signature dictionary `value`, in a file of `file_size` bytes. Nothing, with a clause in `reason`, when
// ByteRange and Contents are missing, stand twice in the dictionary, are not of that shape, or when more than zeros pad
// the DER.
std::optional<SignedBytes> signed_bytes(const PdfReader& reader, const PoDoFo::PdfObject& value,
                                        std::uint64_t file_size, std::string& reason);

// Whether the bytes of a file have the words of a signature, be it that nothing leads to it.
bool mentions_signature(const fs::path& file);

std::string digest_of(const fs::path& file, const SignedBytes& bytes, const EVP_MD* algorithm);

}  // namespace sohoa
