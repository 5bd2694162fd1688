// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_signature_check.hpp"

#include "core/clock.hpp"
#include "formats/cms.hpp"
#include "formats/pdf_changes.hpp"
#include "formats/pdf_date.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>

namespace sohoa {

using PoDoFo::PdfObject;

namespace {

constexpr std::uint64_t k_max_hole = 16U << 20U;
constexpr std::size_t k_chunk = 1U << 20U;

// [0, hole) and [after, end) are signed; [hole, after) is the string of /Contents.
struct Ranges {
  std::uint64_t hole = 0;
  std::uint64_t after = 0;
  std::uint64_t end = 0;
};

// Nothing, with a reason, when the ranges are not the only ones that leave out Contents and nothing else.
std::optional<Ranges> ranges_of(const PdfReader& reader, const PdfObject& value, std::uint64_t file_size,
                                std::string& reason) {
  const PdfObject* array = reader.array(&value, "ByteRange");
  std::array<std::int64_t, 4> numbers{};
  if (array == nullptr || array->GetArray().size() != numbers.size()) {
    reason = "ByteRange does not hold two ranges";
    return {};
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const PdfObject* number = reader.resolve(&array->GetArray()[i]);
    if (number == nullptr || !number->IsNumber() || number->GetNumber() < 0 ||
        static_cast<std::uint64_t>(number->GetNumber()) > file_size) {
      reason = "ByteRange leaves the file";
      return {};
    }
    numbers.at(i) = number->GetNumber();
  }
  const Ranges ranges{static_cast<std::uint64_t>(numbers[1]), static_cast<std::uint64_t>(numbers[2]),
                      static_cast<std::uint64_t>(numbers[2]) + static_cast<std::uint64_t>(numbers[3])};
  if (numbers[0] != 0) {
    reason = "ByteRange does not begin with the file";
  } else if (ranges.hole >= ranges.after) {
    reason = "the ranges of ByteRange overlap";
  } else if (ranges.end > file_size) {
    reason = "ByteRange leaves the file";
  } else if (ranges.after - ranges.hole > k_max_hole) {
    reason = "ByteRange leaves out too much of the file";
  }
  return reason.empty() ? std::optional(ranges) : std::nullopt;
}

class FileBytes {
 public:
  explicit FileBytes(const fs::path& file) : m_in(file.string(), std::ios::binary) {}

  // False at the file's early end.
  bool each(std::uint64_t from, std::uint64_t to, const std::function<void(std::string_view)>& use) {
    m_in.clear();
    m_in.seekg(static_cast<std::streamoff>(from));
    std::string chunk;
    for (std::uint64_t left = to - from; left > 0; left -= chunk.size()) {
      chunk.resize(std::min<std::uint64_t>(left, k_chunk));
      m_in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
      if (m_in.gcount() != static_cast<std::streamsize>(chunk.size())) {
        return false;
      }
      use(chunk);
    }
    return true;
  }

