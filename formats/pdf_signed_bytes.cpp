// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_signed_bytes.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

namespace sohoa {

using PoDoFo::PdfObject;

namespace {

constexpr std::uint64_t k_max_hole = 16U << 20U;
constexpr std::uint64_t k_max_dictionary = 1U << 20U;  // apart from Contents
constexpr std::size_t k_chunk = 1U << 20U;

// Nothing, with a reason, when the ranges are not the only ones that leave out Contents and nothing else.
std::optional<SignedBytes> ranges_of(const PdfReader& reader, const PdfObject& value, std::uint64_t file_size,
                                     std::string& reason) {
  const PdfObject* array = reader.array(&value, "ByteRange");
  std::array<std::int64_t, 4> numbers{};
  if (array == nullptr || array->GetArray().size() != numbers.size()) {
    reason = "ByteRange does not hold two ranges";
    return {};
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const PdfObject* number = reader.resolve(&array->GetArray()[i]);
    if (number == nullptr || !number->IsNumber() || number->GetNumber() < 0 ||
        static_cast<std::uint64_t>(number->GetNumber()) > file_size) {
      reason = "ByteRange leaves the file";
      return {};
    }
    numbers.at(i) = number->GetNumber();
  }
  const SignedBytes ranges{static_cast<std::uint64_t>(numbers[1]),
                           static_cast<std::uint64_t>(numbers[2]),
                           static_cast<std::uint64_t>(numbers[2]) + static_cast<std::uint64_t>(numbers[3]),
                           {}};
  if (numbers[0] != 0) {
    reason = "ByteRange does not begin with the file";
  } else if (ranges.hole >= ranges.after) {
    reason = "the ranges of ByteRange overlap";
  } else if (ranges.end > file_size) {
    reason = "ByteRange leaves the file";
  } else if (ranges.after - ranges.hole > k_max_hole) {
    reason = "ByteRange leaves out too much of the file";
  }
  return reason.empty() ? std::optional(ranges) : std::nullopt;
}

class FileBytes {
 public:
  explicit FileBytes(const fs::path& file) : m_in(file.string(), std::ios::binary) {}

  // False at the file's early end.
  bool each(std::uint64_t from, std::uint64_t to, const std::function<void(std::string_view)>& use) {
    m_in.clear();
    m_in.seekg(static_cast<std::streamoff>(from));
    std::string chunk;
    for (std::uint64_t left = to - from; left > 0; left -= chunk.size()) {
      chunk.resize(std::min<std::uint64_t>(left, k_chunk));
      m_in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
      if (m_in.gcount() != static_cast<std::streamsize>(chunk.size())) {
        return false;
      }
      use(chunk);
    }
    return true;
  }

 private:
  std::ifstream m_in;
};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The bytes between "<" and ">", or nothing when the hole is not exactly one hexadecimal string.
std::optional<std::string> hole_string(std::string_view hole) {
  if (hole.size() < 2 || hole.size() % 2 != 0 || hole.front() != '<' || hole.back() != '>') {
    return {};
  }
  std::string bytes;
  for (std::size_t i = 1; i + 1 < hole.size(); i += 2) {
    const int high = hex_digit(hole[i]);
    const int low = hex_digit(hole[i + 1]);
    if (high < 0 || low < 0) {
      return {};
    }
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

// Steps over what may hold the words of keys without being keys: strings and comments.
std::size_t behind_string(std::string_view text, std::size_t at) {
  int depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '(') {
      ++depth;
    } else if (text[at] == ')' && --depth == 0) {
      return at + 1;
    }
  }
  return text.size();
}

std::size_t count_keys(std::string_view text, std::string_view key) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '(') {
      at = behind_string(text, at);
    } else if (text[at] == '%') {
      at = std::min(text.size(), text.find_first_of("\r\n", at));
    } else if (text.substr(at).starts_with(key)) {
      at += key.size();
      const bool whole =
          at == text.size() || std::string_view(" \t\r\n\f/[(<").find(text[at]) != std::string_view::npos;
      count += whole ? 1U : 0U;
    } else {
      ++at;
    }
  }
  return count;
}

