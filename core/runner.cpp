// SPDX-License-Identifier: Apache-2.0
#include "core/runner.hpp"

#include "core/flight.hpp"
#include "core/worker_pool.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace sohoa {
namespace {

constexpr int attempts_per_task = 2;
constexpr auto idle_poll = std::chrono::milliseconds(200);  // how soon a stop request is noticed

class Run {
 public:
  Run(const std::vector<StepPtr>& steps, const DocumentSink& sink, const RunnerOptions& options,
      const RunnerEvents& events)
      : m_stages(stages_of(steps)),
        m_sink(sink),
        m_options(options),
        m_events(events),
        m_turn(m_stages.size() + 1, 0),
        m_workers(body(Grain::worker), options.limits, options.jobs),
        m_signer(body(Grain::signer), {0}, 1) {}

  RunnerResult all(DocumentSource& source);

 private:
  [[nodiscard]] WorkerBody body(Grain grain) const;
  bool stopped() { return m_result.stopped = m_result.stopped || m_events.should_stop(); }
  void fill(DocumentSource& source);
  void prepare_once();
  void dispatch();
  void dispatch(std::deque<Task>& queue, WorkerPool& pool);
  void wait(int source_descriptor);
  void settle(const PoolReply& reply);
  void take_document(Flight& flight, const Task& task, const Json& record);
  void refuse(Flight& flight, const Task& task, const Error& error);
  void lose_worker(Flight& flight, const Task& task, const PoolReply& reply);
  void advance(Flight& flight);
  bool enter(Flight& flight);
  void enter_pages(Flight& flight);
  void open_page(Flight& flight, std::size_t page, std::size_t skip);
  void close_page(Flight& flight);
  void run_here(Flight& flight);
  [[nodiscard]] std::chrono::seconds limit_of(const Task& task, const Flight& flight) const;

