// SPDX-License-Identifier: Apache-2.0
#include "cli/usage.hpp"

#include "cli/declarations.hpp"
#include "core/text.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

std::string see(const CLI::App& app) {
  const CLI::App& chosen = chosen_of(app);
  return "see sohoa " + (&chosen == &app || chosen.get_name() == "help" ? "help" : chosen.get_name() + " --help");
}

std::string capitalized_see(const CLI::App& app) { return "S" + see(app).substr(1); }

std::string name_of(const CLI::Option& option) { return option_info(option).names.back(); }

std::vector<const CLI::Option*> options_in_reach(const CLI::App& app) {
  std::vector<const CLI::Option*> all;
  const CLI::App& chosen = chosen_of(app);
  for (const CLI::App* level = &chosen; level != nullptr; level = level->get_parent()) {
    for (const CLI::Option* option : level->get_options()) {
      all.push_back(option);
    }
  }
  return all;
}

// CLI11 gives the option at fault only as text: its own name for it is found in the sentence.
const CLI::Option* culprit(const CLI::App& app, const std::string& sentence) {
  const CLI::Option* found = nullptr;
  for (const CLI::Option* option : options_in_reach(app)) {
    const std::string name = option->get_name();
    const std::size_t at = sentence.find(name);
    const bool whole =
        at != std::string::npos && (at + name.size() == sentence.size() ||
                                    std::string(" :=,").find(sentence[at + name.size()]) != std::string::npos);
    if (!name.empty() && whole && (found == nullptr || name.size() > found->get_name().size())) {
      found = option;
    }
  }
  return found;
}

std::string given_to(const CLI::Option& option) { return option.results().empty() ? "empty" : option.results().back(); }

}  // namespace

const CLI::App& chosen_of(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : *chosen.front();
}

Error unknown_word(const CLI::App& app, const std::string& word) {
  const bool is_option = word.rfind('-', 0) == 0;
  std::vector<std::string> known;
  if (is_option) {
    for (const CLI::Option* option : options_in_reach(app)) {
      const OptionInfo info = option_info(*option);
      known.insert(known.end(), info.names.begin(), info.names.end());
    }
  } else {
    for (const CLI::App* verb : app.get_subcommands({})) {
      known.push_back(verb->get_name());
    }
  }
  const std::string guess = nearest(word.substr(0, word.find('=')), known);
  const CLI::App& chosen = chosen_of(app);
  const std::string who = "sohoa" + (&chosen == &app || !is_option ? "" : " " + chosen.get_name());
  return usage_error(is_option ? "option-unknown" : "command-unknown",
                     who + " has no " + (is_option ? "option " : "command ") + word,
                     guess.empty() ? see(app) : "did you mean " + guess + "? " + capitalized_see(app));
}

std::string wanted_of(const CLI::Option& option) {
  const OptionInfo info = option_info(option);
  if (info.choices.empty()) {
    // After the colon stands what the check of the option says of itself.
    const std::string type = option.get_type_name();
    const std::size_t range = type.find(" in [");
    return "give " + (info.type.empty() ? std::string("no value") : info.type) +
           (range == std::string::npos ? "" : type.substr(range, type.find(']', range) + 1 - range));
  }
  std::string list;
  for (const std::string& choice : info.choices) {
    list += (list.empty() ? "" : ", ") + choice;
  }
  return "give one of " + list;
}

Error usage_of(const CLI::App& app, const CLI::ParseError& cause) {
  const std::string sentence = cause.what();
  const CLI::Option* option = culprit(app, sentence);
  if (dynamic_cast<const CLI::ExtrasError*>(&cause) != nullptr) {
    const std::vector<std::string> extra = app.remaining(true);
    const std::string word = extra.empty() ? std::string() : extra.front();
    if (&chosen_of(app) == &app || word.rfind('-', 0) == 0) {
      return unknown_word(app, word);
    }
    return usage_error("argument-unexpected", "sohoa " + chosen_of(app).get_name() + " takes no argument " + word,
                       see(app));
  }
  if (option == nullptr) {
    return usage_error("usage", sentence, see(app));
  }
  const bool value = dynamic_cast<const CLI::ValidationError*>(&cause) != nullptr ||
                     dynamic_cast<const CLI::ConversionError*>(&cause) != nullptr;
  if (value) {
    const OptionInfo info = option_info(*option);
    const std::string guess = nearest(given_to(*option), info.choices);
    return usage_error("option-value", name_of(*option) + " cannot be " + given_to(*option),
                       wanted_of(*option) + (guess.empty() ? "" : " (" + guess + "?)") + ", " + see(app));
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&cause) != nullptr) {
    return option->results().size() > 1
               ? usage_error("option-twice", name_of(*option) + " is given more than once", see(app))
               : usage_error("option-value", name_of(*option) + " lacks its value",
                             wanted_of(*option) + ", " + see(app));
  }
  return usage_error("usage", sentence, see(app));
}

Requirements::Requirements(CLI::App& app) {
  for (CLI::App* verb : app.get_subcommands({})) {
    for (CLI::Option* option : verb->get_options()) {
      if (option->get_required()) {
        m_required.insert(option);
        option->required(false);
      }
    }
  }
}

void Requirements::check(const CLI::App& app) const {
  for (const CLI::Option* option : chosen_of(app).get_options()) {
    const auto excluded = option->get_excludes();
    const bool waived =
        std::any_of(excluded.begin(), excluded.end(), [](const CLI::Option* other) { return other->count() > 0; });
    if (m_required.count(option) != 0 && option->count() == 0 && !waived) {
      throw usage_error("option-missing", "sohoa " + chosen_of(app).get_name() + " needs " + name_of(*option),
                        see(app));
    }
  }
}

}  // namespace sohoa
