// SPDX-License-Identifier: Apache-2.0
#include "core/register.hpp"

#include "core/field_merge.hpp"
#include "core/text.hpp"
#include "core/text_pattern.hpp"

#include <algorithm>
#include <iterator>

namespace sohoa {
namespace {

constexpr const char* scan_extensions[] = {".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"};

std::string without_zeros(const std::string& text) {
  const std::size_t first = text.find_first_not_of('0');
  return first == std::string::npos ? std::string(text.empty() ? "" : "0") : text.substr(first);
}

// Equal for two writings of one value: "05/QĐ-UBND" and "5/QĐ - UBND", 3/11/2026 and 2026-11-03.
std::string form_of(const std::string& key, const std::string& value) {
  const std::string form = key_form(key.ends_with("_date") ? iso_date(value) : value);
  return key == "ordinal" || key == "number" || key == "symbol" ? without_zeros(form) : form;
}

std::string scan_stem(const std::string& form) {
  for (const char* extension : scan_extensions) {
    if (form.ends_with(extension)) {
      return form.substr(0, form.rfind('.'));
    }
  }
  return form;
}

std::string digits_at_end(const std::string& text) {
  const std::size_t other = text.find_last_not_of("0123456789");
  return text.substr(other == std::string::npos ? 0 : other + 1);
}

std::vector<std::size_t> both(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
  std::vector<std::size_t> rows;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(rows));
  return rows;
}

}  // namespace

Register::Register(const Table& table, const Profile& profile)
    : m_name(table.name),
      m_min_confidence(profile.extract.min_confidence),
      m_pattern(profile.register_rules.file_pattern),
      m_rows(register_rows(table, profile)) {
  m_keys = {{"source", {}}, {"dossier", {}}, {"symbol", {}}, {"number", {}}, {"file", {}}};
  for (std::size_t at = 0; at < m_rows.size(); ++at) {
    const RegisterRow& row = m_rows[at];
    const auto put = [at](Index& index, const std::string& key) {
      if (key.empty()) {
        return;
      }
      if (Rows& rows = index[key]; rows.empty() || rows.back() != at) {
        rows.push_back(at);
      }
    };
    put(m_sources, row.value("source"));
    const std::string source = key_form(row.value("source"));
    put(m_sources_any, source);
    put(m_sources_any, scan_stem(source));
    for (const char* key : {"source", "dossier", "symbol", "number"}) {
      put(m_keys.at(key), form_of(key, row.value(key)));
    }
    if (const std::string symbol = row.value("symbol"); !symbol.empty()) {
      put(m_keys.at("file"), form_of("symbol", file_safe(symbol)));
    }
  }
  for (const std::string& part : m_pattern.names()) {
    for (const RegisterRow& row : m_rows) {
      const auto key = std::find_if(row.values.begin(), row.values.end(), [name = comparable(part)](const auto& cell) {
        return comparable(cell.first) == name;
      });
      if (key != row.values.end()) {
        m_part_keys[part] = key->first;
        break;
      }
    }
  }
}

Register::Rows Register::in(const Index& index, const std::string& key) {
  const auto found = key.empty() ? index.end() : index.find(key);
  return found == index.end() ? Rows() : found->second;
}

Register::Values Register::from_barcodes(const Document& document) const {
  Values values;
  const Json dossier = document.record().value("dossier", Json::object());
  const std::string origin = string_of(dossier, "origin");
  if (origin != "register" && (!origin.empty() || !dossier.contains("row"))) {
    values["dossier"] = string_of(dossier, "code");
    values["kind"] = string_of(dossier, "kind");
    if (const auto ordinal = dossier.find("ordinal"); ordinal != dossier.end() && ordinal->is_number_unsigned()) {
      values["ordinal"] = ordinal->dump();
    }
  }
  const Json source = document.record().value("source", Json::object());
  const Json sheet = source.is_object() ? source.value("separator", Json::object()) : Json::object();
  const Json said = sheet.is_object() ? sheet.value("values", Json::object()) : Json::object();
  for (const auto& [name, value] : said.items()) {
    if (value.is_string()) {
      values[name] = value.get<std::string>();
    }
  }
  const Json fields = document.record().value("fields", Json::object());
  for (const auto& [name, field] : fields.items()) {
    if (string_of(field, "origin") == "barcode") {
      values[name] = string_of(field, "value");
    }
  }
  return values;
}

Register::Values Register::from_page(const Document& document, double confidence) {
  Values values;
  const Json fields = document.record().value("fields", Json::object());
  for (const auto& [name, field] : fields.items()) {
    const auto stated = field.find("confidence");
    if (string_of(field, "origin") == "ocr" && stated != field.end() && stated->is_number() &&
        stated->get<double>() >= confidence) {
      values[name] = string_of(field, "value");
    }
  }
  return values;
}

Register::Values Register::from_pattern(const Document& document) const {
  Values values;
  for (const auto& [part, value] : m_pattern.match(to_nfc(fs::path(document.name()).filename().string()))) {
    if (const auto key = m_part_keys.find(part); key != m_part_keys.end()) {
      values[key->second] = value;
    }
  }
  return values;
}

// Rows that say nothing against the values.
Register::Rows Register::fitting(const Rows& rows, const Values& values) const {
  Rows left;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(left), [&](std::size_t at) {
    return std::all_of(values.begin(), values.end(), [&](const auto& one) {
      const std::string own = m_rows[at].value(one.first);
      return own.empty() || one.second.empty() || form_of(one.first, own) == form_of(one.first, one.second);
    });
  });
  return left;
}

