// SPDX-License-Identifier: Apache-2.0
#include "cli/verify_copy.hpp"

#include "core/archive.hpp"
#include "core/catalog.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

namespace sohoa {
namespace {

// What changes while an archive is used, and is judged by what it says instead.
bool is_own(const std::string& top) { return top.empty() || top.front() == '.' || top.rfind("catalog.sqlite", 0) == 0; }

// Paths from the root, sorted. Links are not followed.
std::vector<std::string> files_of(const fs::path& root) {
  std::vector<std::string> files;
  for (fs::recursive_directory_iterator entry(root), end; entry != end; ++entry) {
    const fs::path name = entry->path().lexically_relative(root);
    if (is_own(name.begin()->string())) {
      entry.disable_recursion_pending();
    } else if (!fs::is_directory(entry->symlink_status())) {
      files.push_back(name.string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

// The first byte in which two files differ, from 0; nothing when they are equal.
std::optional<std::uint64_t> difference(const fs::path& one, const fs::path& other) {
  std::ifstream first(one.string(), std::ios::binary);
  std::ifstream second(other.string(), std::ios::binary);
  if (!first || !second) {
    throw input_error("file-not-read", (first ? other : one).string() + " cannot be read", "check its permissions");
  }
  std::array<char, 65536> a{};
  std::array<char, 65536> b{};
  std::uint64_t before = 0;
  while (true) {
    const auto had = static_cast<std::size_t>(first.read(a.data(), a.size()).gcount());
    const auto has = static_cast<std::size_t>(second.read(b.data(), b.size()).gcount());
    if (first.bad() || second.bad()) {
      throw input_error("file-not-read", (first.bad() ? one : other).string() + " cannot be read to its end",
                        "check the disk");
    }
    const auto common = static_cast<std::ptrdiff_t>(std::min(had, has));
    const auto at = std::mismatch(a.begin(), a.begin() + common, b.begin()).first;
    if (at != a.begin() + common || had != has) {
      return before + static_cast<std::uint64_t>(std::distance(a.begin(), at));
    }
    if (had < a.size()) {
      return std::nullopt;
    }
    before += had;
  }
}

std::optional<std::string> compare(const fs::path& one, const fs::path& other) {
  try {
    const auto kind = fs::symlink_status(one).type();
    if (kind != fs::symlink_status(other).type()) {
      return "one is a file, the other is none";
    }
    if (kind != fs::regular_file) {
      return std::nullopt;
    }
    const auto at = difference(one, other);
    return at ? std::optional("it differs from byte " + std::to_string(*at) +
                              " on; sohoa verify of both says which is "
                              "as the manifest has it")
              : std::nullopt;
  } catch (const Error& error) {
    return error.what();
  }
}

// The copy's chain of events has to be whole, and the beginning of the archive's, or as long.
std::optional<std::string> compare_catalogs(const fs::path& archive, const fs::path& copy) {
  if (!fs::exists(archive / "catalog.sqlite")) {
    return std::nullopt;
  }
  if (!fs::exists(copy / "catalog.sqlite")) {
    return "the catalog is missing; copy it too, by sqlite3 catalog.sqlite '.backup COPY' while it is in use";
  }
  const Catalog own(catalog_of_archive(archive, "", false), Database::Access::read);
  const Catalog theirs(catalog_of_archive(copy, "", false), Database::Access::read);
  if (!own.is_current() || !theirs.is_current()) {
    return own.is_current() ? std::optional<std::string>("the catalog is of another version") : std::nullopt;
  }
  if (const auto broken = theirs.events().check()) {
    return broken->sentence();
  }
  const EventChain::End end = theirs.events().end();
  if (end.number > 0 && own.events().digest_of(end.number) != end.digest) {
    return "the catalog's events are not those of the archive";
  }
  const std::int64_t behind = own.events().end().number - end.number;
  return behind > 0 ? std::optional("the catalog is older, " + std::to_string(behind) + " events are not in it")
                    : std::nullopt;
}

}  // namespace

std::string CopyCounts::sentence(const std::string& archive) const {
  const auto part = [](std::size_t number, const char* one, const char* several) {
    return number == 0 ? std::string() : ", " + std::to_string(number) + (number == 1 ? one : several);
  };
  return std::to_string(equal) + (equal == 1 ? " file is" : " files are") + " as in " + archive +
         part(different, " differs", " differ") + part(missing, " is missing", " are missing") +
         part(surplus, " is only there", " are only there") + ".";
}

CopyCounts compare_copy(const fs::path& archive, const fs::path& copy,
                        const std::function<bool(const std::string&)>& wanted, const std::function<bool()>& should_stop,
                        const std::function<void(const CopyFault&)>& tell) {
  if (!Archive::is_at(copy)) {
    throw input_error("copy-missing", "no archive is at " + copy.string(), "name the folder of the copy");
  }
  CopyCounts counts;
  const std::vector<std::string> own = files_of(archive);
  const std::vector<std::string> theirs = files_of(copy);
  for (const std::string& file : own) {
    if (should_stop()) {
      return counts;
    }
    if (!std::binary_search(theirs.begin(), theirs.end(), file)) {
      ++counts.missing;
      tell({file, "missing", "the file is not in the copy; copy it again"});
    } else if (!wanted(file)) {
      continue;
    } else if (const auto fault = compare(archive / file, copy / file)) {
      ++counts.different;
      tell({file, "different", *fault});
    } else {
      ++counts.equal;
    }
  }
  std::vector<std::string> surplus;
  std::set_difference(theirs.begin(), theirs.end(), own.begin(), own.end(), std::back_inserter(surplus));
  for (const std::string& file : surplus) {
    ++counts.surplus;
    tell({file, "surplus", "the file is only in the copy; it was removed from the archive, or does not belong here"});
  }
  if (const auto fault = compare_catalogs(archive, copy)) {
    ++counts.different;
    tell({"catalog.sqlite", "different", *fault});
  }
  return counts;
}

}  // namespace sohoa
