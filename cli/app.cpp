// SPDX-License-Identifier: Apache-2.0
#include "cli/app.hpp"

#include "cli/command.hpp"
#include "cli/console.hpp"
#include "core/text.hpp"
#include "core/version.hpp"

#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

std::vector<std::string> names_of(const std::vector<CommandPtr>& commands) {
  std::vector<std::string> names;
  for (const CommandPtr& command : commands) {
    names.emplace_back(command->name());
  }
  return names;
}

std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* level = &app; level != nullptr; level = level->get_parent()) {
    for (const CLI::Option* option : level->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        names.push_back("--" + name);
      }
    }
  }
  return names;
}

[[noreturn]] void refuse_word(const std::string& word, const std::vector<std::string>& known, const std::string& help) {
  const std::string guess = nearest(word.substr(0, word.find('=')), known);
  const bool option = word.rfind('-', 0) == 0;
  throw usage_error(option ? "option-unknown" : "command-unknown",
                    "sohoa has no " + std::string(option ? "option " : "command ") + word,
                    guess.empty() ? "see " + help : "did you mean " + guess + "? See " + help);
}

// CLI11 says of a mistyped verb only that a subcommand is required, so it is looked at before.
void check_verb(int argc, char** argv, const std::vector<std::string>& verbs) {
  if (argc > 1 && argv[1][0] != '-') {
    const std::string word = argv[1];
    if (std::find(verbs.begin(), verbs.end(), word) == verbs.end() && word != "help") {
      refuse_word(word, verbs, "sohoa help");
    }
  }
}

struct Shell {
  CLI::App app{"Digitizes paper archives in batches: scans to signed, coded, searchable PDF/A.", "sohoa"};
  Settings settings;
  std::vector<CommandPtr> commands = all_commands();
  std::map<const CLI::App*, Command*> verbs;
  std::string help_on;

  Shell() {
    app.set_version_flag("--version", "sohoa " + std::string(version));
    app.require_subcommand(1);
    app.fallthrough();
    settings.add_options(app);
    for (const CommandPtr& command : commands) {
      CLI::App* verb = app.add_subcommand(std::string(command->name()), std::string(command->summary()));
      command->add_options(*verb);
      verbs[verb] = command.get();
    }
    app.add_subcommand("help", "Shows what a command does and takes")
        ->add_option("COMMAND", help_on, "A command's name");
  }

  [[nodiscard]] const CLI::App& current() const {
    const auto chosen = app.get_subcommands();
    return chosen.empty() ? app : *chosen.front();
  }

  int help() {
    if (help_on.empty()) {
      std::cout << app.help();
    } else {
      check_help();
      std::cout << app.get_subcommand(help_on)->help();
    }
    return 0;
  }

  void check_help() const {
    const std::vector<std::string> names = names_of(commands);
    if (std::find(names.begin(), names.end(), help_on) == names.end()) {
      refuse_word(help_on, names, "sohoa help");
    }
  }

  int run(int argc, char** argv) {
    check_verb(argc, argv, names_of(commands));
    try {
      app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
      std::cout << current().help();
      return 0;
    } catch (const CLI::CallForVersion& answer) {
      std::cout << answer.what() << "\n";
      return 0;
    } catch (const CLI::ExtrasError&) {
      const std::vector<std::string> extra = app.remaining(true);
      refuse_word(extra.empty() ? "" : extra.front(), options_of(current()),
                  "sohoa " + current().get_name() + " --help");
    } catch (const CLI::ParseError& error) {
      const std::string verb = &current() == &app ? "sohoa --help" : "sohoa " + current().get_name() + " --help";
      throw usage_error("usage", error.what(), "see " + verb);
    }
    const auto verb = verbs.find(&current());
    return verb == verbs.end() ? help() : static_cast<int>(verb->second->run(settings));
  }
};

}  // namespace

int run_app(int argc, char** argv) {
  Shell shell;
  try {
    return shell.run(argc, argv);
  } catch (const Error& error) {
    Console(shell.settings).say(Severity::error, error.what());
    return static_cast<int>(error.status());
  } catch (const std::exception& error) {
    Console(shell.settings)
        .say(Severity::error,
             std::string("an unexpected error: ") + error.what() + "; report it with the command line.");
    return static_cast<int>(ExitStatus::environment);
  }
}

}  // namespace sohoa