Register::Rows Register::named_by(const Values& values, const std::vector<std::string>& keys) const {
  for (const std::string& key : keys) {
    const auto value = values.find(key);
    if (value == values.end() || value->second.empty()) {
      continue;
    }
    Rows rows = in(m_keys.at(key), form_of(key, value->second));
    if (key == "number") {
      rows = proven(rows, values);
    }
    if (!rows.empty()) {
      return rows;
    }
  }
  return {};
}

// Many papers have the number 12: another value must say the same, and a row with a symbol goes by that.
Register::Rows Register::proven(const Rows& rows, const Values& values) const {
  Rows left;
  for (const std::size_t at : fitting(rows, values)) {
    const RegisterRow& row = m_rows[at];
    const bool again = std::any_of(values.begin(), values.end(), [&row](const auto& one) {
      return one.first != "number" && !one.second.empty() && !row.value(one.first).empty();
    });
    if (again && row.value("symbol").empty()) {
      left.push_back(at);
    }
  }
  return left;
}

Register::Rows Register::named_by(const Document& document) const {
  // A stack's name is that of all its documents, so it tells a row only where it is one document.
  const Json source = document.record().value("source", Json::object());
  const Json stack = source.is_object() ? source.value("stack", Json::object()) : Json::object();
  if (stack.is_object() && stack.value("of", 1) != 1) {
    return {};
  }
  const fs::path path(document.name());
  const std::string file = to_nfc(path.filename().string());
  const std::string stem = to_nfc(path.stem().string());
  for (const std::string& name : {file, stem}) {
    if (const Rows rows = in(m_sources, name); !rows.empty()) {
      return rows;
    }
  }
  const fs::path folder = path.parent_path().filename();
  for (const std::string& name : {to_nfc((folder / path.filename()).string()), file, stem}) {
    if (const Rows rows = in(m_sources_any, key_form(name)); !rows.empty()) {
      return rows;
    }
  }
  for (const std::string& name : {file, stem}) {
    if (const Rows rows = in(m_keys.at("dossier"), form_of("dossier", name)); !rows.empty()) {
      return rows;
    }
  }
  // TT 02/2019/TT-BNV: the file of a paper is named dossier, dot, ordinal; or it lies in the dossier's folder.
  const std::string ordinal = digits_at_end(stem);
  const std::string before = stem.substr(0, stem.size() - ordinal.size());
  const bool numbered = !ordinal.empty() && (before.empty() || before.back() == '.');
  if (numbered && !before.empty()) {
    const Rows rows = in(m_keys.at("dossier"), form_of("dossier", before.substr(0, before.size() - 1)));
    if (const Rows left = fitting(rows, {{"ordinal", ordinal}}); !left.empty()) {
      return left;
    }
  }
  const Rows symbols = in(m_keys.at("file"), form_of("symbol", stem));
  const Rows dossiers = in(m_keys.at("dossier"), form_of("dossier", to_nfc(folder.string())));
  if (dossiers.empty()) {
    return symbols;
  }
  if (const Rows rows = both(dossiers, symbols); !rows.empty()) {
    return rows;
  }
  return numbered ? fitting(dossiers, {{"ordinal", ordinal}}) : dossiers;
}

Register::Rows Register::of_pattern(const Values& parts) const {
  if (parts.empty()) {
    return {};
  }
  Rows all;
  for (std::size_t at = 0; at < m_rows.size(); ++at) {
    const bool whole = std::all_of(parts.begin(), parts.end(),
                                   [&](const auto& part) { return !m_rows[at].value(part.first).empty(); });
    if (whole) {
      all.push_back(at);
    }
  }
  return fitting(all, parts);
}

RegisterMatch Register::match(const Document& document) const {
  const Values barcodes = from_barcodes(document);
  const Values parts = from_pattern(document);
  const Values page = from_page(document, m_min_confidence);
  const Rows names = named_by(document);
  const auto narrowed = [&](Rows rows) {
    for (const Values* values : {&barcodes, &parts, &page}) {
      if (rows.size() > 1) {
        const Rows left = fitting(rows, *values);
        rows = left.empty() ? rows : left;
      }
    }
    if (const Rows left = rows.size() > 1 ? both(rows, names) : Rows(); !left.empty()) {
      rows = left;
    }
    return rows;
  };
  if (const Rows rows = narrowed(named_by(barcodes, {"source", "dossier", "symbol", "number"})); !rows.empty()) {
    const bool agree = names.empty() || !both(rows, names).empty();
    return {rows, "barcode", agree ? Rows() : names};
  }
  if (!names.empty()) {
    return {narrowed(names), "name", {}};
  }
  if (const Rows rows = narrowed(of_pattern(parts)); !rows.empty()) {
    return {rows, "pattern", {}};
  }
  const auto of_the_day = [this](const Values& values, const std::vector<std::string>& keys) {
    const auto date = values.find("issued_date");
    const Rows named = named_by(values, keys);
    return date == values.end() ? named : fitting(named, {*date});
  };
  if (const Rows read = of_the_day(page, {"symbol", "number", "dossier"}); !read.empty()) {
    return {narrowed(read), "page", {}};
  }
  Rows unsure = of_the_day(from_page(document, supported_confidence), {"symbol"});
  std::erase_if(unsure, [this](std::size_t at) { return !m_rows[at].value("source").empty(); });
  return unsure.size() == 1 ? RegisterMatch{unsure, "page", {}} : RegisterMatch();
}

}  // namespace sohoa
