// SPDX-License-Identifier: Apache-2.0
// When a night's work has to be over.
#pragma once

#include "core/clock.hpp"

#include <string>

namespace sohoa {

// The next time the office's clocks (TZ) show HH:MM. The clock is looked at anew each time: set forward, the deadline
// comes sooner; set back by more than a day, the next HH:MM counts, so that a wrong clock put right cannot stretch it.
class Deadline {
 public:
  // `text` is HH:MM, 00:00 to 23:59; throws Error(ExitStatus::usage, "until").
  Deadline(const std::string& text, Time now);
  [[nodiscard]] bool passed(Time now);
  [[nodiscard]] Time due() const { return m_due; }

 private:
  [[nodiscard]] Time next_after(Time now) const;

  int m_minutes;  // since midnight
  Time m_due;
};

}  // namespace sohoa
