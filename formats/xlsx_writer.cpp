// SPDX-License-Identifier: Apache-2.0
#include "formats/xlsx_writer.hpp"

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "formats/columns.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <xlsxwriter.h>

namespace sohoa {
namespace {

constexpr std::size_t max_text = 32767;  // UTF-16 units of a cell
constexpr std::size_t exact_digits = 15;
constexpr double widest = 60;  // characters

struct Close {
  void operator()(lxw_workbook* book) const noexcept { lxw_workbook_free(book); }
};

// Without what XML 1.0 forbids, and not longer than a cell takes.
std::string cell_text(const std::string& text, bool& cut) {
  std::string out;
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto head = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = head < 0x80 ? 1 : head < 0xE0 ? 2 : head < 0xF0 ? 3 : 4;
    units += bytes == 4 ? 2U : 1U;
    if (units > max_text) {
      cut = true;
      return out;
    }
    const std::string_view one = std::string_view(text).substr(at, bytes);
    const bool allowed = bytes > 1 ? one != "\xEF\xBF\xBE" && one != "\xEF\xBF\xBF"  // U+FFFE, U+FFFF
                                   : head >= 0x20 || head == '\n' || head == '\t';
    if (allowed) {
      out.append(one);
    }
    at += bytes;
  }
  return out;
}

// "dd/MM/yyyy" as a workbook says it; of what has no such form the day as ISO 8601 has it.
std::string cell_form(const std::string& form) {
  const bool plain = form.find_first_not_of("yMdHms/-.: ") == std::string::npos && !form.empty();
  std::string text = plain ? form : "yyyy-MM-dd";
  std::replace(text.begin(), text.end(), 'M', 'm');
  std::replace(text.begin(), text.end(), 'H', 'h');
  return text;
}

}  // namespace

struct XlsxWriter::Book {
  std::unique_ptr<lxw_workbook, Close> book;
  std::vector<Profile::Column> columns;
  std::vector<lxw_format*> formats = {};
  std::vector<double> widths = {};
  lxw_format* heading = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_row_t rows = 0;  // of the sheet
  std::size_t sheets = 0;
  std::size_t cut = 0;

