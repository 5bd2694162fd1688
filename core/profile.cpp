// SPDX-License-Identifier: Apache-2.0
#include "core/profile.hpp"

#include "core/error.hpp"
#include "core/text.hpp"

#include <cstdlib>
#include <functional>
#include <sstream>

#include <toml++/toml.h>

namespace sohoa {
namespace {

using Setter = std::function<bool(const toml::node&)>;
using Keys = std::map<std::string, Setter>;

constexpr std::uint64_t max_profile_bytes = std::uint64_t{1} << 20U;

[[noreturn]] void refuse(const std::string& id, const std::string& file, const toml::node& node, const std::string& what, const std::string& remedy) {
  throw usage_error(id, file + ", line " + std::to_string(node.source().begin.line) + ": " + what, remedy);
}

template <typename Value>
Setter number(Value& target) {
  return [&target](const toml::node& node) {
    const auto value = node.value<double>();
    if (value && *value >= 0) {
      target = static_cast<Value>(*value);
    }
    return value.has_value() && *value >= 0;
  };
}

Setter text(std::string& target) {
  return [&target](const toml::node& node) {
    const auto value = node.value<std::string>();
    target = value.value_or(target);
    return value.has_value();
  };
}

Setter flag(bool& target) {
  return [&target](const toml::node& node) {
    const auto value = node.value<bool>();
    target = value.value_or(target);
    return node.is_boolean();
  };
}

Setter texts(std::vector<std::string>& target) {
  return [&target](const toml::node& node) {
    const toml::array* array = node.as_array();
    if (array == nullptr || !array->is_homogeneous<std::string>()) {
      return array != nullptr && array->empty() ? (target.clear(), true) : false;
    }
    target.clear();
    for (const toml::node& entry : *array) {
      target.push_back(entry.value_or(std::string()));
    }
    return true;
  };
}

Setter words(std::map<std::string, std::string>& target) {
  return [&target](const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr || !(table->empty() || table->is_homogeneous<std::string>())) {
      return false;
    }
    for (const auto& [key, entry] : *table) {
      target[std::string(key.str())] = entry.value_or(std::string());
    }
    return true;
  };
}

void read_table(const std::string& file, const toml::table& table, const Keys& keys) {
  std::vector<std::string> names;
  for (const auto& [name, setter] : keys) {
    names.push_back(name);
  }
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    const auto found = keys.find(name);
    if (found == keys.end()) {
      const std::string guess = nearest(name, names);
      refuse("profile-key", file, node, "there is no key " + name, guess.empty() ? "see man sohoa-profile" : "did you mean " + guess + "?");
    }
    if (!found->second(node)) {
      refuse("profile-type", file, node, "the value of " + name + " has the wrong type", "see man sohoa-profile");
    }
  }
}

class Reader {
 public:
  Reader(std::string file, Profile& profile) : m_file(std::move(file)), m_profile(profile) {}

  void read(const toml::table& root) {
    Profile& p = m_profile;
    std::string ignored;
    read_table(m_file, root, {{"name", text(p.name)},
                              {"title", text(p.title)},
                              {"extends", text(ignored)},
                              {"ocr", table({{"language", text(p.language)}})},
                              {"pdf", table({{"language", text(p.language_tag)}, {"conformance", text(p.conformance)}})},
                              {"time", table({{"zone_minutes", number(p.time_zone_minutes)}})},
                              {"code", table({{"template", text(p.code.code_template)},
                                              {"required", texts(p.code.required)},
                                              {"max_length", number(p.code.max_length)},
                                              {"min_confidence", number(p.code.min_confidence)}})},
                              {"extract", [this](const toml::node& node) { return extract(node); }},
                              {"naming", table({{"folder", text(p.naming.folder)},
                                                {"file", text(p.naming.file)},
                                                {"unfiled_folder", text(p.naming.unfiled_folder)},
                                                {"unfiled_file", text(p.naming.unfiled_file)}})},
                              {"quality", table({{"min_dpi", number(p.quality.min_dpi)},
                                                 {"colour", flag(p.quality.colour)},
                                                 {"assumed_dpi", number(p.quality.assumed_dpi)}})},
                              {"limits", table({{"max_file_bytes", number(p.limits.max_file_bytes)},
                                                {"max_page_pixels", number(p.limits.max_page_pixels)},
                                                {"max_pages", number(p.limits.max_pages)},
                                                {"worker_memory_bytes", number(p.limits.worker_memory_bytes)},
                                                {"page_seconds", number(p.limits.page_seconds)}})},
                              {"signature", [this](const toml::node& node) { return signatures(node); }},
                              {"manifest", [this](const toml::node& node) { return columns(node); }},
                              {"fields", [this](const toml::node& node) { return fields(node); }}});
  }

