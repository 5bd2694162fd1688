// SPDX-License-Identifier: Apache-2.0
// What is wrong with a command line, as one sentence with a remedy.
#pragma once

#include "core/error.hpp"

#include <set>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
class ParseError;
}  // namespace CLI

namespace sohoa {

// The command that was chosen, or the program itself.
const CLI::App& chosen_of(const CLI::App& app);

// "sohoa has no command rnu; did you mean run? See sohoa help." for a word that is no command of the program, and so
// for options, which begin with a dash.
Error unknown_word(const CLI::App& app, const std::string& word);

// CLI11's complaint in our words.
Error usage_of(const CLI::App& app, const CLI::ParseError& cause);

// "cannot be 2x; give one of 1b, 2b, 2u, 3u": what the option takes.
std::string wanted_of(const CLI::Option& option);

// Options need not be given on the command line when a configuration file gives them, so that what is missing is
// found only after it was read: once this object is made, nothing is required for CLI11. An option that excludes what
// is required stands for it.
class Requirements {
 public:
  explicit Requirements(CLI::App& app);
  // Throws Error(ExitStatus::usage) naming the first that the chosen command still lacks.
  void check(const CLI::App& app) const;

 private:
  std::set<const CLI::Option*> m_required;
};

}  // namespace sohoa
