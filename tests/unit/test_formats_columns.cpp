// SPDX-License-Identifier: Apache-2.0
#include "formats/columns.hpp"

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

std::string written(const std::string& text, const std::string& form, int zone = 420) {
  const std::optional<ClockTime> time = clock_time(text, zone);
  return time ? written_time(*time, form, zone) : "none";
}

Json record_with(const std::string& kind) {
  return Json{
      {"status", "ok"}, {"dossier", {{"code", "H1"}, {"ordinal", 7}}}, {"fields", {{"kind", {{"value", kind}}}}}};
}

struct Table {
  Profile profile;
  std::vector<Profile::Column> columns;
  std::vector<Problem> warnings;

  std::vector<std::string> cells(const Json& record) {
    warnings.clear();
    return Columns(columns, profile).cells(record, warnings);
  }
  Profile::Column& column(const std::string& value) {
    Profile::Column& one = columns.emplace_back();
    one.title = "C" + std::to_string(columns.size());
    one.value = value;
    return one;
  }
};

}  // namespace

TEST_SUITE("formats::columns") {
  TEST_CASE("days and times are written in the form that is asked for, in the office's zone") {
    CHECK(written("2026-01-05", "dd/MM/yyyy") == "05/01/2026");
    CHECK(written("5/1/2026", "yyyyMMddHHmmss") == "20260105000000");
    CHECK(written("2025-12-31T17:00:01Z", "yyyy-MM-ddTHH:mm:ssXXX") == "2026-01-01T00:00:01+07:00");
    CHECK(written("2026-03-01T02:00:00Z", "yyyy-MM-ddTHH:mm:ssXXX", -210) == "2026-02-28T22:30:00-03:30");
    CHECK(written("2024-02-29", "ss dd") == "00 29");
    for (const char* text : {"2026-02-29", "31/04/2026", "2026-13-01", "2026-01-05T24:00:00Z", "hôm qua", "", "2026",
                             "2026-01-05T16:05:09", "20260105", "0000-01-01"}) {
      CHECK(written(text, "dd") == "none");
    }
  }

  TEST_CASE("a list gives the code, also for names that differ in marks, and only where one is meant") {
    Table table;
    table.profile.lists["kinds"].codes = {{"08", {"HD", "hướng dẫn"}}, {"21", {"HĐ", "hợp đồng"}}, {"32", {"khác"}}};
    Profile::Column& column = table.column("kind");
    column.list = "kinds";
    CHECK(table.cells(record_with("HD")).front() == "08");
    CHECK(table.cells(record_with("HĐ")).front() == "21");
    CHECK(table.cells(record_with("HUONG DAN")).front() == "08");
    CHECK(table.cells(record_with("21")).front() == "21");
    CHECK(table.warnings.empty());
    CHECK(table.cells(record_with("hd")).front() == "hd");  // of the two
    REQUIRE(table.warnings.size() == 1);
    CHECK(table.warnings.front().id == "cell-code");
    table.columns.front().otherwise = "32";
    CHECK(table.cells(record_with("sổ")).front() == "32");
    CHECK(table.warnings.size() == 1);
    CHECK(table.cells(record_with("")).front() == "32");
    CHECK(table.warnings.empty());
  }

  TEST_CASE("patterns and templates take parts of the record") {
    Table table;
    table.column("{dossier.code}.{dossier.ordinal:03}");
    table.column("kind").pattern = "^[^/]*/(.+)$";
    table.column("{dossier.code}.{missing}");
    CHECK(table.cells(record_with("12/QĐ-UBND")) == std::vector<std::string>{"H1.007", "QĐ-UBND", ""});
    CHECK(table.cells(record_with("12")) == std::vector<std::string>{"H1.007", "", ""});
  }

  TEST_CASE("what breaks a column's rules is told, and stands among the problems of the row") {
    Table table;
    table.column("kind").max_length = 3;
    table.column("missing").required = true;
    table.column("kind").date = "dd/MM/yyyy";
    table.column("problems");
    const std::vector<std::string> cells = table.cells(record_with("sổ đỏ"));
    REQUIRE(table.warnings.size() == 3);
    CHECK(table.warnings[0].message == "C1 has 5 letters, more than the 3 that are taken");
    CHECK(table.warnings[1].id == "cell-missing");
    CHECK(table.warnings[2].id == "cell-date");
    CHECK(cells[0] == "sổ đỏ");
    CHECK(cells[3] == table.warnings[0].message + "; " + table.warnings[1].message + "; " + table.warnings[2].message);
    Json failed = record_with("sổ đỏ");
    failed["status"] = "failed";
    table.cells(failed);
    CHECK(table.warnings.empty());
  }

  TEST_CASE("a column of a list that is not there is refused") {
    Table table;
    table.column("kind").list = "nothing";
    CHECK_THROWS_WITH_AS(table.cells(record_with("x")), doctest::Contains("the list nothing"), Error);
  }
}
