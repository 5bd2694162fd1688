// SPDX-License-Identifier: Apache-2.0
#include "formats/faults.hpp"

#include "core/fs.hpp"

#include <csignal>
#include <cstdlib>
#include <list>

#include <unistd.h>

namespace sohoa {

void break_on_purpose(const std::string& file) {
  const std::string name = fs::path(file).filename().string();
  const auto is = [&](const char* fault) { return name.find(fault) != std::string::npos; };
  volatile bool forever = true;
  if (is("fault-crash")) {
    std::raise(SIGSEGV);
  } else if (is("fault-abort")) {
    std::abort();
  } else if (is("fault-sleep")) {
    while (forever) {
      ::sleep(1);
    }
  } else if (is("fault-loop")) {
    while (forever) {
    }
  } else if (is("fault-eat")) {
    std::list<std::string> heap;
    while (forever) {
      heap.emplace_back(std::size_t{1} << 22U, 'x');
    }
  }
}

}  // namespace sohoa
