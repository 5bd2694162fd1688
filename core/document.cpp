// SPDX-License-Identifier: Apache-2.0
#include "core/document.hpp"

#include "core/digest.hpp"
#include "core/record_check.hpp"

#include <utility>

namespace sohoa {
namespace {

const Json& member(const Json& object, const char* key, Json::value_t type, const std::string& where) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  const bool number = type == Json::value_t::number_float && found != object.end() && found->is_number();
  const bool count = type == Json::value_t::number_unsigned && found != object.end() && found->is_number_unsigned();
  if (!object.is_object() || found == object.end() || !(number || count || found->type() == type)) {
    throw input_error("record-key", "the document record has no valid " + where + "." + key,
                      "pass on the record as sohoa ingest made it");
  }
  return *found;
}

Json& child(Json& object, const char* key, const Json& initial) {
  Json& value = object[key];
  if (value.type() != initial.type()) {
    value = initial;
  }
  return value;
}

}  // namespace

Json first_error(const Json& record) {
  for (const Json& problem : record.value("problems", Json::array())) {
    if (string_of(problem, "severity") == "error") {
      return problem;
    }
  }
  return nullptr;
}

Problem problem_of(const Error& error, std::optional<std::size_t> page) {
  return {Severity::error, error.id(), error.message(), error.remedy(), page};
}

Json to_json(const Problem& problem) {
  Json json{{"severity", to_string(problem.severity)}, {"id", problem.id}};
  if (problem.page) {
    json["page"] = *problem.page;
  }
  json["message"] = problem.message;
  json["remedy"] = problem.remedy;
  return json;
}

Json to_json(const SourcePage& page) {
  return Json{
      {"file", page.file},   {"index", page.index},   {"sha256", page.sha256},           {"format", page.format},
      {"width", page.width}, {"height", page.height}, {"dpi", {page.dpi_x, page.dpi_y}}, {"colour", page.colour}};
}

SourcePage source_page_from(const Json& json) {
  const std::string where = "source.pages[]";
  SourcePage page;
  page.file = member(json, "file", Json::value_t::string, where).get<std::string>();
  page.index = member(json, "index", Json::value_t::number_unsigned, where).get<std::size_t>();
  page.sha256 = member(json, "sha256", Json::value_t::string, where).get<std::string>();
  page.format = member(json, "format", Json::value_t::string, where).get<std::string>();
  page.width = member(json, "width", Json::value_t::number_unsigned, where).get<std::size_t>();
  page.height = member(json, "height", Json::value_t::number_unsigned, where).get<std::size_t>();
  page.colour = member(json, "colour", Json::value_t::string, where).get<std::string>();
  const Json& dpi = member(json, "dpi", Json::value_t::array, where);
  if (dpi.size() == 2 && dpi[0].is_number() && dpi[1].is_number()) {
    page.dpi_x = dpi[0].get<double>();
    page.dpi_y = dpi[1].get<double>();
  }
  return page;
}

Document Document::of_source(std::string path, std::string kind) {
  Json record{{"schema", document_schema}};
  record["source"] = Json{{"path", std::move(path)}, {"kind", std::move(kind)}, {"pages", Json::array()}};
  record["status"] = "ok";
  return Document(std::move(record));
}

Document::Document(Json record) : m_record(std::move(record)) { check_record(m_record); }

Document Document::of_line(std::string line, const std::string& place) {
  Document document = of_source(place, "line");
  Json record;
  try {
    record = parse_json(line, place);
    check_record(record);
    document.m_record = std::move(record);
    if (!document.alive()) {
      document.m_line = std::move(line);
    }
  } catch (const Error& error) {
    if (error.id() == "record-key") {
      const Json source = std::exchange(document.m_record, sound_part(record)).at("source");
      if (Json& kept = child(document.m_record, "source", source); string_of(kept, "path").empty()) {
        kept["path"] = place;
      }
    }
    document.set_status(Status::failed);
    document.fail(error);
  }
  return document;
}

std::string Document::line() const { return m_line.empty() ? to_line(m_record) : m_line; }

