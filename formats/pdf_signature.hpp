// SPDX-License-Identifier: Apache-2.0
// PAdES baseline signatures (ETSI EN 319 142-1) as incremental updates (ISO 32000-1, 7.5.6): the bytes that were there
// stay as they were, so PDF/A and earlier signatures hold.
#pragma once

#include "core/clock.hpp"
#include "core/document.hpp"
#include "core/fs.hpp"
#include "core/json.hpp"
#include "core/page_geometry.hpp"
#include "formats/signature_level.hpp"
#include "formats/signing_key.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct SealImage;  // formats/seal_image.hpp

// The visible block on page 1. Measures are points from the page's own upright corner.
struct SignatureAppearance {
  enum class Corner { top_left, top_right };
  bool visible = true;
  Corner corner = Corner::top_left;
  double margin_x = 28;
  double margin_y = 28;
  double font_size = 10;
  // Lines after substitution, UTF-8. The box grows to fit them.
  std::vector<std::string> lines;
  // A TrueType file with all letters of the lines; a subset of it is embedded.
  fs::path font_file;
  // Stands above the lines, in its true size; none where it is null.
  std::shared_ptr<const SealImage> seal;
  // What is printed on page 1, in fractions of its width and height, origin top left, y down. The block moves
  // to the free place that is nearest to its corner, and stays where the margins put it when there is none.
  std::vector<Box> printed;
};

struct SignatureServices;  // formats/pdf_levels.hpp

struct SignatureRequest {
  SignatureAppearance appearance;
  std::string field;  // "Officer", made unique when the name is taken
  std::string reason;
  Time time{};  // /M of the signature dictionary
  SignatureLevel level = SignatureLevel::b;
  SignatureServices* services = nullptr;  // for the levels beyond B; outlives the signing
  bool stamp_or_fail = false;             // sign only with a time-stamp
};

// What the record's `signatures[]` says of it.
struct SignatureInfo {
  std::string signer;
  std::string level;  // "B-B", "B-T" …: what it really has
  Time time{};        // of the time-stamp, else what the signing computer's clock said
  std::string field;
  std::string time_source;          // who gave the time-stamp; "": nobody did
  std::optional<Time> until{};      // B-LTA: when the certificate of the newest time-stamp ends
  std::vector<Problem> problems{};  // warnings: why its level is not the wished one; not in the JSON
};
Json to_json(const SignatureInfo& signature);

// A signature field of that name, or of that name with a number, whose signer's certificate is the key's.
// Whether the signature holds is not asked.
std::optional<SignatureInfo> signature_of(const fs::path& file, const SigningKey& key, const std::string& field);

// Signs `file` in place, with one rename at the end of all levels; owner and permissions stay. Where servers fail, the
// file is signed with the level that it could get and the problems say why. Errors of the file are
// Error(ExitStatus::input), of the key, and of a time-stamp that must be there, Error(ExitStatus::signing_unavailable);
// the file is then as it was.
SignatureInfo sign_pdf(const fs::path& file, const SigningKey& key, const SignatureRequest& request);

}  // namespace sohoa
