// SPDX-License-Identifier: Apache-2.0
#include "core/inbox.hpp"

#include "core/error.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>
#include <string_view>
#include <utility>

namespace sohoa {
namespace {

constexpr int max_depth = 32;

// rsync writes ".scan.tif.Xy12Ab" beside "scan.tif".
bool is_of_rsync(std::string_view name) {
  constexpr std::size_t random = 6;
  const std::size_t dot = name.rfind('.');
  const std::string_view end = dot == std::string_view::npos ? "" : name.substr(dot + 1);
  return name.starts_with('.') && dot > 0 && name.find('.', 1) != dot && end.size() == random &&
         std::ranges::all_of(end, [](unsigned char c) { return std::isalnum(c) != 0; }) &&
         std::ranges::any_of(end, [](unsigned char c) { return std::islower(c) == 0; });
}

bool is_unfinished(std::string_view name) {
  constexpr std::array<std::string_view, 6> endings{".part", ".tmp", ".temp", ".crdownload", ".filepart", ".partial"};
  return is_of_rsync(name) ||
         std::ranges::any_of(endings, [&](std::string_view ending) { return name.ends_with(ending); });
}

bool is_litter(std::string_view name) {
  return name.empty() || name.front() == '.' || name.front() == '~' || name == "Thumbs.db" || name == "desktop.ini";
}

class Walk {
 public:
  Walk(fs::path root, Grouping grouping, Inbox& inbox)
      : m_root(std::move(root)), m_grouping(grouping), m_inbox(inbox) {}

  void folder(const fs::path& folder, int depth) {
    if (depth > max_depth) {
      m_inbox.left_out.push_back("the folder " + folder.string() +
                                 " was left out: it lies too deep; move it up and run again");
      return;
    }
    boost::system::error_code code;
    const Content content = sorted(folder, code);
    if (code && depth == 0) {
      throw missing(folder);
    }
    if (code || (one_document(depth) && !content.files.empty() && content.unfinished.empty())) {
      add(folder, "folder", content.files);
    } else if (one_document(depth) && !content.unfinished.empty()) {
      m_inbox.waiting.push_back({folder.string(), content.unfinished.front() + " is unfinished"});
    } else {
      for (const std::string& file : content.files) {
        add(file, "file", {file});
      }
      for (const std::string& name : content.unfinished) {
        m_inbox.waiting.push_back({(folder / name).string(), "it is unfinished"});
      }
    }
    for (const fs::path& next : content.folders) {
      this->folder(next, depth + 1);
    }
  }

  void add(const fs::path& path, const char* kind, std::vector<std::string> files) {
    ScanGroup group{path.string(), kind, std::move(files), m_root.string(), {}};
    for (const std::string& file : group.files) {
      group.stamps.push_back(stamp_of(file).value_or(FileStamp{}));
    }
    group.stamps.push_back(stamp_of(path).value_or(FileStamp{}));
    m_inbox.groups.push_back(std::move(group));
  }

  static Error missing(const fs::path& path) {
    return input_error("inbox-missing", path.string() + " is neither a folder nor a file that can be read",
                       "check the path and its permissions");
  }

 private:
  struct Content {
    std::vector<std::string> files;
    std::vector<fs::path> folders;
    std::vector<std::string> unfinished;  // names
  };

  [[nodiscard]] bool one_document(int depth) const { return m_grouping != Grouping::file && depth > 0; }

  Content sorted(const fs::path& folder, boost::system::error_code& code) {
    std::vector<fs::path> entries;
    for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
      entries.push_back(entry->path());
    }
    std::sort(entries.begin(), entries.end(), [](const fs::path& a, const fs::path& b) {
      return natural_less(a.filename().string(), b.filename().string());
    });
    Content content;
    for (const fs::path& entry : code ? std::vector<fs::path>() : entries) {
      sort_out(entry, content);
    }
    return content;
  }

  void sort_out(const fs::path& entry, Content& content) {
    const std::string name = entry.filename().string();
    if (is_unfinished(name)) {
      content.unfinished.push_back(name);
      return;
    }
    if (is_litter(name)) {
      return;
    }
    boost::system::error_code code;
    const fs::file_status own = fs::symlink_status(entry, code);
    const bool link = fs::is_symlink(own);
    const fs::file_status status = link ? fs::status(entry, code) : own;
    if (fs::is_regular_file(status) && (!link || is_inside(entry, m_root))) {
      content.files.push_back(entry.string());
    } else if (fs::is_directory(status) && !link) {
      content.folders.push_back(entry);
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

std::uint64_t ScanGroup::bytes() const {
  // The folder's own stamp comes last.
  return std::accumulate(stamps.begin(), stamps.begin() + static_cast<std::ptrdiff_t>(files.size()), std::uint64_t{0},
                         [](std::uint64_t sum, const FileStamp& stamp) { return sum + stamp.bytes; });
}

bool ScanGroup::unchanged() const {
  std::vector<std::string> paths = files;
  paths.push_back(path);
  return std::ranges::equal(paths, stamps, [](const std::string& one, const FileStamp& stamp) {
    return stamp_of(one).value_or(FileStamp{}) == stamp;
  });
}

std::chrono::nanoseconds ScanGroup::unsettled(std::chrono::system_clock::time_point now,
                                              std::chrono::seconds settle) const {
  std::chrono::nanoseconds longest{0};
  for (const FileStamp& stamp : stamps) {
    const std::chrono::nanoseconds age = now.time_since_epoch() - std::chrono::nanoseconds(stamp.modified);
    longest = std::max(longest, age.count() < 0 ? std::chrono::nanoseconds(settle) : settle - age);
  }
  return longest;
}

void check_inbox(const fs::path& path) {
  boost::system::error_code code;
  if (!fs::is_directory(path, code) && !fs::is_regular_file(path, code)) {
    throw Walk::missing(path);
  }
}

Inbox list_inbox(const fs::path& path, Grouping grouping) {
  check_inbox(path);
  Inbox inbox;
  if (fs::is_directory(path)) {
    Walk(path, grouping, inbox).folder(path, 0);
  } else {
    Walk(path.parent_path(), grouping, inbox).add(path, "file", {path.string()});
  }
  return inbox;
}

}  // namespace sohoa