 private:
  Setter table(Keys keys) {
    return [this, keys = std::move(keys)](const toml::node& node) {
      if (const toml::table* inner = node.as_table(); inner != nullptr) {
        read_table(m_file, *inner, keys);
        return true;
      }
      return false;
    };
  }

  // A map of tables with one shape: [signature.officer], [fields.owner].
  template <typename Value, typename KeysOf>
  bool each(const toml::node& node, std::map<std::string, Value>& target, const KeysOf& keys_of) {
    const toml::table* tables = node.as_table();
    if (tables == nullptr) {
      return false;
    }
    for (const auto& [key, entry] : *tables) {
      Value& value = target[std::string(key.str())];
      if (!table(keys_of(value))(entry)) {
        return false;
      }
    }
    return true;
  }

  bool signatures(const toml::node& node) {
    const toml::table* tables = node.as_table();
    if (tables == nullptr) {
      return false;
    }
    toml::table roles = *tables;
    if (const toml::node* font = tables->get("font"); font != nullptr) {
      m_profile.signature_font = font->value_or(m_profile.signature_font);
      roles.erase("font");
    }
    return each(roles, m_profile.signatures, [](Profile::Appearance& a) {
      return Keys{{"corner", text(a.corner)}, {"lines", texts(a.lines)}, {"font_size", number(a.font_size)}, {"margin_mm", number(a.margin_mm)}};
    });
  }

  bool fields(const toml::node& node) {
    return each(node, m_profile.fields, [](Profile::FieldRule& rule) {
      return Keys{{"max_length", number(rule.max_length)}, {"column", text(rule.column)}, {"aliases", texts(rule.aliases)}};
    });
  }

  bool extract(const toml::node& node) {
    ExtractRules& e = m_profile.extract;
    if (const toml::table* section = node.as_table(); section != nullptr && !(*section)["inherit"].value_or(true)) {
      e = ExtractRules();
    }
    const Setter rules = [this, &e](const toml::node& tables) {
      return each(tables, e.rules, [](ExtractRule& rule) {
        return Keys{{"field", text(rule.field)},         {"pages", text(rule.pages)},
                    {"region", text(rule.region)},       {"take", text(rule.take)},
                    {"pattern", text(rule.pattern)},     {"value", text(rule.value)},
                    {"label", text(rule.label)},         {"until", text(rule.until)},
                    {"normalize", text(rule.normalize)}, {"otherwise", text(rule.otherwise)},
                    {"certainty", number(rule.certainty)}};
      });
    };
    return table({{"inherit", flag(e.inherit)},
                  {"min_confidence", number(e.min_confidence)},
                  {"divider", text(e.divider)},
                  {"column", number(e.column)},
                  {"head", number(e.head)},
                  {"head_end", text(e.head_end)},
                  {"organs", text(e.organs)},
                  {"letter", text(e.letter)},
                  {"kinds", words(e.kinds)},
                  {"abbreviations", texts(e.abbreviations)},
                  {"synonyms", words(e.synonyms)},
                  {"rules", rules}})(node);
  }

