// SPDX-License-Identifier: Apache-2.0
// Where the documents of `sohoa run` end: delivered, quarantined or known, and then recorded in the catalog.
#pragma once

#include "cli/console.hpp"
#include "cli/inbox_source.hpp"
#include "cli/quarantine.hpp"
#include "cli/steps.hpp"
#include "core/archive.hpp"
#include "core/scan_mover.hpp"
#include "core/work.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
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
  std::size_t rescan_documents = 0;  // that have something to be scanned again
  std::size_t rescan_pages = 0;      // of them; a document without a page of its own to name counts none
  std::map<std::string, std::size_t> rescan_reasons;
  std::size_t changed = 0;         // that wait for the next run, because their scans changed meanwhile
  std::size_t changed_failed = 0;  // of them, those that could not be read as they were met

  std::size_t taken = 0;  // of what the inbox gave, all documents of which have an end

  // Documents that have an end.
  [[nodiscard]] std::size_t done() const { return delivered + quarantined + known; }
};

class RunSink {
 public:
  struct Places {  // all of them outlive the sink
    const Archive& archive;
    InboxSource& source;
    Quarantine& quarantine;
    WorkKeeper& keeper;
    Console& console;
  };
  // Documents of the batch go on where an earlier run of that name stopped. A scan of more than `max_file_bytes` is not
  // copied to the quarantine.
  RunSink(const Places& places, CatalogDoor catalog, std::string batch, std::uint64_t max_file_bytes);
  // What is delivered, now or by an earlier run, leaves the inbox.
  void move_scans_to(const fs::path& folder);

  void take(const Document& passed);
  [[nodiscard]] const RunTally& tally() const noexcept { return m_tally; }
  // The runner's count without the documents that wait for the next run.
  [[nodiscard]] RunnerResult judged(RunnerResult result) const;

 private:
  [[nodiscard]] bool changed(const Document& document, const ScanGroup& scans) const;
  void finish(Document& document);
  void end_stack(const Document& document, const ScanGroup& scans);
  void count_rescan(const Json& record);
  void tell_lost_code(const Document& document) const;

  Places m_at;
  CatalogDoor m_catalog;
  std::string m_batch;
  std::size_t m_position;
  std::uint64_t m_max_file_bytes;
  std::optional<ScanMover> m_mover;
  bool m_stack_changed = false;   // of the stack in hand: a document of it waits for the next run
  bool m_stack_delivered = true;  // all of its documents so far
  RunTally m_tally;
};

}  // namespace sohoa
