// SPDX-License-Identifier: Apache-2.0
#include "formats/xlsx_reader.hpp"

#include "core/error.hpp"
#include "core/text.hpp"
#include "formats/xlsx_value.hpp"
#include "formats/zip_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <pugixml.hpp>

namespace sohoa {
namespace {

constexpr std::uint64_t max_part_bytes = std::uint64_t{128} << 20U;
constexpr std::size_t max_marks = 12'000'000;  // < and = of a part: what the tree in memory grows by
constexpr std::size_t max_columns = 1000;
constexpr std::size_t max_rows = 1'048'576;
constexpr std::size_t max_cells = 4'000'000;
constexpr std::size_t max_cell_bytes = std::size_t{1} << 20U;
constexpr std::size_t max_merges = 100'000;

// Names without the prefix of their namespace, which writers choose as they like.
std::string_view local(const char* name) {
  const char* const colon = std::strchr(name, ':');
  return colon == nullptr ? name : colon + 1;
}

bool is(const pugi::xml_node& node, std::string_view name) {
  return node.type() == pugi::node_element && local(node.name()) == name;
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
  return parent.find_child([name](const pugi::xml_node& node) { return is(node, name); });
}

std::string attribute(const pugi::xml_node& node, std::string_view name) {
  return node.find_attribute([name](const pugi::xml_attribute& one) { return local(one.name()) == name; }).value();
}

std::size_t number_of(const std::string& text) {
  const bool digits = !text.empty() && text.size() < 9 && text.find_first_not_of("0123456789") == std::string::npos;
  return digits ? std::stoul(text) : 0;
}

// Zero-based column and one-based row of "BC23"; what is missing is nothing.
struct Place {
  std::optional<std::size_t> column;
  std::optional<std::size_t> row;
};
Place place_of(const std::string& reference) {
  std::size_t column = 0;
  std::size_t at = 0;
  for (; at < reference.size() && at < 4 && reference[at] >= 'A' && reference[at] <= 'Z'; ++at) {
    column = column * 26 + static_cast<std::size_t>(reference[at] - 'A') + 1;
  }
  const std::size_t row = number_of(reference.substr(at));
  return {column > 0 ? std::optional(column - 1) : std::nullopt, row > 0 ? std::optional(row) : std::nullopt};
}

// _x000D_ stands for a character that XML cannot hold (22.9.2.19).
std::string unescaped(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string hex = text.compare(at, 2, "_x") == 0 && at + 6 < text.size() && text[at + 6] == '_'
                                ? text.substr(at + 2, 4)
                                : std::string();
    if (hex.size() == 4 && hex.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos) {
      const auto value = std::strtoul(hex.c_str(), nullptr, 16);
      out += value < 0x80 ? std::string(1, static_cast<char>(value)) : std::string();
      at += 6;
    } else {
      out += text[at];
    }
  }
  return out;
}

// The text of a string item: <t>, or the <t> of its runs <r>; not the reading aids beside it.
std::string text_of(const pugi::xml_node& item) {
  std::string text;
  for (const pugi::xml_node& part : item.children()) {
    if (is(part, "t")) {
      text += part.text().get();
    } else if (is(part, "r")) {
      text += child(part, "t").text().get();
    }
  }
  return unescaped(text);
}

class Workbook {
 public:
  explicit Workbook(const fs::path& file) : m_name(file.string()), m_zip(file) {
    pugi::xml_document package;
    load("_rels/.rels", package);
    const std::string book = target_of(package, "officeDocument", "").value_or("xl/workbook.xml");
    m_folder = book.substr(0, book.rfind('/') == std::string::npos ? 0 : book.rfind('/') + 1);
    if (!load(book, m_book)) {
      fail("holds no workbook");
    }
    const std::string from_1904 = attribute(child(root(m_book), "workbookPr"), "date1904");
    m_from_1904 = from_1904 == "1" || from_1904 == "true";
    load(m_folder + "_rels/" + book.substr(m_folder.size()) + ".rels", m_relations);
    read_strings();
    read_formats();
  }

