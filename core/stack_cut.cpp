// SPDX-License-Identifier: Apache-2.0
#include "core/stack_cut.hpp"

#include "core/page_geometry.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace sohoa {
namespace {

// What a page is to the stack: a sheet when `evidence` is there.
struct Sheet {
  Json evidence;  // of source.separator
  SheetValues values;
};

// The pages between two sheets.
struct Part {
  std::optional<Sheet> sheet;
  std::vector<std::size_t> pages;
  Json backs = Json::array();   // blank backs of its sheets
  Json before = Json::array();  // sheets before its own that have no pages
  Json after = Json::array();   // sheets at the end of the stack
};

Json place_of(const Document& stack, std::size_t page) {
  const SourcePage source = stack.source_page(page);
  return Json{{"file", source.file}, {"index", source.index}, {"sha256", source.sha256}, {"page", page + 1}};
}

std::string told_place(const Json& sheet) {
  return "page " + std::to_string(sheet.at("page").get<std::size_t>()) +
         (sheet.contains("values") && sheet.at("values").contains("dossier")
              ? " (" + string_of(sheet.at("values"), "dossier") + ")"
              : "");
}

Json sheets_barcodes(const Json& page) {
  const auto found = page.find("barcodes");
  return found != page.end() && found->is_array() ? *found : Json::array();
}

// Fills the evidence with what the page's barcodes say; false when they say nothing of a separator.
bool read_sheet(const Json& page, const CutRules& rules, Sheet& sheet) {
  bool found = false;
  bool damaged = false;
  for (const Json& barcode : sheets_barcodes(page)) {
    const std::string format = string_of(barcode, "format");
    const std::string text = string_of(barcode, "text");
    if (format == "PatchT") {
      if (rules.patch) {
        sheet.evidence["patch"] = barcode.value("confidence", 0.0);
        if (!found) {
          sheet.evidence.update(Json{{"kind", "patch"}, {"symbology", format}, {"box", barcode.value("box", Json())}});
        }
      }
      continue;
    }
    damaged = damaged || barcode.value("damaged", false);
    std::optional<SheetValues> values = rules.barcode ? rules.forms.values_of(text) : std::nullopt;
    if (!values) {
      continue;
    }
    if (!found) {
      sheet.evidence.update(
          Json{{"kind", "barcode"}, {"symbology", format}, {"text", text}, {"box", barcode.value("box", Json())}});
      sheet.values = std::move(*values);
    } else if (!values->empty() && !sheet.values.empty() && *values != sheet.values) {
      sheet.evidence["contradicts"] = text;
    } else if (sheet.values.empty() && !values->empty()) {
      sheet.evidence.update(Json{{"symbology", format}, {"text", text}, {"box", barcode.value("box", Json())}});
      sheet.values = std::move(*values);
    }
    found = true;
  }
  if (found || sheet.evidence.contains("patch")) {
    sheet.evidence["confidence"] = found ? 1.0 : sheet.evidence.at("patch").get<double>();
    if (!found && damaged) {
      sheet.evidence["unreadable"] = true;
    }
    return true;
  }
  return false;
}

std::optional<Sheet> sheet_of(const Document& stack, std::size_t page, const CutRules& rules) {
  Sheet sheet{Json{{"kind", "blank"}}, {}};
  if (!read_sheet(stack.page(page), rules, sheet) && !(rules.blank && geometry_of(stack.page(page)).blank)) {
    return std::nullopt;
  }
  if (sheet.evidence.contains("contradicts")) {
    sheet.values.clear();
  }
  sheet.evidence.update(place_of(stack, page));
  if (!sheet.values.empty()) {
    sheet.evidence["values"] = sheet.values;
  }
  return sheet;
}

std::vector<Part> parts_of(const Document& stack, const CutRules& rules) {
  std::vector<Part> parts(1);
  bool after_sheet = false;  // the page before is a sheet that is not blank itself
  for (std::size_t page = 0; page < stack.page_count(); ++page) {
    std::optional<Sheet> sheet = sheet_of(stack, page, rules);
    Part& part = parts.back();
    const bool blank = sheet && string_of(sheet->evidence, "kind") == "blank";
    if (after_sheet && rules.skip_back && (blank || (!sheet && geometry_of(stack.page(page)).blank))) {
      part.backs.push_back(place_of(stack, page));
      after_sheet = false;
      continue;
    }
    after_sheet = sheet && !blank;
    if (!sheet) {
      part.pages.push_back(page);
    } else if (!part.pages.empty()) {
      parts.emplace_back().sheet = std::move(sheet);
    } else {
      if (part.sheet) {
        part.before.push_back(part.sheet->evidence);
      }
      part.sheet = std::move(sheet);
    }
  }
  if (parts.size() > 1 && parts.back().pages.empty()) {
    Part last = std::move(parts.back());
    parts.pop_back();
    last.before.push_back(last.sheet->evidence);
    parts.back().after = std::move(last.before);
    std::copy(last.backs.begin(), last.backs.end(), std::back_inserter(parts.back().backs));
  }
  return parts;
}

void fill_in(Document& document, const SheetValues& values) {
  const auto value = [&values](std::string_view key) {
    const auto found = values.find(key);
    return found == values.end() ? std::string() : found->second;
  };
  Json dossier = Json::object();
  if (const std::string code = value("dossier"); !code.empty()) {
    dossier["code"] = code;
  }
  if (!value("ordinal").empty()) {
    dossier["ordinal"] = std::stoi(value("ordinal"));
  }
  if (!value("kind").empty()) {
    dossier["kind"] = value("kind");
  }
  if (!dossier.empty()) {
    dossier["origin"] = "barcode";
    document.record()["dossier"] = std::move(dossier);
  }
  for (const char* field : {"dossier", "owner", "procedure"}) {
    if (!value(field).empty()) {
      document.set_field(field, value(field), 1, "barcode");
    }
  }
}

void tell_of_sheets(Document& document, const Part& part) {
  const auto warn = [&document](const char* id, const std::string& message, const char* remedy) {
    document.add_problem({Severity::warning, id, message, remedy, std::nullopt});
  };
  if (part.sheet && part.sheet->evidence.contains("unreadable")) {
    warn("separator-unreadable",
         "the separator sheet on " + told_place(part.sheet->evidence) + " of the stack cannot be read",
         "print the sheet again, or give the dossier in the register");
  }
  if (part.sheet && part.sheet->evidence.contains("contradicts")) {
    warn("separator-contradicts",
         "the separator sheet on " + told_place(part.sheet->evidence) + " of the stack says two things",
         "take one of its barcodes away and scan again");
  }
  for (const Json* sheets : {&part.before, &part.after}) {
    for (const Json& sheet : *sheets) {
      if (string_of(sheet, "kind") != "blank") {
        warn("separator-empty", "the separator sheet on " + told_place(sheet) + " of the stack has no pages behind it",
             "look whether its document was scanned");
      }
    }
  }
}

// In a stack whose other sheets speak, one that only has its patch code was torn, or its code is unreadable.
void tell_of_silent_sheets(std::vector<Part>& parts) {
  const auto speaks = [](const Part& part) { return part.sheet && !part.sheet->values.empty(); };
  if (std::none_of(parts.begin(), parts.end(), speaks)) {
    return;
  }
  for (Part& part : parts) {
    if (part.sheet && string_of(part.sheet->evidence, "kind") == "patch") {
      part.sheet->evidence["unreadable"] = true;
    }
  }
}

void tell_of_missing_sheet(Document& document, bool only) {
  document.add_problem({Severity::warning, only ? "separator-none" : "separator-first-missing",
                        only ? "the stack has no separator sheet, so it is one document"
                             : "the stack's first document has no separator sheet before it",
                        "look whether a sheet is missing or could not be read", std::nullopt});
}

void tell_of_unseen_sheets(Document& document) {
  for (std::size_t page = 0; page < document.page_count(); ++page) {
    const Json& entry = std::as_const(document).page(page);
    const Json barcodes = sheets_barcodes(entry);
    if (!entry.contains("barcodes")) {
      document.add_problem({Severity::warning, "separator-unseen",
                            "the page could not be looked at for a separator sheet",
                            "look whether another document begins there", page + 1});
    } else if (std::any_of(barcodes.begin(), barcodes.end(),
                           [](const Json& barcode) { return barcode.value("damaged", false); })) {
      document.add_problem({Severity::warning, "barcode-damaged", "a QR code of the page cannot be read",
                            "if it is a separator sheet, print it again and scan the stack again", page + 1});
    }
  }
}

// The stack's problems that are the part's: of its pages, and of no page for the first part.
void take_problems(Document& document, const Document& stack, const Part& part, bool first) {
  for (const Json& problem : member_of(stack.record(), "problems")) {
    std::optional<std::size_t> page;
    if (problem.contains("page")) {
      const auto at = std::find(part.pages.begin(), part.pages.end(), problem.at("page").get<std::size_t>() - 1);
      if (at == part.pages.end()) {
        continue;
      }
      page = static_cast<std::size_t>(at - part.pages.begin()) + 1;
    } else if (!first) {
      continue;
    }
    document.add_problem({severity_of(string_of(problem, "severity")), string_of(problem, "id"),
                          string_of(problem, "message"), string_of(problem, "remedy"), page});
  }
}

// What ingest could not read fails its document only, so it is told here.
void tell_of_unreadable(Document& document) {
  for (std::size_t page = 0; page < document.page_count(); ++page) {
    Json& entry = document.page(page);
    if (const Json problem = entry.value("unreadable", Json()); problem.is_object()) {
      entry.erase("unreadable");
      const Json known = document.record().value("problems", Json::array());
      if (std::any_of(known.begin(), known.end(), [&](const Json& one) {
            return one.value("page", std::size_t{0}) == page + 1 &&
                   string_of(one, "message") == string_of(problem, "message");
          })) {
        continue;  // the page steps met it, too
      }
      document.add_problem({Severity::error, string_of(problem, "id"), string_of(problem, "message"),
                            string_of(problem, "remedy"), page + 1});
    }
  }
}

// Where in its stack the document was, and what parts it from the others.
void tell_place(Document& document, const Part& part, const Json& place) {
  Json separator = part.sheet ? part.sheet->evidence : Json{{"kind", "none"}};
  for (const auto& [key, sheets] :
       {std::pair("backs", &part.backs), {"before", &part.before}, {"after", &part.after}}) {
    if (!sheets->empty()) {
      separator[key] = *sheets;
    }
  }
  Json& source = document.record()["source"];
  source["stack"] = place;
  source["separator"] = std::move(separator);
}

// What the stack's record says of each of its documents.
Json common_record(const Document& stack) {
  Json record = stack.record();
  for (const char* key : {"id", "pages", "problems"}) {
    record.erase(key);
  }
  record["status"] = to_string(Status::ok);
  record["source"]["pages"] = Json::array();
  return record;
}

Document document_of(const Document& stack, const Json& common, const Part& part, const Json& place) {
  Document document(common);
  std::vector<SourcePage> pages;
  for (const std::size_t page : part.pages) {
    pages.push_back(stack.source_page(page));
  }
  document.set_source_pages(pages);
  for (std::size_t page = 0; page < part.pages.size(); ++page) {
    document.page(page) = stack.page(part.pages[page]);
  }
  tell_place(document, part, place);
  if (part.sheet) {
    fill_in(document, part.sheet->values);
  }
  return document;
}

bool failed_as_a_whole(const Document& stack) {
  if (stack.page_count() == 0) {
    return true;
  }
  const Json problems = stack.record().value("problems", Json::array());
  return std::any_of(problems.begin(), problems.end(), [](const Json& problem) {
    return string_of(problem, "severity") == "error" && !problem.contains("page");
  });
}

Document nothing_but_sheets(const Document& stack, const Part& part) {
  Document document(stack);
  tell_place(document, part, Json{{"part", 1}, {"of", 1}, {"pages", stack.page_count()}});
  document.fail(input_error("separators-only", stack.name() + " holds separator sheets and no page of a document",
                            "look whether the documents were scanned, then take the sheets away"));
  return document;
}

}  // namespace

