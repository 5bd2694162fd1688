// SPDX-License-Identifier: Apache-2.0
// What the commands have declared, as plain values: the one source of the help texts, the completions and the
// dump that the manual is compared with.
#pragma once

#include "core/json.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace sohoa {

struct OptionInfo {
  std::vector<std::string> names;  // "-l", "--lang"; of a positional argument its placeholder
  std::string type;                // "FILE", "text|json"; empty: a flag
  std::string help;
  std::string standard;  // the value without the option; empty: none
  // Where words in small letters are joined with | as a type, they are all the values there are.
  std::vector<std::string> choices;
  bool positional = false;
  bool required = false;
  bool repeatable = false;
};

struct VerbInfo {
  std::string name;
  std::string summary;
  std::vector<OptionInfo> options;
};

struct Declarations {
  std::string program;
  std::string summary;
  std::vector<OptionInfo> options;  // of every command
  std::vector<VerbInfo> verbs;      // in the order of the work
};

// Without what is declared in the group "", which is hidden.
Declarations declarations_of(const CLI::App& app);
OptionInfo option_info(const CLI::Option& option);
// {"program", "summary", "options": […], "commands": [{"name", "summary", "options": [{"names", "type", "help", …}]}]}
Json to_json(const Declarations& declarations);

}  // namespace sohoa
