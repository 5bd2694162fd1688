// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.hpp"

#include <algorithm>

namespace sohoa {
namespace {

enum class Kind { flag, choices, file, folder, other };

bool mentions(const std::string& type, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return type.find(word) != std::string::npos; });
}

// What a value is, told by its placeholder.
Kind kind_of(const OptionInfo& option) {
  const std::string& type = option.type;
  const std::string shown = option.positional ? option.names.front() + " " + type : type;
  if (!option.choices.empty()) {
    return Kind::choices;
  }
  if (!option.positional && type.empty()) {
    return Kind::flag;
  }
  if (mentions(shown, {"FILE", "PATH", "INBOX", "MANIFEST"})) {
    return Kind::file;
  }
  return mentions(shown, {"DIR"}) ? Kind::folder : Kind::other;
}

std::string joined(const std::vector<std::string>& words, const std::string& by) {
  std::string out;
  for (const std::string& word : words) {
    out += (out.empty() ? "" : by) + word;
  }
  return out;
}

std::vector<std::string> verb_names(const Declarations& all) {
  std::vector<std::string> names;
  for (const VerbInfo& verb : all.verbs) {
    names.push_back(verb.name);
  }
  return names;
}

// The argument of `help` is a command.
OptionInfo with_verbs(OptionInfo option, const Declarations& all) {
  if (option.positional && option.names.front() == "COMMAND") {
    option.choices = verb_names(all);
  }
  return option;
}

std::vector<OptionInfo> options_of(const VerbInfo& verb, const Declarations& all) {
  std::vector<OptionInfo> options;
  for (const OptionInfo& option : verb.options) {
    options.push_back(with_verbs(option, all));
  }
  for (const OptionInfo& option : all.options) {
    if (std::none_of(options.begin(), options.end(), [&](const OptionInfo& o) { return o.names == option.names; })) {
      options.push_back(option);
    }
  }
  return options;
}

std::string single_quoted(const std::string& text, const std::string& escaped_quote) {
  std::string out = "'";
  for (const char c : text) {
    out += c == '\'' ? escaped_quote : std::string(1, c);
  }
  return out + "'";
}

std::string replaced(const std::string& text, const std::string& characters) {
  std::string out;
  for (const char c : text) {
    out += characters.find(c) == std::string::npos ? "" : "\\";
    out += c;
  }
  return out;
}

// --- bash: the words are told apart by hand, so that the script needs no other package

std::string bash_action(const OptionInfo& option) {
  switch (kind_of(option)) {
    case Kind::choices:
      return "_sohoa_words '" + joined(option.choices, " ") + "'";
    case Kind::file:
      return "_sohoa_paths -f";
    case Kind::folder:
      return "_sohoa_paths -d";
    default:
      return ":";
  }
}

std::string bash_cases(const std::string& verb, const std::vector<OptionInfo>& options) {
  std::string out;
  for (const OptionInfo& option : options) {
    std::vector<std::string> patterns;
    for (const std::string& name : option.names) {
      patterns.push_back(verb + ":" + name);
    }
    if (!option.positional && kind_of(option) != Kind::flag) {
      out += "    " + joined(patterns, "|") + ") " + bash_action(option) + "; return ;;\n";
    }
  }
  return out;
}

std::string names_of(const std::vector<OptionInfo>& options) {
  std::string out;
  for (const OptionInfo& option : options) {
    out += option.positional ? "" : (out.empty() ? "" : " ") + joined(option.names, " ");
  }
  return out;
}

std::string bash(const Declarations& all) {
  std::string values = bash_cases("*", all.options);
  std::string options = "      '') _sohoa_words '" + names_of(all.options) + "' ;;\n";
  std::string arguments = "    '') _sohoa_words '" + joined(verb_names(all), " ") + "' ;;\n";
  for (const VerbInfo& verb : all.verbs) {
    const std::vector<OptionInfo> own = options_of(verb, all);
    values += bash_cases(verb.name, verb.options);
    options += "      " + verb.name + ") _sohoa_words '" + names_of(own) + "' ;;\n";
    std::string actions;
    for (const OptionInfo& option : own) {
      actions += option.positional ? (actions.empty() ? "" : "; ") + bash_action(option) : "";
    }
    arguments += actions.empty() ? "" : "    " + verb.name + ") " + actions + " ;;\n";
  }
  return R"(# bash completion for sohoa; made by: sohoa help --completion bash
# shellcheck shell=bash disable=SC2207
_sohoa_words() { COMPREPLY+=($(compgen -W "$1" -- "$cur")); }
_sohoa_paths() {
  local IFS=$'\n'
  compopt -o filenames 2> /dev/null
  COMPREPLY+=($(compgen "$1" -- "$cur"))
}
_sohoa() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} verb='' i
  COMPREPLY=()
  # --option=value comes as three words.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      )" +
         joined(verb_names(all), "|") +
         R"()
        verb=${COMP_WORDS[i]}
        break
        ;;
    esac
  done
  case $verb:$prev in
)" + values +
         R"(  esac
  if [[ $cur == -* ]]; then
    case $verb in
)" + options +
         R"(    esac
    return
  fi
  case $verb in
)" + arguments +
         R"(  esac
}
complete -F _sohoa sohoa
)";
}

