// SPDX-License-Identifier: Apache-2.0
// A rate that all processes keep together which were forked after it was made.
#pragma once

#include <chrono>
#include <memory>

namespace sohoa {

class SharedPace {
 public:
  // At most `per_minute` turns a minute, spread evenly; 0: as many as are asked for. Throws std::bad_alloc.
  explicit SharedPace(double per_minute);
  SharedPace(SharedPace&&) noexcept;
  SharedPace& operator=(SharedPace&&) noexcept;
  ~SharedPace();

  // Takes the next turn and sleeps until it comes. A process that dies while it sleeps costs that turn only.
  void wait();

 private:
  struct Board;  // in memory that the processes share
  struct Unmap {
    void operator()(Board* board) const noexcept;
  };
  std::chrono::nanoseconds m_interval{0};
  std::unique_ptr<Board, Unmap> m_board;
};

}  // namespace sohoa
