// SPDX-License-Identifier: Apache-2.0
#include "formats/growing_file.hpp"

#include <fstream>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

namespace sohoa {
namespace {

constexpr std::size_t k_chunk = 1U << 20U;

void copy(const fs::path& file, std::uint64_t size, AtomicFile& target) {
  std::ifstream in(file.string(), std::ios::binary);
  std::string chunk(k_chunk, '\0');
  std::uint64_t copied = 0;
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0) {
    target.write(std::string_view(chunk).substr(0, static_cast<std::size_t>(in.gcount())));
    copied += static_cast<std::uint64_t>(in.gcount());
  }
  if (!in.eof()) {
    throw input_error("pdf-unreadable", file.string() + " cannot be read to its end", "check the disk");
  }
  if (copied != size) {
    throw input_error("pdf-changed", file.string() + " was changed while it was being signed", "sign it again");
  }
}

// Best effort: only root can give files away.
void keep_owner_and_mode(const fs::path& from, const fs::path& to) {
  struct stat status {};
  if (::stat(from.c_str(), &status) == 0) {
    static_cast<void>(::chown(to.c_str(), status.st_uid, status.st_gid) == 0 &&
                      ::chmod(to.c_str(), status.st_mode & 07777U) == 0);
  }
}

}  // namespace

GrowingFile::GrowingFile(const fs::path& file) : m_file(fs::canonical(file)), m_size(fs::file_size(m_file)) {}

void GrowingFile::append(std::string_view bytes) {
  if (!m_copy) {
    m_copy.emplace(m_file);
    try {
      copy(m_file, m_size, *m_copy);
    } catch (const Error&) {
      m_copy.reset();
      throw;
    }
  }
  m_copy->write(bytes);
}

void GrowingFile::commit() {
  if (m_copy) {
    keep_owner_and_mode(m_file, m_copy->temporary());
    m_copy->commit();
    m_copy.reset();
  }
}

}  // namespace sohoa
