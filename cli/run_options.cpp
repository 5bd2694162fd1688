// SPDX-License-Identifier: Apache-2.0
#include "cli/run_options.hpp"

#include <CLI/CLI.hpp>

namespace sohoa {

void RunOptions::add(CLI::App& app) {
  CLI::Option* scans = app.add_option("INBOX", inboxes, "Folders and files with scans")->required();
  app.add_option("--archive", archive, "Folder that receives PDF files, manifests and quarantine")
      ->type_name("DIR")
      ->required();
  app.add_option("--batch", batch, "Name of the batch (default: the time of the start)")->type_name("NAME");
  app.add_flag("--retry", retry, "Try again what was given up or lies in the quarantine");
  app.add_flag("--dry-run", dry_run, "Say what would be done, and do nothing");
  app.add_flag("--sign-only", sign_only, "Sign what earlier runs left unsigned; no INBOX is named then")
      ->excludes(scans)
      ->configurable(false);
  app.add_option("--until", until, "Stop after the pages in hand at that time of the day, and go on next time")
      ->type_name("HH:MM");
  app.add_option("--settle", settle, "Take a document when its files have lain unchanged for so long")
      ->type_name("SECONDS")
      ->check(CLI::Range(0U, 86400U))
      ->capture_default_str();
  app.add_option("--after", after, "Move the scans of delivered documents into that folder")
      ->type_name("move DIR")
      ->expected(2);
  ingest.add(app);
  deskew.add(app);
  ocr.add(app);
  pdf.add(app);
  sign.add(app);
}

void RunOptions::check() const {
  if (sign_only && !sign.wanted()) {
    throw usage_error("usage", "there is no key to sign with", "give --key FILE.p12 or --pkcs11 URI");
  }
}

fs::path RunOptions::moved_to() const {
  if (after.empty()) {
    return {};
  }
  if (after.size() != 2 || after.front() != "move" || after.back().empty()) {
    throw usage_error("after", "--after takes the word move and a folder", "write --after move DIR");
  }
  const fs::path folder(after.back());
  for (const std::string& inbox : inboxes) {
    if (fs::is_directory(inbox) && is_inside(folder, inbox)) {
      throw usage_error("after", "the folder " + folder.string() + " lies in the inbox " + inbox,
                        "name one outside of it, or the scans come in again");
    }
  }
  return folder;
}

}  // namespace sohoa
