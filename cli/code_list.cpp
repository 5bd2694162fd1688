// SPDX-License-Identifier: Apache-2.0
#include "cli/code_list.hpp"

#include "cli/console.hpp"
#include "cli/stream.hpp"
#include "core/code_parts.hpp"
#include "core/register_rows.hpp"
#include "core/text.hpp"
#include "formats/table.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace sohoa {
namespace {

constexpr std::uint64_t max_list_bytes = std::uint64_t{256} << 20U;

struct ListedCode {
  std::size_t row = 0;
  std::string code;
  std::string document;
  std::string owner;
  std::string symbol;
};

ListedCode from_json(const Json& json, std::size_t row) {
  const auto text = [&json](const char* key) { return to_nfc(trim(string_of(json, key))); };
  if (!json.contains("schema")) {
    return {row, text("code"), text("document"), text("owner"), text("symbol")};
  }
  const Json code = json.value("code", Json::object());
  const Json fields = json.value("fields", Json::object());
  const auto field = [&fields](const char* key) { return string_of(fields.value(key, Json::object()), "value"); };
  return {row, to_nfc(string_of(code, "value")), string_of(json, "id"), to_nfc(field("owner")),
          to_nfc(field("symbol"))};
}

std::vector<ListedCode> from_lines(const fs::path& file) {
  const std::string text = read_file(file, max_list_bytes);
  std::vector<ListedCode> codes;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = trim(text.substr(at, end - at));
    const std::string place = "line " + std::to_string(++number) + " of " + file.string();
    at = end + 1;
    if (line.empty()) {
      continue;
    }
    const Json json = parse_json(line, place);
    if (!json.is_object()) {
      throw input_error("code-list", place + " is no object", "give a manifest, or objects with a key code");
    }
    // A document without a code is no row of the list.
    if (ListedCode code = from_json(json, number); !json.contains("schema") || !code.code.empty()) {
      codes.push_back(std::move(code));
    }
  }
  return codes;
}

std::vector<ListedCode> from_table(const fs::path& file, const std::string& sheet, const Profile& profile) {
  const NamedRows named = named_rows(read_table(file, sheet), profile);
  if (std::find(named.keys.begin(), named.keys.end(), "code") == named.keys.end()) {
    throw usage_error("code-list", file.string() + " has no column code", "name the column with the codes so");
  }
  std::vector<ListedCode> codes;
  for (const RegisterRow& row : named.rows) {
    codes.push_back({row.number, row.value("code"), row.value("document"), row.value("owner"), row.value("symbol")});
  }
  return codes;
}

bool is_lines(const fs::path& file) {
  const std::string extension = file.extension().string();
  return extension == ".jsonl" || extension == ".ndjson" || extension == ".json";
}

void put_parts(Json& line, const CodeParts& parts) {
  line.update(Json{{"kind", parts.kind},
                   {"owner", parts.owner},
                   {"type", parts.type},
                   {"symbol", parts.symbol},
                   {"seq", parts.sequence}});
}

// What a person should know of a code that was taken in.
std::string problem_of(const ListedCode& one, const std::optional<CodeParts>& parts, const Profile& profile) {
  if (!parts) {
    return "it cannot be read by the profile's templates, so its number is not known";
  }
  if (!one.owner.empty() && one.owner != parts->owner) {
    return "the list says the owner is " + one.owner;
  }
  if (!one.symbol.empty() && parts->kind == "result" && one.symbol != parts->symbol) {
    return "the list says the symbol is " + one.symbol;
  }
  return characters(one.code) > profile.code.max_length
             ? "it has more than " + std::to_string(profile.code.max_length) + " characters"
             : "";
}

bool is_error(const std::string& finding) { return finding == "code-twice" || finding == "number-twice"; }

