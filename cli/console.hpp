// SPDX-License-Identifier: Apache-2.0
// People are spoken to on stderr; stdout carries data only.
#pragma once

#include "cli/settings.hpp"
#include "core/document.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace sohoa {

class Console {
 public:
  explicit Console(const Settings& settings);

  // "sohoa: <sentence>", or {"time","severity","message"} a line, of an error also with "id" and "remedy".
  void say(Severity level, std::string_view sentence);
  void say(Severity level, const Error& error);
  // Each problem of the document as a sentence that begins with its name, errors also when quiet; in JSON its
  // parts, with "document" and "page".
  void problems(const Document& document);

  // The progress line, redrawn at most five times a second, only on a terminal; as
  // {"event":"progress",…} once in five seconds when messages are JSON.
  void page_done();
  void document_done(const Document& document);
  void expect(std::size_t documents) { m_expected = documents; }
  // Removes the line for good.
  void finish();

 private:
  [[nodiscard]] bool wants(Severity level) const;
  void put(Severity level, std::string_view sentence, Json parts);
  void draw(bool now);
  void write(std::string_view line);

  using Clock = std::chrono::steady_clock;
  bool m_quiet;
  bool m_verbose;
  bool m_json;
  bool m_terminal;
  bool m_drawn = false;
  std::size_t m_expected = 0;
  std::size_t m_pages = 0;
  std::size_t m_documents = 0;
  std::size_t m_failed = 0;
  Clock::time_point m_start = Clock::now();
  Clock::time_point m_last;
};

// "1 document", "2 documents".
std::string counted(std::size_t count, std::string_view noun);

}  // namespace sohoa
