// SPDX-License-Identifier: Apache-2.0
#include "core/profile.hpp"

#include "core/profile_keys.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <sstream>

namespace sohoa {
namespace {

constexpr std::string_view manual = "man sohoa-profile";

std::vector<fs::path> profile_folders() {
  std::vector<fs::path> folders;
  if (const char* path = std::getenv("SOHOA_PROFILE_PATH"); path != nullptr) {
    std::stringstream parts(path);
    for (std::string part; std::getline(parts, part, ':');) {
      folders.emplace_back(part);
    }
  }
  if (const fs::path own = user_config_folder(); !own.empty()) {
    folders.push_back(own / "profiles");
  }
  folders.emplace_back("/etc/sohoa/profiles");
  // Beside the program, so that an installed tree may be moved.
  boost::system::error_code code;
  const fs::path program = fs::read_symlink("/proc/self/exe", code);
  folders.push_back(program.parent_path().parent_path() / "share/sohoa/profiles");
  folders.emplace_back(SOHOA_SOURCE_PROFILES);
  return folders;
}

std::vector<ProfileFile> all_profiles() {
  std::vector<ProfileFile> found;
  for (const fs::path& folder : profile_folders()) {
    boost::system::error_code code;
    for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
      if (entry->path().extension() == ".toml") {
        found.push_back({entry->path().stem().string(), entry->path()});
      }
    }
  }
  return found;
}

bool is_path(const std::string& name) { return name.find('/') != std::string::npos || name.ends_with(".toml"); }

// Links resolved; the path itself where that cannot be, so that reading it says why.
fs::path real_path(const fs::path& file) {
  boost::system::error_code code;
  const fs::path real = fs::weakly_canonical(file, code);
  return code ? file : real;
}

bool contains(const std::vector<fs::path>& files, const fs::path& file) {
  return std::find(files.begin(), files.end(), file) != files.end();
}

// The canonical file of a profile that is not `taken`, or nothing when all of that name are.
std::optional<fs::path> find_profile(const std::string& name, const fs::path& folder,
                                     const std::vector<fs::path>& taken) {
  std::vector<std::string> known;
  std::vector<fs::path> files;
  if (is_path(name)) {
    files.push_back(fs::absolute(name, folder));
  }
  for (const ProfileFile& profile : is_path(name) ? std::vector<ProfileFile>() : all_profiles()) {
    known.push_back(profile.name);
    if (profile.name == name) {
      files.push_back(profile.file);
    }
  }
  if (files.empty()) {
    const std::string guess = nearest(name, known);
    throw usage_error("profile-unknown", "there is no profile " + name,
                      guess.empty() ? "see sohoa profile list, or give the path of a TOML file"
                                    : "did you mean " + guess + "? See sohoa profile list");
  }
  const auto fresh =
      std::find_if(files.begin(), files.end(), [&](const fs::path& file) { return !contains(taken, real_path(file)); });
  return fresh == files.end() ? std::optional<fs::path>() : *fresh;
}

// The file and those it extends, the last first, as they are to be read one over the other.
struct Layer {
  fs::path file;
  TomlTable table;
};

const std::string* base_of(const TomlTable& table) {
  const auto entry = std::find_if(table.begin(), table.end(), [](const TomlEntry& e) { return e.key == "extends"; });
  return entry == table.end() ? nullptr : std::get_if<std::string>(&entry->value.value);
}

std::vector<Layer> layers_of(const std::string& name_or_path) {
  std::vector<Layer> layers;
  std::vector<fs::path> taken;
  std::string name = name_or_path;
  fs::path folder = fs::current_path();
  while (true) {
    const std::optional<fs::path> file = find_profile(name, folder, taken);
    if (!file) {
      throw usage_error("profile-cycle",
                        layers.front().file.string() + " extends " + name + ", which extends " + "it in turn",
                        "remove one extends from the circle");
    }
    layers.insert(layers.begin(), Layer{*file, read_toml(*file, "profile-syntax")});
    taken.push_back(real_path(*file));
    folder = file->parent_path();
    const std::string* base = base_of(layers.front().table);
    if (base == nullptr || base->empty()) {
      return layers;
    }
    name = *base;
  }
}

std::vector<Error> read_layers(const std::string& name_or_path, TomlKeys& keys) {
  std::vector<Error> faults;
  for (const Layer& layer : layers_of(name_or_path)) {
    std::ranges::move(keys.read(layer.table, layer.file.string()), std::back_inserter(faults));
  }
  return faults;
}

struct Loaded {
  Profile profile;
  TomlKeys keys{"profile", std::string(manual)};
  std::vector<Error> faults;

  explicit Loaded(const std::string& name_or_path) {
    declare_profile(keys, profile);
    faults = read_layers(name_or_path, keys);
  }

  void must_be_sound() const {
    if (!faults.empty()) {
      throw Error(faults.front());
    }
  }
};

}  // namespace

Profile load_profile(const std::string& name_or_path) {
  Loaded loaded(name_or_path);
  loaded.must_be_sound();
  return std::move(loaded.profile);
}

std::vector<Error> profile_faults(const std::string& name_or_path) {
  try {
    return std::move(Loaded(name_or_path).faults);
  } catch (const Error& error) {
    return {error};
  }
}

std::string show_profile(const std::string& name_or_path) {
  const Loaded loaded(name_or_path);
  loaded.must_be_sound();
  return loaded.keys.write();
}

void require_role(const Profile& profile, const std::string& role) {
  if (!profile.signatures.contains(role)) {
    throw usage_error("role-unknown", "the profile " + profile.name + " has no signature role " + role,
                      "give one of its [signature.<role>] sections to --role");
  }
}

fs::path file_beside_profiles(const std::string& name) {
  for (const fs::path& folder : profile_folders()) {
    boost::system::error_code code;
    if (fs::is_regular_file(folder / name, code)) {
      return folder / name;
    }
  }
  return {};
}

std::vector<ProfileFile> list_profiles() {
  std::vector<ProfileFile> profiles = all_profiles();
  std::ranges::stable_sort(profiles, {}, &ProfileFile::name);
  const auto doubles = std::unique(profiles.begin(), profiles.end(),
                                   [](const ProfileFile& a, const ProfileFile& b) { return a.name == b.name; });
  profiles.erase(doubles, profiles.end());
  return profiles;
}

}  // namespace sohoa
