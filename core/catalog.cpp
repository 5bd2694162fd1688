// SPDX-License-Identifier: Apache-2.0
#include "core/catalog.hpp"

#include "core/catalog_row.hpp"
#include "core/catalog_schema.hpp"
#include "core/clock.hpp"

#include <algorithm>

namespace sohoa {
namespace {

// The first column of every row.
std::vector<std::string> texts_of(Statement& rows) {
  std::vector<std::string> texts;
  while (rows.step()) {
    texts.push_back(rows.text(0));
  }
  return texts;
}

}  // namespace

Catalog::Catalog(const CatalogPlace& place, Database::Access access)
    : m_owned(open_database(place.where, access)), m_database(*m_owned), m_archive(place.archive) {
  if (access == Database::Access::write) {
    bring_up_to_date(m_database, [this] { index_again(); });
    if (!place.root.empty()) {
      note_archive(m_database, place);
    }
  }
}

Catalog::Catalog(const CatalogPlace& place) : Catalog(place, Database::Access::write) {}

bool Catalog::is_current() const { return m_database.schema_version() == newest_schema(); }

int Catalog::allot_sequence(const std::string& prefix, const std::string& document_id) {
  Transaction transaction(m_database);
  m_database.lock("sequence " + prefix);
  Statement known = m_database.prepare("SELECT sequence FROM sequences WHERE prefix = ? AND document = ?");
  if (known.bind(prefix).bind(document_id).step()) {
    return static_cast<int>(known.number(0));
  }
  Statement next = m_database.prepare("SELECT coalesce(max(sequence), 0) + 1 FROM sequences WHERE prefix = ?");
  next.bind(prefix).step();
  const std::int64_t sequence = next.number(0);
  m_database.prepare("INSERT INTO sequences (prefix, document, sequence) VALUES (?, ?, ?)")
      .bind(prefix)
      .bind(document_id)
      .bind(sequence)
      .step();
  transaction.commit();
  return static_cast<int>(sequence);
}

void Catalog::record_code(const std::string& code, const std::string& document_id, const std::string& given) {
  Transaction transaction(m_database);
  m_database.prepare("INSERT INTO codes (code, document, given) VALUES (?, ?, ?) ON CONFLICT (code) DO NOTHING")
      .bind(code)
      .bind(document_id)
      .bind(given)
      .step();
  Statement holder = m_database.prepare("SELECT document FROM codes WHERE code = ?");
  if (holder.bind(code).step() && holder.text(0) != document_id) {
    throw input_error("code-taken", "the result code " + code + " belongs to another document",
                      "correct the symbol or the owner in the register");
  }
  transaction.commit();
}

std::optional<std::string> Catalog::given_at(const std::string& code, const std::string& document_id) {
  Statement given = m_database.prepare("SELECT given FROM codes WHERE code = ? AND document = ?");
  return given.bind(code).bind(document_id).step() ? std::optional(given.text(0)) : std::nullopt;
}

std::optional<int> Catalog::allot_ordinal(const std::string& dossier, const std::string& document_id, int wanted) {
  Transaction transaction(m_database);
  m_database.lock("dossier " + dossier);
  Statement known = m_database.prepare("SELECT ordinal FROM ordinals WHERE dossier = ? AND document = ?");
  if (known.bind(dossier).bind(document_id).step()) {
    return static_cast<int>(known.number(0));
  }
  std::int64_t ordinal = wanted;
  if (wanted > 0) {
    Statement taken = m_database.prepare("SELECT 1 FROM ordinals WHERE dossier = ? AND ordinal = ?");
    if (taken.bind(dossier).bind(ordinal).step()) {
      return std::nullopt;
    }
  } else {
    Statement next = m_database.prepare("SELECT coalesce(max(ordinal), 0) + 1 FROM ordinals WHERE dossier = ?");
    next.bind(dossier).step();
    ordinal = next.number(0);
  }
  m_database.prepare("INSERT INTO ordinals (dossier, document, ordinal) VALUES (?, ?, ?)")
      .bind(dossier)
      .bind(document_id)
      .bind(ordinal)
      .step();
  transaction.commit();
  return static_cast<int>(ordinal);
}

void Catalog::note_quarantine(const std::string& document_id, const std::string& rules) {
  m_database
      .prepare(
          "INSERT INTO quarantined (document, rules, since) VALUES (?, ?, ?) "
          "ON CONFLICT (document) DO UPDATE SET rules = excluded.rules")
      .bind(document_id)
      .bind(rules)
      .bind(iso_utc(wall_time()))
      .step();
}

std::optional<std::string> Catalog::quarantined_since(const std::string& document_id, const std::string& rules) {
  Statement since = m_database.prepare(
      "SELECT since FROM quarantined JOIN documents ON documents.id = quarantined.document "
      "WHERE document = ? AND rules = ? AND documents.status = 'quarantined'");
  return since.bind(document_id).bind(rules).step() ? std::optional(since.text(0)) : std::nullopt;
}

std::vector<std::string> Catalog::unsigned_documents(const std::string& role, bool received_too) {
  Statement names = m_database.prepare(
      "SELECT id FROM documents WHERE archive = ? AND status IN ('ok', 'warning') "
      "AND (? = 1 OR left_unsigned = '' AND NOT EXISTS ("
      "SELECT 1 FROM signatures WHERE document = documents.number AND role = ?)) AND NOT EXISTS ("
      "SELECT 1 FROM signatures WHERE document = documents.number AND role = ?) ORDER BY batch, position, id");
  names.bind(m_archive).bind(std::int64_t{received_too}).bind(std::string(received_role)).bind(role);
  return texts_of(names);
}

std::vector<std::string> Catalog::documents_below(const std::string& level, const std::string& until) {
  // The names of the levels B-B, B-T, B-LT, B-LTA differ in length, but for the first two.
  Statement names = m_database.prepare(
      "SELECT id FROM documents WHERE archive = ? AND status IN ('ok', 'warning') AND EXISTS ("
      "SELECT 1 FROM signatures AS s WHERE s.document = documents.number AND s.role <> ? AND (s.level <> '' AND "
      "(length(s.level), s.level) < (length(?), ?) OR s.until <> '' AND s.until < ?)) ORDER BY batch, position, id");
  names.bind(m_archive).bind(std::string(received_role)).bind(level).bind(level).bind(until);
  return texts_of(names);
}

std::optional<Catalog::Pace> Catalog::last_pace() {
  if (!is_current()) {
    return std::nullopt;
  }
  Statement pace = m_database.prepare(
      "SELECT batch, sum(pages), max(ended) - min(started) FROM documents "
      "WHERE archive = ? AND status IN ('ok', 'warning') AND started > 0 AND ended > 0 AND batch = "
      "(SELECT batch FROM documents WHERE archive = ? ORDER BY number DESC LIMIT 1) GROUP BY batch");
  pace.bind(m_archive).bind(m_archive);
  if (!pace.step() || pace.number(1) <= 0 || pace.number(2) < 0) {
    return std::nullopt;
  }
  // Times are whole seconds: a batch that began and ended within one took one at most.
  const auto seconds = static_cast<double>(std::max<std::int64_t>(1, pace.number(2)));
  return Pace{pace.text(0), static_cast<double>(pace.number(1)) / seconds};
}

std::size_t Catalog::batch_size(const std::string& batch) {
  Statement size =
      m_database.prepare("SELECT coalesce(max(position) + 1, 0) FROM documents WHERE archive = ? AND batch = ?");
  size.bind(m_archive).bind(batch).step();
  return static_cast<std::size_t>(size.number(0));
}

void Catalog::each_of_batch(const std::string& batch, const std::function<void(const Json&)>& visit) {
  std::int64_t position = -1;
  std::string id;
  for (bool more = true; more;) {
    Statement rows = m_database.prepare(
        "SELECT position, id, record FROM documents WHERE archive = ? AND batch = ? AND (position, id) > (?, ?) "
        "ORDER BY position, id LIMIT 100");
    rows.bind(m_archive).bind(batch).bind(position).bind(id);
    for (more = false; rows.step(); more = true) {
      position = rows.number(0);
      id = rows.text(1);
      visit(parse_json(rows.text(2), "a record of the catalog"));
    }
  }
}

std::vector<std::string> Catalog::unmanifested_batches() {
  Statement names =
      m_database.prepare("SELECT DISTINCT batch FROM documents WHERE archive = ? AND manifested = 0 ORDER BY batch");
  names.bind(m_archive);
  return texts_of(names);
}

void Catalog::mark_manifested(const std::string& batch, const std::map<std::string, std::string>& sha256_by_name) {
  Transaction transaction(m_database);
  m_database.prepare("UPDATE documents SET manifested = 1 WHERE archive = ? AND batch = ? AND manifested = 0")
      .bind(m_archive)
      .bind(batch)
      .step();
  if (!sha256_by_name.empty()) {
    events().add(0, "",
                 {event_now("manifest", {{"archive", m_archive}, {"batch", batch}, {"sha256", sha256_by_name}})});
  }
  transaction.commit();
}

std::map<std::string, std::string> Catalog::manifests_noted() {
  const std::vector<std::string> waiting = unmanifested_batches();
  std::map<std::string, std::string> noted;
  Statement details =
      m_database.prepare("SELECT detail FROM events WHERE document = 0 AND kind = 'manifest' ORDER BY number");
  while (details.step()) {
    const Json detail = parse_json(details.text(0), "an event of the catalog");
    if (string_of(detail, "archive") != m_archive) {
      continue;
    }
    const bool again = std::count(waiting.begin(), waiting.end(), string_of(detail, "batch")) > 0;
    for (const auto& [name, sha256] : member_of(detail, "sha256").items()) {
      if (again) {
        noted.erase(name);
      } else {
        noted[name] = sha256.get<std::string>();
      }
    }
  }
  return noted;
}

}  // namespace sohoa
