// SPDX-License-Identifier: Apache-2.0
// One leg of a document's way through the runner, and what a worker does there.
#pragma once

#include "core/runner.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

// Either one document step, or one that makes several documents of one, or a row of page steps that share the decoded
// page.
struct Stage {
  DocumentStep* document = nullptr;
  SplitStep* split = nullptr;
  std::vector<PageStep*> pages;
  std::vector<std::string> digests;  // options_digest of each step

  // The steps that a process of that kind runs.
  [[nodiscard]] std::vector<Step*> steps_of(Grain grain) const;
  // The page step of that name, or the number of page steps.
  [[nodiscard]] std::size_t place_of(std::string_view name) const;
  // The page steps from `first` on: "deskew, barcodes and ocr".
  [[nodiscard]] std::string names(std::size_t first) const;
  [[nodiscard]] bool ordered() const {
    return split != nullptr || (document != nullptr && document->grain() == Grain::here);
  }
};

std::vector<Stage> stages_of(const std::vector<StepPtr>& steps);

// The request for one page, from step `first` of the stage on; and the one for a document.
Json page_request(std::size_t stage, const Document& document, std::size_t page, std::size_t first);
Json document_request(std::size_t stage, const Document& document);

// What a process of that kind is to do. Both outlive it.
WorkerBody body_of(const std::vector<Stage>& stages, const RunnerOptions& options, Grain grain);

// Whether what a step threw is no matter of one document: the environment, or the key.
bool ends_the_run(const Error& error);

// Runs in the worker. Answers {"patches": […]} (one a step from `first` on) or {"document": …}.
Json serve_request(const std::vector<Stage>& stages, const RunnerOptions& options, const Json& request,
                   const std::function<void(const Json&)>& report);

// The problem of a page that a step failed on: a warning when the page is kept without it, else an error.
Problem lost_step(std::string_view step, const Error& error, bool keep);

// Sets the patch's keys in the page's record; its "problems" go to the document with the page's number.
void apply_patch(Document& document, std::size_t page, const Json& patch);

// Adds {step, version, options, started, ended, host} to the record's history (PREMIS 3.0 event), with the outcome
// "failed" when the step failed the document.
void add_history(Document& document, const Step& step, const std::string& digest, const std::string& started);

}  // namespace sohoa
