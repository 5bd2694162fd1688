// SPDX-License-Identifier: Apache-2.0
// Where the documents of `sohoa run` end: delivered, quarantined or known, and then recorded in the catalog.
#pragma once

#include "cli/console.hpp"
#include "cli/steps.hpp"
#include "core/archive.hpp"
#include "core/work.hpp"

#include <cstddef>
#include <string>

namespace sohoa {

struct RunTally {
  std::size_t delivered = 0;
  std::size_t signed_ones = 0;
  std::size_t coded = 0;
  std::size_t quarantined = 0;
  std::size_t known = 0;
  std::size_t pages = 0;
  std::size_t warnings = 0;
};

class RunSink {
 public:
  // All of them outlive the sink. Documents of the batch go on where an earlier run of that name stopped.
  RunSink(const Archive& archive, CatalogDoor catalog, std::string batch, WorkKeeper& keeper, Console& console);

  void take(const Document& passed);
  [[nodiscard]] const RunTally& tally() const noexcept { return m_tally; }

 private:
  void finish(Document& document);

  const Archive& m_archive;
  CatalogDoor m_catalog;
  std::string m_batch;
  std::size_t m_position;
  WorkKeeper& m_keeper;
  Console& m_console;
  RunTally m_tally;
};

}  // namespace sohoa
