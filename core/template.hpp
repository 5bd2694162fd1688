// SPDX-License-Identifier: Apache-2.0
// The little patterns that profiles hold: codes, file names, lines of a signature's appearance.
#pragma once

#include <map>
#include <string>

namespace sohoa {

// "{name}" and "{name:03}" (zero-padded) or "{id:12}" (first 12 characters of a text) replaced from
// `values`; unknown names are Error(ExitStatus::usage, "template-name").
std::string expand_template(const std::string& text, const std::map<std::string, std::string>& values);

}  // namespace sohoa
