// SPDX-License-Identifier: Apache-2.0
#include "cli/dry_run.hpp"

#include "cli/inbox_source.hpp"
#include "cli/stream.hpp"
#include "core/archive.hpp"
#include "core/disk_space.hpp"

#include <cmath>
#include <optional>
#include <set>
#include <utility>

namespace sohoa {
namespace {

constexpr double guessed_seconds_a_page = 5;  // of one worker, A4 at 300 dpi

struct Plan {
  std::size_t documents = 0;
  std::size_t pages = 0;
  std::uint64_t bytes = 0;
  std::size_t known = 0;
  std::size_t refused = 0;
};

std::string reason_of(const Document& document) {
  const Json error = first_error(document.record());
  return error.is_null() ? std::string() : string_of(error, "message") + "; " + string_of(error, "remedy");
}

class Judge {
 public:
  Judge(InboxSource& source, std::optional<Catalog>& catalog) : m_source(source), m_catalog(catalog) {}

  void take(const Document& document) {
    const ScanGroup scans = m_source.scans_of(document);
    const StackPlace place = stack_place(document);
    const std::uint64_t bytes = scans.bytes() / place.of;  // of a stack, each document's share
    Json line{{"path", document.name()}, {"kind", scans.kind}};
    if (!document.alive()) {
      ++m_plan.refused;
      line["status"] = "refused";
      line["reason"] = reason_of(document);
    } else {
      const bool archived = m_catalog && m_catalog->delivered(document.id());
      const bool known = !m_seen.insert(document.id()).second || archived;
      line["status"] = known ? "known" : "new";
      line["id"] = document.id();
      line["pages"] = document.page_count();
      m_plan.known += known ? 1U : 0U;
      m_plan.documents += known ? 0U : 1U;
      m_plan.pages += known ? 0U : document.page_count();
      m_plan.bytes += known ? 0U : bytes;
    }
    line["bytes"] = bytes;
    if (place.of > 1) {
      line["part"] = place.part;
    }
    put_line(to_line(line));
  }

  [[nodiscard]] const Plan& plan() const { return m_plan; }

 private:
  InboxSource& m_source;
  std::optional<Catalog>& m_catalog;
  std::set<std::string> m_seen;
  Plan m_plan;
};

std::string duration(double seconds) {
  if (seconds < 90) {
    return std::to_string(std::lround(std::ceil(seconds))) + " s";
  }
  return seconds < 5400 ? std::to_string(std::lround(seconds / 60)) + " min"
                        : std::to_string(std::lround(seconds / 3600)) + " h";
}

std::string size_of(std::uint64_t bytes) {
  return bytes < 1'000'000 ? std::to_string((bytes + 999) / 1000) + " kB" : megabytes(bytes);
}

std::string expected_time(const Plan& plan, std::optional<Catalog>& catalog, unsigned jobs) {
  const auto pages = static_cast<double>(plan.pages);
  if (const auto pace = catalog ? catalog->last_pace() : std::nullopt) {
    return "about " + duration(pages / pace->pages_per_second) + " at the pace of batch " + pace->batch;
  }
  return "about " + duration(pages * guessed_seconds_a_page / jobs) + ", guessed at " +
         std::to_string(std::lround(guessed_seconds_a_page)) +
         " s a page and worker because no batch is there to go by";
}

// Where a stack is cut, its pages' records are kept until it is: here, and gone with the run.
class Scratch {
 public:
  explicit Scratch(bool wanted) {
    if (wanted) {
      m_path = fs::temp_directory_path() / fs::unique_path("sohoa-dry-run-%%%%%%%%%%%%%%%%");
      make_directories(m_path);
    }
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    if (!m_path.empty()) {
      boost::system::error_code ignored;
      fs::remove_all(m_path, ignored);
    }
  }
  [[nodiscard]] const fs::path& path() const { return m_path; }

 private:
  fs::path m_path;
};

}  // namespace

ExitStatus dry_run(const RunOptions& options, const Settings& settings, const Profile& profile, Console& console) {
  InboxSource source(options.inboxes, options.ingest.grouping, console);
  const CatalogPlace place = catalog_of_archive(options.archive, settings.catalog, false);
  std::optional<Catalog> catalog;
  if (is_server(place.where) || fs::exists(place.where)) {
    catalog.emplace(place, Database::Access::read);
  }
  const std::vector<StepPtr> steps = make_ingest_steps(options.ingest, options.deskew, profile);
  const Scratch scratch(options.ingest.grouping == Grouping::separator);
  const RunnerOptions runner = settings.runner(profile, scratch.path());
  Judge judge(source, catalog);
  watch_signals();
  console.expect(source.size());
  RunnerEvents events;
  events.should_stop = signal_came;
  const RunnerResult result = run_steps(
      steps, source,
      [&](const Document& document) {
        judge.take(document);
        console.document_done(document);
      },
      runner, events);
  console.finish();
  for (const WaitingScan& scan : source.waiting()) {
    put_line(to_line(Json{{"path", scan.path}, {"status", "waiting"}, {"reason", scan.reason}}));
  }
  const Plan& plan = judge.plan();
  const std::uint64_t free = DiskSpace(options.archive).free();
  console.say(Severity::info, "dry run, nothing is written: " + counted(plan.documents, "document") + " with " +
                                  counted(plan.pages, "page") + " to do, " + std::to_string(plan.known) +
                                  " already there, " + std::to_string(plan.refused) + " to be refused, " +
                                  std::to_string(source.waiting().size()) + " waiting for a later run.");
  if (plan.documents > 0) {
    console.say(Severity::info, "expected: " + expected_time(plan, catalog, runner.jobs) + "; about " +
                                    size_of(plan.bytes) + " as the scans have, with " + size_of(free) +
                                    " free where the archive lies.");
  }
  return status_of(result);
}

}  // namespace sohoa
