// SPDX-License-Identifier: Apache-2.0
// Documents to be, one a group of scans, in the order of the inboxes.
#pragma once

#include "cli/console.hpp"
#include "core/inbox.hpp"
#include "core/runner.hpp"

#include <deque>
#include <string>
#include <vector>

namespace sohoa {

// Holds the names of the scans only; a record is made when it is asked for.
class InboxSource : public DocumentSource {
 public:
  // Lists every inbox at once, and says on the console what was left out. Throws what list_inbox() throws.
  InboxSource(const std::vector<std::string>& inboxes, Grouping grouping, Console& console);
  Pull pull(std::optional<Document>& document) override;
  // Documents still to come.
  [[nodiscard]] std::size_t size() const { return m_groups.size(); }

 private:
  std::deque<ScanGroup> m_groups;
};

}  // namespace sohoa
