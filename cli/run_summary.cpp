// SPDX-License-Identifier: Apache-2.0
#include "cli/run_summary.hpp"

#include "core/quality_gates.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace sohoa {
namespace {

// The reasons that most pages have come first.
std::string reasons_of(const RunTally& tally) {
  std::vector<std::pair<std::string, std::size_t>> reasons(tally.rescan_reasons.begin(), tally.rescan_reasons.end());
  std::stable_sort(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (const auto& [id, count] : reasons) {
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + reason_words(id);
  }
  return text;
}

void tell_rescan(Console& console, const RunTally& tally) {
  if (tally.rescan_documents > 0) {
    console.say(Severity::warning, counted(tally.rescan_pages, "page") + " of " +
                                       counted(tally.rescan_documents, "document") +
                                       (tally.rescan_pages == 1 ? " is" : " are") + " to be scanned again (" +
                                       reasons_of(tally) + "); the manifest names them under rescan.");
  }
}

}  // namespace

void summarize(Console& console, const Archive& archive, const RunTally& tally, const RunEnd& end) {
  const std::size_t all = tally.done();
  const std::string waiting = end.waiting == 0 ? "" : ", " + std::to_string(end.waiting) + " waiting for the next run";
  if (all == tally.known && end.stopped) {
    return;
  }
  if (all == tally.known) {
    const std::string what = all > 0            ? counted(all, "document") + " already in the archive"
                             : end.waiting == 0 ? "no scans lie in the inbox"
                                                : "no finished scans lie in the inbox";
    console.say(Severity::info, "nothing to do: " + what + waiting + ".");
    return;
  }
  console.say(Severity::info, counted(all, "document") + ", " + counted(tally.pages, "page") + " in " +
                                  std::to_string(end.seconds) + " s: " + std::to_string(tally.delivered) +
                                  " delivered (" + std::to_string(tally.coded) + " coded, " +
                                  std::to_string(tally.signed_ones) + " signed, " + std::to_string(tally.warnings) +
                                  " with warnings), " + std::to_string(tally.quarantined) + " quarantined, " +
                                  std::to_string(tally.known) + " already there" + waiting + ".");
  if (tally.quarantined > 0) {
    console.say(Severity::warning, "look into " + (archive.root() / "quarantine").string() +
                                       ": each folder there has the scans and a problem.json.");
  }
  tell_rescan(console, tally);
  for (const fs::path& manifest : end.manifests) {
    console.say(Severity::info, "manifest: " + manifest.string());
  }
}

void hint_unsigned(Console& console, const Archive& archive, std::size_t waiting) {
  if (waiting > 0) {
    console.say(Severity::warning, counted(waiting, "document") + " of the archive " + (waiting == 1 ? "is" : "are") +
                                       " not signed; sohoa sign --key KEY " + archive.root().string() + " signs " +
                                       (waiting == 1 ? "it." : "them."));
  }
}

void hint_below(Console& console, const Archive& archive, std::size_t waiting, SignatureLevel level) {
  if (waiting > 0) {
    console.say(Severity::warning, counted(waiting, "document") + " of the archive " + (waiting == 1 ? "has" : "have") +
                                       " less than level " + to_string(level) + "; sohoa sign --upgrade " +
                                       to_string(level).substr(2) + " --tsa URL " + archive.root().string() +
                                       " completes " + (waiting == 1 ? "it." : "them."));
  }
}

}  // namespace sohoa
