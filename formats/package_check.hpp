// SPDX-License-Identifier: Apache-2.0
// Whether a package (METS, E-ARK CSIP) is whole: every file that METS names is there and is that file, every file that
// is there is named, and what PREMIS says of digests is so. Whoever made it; nothing outside of it is opened.
#pragma once

#include "core/fs.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

struct PackageReport {
  std::string objid;
  std::string type;                 // SIP, AIP …, as METS says
  std::uint64_t files = 0;          // that METS names
  std::uint64_t bytes = 0;          // of them
  std::string mets_sha256;          // of METS.xml, which nothing inside vouches for
  std::vector<std::string> faults;  // one sentence each, naming the file; none: whole
  std::vector<std::string> notes;
};

// Whether the folder has a METS.xml.
bool is_package(const fs::path& folder);

// Reads every file. Throws Error(ExitStatus::input, "package-unreadable") when the folder cannot be read.
PackageReport check_package(const fs::path& folder);

// Whether two packages have the same data and the same descriptions; when they were made does not matter.
bool same_package(const fs::path& one, const fs::path& other);

// A reference of METS, its path decoded and relative to the METS file.
struct MetsReference {
  std::string path;
  std::string digest;  // lower case; empty: METS does not say
  std::string algorithm;
  std::string bytes;
  bool is_mets = false;  // mptr
};

// `fault` is told of XML that is none, of references that lead out of the folder and of such that are no files; those
// are not taken. Returns OBJID and the package's type.
std::pair<std::string, std::string> read_mets(std::string_view xml, const std::function<void(MetsReference)>& take,
                                              const std::function<void(const std::string&)>& fault);

}  // namespace sohoa
