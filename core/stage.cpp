// SPDX-License-Identifier: Apache-2.0
#include "core/stage.hpp"

#include "core/clock.hpp"
#include "core/host.hpp"
#include "core/sandbox.hpp"
#include "core/version.hpp"

#include <algorithm>
#include <iterator>

namespace sohoa {
namespace {

Json run_page_step(PageStep& step, const RunnerOptions& options, const Artefact& artefact, const SourcePage& source,
                   const Json& record, const Pix& image, std::shared_ptr<const ReducedPage>& reduced) {
  const Work& work = options.work;
  PageTask task{
      source,  record,
      image,   [&](std::string_view kind, std::string_view bytes) { return work.keep(artefact, kind, bytes); },
      reduced, {}};
  Json patch = Json::object();
  bool whole = true;
  try {
    patch = step.run(task);
  } catch (const Error& error) {
    if (ends_the_run(error)) {
      throw;
    }
    task.problems.push_back(lost_step(step.name(), error, options.keep_lost_pages));
    whole = false;
  }
  for (const Problem& problem : task.problems) {
    patch["problems"].push_back(to_json(problem));
  }
  if (whole) {
    work.put(artefact, patch);
  }
  return patch;
}

Json serve_page(const Stage& stage, const RunnerOptions& options, const Json& request,
                const std::function<void(const Json&)>& report) {
  const SourcePage source = source_page_from(request.at("source"));
  Json record = request.at("record");
  report({{"step", "decode"}});
  const PixPtr image = options.load(source);
  std::shared_ptr<const ReducedPage> reduced;
  Json patches = Json::array();
  for (std::size_t i = request.at("first").get<std::size_t>(); i < stage.pages.size(); ++i) {
    PageStep& step = *stage.pages[i];
    report({{"step", step.name()}});
    const Artefact artefact = Work::artefact_of(step, stage.digests[i], source, record);
    Json patch = run_page_step(step, options, artefact, source, record, *image, reduced);
    record.update(patch);
    record.erase("problems");
    patches.push_back(std::move(patch));
  }
  return Json{{"patches", std::move(patches)}};
}

}  // namespace

bool ends_the_run(const Error& error) {
  return error.status() == ExitStatus::environment || error.status() == ExitStatus::signing_unavailable;
}

std::vector<Step*> Stage::steps_of(Grain grain) const {
  if (document != nullptr) {
    return document->grain() == grain ? std::vector<Step*>{document} : std::vector<Step*>();
  }
  if (split != nullptr) {
    return grain == Grain::here ? std::vector<Step*>{split} : std::vector<Step*>();
  }
  return grain == Grain::worker ? std::vector<Step*>(pages.begin(), pages.end()) : std::vector<Step*>();
}

std::size_t Stage::place_of(std::string_view name) const {
  const auto found =
      std::find_if(pages.begin(), pages.end(), [name](const PageStep* step) { return step->name() == name; });
  return static_cast<std::size_t>(found - pages.begin());
}

std::string Stage::names(std::size_t first) const {
  std::string all;
  for (std::size_t i = first; i < pages.size(); ++i) {
    all += (i == first ? "" : i + 1 == pages.size() ? " and " : ", ") + std::string(pages[i]->name());
  }
  return all;
}

std::vector<Stage> stages_of(const std::vector<StepPtr>& steps) {
  std::vector<Stage> stages;
  for (const StepPtr& step : steps) {
    const std::string digest = options_digest(*step);
    if (auto* document = dynamic_cast<DocumentStep*>(step.get()); document != nullptr) {
      stages.push_back({document, nullptr, {}, {digest}});
    } else if (auto* split = dynamic_cast<SplitStep*>(step.get()); split != nullptr) {
      stages.push_back({nullptr, split, {}, {digest}});
    } else if (auto* page = dynamic_cast<PageStep*>(step.get()); page != nullptr) {
      if (stages.empty() || stages.back().pages.empty()) {
        stages.emplace_back();
      }
      stages.back().pages.push_back(page);
      stages.back().digests.push_back(digest);
    }
  }
  return stages;
}

Json page_request(std::size_t stage, const Document& document, std::size_t page, std::size_t first) {
  return Json{{"stage", stage},
              {"first", first},
              {"source", to_json(document.source_page(page))},
              {"record", document.page(page)}};
}

Json document_request(std::size_t stage, const Document& document) {
  return Json{{"stage", stage}, {"document", document.record()}};
}

WorkerBody body_of(const std::vector<Stage>& stages, const RunnerOptions& options, Grain grain) {
  const auto prepare = [&stages, &options, grain] {
    std::vector<fs::path> writable;
    for (const Stage& stage : stages) {
      for (Step* step : grain == Grain::worker ? stage.steps_of(Grain::signer) : std::vector<Step*>()) {
        step->disown();
      }
      for (Step* step : stage.steps_of(grain)) {
        step->prepare();
        std::ranges::copy(step->writes_below(), std::back_inserter(writable));
      }
      if (!stage.pages.empty() && !options.work.folder().empty()) {
        writable.push_back(options.work.folder());
      }
    }
    // The signer asks for a passphrase and talks to tokens and time-stamp servers; it decodes no scan.
    return grain == Grain::worker ? enter_sandbox(writable) : std::string();
  };
  return {prepare, [&stages, &options](const Json& request, const std::function<void(const Json&)>& report) {
            return serve_request(stages, options, request, report);
          }};
}

Json serve_request(const std::vector<Stage>& stages, const RunnerOptions& options, const Json& request,
                   const std::function<void(const Json&)>& report) {
  const Stage& stage = stages.at(request.at("stage").get<std::size_t>());
  if (!request.contains("document")) {
    return serve_page(stage, options, request, report);
  }
  report({{"step", stage.document->name()}});
  Document document(request.at("document"));
  stage.document->run(document);
  return Json{{"document", std::move(document.record())}};
}

Problem lost_step(std::string_view step, const Error& error, bool keep) {
  return {keep ? Severity::warning : Severity::error, error.id(),
          error.message() + (keep ? ", so the page goes on without " + std::string(step) : std::string()),
          error.remedy(), std::nullopt};
}

void apply_patch(Document& document, std::size_t page, const Json& patch) {
  Json& entry = document.page(page);
  for (const auto& [key, value] : patch.items()) {
    if (key != "problems") {
      entry[key] = value;
    }
  }
  if (!patch.contains("problems")) {
    return;
  }
  for (const Json& problem : patch.at("problems")) {
    document.add_problem({severity_of(string_of(problem, "severity")), string_of(problem, "id"),
                          string_of(problem, "message"), string_of(problem, "remedy"), page + 1});
  }
}

void add_history(Document& document, const Step& step, const std::string& digest, const std::string& started) {
  if (!step.in_history()) {
    return;
  }
  Json event{{"step", step.name()},
             {"version", version},
             {"options", digest},
             {"started", started},
             {"ended", iso_utc(artefact_time())},
             {"host", host_name()}};
  if (document.status() == Status::failed) {
    event["outcome"] = "failed";
  }
  document.record()["history"].push_back(std::move(event));
}

}  // namespace sohoa
