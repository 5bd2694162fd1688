// SPDX-License-Identifier: Apache-2.0
#include "cli/settings.hpp"

#include "formats/scan.hpp"

#include <algorithm>

#include <sched.h>
#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

// The processors this process may use: a container or a batch system often allows fewer than there are.
unsigned processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return ::sched_getaffinity(0, sizeof set, &set) == 0 ? static_cast<unsigned>(std::max(1, CPU_COUNT(&set))) : 1U;
}

}  // namespace

void Settings::add_options(CLI::App& app) {
  app.add_option("--config", config, "Options written down, over those of the usual files")
      ->type_name("FILE")
      ->configurable(false);
  app.add_option("--profile", profile, "Rules of the office: a name or a TOML file")
      ->type_name("NAME|FILE")
      ->capture_default_str();
  app.add_option("--jobs", jobs, "Worker processes; 0 is one a processor")
      ->type_name("N")
      ->check(CLI::Range(0U, 256U))
      ->capture_default_str();
  app.add_option("--work", work, "Folder for page artefacts, reused by later runs")
      ->type_name("DIR")
      ->capture_default_str();
  app.add_option("--catalog", catalog, "Register and index (default: catalog.sqlite, there or in the archive)")
      ->type_name("FILE|URL");
  app.add_option("--log-format", log_format, "How messages are written to stderr")
      ->type_name("text|json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  app.add_flag("--quiet", quiet, "Only errors on stderr");
  app.add_flag("--verbose", verbose, "Every document on stderr, and where options come from");
}

RunnerOptions Settings::runner(const Profile& rules, const fs::path& work_folder) const {
  const unsigned workers = jobs == 0 ? processors() : jobs;
  return {.jobs = workers,
          .window = std::size_t{32} + 16 * workers,
          .limits = {rules.limits.worker_memory_bytes},
          .page_limits = {std::chrono::seconds(rules.limits.page_seconds),
                          std::chrono::seconds(rules.limits.page_cpu_seconds),
                          std::chrono::seconds(rules.limits.silent_seconds)},
          .keep_lost_pages = rules.limits.lost_page == "keep",
          .work = Work(work_folder),
          .load = [limits = limits_of(rules)](const SourcePage& page) { return load_page(page, limits); }};
}

}  // namespace sohoa