  const std::vector<Stage> m_stages;
  const DocumentSink& m_sink;
  const RunnerOptions& m_options;
  const RunnerEvents& m_events;
  std::map<std::size_t, Flight> m_flights;
  std::vector<std::size_t> m_turn;  // whose turn it is at each ordered stage; the last is the sink's
  std::map<std::uint64_t, Task> m_given;
  std::deque<Task> m_for_workers;
  std::deque<Task> m_for_signer;
  WorkerPool m_workers;
  WorkerPool m_signer;
  std::uint64_t m_next_task = 0;
  std::size_t m_next_order = 0;
  bool m_prepared = false;
  DocumentSource::Pull m_source_state = DocumentSource::Pull::ready;
  RunnerResult m_result;
};

WorkerBody Run::body(Grain grain) const {
  return {[this, grain] {
            for (const Stage& stage : m_stages) {
              if (stage.document != nullptr && stage.document->grain() == grain) {
                stage.document->prepare();
              }
              for (PageStep* step : stage.pages) {
                if (grain == Grain::worker) {
                  step->prepare();
                }
              }
            }
          },
          [this](const Json& request, const std::function<void(const Json&)>& report) {
            return serve_request(m_stages, m_options, request, report);
          }};
}

// The pools are warmed before the first document, so that a missing key or language is told at once.
void Run::prepare_once() {
  if (std::exchange(m_prepared, true)) {
    return;
  }
  const auto needs = [this](Grain grain) {
    return std::any_of(m_stages.begin(), m_stages.end(), [grain](const Stage& stage) {
      return stage.document != nullptr ? stage.document->grain() == grain : grain == Grain::worker;
    });
  };
  if (needs(Grain::signer)) {
    m_signer.warm_up();
  }
  if (needs(Grain::worker)) {
    m_workers.warm_up();
  }
  for (const Stage& stage : m_stages) {
    if (stage.ordered()) {
      stage.document->prepare();
    }
  }
}

void Run::fill(DocumentSource& source) {
  while (m_flights.size() < m_options.window && m_source_state != DocumentSource::Pull::exhausted && !stopped()) {
    std::optional<Document> document;
    m_source_state = source.pull(document);
    if (m_source_state != DocumentSource::Pull::ready) {
      return;
    }
    prepare_once();
    const std::size_t order = m_next_order++;
    Flight& flight = m_flights.emplace(order, Flight{.order = order, .document = std::move(*document)}).first->second;
    flight.start();
    advance(flight);
  }
}

// Takes the flight as far as it goes without waiting, then those whose turn its passing made it.
void Run::advance(Flight& flight) {
  std::set<std::size_t> moving{flight.order};
  while (!moving.empty()) {
    const std::size_t order = *moving.begin();
    moving.erase(moving.begin());
    const auto found = m_flights.find(order);
    if (found == m_flights.end()) {
      continue;
    }
    bool goes_on = true;
    while (goes_on) {
      const std::size_t stage = found->second.stage;
      goes_on = enter(found->second);
      if (goes_on && (stage == m_stages.size() || m_stages[stage].ordered())) {
        moving.insert(order + 1);
      }
      if (goes_on && stage == m_stages.size()) {
        m_flights.erase(found);
        goes_on = false;
      }
    }
  }
}

// False when the flight has to wait: for its turn, or for a worker.
bool Run::enter(Flight& flight) {
  if (flight.open > 0) {
    return false;
  }
  const bool at_sink = flight.stage == m_stages.size();
  if (at_sink || m_stages[flight.stage].ordered()) {
    std::size_t& turn = m_turn[flight.stage];
    if (turn != flight.order) {
      return false;
    }
    ++turn;
    if (at_sink) {
      ++m_result.documents;
      m_result.failed +=
          flight.document.status() == Status::failed || flight.document.status() == Status::quarantined ? 1U : 0U;
      m_sink(flight.document);
      return true;
    }
    run_here(flight);
    return true;
  }
  if (!flight.document.alive()) {
    ++flight.stage;
    return true;
  }
  const Stage& stage = m_stages[flight.stage];
  if (stage.document != nullptr) {
    // Ahead of the pages of later documents, so that few documents are open at a time.
    auto& queue = stage.document->grain() == Grain::signer ? m_for_signer : m_for_workers;
    flight.open = 1;
    queue.push_front({flight.order, std::nullopt});
    return false;
  }
  enter_pages(flight);
  return flight.open == 0;
}

void Run::run_here(Flight& flight) {
  const Stage& stage = m_stages[flight.stage];
  if (!flight.document.alive()) {
    stage.document->pass(flight.document);
    ++flight.stage;
    return;
  }
  try {
    stage.document->run(flight.document);
  } catch (const Error& error) {
    if (error.status() != ExitStatus::input) {
      throw;
    }
    flight.document.fail(error);
  } catch (const Json::exception& cause) {
    flight.document.fail(input_error("record-key", std::string("the record does not fit: ") + cause.what(),
                                     "pass on the record as the step before made it"));
  }
  flight.leave(stage);
}

void Run::enter_pages(Flight& flight) {
  flight.open_pages();
  const std::size_t pages = flight.open;
  if (pages == 0) {
    flight.leave(m_stages[flight.stage]);
  }
  for (std::size_t page = 0; page < pages; ++page) {
    open_page(flight, page, 0);
  }
}

// Takes what the work folder has of the page; asks a worker for the rest, from step `skip` on.
void Run::open_page(Flight& flight, std::size_t page, std::size_t skip) {
  const Stage& stage = m_stages[flight.stage];
  const std::size_t step = flight.find_patches(stage, m_options.work, page, skip);
  if (step < stage.pages.size()) {
    m_for_workers.push_back({flight.order, page, step});
    return;
  }
  m_result.pages_found += skip == 0 ? 1U : 0U;
  close_page(flight);
}

void Run::close_page(Flight& flight) {
  ++m_result.pages;
  m_events.page_done();
  if (--flight.open == 0) {
    flight.merge_patches();
    flight.leave(m_stages[flight.stage]);
  }
}

std::chrono::seconds Run::limit_of(const Task& task, const Flight& flight) const {
  const auto page = static_cast<std::size_t>(m_options.page_seconds);
  return std::chrono::seconds(task.page ? page : page + 2 * flight.document.page_count());
}

void Run::dispatch() {
  dispatch(m_for_signer, m_signer);
  dispatch(m_for_workers, m_workers);
}

void Run::dispatch(std::deque<Task>& queue, WorkerPool& pool) {
  while (!queue.empty() && pool.has_room()) {
    const Task task = queue.front();
    queue.pop_front();
    const Flight& flight = m_flights.at(task.flight);
    const Json request = task.page ? page_request(flight.stage, flight.document, *task.page, task.first)
                                   : document_request(flight.stage, flight.document);
    m_given.emplace(m_next_task, task);
    pool.start(m_next_task++, request, limit_of(task, flight));
  }
}

void Run::wait(int source_descriptor) {
  std::vector<pollfd> descriptors;
  m_workers.watch(descriptors);
  m_signer.watch(descriptors);
  if (m_source_state == DocumentSource::Pull::waiting && m_flights.size() < m_options.window && !m_result.stopped) {
    descriptors.push_back({source_descriptor, POLLIN, 0});
  }
  const auto limit =
      std::min({m_workers.nearest_limit(), m_signer.nearest_limit(), WorkerPool::Clock::now() + idle_poll});
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(limit - WorkerPool::Clock::now()).count();
  ::poll(descriptors.data(), descriptors.size(), static_cast<int>(std::max<long long>(0, left)));
  for (WorkerPool* pool : {&m_workers, &m_signer}) {
    for (const PoolReply& reply : pool->collect()) {
      settle(reply);
    }
  }
}

void Run::settle(const PoolReply& reply) {
  const Task task = m_given.at(reply.task);
  m_given.erase(reply.task);
  Flight& flight = m_flights.at(task.flight);
  if (!reply.death.empty()) {
    lose_worker(flight, task, reply);
  } else if (reply.answer.contains("error")) {
    const Error error = error_from_json(reply.answer.at("error"));
    if (error.status() == ExitStatus::environment || error.status() == ExitStatus::signing_unavailable) {
      throw Error(error);
    }
    refuse(flight, task, error);
  } else if (task.page) {
    for (const Json& patch : reply.answer.at("patches")) {
      flight.patches[*task.page].push_back(patch);
    }
    close_page(flight);
  } else {
    take_document(flight, task, reply.answer.at("document"));
  }
  if (flight.open == 0) {
    advance(flight);
  }
}

void Run::take_document(Flight& flight, const Task& task, const Json& record) {
  try {
    flight.document = Document(record);
    flight.open = 0;
    flight.leave(m_stages[flight.stage]);
  } catch (const Error& error) {
    refuse(flight, task, error);
  }
}

void Run::refuse(Flight& flight, const Task& task, const Error& error) {
  if (task.page) {
    flight.patches[*task.page].push_back(Json{{"problems", {to_json(problem_of(error))}}});
    close_page(flight);
  } else {
    flight.document.fail(error);
    flight.open = 0;
    flight.leave(m_stages[flight.stage]);
  }
}

// A worker's death costs its page this step, after a second try; a scan that kills its decoder cannot be kept.
void Run::lose_worker(Flight& flight, const Task& task, const PoolReply& reply) {
  if (task.attempt < attempts_per_task) {
    Task again = task;
    ++again.attempt;
    (task.page || m_stages[flight.stage].document->grain() == Grain::worker ? m_for_workers : m_for_signer)
        .push_front(again);
    return;
  }
  const std::string step = reply.last_word.empty() ? "start" : reply.last_word;
  const Stage& stage = m_stages[flight.stage];
  const auto lost =
      std::find_if(stage.pages.begin(), stage.pages.end(), [&](const PageStep* s) { return s->name() == step; });
  const std::string message = step + " of " + flight.place_of(task) + " " + reply.death + ", twice";
  if (task.page && lost != stage.pages.end()) {
    const auto index = static_cast<std::size_t>(lost - stage.pages.begin());
    flight.patches[*task.page].resize(index, Json::object());
    flight.patches[*task.page].push_back(
        Json{{"problems",
              {to_json(Problem{Severity::warning, "worker-died", message + ", so the page goes on without it",
                               "scan the page again, or report the file", std::nullopt})}}});
    open_page(flight, *task.page, index + 1);
    return;
  }
  refuse(flight, task, input_error("worker-died", message, "scan the document again, or report the file"));
}

RunnerResult Run::all(DocumentSource& source) {
  while (true) {
    fill(source);
    if (m_flights.empty() && m_source_state == DocumentSource::Pull::exhausted) {
      return m_result;
    }
    if (!stopped()) {
      dispatch();
    } else if (!m_workers.busy() && !m_signer.busy()) {
      return m_result;
    }
    wait(source.descriptor());
  }
}

}  // namespace

RunnerResult run_steps(const std::vector<StepPtr>& steps, DocumentSource& source, const DocumentSink& sink,
                       const RunnerOptions& options, const RunnerEvents& events) {
  return Run(steps, sink, options, events).all(source);
}

}  // namespace sohoa
