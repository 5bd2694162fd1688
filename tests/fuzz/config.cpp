// SPDX-License-Identifier: Apache-2.0
// A configuration file, over the options of every command.
#include "cli/config.hpp"

#include "cli/command.hpp"
#include "tests/fuzz/target.hpp"

#include <CLI/CLI.hpp>

using namespace sohoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::InputFile file(fuzz::view(data, size));
  const std::vector<CommandPtr> commands = all_commands();
  CLI::App app;
  Settings settings;
  settings.add_options(app);
  for (const CommandPtr& command : commands) {
    command->add_options(*app.add_subcommand(std::string(command->name()))->fallthrough());
  }
  app.parse("manifest --output out", false);
  fuzz::forgiving([&] {
    for (const ConfigValue& value : apply_config(app, {file.path()}, {"pdf", "ocr"})) {
      fuzz::require(value.option.starts_with("--") && !value.origin.empty(), "a value has an option and an origin");
    }
  });
  return 0;
}
