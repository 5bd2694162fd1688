// SPDX-License-Identifier: Apache-2.0
#include "formats/report_html.hpp"

#include "core/text.hpp"
#include "core/version.hpp"

namespace sohoa {

extern const char* const report_page_text;  // made by CMake of formats/report/page.*

std::string report_html(const Json& data, const std::string& language) {
  // Neither a comment nor an end tag begins in a text without "<".
  std::string json = to_line(data);
  replace_all(json, "<", "\\u003c");
  std::string page = report_page_text;
  replace_all(page, "{{language}}", xml_escape(language));
  replace_all(page, "{{version}}", std::string(version));
  replace_all(page, "{{data}}", json);  // last, because it is not ours
  return page;
}

}  // namespace sohoa
