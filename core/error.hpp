// SPDX-License-Identifier: Apache-2.0
// The only exception that leaves a function of core or formats. Every C library's status,
// handler or exception is translated into it where it arises.
#pragma once

#include "core/exit_status.hpp"

#include <stdexcept>
#include <string>

namespace sohoa {

// One sentence for a person: what went wrong and where, then the remedy.
// `id` is a stable kebab-case name of the problem ("image-truncated") that scripts may match.
class Error : public std::runtime_error {
 public:
  Error(ExitStatus status, std::string id, std::string message, std::string remedy);

  [[nodiscard]] ExitStatus status() const noexcept { return m_status; }
  [[nodiscard]] const std::string& id() const noexcept { return m_id; }
  [[nodiscard]] const std::string& message() const noexcept { return m_message; }
  [[nodiscard]] const std::string& remedy() const noexcept { return m_remedy; }
  // what(): "<message>; <remedy>." as it is printed.

 private:
  ExitStatus m_status;
  std::string m_id;
  std::string m_message;
  std::string m_remedy;
};

// The kinds that arise everywhere, so that a call site reads as a sentence.
Error input_error(std::string id, std::string message, std::string remedy);
Error usage_error(std::string id, std::string message, std::string remedy);
Error environment_error(std::string id, std::string message, std::string remedy);

}  // namespace sohoa
