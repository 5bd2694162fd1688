// SPDX-License-Identifier: Apache-2.0
// Delivered documents as packages for an archive, one a dossier: SIP or AIP after TT 05/2025/TT-BNV, Annex I, as it is
// implemented (E-ARK CSIP: METS, PREMIS 3, descriptions of dossier and documents). The annex itself was not at hand, so
// what it decides is in the profile ([package], [lists]) and in the schemas beside it.
//
//   urn_<fonds>_uuid_<UUID>/METS.xml, metadata/descriptive/EAD.xml, metadata/preservation/PREMIS.xml, schemas/*.xsd
//     representations/rep1/METS.xml, data/<dossier>.<ordinal>.pdf, metadata/descriptive/EAD_doc_File<N>.xml,
//       metadata/preservation/PREMIS_rep1.xml
#pragma once

#include "core/document.hpp"
#include "core/fs.hpp"
#include "core/profile.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sohoa {

struct PackageResult {
  fs::path folder;
  std::string dossier;
  std::string objid;
  std::size_t documents = 0;
  std::uint64_t bytes = 0;  // of data
  std::string mets_sha256;  // with it the whole package is known
  bool there = false;       // it lay there already, with the same data and descriptions
  std::vector<Problem> warnings;
  std::vector<Error> faults;  // then it was not made
};

class PackageWriter {
 public:
  struct Options {
    std::string type;    // SIP | AIP
    std::string fonds;   // code of the fonds; may be empty
    std::string agency;  // who makes the packages; may be empty
  };
  // Packages grow in hidden folders of `folder` and get their names when they are whole; what an earlier process copied
  // is taken when its digest is right. Relative paths that are not there are looked for below `root`. Keeps `profile`.
  // Throws Error(ExitStatus::usage) of columns (formats/columns.hpp), "package-element" of a title that is no name of
  // an element, "package-schema" when a schema is not beside the profiles.
  PackageWriter(const fs::path& folder, const fs::path& root, Options options, const Profile& profile);
  PackageWriter(const PackageWriter&) = delete;
  PackageWriter& operator=(const PackageWriter&) = delete;
  ~PackageWriter();

  // Copies the document's PDF and originals. Throws Error(ExitStatus::input): "package-dossier" without a dossier code
  // and ordinal, "package-name" when another document has that place, and what copy_checked() throws.
  void add(const Document& document);
  // A document of that dossier is not delivered, so the dossier would not be whole: its package is not made.
  void miss(const Document& document);
  // Makes the packages in the order in which their dossiers came, and leaves nothing of dossiers that were left out;
  // ends early, with false, when `should_stop` says so.
  bool finish(const std::function<void(const PackageResult&)>& tell, const std::function<bool()>& should_stop);

 private:
  struct Parts;
  std::unique_ptr<Parts> m_parts;
};

}  // namespace sohoa
