// SPDX-License-Identifier: Apache-2.0
#include "core/catalog_place.hpp"

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/host.hpp"
#include "core/json.hpp"
#include "core/postgres.hpp"

namespace sohoa {
namespace {

constexpr std::uint64_t max_note = 65536;

// Equal for what is the same catalog, and without a password.
std::string plain(const std::string& where) {
  return is_server(where) ? Postgres::without_password(where) : fs::absolute(where).lexically_normal().string();
}

}  // namespace

CatalogPlace catalog_of_archive(const fs::path& root, const std::string& wanted, bool remember) {
  const fs::path own = root / "catalog.sqlite";
  const fs::path note = root / ".catalog";
  CatalogPlace place(own);
  if (fs::exists(note)) {
    const Json told = parse_json(read_file(note, max_note), note.string());
    place.where = string_of(told, "catalog");
    place.archive = string_of(told, "archive");
  } else if (wanted.empty() || plain(wanted) == plain(own.string())) {
    return place;
  } else if (fs::exists(own)) {
    place.where = own.string();
  } else {
    place.where = plain(wanted);
    place.archive = fs::absolute(root).lexically_normal().filename().string() + fs::unique_path("-%%%%%%%%").string();
    if (remember) {
      AtomicFile file(note);
      file.write(to_line(Json{{"archive", place.archive}, {"catalog", place.where}}) + "\n");
      file.commit();
    }
  }
  if (!wanted.empty() && plain(wanted) != plain(place.where)) {
    throw usage_error("archive-catalog",
                      "the documents of the archive " + root.string() + " are in the catalog " + place.where,
                      "run without --catalog; when that catalog has moved, correct " + note.string());
  }
  place.where = wanted.empty() ? place.where : wanted;  // which may have the password
  place.root = place.archive.empty() ? std::string() : fs::absolute(root).lexically_normal().string();
  return place;
}

CatalogPlace catalog_given(const std::string& wanted) {
  if (wanted.empty()) {
    return CatalogPlace(fs::path("catalog.sqlite"));
  }
  if (!is_server(wanted) && fs::is_directory(wanted)) {
    return catalog_of_archive(wanted, "", false);
  }
  return CatalogPlace(wanted);
}

void note_archive(const Database& database, const CatalogPlace& place) {
  database
      .prepare(
          "INSERT INTO archives (archive, root, host) VALUES (?, ?, ?) "
          "ON CONFLICT (archive) DO UPDATE SET root = excluded.root, host = excluded.host")
      .bind(place.archive)
      .bind(place.root)
      .bind(host_name())
      .step();
}

}  // namespace sohoa
