// SPDX-License-Identifier: Apache-2.0
// What was given to workers and did not come back, kept in the catalog over all runs of an archive, so that a page that
// takes its
// worker, the whole run or the machine down is not tried for ever.
//
// A task is noted on the disk before it is given out, and struck out when it was answered. One whose worker died twice,
// or that was in hand at the end of so many runs that ended without a word, is given up until it is forgotten or the
// program's version, its options or the profile change.
#pragma once

#include "core/catalog_place.hpp"
#include "core/database.hpp"
#include "core/worker_death.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct Attempt {
  std::string scan;     // digest of the page's scan, or id of the document
  std::string step;     // "deskew+ocr"
  std::string options;  // digests of the steps' options
  bool heavy = true;    // worth waiting for the disk, so that the note outlives a power cut, too
};

struct GivenUp {
  std::string word;     // what the worker was last at ("ocr"), "" when the run ended without a word
  std::string message;  // goes on after the name of the task
};

class Journal {
 public:
  // `catalog` has been brought up to date by Catalog; its archive's notes are kept apart from others'. `rules` is a
  // digest of the profile in force. `most`: ends without a word until a task is given up, at least 1; 0: never.
  Journal(const CatalogPlace& catalog, std::string rules, int most);
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  // An orderly end: what is in hand was not to blame.
  ~Journal();

  // Nothing: the task may be tried.
  [[nodiscard]] std::optional<GivenUp> given_up(const Attempt& attempt) const;
  // Notes the task, known by `ticket` in this run, and returns when the note lasts.
  void begin(std::uint64_t ticket, const Attempt& attempt);
  // It was answered. A ticket that was not begun is none of the journal's.
  void ended(std::uint64_t ticket);
  // Its worker died at `word`, as `death` says. One ended from outside counts as an end without a word.
  void lost(std::uint64_t ticket, const std::string& word, const Death& death);
  // Everything may be tried again.
  void forget();

 private:
  struct Key {
    std::string scan;
    std::string step;
    std::string options;
  };
  [[nodiscard]] Key key_of(const Attempt& attempt) const;
  [[nodiscard]] Statement statement(const std::string& sql, const Key& key) const;
  void strike_out_ended();
  void wait_for_disk(bool wait);

  std::unique_ptr<Database> m_owned;
  const Database& m_database;
  std::string m_archive;
  std::string m_rules;
  int m_most;
  bool m_waits = true;
  std::map<std::uint64_t, Key> m_in_hand;
  std::vector<Key> m_ended;  // struck out with the next note: a stroke that is lost costs one more try at most
};

}  // namespace sohoa
