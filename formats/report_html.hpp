// SPDX-License-Identifier: Apache-2.0
// A report as one web page that needs nothing else: style, script, data and pictures lie in it. The template is
// formats/report/page.html with .css and .js.
#pragma once

#include "core/json.hpp"

#include <string>

namespace sohoa {

// `data` is what page.js reads: the members of a report (formats/report.hpp), but `groups` by grouping, and language,
// papers and pictures. `language`: vi or en, in which the page opens.
std::string report_html(const Json& data, const std::string& language);

}  // namespace sohoa
