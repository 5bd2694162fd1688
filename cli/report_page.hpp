// SPDX-License-Identifier: Apache-2.0
// The web page of a report, of a catalog or of one batch.
#pragma once

#include "cli/settings.hpp"
#include "core/archive.hpp"
#include "core/catalog_report.hpp"

#include <cstddef>
#include <string>

namespace sohoa {

struct ReportPageOptions {
  std::size_t documents = 500;  // papers that the page lists at most: those that wait for something first
  std::size_t thumbnails = 12;  // pictures of pages at most: those to be scanned again, then those that read worst
  std::string language = "vi";
  fs::path folder;  // where the page will lie, so that it links to the papers; empty: nobody knows
};

std::string report_page(const CatalogReport& catalog, const ReportQuery& query, const std::string& by,
                        const ReportPageOptions& options, const Settings& settings, const Profile& profile);

// <archive>/reports/<batch>.html.
void write_batch_report(const Archive& archive, const CatalogPlace& place, const std::string& batch,
                        const Settings& settings, const Profile& profile);

}  // namespace sohoa
