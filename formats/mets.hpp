// SPDX-License-Identifier: Apache-2.0
// METS 1.12.1 as the packages of E-ARK CSIP 2 have it (Library of Congress; DILCIS Board): which files there are, with
// their digests, and how they hang together. References are relative to the METS file.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

// A file that METS points to.
struct MetsFile {
  std::string href;
  std::string mime;
  std::uint64_t bytes = 0;
  std::string sha256;
  std::string label;  // of data: how people call it
};

struct MetsHead {
  std::string objid;
  std::string label;
  std::string type;     // mets/@TYPE
  std::string package;  // SIP | AIP
  std::string made;     // ISO 8601 with the office's zone
  std::string agency;   // who made the package; may be empty
};

using MetsPut = std::function<void(std::string_view)>;

// The METS of a whole package: one description, one record of preservation, schemas, one representation's METS.
void write_package_mets(const MetsPut& put, const MetsHead& head, const MetsFile& description,
                        const MetsFile& preservation, const std::vector<MetsFile>& schemas,
                        const MetsFile& representation);

// The METS of a representation. `descriptions` has one for each of `data`, in the same order; data that belong to the
// description before have an empty href there.
void write_representation_mets(const MetsPut& put, const MetsHead& head, const std::vector<MetsFile>& descriptions,
                               const MetsFile& preservation, const std::vector<MetsFile>& data);

}  // namespace sohoa
