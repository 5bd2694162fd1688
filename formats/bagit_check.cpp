// SPDX-License-Identifier: Apache-2.0
#include "formats/bagit_check.hpp"

#include "core/error.hpp"
#include "core/text.hpp"
#include "formats/bag_digest.hpp"
#include "formats/inner_path.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace sohoa {
namespace {

constexpr std::uint64_t max_tag_file = std::uint64_t{1} << 30U;

// Lines end with LF, CR or CR LF.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    lines.push_back(text.substr(0, end));
    const std::size_t skip = text.substr(end, 2) == "\r\n" ? 2 : 1;
    text.remove_prefix(std::min(end + skip, text.size()));
  }
  return lines;
}

std::string decoded(std::string_view path) {
  std::string text;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::string_view code = path.substr(i, 3);
    const bool line_feed = code == "%0A" || code == "%0a";
    const bool carriage_return = code == "%0D" || code == "%0d";
    if (line_feed || carriage_return || code == "%25") {
      text += line_feed ? '\n' : carriage_return ? '\r' : '%';
      i += 2;
    } else {
      text += path[i];
    }
  }
  return text;
}

bool leads_out(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.front() == '~' || path.find('\0') != std::string_view::npos) {
    return true;
  }
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (path.substr(0, end) == "..") {
      return true;
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

struct Manifest {
  std::string name;
  std::string algorithm;
  bool of_tags = false;
  std::map<std::string, std::string> digests = {};
};

class Checker {
 public:
  explicit Checker(fs::path folder) : m_folder(std::move(folder)) {}

  BagReport check() {
    read_declaration();
    walk();
    find_manifests();
    for (Manifest& manifest : m_manifests) {
      read(manifest);
    }
    compare_lists();
    compare_digests();
    judge_oxum();
    return std::move(m_report);
  }

 private:
  void fault(const std::string& sentence) { m_report.faults.push_back(sentence); }

  std::optional<std::string> text_of(const std::string& name) {
    try {
      const fs::path file = m_folder / name;
      if (!fs::is_regular_file(fs::symlink_status(file))) {
        throw input_error("file-unreadable", name + " is no file", "take it back from a copy");
      }
      std::string text = read_file(file, max_tag_file);
      if (!is_utf8(text)) {
        fault(name + " is not UTF-8");
        return std::nullopt;
      }
      return text;
    } catch (const Error& error) {
      fault(error.message());
      return std::nullopt;
    }
  }

  void read_declaration() {
    const std::optional<std::string> text = text_of("bagit.txt");
    if (!text) {
      return;
    }
    const std::vector<std::string_view> lines = lines_of(*text);
    constexpr std::string_view version = "BagIt-Version: ";
    if (lines.size() != 2 || !lines[0].starts_with(version) || lines[1] != "Tag-File-Character-Encoding: UTF-8") {
      fault("bagit.txt does not declare a version of BagIt and UTF-8");
      return;
    }
    m_report.version = lines[0].substr(version.size());
    static const std::set<std::string> known = {"0.93", "0.94", "0.95", "0.96", "0.97", "1.0"};
    if (known.count(m_report.version) == 0) {
      fault("bagit.txt declares version " + m_report.version + ", which is not known");
    }
  }

  void walk() {
    m_files = files_inside(m_folder, [this](const std::string& sentence) { fault(sentence); });
    for (const std::string& name : m_files) {
      if (name.starts_with("data/")) {
        ++m_report.files;
        m_report.bytes += fs::file_size(m_folder / name);
      }
    }
    if (!fs::is_directory(fs::symlink_status(m_folder / "data"))) {
      fault("the folder data is missing");
    }
  }

  void find_manifests() {
    bool payload = false;
    for (const std::string& name : m_files) {
      const bool of_tags = name.starts_with("tagmanifest-");
      const std::string_view head = of_tags ? "tagmanifest-" : "manifest-";
      if (name.find('/') != std::string::npos || !name.starts_with(head) || name.size() < head.size() + 5 ||
          name.substr(name.size() - 4) != ".txt") {
        continue;
      }
      m_tags_listed = m_tags_listed || of_tags;
      const std::string algorithm = name.substr(head.size(), name.size() - head.size() - 4);
      if (algorithm != "sha256" && algorithm != "sha512") {
        m_report.notes.push_back("the digests of " + name + " were not compared");
        continue;
      }
      payload = payload || !of_tags;
      m_manifests.push_back({name, algorithm, of_tags});
    }
    if (!payload) {
      fault("there is no manifest-sha256.txt or manifest-sha512.txt");
    }
    if (!m_tags_listed) {
      m_report.notes.emplace_back("there is no tag manifest, so changes of the tag files are not seen");
    }
    if (m_files.count("fetch.txt") != 0) {
      m_report.notes.emplace_back("files that fetch.txt names are not fetched");
    }
  }

  void read(Manifest& manifest) {
    const std::optional<std::string> text = text_of(manifest.name);
    if (!text) {
      return;
    }
    const auto tell = [&](const std::string& sentence) { fault(manifest.name + ", " + sentence); };
    const auto take = [&](BagLine line) {
      const std::string path = inner_path(line.path);
      if (path.starts_with("data/") == manifest.of_tags) {
        tell("which lists " + path + ", which is not " + (manifest.of_tags ? "a tag file" : "in data"));
      } else if (!manifest.digests.emplace(path, std::move(line.digest)).second) {
        tell("which lists " + path + " twice");
      }
    };
    read_bag_manifest(*text, manifest.algorithm == "sha256" ? 64 : 128, take, tell);
  }

  // Every file in every manifest, and every listed file there.
  void compare_lists() {
    for (const Manifest& manifest : m_manifests) {
      for (const auto& [path, digest] : manifest.digests) {
        if (m_files.count(path) == 0) {
          fault(path + " is missing: " + manifest.name + " lists it");
        }
      }
      for (const std::string& file : m_files) {
        const bool tag = !file.starts_with("data/");
        if (tag == manifest.of_tags && !file.starts_with("tagmanifest-") && manifest.digests.count(file) == 0) {
          fault(file + " is not listed in " + manifest.name);
        }
      }
    }
  }

  void compare_digests() {
    for (const std::string& file : m_files) {
      std::vector<const Manifest*> listed_in;
      for (const Manifest& manifest : m_manifests) {
        if (manifest.digests.count(file) != 0) {
          listed_in.push_back(&manifest);
        }
      }
      if (listed_in.empty()) {
        continue;
      }
      try {
        const BagDigests found = bag_digests_of_file(m_folder / file);
        for (const Manifest* manifest : listed_in) {
          if (manifest->digests.at(file) != (manifest->algorithm == "sha256" ? found.sha256 : found.sha512)) {
            fault(file + " was changed: " + manifest->name + " has another digest");
          }
        }
      } catch (const Error& error) {
        fault(error.message());
      }
    }
  }

  void judge_oxum() {
    const std::optional<std::string> text = m_files.count("bag-info.txt") != 0 ? text_of("bag-info.txt") : std::nullopt;
    if (!text) {
      return;
    }
    constexpr std::string_view label = "Payload-Oxum:";
    for (const std::string_view line : lines_of(*text)) {
      if (!line.starts_with(label)) {
        continue;
      }
      const std::string oxum = std::to_string(m_report.bytes) + "." + std::to_string(m_report.files);
      const std::string said = trim(line.substr(label.size()));
      if (said != oxum) {
        fault("bag-info.txt says " + said + " for bytes and files of data, there are " + oxum);
      }
    }
  }

  fs::path m_folder;
  std::set<std::string> m_files;  // all of the bag, from its folder
  std::vector<Manifest> m_manifests;
  bool m_tags_listed = false;
  BagReport m_report;
};

}  // namespace

