// SPDX-License-Identifier: Apache-2.0
#include "cli/help.hpp"

#include <algorithm>
#include <sstream>

namespace sohoa {
namespace {

constexpr std::size_t width = 80;
constexpr std::size_t column = 30;

// The words, from the second line on behind `indent` spaces; the first line begins at `at`.
std::string wrapped(const std::string& text, std::size_t at, std::size_t indent) {
  std::string out;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (at > indent && at + 1 + word.size() > width) {
      out += "\n" + std::string(indent, ' ');
      at = indent;
    } else if (at > indent) {
      out += ' ';
      ++at;
    }
    out += word;
    at += word.size();
  }
  return out + "\n";
}

std::string row(const std::string& left, const std::string& right) {
  const bool fits = left.size() + 3 < column;
  return "  " + left + (fits ? std::string(column - 2 - left.size(), ' ') : "\n" + std::string(column, ' ')) +
         wrapped(right, column, column);
}

std::string joined(const std::vector<std::string>& words, std::string_view by) {
  std::string out;
  for (const std::string& word : words) {
    out += (out.empty() ? "" : std::string(by)) + word;
  }
  return out;
}

std::string option_row(const OptionInfo& option) {
  std::string left = joined(option.names, ", ");
  if (!option.positional && !option.type.empty()) {
    left += " " + option.type;
  }
  // A long option stands below the long ones of its neighbours, whether or not it has a letter.
  if (!option.positional && option.names.front().rfind("--", 0) == 0) {
    left = "    " + left;
  }
  std::string right = option.help;
  if (option.required && !option.positional) {
    right += " (required)";
  }
  if (!option.standard.empty()) {
    right += " [" + option.standard + "]";
  }
  return row(left, right);
}

std::string option_rows(const std::vector<OptionInfo>& options, bool positional) {
  std::string out;
  for (const OptionInfo& option : options) {
    out += option.positional == positional ? option_row(option) : "";
  }
  return out;
}

std::string headed(const std::string& heading, const std::string& rows) {
  return rows.empty() ? "" : "\n" + heading + ":\n" + rows;
}

std::string synopsis(const VerbInfo& verb, const std::string& program) {
  std::string text = program + " " + verb.name + " [OPTION...]";
  for (const OptionInfo& option : verb.options) {
    if (option.required && !option.positional) {
      text += " " + option.names.back() + " " + option.type;
    }
  }
  for (const OptionInfo& option : verb.options) {
    if (option.positional) {
      const std::string name = option.names.front() + (option.repeatable ? "..." : "");
      text += option.required ? " " + name : " [" + name + "]";
    }
  }
  return "Usage: " + wrapped(text, 7, 7);
}

}  // namespace

std::string overview(const Declarations& all) {
  std::string verbs;
  for (const VerbInfo& verb : all.verbs) {
    verbs += row(verb.name, verb.summary);
  }
  return wrapped(all.summary, 0, 0) + "\nUsage: " + all.program + " [OPTION...] COMMAND [OPTION...] [ARGUMENT...]\n" +
         headed("Commands, in the order of the work", verbs) +
         headed("Options of every command", option_rows(all.options, false)) + "\nSee \"" + all.program +
         " help COMMAND\" for what a command takes, and man " + all.program + ".\n";
}

std::string help_on(const VerbInfo& verb, const Declarations& all) {
  return wrapped(verb.summary + ".", 0, 0) + "\n" + synopsis(verb, all.program) +
         headed("Arguments", option_rows(verb.options, true)) + headed("Options", option_rows(verb.options, false)) +
         headed("Options of every command", option_rows(all.options, false)) + "\nSee man " + all.program + "-" +
         verb.name + ".\n";
}

}  // namespace sohoa
