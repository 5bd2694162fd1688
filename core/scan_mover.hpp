// SPDX-License-Identifier: Apache-2.0
// Takes the scans of delivered documents out of the inbox, into one folder.
#pragma once

#include "core/inbox.hpp"

#include <string>
#include <utility>
#include <vector>

namespace sohoa {

class ScanMover {
 public:
  // `journal` names a file that says what is being moved, so that a kill leaves no half document in the inbox.
  ScanMover(fs::path folder, fs::path journal);

  // Finishes what a killed run had begun. Throws as move() does.
  static void finish(const fs::path& journal);

  // Moves the files, their path below the inbox kept, and removes the folder they leave empty. Nothing is overwritten:
  // a document whose name is taken by another gets a number, one that lies there already only leaves the inbox. Files
  // that changed since they were listed stay. Throws Error(ExitStatus::environment), the scans being in one place at
  // least.
  void move(const ScanGroup& group) const;

 private:
  [[nodiscard]] fs::path place_for(const ScanGroup& group) const;

  fs::path m_folder;
  fs::path m_journal;
};

}  // namespace sohoa
