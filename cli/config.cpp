// SPDX-License-Identifier: Apache-2.0
#include "cli/config.hpp"

#include "cli/declarations.hpp"
#include "cli/usage.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "core/toml.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <sstream>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

const std::string manual = "man sohoa-config";

struct File {
  fs::path path;
  TomlTable table;

  [[nodiscard]] std::string at(const TomlEntry& entry) const {
    return path.string() + ", line " + std::to_string(entry.value.line);
  }
};

const CLI::Option* option_of(const CLI::App& level, const std::string& key) {
  const CLI::Option* option = key.empty() ? nullptr : level.get_option_no_throw("--" + key);
  return option != nullptr && option->get_configurable() ? option : nullptr;
}

std::vector<std::string> keys_of(const CLI::App& level) {
  std::vector<std::string> keys;
  for (const CLI::Option* option : level.get_options([](const CLI::Option* o) { return o->get_configurable(); })) {
    keys.insert(keys.end(), option->get_lnames().begin(), option->get_lnames().end());
  }
  return keys;
}

const CLI::App* section_of(const CLI::App& app, const std::string& name) {
  const auto verbs = app.get_subcommands([&](const CLI::App* verb) { return verb->get_name() == name; });
  return verbs.empty() ? nullptr : verbs.front();
}

std::string advice(const CLI::App& app, const CLI::App& level, const std::string& key, bool section) {
  if (&level != &app && option_of(app, key) != nullptr) {
    return "write " + key + " before the first section: it is an option of every command";
  }
  std::vector<std::string> known;
  for (const CLI::App* verb : level.get_subcommands({})) {
    if (option_of(*verb, key) != nullptr) {
      return "write " + key + " below a section of its command, such as [" + verb->get_name() + "]";
    }
    known.push_back(verb->get_name());
  }
  if (!section) {
    known = keys_of(level);
  }
  const std::string guess = nearest(key, known);
  return guess.empty() ? "see " + manual : "did you mean " + guess + "? See " + manual;
}

// The text of a value as the command line would have it; nothing for what no option takes.
std::vector<std::string> words_of(const TomlValue& value) {
  struct Words {
    std::vector<std::string> operator()(std::monostate /*date*/) const { return {}; }
    std::vector<std::string> operator()(const TomlTable& /*table*/) const { return {}; }
    std::vector<std::string> operator()(const std::string& text) const { return {text}; }
    std::vector<std::string> operator()(bool flag) const { return {flag ? "true" : "false"}; }
    std::vector<std::string> operator()(std::int64_t number) const { return {std::to_string(number)}; }
    std::vector<std::string> operator()(double number) const { return {toml_text({number, 0})}; }
    std::vector<std::string> operator()(const TomlArray& list) const {
      std::vector<std::string> words;
      for (const TomlValue& entry : list) {
        const std::vector<std::string> word = words_of(entry);
        words.insert(words.end(), word.begin(), word.end());
      }
      return words;
    }
  };
  return std::visit(Words(), value.value);
}

void check_kind(const File& file, const TomlEntry& entry, const OptionInfo& option) {
  const TomlValue& value = entry.value;
  const bool scalar = value.value.index() >= 1 && value.value.index() <= 4;
  const bool flag = std::holds_alternative<bool>(value.value);
  const auto* list = std::get_if<TomlArray>(&value.value);
  const bool sound_list = list != nullptr && std::all_of(list->begin(), list->end(), [](const TomlValue& entry_value) {
                            return entry_value.value.index() >= 2 && entry_value.value.index() <= 4;
                          });
  const bool fits = option.type.empty() ? flag : (scalar && !flag) || (option.repeatable && sound_list);
  if (!fits) {
    throw usage_error("config-value",
                      file.at(entry) + ": " + entry.key + " is " + std::string(kind_of(value)) + " but should be " +
                          (option.type.empty() ? "true or false"
                           : option.repeatable ? "a string, or a list of them"
                                               : "a string or a number"),
                      "see " + manual);
  }
}

void check_choice(const File& file, const TomlEntry& entry, const CLI::Option& option) {
  const std::vector<std::string> choices = option_info(option).choices;
  for (const std::string& word : words_of(entry.value)) {
    if (option.get_delimiter() == '\0' && !choices.empty() &&
        std::find(choices.begin(), choices.end(), word) == choices.end()) {
      throw usage_error("config-value", file.at(entry) + ": " + entry.key + " cannot be " + toml_text(entry.value),
                        wanted_of(option));
    }
  }
}

class Filler {
 public:
  explicit Filler(CLI::App& app) : m_app(app) {
    for (const CLI::App* level : levels()) {
      for (const CLI::Option* option : level->get_options()) {
        if (option->count() > 0) {
          m_given[option] = nullptr;
        }
      }
    }
  }