Json to_json(const Catalog::CodeFinding& one) {
  Json line{{"finding", one.finding}, {"severity", is_error(one.finding) ? "error" : "warning"}};
  if (one.finding == "number-unused") {
    line.update(Json{{"prefix", one.code}, {"numbers", one.document}});
    return line;
  }
  line["code"] = one.code;
  if (!one.document.empty()) {
    line["document"] = one.document;
  }
  const std::string key = one.finding == "code-twice"      ? "other_document"
                          : one.finding == "not-delivered" ? "given"
                          : one.finding == "not-read"      ? "list"
                          : one.finding == "too-long"      ? "characters"
                                                           : "other_code";
  line[key] = one.other;
  return line;
}

}  // namespace

ExitStatus import_codes(const fs::path& file, const std::string& sheet, const Settings& settings,
                        const Profile& profile) {
  const std::vector<ListedCode> codes = is_lines(file) ? from_lines(file) : from_table(file, sheet, profile);
  const CodeReader reader(profile);
  Catalog catalog(catalog_given(settings.catalog));
  Console console(settings);
  std::vector<Json> lines;
  std::size_t taken = 0;
  std::size_t refused = 0;
  Transaction whole = catalog.transaction();
  for (const ListedCode& one : codes) {
    Json line{{"row", one.row}, {"code", one.code}};
    if (one.code.empty()) {
      ++refused;
      line["outcome"] = "refused";
      line["problem"] = "the row has no code";
      lines.push_back(std::move(line));
      continue;
    }
    const std::optional<CodeParts> parts = reader.read(one.code);
    const bool added = catalog.import_code({one.code, one.document, parts ? parts->prefix : "",
                                            parts ? parts->sequence : 0, one.owner, one.symbol, file.string()});
    taken += added ? 1U : 0U;
    line["outcome"] = added ? "taken" : "known";
    if (parts) {
      put_parts(line, *parts);
    }
    if (const std::string problem = problem_of(one, parts, profile); !problem.empty()) {
      line["problem"] = problem;
    }
    lines.push_back(std::move(line));
  }
  whole.commit();
  for (const Json& line : lines) {
    put_line(to_line(line));
  }
  std::size_t clashes = 0;
  catalog.each_code_finding(profile.code.max_length,
                            [&clashes](const auto& finding) { clashes += is_error(finding.finding) ? 1U : 0U; });
  console.say(Severity::info, counted(taken, "code") + " taken in from " + file.string() + ", " +
                                  std::to_string(codes.size() - taken - refused) + " known before, " +
                                  std::to_string(refused) + " refused.");
  if (clashes > 0) {
    console.say(Severity::warning, counted(clashes, "clash") + (clashes == 1 ? "" : "es") +
                                       " in the catalog; sohoa code --check lists them.");
  }
  return refused == 0 ? ExitStatus::done : refused == codes.size() ? ExitStatus::all_failed : ExitStatus::some_failed;
}

ExitStatus check_codes(const Settings& settings, const Profile& profile) {
  Catalog catalog(catalog_given(settings.catalog), Database::Access::read);
  bool clash = false;
  catalog.each_code_finding(profile.code.max_length, [&clash](const Catalog::CodeFinding& finding) {
    clash = clash || is_error(finding.finding);
    put_line(to_line(to_json(finding)));
  });
  return clash ? ExitStatus::verification_failed : ExitStatus::done;
}

ExitStatus read_codes(const std::vector<std::string>& codes, const Profile& profile) {
  const CodeReader reader(profile);
  bool all = true;
  for (const std::string& text : codes) {
    const std::string code = code_of_file_name(text).value_or(text);
    Json line{{"code", code}, {"file_name", code_file_name(code)}};
    if (const std::optional<CodeParts> parts = reader.read(code)) {
      put_parts(line, *parts);
      line["prefix"] = parts->prefix;
    } else {
      all = false;
      line["problem"] = "it cannot be read by the profile's templates";
    }
    put_line(to_line(line));
  }
  return all ? ExitStatus::done : ExitStatus::input;
}

}  // namespace sohoa
