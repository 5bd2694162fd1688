// SPDX-License-Identifier: Apache-2.0
// One document on its way through the runner, and the tasks it gives to workers.
#pragma once

#include "core/journal.hpp"
#include "core/stage.hpp"

#include <compare>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

// A flight's place in the stream. Where a stack is cut, its documents begin a new count, so that they have their place
// though nobody knew beforehand how many there would be.
struct FlightKey {
  std::size_t section = 0;  // cuts behind it
  std::size_t order = 0;
  auto operator<=>(const FlightKey&) const = default;
};

struct Task {
  FlightKey flight;
  std::optional<std::size_t> page;
  std::size_t first = 0;  // step of the stage
  int attempt = 1;
};

struct Flight {
  FlightKey key;
  Document document;
  std::size_t stage = 0;
  std::string started = {};
  std::size_t open = 0;                         // pages, or the document itself, that workers still owe
  std::vector<std::vector<Json>> patches = {};  // a page's, in the order of the steps
  std::deque<Task> waiting = {};                // pages that no worker has yet

  // Notes the time at which the next stage begins.
  void start();
  // Makes room for the patches of every page, all of them open.
  void open_pages();
  // Takes what the work folder has of the page, from step `skip` on. The step that a worker must begin with, or the
  // number of steps when all is there.
  std::size_t find_patches(const Stage& at, const Work& work, std::size_t page, std::size_t skip);
  // Leaves a warning in place of what the step of that name would have found, or all of them when the name is "".
  // The step that a worker must begin with then.
  std::size_t lose_step(const Stage& at, const Work& work, const Task& task, const std::string& name,
                        const Error& error);
  // Problems join the record in the order of the pages, however the workers finished.
  void merge_patches();
  // Writes the stage's steps into the history and goes on to the next.
  void leave(const Stage& at);
  // Pages, or files while the pages are not known.
  [[nodiscard]] std::size_t scans() const;
  // What the task may take, given what one page may.
  [[nodiscard]] TaskLimits limits_of(const Stage& at, const Task& task, TaskLimits page) const;
  // The task as the journal knows it.
  [[nodiscard]] Attempt attempt_of(const Stage& at, const Task& task) const;
  // "page 3 of inbox/a", or "inbox/a".
  [[nodiscard]] std::string place_of(const Task& task) const;
};

}  // namespace sohoa