  std::vector<TableRow> rows(const std::string& sheet) {
    pugi::xml_document document;
    if (!load(part_of(sheet), document)) {
      fail("lacks a sheet that its workbook names");
    }
    std::map<std::size_t, std::vector<std::string>> rows;
    std::size_t last = 0;
    for (const pugi::xml_node& row : child(root(document), "sheetData").children()) {
      if (is(row, "row")) {
        const std::size_t told = number_of(attribute(row, "r"));
        last = told > 0 ? told : last + 1;
        if (last > max_rows) {
          fail("has a row beyond the " + std::to_string(max_rows) + " that a sheet can have");
        }
        read_row(row, rows[last]);
      }
    }
    spread_merges(root(document), rows);
    std::vector<TableRow> table;
    for (auto& [number, cells] : rows) {
      if (std::any_of(cells.begin(), cells.end(), [](const std::string& cell) { return !trim(cell).empty(); })) {
        table.push_back({number, std::move(cells)});
      }
    }
    return table;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw input_error("xlsx-syntax", m_name + " " + what, "open it in a spreadsheet and save it again as .xlsx");
  }
  [[noreturn]] void too_large(const std::string& what) const {
    throw input_error("xlsx-too-large", m_name + " has more than " + what, "split the register");
  }

  static pugi::xml_node root(const pugi::xml_document& document) { return document.document_element(); }

  bool load(const std::string& part, pugi::xml_document& document) const {
    const std::optional<std::string> bytes = m_zip.part(part, max_part_bytes);
    if (!bytes) {
      return false;
    }
    const auto marks = std::count_if(bytes->begin(), bytes->end(), [](char c) { return c == '<' || c == '='; });
    if (static_cast<std::size_t>(marks) > max_marks) {
      too_large("fits into memory in " + part);
    }
    // Without the flag for entities only the five of XML and characters by number are known, whatever a DTD says.
    const pugi::xml_parse_result result = document.load_buffer(
        bytes->data(), bytes->size(), pugi::parse_default | pugi::parse_doctype | pugi::parse_ws_pcdata_single);
    if (!result) {
      fail("has a damaged part " + part + ": " + result.description());
    }
    if (document.find_child([](const pugi::xml_node& n) { return n.type() == pugi::node_doctype; })) {
      fail("has a document type in " + part + ", which no workbook has");
    }
    return true;
  }

  // The part that a relationship leads to, by the end of its type or its id.
  [[nodiscard]] std::optional<std::string> target_of(const pugi::xml_document& relations, const std::string& type,
                                                     const std::string& id) const {
    for (const pugi::xml_node& one : root(relations).children()) {
      const std::string kind = attribute(one, "Type");
      const bool wanted = id.empty() ? kind.ends_with("/" + type) : attribute(one, "Id") == id;
      if (std::string target = attribute(one, "Target"); wanted && !target.empty()) {
        return target.front() == '/' ? target.substr(1) : m_folder + target;
      }
    }
    return std::nullopt;
  }

  std::string part_of(const std::string& sheet) {
    std::string names;
    std::string first;
    for (const pugi::xml_node& one : child(root(m_book), "sheets").children()) {
      if (!is(one, "sheet")) {
        continue;
      }
      const std::string name = attribute(one, "name");
      const std::string state = attribute(one, "state");
      const bool shown = state.empty() || state == "visible";
      if (sheet.empty() ? shown : to_nfc(name) == to_nfc(sheet)) {
        const auto part = target_of(m_relations, "", attribute(one, "id"));
        return part ? *part : std::string();
      }
      names += (names.empty() ? "" : ", ") + name;
    }
    throw usage_error("xlsx-sheet",
                      sheet.empty() ? m_name + " has no sheet to read" : m_name + " has no sheet " + sheet,
                      names.empty() ? "save it again as .xlsx" : "choose one of " + names);
  }

  void read_strings() {
    pugi::xml_document document;
    const auto part = target_of(m_relations, "sharedStrings", "");
    if (!part || !load(*part, document)) {
      return;
    }
    for (const pugi::xml_node& item : root(document).children()) {
      if (is(item, "si")) {
        m_strings.push_back(text_of(item));
      }
    }
  }

