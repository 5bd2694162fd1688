// SPDX-License-Identifier: Apache-2.0
// Carries a stream of documents through a row of steps.
//
// Neighbouring page steps become one stage: a worker decodes the page once and keeps it for all of them.
// Pages of all documents in flight share one pool. Documents reach every step of Grain::here, and the sink,
// in the order of the source, whatever the number of workers, so codes and manifests do not depend on it.
// A split step ends one document and begins those that it gives, in its place of the order.
#pragma once

#include "core/journal.hpp"
#include "core/step.hpp"
#include "core/work.hpp"
#include "core/worker_pool.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace sohoa {

class DocumentSource {
 public:
  enum class Pull { ready, waiting, exhausted };

  DocumentSource() = default;
  DocumentSource(const DocumentSource&) = delete;
  DocumentSource& operator=(const DocumentSource&) = delete;
  virtual ~DocumentSource() = default;

  // ready: `document` is set. waiting: ask again when descriptor() is readable.
  virtual Pull pull(std::optional<Document>& document) = 0;
  [[nodiscard]] virtual int descriptor() const { return -1; }
};

using DocumentSink = std::function<void(const Document&)>;

struct RunnerOptions {
  unsigned jobs = 1;        // worker processes
  unsigned signers = 1;     // processes with a copy of the key; more than one: the key is opened here, before the fork
  std::size_t window = 64;  // documents in flight that the source is asked for at most
  WorkerLimits limits;
  TaskLimits page_limits;       // for one page; a document has 2 s more for each of its pages
  bool keep_lost_pages = true;  // a page that a step fails on goes on without it; else the document fails
  // A document that cannot be signed for want of the key reaches the sink as failed, and the run ends after the
  // documents in hand (RunnerResult::ended_by); else the Error is thrown at once, and the document waits.
  bool fail_unsigned = false;
  Work work;
  Journal* journal = nullptr;  // of tasks that did not come back; outlives the run. None: each run tries everything
  PageLoader load;
};

struct RunnerEvents {
  std::function<void()> page_done = [] {};
  // Asked between tasks; true ends the run after the pages in hand.
  std::function<bool()> should_stop = [] { return false; };
  // Told at the start what the system does not do for the safety of this run.
  std::function<void(const std::string& sentence)> note = [](const std::string&) {};
};

struct RunnerResult {
  std::size_t documents = 0;    // that reached the sink
  std::size_t failed = 0;       // of them, failed or quarantined
  std::size_t pages = 0;        // that went through page steps, once a stage
  std::size_t pages_found = 0;  // of them, wholly taken from the work folder
  bool stopped = false;
  std::optional<Error> ended_by = std::nullopt;
};

// Throws the Error that ends a run (core/step.hpp); what was delivered before stays.
RunnerResult run_steps(const std::vector<StepPtr>& steps, DocumentSource& source, const DocumentSink& sink,
                       const RunnerOptions& options, const RunnerEvents& events = {});

}  // namespace sohoa
