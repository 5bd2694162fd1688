// SPDX-License-Identifier: Apache-2.0
// Pictures of archived pages for reports, made in workers because they parse files.
#pragma once

#include "cli/settings.hpp"
#include "core/json.hpp"
#include "core/profile.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace sohoa {

struct PageWanted {
  std::string document;  // id
  std::string file;      // of its PDF
  std::string hocr;      // file with the words and their confidence; "": there is none
  std::size_t page = 1;  // from 1
  double skew_degrees = 0;
};

// One object a page in the same order: document, page, and width, height, uri and words [{text, confidence, left, top,
// width, height}] (shares of the page) or, of a page of which no picture can be made, missing (why).
std::vector<Json> page_pictures(const std::vector<PageWanted>& pages, const Settings& settings, const Profile& profile);

}  // namespace sohoa