  void read_formats() {
    pugi::xml_document document;
    const auto part = target_of(m_relations, "styles", "");
    if (!part || !load(*part, document)) {
      return;
    }
    std::map<std::size_t, NumberFormat> own;
    for (const pugi::xml_node& one : child(root(document), "numFmts").children()) {
      own[number_of(attribute(one, "numFmtId"))] = custom_format(attribute(one, "formatCode"));
    }
    for (const pugi::xml_node& style : child(root(document), "cellXfs").children()) {
      if (is(style, "xf")) {
        const std::size_t id = number_of(attribute(style, "numFmtId"));
        const auto found = own.find(id);
        m_formats.push_back(found != own.end() ? found->second : builtin_format(static_cast<int>(id)));
      }
    }
  }

  void read_row(const pugi::xml_node& row, std::vector<std::string>& cells) {
    std::size_t column = 0;
    for (const pugi::xml_node& cell : row.children()) {
      if (!is(cell, "c")) {
        continue;
      }
      column = place_of(attribute(cell, "r")).column.value_or(column);
      if (column < max_columns) {
        put(cells, column, value_of(cell));
      }
      ++column;
    }
  }

  void put(std::vector<std::string>& cells, std::size_t column, std::string value) {
    if (value.empty()) {
      return;
    }
    if (value.size() > max_cell_bytes) {
      too_large("1 MiB in a cell");
    }
    if (column >= cells.size()) {
      m_cells += column + 1 - cells.size();
      if (m_cells > max_cells) {
        too_large(std::to_string(max_cells) + " cells");
      }
      cells.resize(column + 1);
    }
    m_bytes += value.size();
    if (m_bytes > 2 * max_part_bytes) {  // one long string may be shared by every cell
      too_large(std::to_string(2 * max_part_bytes >> 20U) + " MiB of text");
    }
    cells[column] = std::move(value);
  }

  std::string value_of(const pugi::xml_node& cell) {
    const std::string type = attribute(cell, "t");
    if (type == "inlineStr") {
      return text_of(child(cell, "is"));
    }
    const std::string value = child(cell, "v").text().get();
    if (type == "s") {
      const std::size_t index = number_of(value);
      if (value.empty() || index >= m_strings.size()) {
        return {};
      }
      return m_strings[index];
    }
    if (type == "e") {
      return {};
    }
    if (type == "b") {
      return value == "1" || value == "true" ? "TRUE" : "FALSE";
    }
    if (type == "str") {
      return unescaped(value);
    }
    if (type == "d") {
      return value;
    }
    const std::size_t style = number_of(attribute(cell, "s"));
    return number_text(value, style < m_formats.size() ? m_formats[style] : NumberFormat{}, m_from_1904);
  }

  // A dossier's code is often one cell beside all rows of its papers.
  void spread_merges(const pugi::xml_node& sheet, std::map<std::size_t, std::vector<std::string>>& rows) {
    std::size_t merges = 0;
    for (const pugi::xml_node& merge : child(sheet, "mergeCells").children()) {
      if (++merges > max_merges) {
        too_large(std::to_string(max_merges) + " merged cells");
      }
      const std::string area = attribute(merge, "ref");
      const std::size_t colon = area.find(':');
      const Place from = place_of(area.substr(0, colon));
      const Place to = colon == std::string::npos ? from : place_of(area.substr(colon + 1));
      const auto top = from.row ? rows.find(*from.row) : rows.end();
      if (top == rows.end() || !from.column || !to.row || *from.column >= top->second.size()) {
        continue;
      }
      const std::string value = top->second[*from.column];
      for (auto row = std::next(top); row != rows.end() && row->first <= *to.row; ++row) {
        if (++m_spread > max_cells) {
          too_large(std::to_string(max_cells) + " cells");
        }
        put(row->second, *from.column, value);
      }
    }
  }

  std::string m_name;
  ZipReader m_zip;
  std::string m_folder;
  pugi::xml_document m_relations;  // empty where the part is missing
  pugi::xml_document m_book;
  bool m_from_1904 = false;
  std::vector<std::string> m_strings;
  std::vector<NumberFormat> m_formats;
  std::size_t m_cells = 0;
  std::size_t m_spread = 0;
  std::uint64_t m_bytes = 0;
};

}  // namespace

Table read_xlsx(const fs::path& file, const std::string& sheet) { return {file.string(), Workbook(file).rows(sheet)}; }

}  // namespace sohoa