  bool columns(const toml::node& node) {
    const toml::table* section = node.as_table();
    const toml::array* rows = section == nullptr ? nullptr : section->get_as<toml::array>("columns");
    if (rows == nullptr) {
      return false;
    }
    m_profile.manifest_columns.clear();
    for (const toml::node& row : *rows) {
      Profile::Column column;
      if (!table({{"title", text(column.title)}, {"value", text(column.value)}})(row)) {
        return false;
      }
      m_profile.manifest_columns.push_back(std::move(column));
    }
    return true;
  }

  std::string m_file;
  Profile& m_profile;
};

std::vector<fs::path> profile_folders() {
  std::vector<fs::path> folders;
  if (const char* path = std::getenv("SOHOA_PROFILE_PATH"); path != nullptr) {
    std::stringstream parts(path);
    for (std::string part; std::getline(parts, part, ':');) {
      folders.emplace_back(part);
    }
  }
  if (const char* home = std::getenv("HOME"); home != nullptr) {
    folders.push_back(fs::path(home) / ".config/sohoa/profiles");
  }
  folders.emplace_back("/etc/sohoa/profiles");
  // Beside the program, so that an installed tree may be moved.
  boost::system::error_code code;
  const fs::path program = fs::read_symlink("/proc/self/exe", code);
  folders.push_back(program.parent_path().parent_path() / "share/sohoa/profiles");
  folders.emplace_back(SOHOA_SOURCE_PROFILES);
  return folders;
}

fs::path find_profile(const std::string& name_or_path) {
  if (name_or_path.find('/') != std::string::npos || name_or_path.ends_with(".toml")) {
    return name_or_path;
  }
  std::vector<std::string> known;
  for (const fs::path& folder : profile_folders()) {
    const fs::path file = folder / (name_or_path + ".toml");
    if (fs::exists(file)) {
      return file;
    }
    boost::system::error_code code;
    for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
      known.push_back(entry->path().stem().string());
    }
  }
  const std::string guess = nearest(name_or_path, known);
  throw usage_error("profile-unknown", "there is no profile " + name_or_path,
                    guess.empty() ? "give a name like vn-tthc or the path of a TOML file" : "did you mean " + guess + "?");
}

void read_profile(const std::string& name_or_path, Profile& profile, int depth) {
  const fs::path file = find_profile(name_or_path);
  const std::string bytes = read_file(file, max_profile_bytes);
  try {
    const toml::table root = toml::parse(bytes, file.string());
    if (const auto base = root["extends"].value<std::string>(); base && depth < 8) {
      read_profile(*base, profile, depth + 1);
    }
    Reader(file.string(), profile).read(root);
  } catch (const toml::parse_error& cause) {
    throw usage_error("profile-syntax", file.string() + ", line " + std::to_string(cause.source().begin.line) + ": " + std::string(cause.description()),
                      "correct the TOML there");
  }
}

}  // namespace

Profile load_profile(const std::string& name_or_path) {
  Profile profile;
  read_profile(name_or_path, profile, 0);
  return profile;
}

std::string expand_template(const std::string& text, const std::map<std::string, std::string>& values) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find('{', at);
    const std::size_t close = text.find('}', open == std::string::npos ? text.size() : open);
    out += text.substr(at, open - at);
    if (open == std::string::npos || close == std::string::npos) {
      break;
    }
    const std::string inner = text.substr(open + 1, close - open - 1);
    const std::size_t colon = inner.find(':');
    const auto found = values.find(inner.substr(0, colon));
    if (found == values.end()) {
      throw usage_error("template-name", "the template " + text + " names " + inner + ", which is not known", "see man sohoa-profile");
    }
    std::string value = found->second;
    if (colon != std::string::npos) {
      const std::string width = inner.substr(colon + 1);
      const auto size = static_cast<std::size_t>(std::strtoul(width.c_str(), nullptr, 10));
      const bool zeros = width.front() == '0';
      value = zeros && value.size() < size ? std::string(size - value.size(), '0') + value : zeros ? value : value.substr(0, size);
    }
    out += value;
    at = close + 1;
  }
  return out;
}

}  // namespace sohoa
