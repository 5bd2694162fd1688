// SPDX-License-Identifier: Apache-2.0
// What the signatures of a revision say may still be changed behind it (ISO 32000-1, 12.8.2), and whether a change
// keeps to it.
#pragma once

#include "formats/pdf_changes.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sohoa {

// FieldMDP (12.8.2.4), or the Lock of a signed signature field (12.7.4.5).
struct FieldLock {
  enum class Action { all, include, exclude };
  Action action = Action::all;
  std::vector<std::string> fields;  // fully qualified; each stands for its descendants, too

  [[nodiscard]] bool locks(const std::string& field) const;
};

struct Permissions {
  // P of the DocMDP transform (table 254), the strictest of the revision's signatures: 1 nothing, 2 filling in and
  // signing, 3 also annotations. Nothing when no signature certifies.
  std::optional<int> certified = {};
  std::vector<FieldLock> locks = {};
};

Permissions permissions_of(const PdfReader& revision);
bool is_locked(const Permissions& permissions, const std::string& field);

enum class Judgement { allowed, suspect, forbidden };
std::string_view to_string(Judgement judgement);

// The rule.
// - Always: validation data, document time-stamps without an appearance (EN 319 142-1, 5.4 and 6.3), the name of the
//   version.
// - Metadata: unless P = 1.
// - A signature into an empty field, or with a field of its own: unless P = 1 or a lock says so. New fields that
//   together show themselves on more than k_max_share of a page, or k_max_share_certified of a certified one, are
//   suspect: they may stand where something else was signed (offices do countersign what others certified, in small
//   blocks).
// - Filling in: where P is 2 or 3 and no lock says otherwise.
// - Annotations: where P = 3; one that may show something of its own over the page is suspect all the same.
// - Anything else never.
// `covered`: the share of a page that new fields took in the revisions before; the change's own is added to it.
Judgement judge_change(const Change& change, const Permissions& permissions, double& covered);

inline constexpr double k_max_share = 0.25;
inline constexpr double k_max_share_certified = 0.1;

}  // namespace sohoa
