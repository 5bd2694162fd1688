// SPDX-License-Identifier: Apache-2.0
#include "cli/declarations.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

std::vector<std::string> choices_of(const std::string& type) {
  std::vector<std::string> words;
  std::stringstream parts(type);
  for (std::string part; std::getline(parts, part, '|');) {
    words.push_back(part);
  }
  const bool small = std::none_of(type.begin(), type.end(), [](unsigned char c) { return std::isupper(c) != 0; });
  return words.size() > 1 && small ? words : std::vector<std::string>();
}

// A verb has --help as well as the program; it is declared once.
std::vector<OptionInfo> options_of(const CLI::App& app) {
  std::vector<OptionInfo> options;
  for (const CLI::Option* option : app.get_options()) {
    const bool help = app.get_parent() != nullptr && option == app.get_help_ptr();
    if (!option->get_group().empty() && !help) {
      options.push_back(option_info(*option));
    }
  }
  return options;
}

Json to_json(const std::vector<OptionInfo>& options) {
  Json list = Json::array();
  for (const OptionInfo& option : options) {
    list.push_back(Json{{"names", option.names},
                        {"type", option.type},
                        {"help", option.help},
                        {"default", option.standard},
                        {"choices", option.choices},
                        {"positional", option.positional},
                        {"required", option.required},
                        {"repeatable", option.repeatable}});
  }
  return list;
}

}  // namespace

OptionInfo option_info(const CLI::Option& option) {
  OptionInfo info;
  for (const std::string& name : option.get_snames()) {
    info.names.push_back("-" + name);
  }
  for (const std::string& name : option.get_lnames()) {
    info.names.push_back("--" + name);
  }
  info.positional = info.names.empty();
  if (info.positional) {
    info.names.push_back(option.get_name(true));
  }
  const bool flag = option.get_items_expected_max() == 0;
  // CLI11 appends what the checks say of themselves: "N:UINT in [0 - 256]".
  const std::string type = option.get_type_name();
  info.type = flag ? "" : type.substr(0, type.find(':'));
  info.choices = choices_of(info.type);
  info.help = option.get_description();
  info.standard = flag ? "" : option.get_default_str();
  info.required = option.get_required();
  info.repeatable = option.get_items_expected_max() > 1;
  return info;
}

Declarations declarations_of(const CLI::App& app) {
  Declarations all{app.get_name(), app.get_description(), options_of(app), {}};
  for (const CLI::App* verb : app.get_subcommands({})) {
    all.verbs.push_back({verb->get_name(), verb->get_description(), options_of(*verb)});
  }
  return all;
}

Json to_json(const Declarations& declarations) {
  Json verbs = Json::array();
  for (const VerbInfo& verb : declarations.verbs) {
    verbs.push_back(Json{{"name", verb.name}, {"summary", verb.summary}, {"options", to_json(verb.options)}});
  }
  return Json{{"program", declarations.program},
              {"summary", declarations.summary},
              {"options", to_json(declarations.options)},
              {"commands", verbs}};
}

}  // namespace sohoa
