// SPDX-License-Identifier: Apache-2.0
// A bag of delivered documents (BagIt 1.0, RFC 8493): the files in data/, their records in data/documents.jsonl, and
// SHA-256 and SHA-512 of everything.
#pragma once

#include "core/descriptor.hpp"
#include "core/document.hpp"
#include "core/fs.hpp"
#include "formats/bag_digest.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace sohoa {

class AtomicFile;

// As manifests write a path: CR, LF and % as %0D, %0A and %25 (RFC 8493, 2.1.3).
std::string bag_path(std::string_view path);

// A bag in the making. It grows in ".<name>.part" beside the target and gets its name when it is whole; what an earlier
// process left there is taken when its digest is right. Memory: eight bytes and a little a file.
class BagWriter {
 public:
  // `root`: files are named from there; what lies outside of it goes to data/outside/<id>/. A relative path that is
  // not there is looked for below `root`. Throws Error(ExitStatus::usage, "bag-target") when `target` or the folder
  // beside it holds something else, and (ExitStatus::archive_locked) when another process makes the same bag.
  BagWriter(const fs::path& target, const fs::path& root);
  BagWriter(const BagWriter&) = delete;
  BagWriter& operator=(const BagWriter&) = delete;
  ~BagWriter();

  // Copies what the document has (pdf, sidecars, originals) and makes their paths those in data/. Throws
  // Error(ExitStatus::input), and takes nothing, when a file is gone, is not the one of the record ("file-digest"), or
  // its name is taken by another ("bag-name").
  void add(Document& document);
  // One line of documents.jsonl.
  void note(const Document& document, const std::string& line);
  // Gives the bag its name; false when it was there already, the same. Throws Error(ExitStatus::usage, "bag-target")
  // when a bag of that name holds other files.
  bool commit();

 private:
  struct Entry {
    std::string name;  // below data/
    BagDigests digests;
    std::uint64_t bytes = 0;
    bool known = false;  // listed already
  };
  Entry take(const Document& document, const Json& file) const;
  [[nodiscard]] std::string name_of(const Document& document, const std::string& path) const;
  [[nodiscard]] std::string listed(const std::string& name) const;
  void list(const Entry& entry);
  [[nodiscard]] std::string info() const;

  fs::path m_target;
  fs::path m_part;
  fs::path m_root;
  bool m_there = false;  // the target is a bag already, and nothing is copied
  std::optional<Descriptor> m_lock;
  std::unique_ptr<AtomicFile> m_documents;
  BagDigester m_documents_digest;
  std::uint64_t m_documents_bytes = 0;
  std::unique_ptr<AtomicFile> m_sha256;
  std::unique_ptr<AtomicFile> m_sha512;
  std::unordered_set<std::uint64_t> m_names;  // the first bytes of their SHA-256
  std::uint64_t m_bytes = 0;
  std::uint64_t m_files = 0;
  std::optional<std::string> m_agency;  // of all documents so far; empty: they differ
};

}  // namespace sohoa
