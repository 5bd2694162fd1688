// SPDX-License-Identifier: Apache-2.0
// One verb. cli/command_<verb>.cpp defines it with its step, cli/commands.cpp lists it.
#pragma once

#include "cli/settings.hpp"
#include "core/exit_status.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace sohoa {

class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;
  // One line for the overview.
  [[nodiscard]] virtual std::string_view summary() const = 0;
  // The commands whose steps it is composed of: where its own section of a configuration file is silent, theirs count.
  [[nodiscard]] virtual std::vector<std::string_view> parts() const { return {}; }
  // Declares options and binds them to members. Opens no file and does no work.
  virtual void add_options(CLI::App& app) = 0;
  // Does the work. What it throws is printed as one sentence and gives the exit status.
  virtual ExitStatus run(const Settings& settings) = 0;
};

using CommandPtr = std::unique_ptr<Command>;

// Every command, in the order of the work.
std::vector<CommandPtr> all_commands();

}  // namespace sohoa