std::string Document::id() const { return string_of(m_record, "id"); }

std::string Document::name() const {
  const auto source = m_record.find("source");
  const std::string path = source != m_record.end() ? string_of(*source, "path") : std::string();
  return path.empty() ? id() : path;
}

Status Document::status() const {
  const std::string text = string_of(m_record, "status");
  for (const Status status : {Status::warning, Status::failed, Status::quarantined, Status::known}) {
    if (text == to_string(status)) {
      return status;
    }
  }
  return Status::ok;
}

bool Document::alive() const { return status() == Status::ok || status() == Status::warning; }

std::size_t Document::page_count() const {
  const auto source = m_record.find("source");
  if (source == m_record.end() || !source->is_object()) {
    return 0;
  }
  const auto pages = source->find("pages");
  return pages != source->end() && pages->is_array() ? pages->size() : 0;
}

SourcePage Document::source_page(std::size_t page) const {
  if (page >= page_count()) {
    throw input_error("record-key", "the document record has no source.pages[" + std::to_string(page) + "]",
                      "pass on the record as sohoa ingest made it");
  }
  return source_page_from(m_record.at("source").at("pages").at(page));
}

Json& Document::page(std::size_t page) {
  Json& pages = child(record(), "pages", Json::array());
  while (pages.size() <= page) {
    pages.push_back(Json::object());
  }
  Json& entry = pages.at(page);
  if (!entry.is_object()) {
    entry = Json::object();
  }
  return entry;
}

const Json& Document::page(std::size_t page) const {
  static const Json none = Json::object();
  const auto pages = m_record.find("pages");
  if (pages == m_record.end() || !pages->is_array() || page >= pages->size() || !pages->at(page).is_object()) {
    return none;
  }
  return pages->at(page);
}

void Document::set_source_pages(const std::vector<SourcePage>& pages) {
  Json entries = Json::array();
  std::vector<std::string> digests;
  for (const SourcePage& page : pages) {
    entries.push_back(to_json(page));
    digests.push_back(page.sha256);
  }
  Json ordered{{"schema", document_schema}, {"id", document_id(digests)}};
  ordered.update(m_record);
  ordered["id"] = document_id(digests);
  record() = std::move(ordered);
  child(m_record, "source", Json::object())["pages"] = std::move(entries);
  m_record["pages"] = Json(pages.size(), Json::object());
}

std::string Document::field(std::string_view name) const {
  const auto fields = m_record.find("fields");
  if (fields == m_record.end() || !fields->is_object()) {
    return {};
  }
  const auto found = fields->find(std::string(name));
  return found == fields->end() ? std::string() : string_of(*found, "value");
}

void Document::set_field(std::string_view name, std::string value, double confidence, std::string origin) {
  child(record(), "fields", Json::object())[std::string(name)] =
      Json{{"value", std::move(value)}, {"confidence", confidence}, {"origin", std::move(origin)}};
}

void Document::add_problem(const Problem& problem) {
  child(record(), "problems", Json::array()).push_back(to_json(problem));
  if (problem.severity == Severity::warning && status() == Status::ok) {
    set_status(Status::warning);
  } else if (problem.severity == Severity::error && alive()) {
    set_status(Status::failed);
  }
}

void Document::fail(const Error& error, std::optional<std::size_t> page) { add_problem(problem_of(error, page)); }

void Document::set_status(Status status) { record()["status"] = to_string(status); }

std::string_view to_string(Status status) {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::warning:
      return "warning";
    case Status::failed:
      return "failed";
    case Status::quarantined:
      return "quarantined";
    case Status::known:
      return "known";
  }
  return "failed";
}

Severity severity_of(std::string_view word) {
  return word == "info" ? Severity::info : word == "warning" ? Severity::warning : Severity::error;
}

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "error";
}

std::string document_id(const std::vector<std::string>& page_digests) {
  Sha256 sha;
  for (const std::string& digest : page_digests) {
    sha.update(digest).update("\n");
  }
  return sha.hex();
}

}  // namespace sohoa