  void begin_sheet() {
    finish_sheet();
    const std::string name = sheets == 0 ? "sohoa" : "sohoa " + std::to_string(sheets + 1);
    sheet = workbook_add_worksheet(book.get(), name.c_str());
    if (sheet == nullptr) {
      throw not_written("cannot begin a sheet of the workbook", errno);
    }
    ++sheets;
    rows = 1;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      check(worksheet_write_string(sheet, 0, column(i), columns[i].title.c_str(), heading));
    }
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9);  // A4
  }

  void finish_sheet() {
    if (sheet == nullptr || columns.empty()) {
      return;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      worksheet_set_column(sheet, column(i), column(i), widths[i], formats[i]);
    }
    worksheet_autofilter(sheet, 0, 0, rows - 1, column(columns.size() - 1));
  }

  void write(std::size_t i, const std::string& cell) {
    const Profile::Column& rule = columns[i];
    const std::optional<ClockTime> day = rule.kind == "date" ? day_of(cell, rule.date) : std::nullopt;
    if (day) {
      lxw_datetime at = {day->year,
                         day->month,
                         day->day,
                         day->second_of_day / 3600,
                         day->second_of_day / 60 % 60,
                         static_cast<double>(day->second_of_day % 60)};
      check(worksheet_write_datetime(sheet, rows, column(i), &at, formats[i]));
    } else if (rule.kind == "number" && all_digits(cell) && cell.size() <= exact_digits &&
               (cell.front() != '0' || cell.size() == 1)) {
      check(worksheet_write_number(sheet, rows, column(i), std::stod(cell), formats[i]));
    } else {
      bool was_cut = false;
      const std::string text = cell_text(cell, was_cut);
      cut += was_cut ? 1U : 0U;
      check(worksheet_write_string(sheet, rows, column(i), text.c_str(), formats[i]));
    }
    widths[i] = std::max(widths[i], std::min(widest, static_cast<double>(characters(cell)) + 2));
  }

  static lxw_col_t column(std::size_t i) { return static_cast<lxw_col_t>(i); }

  // Back from the form in which the column writes it; spreadsheets know no day before 1900.
  static std::optional<ClockTime> day_of(const std::string& cell, const std::string& form) {
    ClockTime time;
    const std::string wanted = form.empty() ? "yyyy-MM-dd" : form;
    if (cell.size() != wanted.size()) {
      return std::nullopt;
    }
    const auto part = [&](const char* letters, std::size_t digits, int otherwise) {
      const std::size_t at = wanted.find(letters);
      const std::string text = at == std::string::npos ? std::string() : cell.substr(at, digits);
      return at == std::string::npos ? otherwise : all_digits(text) ? std::stoi(text) : -1;
    };
    time.year = part("yyyy", 4, -1);
    time.month = part("MM", 2, -1);
    time.day = part("dd", 2, -1);
    time.second_of_day = 3600 * part("HH", 2, 0) + 60 * part("mm", 2, 0) + part("ss", 2, 0);
    const bool same = time.year >= 1901 && time.second_of_day >= 0 && written_time(time, wanted, 0) == cell &&
                      clock_time(written_time(time, "yyyy-MM-dd", 0), 0).has_value();
    return same ? std::optional<ClockTime>(time) : std::nullopt;
  }

  static void check(lxw_error error) {
    if (error != LXW_NO_ERROR) {
      const int cause = errno;
      throw not_written(std::string("cannot write the workbook (") + lxw_strerror(error) + ")", cause);
    }
  }
};

XlsxWriter::XlsxWriter(const fs::path& target, const std::vector<Profile::Column>& columns)
    : m_file(target), m_book(std::make_unique<Book>()) {
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;
  m_book->book.reset(workbook_new_opt(m_file.temporary().c_str(), &options));
  if (!m_book->book) {
    throw not_written("cannot make the workbook " + target.string(), errno);
  }
  m_book->columns = columns;
  lxw_doc_properties properties = {};
  std::string application = "sohoa";
  properties.author = application.data();
  properties.created = static_cast<time_t>(artefact_time().time_since_epoch().count());
  Book::check(workbook_set_properties(m_book->book.get(), &properties));
  m_book->heading = workbook_add_format(m_book->book.get());
  format_set_bold(m_book->heading);
  format_set_bg_color(m_book->heading, 0xDDE6F0);
  format_set_border(m_book->heading, LXW_BORDER_THIN);
  for (const Profile::Column& column : columns) {
    lxw_format* format = workbook_add_format(m_book->book.get());
    const std::string form = column.kind == "date" ? cell_form(column.date) : column.kind == "number" ? "0" : "@";
    format_set_num_format(format, form.c_str());
    m_book->formats.push_back(format);
    m_book->widths.push_back(std::max(8.0, static_cast<double>(characters(column.title)) + 4));
  }
  m_book->begin_sheet();
}

XlsxWriter::~XlsxWriter() = default;

void XlsxWriter::row(const std::vector<std::string>& cells) {
  if (m_book->rows == LXW_ROW_MAX) {
    m_book->begin_sheet();
  }
  for (std::size_t i = 0; i < std::min(cells.size(), m_book->columns.size()); ++i) {
    if (!cells[i].empty()) {
      m_book->write(i, cells[i]);
    }
  }
  ++m_book->rows;
}

std::size_t XlsxWriter::cut() const { return m_book->cut; }

void XlsxWriter::commit() {
  m_book->finish_sheet();
  errno = 0;
  Book::check(workbook_close(m_book->book.release()));  // frees it
  m_file.commit();
}

}  // namespace sohoa
