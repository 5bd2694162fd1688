// SPDX-License-Identifier: Apache-2.0
// Documents to be, one a group of scans, in the order of the inboxes.
#pragma once

#include "cli/console.hpp"
#include "core/inbox.hpp"
#include "core/runner.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

// Holds the names of the scans only; a record is made when it is asked for. A document whose files were written to less
// than `settle` ago is watched until they have lain still for so long; one that changes meanwhile waits for the next
// run, as does one that is unfinished by its name. Both are told on the console.
class InboxSource : public DocumentSource {
 public:
  // Lists every inbox at once, and says on the console what was left out. Throws what list_inbox() throws.
  InboxSource(const std::vector<std::string>& inboxes, Grouping grouping, Console& console,
              std::chrono::seconds settle = std::chrono::seconds(0));
  Pull pull(std::optional<Document>& document) override;
  // Documents still to come.
  [[nodiscard]] std::size_t size() const { return m_groups.size(); }
  [[nodiscard]] const std::deque<ScanGroup>& groups() const { return m_groups; }
  [[nodiscard]] const std::vector<WaitingScan>& waiting() const { return m_waiting; }

  // The scans of a document that was pulled, or of the stack that it was cut off; given until its last document asked.
  [[nodiscard]] ScanGroup scans_of(const Document& document);
  // Says that the document waits for the next run, because its scans are not what was taken.
  void wait_for_next_run(const Document& document);

 private:
  using Clock = std::chrono::steady_clock;
  void wait(std::string path, std::string reason);
  [[nodiscard]] bool settled(const ScanGroup& group);

  Console& m_console;
  std::chrono::seconds m_settle;
  std::chrono::system_clock::time_point m_listed_at = std::chrono::system_clock::now();
  Clock::time_point m_listed = Clock::now();
  std::deque<ScanGroup> m_groups;
  std::map<std::string, ScanGroup> m_taken;  // by path
  std::vector<WaitingScan> m_waiting;
  bool m_told = false;
};

// Which document of its stack it is, and of how many; the only one of those that no stack was cut for.
struct StackPlace {
  std::size_t part = 1;
  std::size_t of = 1;
};
StackPlace stack_place(const Document& document);

}  // namespace sohoa
