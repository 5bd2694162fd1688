// SPDX-License-Identifier: Apache-2.0
// Which error a scan file ends with, its sentence being one that helps.
#pragma once

#include "core/error.hpp"
#include "formats/scan.hpp"

#include <string>

#include <doctest/doctest.h>

namespace sohoa::test {

// "" when every page can be loaded. Checks that the sentence names the file and that there is a remedy.
inline std::string id_of_scan_error(const fs::path& file, const ScanLimits& limits = {}) {
  try {
    for (const SourcePage& page : probe_scan(file, limits)) {
      load_page(page, limits);
    }
  } catch (const Error& error) {
    CHECK(error.message().find(file.filename().string()) != std::string::npos);
    CHECK(!error.remedy().empty());
    return error.id();
  }
  return "";
}

}  // namespace sohoa::test
