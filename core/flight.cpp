// SPDX-License-Identifier: Apache-2.0
#include "core/flight.hpp"

#include "core/clock.hpp"
#include "core/digest.hpp"

#include <algorithm>
#include <utility>

namespace sohoa {
namespace {

// Of a document whose scans were not read yet: their names, sizes and times.
std::string fingerprint(const Document& document) {
  std::string text = document.name();
  const Json& source = document.record().value("source", Json::object());
  for (const Json& file : source.value("files", Json::array())) {
    boost::system::error_code absent;
    const fs::path path(file.get<std::string>());
    text += "\n" + path.string() + " " + std::to_string(fs::file_size(path, absent)) + " " +
            std::to_string(fs::last_write_time(path, absent));
  }
  return sha256_hex(text);
}

}  // namespace

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

std::size_t Flight::lose_step(const Stage& at, const Work& work, const Task& task, const std::string& name,
                              const Error& error) {
  find_patches(at, work, *task.page, task.first);  // what the worker did before
  const std::size_t first = name.empty() ? task.first : at.place_of(name);
  const std::size_t next = name.empty() ? at.pages.size() : first + 1;
  std::vector<Json>& found = patches[*task.page];
  found.resize(first, Json::object());
  found.push_back(Json{{"problems", {to_json(lost_step(name.empty() ? at.names(first) : name, error, true))}}});
  found.resize(next, Json::object());
  return next;
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
  if (at.split != nullptr) {
    add_history(document, *at.split, at.digests.front(), started);
  }
  for (std::size_t i = 0; i < at.pages.size(); ++i) {
    add_history(document, *at.pages[i], at.digests[i], started);
  }
  ++stage;
  start();
}

std::size_t Flight::scans() const {
  const Json& source = document.record().value("source", Json::object());
  const auto files = source.find("files");
  return std::max(document.page_count(), files == source.end() ? 0U : files->size());
}

TaskLimits Flight::limits_of(const Stage& at, const Task& task, TaskLimits page) const {
  if (at.document != nullptr && at.document->grain() == Grain::signer) {
    page.silence = page.cpu = std::chrono::seconds(0);  // it waits for tokens and servers, and gives no sign
  }
  for (std::chrono::seconds* limit : {&page.wall, &page.cpu, &page.silence}) {
    if (!task.page && limit->count() > 0) {
      *limit += std::chrono::seconds(2 * scans());
    }
  }
  return page;
}

Attempt Flight::attempt_of(const Stage& at, const Task& task) const {
  if (at.document != nullptr) {
    return {document.id().empty() ? fingerprint(document) : document.id(), std::string(at.document->name()),
            at.digests.front(), !document.id().empty()};
  }
  Attempt attempt{document.source_page(*task.page).sha256, at.names(task.first), {}, true};
  for (std::size_t i = task.first; i < at.digests.size(); ++i) {
    attempt.options += at.digests[i];
  }
  return attempt;
}

std::string Flight::place_of(const Task& task) const {
  return task.page ? "page " + std::to_string(*task.page + 1) + " of " + document.name() : document.name();
}

}  // namespace sohoa
