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
  std::string batch;  // empty: the time of the start
  IngestOptions ingest;
  DeskewOptionsCli deskew;
  OcrOptions ocr;
  PdfOptions pdf;
  SignOptions sign;

  void add(CLI::App& app);
};

}  // namespace sohoa
