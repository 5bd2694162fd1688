// SPDX-License-Identifier: Apache-2.0
#include "core/worker_pool.hpp"

#include <algorithm>
#include <utility>

namespace sohoa {
namespace {

bool readable(int descriptor) {
  pollfd one{descriptor, POLLIN, 0};
  return ::poll(&one, 1, 0) > 0;
}

}  // namespace

WorkerPool::WorkerPool(WorkerBody body, WorkerLimits limits, unsigned size)
    : m_body(std::move(body)), m_limits(limits), m_size(std::max(1U, size)) {}

WorkerPool::Member& WorkerPool::spawn() { return m_members.emplace_back(Worker(m_body, m_limits)); }

WorkerPool::Clock::time_point WorkerPool::Member::end_of_time() const {
  return limits.wall.count() > 0 ? given + limits.wall : Clock::time_point::max();
}

WorkerPool::Clock::time_point WorkerPool::Member::end_of_silence() const {
  return limits.silence.count() > 0 ? heard + limits.silence : Clock::time_point::max();
}

std::string WorkerPool::warm_up(int attempts) {
  if (!m_members.empty()) {
    return {};
  }
  Json word;
  for (int attempt = 1; !spawn().worker.receive(word); ++attempt) {
    const Death death = m_members.front().worker.end();
    m_members.clear();
    if (attempt == attempts) {
      throw environment_error("worker-start", "a worker process " + death.message + " before its first page",
                              "raise worker_memory_bytes in the profile or look into the system's log");
    }
  }
  if (word.contains("error")) {
    m_members.clear();
    throw error_from_json(word.at("error"));
  }
  m_members.front().ready = true;
  return string_of(word, "ready");
}

bool WorkerPool::has_room() const {
  return m_members.size() < m_size ||
         std::any_of(m_members.begin(), m_members.end(), [](const Member& m) { return !m.busy; });
}

bool WorkerPool::busy() const {
  return std::any_of(m_members.begin(), m_members.end(), [](const Member& m) { return m.busy; });
}

void WorkerPool::start(std::uint64_t task, const Json& request, const TaskLimits& limits) {
  const auto idle = std::find_if(m_members.begin(), m_members.end(), [](const Member& m) { return !m.busy; });
  Member& member = idle != m_members.end() ? *idle : spawn();
  member.busy = true;
  member.task = task;
  member.last_word.clear();
  member.limits = limits;
  member.given = member.heard = Clock::now();
  // A worker that died while idle is noticed by collect(), as one that dies at work is.
  static_cast<void>(member.worker.send(request, limits.cpu.count()));
}

void WorkerPool::watch(std::vector<pollfd>& descriptors) const {
  for (const Member& member : m_members) {
    if (member.busy) {
      descriptors.push_back({member.worker.descriptor(), POLLIN, 0});
    }
  }
}

WorkerPool::Clock::time_point WorkerPool::nearest_limit() const {
  Clock::time_point nearest = Clock::time_point::max();
  for (const Member& member : m_members) {
    nearest = member.busy ? std::min({nearest, member.end_of_time(), member.end_of_silence()}) : nearest;
  }
  return nearest;
}

bool WorkerPool::read(Member& member, std::vector<PoolReply>& replies) {
  Json message;
  if (!member.worker.receive(message)) {
    replies.push_back({member.task, nullptr, member.last_word, member.worker.end()});
    return false;
  }
  member.heard = Clock::now();
  if (!member.ready) {
    if (message.contains("error")) {
      throw error_from_json(message.at("error"));
    }
    member.ready = true;
  } else if (message.contains("step")) {
    member.last_word = string_of(message, "step");
  } else if (!message.contains("alive")) {
    replies.push_back({member.task, std::move(message), member.last_word, {}});
    member.busy = false;
  }
  return true;
}

std::vector<PoolReply> WorkerPool::collect() {
  std::vector<PoolReply> replies;
  const auto now = Clock::now();
  for (auto member = m_members.begin(); member != m_members.end();) {
    bool lives = true;
    while (lives && member->busy && readable(member->worker.descriptor())) {
      lives = read(*member, replies);
    }
    const bool late = now >= member->end_of_time();
    if (lives && member->busy && (late || now >= member->end_of_silence())) {
      member->worker.end();
      replies.push_back(
          {member->task, nullptr, member->last_word,
           late ? death_by_timeout(member->limits.wall.count()) : death_by_silence(member->limits.silence.count())});
      lives = false;
    }
    member = lives ? std::next(member) : m_members.erase(member);
  }
  return replies;
}

}  // namespace sohoa