// --- zsh

std::string zsh_action(const OptionInfo& option) {
  switch (kind_of(option)) {
    case Kind::choices:
      return "(" + joined(option.choices, " ") + ")";
    case Kind::file:
      return "_files";
    case Kind::folder:
      return "_files -/";
    default:
      return " ";
  }
}

std::string zsh_specs(const std::vector<OptionInfo>& options) {
  std::string out;
  for (const OptionInfo& option : options) {
    const std::string label = option.positional ? option.names.front() : option.type;
    const std::string value = ":" + replaced(label, ":") + ":" + zsh_action(option);
    const std::string help = "[" + replaced(option.help, "[]:\\") + "]";
    if (option.positional) {
      out += " \\\n        " + single_quoted((option.repeatable ? "*" : "") + value, "'\\''");
      continue;
    }
    const bool flag = kind_of(option) == Kind::flag;
    for (const std::string& name : option.names) {
      const std::string take = flag ? "" : name.rfind("--", 0) == 0 ? "=" : "+";
      out += " \\\n        " +
             single_quoted((option.repeatable ? "*" : "") + name + take + help + (flag ? "" : value), "'\\''");
    }
  }
  return out;
}

std::string zsh(const Declarations& all) {
  std::string verbs;
  std::string cases;
  for (const VerbInfo& verb : all.verbs) {
    verbs += "    " + single_quoted(verb.name + ":" + replaced(verb.summary, ":"), "'\\''") + "\n";
    cases += "    " + verb.name + ")\n      _arguments -s" + zsh_specs(options_of(verb, all)) + "\n      ;;\n";
  }
  return "#compdef sohoa\n# Made by: sohoa help --completion zsh\n_sohoa() {\n"
         "  local curcontext=$curcontext state line\n  typeset -A opt_args\n"
         "  local -a verbs=(\n" +
         verbs + "  )\n  _arguments -C -s" + zsh_specs(all.options) +
         " \\\n        '1: :->verb' \\\n        '*:: :->rest' && return\n"
         "  case $state in\n    verb)\n      _describe -t commands command verbs\n      return\n      ;;\n  esac\n"
         "  case $line[1] in\n" +
         cases + "  esac\n}\n" +
         "if [ \"$funcstack[1]\" = _sohoa ]; then\n  _sohoa \"$@\"\nelse\n"
         "  compdef _sohoa sohoa\nfi\n";
}

// --- fish

std::string fish_line(const std::string& condition, const OptionInfo& option) {
  std::string out = "complete -c sohoa -n " + single_quoted(condition, "\\'");
  for (const std::string& name : option.positional ? std::vector<std::string>() : option.names) {
    out += name.rfind("--", 0) == 0 ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  switch (kind_of(option)) {
    case Kind::choices:
      out += std::string(option.positional ? "" : " -x") + " -a '" + joined(option.choices, " ") + "'";
      break;
    case Kind::file:
      out += option.positional ? " -F" : " -r -F";
      break;
    case Kind::folder:
      out += std::string(option.positional ? "" : " -x") + " -a '(__fish_complete_directories)'";
      break;
    case Kind::other:
      out += option.positional ? "" : " -x";
      break;
    case Kind::flag:
      break;
  }
  return out + " -d " + single_quoted(option.help, "\\'") + "\n";
}

std::string fish(const Declarations& all) {
  std::string out = "# fish completion for sohoa; made by: sohoa help --completion fish\ncomplete -c sohoa -f\n";
  const std::string verbs = joined(verb_names(all), " ");
  for (const OptionInfo& option : all.options) {
    out += fish_line("true", option);
  }
  for (const VerbInfo& verb : all.verbs) {
    out += "complete -c sohoa -n 'not __fish_seen_subcommand_from " + verbs + "' -a " + verb.name + " -d " +
           single_quoted(verb.summary, "\\'") + "\n";
    for (const OptionInfo& option : verb.options) {
      out += fish_line("__fish_seen_subcommand_from " + verb.name, with_verbs(option, all));
    }
  }
  return out;
}

}  // namespace

std::string completion_for(const std::string& shell, const Declarations& declarations) {
  return shell == "bash" ? bash(declarations) : shell == "zsh" ? zsh(declarations) : fish(declarations);
}

}  // namespace sohoa
