// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_signature_list.hpp"

#include "formats/cms.hpp"
#include "formats/cms_stamp.hpp"
#include "formats/pdf_date.hpp"
#include "formats/pdf_fields.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace sohoa {

using PoDoFo::PdfObject;

namespace {

constexpr std::size_t k_chunk = 1U << 20U;

using Range = std::array<std::uint64_t, 4>;

std::optional<Range> range_of(const PdfReader& reader, const PdfObject* value) {
  const PdfObject* array = reader.array(value, "ByteRange");
  Range range{};
  if (array == nullptr || array->GetArray().size() != range.size()) {
    return {};
  }
  for (std::size_t i = 0; i < range.size(); ++i) {
    const PdfObject* number = reader.resolve(&array->GetArray()[i]);
    if (number == nullptr || !number->IsNumber() || number->GetNumber() < 0) {
      return {};
    }
    range.at(i) = static_cast<std::uint64_t>(number->GetNumber());
  }
  return range;
}

// "" when the file is shorter.
std::string digest_of_range(const fs::path& file, const Range& range, const EVP_MD* algorithm) {
  MessageDigest digest(algorithm);
  std::ifstream in(file.string(), std::ios::binary);
  std::string chunk;
  for (std::size_t i = 0; i < range.size(); i += 2) {
    in.seekg(static_cast<std::streamoff>(range.at(i)));
    for (std::uint64_t left = range.at(i + 1); left > 0; left -= chunk.size()) {
      chunk.resize(std::min<std::uint64_t>(left, k_chunk));
      in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
      if (in.gcount() != static_cast<std::streamsize>(chunk.size())) {
        return {};
      }
      digest.update(chunk);
    }
  }
  return digest.finish();
}

std::optional<StampToken> stamp_of(const PdfReader& reader, const ListedSignature& signature, const Range& range) {
  try {
    StampToken stamp = read_stamp(signature.document_stamp ? signature.contents : stamp_in(signature.contents));
    const std::string digest = signature.document_stamp ? digest_of_range(reader.path(), range, stamp.method)
                                                        : digest_of(stamp.method, signature_value(signature.contents));
    return digest == stamp.imprint ? std::optional(std::move(stamp)) : std::nullopt;
  } catch (const Error&) {
    return {};
  }
}

void read_certificates(ListedSignature& signature) {
  const unsigned char* at = octets(signature.contents);
  const CmsPtr cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(signature.contents.size())));
  openssl_reason();
  signature.certificates.reset(cms ? CMS_get1_certs(cms.get()) : nullptr);
  if (!signature.certificates) {
    signature.certificates = new_certificates();
  }
  signature.signer = cms_signer(signature.contents);
}

}  // namespace

std::vector<ListedSignature> list_signatures(const PdfReader& reader) {
  std::vector<ListedSignature> found;
  for (const PdfField& field : form_fields(reader)) {
    const PdfObject* value = field.type == "Sig" ? reader.dictionary(field.field, "V") : nullptr;
    const std::optional<Range> range = range_of(reader, value);
    const PdfObject* contents = reader.get(value, "Contents");
    if (!range || contents == nullptr || !(contents->IsString() || contents->IsHexString())) {
      continue;
    }
    ListedSignature signature;
    signature.field = field.name;
    signature.document_stamp = reader.name(value, "SubFilter") == "ETSI.RFC3161";
    signature.hole = (*range)[1];
    signature.contents.assign(contents->GetString().GetString(),
                              static_cast<std::size_t>(contents->GetString().GetLength()));
    signature.stated = time_of_pdf_date(reader.text(value, "M")).value_or(Time{});
    read_certificates(signature);
    signature.stamp = stamp_of(reader, signature, *range);
    found.push_back(std::move(signature));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const ListedSignature& a, const ListedSignature& b) { return a.hole < b.hole; });
  return found;
}

}  // namespace sohoa
