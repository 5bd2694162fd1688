// SPDX-License-Identifier: Apache-2.0
// Time as the products carry it. SOURCE_DATE_EPOCH (seconds since 1970 UTC), when set, is
// "now" for everything that is written into an artefact, so that equal inputs give equal bytes.
#pragma once

#include <chrono>
#include <string>

namespace sohoa {

using Time = std::chrono::sys_seconds;

// The time for artefacts: SOURCE_DATE_EPOCH, or the clock's.
// Throws Error(ExitStatus::usage) when the variable is not a number.
Time artefact_time();
Time wall_time();

std::string iso_utc(Time time);                        // 2026-11-23T16:05:09Z
std::string iso_local(Time time, int offset_minutes);  // 2026-11-23T23:05:09+07:00
std::string compact_utc(Time time);                    // 20261123T160509Z
std::string pdf_date(Time time);                       // D:20261123160509Z (ISO 32000-1, 7.9.4)

}  // namespace sohoa