CutRules::CutRules(const Profile& profile) : skip_back(profile.separators.skip_back), forms(profile) {
  for (const std::string& kind : profile.separators.at) {
    patch = patch || kind == "patch";
    barcode = barcode || kind == "barcode";
    blank = blank || kind == "blank";
  }
}

std::vector<Document> cut_stack(const Document& stack, const CutRules& rules) {
  std::vector<Document> documents;
  if (failed_as_a_whole(stack)) {
    documents.push_back(stack);
    return documents;
  }
  std::vector<Part> parts = parts_of(stack, rules);
  tell_of_silent_sheets(parts);
  if (parts.size() == 1 && parts.front().pages.empty()) {
    documents.push_back(nothing_but_sheets(stack, parts.front()));
    return documents;
  }
  const Json common = common_record(stack);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    Document document = document_of(stack, common, parts[i],
                                    Json{{"part", i + 1}, {"of", parts.size()}, {"pages", stack.page_count()}});
    take_problems(document, stack, parts[i], i == 0);
    tell_of_unreadable(document);
    tell_of_sheets(document, parts[i]);
    if (!parts[i].sheet) {
      tell_of_missing_sheet(document, parts.size() == 1);
    }
    tell_of_unseen_sheets(document);
    documents.push_back(std::move(document));
  }
  return documents;
}

}  // namespace sohoa
