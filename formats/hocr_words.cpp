// SPDX-License-Identifier: Apache-2.0
#include "formats/hocr_words.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <optional>

#include <pugixml.hpp>

namespace sohoa {
namespace {

// The numbers behind a property of a title: "bbox 1 2 3 4; x_wconf 90".
template <std::size_t count>
std::optional<std::array<double, count>> property(const char* title, const char* name) {
  const char* at = std::strstr(title, name);
  if (at == nullptr) {
    return std::nullopt;
  }
  at += std::strlen(name);
  std::array<double, count> values{};
  for (double& value : values) {
    char* end = nullptr;
    value = static_cast<double>(std::strtol(at, &end, 10));
    if (end == at) {
      return std::nullopt;
    }
    at = end;
  }
  return values;
}

struct Words : pugi::xml_tree_walker {
  std::array<double, 4> page{};
  int below = 0;
  std::vector<UnsureWord> found;

  bool for_each(pugi::xml_node& node) override {
    if (std::strcmp(node.attribute("class").value(), "ocrx_word") != 0) {
      return true;
    }
    const char* title = node.attribute("title").value();
    const auto box = property<4>(title, "bbox");
    const auto sure = property<1>(title, "x_wconf");
    const double width = page[2] - page[0];
    const double height = page[3] - page[1];
    if (box && sure && width > 0 && height > 0 && sure->front() >= 0 && sure->front() < below) {
      const auto share = [](double value) { return std::clamp(value, 0.0, 1.0); };
      const auto& [left, top, right, bottom] = *box;
      found.push_back({node.text().get(), static_cast<int>(sure->front()), share((left - page[0]) / width),
                       share((top - page[1]) / height), share((right - left) / width), share((bottom - top) / height)});
    }
    return true;
  }
};

}  // namespace

std::vector<UnsureWord> unsure_words(std::string_view hocr, std::size_t page, int below, std::size_t most) {
  pugi::xml_document document;
  if (!document.load_buffer(hocr.data(), hocr.size())) {
    return {};
  }
  std::size_t number = 0;
  const pugi::xml_node node = document.find_node([&](const pugi::xml_node& one) {
    return std::strcmp(one.attribute("class").value(), "ocr_page") == 0 && ++number == page;
  });
  const auto box = property<4>(node.attribute("title").value(), "bbox");
  if (!box) {
    return {};
  }
  Words words;
  words.page = *box;
  words.below = below;
  pugi::xml_node root = node;
  root.traverse(words);
  std::stable_sort(words.found.begin(), words.found.end(),
                   [](const UnsureWord& a, const UnsureWord& b) { return a.confidence < b.confidence; });
  words.found.resize(std::min(words.found.size(), most));
  return words.found;
}

}  // namespace sohoa
