// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_later_revisions.hpp"

#include "formats/pdf_graph.hpp"
#include "formats/pdf_permissions.hpp"

#include <algorithm>

namespace sohoa {
namespace {

Verdict modified(const std::string& what) { return invalid("MODIFIED_AFTER_SIGNING", what); }

bool has_signature(const PdfReader& revision, const SignatureFacts& facts) {
  const std::vector<PdfField> fields = signed_fields(revision);
  return std::any_of(fields.begin(), fields.end(), [&](const PdfField& field) {
    return field.name == facts.field && reference_of(raw(field.field, "V")) == facts.value;
  });
}

bool is_plain(const std::string& kind) { return kind != "field-filled" && kind != "annotation"; }

std::string summary(const std::vector<ChangeReport>& changes) {
  const auto any = [&](auto&& test) { return std::any_of(changes.begin(), changes.end(), test); };
  if (changes.empty()) {
    return "bytes";
  }
  if (any([](const ChangeReport& change) { return change.judgement == "forbidden"; })) {
    return "content";
  }
  if (any([](const ChangeReport& change) { return change.judgement == "suspect"; })) {
    return "suspect";
  }
  return any([](const ChangeReport& change) { return !is_plain(change.kind); }) ? "permitted" : "signatures";
}

Verdict verdict_of(const std::vector<ChangeReport>& changes) {
  Verdict verdict;
  for (const ChangeReport& change : changes) {
    const std::string what = change.what + " after it was made";
    if (change.judgement == "forbidden") {
      weigh(verdict, modified(what));
    } else if (change.judgement == "suspect") {
      weigh(verdict, indeterminate("SUSPECT_MODIFICATION", what));
    }
  }
  return verdict;
}

}  // namespace

Verdict judge_later_revisions(const PdfReader& now, const PdfRevisions& revisions, const SignatureFacts& facts,
                              std::uint64_t file_size, SignatureReport& report) {
  report.covers = facts.bytes->end;
  report.covers_whole_file = report.covers == file_size;
  report.changed_after = report.covers_whole_file ? "nothing" : "content";
  const PdfReader* own = report.covers_whole_file ? &now : revisions.at(report.covers);
  if (own == nullptr) {
    return modified("the bytes that it signed are no whole revision of the file");
  }
  Verdict verdict;
  try {
    with_podofo(now.path(), [&] {
      if (!has_signature(*own, facts)) {
        verdict = modified("the bytes that it signed do not hold the signature itself");
        return;
      }
      const Permissions permissions = permissions_of(*own);
      double covered = 0;
      for (const PdfRevisions::Revision* revision : revisions.after(report.covers)) {
        for (const Change& change : revision->changes) {
          const Judgement judgement = judge_change(change, permissions, covered);
          report.changes.push_back(
              {revision->end, std::string(to_string(change.kind)), change.what, std::string(to_string(judgement))});
        }
      }
      verdict = verdict_of(report.changes);
      report.changed_after = report.covers_whole_file ? "nothing" : summary(report.changes);
    });
  } catch (const Error&) {
    verdict = modified("the revision that it signed cannot be read");
  }
  return verdict;
}

}  // namespace sohoa
