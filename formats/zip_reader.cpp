// SPDX-License-Identifier: Apache-2.0
#include "formats/zip_reader.hpp"

#include "core/error.hpp"

#include <array>
#include <utility>

#include <zip.h>

namespace sohoa {
namespace {

constexpr zip_int64_t max_parts = 10'000;

struct ClosePart {
  void operator()(zip_file_t* part) const noexcept { zip_fclose(part); }
};

[[noreturn]] void damaged(const fs::path& file, const std::string& what) {
  throw input_error("zip-syntax", file.string() + " cannot be unpacked: " + what,
                    "open it in a spreadsheet and save it again");
}

}  // namespace

void ZipReader::Close::operator()(zip* archive) const noexcept { zip_discard(archive); }

ZipReader::ZipReader(fs::path file) : m_file(std::move(file)) {
  int code = 0;
  m_archive.reset(zip_open(m_file.c_str(), ZIP_RDONLY, &code));
  if (m_archive == nullptr) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string words = zip_error_strerror(&error);
    zip_error_fini(&error);
    damaged(m_file, words);
  }
  if (zip_get_num_entries(m_archive.get(), 0) > max_parts) {
    throw input_error("zip-too-large", m_file.string() + " has more than " + std::to_string(max_parts) + " parts",
                      "save only the sheet of the register");
  }
}

std::optional<std::string> ZipReader::part(const std::string& name, std::uint64_t most) const {
  const zip_int64_t index = zip_name_locate(m_archive.get(), name.c_str(), ZIP_FL_NOCASE);
  if (index < 0) {
    return std::nullopt;
  }
  const std::unique_ptr<zip_file_t, ClosePart> part(
      zip_fopen_index(m_archive.get(), static_cast<zip_uint64_t>(index), 0));
  if (part == nullptr) {
    const int code = zip_error_code_zip(zip_get_error(m_archive.get()));
    if (code == ZIP_ER_NOPASSWD || code == ZIP_ER_ENCRNOTSUPP) {
      throw input_error("zip-encrypted", m_file.string() + " is protected by a password",
                        "save it without one, or as CSV UTF-8");
    }
    damaged(m_file, zip_strerror(m_archive.get()));
  }
  std::string bytes;
  std::array<char, 65536> buffer{};
  while (true) {
    const zip_int64_t count = zip_fread(part.get(), buffer.data(), buffer.size());
    if (count < 0) {
      damaged(m_file, zip_error_strerror(zip_file_get_error(part.get())));
    }
    if (count == 0) {
      return bytes;
    }
    if (bytes.size() + static_cast<std::uint64_t>(count) > most) {
      throw input_error(
          "zip-too-large",
          name + " in " + m_file.string() + " unpacks to more than " + std::to_string(most >> 20U) + " MiB",
          "save only the register, without empty rows and pictures");
    }
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace sohoa
