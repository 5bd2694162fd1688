// SPDX-License-Identifier: Apache-2.0
// A command over a stream: document records on stdin, one a line, and on stdout.
#pragma once

#include "cli/line_source.hpp"
#include "cli/settings.hpp"
#include "core/runner.hpp"

#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace sohoa {

// Documents that are at hand.
class ListSource : public DocumentSource {
 public:
  explicit ListSource(std::vector<Document> documents);
  Pull pull(std::optional<Document>& document) override;

 private:
  std::deque<Document> m_documents;
};

// A step in the coordinator, which has the order of the stream; it leaves no history.
StepPtr step_here(std::string name, std::function<void(Document&)> work);

// One line on stdout, flushed, so that the next command of a pipe goes on at once.
// Throws Error(ExitStatus::environment) when nobody reads any more.
void put_line(const std::string& line);

class Console;

// Runs the steps over `source` and prints each record; the status says how it went. Problems are told of the documents
// that failed here; those that had failed before are only counted. `tell` may say more of a document.
ExitStatus run_stream(const std::vector<StepPtr>& steps, DocumentSource& source, const Settings& settings,
                      const Profile& profile, const std::function<void(Console&, const Document&)>& tell = {});

// For RunnerEvents::note: says it when --verbose asks.
std::function<void(const std::string&)> verbose_note(Console& console, const Settings& settings);

// What the steps remark of the whole stream, as warnings; nothing when the run was stopped before it saw all of it.
void tell_remarks(Console& console, const std::vector<StepPtr>& steps, const RunnerResult& result);

// 0, 5 or 6 of design's table, by how many failed; 130 or 143 when a signal stopped the run.
ExitStatus status_of(const RunnerResult& result);

// SIGINT and SIGTERM ask the run to end after the pages in hand; a second one ends it at once.
void watch_signals();
bool signal_came();

}  // namespace sohoa
