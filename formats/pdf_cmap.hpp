// SPDX-License-Identifier: Apache-2.0
// A CMap (ISO 32000-1, 9.7.5 and 9.10.3): which bytes of a string are one code, and what a code stands for.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

class PdfCmap {
 public:
  // Reads bytes from outside; what is not understood is passed over, and beyond k_max_entries nothing is kept.
  explicit PdfCmap(std::string_view text);
  PdfCmap() = default;

  struct Code {
    std::uint32_t value = 0;
    std::size_t bytes = 1;  // that it takes in the string, 1 … 4
  };
  // The code at the beginning of `text`, which is not empty; `otherwise` bytes where no range of codes fits.
  [[nodiscard]] Code next(std::string_view text, std::size_t otherwise) const;

  // UTF-8 of a code, by bfchar and bfrange; nothing when it has none.
  [[nodiscard]] std::optional<std::string> unicode(std::uint32_t code) const;
  // By cidchar and cidrange.
  [[nodiscard]] std::optional<std::uint32_t> cid(std::uint32_t code) const;

  static constexpr std::size_t k_max_entries = 70000;  // more than two bytes can name

 private:
  struct Space {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::size_t bytes = 1;
  };
  struct Text {
    std::uint32_t last = 0;
    std::u16string first;  // its last unit counts up over the range
  };
  struct Cid {
    std::uint32_t last = 0;
    std::uint32_t first = 0;
  };
  struct Reader;

  std::vector<Space> m_spaces;
  std::map<std::uint32_t, Text> m_texts;  // by the first code of the range
  std::map<std::uint32_t, Cid> m_cids;
};

}  // namespace sohoa
