// SPDX-License-Identifier: Apache-2.0
// What `sohoa run` is asked: its own options and those of the steps it is the sum of.
#pragma once

#include "cli/steps.hpp"

#include <string>
#include <vector>

namespace sohoa {

struct RunOptions {
  std::vector<std::string> inboxes;
  std::string archive;
  std::string batch;               // empty: the time of the start
  std::string until;               // HH:MM; empty: no deadline
  unsigned settle = 5;             // seconds
  std::vector<std::string> after;  // empty, or "move" and a folder
  bool dry_run = false;
  bool retry = false;
  bool sign_only = false;
  IngestOptions ingest;
  DeskewOptionsCli deskew;
  OcrOptions ocr;
  PdfOptions pdf;
  SignOptions sign;

  void add(CLI::App& app);
  // Throws Error(ExitStatus::usage) for options that do not go together.
  void check() const;
  // The folder that takes the delivered scans; empty: they stay. Throws Error(ExitStatus::usage, "after") when it lies
  // in an inbox, where it would be taken in again.
  [[nodiscard]] fs::path moved_to() const;
};

}  // namespace sohoa