  // All keys are known and of the right kind, also those of other commands.
  void check(const File& file) const {
    for (const TomlEntry& entry : file.table) {
      const auto* section = std::get_if<TomlTable>(&entry.value.value);
      const CLI::App* verb = section == nullptr ? nullptr : section_of(m_app, entry.key);
      if (verb == nullptr) {
        check_key(file, m_app, entry);
        continue;
      }
      for (const TomlEntry& inner : *section) {
        check_key(file, *verb, inner);
      }
    }
  }

  // `level`'s options from that part of the file.
  void fill(const File& file, CLI::App& level, const TomlTable& table) {
    for (const TomlEntry& entry : table) {
      CLI::Option* option = level.get_option_no_throw("--" + entry.key);
      if (option != nullptr && option->get_configurable() && !m_given.contains(option) &&
          !excluded(file, entry, *option)) {
        set(file, entry, *option);
      }
    }
  }

  [[nodiscard]] std::vector<ConfigValue> given() && { return std::move(m_values); }

 private:
  [[nodiscard]] std::vector<const CLI::App*> levels() const {
    std::vector<const CLI::App*> all{&m_app};
    for (const CLI::App* verb : m_app.get_subcommands({})) {
      all.push_back(verb);
    }
    return all;
  }

  void check_key(const File& file, const CLI::App& level, const TomlEntry& entry) const {
    const CLI::Option* option = option_of(level, entry.key);
    if (option == nullptr) {
      const bool section = std::holds_alternative<TomlTable>(entry.value.value);
      throw usage_error("config-key",
                        file.at(entry) + ": there is no " + (section ? "command " : "key ") + entry.key +
                            (&level == &m_app ? "" : " in [" + level.get_name() + "]"),
                        advice(m_app, level, entry.key, section));
    }
    check_kind(file, entry, option_info(*option));
    check_choice(file, entry, *option);
  }

  // What the command line or a later file says rules out what it contradicts; one file must not contradict itself.
  [[nodiscard]] bool excluded(const File& file, const TomlEntry& entry, const CLI::Option& option) const {
    for (const CLI::Option* other : option.get_excludes()) {
      const auto found = m_given.find(other);
      if (found != m_given.end() && found->second == &file) {
        throw usage_error(
            "config-value",
            file.at(entry) + ": " + entry.key + " and " + other->get_lnames().front() + " exclude each other",
            "keep one of them");
      }
      if (found != m_given.end()) {
        return true;
      }
    }
    return false;
  }

  void set(const File& file, const TomlEntry& entry, CLI::Option& option) {
    const std::vector<std::string> words = words_of(entry.value);
    try {
      for (const std::string& word : words) {
        option.add_result(word);
      }
      option.run_callback();
    } catch (const CLI::ParseError&) {
      throw usage_error("config-value", file.at(entry) + ": " + entry.key + " cannot be " + toml_text(entry.value),
                        wanted_of(option));
    }
    m_given[&option] = &file;
    m_values.push_back({"--" + entry.key, toml_text(entry.value), file.at(entry)});
  }

  CLI::App& m_app;
  std::map<const CLI::Option*, const File*> m_given;  // nullptr: the command line
  std::vector<ConfigValue> m_values;
};

}  // namespace

std::vector<fs::path> usual_config_files() {
  std::vector<fs::path> files;
  if (const char* path = std::getenv("SOHOA_CONFIG_PATH"); path != nullptr) {
    std::stringstream parts(path);
    for (std::string part; std::getline(parts, part, ':');) {
      files.emplace_back(part);
    }
  } else {
    files.emplace_back("/etc/sohoa/config.toml");
    if (const fs::path own = user_config_folder(); !own.empty()) {
      files.push_back(own / "config.toml");
    }
  }
  std::erase_if(files, [](const fs::path& file) {
    boost::system::error_code code;
    return fs::status(file, code).type() == fs::file_not_found;
  });
  return files;
}

std::vector<ConfigValue> apply_config(CLI::App& app, const std::vector<fs::path>& files,
                                      const std::vector<std::string_view>& parts) {
  Filler filler(app);
  std::vector<File> read;
  for (const fs::path& file : files) {
    read.push_back({file, read_toml(file, "config-syntax")});
    filler.check(read.back());
  }
  CLI::App& chosen = *app.get_subcommands().front();
  std::vector<std::string> sections{chosen.get_name()};
  sections.insert(sections.end(), parts.begin(), parts.end());
  for (auto file = read.rbegin(); file != read.rend(); ++file) {
    filler.fill(*file, app, file->table);
    for (const std::string& section : sections) {
      for (const TomlEntry& entry : file->table) {
        if (const auto* table = std::get_if<TomlTable>(&entry.value.value); entry.key == section && table != nullptr) {
          filler.fill(*file, chosen, *table);
        }
      }
    }
  }
  return std::move(filler).given();
}

}  // namespace sohoa
