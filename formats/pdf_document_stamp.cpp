// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_document_stamp.hpp"

#include "formats/pdf_signature_field.hpp"
#include "formats/pdf_signature_hole.hpp"

#include <optional>

namespace sohoa {
namespace {

constexpr std::string_view k_head = "<</Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161";

PdfSignatureHole hole_for(const fs::path& file, std::size_t room) {
  SignatureAppearance block;
  block.visible = false;
  std::optional<PdfSignatureHole> hole;
  with_podofo(file, [&] {
    const PdfReader reader(file);
    hole.emplace(reader, std::string(k_head), block, unique_field_name(reader, "Timestamp"), room);
  });
  return std::move(*hole);
}

}  // namespace

void append_document_stamp(GrowingFile& file, TimestampClient& stamps) {
  for (bool again = false;; again = true) {
    const std::size_t room = stamps.room();
    const PdfSignatureHole hole = hole_for(file.path(), room);
    const StampToken stamp = stamps.stamp(hole.digest(file.path(), EVP_sha256()));
    if (stamp.token.size() <= room) {
      file.append(hole.filled(stamp.token));
      return;
    }
    if (again || stamp.token.size() > k_max_contents) {  // the room was that of a token as long as this one
      throw Error(ExitStatus::signing_unavailable, "timestamp-unavailable",
                  "the time-stamp of " + std::to_string(stamp.token.size()) + " bytes is too long for PDF/A",
                  "name another authority with --tsa");
    }
  }
}

}  // namespace sohoa
