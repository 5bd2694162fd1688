// SPDX-License-Identifier: Apache-2.0
// Where a command writes lines: a file that appears when it is whole, or the standard output.
#pragma once

#include "core/atomic_file.hpp"

#include <optional>
#include <string>

namespace sohoa {

class TextOutput {
 public:
  // "" is the standard output.
  explicit TextOutput(const std::string& path);
  // Whole lines; what lacks its line end gets it on the standard output.
  void put(const std::string& lines);
  // What is left uncommitted never was there, but on the standard output.
  void commit();

 private:
  std::optional<AtomicFile> m_file;
};

}  // namespace sohoa
