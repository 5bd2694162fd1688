// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_signature.hpp"

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "formats/openssl.hpp"
#include "formats/pdf_appearance.hpp"
#include "formats/pdf_date.hpp"
#include "formats/pdf_fields.hpp"
#include "formats/pdf_update.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <set>

#include <sys/stat.h>
#include <unistd.h>

namespace sohoa {

using PoDoFo::pdf_int64;
using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;
using PoDoFo::PdfString;
using PoDoFo::PdfVariant;

namespace {

constexpr std::size_t k_max_contents = 32'767;  // bytes of a string: ISO 19005-2, 6.1.13
constexpr std::size_t k_chunk = 1U << 16U;
constexpr pdf_int64 k_print_and_locked = 132;  // annotation flags; ISO 19005-2, 6.3.2 wants Print
constexpr std::string_view k_range_begin = "/ByteRange [";
constexpr std::string_view k_range_room = "0 0000000000 0000000000 0000000000]";
constexpr std::string_view k_contents_begin = "/Contents <";

PdfString utf8_string(const std::string& text) {
  return PdfString(reinterpret_cast<const PoDoFo::pdf_utf8*>(text.c_str()));
}

std::string written(const PdfString& text) {
  std::string bytes;
  PdfVariant(text).ToString(bytes, PoDoFo::ePdfWriteMode_Clean);
  return bytes;
}

// A certification that allows no change (ISO 32000-1, 12.8.2.2) would be broken by one more signature.
void require_changes_allowed(const PdfReader& reader) {
  const PdfObject* certification = reader.dictionary(reader.dictionary(&reader.catalog(), "Perms"), "DocMDP");
  const PdfObject* references = reader.array(certification, "Reference");
  for (std::size_t i = 0; references != nullptr && i < references->GetArray().size(); ++i) {
    const PdfObject* reference = reader.resolve(&references->GetArray()[i]);
    const PdfObject* permission = reader.get(reader.dictionary(reference, "TransformParams"), "P");
    if (permission != nullptr && permission->IsNumber() && permission->GetNumber() == 1) {
      throw input_error("pdf-certified", reader.path().string() + " is certified as final",
                        "sign the file that its author signed, before the certification");
    }
  }
}

std::string unique_field_name(const PdfReader& reader, const std::string& wanted) {
  std::set<std::string> taken;
  for (const PdfField& field : form_fields(reader)) {
    taken.insert(field.name);
  }
  const std::string base = wanted.empty() ? "Signature" : wanted;
  std::string name = base;
  for (int count = 2; taken.count(name) != 0; ++count) {
    name = base + std::to_string(count);
  }
  return name;
}

// The objects of one signature, as they are put into an update.
class SignatureObjects {
 public:
  SignatureObjects(const PdfReader& reader, PdfUpdate& update) : m_reader(reader), m_update(update) {}

  void put_field(const SignatureRequest& request, const std::string& name, const PdfReference& value) {
    const std::vector<PdfPageNode> pages = m_reader.pages();
    if (pages.empty() || !pages.front().page->Reference().IsIndirect()) {
      throw m_reader.corrupt("it has no first page");
    }
    const PdfPageNode& page = pages.front();
    const PlacedAppearance placed =
        put_appearance(m_update, request.appearance, frame_of(m_reader, page), annotation_boxes(m_reader, page));
    PdfArray rect;
    for (const double edge : placed.rect) {
      rect.push_back(PdfVariant(edge));
    }
    PdfDictionary appearance;
    appearance.AddKey("N", placed.form);
    PdfDictionary keys;
    keys.AddKey(PdfName::KeyType, PdfName("Annot"));
    keys.AddKey(PdfName::KeySubtype, PdfName("Widget"));
    keys.AddKey("FT", PdfName("Sig"));
    keys.AddKey("T", utf8_string(name));
    keys.AddKey("V", value);
    keys.AddKey("F", k_print_and_locked);
    keys.AddKey("Rect", rect);
    keys.AddKey("P", page.page->Reference());
    keys.AddKey("AP", appearance);
    const PdfReference field = m_update.reserve();
    m_update.put(field, PdfVariant(keys));

    PdfDictionary page_keys = page.page->GetDictionary();
    if (append(page_keys, "Annots", field)) {
      m_update.put(page.page->Reference(), PdfVariant(page_keys));
    }
    add_to_form(field);
  }

 private:
  // Adds to the array behind `key`; true when `owner` itself changed and must be put.
  bool append(PdfDictionary& owner, const char* key, const PdfReference& item) {
    const PdfObject holder{PdfVariant(owner)};
    const PdfObject* old = m_reader.array(&holder, key);
    PdfArray items = old != nullptr ? old->GetArray() : PdfArray();
    items.push_back(item);
    const PdfObject* raw = owner.GetKey(key);
    if (old != nullptr && raw->IsReference()) {
      m_update.put(old->Reference(), PdfVariant(items));
      return false;
    }
    owner.AddKey(key, items);
    return true;
  }

  void add_to_form(const PdfReference& field) {
    const PdfObject& catalog = m_reader.catalog();
    const PdfObject* old = m_reader.dictionary(&catalog, "AcroForm");
    PdfDictionary form = old != nullptr ? old->GetDictionary() : PdfDictionary();
    append(form, "Fields", field);
    form.AddKey("SigFlags", pdf_int64{3});  // signatures exist; append only (ISO 32000-1, table 219)
    if (old != nullptr && catalog.GetDictionary().GetKey("AcroForm")->IsReference()) {
      m_update.put(old->Reference(), PdfVariant(form));
      return;
    }
    const PdfReference number = m_update.reserve();
    m_update.put(number, PdfVariant(form));
    PdfDictionary keys = catalog.GetDictionary();
    keys.AddKey("AcroForm", number);
    m_update.put(catalog.Reference(), PdfVariant(keys));
  }

