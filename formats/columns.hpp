// SPDX-License-Identifier: Apache-2.0
// From a record to the cells that somebody else's system wants: which values, in which order, written how. The rules
// are data (core/profile.hpp Column).
#pragma once

#include "core/document.hpp"
#include "core/profile.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sohoa {

// A calendar day with the time of day that belongs to it, as an office's clock shows it.
struct ClockTime {
  int year = 0;
  int month = 1;
  int day = 1;
  int second_of_day = 0;
};

// Of "2026-01-05", "5/1/2026" and "2026-01-05T16:05:09Z", the last one turned to the office's zone; nothing for what is
// no such text or no day.
std::optional<ClockTime> clock_time(const std::string& text, int zone_minutes);

// yyyy MM dd HH mm ss and XXX (the zone: +07:00) are replaced, all else stays.
std::string written_time(const ClockTime& time, const std::string& form, int zone_minutes);

// The columns of one table or description, ready for many records.
class Columns {
 public:
  // Keeps both; `profile` gives the lists and the zone. Throws Error(ExitStatus::usage): "pattern-syntax" of a
  // pattern, "column-list" of a list that the profile has not.
  Columns(const std::vector<Profile::Column>& columns, const Profile& profile);
  Columns(const Columns&) = delete;
  Columns& operator=(const Columns&) = delete;
  ~Columns();

  [[nodiscard]] std::vector<std::string> titles() const;
  // The cells of a record. What does not keep to the rules of its column is written as it is and told as a warning:
  // "cell-missing", "cell-too-long", "cell-date", "cell-code". Nothing is told of records that have failed.
  // A column "problems" has the warnings, too.
  std::vector<std::string> cells(const Json& record, std::vector<Problem>& warnings) const;

 private:
  struct Column;
  std::vector<Column> m_columns;
  const Profile& m_profile;
};

}  // namespace sohoa
