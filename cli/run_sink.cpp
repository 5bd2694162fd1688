// SPDX-License-Identifier: Apache-2.0
#include "cli/run_sink.hpp"

#include "core/secrecy.hpp"

#include <algorithm>
#include <utility>

namespace sohoa {

RunSink::RunSink(const Places& places, CatalogDoor catalog, std::string batch, std::uint64_t max_file_bytes)
    : m_at(places),
      m_catalog(std::move(catalog)),
      m_batch(std::move(batch)),
      m_position(m_catalog().batch_size(m_batch)),
      m_max_file_bytes(max_file_bytes) {}

void RunSink::move_scans_to(const fs::path& folder) { m_mover.emplace(folder, m_at.archive.moves()); }

// Nothing is delivered, nor said to be bad, of scans that somebody still writes.
bool RunSink::changed(const Document& document, const ScanGroup& scans) const {
  const Json problems = document.record().value("problems", Json::array());
  return document.status() != Status::known && ((!scans.path.empty() && !scans.unchanged()) ||
                                                std::any_of(problems.begin(), problems.end(), [](const Json& problem) {
                                                  return string_of(problem, "id") == "scan-changed";
                                                }));
}

void RunSink::take(const Document& passed) {
  Document document = passed;
  const ScanGroup scans = m_at.source.scans_of(document);
  if (changed(document, scans)) {
    ++m_tally.changed;
    m_tally.changed_failed += document.alive() ? 0U : 1U;
    if (!std::exchange(m_stack_changed, true)) {
      m_at.source.wait_for_next_run(document);
    }
    tell_lost_code(document);
    m_at.keeper.release(document);
    end_stack(document, scans);
    return;
  }
  if (document.status() == Status::quarantined &&
      !is_secret(document.record())) {  // by an earlier run, and nothing is new
    ++m_tally.quarantined;
    m_tally.pages += document.page_count();
  } else {
    finish(document);
    if (document.status() != Status::known) {
      m_catalog().put_document(document, m_batch, m_position++);
      m_at.keeper.release(document);
      if (!document.alive()) {
        m_at.quarantine.note(document);
      }
    }
  }
  end_stack(document, scans);
  m_at.console.document_done(document);
  m_at.console.problems(document);
}

// The next run meets other scans, which are another document and get the next number.
void RunSink::tell_lost_code(const Document& document) const {
  if (const std::string code = string_of(document.record().value("code", Json::object()), "value"); !code.empty()) {
    m_at.console.say(Severity::warning, "the code " + code + " was given to " + document.name() +
                                            " as it was scanned before; it stays with those scans, and sohoa code " +
                                            "--check lists it as not delivered.");
  }
}

// The documents of a stack come one after the other; its scans leave the inbox when the last of them was delivered.
void RunSink::end_stack(const Document& document, const ScanGroup& scans) {
  // Known may also mean that the same scans came earlier in this run, and failed.
  m_stack_delivered = m_stack_delivered && !m_stack_changed &&
                      (document.alive() || document.status() == Status::known) && m_catalog().delivered(document.id());
  if (const StackPlace place = stack_place(document); place.part < place.of) {
    return;
  }
  m_tally.taken += m_stack_changed ? 0U : 1U;
  if (m_mover && m_stack_delivered) {
    m_mover->move(scans);
  }
  m_stack_changed = false;
  m_stack_delivered = true;
}

void RunSink::finish(Document& document) {
  m_tally.pages += document.page_count();
  if (document.status() == Status::known) {
    ++m_tally.known;
  } else if (document.alive()) {
    m_at.archive.deliver(document);
    ++m_tally.delivered;
    m_tally.signed_ones += document.record().contains("signatures") ? 1U : 0U;
    m_tally.coded += document.record().contains("code") ? 1U : 0U;
    m_tally.warnings += document.status() == Status::warning ? 1U : 0U;
    count_rescan(document.record());
  } else {
    m_at.archive.quarantine(document, m_max_file_bytes);
    ++m_tally.quarantined;
  }
}

void RunSink::count_rescan(const Json& record) {
  const Json rescan = record.value("rescan", Json::array());
  m_tally.rescan_documents += rescan.empty() ? 0U : 1U;
  for (const Json& entry : rescan) {
    m_tally.rescan_pages += entry.contains("page") ? 1U : 0U;
    for (const Json& reason : entry.at("reasons")) {
      ++m_tally.rescan_reasons[reason.get<std::string>()];
    }
  }
}

RunnerResult RunSink::judged(RunnerResult result) const {
  result.documents -= m_tally.changed;
  result.failed -= m_tally.changed_failed;
  return result;
}

}  // namespace sohoa
