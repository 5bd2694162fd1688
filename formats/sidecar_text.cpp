// SPDX-License-Identifier: Apache-2.0
#include "formats/sidecar_text.hpp"

#include <algorithm>

namespace sohoa {

std::string sidecar_text_page(const SidecarPage& page) {
  std::string text = page.text.text();
  // A word with a form feed in it would make two pages of one.
  const auto is_control = [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == '\x7f'; };
  text.erase(std::remove_if(text.begin(), text.end(), is_control), text.end());
  return text + '\f';
}

}  // namespace sohoa