  const PdfReader& m_reader;
  PdfUpdate& m_update;
};

// The update with a hole for the signature; places are offsets in `bytes`.
struct Prepared {
  std::string bytes;
  std::uint64_t base = 0;
  std::size_t range = 0;         // of k_range_room
  std::size_t contents = 0;      // of the first hexadecimal digit
  std::size_t contents_end = 0;  // of ">"
};

std::string signature_body(const SignatureRequest& request, const std::string& signer, std::size_t room) {
  std::string body =
      "<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (" + pdf_date(request.time) + ")";
  body += signer.empty() ? "" : " /Name " + written(utf8_string(signer));
  body += request.reason.empty() ? "" : " /Reason " + written(utf8_string(request.reason));
  return body.append(" ").append(k_range_begin).append(k_range_room).append(" ").append(k_contents_begin) +
         std::string(2 * room, '0') + ">>>";
}

Prepared prepare(const PdfReader& reader, const SigningKey& key, const SignatureRequest& request,
                 const std::string& field) {
  const std::size_t room = key.signature_limit();
  if (room > k_max_contents) {
    throw Error(ExitStatus::signing_unavailable, "key-chain-too-long",
                "the certificates of " + key.signer() + " make a signature too large for PDF/A",
                "export the key with its own issuers only");
  }
  PdfUpdate update(reader);
  const PdfReference value = update.reserve();
  const std::string body = signature_body(request, key.signer(), room);
  const std::uint64_t at = update.put_raw(value, body) - update.base_size();
  SignatureObjects(reader, update).put_field(request, field, value);
  Prepared prepared;
  prepared.base = update.base_size();
  prepared.contents_end = at + body.size() - 3;
  prepared.contents = prepared.contents_end - 2 * room;
  prepared.range = prepared.contents - k_contents_begin.size() - 1 - k_range_room.size();
  prepared.bytes = update.finish();
  return prepared;
}

void write_range(Prepared& update) {
  const std::uint64_t hole = update.base + update.contents - 1;
  const std::uint64_t after = update.base + update.contents_end + 1;
  std::string range = "0 " + std::to_string(hole) + " " + std::to_string(after) + " " +
                      std::to_string(update.base + update.bytes.size() - after) + "]";
  range.resize(k_range_room.size(), ' ');
  update.bytes.replace(update.range, range.size(), range);
}

void write_contents(Prepared& update, const std::string& cms) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::size_t at = update.contents;
  for (const char c : cms) {
    const auto octet = static_cast<unsigned char>(c);
    update.bytes[at++] = digits[octet >> 4U];
    update.bytes[at++] = digits[octet & 0xFU];
  }
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

// The old bytes go to the new file and into the digest in one pass.
void copy(const fs::path& file, std::uint64_t size, AtomicFile& target, MessageDigest& digest) {
  std::ifstream in(file.string(), std::ios::binary);
  std::string chunk;
  while (size > 0) {
    chunk.resize(std::min<std::uint64_t>(size, k_chunk));
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    if (in.gcount() != static_cast<std::streamsize>(chunk.size())) {
      throw input_error("pdf-unreadable", file.string() + " cannot be read to its end", "check the disk");
    }
    target.write(chunk);
    digest.update(chunk);
    size -= chunk.size();
  }
}

// Best effort: only root can give files away.
void keep_owner_and_mode(const fs::path& from, const fs::path& to) {
  struct stat status {};
  if (::stat(from.c_str(), &status) == 0) {
    static_cast<void>(::chown(to.c_str(), status.st_uid, status.st_gid) == 0 &&
                      ::chmod(to.c_str(), status.st_mode & 07777U) == 0);
  }
}

}  // namespace

Json to_json(const SignatureInfo& signature) {
  return {{"signer", signature.signer},
          {"level", signature.level},
          {"time", iso_utc(signature.time)},
          {"field", signature.field}};
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
        found = SignatureInfo{key.signer(), "B-B", time_of_pdf_date(reader.text(value, "M")).value_or(Time{}),
                              signature.name};
      }
    }
  });
  return found;
}

SignatureInfo sign_pdf(const fs::path& file, const SigningKey& key, const SignatureRequest& request) {
  SignatureInfo info{key.signer(), "B-B", request.time, ""};
  Prepared update;
  with_podofo(file, [&] {
    const PdfReader reader(file);
    require_changes_allowed(reader);
    info.field = unique_field_name(reader, request.field);
    update = prepare(reader, key, request, info.field);
  });
  write_range(update);

  const fs::path real = fs::canonical(file);
  AtomicFile target(real);
  MessageDigest digest(key.digest());
  copy(real, update.base, target, digest);
  const std::string_view bytes = update.bytes;
  digest.update(bytes.substr(0, update.contents - 1));
  digest.update(bytes.substr(update.contents_end + 1));
  write_contents(update, key.sign_digest(digest.finish()));
  target.write(update.bytes);
  keep_owner_and_mode(real, target.temporary());
  target.commit();
  return info;
}

}  // namespace sohoa
