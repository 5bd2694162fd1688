// SPDX-License-Identifier: Apache-2.0
#include "cli/stream.hpp"

#include "cli/console.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <unistd.h>

namespace sohoa {
namespace {

volatile std::sig_atomic_t g_signal = 0;

void note_signal(int signal) { g_signal = signal; }

class StepHere : public DocumentStep {
 public:
  StepHere(std::string name, std::function<void(Document&)> work) : m_name(std::move(name)), m_work(std::move(work)) {}
  [[nodiscard]] std::string_view name() const override { return m_name; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::here; }
  void run(Document& document) override { m_work(document); }

 private:
  std::string m_name;
  std::function<void(Document&)> m_work;
};

}  // namespace

ListSource::ListSource(std::vector<Document> documents)
    : m_documents(std::make_move_iterator(documents.begin()), std::make_move_iterator(documents.end())) {}

DocumentSource::Pull ListSource::pull(std::optional<Document>& document) {
  if (m_documents.empty()) {
    return Pull::exhausted;
  }
  document = std::move(m_documents.front());
  m_documents.pop_front();
  return Pull::ready;
}

StepPtr step_here(std::string name, std::function<void(Document&)> work) {
  return std::make_unique<StepHere>(std::move(name), std::move(work));
}

void put_line(const std::string& line) {
  const std::string text = line + "\n";
  std::size_t at = 0;
  while (at < text.size()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data() + at, text.size() - at);
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      throw environment_error("output-closed",
                              std::string("cannot write to the standard output: ") + std::strerror(errno),
                              "look at the command that reads it, then run again");
    }
    at += static_cast<std::size_t>(written);
  }
}

ExitStatus run_stream(const std::vector<StepPtr>& steps, DocumentSource& source, const Settings& settings,
                      const Profile& profile, const std::function<void(Console&, const Document&)>& tell) {
  Console console(settings);
  watch_signals();
  RunnerEvents events;
  events.page_done = [&console] { console.page_done(); };
  events.should_stop = signal_came;
  events.note = verbose_note(console, settings);
  std::size_t failed_before = 0;
  const auto sink = [&](const Document& document) {
    put_line(document.line());
    console.document_done(document);
    if (!document.passes_by() && !document.alive()) {
      console.problems(document);
    }
    failed_before += document.passes_by() && document.status() != Status::known ? 1U : 0U;
    if (tell) {
      tell(console, document);
    }
  };
  RunnerOptions options = settings.runner(profile, settings.work);
  options.signers = options.jobs;
  options.fail_unsigned = true;
  const RunnerResult result = run_steps(steps, source, sink, options, events);
  console.finish();
  tell_remarks(console, steps, result);
  if (failed_before > 0) {
    console.say(Severity::info, counted(failed_before, "document") + " had failed before and went by untouched.");
  }
  if (settings.verbose && result.pages > 0) {
    console.say(Severity::info, counted(result.pages, "page") + ": " + std::to_string(result.pages_found) +
                                    " found in the work folder, " + std::to_string(result.pages - result.pages_found) +
                                    " done anew.");
  }
  return result.ended_by ? result.ended_by->status() : status_of(result);
}

std::function<void(const std::string&)> verbose_note(Console& console, const Settings& settings) {
  return [&console, verbose = settings.verbose](const std::string& sentence) {
    if (verbose) {
      console.say(Severity::info, sentence + ".");
    }
  };
}

void tell_remarks(Console& console, const std::vector<StepPtr>& steps, const RunnerResult& result) {
  for (const StepPtr& step : steps) {
    const std::string remark = result.stopped ? std::string() : step->remark();
    if (!remark.empty()) {
      console.say(Severity::warning, remark);
    }
  }
}

ExitStatus status_of(const RunnerResult& result) {
  if (result.stopped) {
    return g_signal == SIGTERM ? ExitStatus::terminated : ExitStatus::interrupted;
  }
  if (result.failed == 0) {
    return ExitStatus::done;
  }
  return result.failed == result.documents ? ExitStatus::all_failed : ExitStatus::some_failed;
}

void watch_signals() {
  struct sigaction action {};
  action.sa_handler = note_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool signal_came() { return g_signal != 0; }

}  // namespace sohoa
