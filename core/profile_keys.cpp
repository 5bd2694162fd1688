// SPDX-License-Identifier: Apache-2.0
#include "core/profile_keys.hpp"

#include "core/paper_size.hpp"

namespace sohoa {
namespace {

void declare_quality(TomlKeys& keys, QualityGates& gates) {
  keys.key("min_dpi", gates.min_dpi);
  keys.key("colour", gates.colour);
  keys.key("min_confidence", gates.min_confidence, {.most = 1});
  keys.key("assumed_dpi", gates.assumed_dpi);
  keys.key("paper_sizes", gates.paper_sizes, {.choices = paper_names()});
  keys.key("size_tolerance", gates.size_tolerance, {.most = 0.08});
  keys.key("min_letter_mm", gates.min_letter_mm, {.most = 10});
  keys.key("max_skew", gates.max_skew, {.most = 45});
  keys.key("max_blur_mm", gates.max_blur_mm, {.most = 10});
  keys.key("min_margin_mm", gates.min_margin_mm, {.most = 6});
  keys.key("max_corner_mm", gates.max_corner_mm, {.least = 6, .most = 90});
  keys.key("min_paper", gates.min_paper, {.most = 1});
  keys.key("min_contrast", gates.min_contrast, {.most = 1});
  keys.key("page_numbers", gates.page_numbers, {.most = 1});
  keys.key("duplicates", gates.duplicates, {.most = 1});
  keys.key("blank_inside", gates.blank_inside);
  keys.key("rescan", gates.rescan, {.choices = rescan_ids()});
}

void declare_limits(TomlKeys& keys, Profile::Limits& limits) {
  keys.key("max_file_bytes", limits.max_file_bytes, {.least = 1});
  keys.key("max_page_pixels", limits.max_page_pixels, {.least = 1});
  keys.key("max_pages", limits.max_pages, {.least = 1});
  keys.key("worker_memory_bytes", limits.worker_memory_bytes, {.least = 1});
  keys.key("page_seconds", limits.page_seconds, {.least = 1});
  keys.key("page_cpu_seconds", limits.page_cpu_seconds, {.least = 1});
  keys.key("silent_seconds", limits.silent_seconds, {.least = 1});
  keys.key("attempts", limits.attempts);
  keys.key("lost_page", limits.lost_page, {.choices = {"keep", "quarantine"}});
}

void declare_appearance(TomlKeys& keys, Profile::Appearance& appearance) {
  keys.key("corner", appearance.corner, {.choices = {"top-left", "top-right"}});
  keys.key("lines", appearance.lines);
  keys.key("font_size", appearance.font_size, {.least = 1, .most = 72});
  keys.key("margin_mm", appearance.margin_mm, {.most = 100});
}

void declare_column(TomlKeys& keys, Profile::Column& column) {
  keys.key("title", column.title);
  keys.key("value", column.value);
  keys.key("pattern", column.pattern);
  keys.key("list", column.list);
  keys.key("date", column.date);
  keys.key("otherwise", column.otherwise);
  keys.key("kind", column.kind, {.choices = {"text", "number", "date"}});
  keys.key("max_length", column.max_length);
  keys.key("required", column.required);
}

void declare_list(TomlKeys& keys, Profile::CodeList& list) {
  keys.rows("codes", list.codes, [](TomlKeys& row, Profile::ListEntry& entry) {
    row.key("code", entry.code);
    row.key("names", entry.names);
  });
}

void declare_field(TomlKeys& keys, Profile::FieldRule& rule) {
  keys.key("max_length", rule.max_length);
  keys.key("column", rule.column);
  keys.key("aliases", rule.aliases);
}

void declare_code_kind(TomlKeys& keys, Profile::CodeKind& kind) {
  keys.key("names", kind.names);
  keys.key("template", kind.code_template);
  keys.key("type", kind.type);
  keys.key("symbol", kind.symbol);
  keys.key("required", kind.required);
  keys.key("type_pattern", kind.type_pattern);
}

void declare_indicator(TomlKeys& keys, Profile::Indicator& indicator) {
  keys.key("item", indicator.item);
  keys.key("title", indicator.title);
  keys.key("title_en", indicator.title_en);
  keys.key("of", indicator.of, {.choices = {"received", "paper-result"}});
  keys.key("needs", indicator.needs);
  keys.key("full_at", indicator.full_at, {.least = 0.0001, .most = 1});
  keys.key("max_points", indicator.max_points, {.most = 1000});
}

void declare_rule(TomlKeys& keys, ExtractRule& rule) {
  keys.key("field", rule.field);
  keys.key("pages", rule.pages, {.choices = extract_pages_words()});
  keys.key("region", rule.region, {.choices = extract_region_words()});
  keys.key("take", rule.take, {.choices = extract_take_words()});
  keys.key("pattern", rule.pattern);
  keys.key("value", rule.value);
  keys.key("label", rule.label);
  keys.key("until", rule.until);
  keys.key("born", rule.born);
  keys.key("sex", rule.sex);
  keys.key("known", rule.known);
  keys.key("normalize", rule.normalize);
  keys.key("otherwise", rule.otherwise);
  keys.key("elsewhere", rule.elsewhere);
  keys.key("certainty", rule.certainty, {.most = 1});
}

void declare_extract(TomlKeys& keys, ExtractRules& rules) {
  keys.section("extract", [&] {
    keys.key("enabled", rules.enabled);
    keys.key("min_confidence", rules.min_confidence, {.most = 1});
    keys.key("divider", rules.divider);
    keys.key("column", rules.column, {.most = 1});
    keys.key("head", rules.head, {.most = 1});
    keys.key("head_end", rules.head_end);
    keys.key("organs", rules.organs);
    keys.key("letter", rules.letter);
    keys.key("agencies", rules.agencies);
    keys.key("abbreviations", rules.abbreviations);
    keys.key("surnames", rules.surnames);
    keys.key("name_words", rules.name_words);
    keys.key("ranks", rules.ranks);
    keys.key("provinces", rules.provinces);
    keys.values("kinds", rules.kinds);
    keys.values("deputies", rules.deputies);
    keys.values("synonyms", rules.synonyms);
    keys.tables("rules", rules.rules, declare_rule);
  });
}

}  // namespace

void declare_profile(TomlKeys& keys, Profile& p) {
  keys.key("name", p.name);
  keys.key("title", p.title);
  keys.key("valid_from", p.valid_from);
  keys.key("extends", p.extends);
  keys.section("ocr", [&] {
    keys.key("language", p.language);
    keys.key("batch_words", p.batch_words);
  });
  keys.section("pdf", [&] {
    keys.key("language", p.language_tag);
    keys.key("conformance", p.conformance, {.choices = {"1b", "2b", "2u", "3u"}});
  });
  keys.section("time", [&] { keys.key("zone_minutes", p.time_zone_minutes, {.least = -720, .most = 840}); });
  keys.section("code", [&] {
    keys.key("template", p.code.code_template);
    keys.key("required", p.code.required);
    keys.key("max_length", p.code.max_length, {.least = 1});
    keys.key("min_confidence", p.code.min_confidence, {.most = 1});
    keys.key("owner_pattern", p.code.owner_pattern);
    keys.key("type_pattern", p.code.type_pattern);
  });
  keys.tables("code", p.code.kinds, declare_code_kind);
  keys.section("register", [&] { keys.key("file_pattern", p.register_rules.file_pattern); });
  keys.section("naming", [&] {
    keys.key("folder", p.naming.folder);
    keys.key("file", p.naming.file);
    keys.key("unfiled_folder", p.naming.unfiled_folder);
    keys.key("unfiled_file", p.naming.unfiled_file);
  });
  keys.section("quality", [&] { declare_quality(keys, p.quality); });
  keys.section("barcodes", [&] { keys.key("read", p.read_barcodes); });
  keys.section("separators", [&] {
    keys.key("at", p.separators.at, {.choices = {"patch", "barcode", "blank"}});
    keys.key("patterns", p.separators.patterns);
    keys.key("skip_back", p.separators.skip_back);
  });
  keys.section("limits", [&] { declare_limits(keys, p.limits); });
  keys.section("signature", [&] {
    keys.key("font", p.signature_font);
    keys.key("level", p.signature_level, {.choices = {"B", "T", "LT", "LTA"}});
    keys.key("require_timestamp", p.require_timestamp);
  });
  keys.tables("signature", p.signatures, declare_appearance);
  keys.section("manifest", [&] {
    keys.key("bom", p.manifest_bom);
    keys.rows("columns", p.manifest_columns, declare_column);
  });
  keys.section("package", [&] {
    keys.key("file", p.package_file);
    keys.rows("dossier", p.package_dossier, declare_column);
    keys.rows("document", p.package_document, declare_column);
  });
  keys.tables("lists", p.lists, declare_list);
  keys.tables("fields", p.fields, declare_field);
  keys.section("report", [&] {
    keys.key("no", p.report.no);
    keys.key("without_paper_result", p.report.without_paper_result);
    keys.key("unnamed", p.report.unnamed, {.choices = {"result", "part"}});
  });
  keys.tables("report", p.report.indicators, declare_indicator);
  keys.section("secrecy", [&] {
    keys.key("marks", p.secrecy.marks);
    keys.key("side_marks", p.secrecy.side_marks);
    keys.key("after", p.secrecy.after);
    keys.key("before", p.secrecy.before);
    keys.key("others", p.secrecy.others);
    keys.key("where", p.secrecy.where, {.choices = {"anywhere", "upper-half"}});
  });
  declare_extract(keys, p.extract);
}

}  // namespace sohoa
