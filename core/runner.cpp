// SPDX-License-Identifier: Apache-2.0
#include "core/runner.hpp"

#include "core/flight.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace sohoa {
namespace {

constexpr int attempts_per_task = 2;
constexpr int attempts_if_killed = 6;                       // from outside, as when memory ran out for another's sake
constexpr auto idle_poll = std::chrono::milliseconds(200);  // how soon a stop request is noticed

// What the worker was at.
std::string word_of(const PoolReply& reply) { return reply.last_word.empty() ? "start" : reply.last_word; }

class Run {
 public:
  Run(const std::vector<StepPtr>& steps, const DocumentSink& sink, const RunnerOptions& options,
      const RunnerEvents& events)
      : m_stages(stages_of(steps)),
        m_sink(sink),
        m_options(options),
        m_events(events),
        m_turn(m_stages.size() + 1, 0),
        m_next_order(1 + static_cast<std::size_t>(std::ranges::count_if(
                             m_stages, [](const Stage& stage) { return stage.split != nullptr; })),
                     0),
        m_workers(body_of(m_stages, options, Grain::worker), options.limits, options.jobs),
        m_copies_key(options.signers > 1 && signers_can_be_copied()),
        m_signer(body_of(m_stages, options, Grain::signer), {0}, m_copies_key ? options.signers : 1) {}

  RunnerResult all(DocumentSource& source);

 private:
  [[nodiscard]] bool signers_can_be_copied() const;
  bool stopped() { return m_result.stopped = m_result.stopped || m_events.should_stop(); }
  void fill(DocumentSource& source);
  void prepare_once();
  void dispatch();
  std::optional<Task> next_for_workers();
  void give(const Task& task, WorkerPool& pool);
  void wait(int source_descriptor);
  void settle(const PoolReply& reply);
  void take_document(Flight& flight, const Task& task, const Json& record);
  void refuse(Flight& flight, const Task& task, const Error& error);
  void lose_worker(Flight& flight, const Task& task, const PoolReply& reply);
  void lose_task(Flight& flight, const Task& task, const std::string& word, const Error& error);
  void advance(Flight& flight);
  bool enter(Flight& flight);
  void enter_pages(Flight& flight);
  void open_page(Flight& flight, std::size_t page, std::size_t skip);
  void close_page(Flight& flight);
  void run_here(Flight& flight);
  void split(Flight& flight);
  Flight& take_off(std::size_t section, std::size_t stage, Document document);