bool is_bag(const fs::path& folder) {
  boost::system::error_code code;
  if (fs::exists(fs::symlink_status(folder / "bagit.txt", code))) {
    return true;
  }
  bool listed = false;
  for (const char* name : {"manifest-sha256.txt", "manifest-sha512.txt"}) {
    listed = listed || fs::exists(fs::symlink_status(folder / name, code));
  }
  return listed && fs::is_directory(fs::symlink_status(folder / "data", code));
}

BagReport check_bag(const fs::path& folder) {
  try {
    return Checker(folder).check();
  } catch (const fs::filesystem_error& error) {
    throw input_error("bag-unreadable", "cannot read the bag " + folder.string() + ": " + error.code().message(),
                      "check the permissions of its folders");
  }
}

void read_bag_manifest(std::string_view text, std::size_t digits, const std::function<void(BagLine)>& take,
                       const std::function<void(const std::string&)>& fault) {
  std::size_t number = 0;
  for (const std::string_view line : lines_of(text)) {
    const std::string place = "line " + std::to_string(++number);
    if (line.empty()) {
      continue;
    }
    std::string digest(line.substr(0, digits));
    std::transform(digest.begin(), digest.end(), digest.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    const std::size_t begin = line.find_first_not_of(" \t", std::min(digits, line.size()));
    if (digest.size() < digits || digest.find_first_not_of("0123456789abcdef") != std::string::npos ||
        begin == std::string_view::npos || begin == digits) {
      fault(place + " has no digest and path");
      continue;
    }
    // md5sum and its kin mark binary files with an asterisk.
    const std::string path = decoded(line.substr(line[begin] == '*' ? begin + 1 : begin));
    if (leads_out(path)) {
      fault(place + " names a path that leads out of the bag: " + path);
      continue;
    }
    take({std::move(digest), path});
  }
}

}  // namespace sohoa
