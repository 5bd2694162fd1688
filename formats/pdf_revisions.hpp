// SPDX-License-Identifier: Apache-2.0
// The revisions of a PDF from its first signature on, and what each changed.
#pragma once

#include "formats/pdf_changes.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace sohoa {

// A revision ends where a signature's bytes end, and at every %%EOF behind the first of them, where the bytes so far
// are a PDF by themselves; two hundred are told apart. Bytes behind the last such end belong to the last revision.
class PdfRevisions {
 public:
  struct Revision {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::vector<Change> changes;  // to the revision before
  };

  // `ends`: where the signatures' bytes end; `now` reads the whole file of `size` bytes and must outlive it.
  PdfRevisions(const PdfReader& now, std::uint64_t size, const std::vector<std::uint64_t>& ends);
  ~PdfRevisions();
  PdfRevisions(const PdfRevisions&) = delete;
  PdfRevisions& operator=(const PdfRevisions&) = delete;

  // The file as it was when its first `end` bytes were all; null when they are no PDF.
  [[nodiscard]] const PdfReader* at(std::uint64_t end) const;
  // Those behind `end`, oldest first.
  [[nodiscard]] std::vector<const Revision*> after(std::uint64_t end) const;

 private:
  void open(std::uint64_t end);

  const PdfReader& m_now;
  std::uint64_t m_size;
  std::map<std::uint64_t, std::unique_ptr<PdfReader>> m_readers;
  std::vector<Revision> m_revisions;
};

}  // namespace sohoa
