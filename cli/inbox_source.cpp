// SPDX-License-Identifier: Apache-2.0
#include "cli/inbox_source.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sohoa {

InboxSource::InboxSource(const std::vector<std::string>& inboxes, Grouping grouping, Console& console) {
  for (const std::string& path : inboxes) {
    Inbox inbox = list_inbox(path, grouping);
    for (const std::string& sentence : inbox.left_out) {
      console.say(Severity::warning, sentence);
    }
    std::move(inbox.groups.begin(), inbox.groups.end(), std::back_inserter(m_groups));
  }
}

DocumentSource::Pull InboxSource::pull(std::optional<Document>& document) {
  if (m_groups.empty()) {
    return Pull::exhausted;
  }
  ScanGroup group = std::move(m_groups.front());
  m_groups.pop_front();
  document = Document::of_source(std::move(group.path), std::move(group.kind));
  document->record()["source"]["files"] = std::move(group.files);
  return Pull::ready;
}

}  // namespace sohoa
