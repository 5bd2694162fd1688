// SPDX-License-Identifier: Apache-2.0
#include "core/catalog_events.hpp"

#include "core/clock.hpp"
#include "core/digest.hpp"
#include "core/host.hpp"

#include <set>
#include <utility>

namespace sohoa {
namespace {

constexpr std::int64_t rows_at_once = 1000;

// Everything that the digest covers beside the digest before.
std::string content_of(std::int64_t number, const std::string& id, const CatalogEvent& event,
                       const std::string& detail) {
  return to_line(Json{{"number", number},
                      {"document", id},
                      {"kind", event.kind},
                      {"at", event.at},
                      {"host", event.host},
                      {"operator", event.operator_name},
                      {"detail", detail}});
}

std::string words_of(const CatalogEvent& event) {
  return to_line(Json::array({event.kind, event.at, event.host, event.operator_name, to_line(event.detail)}));
}

}  // namespace

std::string BrokenEvent::sentence() const { return "event " + std::to_string(number) + " of the catalog " + reason; }

EventChain::End EventChain::end() const {
  Statement end = m_database.prepare("SELECT number, digest FROM chain");
  return end.step() ? End{end.number(0), end.text(1)} : End{};
}

std::string EventChain::digest_of(std::int64_t number) const {
  Statement row = m_database.prepare("SELECT digest FROM events WHERE number = ?");
  row.bind(number);
  return row.step() ? row.text(0) : std::string();
}

std::int64_t EventChain::add(std::int64_t document, const std::string& id,
                             const std::vector<CatalogEvent>& events) const {
  std::set<std::string> known;
  Statement rows = m_database.prepare("SELECT kind, at, host, operator, detail FROM events WHERE document = ?");
  rows.bind(document);
  while (document > 0 && rows.step()) {
    known.insert(to_line(Json::array({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)})));
  }
  m_database.lock("chain");
  End last = end();
  const std::int64_t before = last.number;
  for (const CatalogEvent& event : events) {
    if (known.count(words_of(event)) > 0) {
      continue;
    }
    const std::string detail = to_line(event.detail);
    last.digest = sha256_hex(last.digest + "\n" + content_of(++last.number, id, event, detail));
    m_database
        .prepare(
            "INSERT INTO events (number, document, kind, at, host, operator, detail, digest) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(last.number)
        .bind(document)
        .bind(event.kind)
        .bind(event.at)
        .bind(event.host)
        .bind(event.operator_name)
        .bind(detail)
        .bind(last.digest)
        .step();
  }
  if (last.number == before) {
    return 0;
  }
  m_database.prepare("UPDATE chain SET number = ?, digest = ?").bind(last.number).bind(last.digest).step();
  return last.number;
}

std::optional<BrokenEvent> EventChain::check() const {
  const End end_told = end();
  End last;
  while (true) {
    Statement rows = m_database.prepare(
        "SELECT e.number, coalesce(d.id, ''), e.kind, e.at, e.host, e.operator, e.detail, e.digest, e.document "
        "FROM events AS e LEFT JOIN documents AS d ON d.number = e.document WHERE e.number > ? ORDER BY e.number LIMIT "
        "?");
    rows.bind(last.number).bind(rows_at_once);
    bool more = false;
    while (rows.step()) {
      more = true;
      const std::int64_t number = last.number + 1;
      if (rows.number(0) != number) {
        return BrokenEvent{number, "is missing"};
      }
      if (rows.number(8) > 0 && rows.text(1).empty()) {
        return BrokenEvent{number, "is of a document that is missing"};
      }
      const CatalogEvent event{rows.text(2), rows.text(3), rows.text(4), rows.text(5), {}};
      const std::string digest = sha256_hex(last.digest + "\n" + content_of(number, rows.text(1), event, rows.text(6)));
      if (digest != rows.text(7)) {
        return BrokenEvent{number, "was changed, or stands in another's place"};
      }
      last = {number, digest};
    }
    if (!more) {
      break;
    }
  }
  if (last.number != end_told.number) {
    return last.number < end_told.number ? BrokenEvent{last.number + 1, "is missing"}
                                         : BrokenEvent{end_told.number + 1, "was added by another program"};
  }
  if (last.digest != end_told.digest) {
    return BrokenEvent{last.number, "is not the one at which the chain ended"};
  }
  return std::nullopt;
}

std::vector<CatalogEvent> events_of_history(const Json& record) {
  std::vector<CatalogEvent> events;
  const auto history = record.find("history");
  for (const Json& entry : history == record.end() ? Json::array() : *history) {
    CatalogEvent event{string_of(entry, "step"), string_of(entry, "ended"), string_of(entry, "host"),
                       string_of(entry, "operator")};
    for (const char* key : {"version", "options", "started", "outcome"}) {
      if (std::string value = string_of(entry, key); !value.empty()) {
        event.detail[key] = std::move(value);
      }
    }
    events.push_back(std::move(event));
  }
  return events;
}

CatalogEvent event_now(std::string kind, Json detail) {
  return {std::move(kind), iso_utc(wall_time()), host_name(), user_name(), std::move(detail)};
}

}  // namespace sohoa
