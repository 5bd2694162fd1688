// SPDX-License-Identifier: Apache-2.0
#include "core/catalog.hpp"
#include "core/catalog_dossiers.hpp"
#include "core/catalog_schema.hpp"
#include "core/catalog_store.hpp"
#include "core/clock.hpp"
#include "core/error.hpp"

#include <utility>

namespace sohoa {
namespace {

std::int64_t whole(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

}  // namespace

CatalogImport::CatalogImport(const CatalogPlace& place, std::string origin, std::string root)
    : m_origin(std::move(origin)), m_root(std::move(root)) {
  { const Catalog made(place); }
  m_database = open_database(place.where, Database::Access::write);
  if (m_database->dialect() == Dialect::sqlite) {
    m_database->execute("PRAGMA cache_size = -131072");  // 128 MiB: ids and codes fall all over their indexes
  }
  m_whole = std::make_unique<Transaction>(*m_database);
  m_database->lock("import " + m_origin);
  Statement size =
      m_database->prepare("SELECT coalesce(max(position) + 1, 0) FROM documents WHERE archive = ? AND batch = ?");
  size.bind(m_origin).bind(m_origin).step();
  m_position = static_cast<std::size_t>(size.number(0));
  Statement number =
      m_database->prepare("INSERT INTO imports (manifest, archive, at) VALUES ('', ?, ?) RETURNING number");
  number.bind(m_origin).bind(iso_utc(wall_time())).step();
  m_import = number.number(0);
  make_touched(*m_database);
}

CatalogImport::~CatalogImport() { m_whole.reset(); }

void CatalogImport::take_code(const std::string& id, const Json& record) {
  const Json& code = member_of(record, "code");
  const std::string value = string_of(code, "value");
  if (value.empty()) {
    return;
  }
  const auto taken = [&value]() {
    return input_error("code-taken", "the result code " + value + " belongs to another document",
                       "have one of the two offices correct it");
  };
  Statement given = m_database->prepare(
      "INSERT INTO codes (code, document, given) VALUES (?, ?, ?) ON CONFLICT (code) DO NOTHING RETURNING code");
  if (!given.bind(value).bind(id).bind(string_of(code, "given")).step()) {
    Statement holder = m_database->prepare("SELECT document FROM codes WHERE code = ?");
    const std::string held_by = holder.bind(value).step() ? holder.text(0) : std::string();
    if (held_by == nobody(value)) {  // a list of codes told of it before
      m_database->prepare("UPDATE codes SET document = ?, given = ? WHERE code = ?")
          .bind(id)
          .bind(string_of(code, "given"))
          .bind(value)
          .step();
      m_database->prepare("DELETE FROM sequences WHERE prefix = ? AND document = ?")
          .bind(string_of(code, "prefix"))
          .bind(nobody(value))
          .step();
    } else if (held_by != id) {
      throw taken();
    }
  }
  const std::string prefix = string_of(code, "prefix");
  const std::int64_t sequence = whole(code, "seq");
  if (sequence == 0) {
    return;
  }
  Statement counted = m_database->prepare(
      "INSERT INTO sequences (prefix, document, sequence) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING sequence");
  if (!counted.bind(prefix).bind(id).bind(sequence).step()) {
    Statement holder =
        m_database->prepare("SELECT 1 FROM sequences WHERE prefix = ? AND document = ? AND sequence = ?");
    if (!holder.bind(prefix).bind(id).bind(sequence).step()) {
      throw taken();
    }
  }
}

void CatalogImport::take_ordinal(const std::string& id, const Json& record) {
  const Json& dossier = member_of(record, "dossier");
  const std::string code = string_of(dossier, "code");
  const std::int64_t ordinal = whole(dossier, "ordinal");
  if (code.empty() || ordinal == 0) {
    return;
  }
  Statement given = m_database->prepare(
      "INSERT INTO ordinals (dossier, document, ordinal) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING ordinal");
  if (!given.bind(code).bind(id).bind(ordinal).step()) {
    Statement holder = m_database->prepare("SELECT 1 FROM ordinals WHERE dossier = ? AND document = ? AND ordinal = ?");
    if (!holder.bind(code).bind(id).bind(ordinal).step()) {
      throw input_error("place-taken",
                        "place " + std::to_string(ordinal) + " of dossier " + code + " belongs to another document",
                        "have one of the two offices correct it");
    }
  }
}

CatalogImport::Taken CatalogImport::add(const Json& record) {
  const std::string id = string_of(record, "id");
  Taken taken = Taken::added;
  Statement known = m_database->prepare("SELECT archive, import, record, dossier FROM documents WHERE id = ?");
  if (known.bind(id).step()) {
    if (known.number(1) == m_import) {
      throw input_error("listed-twice", "document " + id + " stands in the manifest more than once",
                        "have the office make the manifest anew");
    }
    if (known.text(0) != m_origin) {
      return Taken::elsewhere;
    }
    if (known.text(2) == to_line(record)) {
      return Taken::known;
    }
    taken = Taken::changed;
    touch_dossier(*m_database, known.text(3));
  }
  touch_dossier(*m_database, string_of(member_of(record, "dossier"), "code"));
  take_code(id, record);
  take_ordinal(id, record);
  store_document(*m_database, record, {m_origin, m_origin, m_position++, m_import});
  (taken == Taken::added ? m_added : m_changed) += 1;
  return taken;
}

void CatalogImport::finish(const std::string& manifest_sha256) {
  if (m_added + m_changed == 0) {
    return;
  }
  m_database->prepare("UPDATE imports SET manifest = ? WHERE number = ?").bind(manifest_sha256).bind(m_import).step();
  m_database->prepare("UPDATE documents SET manifested = 1 WHERE archive = ? AND manifested = 0").bind(m_origin).step();
  CatalogPlace from{std::string()};
  from.archive = m_origin;
  from.root = m_root;
  note_archive(*m_database, from);
  EventChain(*m_database)
      .add(0, "",
           {event_now("import", Json{{"import", m_import},
                                     {"manifest", manifest_sha256},
                                     {"archive", m_origin},
                                     {"added", m_added},
                                     {"changed", m_changed}})});
  count_touched_dossiers(*m_database);
  m_whole->commit();
}

}  // namespace sohoa
