// SPDX-License-Identifier: Apache-2.0
#include "core/inbox.hpp"

#include "core/error.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sohoa {
namespace {

constexpr int max_depth = 32;

bool is_passing(std::string_view name) {
  constexpr std::array<std::string_view, 6> unfinished{".part",       ".tmp",      ".temp",
                                                       ".crdownload", ".filepart", ".partial"};
  constexpr std::array<std::string_view, 2> litter{"Thumbs.db", "desktop.ini"};
  return name.empty() || name.front() == '.' || name.front() == '~' ||
         std::any_of(unfinished.begin(), unfinished.end(), [&](std::string_view end) { return name.ends_with(end); }) ||
         std::find(litter.begin(), litter.end(), name) != litter.end();
}

class Walk {
 public:
  Walk(fs::path root, Grouping grouping, Inbox& inbox)
      : m_root(std::move(root)), m_grouping(grouping), m_inbox(inbox) {}

  void folder(const fs::path& folder, int depth) {
    boost::system::error_code code;
    std::vector<fs::path> entries;
    for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
      entries.push_back(entry->path());
    }
    if (code || depth > max_depth) {
      m_inbox.left_out.push_back("the folder " + folder.string() + " was left out: " +
                                 (code ? code.message() : "it lies too deep; move it up and run again"));
      return;
    }
    std::sort(entries.begin(), entries.end(), [](const fs::path& a, const fs::path& b) {
      return natural_less(a.filename().string(), b.filename().string());
    });
    std::vector<std::string> files;
    std::vector<fs::path> folders;
    for (const fs::path& entry : entries) {
      sort_out(entry, files, folders);
    }
    if (m_grouping == Grouping::folder && depth > 0 && !files.empty()) {
      m_inbox.groups.push_back({folder.string(), "folder", std::move(files)});
    } else {
      for (const std::string& file : files) {
        m_inbox.groups.push_back({file, "file", {file}});
      }
    }
    for (const fs::path& next : folders) {
      this->folder(next, depth + 1);
    }
  }

 private:
  void sort_out(const fs::path& entry, std::vector<std::string>& files, std::vector<fs::path>& folders) {
    if (is_passing(entry.filename().string())) {
      return;
    }
    boost::system::error_code code;
    const fs::file_status own = fs::symlink_status(entry, code);
    const bool link = fs::is_symlink(own);
    const fs::file_status status = link ? fs::status(entry, code) : own;
    if (fs::is_regular_file(status) && (!link || is_inside(entry, m_root))) {
      files.push_back(entry.string());
    } else if (fs::is_directory(status) && !link) {
      folders.push_back(entry);
    } else {
      m_inbox.left_out.push_back(
          entry.string() +
          " was left out: " + (link ? "the link leads out of the inbox or nowhere" : "it is neither file nor folder"));
    }
  }

  fs::path m_root;
  Grouping m_grouping;
  Inbox& m_inbox;
};

}  // namespace

Inbox list_inbox(const fs::path& path, Grouping grouping) {
  Inbox inbox;
  boost::system::error_code code;
  if (fs::is_directory(path, code)) {
    Walk(path, grouping, inbox).folder(path, 0);
  } else if (fs::is_regular_file(path, code)) {
    inbox.groups.push_back({path.string(), "file", {path.string()}});
  } else {
    throw input_error("inbox-missing", path.string() + " is neither a folder nor a file that can be read",
                      "check the path and its permissions");
  }
  return inbox;
}

}  // namespace sohoa
