// SPDX-License-Identifier: Apache-2.0
// The options that every command has.
#pragma once

#include "core/profile.hpp"
#include "core/runner.hpp"

#include <string>

namespace CLI {
class App;
}

namespace sohoa {

struct Settings {
  std::string config;
  std::string profile = "vn-tthc";
  unsigned jobs = 0;  // 0: one a processor
  std::string work = "sohoa-work";
  std::string catalog;  // URL or file; empty: the archive's own, or catalog.sqlite
  std::string log_format = "text";
  bool quiet = false;
  bool verbose = false;

  void add_options(CLI::App& app);
  [[nodiscard]] RunnerOptions runner(const Profile& profile, const fs::path& work_folder) const;
};

}  // namespace sohoa
