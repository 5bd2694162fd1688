// SPDX-License-Identifier: Apache-2.0
#include "cli/inbox_source.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sohoa {

InboxSource::InboxSource(const std::vector<std::string>& inboxes, Grouping grouping, Console& console,
                         std::chrono::seconds settle)
    : m_console(console), m_settle(settle) {
  for (const std::string& path : inboxes) {
    Inbox inbox = list_inbox(path, grouping);
    for (const std::string& sentence : inbox.left_out) {
      console.say(Severity::warning, sentence);
    }
    for (WaitingScan& scan : inbox.waiting) {
      wait(std::move(scan.path), std::move(scan.reason));
    }
    std::move(inbox.groups.begin(), inbox.groups.end(), std::back_inserter(m_groups));
  }
}

void InboxSource::wait(std::string path, std::string reason) {
  m_console.say(Severity::info, path + " waits for the next run: " + reason + ".");
  m_waiting.push_back({std::move(path), std::move(reason)});
}

void InboxSource::wait_for_next_run(const Document& document) { wait(document.name(), "it is being changed"); }

// Judged by the clock once, and by what passes since: a clock that is set meanwhile makes nothing wait.
bool InboxSource::settled(const ScanGroup& group) {
  const auto left = m_listed + group.unsettled(m_listed_at, m_settle) - Clock::now();
  if (left.count() <= 0) {
    return true;
  }
  if (!std::exchange(m_told, true)) {
    m_console.say(Severity::info, group.path + " was written to just now; watching it for " +
                                      counted(static_cast<std::size_t>(m_settle.count()), "second") + " (--settle).");
  }
  return false;
}

DocumentSource::Pull InboxSource::pull(std::optional<Document>& document) {
  while (!m_groups.empty() && !m_groups.front().unchanged()) {
    wait(m_groups.front().path, "it is being changed");
    m_groups.pop_front();
  }
  if (m_groups.empty()) {
    return Pull::exhausted;
  }
  if (!settled(m_groups.front())) {
    return Pull::waiting;
  }
  ScanGroup group = std::move(m_groups.front());
  m_groups.pop_front();
  document = Document::of_source(group.path, group.kind);
  document->record()["source"]["files"] = group.files;
  if (group.files.empty()) {
    document->fail(input_error("folder-unreadable", "the folder " + group.path + " cannot be read",
                               "check the permissions of the folder"));
  }
  m_taken.insert_or_assign(group.path, std::move(group));
  return Pull::ready;
}

ScanGroup InboxSource::scans_of(const Document& document) {
  const StackPlace place = stack_place(document);
  if (const auto found = m_taken.find(document.name()); place.part < place.of && found != m_taken.end()) {
    return found->second;
  }
  auto taken = m_taken.extract(document.name());
  return taken.empty() ? ScanGroup{} : std::move(taken.mapped());
}

StackPlace stack_place(const Document& document) {
  const Json stack = document.record().value("source", Json::object()).value("stack", Json::object());
  return stack.is_object() ? StackPlace{stack.value("part", std::size_t{1}), stack.value("of", std::size_t{1})}
                           : StackPlace{};
}

}  // namespace sohoa
