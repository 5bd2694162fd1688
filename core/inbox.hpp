// SPDX-License-Identifier: Apache-2.0
// What lies in an inbox, as documents to be. Nothing is opened, altered or removed.
#pragma once

#include "core/fs.hpp"

#include <string>
#include <vector>

namespace sohoa {

enum class Grouping {
  folder,  // a folder below the inbox with its files is one document; so is each file lying in the inbox itself
  file,    // every file is one document
};

struct ScanGroup {
  std::string path;                // of the folder or the file, as met
  std::string kind;                // folder | file
  std::vector<std::string> files;  // in natural order
};

struct Inbox {
  std::vector<ScanGroup> groups;      // in natural order of their paths
  std::vector<std::string> left_out;  // sentences: links that lead out of the inbox, devices, unreadable folders
};

// Hidden files and the names that scanners, browsers and office programs give to unfinished files (.part, .tmp,
// ~$…, Thumbs.db) are passed over in silence. A symbolic link is followed only to a file inside the inbox.
// Throws Error(ExitStatus::input, "inbox-missing") when `path` is neither folder nor file.
Inbox list_inbox(const fs::path& path, Grouping grouping);

}  // namespace sohoa
