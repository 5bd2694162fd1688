// SPDX-License-Identifier: Apache-2.0
#include "core/scan_mover.hpp"

#include "core/atomic_file.hpp"
#include "core/file_copy.hpp"
#include "core/json.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace sohoa {
namespace {

constexpr std::uint64_t max_journal_bytes = std::uint64_t{64} << 20U;

bool is_there(const fs::path& path) {
  boost::system::error_code code;
  return fs::exists(fs::symlink_status(path, code));
}

void remove_scan(const fs::path& from) {
  if (::unlink(from.c_str()) != 0 && errno != ENOENT) {
    throw not_written("cannot take " + from.string() + " out of the inbox", errno);
  }
  sync_folder(from.parent_path());
}

void copy_over(const fs::path& from, const fs::path& to) {
  try {
    copy_scan(from, to);
  } catch (const Error& error) {
    throw environment_error(error.id(), error.message(), error.remedy());
  }
}

void move_scan(const fs::path& from, const fs::path& to) {
  if (!is_there(from)) {
    return;
  }
  make_directories(to.parent_path());
  if (is_there(to) && !same_content(from, to)) {
    return;  // somebody else's since the place was chosen; the next run finds another
  }
  if (!is_there(to)) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
      sync_folder(to.parent_path());
      sync_folder(from.parent_path());
      return;
    }
    if (errno != EXDEV && errno != EINVAL && errno != EEXIST) {
      throw not_written("cannot move " + from.string() + " to " + to.string(), errno);
    }
    copy_over(from, to);
  }
  remove_scan(from);
}

fs::path numbered(const fs::path& path, int number, bool folder) {
  if (number == 1) {
    return path;
  }
  const std::string end = "-" + std::to_string(number);
  return folder ? fs::path(path.string() + end)
                : path.parent_path() / (path.stem().string() + end + path.extension().string());
}

// Where the file comes to lie when the document does at `place`.
fs::path target_of(const std::string& file, const fs::path& place, bool folder) {
  return folder ? place / fs::path(file).filename() : place;
}

}  // namespace

ScanMover::ScanMover(fs::path folder, fs::path journal) : m_folder(std::move(folder)), m_journal(std::move(journal)) {
  make_directories(m_folder);
}

fs::path ScanMover::place_for(const ScanGroup& group) const {
  const bool folder = group.kind == "folder";
  const fs::path below =
      group.path.substr(std::min(group.path.find_first_not_of('/', group.inbox.size()), group.path.size()));
  for (int number = 1;; ++number) {
    const fs::path place = numbered(m_folder / below, number, folder);
    if (!is_there(place) || std::ranges::all_of(group.files, [&](const std::string& file) {
          return same_content(file, target_of(file, place, folder));
        })) {
      return place;
    }
  }
}

void ScanMover::move(const ScanGroup& group) const {
  if (group.files.empty() || !group.unchanged()) {
    return;
  }
  const bool folder = group.kind == "folder";
  const fs::path place = place_for(group);
  Json pairs = Json::array();
  for (const std::string& file : group.files) {
    pairs.push_back({fs::absolute(file).string(), fs::absolute(target_of(file, place, folder)).string()});
  }
  write_file(
      m_journal,
      to_line(Json{{"moves", pairs}, {"emptied", folder ? fs::absolute(group.path).string() : std::string()}}) + "\n");
  finish(m_journal);
}

void ScanMover::finish(const fs::path& journal) {
  if (!is_there(journal)) {
    return;
  }
  const Json work = parse_json(read_file(journal, max_journal_bytes), journal.string());
  for (const Json& pair : work.at("moves")) {
    move_scan(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
  }
  if (const std::string emptied = string_of(work, "emptied"); !emptied.empty()) {
    ::rmdir(emptied.c_str());  // what else lies there stays, and the folder with it
  }
  ::unlink(journal.c_str());
  sync_folder(journal.parent_path());
}

}  // namespace sohoa