  const std::vector<Stage> m_stages;
  const DocumentSink& m_sink;
  const RunnerOptions& m_options;
  const RunnerEvents& m_events;
  std::map<FlightKey, Flight> m_flights;
  std::vector<std::size_t> m_turn;        // whose turn it is at each ordered stage; the last is the sink's
  std::vector<std::size_t> m_next_order;  // of each section
  std::map<std::uint64_t, Task> m_given;
  std::deque<Task> m_for_workers;  // documents, and pages that are tried again: ahead of the pages that wait
  std::deque<Task> m_for_signer;
  WorkerPool m_workers;
  const bool m_copies_key;
  WorkerPool m_signer;
  std::uint64_t m_next_task = 0;
  bool m_prepared = false;
  DocumentSource::Pull m_source_state = DocumentSource::Pull::ready;
  RunnerResult m_result;
};

bool Run::signers_can_be_copied() const {
  return std::all_of(m_stages.begin(), m_stages.end(), [](const Stage& stage) {
    return stage.steps_of(Grain::signer).empty() || stage.document->can_be_copied();
  });
}

// The pools are warmed before the first document, so that a missing key or language is told at once.
void Run::prepare_once() {
  if (std::exchange(m_prepared, true)) {
    return;
  }
  const auto needs = [this](Grain grain) {
    return std::any_of(m_stages.begin(), m_stages.end(),
                       [grain](const Stage& stage) { return !stage.steps_of(grain).empty(); });
  };
  for (const Stage& stage : m_stages) {
    for (Step* step : m_copies_key ? stage.steps_of(Grain::signer) : std::vector<Step*>()) {
      step->prepare();
    }
  }
  if (needs(Grain::signer)) {
    m_signer.warm_up(1);  // so that no PIN is tried twice
  }
  if (needs(Grain::worker)) {
    if (const std::string remark = m_workers.warm_up(); !remark.empty()) {
      m_events.note(remark);
    }
  }
  for (const Stage& stage : m_stages) {
    for (Step* step : stage.steps_of(Grain::here)) {
      step->prepare();
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
    advance(take_off(0, 0, std::move(*document)));
  }
}

Flight& Run::take_off(std::size_t section, std::size_t stage, Document document) {
  const FlightKey key{section, m_next_order[section]++};
  Flight flight{.key = key, .document = std::move(document), .stage = stage};
  flight.start();
  return m_flights.emplace(key, std::move(flight)).first->second;
}

// Takes the flight as far as it goes without waiting, then those whose turn its passing made it, or that it became.
void Run::advance(Flight& flight) {
  std::set<FlightKey> moving{flight.key};
  while (!moving.empty()) {
    const FlightKey key = *moving.begin();
    moving.erase(moving.begin());
    const auto found = m_flights.find(key);
    if (found == m_flights.end()) {
      continue;
    }
    bool goes_on = true;
    while (goes_on) {
      const std::size_t stage = found->second.stage;
      const bool ends = stage == m_stages.size() || m_stages[stage].split != nullptr;
      const std::size_t first_cut = ends && stage < m_stages.size() ? m_next_order[key.section + 1] : 0;
      goes_on = enter(found->second);
      if (goes_on && (ends || m_stages[stage].ordered())) {
        moving.insert({key.section, key.order + 1});
      }
      if (goes_on && ends) {
        for (std::size_t order = first_cut; stage < m_stages.size() && order < m_next_order[key.section + 1]; ++order) {
          moving.insert({key.section + 1, order});
        }
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
    if (turn != flight.key.order) {
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
    if (m_stages[flight.stage].split != nullptr) {
      split(flight);
    } else {
      run_here(flight);
    }
    return true;
  }
  if (!flight.document.alive()) {
    ++flight.stage;
    return true;
  }
  const Stage& stage = m_stages[flight.stage];
  if (stage.document != nullptr) {
    flight.open = 1;
    if (stage.document->grain() == Grain::signer) {
      m_for_signer.push_back({flight.key, std::nullopt});
    } else {
      // Ahead of the pages of later documents, so that few documents are open at a time.
      m_for_workers.push_front({flight.key, std::nullopt});
    }
    return false;
  }
  enter_pages(flight);
  return flight.open == 0;
}

void Run::run_here(Flight& flight) {
  const Stage& stage = m_stages[flight.stage];
  if (!flight.document.alive() && !stage.document->wants_failed(flight.document)) {
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

// The flight's documents take off in its place, behind those of the flights before it.
void Run::split(Flight& flight) {
  const Stage& stage = m_stages[flight.stage];
  for (Document& document : stage.split->split(flight.document)) {
    Flight& part = take_off(flight.key.section + 1, flight.stage, std::move(document));
    part.started = flight.started;
    part.leave(stage);
  }
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
    flight.waiting.push_back({flight.key, page, step});
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

void Run::dispatch() {
  while (!m_for_signer.empty() && m_signer.has_room()) {
    const Task task = m_for_signer.front();
    m_for_signer.pop_front();
    give(task, m_signer);
  }
  while (m_workers.has_room()) {
    const std::optional<Task> task = next_for_workers();
    if (!task) {
      return;
    }
    give(*task, m_workers);
  }
}

// The largest document first, so that its last pages are not what every other worker waits for at the end; but what was
// cut off a stack before stacks, so that few documents are open at a time.
std::optional<Task> Run::next_for_workers() {
  std::deque<Task>* queue = &m_for_workers;
  std::pair<std::size_t, std::size_t> most{0, 0};  // section, pages
  for (auto flight = m_flights.begin(); m_for_workers.empty() && flight != m_flights.end(); ++flight) {
    const std::pair weight(flight->first.section, flight->second.open);
    if (!flight->second.waiting.empty() && weight > most) {
      most = weight;
      queue = &flight->second.waiting;
    }
  }
  if (queue->empty()) {
    return std::nullopt;
  }
  Task task = queue->front();
  queue->pop_front();
  return task;
}

void Run::give(const Task& task, WorkerPool& pool) {
  Flight& flight = m_flights.at(task.flight);
  const Stage& stage = m_stages[flight.stage];
  if (Journal* journal = m_options.journal; journal != nullptr && &pool == &m_workers) {
    const Attempt attempt = flight.attempt_of(stage, task);
    if (const std::optional<GivenUp> given_up = journal->given_up(attempt)) {
      lose_task(flight, task, given_up->word,
                input_error("given-up", attempt.step + " of " + flight.place_of(task) + " " + given_up->message,
                            "scan it again, or run with --retry"));
      if (flight.open == 0) {
        advance(flight);
      }
      return;
    }
    journal->begin(m_next_task, attempt);
  }
  const Json request = task.page ? page_request(flight.stage, flight.document, *task.page, task.first)
                                 : document_request(flight.stage, flight.document);
  m_given.emplace(m_next_task, task);
  pool.start(m_next_task++, request, flight.limits_of(stage, task, m_options.page_limits));
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
  if (m_options.journal != nullptr) {
    if (reply.death) {
      m_options.journal->lost(reply.task, word_of(reply), *reply.death);
    } else {
      m_options.journal->ended(reply.task);
    }
  }
  Flight& flight = m_flights.at(task.flight);
  if (reply.death) {
    lose_worker(flight, task, reply);
  } else if (reply.answer.contains("error")) {
    const Error error = error_from_json(reply.answer.at("error"));
    const bool unsigned_for_good = error.status() == ExitStatus::signing_unavailable && m_options.fail_unsigned;
    if (!unsigned_for_good && ends_the_run(error)) {
      throw Error(error);
    }
    if (unsigned_for_good && !m_result.ended_by) {
      m_result.ended_by = error;
      m_result.stopped = true;
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

// A worker's death costs its page this step, after a second try, or the document, as the profile says; a scan that
// kills its decoder cannot be kept.
void Run::lose_worker(Flight& flight, const Task& task, const PoolReply& reply) {
  const int attempts = reply.death->from_outside ? attempts_if_killed : attempts_per_task;
  if (task.attempt < attempts) {
    Task again = task;
    ++again.attempt;
    (task.page || m_stages[flight.stage].document->grain() == Grain::worker ? m_for_workers : m_for_signer)
        .push_front(again);
    return;
  }
  const std::string word = word_of(reply);
  lose_task(flight, task, word,
            input_error(reply.death->id,
                        word + " of " + flight.place_of(task) + " " + reply.death->message +
                            (task.attempt == 2 ? ", twice" : ", " + std::to_string(task.attempt) + " times"),
                        reply.death->remedy));
}

// The page goes on without the step, or without all of them when nobody knows which it was; or the document fails.
void Run::lose_task(Flight& flight, const Task& task, const std::string& word, const Error& error) {
  const Stage& stage = m_stages[flight.stage];
  if (task.page && m_options.keep_lost_pages && (word.empty() || stage.place_of(word) < stage.pages.size())) {
    open_page(flight, *task.page, flight.lose_step(stage, m_options.work, task, word, error));
  } else {
    refuse(flight, task, error);
  }
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
