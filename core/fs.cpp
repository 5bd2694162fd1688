// SPDX-License-Identifier: Apache-2.0
#include "core/fs.hpp"

#include "core/atomic_file.hpp"
#include "core/error.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include <sys/stat.h>

namespace sohoa {

std::string read_file(const fs::path& path, std::uint64_t max_bytes) {
  boost::system::error_code code;
  const auto size = fs::file_size(path, code);
  if (code) {
    throw input_error("file-unreadable", "cannot read " + path.string() + ": " + code.message(),
                      "check the path and its permissions");
  }
  if (size > max_bytes) {
    throw input_error("file-too-large",
                      path.string() + " has " + std::to_string(size) + " bytes, more than the " +
                          std::to_string(max_bytes) + " allowed",
                      "split the file or raise the limit in the profile");
  }
  std::ifstream in(path.string(), std::ios::binary);
  std::string bytes(size, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!in || static_cast<std::uint64_t>(in.gcount()) != size) {
    throw input_error("file-unreadable", "cannot read " + path.string() + " to its end",
                      "check the disk and the permissions of the file");
  }
  return bytes;
}

void make_directories(const fs::path& path) {
  if (path.empty() || fs::is_directory(path)) {
    return;
  }
  make_directories(path.parent_path());
  if (::mkdir(path.c_str(), 0750) != 0 && errno != EEXIST) {
    throw not_written("cannot make the folder " + path.string(), errno);
  }
  sync_folder(path.parent_path());
}

fs::path user_config_folder() {
  // XDG Base Directory Specification 0.8: relative paths are to be ignored.
  if (const char* base = std::getenv("XDG_CONFIG_HOME"); base != nullptr && fs::path(base).is_absolute()) {
    return fs::path(base) / "sohoa";
  }
  const char* home = std::getenv("HOME");
  return home == nullptr || *home == '\0' ? fs::path() : fs::path(home) / ".config/sohoa";
}

bool is_inside(const fs::path& path, const fs::path& folder) {
  boost::system::error_code code;
  const fs::path real = fs::weakly_canonical(path, code);
  const fs::path root = fs::weakly_canonical(folder, code);
  if (code) {
    return false;
  }
  auto part = real.begin();
  for (const fs::path& expected : root) {
    if (part == real.end() || *part != expected) {
      return false;
    }
    ++part;
  }
  return true;
}

}  // namespace sohoa
