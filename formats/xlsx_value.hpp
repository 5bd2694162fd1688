// SPDX-License-Identifier: Apache-2.0
// What a number of a workbook says, by the format that it is shown in.
#pragma once

#include <string>

namespace sohoa {

// How a number is to be understood (ISO/IEC 29500-1, 18.8.30).
struct NumberFormat {
  enum class Kind { number, date, time, date_time };
  Kind kind = Kind::number;
  int whole_digits = 0;  // at least so many before the point, zeros in front: "000000000000"
  int decimals = -1;     // exactly so many behind it; -1: as many as it has
};

NumberFormat builtin_format(int id);
NumberFormat custom_format(const std::string& code);

// The number in full (a 12-digit identity number, not 3.8E+10), dates as YYYY-MM-DD, times as HH:MM:SS. What is no
// number stays as it is. `from_1904`: days are counted from 1 January 1904.
std::string number_text(const std::string& number, const NumberFormat& format, bool from_1904);

}  // namespace sohoa
