// SPDX-License-Identifier: Apache-2.0
#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "formats/table.hpp"
#include "formats/xlsx_value.hpp"
#include "formats/xlsx_writer.hpp"
#include "formats/zip_reader.hpp"
#include "tests/support/corpus.hpp"
#include "tests/support/stored_zip.hpp"

#include <doctest/doctest.h>

using namespace sohoa;

namespace {

Table read(const std::string& bytes, const std::string& sheet = {}) {
  const test::TempDir folder;
  write_file(folder / "register.xlsx", bytes);
  return read_table(folder / "register.xlsx", sheet);
}

std::vector<std::string> first_row(const std::string& cells, const std::string& strings = {},
                                   const std::string& styles = {}) {
  const Table table =
      read(test::workbook("<worksheet><sheetData><row>" + cells + "</row></sheetData></worksheet>", strings, styles));
  return table.rows.empty() ? std::vector<std::string>() : table.rows.front().cells;
}

using Cells = std::vector<std::string>;

}  // namespace

TEST_SUITE("formats::xlsx") {
  TEST_CASE("texts come from shared strings, from the cell and from formulas, without reading aids") {
    const std::string strings =
        "<sst><si><t>Số ký hiệu</t></si><si><r><t>12/</t></r><r><t>QĐ-UBND</t></r><rPh><t>no</t></rPh></si></sst>";
    CHECK(
        first_row(
            R"(<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>a_x000A_b</t></is></c>)"
            R"(<c t="str"><f>A1</f><v>kept</v></c><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c><c t="s"><v>9</v></c>)",
            strings) == Cells{"Số ký hiệu", "12/QĐ-UBND", "a\nb", "kept", "", "TRUE"});
  }

  TEST_CASE("cells stand where their reference says, else beside the one before") {
    CHECK(first_row(R"(<c r="B1"><v>2</v></c><c><v>3</v></c><c r="ZZZ1"><v>9</v></c>)") == Cells{"", "2", "3"});
  }

  TEST_CASE("numbers are told in full, and with the zeros that the sheet shows") {
    const std::string styles = R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="000000000000"/>
      <numFmt numFmtId="165" formatCode="0.000000"/></numFmts>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>)";
    CHECK(
        first_row(
            R"(<c><v>3.8190001234E10</v></c><c s="1"><v>38190001234</v></c><c s="2"><v>2.00193</v></c><c><v>0.1</v></c>)",
            {}, styles) == Cells{"38190001234", "038190001234", "2.001930", "0.1"});
  }

  TEST_CASE("dates are told as ISO 8601, whatever they look like") {
    const auto text = [](const std::string& number, const std::string& code, bool from_1904 = false) {
      return number_text(number, custom_format(code), from_1904);
    };
    CHECK(number_text("46329", builtin_format(14), false) == "2026-11-03");
    CHECK(number_text("46329.75", builtin_format(22), false) == "2026-11-03 18:00:00");
    CHECK(number_text("0.5", builtin_format(20), false) == "12:00:00");
    CHECK(text("46329", "dd/mm/yyyy") == "2026-11-03");
    CHECK(text("46329.9", "[$-42A]dd mmmm yyyy;@") == "2026-11-03");
    CHECK(text("44867", "dd/mm/yyyy", true) == "2026-11-03");
    CHECK(text("1", "d/m/yy") == "1900-01-01");
    CHECK(text("60", "d/m/yy") == "1900-02-29");
    CHECK(text("61", "d/m/yy") == "1900-03-01");
    CHECK(text("46329", "\"day\" 0") == "46329");
    CHECK(text("46329", "[Red]General") == "46329");
    CHECK(text("-5", "dd/mm/yyyy") == "-5");
    CHECK(text("1e300", "dd/mm/yyyy") == "1e300");
    CHECK(text("no number", "dd/mm/yyyy") == "no number");
  }

  TEST_CASE("a merged cell counts for all its rows, and rows keep their numbers") {
    const Table table = read(test::workbook(
        R"(<x:worksheet xmlns:x="y"><x:sheetData><x:row r="2"><x:c r="A2"><x:v>7</x:v></x:c></x:row><x:row r="4"><x:c r="B4"><x:v>8</x:v></x:c></x:row>
        <x:row r="5"><x:c r="B5"><x:v>9</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A2:A4"/></x:mergeCells></x:worksheet>)"));
    REQUIRE(table.rows.size() == 3);
    CHECK(table.rows[1].number == 4);
    CHECK(table.rows[1].cells == Cells{"7", "8"});
    CHECK(table.rows[2].cells == Cells{"", "9"});
  }

  TEST_CASE("the first sheet that is shown, or the one that is named") {
    const std::string bytes =
        test::workbook("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>");
    CHECK(read(bytes, "Sổ").rows.size() == 1);
    CHECK_THROWS_WITH_AS(read(bytes, "Sheet1"), doctest::Contains("has no sheet Sheet1"), Error);
    CHECK_THROWS_WITH_AS(read(bytes, "H"), doctest::Contains("lacks a sheet"), Error);
  }

  TEST_CASE("nothing is expanded, and what is damaged is told") {
    CHECK_THROWS_WITH_AS(first_row("<c><v>&a;</v></c>", "<!DOCTYPE s [<!ENTITY a 'b'>]><sst/>"),
                         doctest::Contains("document type"), Error);
    CHECK(first_row("<c><v>&a;</v></c>") == Cells{"&a;"});
    CHECK_THROWS_WITH_AS(first_row("<c><v>1</c>"), doctest::Contains("damaged part"), Error);
    CHECK_THROWS_WITH_AS(read("PK\x03\x04 and no more"), doctest::Contains("cannot be unpacked"), Error);
    CHECK_THROWS_WITH_AS(read(test::stored_zip({{"mimetype", "text"}})), doctest::Contains("holds no workbook"), Error);
    CHECK_THROWS_WITH_AS(read("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), doctest::Contains("old .xls"), Error);
  }

  TEST_CASE("a part gives no more bytes than were asked for, and a sheet no more cells than allowed") {
    const test::TempDir folder;
    write_file(folder / "a.zip", test::stored_zip({{"part", std::string(1000, 'x')}}));
    CHECK(ZipReader(folder / "a.zip").part("PART", 1000)->size() == 1000);
    CHECK_THROWS_WITH_AS(static_cast<void>(ZipReader(folder / "a.zip").part("part", 999)),
                         doctest::Contains("unpacks to more"), Error);
    std::string rows;
    for (int row = 0; row < 4100; ++row) {
      rows += R"(<row><c r="ALK1"><v>1</v></c></row>)";
    }
    CHECK_THROWS_WITH_AS(read(test::workbook("<worksheet><sheetData>" + rows + "</sheetData></worksheet>")),
                         doctest::Contains("more than 4000000 cells"), Error);
  }

  TEST_CASE("what is written is read again: texts, numbers, days; never a formula") {
    const test::TempDir folder;
    Profile::Column text;
    text.title = "Trích yếu";
    Profile::Column number = text;
    number.title = "Số";
    number.kind = "number";
    Profile::Column day = text;
    day.title = "Ngày";
    day.kind = "date";
    day.date = "dd/MM/yyyy";
    XlsxWriter book(folder / "t.xlsx", {text, number, day});
    book.row({"=1+1", "12", "05/01/2026"});
    book.row({"", "007", "31/02/2026"});
    book.row(
        {"a\x01\x0B\xEF\xBF\xBF"
         "b\n<&>\"",
         "1234567890123456", "05/01/1890"});
    book.row({std::string(40000, 'x'), "", ""});
    book.commit();
    CHECK(book.cut() == 1);
    const Table table = read_table(folder / "t.xlsx");
    REQUIRE(table.rows.size() == 5);
    CHECK(table.rows[0].cells == Cells{"Trích yếu", "Số", "Ngày"});
    CHECK(table.rows[1].cells == Cells{"=1+1", "12", "2026-01-05"});
    CHECK(table.rows[2].cells == Cells{"", "007", "31/02/2026"});
    CHECK(table.rows[3].cells == Cells{"ab\n<&>\"", "1234567890123456", "05/01/1890"});
    CHECK(table.rows[4].cells.front().size() == 32767);
  }

  TEST_CASE("a workbook that was not finished leaves nothing") {
    const test::TempDir folder;
    {
      XlsxWriter book(folder / "t.xlsx", {Profile::Column()});
      book.row({"x"});
    }
    CHECK(fs::is_empty(folder / "."));
  }
}
