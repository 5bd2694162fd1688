// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf_cmap.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cctype>

namespace sohoa {
namespace {

constexpr std::size_t k_max_units = 64;  // UTF-16 units that one code may stand for
constexpr std::size_t k_max_operands = 400;

std::u16string units_of(const std::string& bytes) {
  std::u16string units;
  for (std::size_t i = 0; i + 1 < bytes.size() && units.size() < k_max_units; i += 2) {
    units +=
        static_cast<char16_t>((static_cast<unsigned char>(bytes[i]) << 8U) | static_cast<unsigned char>(bytes[i + 1]));
  }
  if (bytes.size() == 1) {  // seen of careless writers
    units += static_cast<unsigned char>(bytes[0]);
  }
  return units;
}

std::uint32_t number_of(const std::string& bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < bytes.size() && i < 4; ++i) {
    value = value << 8U | static_cast<unsigned char>(bytes[i]);
  }
  return value;
}

}  // namespace

// The little of PostScript that CMaps are written in.
struct PdfCmap::Reader {
  struct Operand {
    std::string bytes;  // of a hexadecimal string
    std::uint32_t number = 0;
    std::vector<std::string> list;  // of hexadecimal strings
    bool is_list = false;
  };

  std::string_view text;
  std::size_t at = 0;
  PdfCmap& cmap;
  std::vector<Operand> operands = {};

  void run() {
    while (at < text.size()) {
      const char c = text[at];
      if (c == '%') {
        at = std::min(text.find_first_of("\r\n", at), text.size());
      } else if (c == '<' && at + 1 < text.size() && text[at + 1] != '<') {
        push({hex(), 0, {}, false});
      } else if (c == '[') {
        push({{}, 0, list(), true});
      } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
        push({{}, number(), {}, false});
      } else if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
        word();
      } else if (c == '/') {
        ++at;
        skip_name();
      } else {
        ++at;
      }
    }
  }

  void push(Operand operand) {
    if (operands.size() < k_max_operands) {
      operands.push_back(std::move(operand));
    }
  }

  std::string hex() {
    std::string digits;
    for (++at; at < text.size() && text[at] != '>'; ++at) {
      if (std::isxdigit(static_cast<unsigned char>(text[at])) != 0 && digits.size() < 4 * k_max_units) {
        digits += text[at];
      }
    }
    at += at < text.size() ? 1U : 0U;
    digits += digits.size() % 2 == 1 ? "0" : "";
    std::string bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
      bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    }
    return bytes;
  }

  std::vector<std::string> list() {
    std::vector<std::string> items;
    for (++at; at < text.size() && text[at] != ']';) {
      if (text[at] == '<' && items.size() < k_max_entries) {
        items.push_back(hex());
      } else {
        ++at;
      }
    }
    at += at < text.size() ? 1U : 0U;
    return items;
  }

  std::uint32_t number() {
    std::uint64_t value = 0;
    for (; at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0; ++at) {
      value = std::min<std::uint64_t>(value * 10 + static_cast<unsigned>(text[at] - '0'), 0xFFFFFFFFU);
    }
    return static_cast<std::uint32_t>(value);
  }

  void skip_name() {
    while (at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '-')) {
      ++at;
    }
  }

  void word() {
    const std::size_t from = at;
    skip_name();
    const std::string_view name = text.substr(from, at - from);
    if (name == "endcodespacerange") {
      each(2, [&](const Operand* o) {
        cmap.m_spaces.push_back(
            {number_of(o[0].bytes), number_of(o[1].bytes), std::clamp<std::size_t>(o[0].bytes.size(), 1, 4)});
      });
    } else if (name == "endbfchar") {
      each(2, [&](const Operand* o) { put_text(number_of(o[0].bytes), number_of(o[0].bytes), o[1].bytes); });
    } else if (name == "endbfrange") {
      each(3, [&](const Operand* o) { put_range(o); });
    } else if (name == "endcidchar") {
      each(2, [&](const Operand* o) { put_cid(number_of(o[0].bytes), number_of(o[0].bytes), o[1].number); });
    } else if (name == "endcidrange") {
      each(3, [&](const Operand* o) { put_cid(number_of(o[0].bytes), number_of(o[1].bytes), o[2].number); });
    }
    operands.clear();
  }

  template <class Take>
  void each(std::size_t count, Take take) {
    for (std::size_t i = 0; i + count <= operands.size(); i += count) {
      if (cmap.m_spaces.size() + cmap.m_texts.size() + cmap.m_cids.size() < k_max_entries) {
        take(&operands[i]);
      }
    }
  }

  void put_range(const Operand* o) {
    const std::uint32_t first = number_of(o[0].bytes);
    const std::uint32_t last = number_of(o[1].bytes);
    if (!o[2].is_list) {
      put_text(first, last, o[2].bytes);
      return;
    }
    for (std::size_t i = 0; i < o[2].list.size() && i <= last - std::min(first, last); ++i) {
      const auto code = static_cast<std::uint32_t>(first + i);
      put_text(code, code, o[2].list[i]);
    }
  }

  void put_text(std::uint32_t first, std::uint32_t last, const std::string& bytes) {
    if (last >= first) {
      cmap.m_texts[first] = {last, units_of(bytes)};
    }
  }

  void put_cid(std::uint32_t first, std::uint32_t last, std::uint32_t cid) {
    if (last >= first) {
      cmap.m_cids[first] = {last, cid};
    }
  }
};

PdfCmap::PdfCmap(std::string_view text) { Reader{text, 0, *this}.run(); }

PdfCmap::Code PdfCmap::next(std::string_view text, std::size_t otherwise) const {
  for (std::size_t bytes = 1; bytes <= 4 && bytes <= text.size(); ++bytes) {
    const std::uint32_t code = number_of(std::string(text.substr(0, bytes)));
    for (const Space& space : m_spaces) {
      bool inside = space.bytes == bytes;
      for (std::size_t i = 0; inside && i < bytes; ++i) {  // each byte in its own range (9.7.6.2)
        const unsigned shift = static_cast<unsigned>(i) * 8;
        const std::uint32_t byte = code >> shift & 0xFFU;
        inside = byte >= (space.first >> shift & 0xFFU) && byte <= (space.last >> shift & 0xFFU);
      }
      if (inside) {
        return {code, bytes};
      }
    }
  }
  const std::size_t bytes = std::min(otherwise, text.size());
  return {number_of(std::string(text.substr(0, bytes))), bytes};
}

std::optional<std::string> PdfCmap::unicode(std::uint32_t code) const {
  const auto after = m_texts.upper_bound(code);
  if (after == m_texts.begin()) {
    return std::nullopt;
  }
  const auto& [first, range] = *std::prev(after);
  if (code > range.last || range.first.empty()) {
    return std::nullopt;
  }
  std::u16string units = range.first;
  units.back() = static_cast<char16_t>(units.back() + (code - first));
  return utf8_of(units);
}

std::optional<std::uint32_t> PdfCmap::cid(std::uint32_t code) const {
  const auto after = m_cids.upper_bound(code);
  if (after == m_cids.begin() || code > std::prev(after)->second.last) {
    return std::nullopt;
  }
  return std::prev(after)->second.first + (code - std::prev(after)->first);
}

}  // namespace sohoa
