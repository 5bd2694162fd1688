// SPDX-License-Identifier: Apache-2.0
#include "formats/csv.hpp"

#include "core/error.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace sohoa {
namespace {

constexpr std::uint64_t max_file_bytes = std::uint64_t{64} << 20U;
constexpr std::size_t max_cells = 1000;
constexpr std::size_t max_cells_in_all = 4'000'000;  // an empty one takes 32 times its bytes
constexpr std::size_t max_cell_bytes = std::size_t{1} << 20U;

class Reader {
 public:
  Reader(std::string text, std::string name) : m_text(std::move(text)), m_name(std::move(name)) {
    if (m_text.rfind(csv_mark, 0) == 0) {
      m_at = csv_mark.size();
    }
    const std::string heading = m_text.substr(m_at, m_text.find('\n', m_at) - m_at);
    m_separator =
        std::count(heading.begin(), heading.end(), ';') > std::count(heading.begin(), heading.end(), ',') ? ';' : ',';
  }

  std::vector<TableRow> rows() {
    std::vector<TableRow> rows;
    for (std::size_t number = 1; m_at < m_text.size(); ++number) {
      CsvRow row = this->row();
      if (row.size() > 1 || !row.front().empty()) {
        rows.push_back({number, std::move(row)});
      }
    }
    return rows;
  }

 private:
  CsvRow row() {
    CsvRow row;
    while (true) {
      row.push_back(cell());
      if (row.size() > max_cells) {
        fail("csv-too-large", "has more than " + std::to_string(max_cells) + " columns",
             "keep only the columns of the register");
      }
      if (++m_cells > max_cells_in_all) {
        fail("csv-too-large", "is beyond the " + std::to_string(max_cells_in_all) + " cells allowed",
             "split the register, or look for empty rows and columns");
      }
      if (m_at >= m_text.size()) {
        return row;
      }
      const char end = m_text[m_at++];
      if (end == '\r' && m_at < m_text.size() && m_text[m_at] == '\n') {
        ++m_at;
      }
      if (end != m_separator) {
        ++m_line;
        return row;
      }
    }
  }

  std::string cell() {
    std::string cell = m_at < m_text.size() && m_text[m_at] == '"' ? quoted() : plain();
    if (cell.size() > max_cell_bytes) {
      fail("csv-too-large", "has a cell of more than 1 MiB", "look for a missing quotation mark");
    }
    if (!is_utf8(cell)) {
      fail("csv-encoding", "is not UTF-8", "save the file as CSV UTF-8");
    }
    return cell;
  }

  std::string plain() {
    const std::size_t begin = m_at;
    while (m_at < m_text.size() && m_text[m_at] != m_separator && m_text[m_at] != '\n' && m_text[m_at] != '\r') {
      ++m_at;
    }
    return m_text.substr(begin, m_at - begin);
  }

  std::string quoted() {
    const std::size_t begun = m_line;
    std::string cell;
    for (++m_at; m_at < m_text.size(); ++m_at) {
      if (m_text[m_at] == '"') {
        if (m_at + 1 == m_text.size() || m_text[m_at + 1] != '"') {
          ++m_at;
          return after_quote(cell);
        }
        ++m_at;
      }
      m_line += m_text[m_at] == '\n' ? 1U : 0U;
      cell += m_text[m_at];
    }
    m_line = begun;
    fail("csv-syntax", "begins a quotation that never ends", "close it with a quotation mark");
  }

  std::string after_quote(const std::string& cell) const {
    if (m_at < m_text.size() && m_text[m_at] != m_separator && m_text[m_at] != '\n' && m_text[m_at] != '\r') {
      fail("csv-syntax", "goes on after a closing quotation mark", "double the quotation marks inside a cell");
    }
    return cell;
  }

  [[noreturn]] void fail(const std::string& id, const std::string& what, const std::string& remedy) const {
    throw input_error(id, "line " + std::to_string(m_line) + " of " + m_name + " " + what, remedy);
  }

  std::string m_text;
  std::string m_name;
  std::size_t m_at = 0;
  std::size_t m_line = 1;
  std::size_t m_cells = 0;
  char m_separator = ',';
};

}  // namespace

std::vector<TableRow> read_csv_rows(const fs::path& file) {
  return Reader(read_file(file, max_file_bytes), file.string()).rows();
}

std::string csv_line(const CsvRow& row) {
  std::string line;
  for (const std::string& cell : row) {
    line += line.empty() && &cell == &row.front() ? "" : ",";
    const bool formula = !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
    const std::string safe = formula ? "'" + cell : cell;
    if (safe.find_first_of(",\"\r\n;") == std::string::npos) {
      line += safe;
      continue;
    }
    line += '"';
    for (const char c : safe) {
      line += c == '"' ? std::string("\"\"") : std::string(1, c);
    }
    line += '"';
  }
  return line + "\r\n";
}

}  // namespace sohoa
