// SPDX-License-Identifier: Apache-2.0
// A step is a function from document to document. A command is a step over a stream; `sohoa run` is
// all the steps over a folder: the very same objects, composed by core/runner.hpp.
#pragma once

#include "core/document.hpp"
#include "core/fs.hpp"
#include "core/pix.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa {

struct ReducedPage;

class Step {
 public:
  Step() = default;
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;
  virtual ~Step() = default;

  // The verb: "ocr".
  [[nodiscard]] virtual std::string_view name() const = 0;
  // All that the result depends on besides the document: options, versions of engines and data.
  [[nodiscard]] virtual Json options() const { return Json::object(); }
  // Whether the record's history tells of it: of what people would call a step of the work.
  [[nodiscard]] virtual bool in_history() const { return true; }
  // Folders that the step writes to, beside what PageTask keeps; a worker may write nowhere else.
  [[nodiscard]] virtual std::vector<fs::path> writes_below() const { return {}; }
  // Called once in the process that will run the step, before its first document. What it throws
  // ends the run: a missing language or key is told before the night's work, not after it.
  virtual void prepare() {}
  // Called in every worker process that will not run the step, before it reads anything: forget what is secret.
  virtual void disown() {}
  // Asked in the coordinator after the last document: what people should know of the stream as a whole.
  [[nodiscard]] virtual std::string remark() const { return {}; }
};

// Where a document step runs.
//   here    in the coordinator, documents in the order of the stream: the catalog's steps
//   worker  in any worker process: what parses bytes from outside or takes long
//   signer  in a process that holds the key; in several only where RunnerOptions::signers and the step allow it
enum class Grain { here, worker, signer };

class DocumentStep : public Step {
 public:
  [[nodiscard]] virtual Grain grain() const = 0;
  // Grain::signer: whether processes that are forked after prepare() may all run the step, each with its copy of the
  // key. A token cannot be copied.
  [[nodiscard]] virtual bool can_be_copied() const { return false; }
  // May throw Error. Status input fails the document; environment and signing_unavailable end the run
  // (RunnerOptions::fail_unsigned).
  virtual void run(Document& document) = 0;
  // Grain::here only: whether run() is wanted for a document that failed before.
  [[nodiscard]] virtual bool wants_failed(const Document& /*document*/) const { return false; }
  // Grain::here only: a document that failed before, or is known, goes by.
  virtual void pass(const Document& /*document*/) {}
};

// One page in the hands of a worker.
struct PageTask {
  const SourcePage& source;
  const Json& page;  // the `pages[]` entry with the patches of the steps before
  const Pix& image;  // the decoded scan; it stays in memory from step to step
  // Keeps bytes in the work folder beside the page's artefacts and returns the path for the record.
  std::function<std::string(std::string_view kind, std::string_view bytes)> keep;
  // The small copy of the image, once a step has asked core/skew.hpp for it; it stays in memory as the image does.
  std::shared_ptr<const ReducedPage>& reduced;
  // What the step noticed; the page number is filled in later. The sentences name no file, because another document
  // with the same page takes them from the work folder.
  std::vector<Problem> problems;
};

class PageStep : public Step {
 public:
  // The part of the page's record that the result depends on.
  [[nodiscard]] virtual Json depends_on(const Json& page) const = 0;
  // The keys to set in the `pages[]` entry. An Error costs the page this step's keys, or the document, as
  // RunnerOptions::keep_lost_pages says.
  virtual Json run(PageTask& task) = 0;
};

// Makes several documents of one, in the coordinator and in the order of the stream. It is given failed documents, too.
class SplitStep : public Step {
 public:
  // At least one document. May throw Error, which ends the run.
  virtual std::vector<Document> split(const Document& document) = 0;
};

using StepPtr = std::unique_ptr<Step>;

}  // namespace sohoa