 private:
  std::ifstream m_in;
};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The bytes between "<" and ">", or nothing when the hole is not exactly one hexadecimal string.
std::optional<std::string> hole_string(std::string_view hole) {
  if (hole.size() < 2 || hole.size() % 2 != 0 || hole.front() != '<' || hole.back() != '>') {
    return {};
  }
  std::string bytes;
  for (std::size_t i = 1; i + 1 < hole.size(); i += 2) {
    const int high = hex_digit(hole[i]);
    const int low = hex_digit(hole[i + 1]);
    if (high < 0 || low < 0) {
      return {};
    }
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

void judge_signer(const CmsVerdict& verdict, std::optional<Time> stated, STACK_OF(X509) * anchors,
                  SignatureReport& report) {
  if (!verdict.signer) {
    return;
  }
  report.signer = common_name(X509_get_subject_name(verdict.signer.get()));
  report.issuer = common_name(X509_get_issuer_name(verdict.signer.get()));
  if (sk_X509_num(anchors) <= 0) {
    return;
  }
  const bool then = stated && *stated <= wall_time() && valid_at(verdict.signer.get(), *stated);
  const PathVerdict path = judge_path(verdict, anchors, then ? *stated : wall_time());
  report.path = path.path;
  report.reason = report.reason.empty() ? path.reason : report.reason;
}

bool has_signature(const PdfReader& reader, const std::string& name) {
  const std::vector<PdfField> fields = form_fields(reader);
  return std::any_of(fields.begin(), fields.end(), [&](const PdfField& field) {
    return field.name == name && reader.dictionary(field.field, "V") != nullptr;
  });
}

void judge_later_revisions(const PdfReader& reader, std::uint64_t end, SignatureReport& report) {
  LaterChanges changes{LaterChanges::Kind::content, "the bytes that it signed are no whole revision of the file"};
  try {
    with_podofo(reader.path(), [&] {
      const PdfReader before(reader.path(), end);
      changes =
          has_signature(before, report.field)
              ? later_changes(before, reader, end)
              : LaterChanges{LaterChanges::Kind::content, "the bytes that it signed do not hold the signature itself"};
    });
  } catch (const Error&) {  // the reason stays as it was
  }
  report.changed_after = changes.kind == LaterChanges::Kind::content      ? "content"
                         : changes.kind == LaterChanges::Kind::signatures ? "signatures"
                                                                          : "bytes";
  if (report.reason.empty() && !changes.what.empty()) {
    report.reason = changes.what;
  }
}

}  // namespace

SignatureReport check_signature(const PdfReader& reader, const PdfField& field, std::uint64_t file_size,
                                STACK_OF(X509) * anchors) {
  const PdfObject& value = *reader.dictionary(field.field, "V");
  SignatureReport report;
  report.field = field.name;
  report.sub_filter = reader.name(&value, "SubFilter");
  report.path = "not-checked";
  const std::optional<Time> stated = time_of_pdf_date(reader.text(&value, "M"));
  report.time = stated ? iso_utc(*stated) : "";
  const bool cades = report.sub_filter == "ETSI.CAdES.detached";
  const bool sha1 = report.sub_filter == "adbe.pkcs7.sha1";
  if (!cades && !sha1 && report.sub_filter != "adbe.pkcs7.detached") {
    report.reason =
        "a signature of the kind " + (report.sub_filter.empty() ? "(none)" : report.sub_filter) + " is not judged";
    return report;
  }
  const std::optional<Ranges> ranges = ranges_of(reader, value, file_size, report.reason);
  if (!ranges) {
    return report;
  }
  FileBytes bytes(reader.path());
  std::string hole;
  bytes.each(ranges->hole, ranges->after, [&](std::string_view chunk) { hole += chunk; });
  const std::optional<std::string> contents = hole_string(hole);
  const PdfObject* stored = reader.get(&value, "Contents");
  if (!contents || stored == nullptr || !(stored->IsString() || stored->IsHexString()) ||
      *contents !=
          std::string(stored->GetString().GetString(), static_cast<std::size_t>(stored->GetString().GetLength()))) {
    report.reason = "what ByteRange leaves out is not exactly the signature's Contents";
    return report;
  }
  const CmsVerdict verdict = check_cms(*contents, sha1 ? CmsContent::embedded_sha1 : CmsContent::detached, cades,
                                       [&](const EVP_MD* algorithm) {
                                         MessageDigest digest(algorithm);
                                         const auto feed = [&](std::string_view chunk) { digest.update(chunk); };
                                         bytes.each(0, ranges->hole, feed);
                                         bytes.each(ranges->after, ranges->end, feed);
                                         return digest.finish();
                                       });
  report.digest_method = verdict.digest_method;
  report.digest_valid = verdict.digest_valid;
  report.signature_valid = verdict.signature_valid;
  report.covers_whole_file = ranges->end == file_size;
  report.reason = verdict.reason;
  report.changed_after = report.covers_whole_file ? "nothing" : "";
  if (report.signature_valid && !report.covers_whole_file) {
    judge_later_revisions(reader, ranges->end, report);
  }
  judge_signer(verdict, stated, anchors, report);
  return report;
}

}  // namespace sohoa
