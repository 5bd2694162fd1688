// SPDX-License-Identifier: Apache-2.0
// The steps and their options, as the commands and `sohoa run` share them. Each is defined in the file of its
// command: make_ocr_step in cli/command_ocr.cpp.
#pragma once

#include "cli/level_options.hpp"
#include "core/catalog.hpp"
#include "core/inbox.hpp"
#include "core/profile.hpp"
#include "core/step.hpp"
#include "core/work.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace sohoa {

struct IngestOptions {
  Grouping grouping = Grouping::folder;
  std::vector<std::string> separate_at;  // patch, barcode, blank; empty: the profile's
  bool redo = false;
  std::vector<std::string> trust;  // roots of the signatures in PDFs that come in; given by the command
  std::string register_file;
  std::string register_sheet;  // of a workbook; empty: the first
  std::string operator_name;
  std::string agency;

  void add(CLI::App& app);
  void add_register(CLI::App& app);
};

struct DeskewOptionsCli {
  double max_angle = 10;  // degrees
  bool no_orientation = false;

  void add(CLI::App& app);
};

struct OcrOptions {
  std::string language;  // empty: the profile's
  std::string tessdata;
  std::vector<std::string> sidecars;     // txt, hocr, alto
  std::optional<double> min_confidence;  // 0 … 1; nothing: the profile's
  std::vector<std::string> not_secret;   // documents whose marks are none

  void add(CLI::App& app);
};

struct PdfOptions {
  std::string conformance;  // empty: the profile's
  std::string image = "preserve";

  void add(CLI::App& app);
};

struct SignOptions {
  std::string key;
  std::string pkcs11;  // URI
  std::string pkcs11_module;
  std::string issuer;
  std::string serial;
  std::string passphrase_file;
  std::string passphrase_env;
  std::optional<int> passphrase_fd;
  std::string digest;  // empty: the key's
  std::string rsa_padding = "pkcs1";
  std::string role = "officer";
  std::string reason;
  bool invisible = false;
  std::string seal;                  // PNG; empty: none
  std::string carried = "unsigned";  // which PDFs that came in as they are: never, unsigned, always
  LevelOptions levels;

  void add(CLI::App& app);
  // Whether there is a key to sign with.
  [[nodiscard]] bool wanted() const { return !key.empty() || !pkcs11.empty(); }
};

// The catalog is opened when a step or the archive first needs it, and once.
using CatalogDoor = std::function<Catalog&()>;
CatalogDoor catalog_door(const CatalogPlace& place);

// Opens every scan file of the document and fills source.pages: its pages, digests and resolutions.
StepPtr make_ingest_step(const IngestOptions& options, const Profile& profile);
// The steps from scan files to documents: to open them, and, where stacks are to be cut, to measure their pages, to
// read their barcodes and to cut.
std::vector<StepPtr> make_ingest_steps(const IngestOptions& options, const DeskewOptionsCli& deskew,
                                       const Profile& profile);
// Reads the barcodes and the patch code T of every page.
StepPtr make_barcode_step();
// Cuts stacks at their separator sheets.
StepPtr make_separate_step(const Profile& profile);
// Takes the owner from the one citizen card whose QR code is on the document's pages.
StepPtr make_card_step();
// Notes which pages of a document that was cut off a stack begin with the national name and motto.
StepPtr make_heading_step();
// Measures how the page lies and how good its picture is.
StepPtr make_deskew_step(const DeskewOptionsCli& options, const Profile& profile);
StepPtr make_ocr_step(const OcrOptions& options, const Profile& profile);
// Documents that somebody looked at: what looks like a secrecy mark on them is none. Named by the first 16 digits and
// more of their id, which is over their scans, so that no other paper is let by with them.
class NotSecret {
 public:
  // Throws Error(ExitStatus::usage, "not-secret") for what is no such id.
  explicit NotSecret(std::vector<std::string> ids = {});
  [[nodiscard]] bool names(const std::string& id) const;
  [[nodiscard]] const std::vector<std::string>& ids() const noexcept { return m_ids; }

 private:
  std::vector<std::string> m_ids;
};

// Before pages are read: notes which documents are not secret after all, and stops those that were found secret before,
// which `work`, where there is one, tells.
StepPtr make_secrecy_gate(const OcrOptions& options, const Profile& profile, const std::optional<Work>& work = {});
// After pages were read: makes a document with a secrecy mark a record of nothing (core/secrecy.hpp) and calls `forget`
// for what was kept of it.
using ForgetSecret = std::function<void(const Document& secret, std::size_t page, const std::string& mark)>;
StepPtr make_secrecy_stop(ForgetSecret forget);
// Where there is only a work folder: it keeps the verdict alone.
ForgetSecret forget_in(const Work& work, const Profile& profile);
// Chooses unsure words by what the documents so far surely say (core/batch_words.hpp).
StepPtr make_batch_words_step();
// Warns of pages that were read with a lower mean confidence, or on which nothing was read though they are not blank.
StepPtr make_confidence_step(const OcrOptions& options, const Profile& profile);
// Tells pages that are out of order, missing, twice there or blank amid the document, by what was read on them.
StepPtr make_collate_step(const Profile& profile);
// Sets the record's `rescan` by its problems.
StepPtr make_rescan_step(const Profile& profile);
// Gives each document of the stream a name of its own for its sidecars below `folder`: the scan's, and the id besides
// when an earlier document has it.
StepPtr make_sidecar_names_step(const OcrOptions& options, const fs::path& folder);
// Writes the text of the pages as sidecars: under the names given before below `folder`, or beside the PDF of the
// record.
StepPtr make_sidecar_step(const OcrOptions& options, const fs::path& folder = {});
// Fills the fields from the pages' text by the profile's rules; the register's values win.
StepPtr make_extract_step(const Profile& profile);
StepPtr make_code_step(const Profile& profile, CatalogDoor catalog);
// Writes <folder>/<dossier>/<name>.pdf.
StepPtr make_pdf_step(const PdfOptions& options, const Profile& profile, const fs::path& folder);
// Signs the file that the record names, seen from `folder`; none other than the one that the record's SHA-256 is of.
// A signature of the same key that is there already is not made again, only taken to the wanted level; `found` says
// whether the record tells of it, or takes it for this run's own, by a signer that ended before it could answer.
enum class FoundSignature { told, own };
StepPtr make_sign_step(const SignOptions& options, const Profile& profile, const fs::path& folder = {},
                       FoundSignature found = FoundSignature::told);

}  // namespace sohoa
