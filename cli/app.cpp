// SPDX-License-Identifier: Apache-2.0
#include "cli/app.hpp"

#include "cli/command.hpp"
#include "cli/completion.hpp"
#include "cli/config.hpp"
#include "cli/console.hpp"
#include "cli/help.hpp"
#include "cli/usage.hpp"
#include "core/version.hpp"

#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

struct Shell {
  CLI::App app{"Digitizes paper archives in batches: scans to signed, coded, searchable PDF/A.", "sohoa"};
  Settings settings;
  std::vector<CommandPtr> commands = all_commands();
  std::map<const CLI::App*, Command*> verbs;
  std::string help_on_verb;
  std::string completion_shell;
  bool as_json = false;
  Declarations declared;

  Shell() {
    app.set_help_flag("-h,--help", "Shows what the command does and takes");
    app.set_version_flag("--version", "sohoa " + std::string(version), "Shows the version");
    app.fallthrough();
    app.require_subcommand(0, 1);
    settings.add_options(app);
    for (const CommandPtr& command : commands) {
      CLI::App* verb = app.add_subcommand(std::string(command->name()), std::string(command->summary()));
      command->add_options(*verb);
      verbs[verb] = command.get();
    }
    CLI::App* verb = app.add_subcommand("help", "Shows what a command does and takes");
    verb->add_option("COMMAND", help_on_verb, "A command's name");
    verb->add_flag("--json", as_json, "All commands and options as JSON")->group("");
    verb->add_option("--completion", completion_shell, "The completion script for a shell")
        ->type_name("bash|zsh|fish")
        ->check(CLI::IsMember({"bash", "zsh", "fish"}))
        ->group("");
    declared = declarations_of(app);
  }

  [[nodiscard]] std::string text_on(const std::string& name) const {
    const auto verb =
        std::find_if(declared.verbs.begin(), declared.verbs.end(), [&](const auto& v) { return v.name == name; });
    if (verb == declared.verbs.end()) {
      throw unknown_word(app, name);
    }
    return help_on(*verb, declared);
  }

  void help() const {
    if (as_json) {
      std::cout << to_json(declared).dump(2) << "\n";
    } else if (!completion_shell.empty()) {
      std::cout << completion_for(completion_shell, declared);
    } else {
      std::cout << (help_on_verb.empty() ? overview(declared) : text_on(help_on_verb));
    }
  }

  // What is said of a faulty command line is said in the format that it asks for.
  void note_log_format() {
    const auto& given = app.get_option("--log-format")->results();
    settings.log_format = !given.empty() && given.back() == "json" ? "json" : "text";
  }

  // True when the line asked for an answer of the shell itself, which is given.
  bool parse(int argc, char** argv) {
    try {
      app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
      std::cout << (&chosen_of(app) == &app ? overview(declared) : text_on(chosen_of(app).get_name()));
      return true;
    } catch (const CLI::CallForVersion& answer) {
      std::cout << answer.what() << "\n";
      return true;
    } catch (const CLI::ParseError& error) {
      note_log_format();
      throw usage_of(app, error);
    }
    return false;
  }

  void configure(const Command& command) {
    std::vector<fs::path> files = usual_config_files();
    if (!settings.config.empty()) {
      files.emplace_back(settings.config);
    }
    const std::vector<ConfigValue> values = apply_config(app, files, command.parts());
    for (const ConfigValue& value : settings.verbose ? values : std::vector<ConfigValue>()) {
      Console(settings).say(Severity::info, value.option + " is " + value.value + " by " + value.origin + ".");
    }
  }

  ExitStatus run(int argc, char** argv) {
    const Requirements requirements(app);
    if (parse(argc, argv)) {
      return ExitStatus::done;
    }
    const CLI::App& chosen = chosen_of(app);
    if (&chosen == &app) {
      std::cerr << overview(declared);
      return ExitStatus::usage;
    }
    const auto verb = verbs.find(&chosen);
    if (verb == verbs.end()) {
      help();
      return ExitStatus::done;
    }
    configure(*verb->second);
    requirements.check(app);
    return verb->second->run(settings);
  }
};

}  // namespace

int run_app(int argc, char** argv) {
  Shell shell;
  try {
    return static_cast<int>(shell.run(argc, argv));
  } catch (const Error& error) {
    Console(shell.settings).say(Severity::error, error);
    return static_cast<int>(error.status());
  } catch (const std::exception& error) {
    Console(shell.settings)
        .say(Severity::error,
             std::string("an unexpected error: ") + error.what() + "; report it with the command line.");
    return static_cast<int>(ExitStatus::environment);
  }
}

}  // namespace sohoa
