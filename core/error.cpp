// SPDX-License-Identifier: Apache-2.0
#include "core/error.hpp"

#include <utility>

namespace sohoa {

Error::Error(ExitStatus status, std::string id, std::string message, std::string remedy)
    : std::runtime_error(remedy.empty() ? message + "." : message + "; " + remedy + "."),
      m_status(status),
      m_id(std::move(id)),
      m_message(std::move(message)),
      m_remedy(std::move(remedy)) {}

Error input_error(std::string id, std::string message, std::string remedy) {
  return {ExitStatus::input, std::move(id), std::move(message), std::move(remedy)};
}

Error usage_error(std::string id, std::string message, std::string remedy) {
  return {ExitStatus::usage, std::move(id), std::move(message), std::move(remedy)};
}

Error environment_error(std::string id, std::string message, std::string remedy) {
  return {ExitStatus::environment, std::move(id), std::move(message), std::move(remedy)};
}

}  // namespace sohoa
