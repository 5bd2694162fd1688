// SPDX-License-Identifier: Apache-2.0
// What lies in an inbox, as documents to be. Nothing is opened, altered or removed.
#pragma once

#include "core/file_stamp.hpp"
#include "core/fs.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace sohoa {

enum class Grouping {
  folder,     // a folder below the inbox with its files is one document; so is each file lying in the inbox itself
  file,       // every file is one document
  separator,  // what `folder` makes one document is a stack of several, with separator sheets between them
};

struct ScanGroup {
  std::string path;                // of the folder or the file, as met
  std::string kind;                // folder | file
  std::vector<std::string> files;  // in natural order
  std::string inbox;               // the folder in which it was found
  std::vector<FileStamp> stamps;   // of the files, then of the folder

  // Of all files, as they were when they were listed.
  [[nodiscard]] std::uint64_t bytes() const;
  // Whether nothing was written, put in another's place, added or taken away since.
  [[nodiscard]] bool unchanged() const;
  // How long the youngest of the stamps must still be watched at the time `now` of the clock before it has lain
  // unchanged for `settle`. A time in the future tells nothing, so it is watched for all of it.
  [[nodiscard]] std::chrono::nanoseconds unsettled(std::chrono::system_clock::time_point now,
                                                   std::chrono::seconds settle) const;
};

// A document that is not complete yet.
struct WaitingScan {
  std::string path;
  std::string reason;  // "3.tif.part is unfinished"
};

struct Inbox {
  std::vector<ScanGroup> groups;      // in natural order of their paths
  std::vector<WaitingScan> waiting;   // what scanners and transfers have not finished, by its name
  std::vector<std::string> left_out;  // sentences: links that lead out of the inbox, devices, folders too deep
};

// Throws Error(ExitStatus::input, "inbox-missing") when `path` is neither folder nor file.
void check_inbox(const fs::path& path);

// Names that scanners, browsers and transfers give to unfinished files (.part, .tmp, rsync's .name.Xy12Ab …) make their
// document wait: the whole folder, where a folder is one. Hidden files and litter (Thumbs.db, ~$…) are passed over in
// silence. A symbolic link is followed only to a file inside the inbox. A folder that cannot be read is a group without
// files.
// Throws Error(ExitStatus::input, "inbox-missing") when `path` is neither folder nor file that can be read.
Inbox list_inbox(const fs::path& path, Grouping grouping);

}  // namespace sohoa
