// SPDX-License-Identifier: Apache-2.0
// The XML of one package around data that lie there already.
#pragma once

#include "core/profile.hpp"
#include "formats/columns.hpp"

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace sohoa {

inline const std::string package_representation = "representations/rep1";
inline const std::string package_data = package_representation + "/data";

struct PackageData {
  std::string name;  // in package_data
  std::uint64_t bytes = 0;
  std::string sha256;
  std::string conformance;  // "PDF/A-2u"
};

struct PackageDocument {
  std::vector<PackageData> files;  // the PDF first
  std::function<Json()> record;    // read when it is needed, so that a dossier's records are not all in memory
};

class PackageBuilder {
 public:
  struct Head {
    std::string type;  // SIP | AIP
    std::string agency;
  };
  // Keeps `profile`. Throws as PackageWriter does.
  PackageBuilder(const Profile& profile, Head head);

  // Writes descriptions, PREMIS, schemas and METS below `folder`; returns all files that belong there, data included,
  // by their paths in it. What does not keep to the rules of the profile is added to `warnings`.
  std::set<std::string> build(const fs::path& folder, const std::string& dossier, const std::string& objid,
                              const std::vector<PackageDocument>& documents, std::vector<Problem>& warnings) const;

 private:
  const Profile& m_profile;
  Head m_head;
  Columns m_dossier;
  Columns m_document;
  std::vector<fs::path> m_schemas;
};

}  // namespace sohoa
