// SPDX-License-Identifier: Apache-2.0
#include "core/flight.hpp"

#include "core/clock.hpp"

#include <algorithm>
#include <utility>

namespace sohoa {

void Flight::start() { started = iso_utc(artefact_time()); }

void Flight::open_pages() {
  open = document.page_count();
  patches.assign(open, {});
}

std::size_t Flight::find_patches(const Stage& at, const Work& work, std::size_t page, std::size_t skip) {
  const SourcePage source = document.source_page(page);
  std::size_t step = std::max(skip, patches[page].size());
  patches[page].resize(step, Json::object());
  for (; step < at.pages.size(); ++step) {
    std::optional<Json> patch =
        work.find(Work::artefact_of(*at.pages[step], at.digests[step], source, std::as_const(document).page(page)));
    if (!patch) {
      break;
    }
    Json keys = *patch;
    keys.erase("problems");
    apply_patch(document, page, keys);
    patches[page].push_back(std::move(*patch));
  }
  return step;
}

void Flight::merge_patches() {
  for (std::size_t page = 0; page < patches.size(); ++page) {
    for (const Json& patch : patches[page]) {
      apply_patch(document, page, patch);
    }
  }
  patches.clear();
}

void Flight::leave(const Stage& at) {
  if (at.document != nullptr) {
    add_history(document, *at.document, at.digests.front(), started);
  }
  for (std::size_t i = 0; i < at.pages.size(); ++i) {
    add_history(document, *at.pages[i], at.digests[i], started);
  }
  ++stage;
  start();
}

std::string Flight::place_of(const Task& task) const {
  return task.page ? "page " + std::to_string(*task.page + 1) + " of " + document.name() : document.name();
}

}  // namespace sohoa
