// SPDX-License-Identifier: Apache-2.0
// Configuration files: options written down. A key is an option's long name, a section a command; the keys before the
// first section are the options of every command. man/sohoa-config.5 describes the format.
#pragma once

#include "core/fs.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace sohoa {

// /etc/sohoa/config.toml and config.toml in user_config_folder(), or the files of SOHOA_CONFIG_PATH (joined with ":",
// later over earlier; empty: none) in their place. A file of these that does not exist is passed over.
std::vector<fs::path> usual_config_files();

struct ConfigValue {
  std::string option;  // "--lang"
  std::string value;   // as it would stand on the command line
  std::string origin;  // "FILE, line N"
};

// Gives the options that the command line left open the values of the files, a later file over an earlier. A value
// means what it would mean on the command line: paths are relative to the working folder. The chosen command takes its
// own section first, then those of `parts`, the commands it is composed of. Says what it gave.
//
// Every section of every file is looked at. Throws Error(ExitStatus::usage): config-syntax, config-key with the
// nearest key and config-value, each with file and line; Error(ExitStatus::input) for a file that cannot be read.
std::vector<ConfigValue> apply_config(CLI::App& app, const std::vector<fs::path>& files,
                                      const std::vector<std::string_view>& parts);

}  // namespace sohoa