// An indefinite length (BER) tells no end to look behind.
bool is_padded_with_zeros(std::string_view der) {
  const auto at = [&](std::size_t i) { return i < der.size() ? static_cast<unsigned char>(der[i]) : 0U; };
  std::size_t head = 2;
  std::size_t size = at(1);
  if (size >= 0x80) {
    const std::size_t bytes = size & 0x7FU;
    size = 0;
    for (std::size_t i = 0; i < bytes && bytes <= 4; ++i) {
      size = size << 8U | at(head++);
    }
    if (bytes == 0 || bytes > 4) {
      return true;
    }
  }
  return head + size > der.size() || der.find_first_not_of('\0', head + size) == std::string_view::npos;
}

// Readers differ in which of two equal keys they take. `begin`: where the object of the dictionary begins.
bool keys_stand_once(FileBytes& file, std::uint64_t begin, const SignedBytes& bytes) {
  if (begin > bytes.hole || bytes.hole - begin > k_max_dictionary) {
    return false;
  }
  std::string text;
  const auto take = [&](std::string_view chunk) { text += chunk; };
  file.each(begin, bytes.hole, take);
  const std::size_t before = text.size();
  const std::size_t last = text.find_last_not_of(" \t\r\n\f");
  if (last == std::string::npos || !std::string_view(text).substr(0, last + 1).ends_with("/Contents")) {
    return false;
  }
  file.each(bytes.after, std::min(bytes.end, bytes.after + k_max_dictionary), take);
  text.resize(std::min(text.size(), text.find("endobj", before)));
  return count_keys(text, "/ByteRange") == 1 && count_keys(text, "/Contents") == 1;
}

}  // namespace

std::optional<SignedBytes> signed_bytes(const PdfReader& reader, const PdfObject& value, std::uint64_t file_size,
                                        std::string& reason) {
  std::optional<SignedBytes> bytes = ranges_of(reader, value, file_size, reason);
  if (!bytes) {
    return {};
  }
  FileBytes file(reader.path());
  std::string hole;
  file.each(bytes->hole, bytes->after, [&](std::string_view chunk) { hole += chunk; });
  const std::optional<std::string> contents = hole_string(hole);
  const PdfObject* stored = reader.get(&value, "Contents");
  if (!contents || stored == nullptr || !(stored->IsString() || stored->IsHexString()) ||
      *contents !=
          std::string(stored->GetString().GetString(), static_cast<std::size_t>(stored->GetString().GetLength()))) {
    reason = "what ByteRange leaves out is not exactly the signature's Contents";
    return {};
  }
  const auto* object = dynamic_cast<const PoDoFo::PdfParserObject*>(&value);
  if (object != nullptr && object->GetOffset() >= 0 &&
      !keys_stand_once(file, static_cast<std::uint64_t>(object->GetOffset()), *bytes)) {
    reason = "its dictionary has ByteRange or Contents twice, or they lie outside of it";
    return {};
  }
  if (!is_padded_with_zeros(*contents)) {
    reason = "something lies behind the signature in its Contents";
    return {};
  }
  bytes->contents = *contents;
  return bytes;
}

bool mentions_signature(const fs::path& file) {
  constexpr std::string_view words = "/ByteRange";
  bool found = false;
  std::string window;
  FileBytes(file).each(0, fs::file_size(file), [&](std::string_view chunk) {
    window.append(chunk);
    found = found || window.find(words) != std::string::npos;
    window.erase(0, window.size() - std::min(window.size(), words.size() - 1));
  });
  return found;
}

std::string digest_of(const fs::path& file, const SignedBytes& bytes, const EVP_MD* algorithm) {
  MessageDigest digest(algorithm);
  FileBytes source(file);
  const auto feed = [&](std::string_view chunk) { digest.update(chunk); };
  source.each(0, bytes.hole, feed);
  source.each(bytes.after, bytes.end, feed);
  return digest.finish();
}

}  // namespace sohoa
