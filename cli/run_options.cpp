// SPDX-License-Identifier: Apache-2.0
#include "cli/run_options.hpp"

#include <CLI/CLI.hpp>

namespace sohoa {

void RunOptions::add(CLI::App& app) {
  app.add_option("INBOX", inboxes, "Folders and files with scans")->required();
  app.add_option("--archive", archive, "Folder that receives PDF files, manifests and quarantine")
      ->type_name("DIR")
      ->required();
  app.add_option("--batch", batch, "Name of the batch (default: the time of the start)")->type_name("NAME");
  ingest.add(app);
  deskew.add(app);
  ocr.add(app);
  pdf.add(app);
  sign.add(app);
}

}  // namespace sohoa
