// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_signature.hpp"

#include "core/error.hpp"
#include "formats/cms_stamp.hpp"
#include "formats/openssl.hpp"
#include "formats/pdf_date.hpp"
#include "formats/pdf_fields.hpp"
#include "formats/pdf_levels.hpp"
#include "formats/pdf_permissions.hpp"
#include "formats/pdf_signature_field.hpp"
#include "formats/pdf_signature_hole.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <utility>

namespace sohoa {

using PoDoFo::PdfObject;
using PoDoFo::PdfString;
using PoDoFo::PdfVariant;

namespace {

constexpr std::size_t k_chunk = 1U << 16U;
constexpr std::size_t k_attribute = 64;  // what a time-stamp takes in a CMS besides itself

std::string written(const PdfString& text) {
  std::string bytes;
  PdfVariant(text).ToString(bytes, PoDoFo::ePdfWriteMode_Clean);
  return bytes;
}

// Also one that is named in Perms alone, whose signature no field has.
bool is_final(const PdfReader& reader, const Permissions& permissions) {
  const PdfObject* certification = reader.dictionary(reader.dictionary(&reader.catalog(), "Perms"), "DocMDP");
  const PdfObject* references = reader.array(certification, "Reference");
  for (std::size_t i = 0; references != nullptr && i < references->GetArray().size(); ++i) {
    const PdfObject* reference = reader.resolve(&references->GetArray()[i]);
    const PdfObject* permission = reader.get(reader.dictionary(reference, "TransformParams"), "P");
    if (permission != nullptr && permission->IsNumber() && permission->GetNumber() == 1) {
      return true;
    }
  }
  return permissions.certified == 1;
}

// A certification that allows no change (ISO 32000-1, 12.8.2.2) would be broken by one more signature, as would one
// that locks the fields.
void require_changes_allowed(const PdfReader& reader, const std::string& field) {
  const Permissions permissions = permissions_of(reader);
  if (is_final(reader, permissions)) {
    throw input_error("pdf-certified", reader.path().string() + " is certified as final",
                      "sign the file that its author signed, before the certification");
  }
  if (is_locked(permissions, field)) {
    throw input_error("pdf-locked", reader.path().string() + " is locked by a signature in it",
                      "sign the file before that signature");
  }
}

std::string signature_head(const SignatureRequest& request, const std::string& signer) {
  std::string head =
      "<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (" + pdf_date(request.time) + ")";
  head += signer.empty() ? "" : " /Name " + written(utf8_string(signer));
  head += request.reason.empty() ? "" : " /Reason " + written(utf8_string(request.reason));
  return head;
}

// Reads the file once: that takes longer than to sign it.
PdfSignatureHole hole_for(const fs::path& file, const SigningKey& key, const SignatureRequest& request,
                          SignatureInfo& info, std::size_t room) {
  if (room > k_max_contents) {
    throw Error(ExitStatus::signing_unavailable, "key-chain-too-long",
                "the certificates of " + key.signer() + " make a signature too large for PDF/A",
                "export the key with its own issuers only");
  }
  std::optional<PdfSignatureHole> hole;
  with_podofo(file, [&] {
    const PdfReader reader(file);
    info.field = unique_field_name(reader, request.field);
    require_changes_allowed(reader, info.field);
    hole.emplace(reader, signature_head(request, key.signer()), request.appearance, info.field, room);
  });
  return std::move(*hole);
}

// In plain sight, as a signature's own keys stand; a file that cannot be read has none.
bool has_words(const fs::path& file, std::string_view words) {
  std::ifstream in(file.string(), std::ios::binary);
  std::string window;
  std::size_t kept = 0;
  while (in) {
    window.resize(kept + k_chunk);
    in.read(window.data() + kept, k_chunk);
    window.resize(kept + static_cast<std::size_t>(in.gcount()));
    if (window.find(words) != std::string::npos) {
      return true;
    }
    kept = std::min(window.size(), words.size() - 1);
    window.erase(0, window.size() - kept);
  }
  return false;
}

// The signature with its time-stamp, or without one when none can be had and none must be.
std::string stamped(const std::string& cms, const SignatureRequest& request, SignatureInfo& info) {
  try {
    const StampToken stamp = request.services->stamps.stamp(digest_of(EVP_sha256(), signature_value(cms)));
    info.time = stamp.time;
    info.time_source = common_name(X509_get_subject_name(stamp.authority.get()));
    info.level = to_string(SignatureLevel::t);
    return with_stamp(cms, stamp.token);
  } catch (const Error& error) {
    if (request.stamp_or_fail) {
      throw;
    }
    info.problems.push_back({Severity::warning, "timestamp-missing", "signed without a time-stamp: " + error.message(),
                             "stamp it later with sohoa sign --upgrade", std::nullopt});
    return cms;
  }
}

void append_signature(GrowingFile& file, const SigningKey& key, const SignatureRequest& request, SignatureInfo& info) {
  const bool stamps = request.level >= SignatureLevel::t;
  std::size_t room = key.signature_limit() + (stamps ? request.services->stamps.room() + k_attribute : 0);
  while (true) {
    const PdfSignatureHole hole = hole_for(file.path(), key, request, info, room);
    std::string cms = key.sign_digest(hole.digest(file.path(), key.digest()));
    cms = stamps ? stamped(cms, request, info) : cms;
    if (cms.size() <= room) {
      file.append(hole.filled(cms));
      return;
    }
    room = cms.size() + k_attribute;  // a longer time-stamp than any before
    info = {info.signer, to_string(SignatureLevel::b), request.time, info.field, "", {}, {}};
  }
}

void take_levels(const LeveledFile& file, SignatureInfo& info) {
  for (const SignatureInfo& one : file.signatures) {
    if (one.field == info.field) {
      info = one;
    }
  }
}

void raise_new(GrowingFile& file, const SignatureRequest& request, SignatureInfo& info) {
  try {
    LeveledFile raised = raise_levels(file, *request.services, {request.level});
    take_levels(raised, info);
    info.problems = std::move(raised.problems);
    for (const Problem& problem : info.problems) {
      if (problem.id == "certificate-revoked" && problem.message.find(info.signer) != std::string::npos) {
        throw Error(ExitStatus::signing_unavailable, problem.id, problem.message, problem.remedy);
      }
    }
  } catch (const Error& error) {
    if (error.id() != "timestamp-unavailable") {
      throw;
    }
    take_levels(levels_of(file.path(), *request.services), info);  // the steps before hold
    info.problems.push_back({Severity::warning, "timestamp-missing",
                             "the document has no time-stamp of its own: " + error.message(),
                             "stamp it later with sohoa sign --upgrade", std::nullopt});
  }
}

}  // namespace

Json to_json(const SignatureInfo& signature) {
  Json json{{"signer", signature.signer},
            {"level", signature.level},
            {"time", iso_utc(signature.time)},
            {"time_source", signature.time_source.empty() ? "computer" : signature.time_source},
            {"field", signature.field}};
  if (signature.until) {
    json["until"] = iso_utc(*signature.until);
  }
  return json;
}

std::optional<SignatureInfo> signature_of(const fs::path& file, const SigningKey& key, const std::string& field) {
  std::optional<SignatureInfo> found;
  if (!has_words(file, "/ByteRange")) {  // most files of a batch; to parse them takes longer than to sign
    return found;
  }
  with_podofo(file, [&] {
    const PdfReader reader(file);
    for (const PdfField& signature : form_fields(reader)) {
      const PdfObject* value = reader.dictionary(signature.field, "V");
      const PdfObject* contents = reader.get(value, "Contents");
      const bool ours = signature.type == "Sig" && signature.name.starts_with(field) &&
                        signature.name.find_first_not_of("0123456789", field.size()) == std::string::npos;
      if (ours && contents != nullptr && (contents->IsString() || contents->IsHexString()) &&
          key.made({contents->GetString().GetString(), static_cast<std::size_t>(contents->GetString().GetLength())})) {
        found = SignatureInfo{key.signer(),   "B-B", time_of_pdf_date(reader.text(value, "M")).value_or(Time{}),
                              signature.name, "",    {}};
      }
    }
  });
  return found;
}

SignatureInfo sign_pdf(const fs::path& file, const SigningKey& key, const SignatureRequest& request) {
  SignatureInfo info{key.signer(), to_string(SignatureLevel::b), request.time, "", "", {}, {}};
  boost::system::error_code error;
  if (!fs::is_regular_file(file, error)) {
    throw input_error("pdf-unreadable", file.string() + " cannot be read as a PDF", "check the path and the file");
  }
  GrowingFile growing(file);
  append_signature(growing, key, request, info);
  if (request.level > SignatureLevel::t && info.problems.empty()) {
    raise_new(growing, request, info);
  }
  growing.commit();
  return info;
}

}  // namespace sohoa
