// SPDX-License-Identifier: Apache-2.0
// What a barcode on a page says: a separator sheet's text, or a citizen card's.
#include "core/citizen_card.hpp"
#include "core/separator_sheet.hpp"

#include "tests/fuzz/target.hpp"

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::view(data, size);
  if (const auto values = sheet_values(text)) {
    fuzz::require(sheet_values(sheet_text(*values)) == values, "what was read and written is read alike");
  }
  if (const auto card = citizen_card(text)) {
    fuzz::require(card->number.size() == 12 && !card->name.empty() && card->birth_date.size() == 10,
                  "a card has number, name and birth date");
  }
  return 0;
}
