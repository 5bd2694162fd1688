// SPDX-License-Identifier: Apache-2.0
#include "core/shared_pace.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <new>
#include <thread>

#include <sys/mman.h>

namespace sohoa {

using Clock = std::chrono::steady_clock;

struct SharedPace::Board {
  std::atomic<std::int64_t> next{0};  // nanoseconds of the steady clock, which is one for all processes
};

void SharedPace::Unmap::operator()(Board* board) const noexcept { ::munmap(board, sizeof(Board)); }

SharedPace::SharedPace(double per_minute) {
  void* memory = ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    throw std::bad_alloc();
  }
  m_board.reset(::new (memory) Board);
  if (per_minute > 0) {
    m_interval = std::chrono::nanoseconds(static_cast<std::int64_t>(60e9 / per_minute));
  }
}

SharedPace::SharedPace(SharedPace&&) noexcept = default;
SharedPace& SharedPace::operator=(SharedPace&&) noexcept = default;
SharedPace::~SharedPace() = default;

void SharedPace::wait() {
  if (m_interval.count() == 0) {
    return;
  }
  const std::int64_t now = Clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
  std::int64_t free = m_board->next.load();
  std::int64_t turn = std::max(free, now);
  while (!m_board->next.compare_exchange_weak(free, turn + m_interval.count())) {
    turn = std::max(free, now);
  }
  std::this_thread::sleep_for(std::chrono::nanoseconds(turn - now));
}

}  // namespace sohoa
