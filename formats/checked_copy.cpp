// SPDX-License-Identifier: Apache-2.0
#include "formats/checked_copy.hpp"

#include "core/atomic_file.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <fstream>
#include <memory>
#include <vector>

namespace sohoa {

CheckedFile copy_checked(const fs::path& source, const fs::path& target, const std::string& wanted, Digests digests) {
  boost::system::error_code code;
  CheckedFile file;
  if (!target.empty() && !wanted.empty() && fs::is_regular_file(fs::symlink_status(target, code))) {
    file.digests = bag_digests_of_file(target, digests);
    if (file.digests.sha256 == wanted) {
      file.bytes = fs::file_size(target);
      return file;
    }
  }
  std::ifstream in;
  if (fs::is_regular_file(source, code)) {
    in.open(source.string(), std::ios::binary);
  }
  if (!in.is_open()) {
    throw input_error("file-unreadable", "cannot read " + source.string(),
                      "check the path and its permissions; --relative-to names the folder of relative paths");
  }
  std::unique_ptr<AtomicFile> copy;
  if (!target.empty()) {
    make_directories(target.parent_path());
    copy = std::make_unique<AtomicFile>(target);
  }
  BagDigester digester(digests);
  std::vector<char> block(std::size_t{1} << 18U);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
    const std::string_view bytes(block.data(), static_cast<std::size_t>(in.gcount()));
    digester.update(bytes);
    file.bytes += bytes.size();
    if (copy) {
      copy->write(bytes);
    }
  }
  if (in.bad() || !in.eof()) {
    throw input_error("file-unreadable", "cannot read " + source.string() + " to its end",
                      "check the disk and the permissions of the file");
  }
  file.digests = digester.finish();
  if (!wanted.empty() && file.digests.sha256 != wanted) {
    throw input_error("file-digest", source.string() + " is not the file of the record: its SHA-256 differs",
                      "take the file back from a copy, or make the document again");
  }
  if (copy) {
    copy->commit();
  }
  return file;
}

void remove_files_but(const fs::path& folder, const std::function<bool(const std::string&)>& keep) {
  std::vector<fs::path> folders;
  for (fs::recursive_directory_iterator entry(folder), end; entry != end; ++entry) {
    if (fs::is_directory(entry->symlink_status())) {
      folders.push_back(entry->path());
    } else if (!keep(entry->path().lexically_relative(folder).string())) {
      fs::remove(entry->path());
    }
  }
  std::sort(folders.rbegin(), folders.rend());  // what is deeper first
  for (const fs::path& empty : folders) {
    if (fs::is_empty(empty)) {
      fs::remove(empty);
    }
  }
}

fs::path source_below(const fs::path& root, const std::string& path) {
  const fs::path here = path;
  boost::system::error_code code;
  return here.is_relative() && !fs::exists(here, code) ? root / here : here;
}

}  // namespace sohoa
