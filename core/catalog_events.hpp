// SPDX-License-Identifier: Apache-2.0
// The chain of events: what was done to documents, only ever added to. The digest of each is the SHA-256 over that of
// the one before and its own content, so that a change, a removal or an insertion shows at the first event behind it;
// the end of the chain is kept apart, so that a shorter one shows, too. Whoever can write the whole chain anew can do
// so unseen: note the last digest elsewhere now and then.
#pragma once

#include "core/database.hpp"
#include "core/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct CatalogEvent {
  // A step's verb of the record's history, or: deliver, quarantine, update, reuse, import, manifest.
  std::string kind;
  std::string at;  // ISO 8601 UTC
  std::string host;
  std::string operator_name;
  Json detail = Json::object();
};

struct BrokenEvent {
  std::int64_t number = 0;
  std::string reason;  // "was changed, or one before it was"
  // "event 17 of the catalog was changed, or one before it was"
  [[nodiscard]] std::string sentence() const;
};

class EventChain {
 public:
  explicit EventChain(const Database& database) : m_database(database) {}

  // Adds events of the document with that number in `documents` and that id (0 and "": of the whole catalog), those
  // left out that it has in the same words. Part of the caller's transaction, in which it comes last: until its end
  // all others who add wait. The number of the last one added, or 0.
  std::int64_t add(std::int64_t document, const std::string& id, const std::vector<CatalogEvent>& events) const;

  // The first event that is not as it was written, or is missing.
  [[nodiscard]] std::optional<BrokenEvent> check() const;
  // Events in the chain, and the last digest ("" of none).
  struct End {
    std::int64_t number = 0;
    std::string digest;
  };
  [[nodiscard]] End end() const;
  // The digest of an event, or "" when there is none of that number.
  [[nodiscard]] std::string digest_of(std::int64_t number) const;

 private:
  const Database& m_database;
};

// The events of a record's history, oldest first.
std::vector<CatalogEvent> events_of_history(const Json& record);
// One by this process, now.
CatalogEvent event_now(std::string kind, Json detail);

}  // namespace sohoa
