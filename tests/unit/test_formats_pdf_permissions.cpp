// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_permissions.hpp"
#include "formats/verdict.hpp"

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

using Kind = Change::Kind;

// a, s and f for allowed, suspect and forbidden: without a certification, and with P = 1, 2 and 3.
std::string judgements(const Change& change, const std::vector<FieldLock>& locks = {}) {
  std::string letters;
  for (const std::optional<int> p : {std::optional<int>(), std::optional(1), std::optional(2), std::optional(3)}) {
    double covered = 0;
    letters += to_string(judge_change(change, {p, locks}, covered)).front();
  }
  return letters;
}

Change change(Kind kind, const std::string& field = "A", double share = 0, bool shown = false) {
  return {kind, "something was changed", field, share, shown};
}

}  // namespace

TEST_CASE("what may change after a signature is a table") {
  CHECK(judgements(change(Kind::validation_data)) == "aaaa");
  CHECK(judgements(change(Kind::time_stamp)) == "aaaa");
  CHECK(judgements(change(Kind::version)) == "aaaa");
  CHECK(judgements(change(Kind::metadata)) == "afaa");
  CHECK(judgements(change(Kind::signature_filled)) == "afaa");
  CHECK(judgements(change(Kind::signature_added)) == "afaa");
  CHECK(judgements(change(Kind::field_filled)) == "ffaa");
  CHECK(judgements(change(Kind::annotation)) == "fffa");
  CHECK(judgements(change(Kind::annotation, "", 0, true)) == "fffs");
  CHECK(judgements(change(Kind::other)) == "ffff");
}

TEST_CASE("a new signature may not cover the page, nor may several together") {
  CHECK(judgements(change(Kind::signature_added, "A", 0.05)) == "afaa");
  CHECK(judgements(change(Kind::signature_added, "A", 0.2)) == "afss");
  CHECK(judgements(change(Kind::signature_added, "A", 0.3)) == "sfss");
  double covered = 0;
  const Change part = change(Kind::signature_added, "A", 0.1);
  CHECK(judge_change(part, {}, covered) == Judgement::allowed);
  CHECK(judge_change(part, {}, covered) == Judgement::allowed);
  CHECK(judge_change(part, {}, covered) == Judgement::suspect);
  CHECK(judge_change(change(Kind::signature_added), {}, covered) == Judgement::allowed);
}

TEST_CASE("a lock holds for its fields and what is below them") {
  const FieldLock some{FieldLock::Action::include, {"A", "B.C"}};
  CHECK(some.locks("A"));
  CHECK(some.locks("A.x"));
  CHECK(some.locks("B.C.x"));
  CHECK_FALSE(some.locks("AB"));
  CHECK_FALSE(some.locks("B"));
  const FieldLock others{FieldLock::Action::exclude, {"A"}};
  CHECK_FALSE(others.locks("A.x"));
  CHECK(others.locks("B"));
  CHECK(FieldLock{}.locks("anything"));
  for (const Kind kind : {Kind::signature_filled, Kind::signature_added, Kind::field_filled}) {
    CHECK(judgements(change(kind, "A"), {some}) == "ffff");
    CHECK(judgements(change(kind, "A"), {others}) == judgements(change(kind)));
  }
  CHECK(judgements(change(Kind::time_stamp, "A"), {some}) == "aaaa");
}

TEST_CASE("the worse verdict stays, of two alike the first") {
  Verdict verdict;
  weigh(verdict, indeterminate("TRY_LATER", "a"));
  weigh(verdict, indeterminate("NO_POE", "b"));
  CHECK(verdict.sub == "TRY_LATER");
  weigh(verdict, invalid("REVOKED", "c"));
  weigh(verdict, {});
  CHECK(verdict.sub == "REVOKED");
  CHECK(to_string(verdict.indication) == "invalid");
  CHECK_FALSE(verdict.holds());
  CHECK(Verdict{}.holds());
}
