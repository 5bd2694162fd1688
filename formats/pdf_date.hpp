// SPDX-License-Identifier: Apache-2.0
// The two ways in which a PDF writes a time.
#pragma once

#include "core/clock.hpp"

#include <optional>
#include <string_view>

namespace sohoa {

// D:YYYYMMDDHHmmSSOHH'mm' (ISO 32000-1, 7.9.4); parts from the month on may be missing.
std::optional<Time> time_of_pdf_date(std::string_view date);
// YYYY-MM-DDThh:mm:ss+hh:mm or Z (ISO 16684-1); parts from the month on may be missing.
std::optional<Time> time_of_xmp_date(std::string_view date);

}  // namespace sohoa
