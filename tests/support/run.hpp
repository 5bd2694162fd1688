// SPDX-License-Identifier: Apache-2.0
// Other people's programs as judges of what was written. A test case that needs some is declared
//   TEST_CASE("…" * doctest::skip(!has_programs({"qpdf"})))
// and so is counted as skipped, not as passed, where one is absent.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sohoa::test {

struct Run {
  int status = -1;  // exit status; 128 and the signal's number when one killed it
  std::string out;
  std::string err;
};

namespace detail {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

inline std::string content_of(std::FILE* file) {
  std::rewind(file);
  std::string text;
  char buffer[65536];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, file)) > 0;) {
    text.append(buffer, got);
  }
  return text;
}

}  // namespace detail

// Runs the program, found in PATH, without a shell and waits for it.
inline Run run(const std::vector<std::string>& command) {
  const detail::File out(std::tmpfile(), &std::fclose);
  const detail::File err(std::tmpfile(), &std::fclose);
  std::vector<char*> arguments;
  for (const std::string& word : command) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, fileno(out.get()), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(err.get()), STDERR_FILENO);
  pid_t child = 0;
  const int failure = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  if (failure != 0 || waitpid(child, &status, 0) != child) {
    throw std::runtime_error("cannot run " + command.at(0));
  }
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), detail::content_of(out.get()),
          detail::content_of(err.get())};
}

inline bool has_programs(std::initializer_list<const char*> names) {
  const char* path = std::getenv("PATH");
  for (const std::string name : names) {
    std::istringstream folders(path == nullptr ? "" : path);
    bool found = false;
    for (std::string folder; !found && std::getline(folders, folder, ':');) {
      found = ::access((folder + "/" + name).c_str(), X_OK) == 0;
    }
    if (!found) {
      return false;
    }
  }
  return true;
}

}  // namespace sohoa::test
