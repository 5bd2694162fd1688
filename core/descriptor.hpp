// SPDX-License-Identifier: Apache-2.0
// An open file that is closed with its scope.
#pragma once

#include <unistd.h>

namespace sohoa {

class Descriptor {
 public:
  // Takes what open() gave; below 0 there is nothing to close.
  explicit Descriptor(int descriptor) : m_descriptor(descriptor) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (m_descriptor >= 0) {
      ::close(m_descriptor);
    }
  }
  [[nodiscard]] int get() const { return m_descriptor; }

 private:
  int m_descriptor;
};

}  // namespace sohoa
