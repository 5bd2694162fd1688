// SPDX-License-Identifier: Apache-2.0
#include "cli/console.hpp"

#include "core/clock.hpp"

#include <cmath>
#include <iomanip>
#include <sstream>

#include <unistd.h>

namespace sohoa {
namespace {

constexpr auto redraw = std::chrono::milliseconds(200);
constexpr auto event_pause = std::chrono::seconds(5);

std::string rate_of(double value) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(1) << value;
  return text.str();
}

std::string time_left(double seconds) {
  if (seconds < 90) {
    return std::to_string(std::lround(seconds)) + " s left";
  }
  return seconds < 5400 ? std::to_string(std::lround(seconds / 60)) + " min left" : rate_of(seconds / 3600) + " h left";
}

}  // namespace

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

Console::Console(const Settings& settings)
    : m_quiet(settings.quiet),
      m_verbose(settings.verbose),
      m_json(settings.log_format == "json"),
      m_terminal(::isatty(STDERR_FILENO) == 1 && !settings.quiet && settings.log_format != "json") {}

void Console::write(std::string_view line) {
  std::string text(m_drawn ? "\r\x1b[K" : "");
  m_drawn = false;
  text.append(line).append("\n");
  // One write a line, so that the lines of several processes do not mix.
  static_cast<void>(::write(STDERR_FILENO, text.data(), text.size()) + 1);
}

bool Console::wants(Severity level) const { return level == Severity::error || !m_quiet; }

// People get the sentence, programs its parts.
void Console::put(Severity level, std::string_view sentence, Json parts) {
  if (!wants(level)) {
    return;
  }
  if (m_json) {
    Json line{{"time", iso_utc(wall_time())}, {"severity", to_string(level)}};
    line.update(parts);
    write(to_line(line));
  } else {
    write("sohoa: " + std::string(level == Severity::warning ? "warning: " : "") + std::string(sentence));
  }
}

void Console::say(Severity level, std::string_view sentence) { put(level, sentence, Json{{"message", sentence}}); }

void Console::say(Severity level, const Error& error) {
  put(level, error.what(), Json{{"id", error.id()}, {"message", error.message()}, {"remedy", error.remedy()}});
}

void Console::problems(const Document& document) {
  for (const Json& problem : document.record().value("problems", Json::array())) {
    const std::string severity = string_of(problem, "severity");
    const Severity level = severity == "error"     ? Severity::error
                           : severity == "warning" ? Severity::warning
                                                   : Severity::info;
    if (level == Severity::info && !m_verbose) {
      continue;
    }
    const std::string message = string_of(problem, "message");
    std::string sentence;
    if (message.find(document.name()) == std::string::npos) {
      sentence = document.name() + (problem.contains("page") ? ", page " + problem.at("page").dump() : "") + ": ";
    }
    sentence += message;
    const std::string remedy = string_of(problem, "remedy");
    Json parts = problem;
    parts.erase("severity");
    parts["document"] = document.name();
    put(level, sentence + (remedy.empty() ? "." : "; " + remedy + "."), std::move(parts));
  }
}

void Console::page_done() {
  ++m_pages;
  draw(false);
}

void Console::document_done(const Document& document) {
  ++m_documents;
  m_failed += document.alive() ? 0U : 1U;
  draw(false);
}

void Console::draw(bool now) {
  const auto time = Clock::now();
  if ((!m_terminal && (!m_json || m_quiet)) ||
      (!now && time - m_last < (m_json ? Clock::duration(event_pause) : Clock::duration(redraw)))) {
    return;
  }
  m_last = time;
  const double seconds = std::chrono::duration<double>(time - m_start).count();
  const double rate = seconds > 0 ? static_cast<double>(m_pages) / seconds : 0;
  const double left = m_documents > 0 && m_expected > m_documents
                          ? seconds / static_cast<double>(m_documents) * static_cast<double>(m_expected - m_documents)
                          : 0;
  if (m_json) {
    write(to_line(Json{{"time", iso_utc(wall_time())},
                       {"event", "progress"},
                       {"documents", m_documents},
                       {"expected", m_expected},
                       {"pages", m_pages},
                       {"failed", m_failed},
                       {"pages_per_second", rounded(rate, 10)},
                       {"seconds_left", std::lround(left)}}));
    return;
  }
  std::string line = "\r\x1b[K" + std::to_string(m_documents) +
                     (m_expected > 0 ? "/" + std::to_string(m_expected) : "") + " documents, " +
                     counted(m_pages, "page") + ", " + rate_of(rate) + " pages/s, " + std::to_string(m_failed) +
                     " failed" + (left > 0 ? ", " + time_left(left) : "");
  static_cast<void>(::write(STDERR_FILENO, line.data(), line.size()) + 1);
  m_drawn = true;
}

void Console::finish() {
  if (m_drawn) {
    static_cast<void>(::write(STDERR_FILENO, "\r\x1b[K", 4) + 1);
    m_drawn = false;
  }
}

}  // namespace sohoa
