// SPDX-License-Identifier: Apache-2.0
#include "core/register_join.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

using Cells = std::vector<std::string>;

Table table(std::vector<Cells> rows) {
  Table made{"register.csv", {}};
  for (Cells& cells : rows) {
    made.rows.push_back({made.rows.size() + 1, std::move(cells)});
  }
  return made;
}

const Profile& profile() {
  static const Profile loaded = load_profile("vn-tthc");
  return loaded;
}

Document scan(const std::string& path) { return Document::of_source(path, "file"); }

Document read_scan(const std::string& path, const std::map<std::string, std::string>& fields,
                   double confidence = 0.95) {
  Document document = scan(path);
  for (const auto& [name, value] : fields) {
    document.set_field(name, value, confidence, "ocr");
  }
  return document;
}

// "name 0", "page 1 2": what led there, and the rows.
std::string match(const Register& joined, const Document& document) {
  const RegisterMatch found = joined.match(document);
  std::string text = found.by;
  for (const std::size_t row : found.rows) {
    text += " " + std::to_string(row);
  }
  return text;
}

Document with_id(Document document, char id) {
  document.record()["id"] = std::string(64, id);
  return document;
}

}  // namespace

TEST_SUITE("core::register") {
  TEST_CASE("headings are found below titles, by their aliases, and column numbers are no row") {
    const auto rows = register_rows(table({{"DANH SÁCH HỒ SƠ"},
                                           {"", "Năm 2026"},
                                           {"Mã hồ sơ", "Số,\nký hiệu", "NGÀY BAN HÀNH", "Ghi chú"},
                                           {"(1)", "(2)", "(3)", "(4)"},
                                           {"H-1", "5/QĐ-UBND", "3/11/2026", "x"}}),
                                    profile());
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].number == 5);
    CHECK(rows[0].value("dossier") == "H-1");
    CHECK(rows[0].value("symbol") == "5/QĐ-UBND");
    CHECK(rows[0].value("issued_date") == "2026-11-03");
    CHECK(rows[0].value("Ghi chú") == "x");
    CHECK_THROWS_WITH_AS(register_rows(table({{"Ghi chú"}, {"x"}}), profile()), doctest::Contains("no column by which"),
                         Error);
  }

  TEST_CASE("names lead to rows: source, dossier, dossier and ordinal, symbol") {
    const Register joined(table({{"source", "dossier", "ordinal", "symbol"},
                                 {"QD-1.tif", "", "", ""},
                                 {"", "H-1", "1", "5/QĐ-UBND"},
                                 {"", "H-1", "2", "6/QĐ-UBND"},
                                 {"", "H-2", "", ""},
                                 {"a", "", "", ""},
                                 {"A", "", "", ""}}),
                          profile());
    CHECK(match(joined, scan("inbox/QD-1.tif")) == "name 0");
    CHECK(match(joined, scan("inbox/qd-1.pdf")) == "name 0");
    CHECK(match(joined, scan("inbox/H-2")) == "name 3");
    CHECK(match(joined, scan("inbox/H-1")) == "name 1 2");
    CHECK(match(joined, scan("inbox/H-1.002.pdf")) == "name 2");
    CHECK(match(joined, scan("inbox/H-1.003.pdf")) == "");
    CHECK(match(joined, scan("H-1/02.tif")) == "name 2");
    CHECK(match(joined, scan("H-1/7.tif")) == "");
    CHECK(match(joined, scan("H-1/6-QĐ-UBND.tif")) == "name 2");
    CHECK(match(joined, scan("inbox/5-QĐ-UBND.pdf")) == "name 1");
    CHECK(match(joined, scan("inbox/a.tif")) == "name 4");
    CHECK(match(joined, scan("inbox/other.tif")) == "");
    CHECK(match(joined, read_scan("inbox/H-1", {{"symbol", "05/QD-UBND"}})) == "name 1");
  }

  TEST_CASE("a barcode comes before the name, and another name is told") {
    const Register joined(table({{"source", "dossier", "ordinal"}, {"a", "H-1", "1"}, {"b", "H-1", "2"}}), profile());
    Document document = scan("inbox/a.tif");
    document.record()["dossier"] = Json{{"code", "H-1"}, {"ordinal", 2U}, {"origin", "barcode"}};
    const RegisterMatch found = joined.match(document);
    CHECK(found.by == "barcode");
    CHECK(found.rows == std::vector<std::size_t>{1});
    CHECK(found.by_name == std::vector<std::size_t>{0});
    document.record()["dossier"].erase("ordinal");
    CHECK(match(joined, document) == "barcode 0");  // the name narrows down what the barcode leaves open
    Document other = scan("inbox/c.tif");
    other.record()["dossier"] = Json{{"code", "H-1"}};
    CHECK(match(joined, other) == "barcode 0 1");
  }

  TEST_CASE("a pattern of the profile takes file names apart") {
    Profile office = profile();
    office.register_rules.file_pattern =
        R"(^(?<ordinal>\d{1,5})\s+(?<ownerName>.+?)\s+(?<issuedDate>\d{2}-\d{2}-\d{4})\.pdf$)";
    const Register joined(table({{"stt", "họ tên", "ngày cấp"},
                                 {"1", "Trần Thị Thử", "03/11/2026"},
                                 {"2", "Trần Thị Thử", "03/11/2026"},
                                 {"3", "Lê Văn Mẫu", "04/11/2026"}}),
                          office);
    CHECK(match(joined, scan("inbox/002 TRẦN THỊ THỬ 03-11-2026.pdf")) == "pattern 1");
    CHECK(match(joined, scan("inbox/3 Lê Văn Mẫu 03-11-2026.pdf")) == "");
    CHECK(match(joined, scan("inbox/3 Lê Văn Mẫu.pdf")) == "");
    office.register_rules.file_pattern = "(?<a_b>x)";
    CHECK_THROWS_WITH_AS(Register(table({{"source"}}), office), doctest::Contains("no regular expression"), Error);
  }

  TEST_CASE("what was read leads to a row when it is sure and nothing speaks against it") {
    const Register joined(table({{"symbol", "issued_date", "agency", "dossier", "number"},
                                 {"5/QĐ-UBND", "2026-11-03", "UBND xã Mẫu", "", ""},
                                 {"6/QĐ-UBND", "2026-11-03", "UBND xã Mẫu", "", ""},
                                 {"6/QĐ-UBND", "2026-11-04", "UBND xã Mẫu", "", ""},
                                 {"6/QĐ-UBND", "2026-11-04", "UBND xã Thử", "", ""},
                                 {"", "2026-11-05", "", "", "7"},
                                 {"", "", "", "H-9", ""}}),
                          profile());
    CHECK(match(joined, read_scan("x", {{"symbol", "05/QĐ-UBND"}})) == "page 0");
    CHECK(match(joined, read_scan("x", {{"symbol", "05/QĐ-UBND"}}, 0.5)) == "page 0");
    CHECK(match(joined, read_scan("x", {{"symbol", "05/QĐ-UBND"}, {"issued_date", "2025-11-03"}}, 0.5)) == "");
    CHECK(match(joined, read_scan("x", {{"symbol", "6/QĐ-UBND"}}, 0.5)) == "");
    CHECK(match(joined, read_scan("x", {{"symbol", "05/QĐ-UBND"}}, 0.4)) == "");
    CHECK(match(joined, read_scan("x", {{"symbol", "5/QĐ-UBND"}, {"issued_date", "2025-11-03"}})) == "");
    CHECK(match(joined, read_scan("x", {{"symbol", "6/QĐ-UBND"}})) == "page 1 2 3");
    CHECK(match(joined, read_scan("x", {{"symbol", "6/QĐ-UBND"}, {"issued_date", "2026-11-03"}})) == "page 1");
    CHECK(match(joined, read_scan("x", {{"symbol", "6/QĐ-UBND"}, {"issued_date", "2026-11-04"}})) == "page 2 3");
    CHECK(match(joined, read_scan("x", {{"number", "7"}})) == "");
    CHECK(match(joined, read_scan("x", {{"number", "7"}, {"issued_date", "2026-11-05"}})) == "page 4");
    CHECK(match(joined, read_scan("x", {{"dossier", "H-9"}})) == "page 5");
  }

  TEST_CASE("each error is found once, and no more") {
    RegisterJoin join(Register(table({{"source", "symbol", "pages", "note_pair"},
                                      {"good", "1/A", "0", ""},
                                      {"missing", "2/A", "", ""},
                                      {"twice", "3/A", "", ""},
                                      {"pages", "4/A", "3", "1"},
                                      {"", "", "9", ""}}),
                               profile()),
                      profile());
    char id = 'a';
    for (const char* path : {"good.tif", "surplus.tif", "twice.tif", "twice.pdf", "pages.tif"}) {
      Document document = with_id(scan(path), id++);
      join.join(document);
      join.join_by_page(document);
    }
    std::vector<std::string> told;
    for (const ListedFinding& one : join.findings()) {
      told.push_back(one.finding.finding + " " + std::to_string(one.row) + " " + one.scan);
    }
    CHECK(told == std::vector<std::string>{"pages-differ 5 pages.tif", "surplus-scan 0 surplus.tif",
                                           "double-scan 4 twice.pdf", "missing-scan 3 ", "row-without-key 6 "});
  }

  TEST_CASE("a scan that is joined by its page loses the warning that it has no row, and differences are told") {
    RegisterJoin join(Register(table({{"symbol", "signer"}, {"5/QĐ-UBND", "Ai Đó"}}), profile()), profile());
    Document document = with_id(scan("x.tif"), 'a');
    join.join(document);
    CHECK(document.status() == Status::warning);
    document.set_field("symbol", "05/QĐ-UBND", 0.95, "ocr");
    document.set_field("signer", "Trần Thị Thử", 0.95, "ocr");
    join.join_by_page(document);
    CHECK(string_of(document.record()["reconciliation"], "by") == "page");
    CHECK(document.field("signer") == "Ai Đó");
    REQUIRE(document.record()["problems"].size() == 1);
    CHECK(string_of(document.record()["problems"][0], "id") == "field-differs");
    REQUIRE(join.findings().size() == 1);
    CHECK(join.findings()[0].finding.found == "Trần Thị Thử");
  }

  TEST_CASE("pairs of images of a page with a note are no difference") {
    const auto pages = [](const std::string& note, std::size_t images) {
      RegisterJoin join(Register(table({{"source", "pages", "note_pair"}, {"a", "2", note}}), profile()), profile());
      Document document = with_id(scan("a"), 'a');
      document.set_source_pages(std::vector<SourcePage>(images));
      join.join(document);
      return findings_of(document.record()).empty();
    };
    CHECK(pages("", 2));
    CHECK_FALSE(pages("", 3));
    CHECK(pages("x", 3));
    CHECK(pages("2", 4));
    CHECK_FALSE(pages("1", 4));
    CHECK_FALSE(pages("x", 1));
  }

  TEST_CASE("what an archive has is neither missing nor taken twice") {
    std::map<std::string, Json> archive;
    std::map<std::string, std::vector<std::string>> holders;
    RegisterMemory memory;
    memory.record = [&archive](const std::string& id) {
      return archive.count(id) > 0 ? std::optional(archive.at(id)) : std::nullopt;
    };
    memory.holders = [&holders](const std::string& key) { return holders[key]; };
    memory.note = [&holders](const std::vector<std::string>& keys, const std::string& id) {
      for (const std::string& key : keys) {
        holders[key].push_back(id);
      }
    };
    const Table rows = table({{"source", "dossier", "ordinal"}, {"a", "H-1", "1"}, {"b", "H-1", "2"}});
    Document document = with_id(scan("inbox/a.tif"), 'a');
    {
      RegisterJoin first(Register(rows, profile()), profile(), memory);
      first.join(document);
      first.join_by_page(document);
      archive[document.id()] = document.record();
    }
    {  // moved out of the inbox
      RegisterJoin again(Register(rows, profile()), profile(), memory);
      CHECK(again.missing() == Cells{"b"});
      Document other = with_id(scan("inbox/a.png"), 'c');
      again.join(other);
      CHECK(string_of(other.record()["problems"][0], "id") == "scan-double");
      CHECK_FALSE(other.record().contains("dossier"));
    }
    {  // still there
      RegisterJoin again(Register(rows, profile()), profile(), memory);
      Document known = with_id(scan("inbox/a.tif"), 'a');
      known.set_status(Status::known);
      again.pass(known);
      CHECK(again.missing() == Cells{"b"});
      CHECK(again.findings().size() == 1);
      Document copy = with_id(scan("inbox/b.tif"), 'a');
      copy.set_status(Status::known);
      again.pass(copy);
      REQUIRE(again.findings().size() == 1);
      CHECK(again.findings()[0].finding.finding == "double-scan");
      CHECK(again.findings()[0].finding.found == "inbox/a.tif");
    }
  }
}
