// SPDX-License-Identifier: Apache-2.0
#include "cli/stream.hpp"

#include "cli/console.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace sohoa {
namespace {

constexpr std::size_t max_line = std::size_t{256} << 20U;

volatile std::sig_atomic_t g_signal = 0;

void note_signal(int signal) { g_signal = signal; }

Document failed_line(std::size_t line, const Error& error) {
  Document document = Document::of_source("line " + std::to_string(line) + " of the standard input", "file");
  document.fail(error);
  return document;
}

}  // namespace

LineSource::LineSource(int descriptor) : m_descriptor(descriptor) {}

bool LineSource::fill() {
  pollfd one{m_descriptor, POLLIN, 0};
  while (!m_ended && ::poll(&one, 1, 0) > 0) {
    std::array<char, 65536> block{};
    const ssize_t got = ::read(m_descriptor, block.data(), block.size());
    if (got < 0 && errno == EINTR) {
      continue;
    }
    m_ended = got <= 0;
    if (got > 0) {
      m_buffer.append(block.data(), static_cast<std::size_t>(got));
    }
    if (m_buffer.find('\n') != std::string::npos) {
      return true;
    }
  }
  return m_ended;
}

DocumentSource::Pull LineSource::pull(std::optional<Document>& document) {
  while (true) {
    std::size_t end = m_buffer.find('\n');
    if (end == std::string::npos) {
      if (!fill()) {
        return Pull::waiting;
      }
      end = m_buffer.find('\n');
    }
    if (end == std::string::npos && m_buffer.empty()) {
      return Pull::exhausted;
    }
    const std::string line = m_buffer.substr(0, end);
    m_buffer.erase(0, end == std::string::npos ? m_buffer.size() : end + 1);
    ++m_line;
    if (line.find_first_not_of(" \t\r") == std::string::npos) {
      continue;
    }
    try {
      if (line.size() > max_line) {
        throw input_error("json-syntax", "the line is longer than 256 MiB", "give one document a line");
      }
      document = Document(parse_json(line, "line " + std::to_string(m_line)));
    } catch (const Error& error) {
      document = failed_line(m_line, error);
    }
    return Pull::ready;
  }
}

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
  const auto sink = [&console, &tell](const Document& document) {
    put_line(to_line(document.record()));
    console.document_done(document);
    if (!document.alive()) {
      console.problems(document);
    }
    if (tell) {
      tell(console, document);
    }
  };
  const RunnerResult result = run_steps(steps, source, sink, settings.runner(profile, settings.work), events);
  console.finish();
  return status_of(result);
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
  ::sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool signal_came() { return g_signal != 0; }

}  // namespace sohoa
