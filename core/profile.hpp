// SPDX-License-Identifier: Apache-2.0
// What a law or an office decides, as data: core/profiles/<name>.toml, installed to
// share/sohoa/profiles. man/sohoa-profile.5 describes every key and its source.
#pragma once

#include "core/error.hpp"
#include "core/extract_rules.hpp"
#include "core/fs.hpp"
#include "core/quality_gates.hpp"
#include "core/secrecy_rules.hpp"
#include "core/template.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sohoa {

struct Profile {
  std::string name;
  std::string title;
  std::string valid_from;           // date from which the rules are in force
  std::string extends;              // the profile that this one differs from
  std::string language = "vie";     // [ocr] language, Tesseract's names
  bool batch_words = true;          // [ocr] batch_words: unsure words are chosen by what the batch surely says, too
  std::string language_tag = "vi";  // [pdf] language, RFC 3066
  std::string conformance = "2u";   // [pdf] conformance
  int time_zone_minutes = 420;      // [time] offset of the office from UTC

  // [code.<kind>] what is another in the codes of a kind of paper; what is empty is as in [code].
  struct CodeKind {
    std::vector<std::string> names;  // what registers call it, beside its own name
    std::string code_template;
    std::string type;    // template of the part {type}
    std::string symbol;  // template of the part {symbol}
    std::vector<std::string> required;
    std::string type_pattern;
  };
  struct Code {  // [code] codes of results, and of what is of no kind
    std::string code_template = "{owner}.{type}.{symbol}.{seq:02}";
    std::vector<std::string> required = {"type", "symbol"};  // fields without which no code is given
    std::size_t max_length = 200;                            // characters; a longer code is not given
    double min_confidence = 0.9;                             // of fields that were read; below it no code is given
    std::string owner_pattern = "[^.]*";                     // how codes are read back: ICU regular expressions
    std::string type_pattern = "[^.]+";
    std::map<std::string, CodeKind> kinds;
  } code;

  struct RegisterRules {       // [register]
    std::string file_pattern;  // ICU regular expression with named parts over file names
  } register_rules;

  struct Naming {  // [naming] names below documents/
    std::string folder = "{dossier}";
    std::string file = "{dossier}.{ordinal:03}";
    std::string unfiled_folder = "unfiled";
    std::string unfiled_file = "{stem}-{id:12}";
  } naming;

  QualityGates quality;  // [quality]; violations are warnings

  bool read_barcodes = true;  // [barcodes] read: of every page, not only where stacks are cut

  struct Separators {                                    // [separators] of --group separator
    std::vector<std::string> at = {"patch", "barcode"};  // patch, barcode, blank
    std::vector<std::string> patterns;  // of barcodes that separate besides ours; the first group is the dossier code
    bool skip_back = true;              // a blank page right behind a sheet is its back
  } separators;

  struct Limits {  // [limits]
    std::uint64_t max_file_bytes = std::uint64_t{4} << 30U;
    std::uint64_t max_page_pixels = 200'000'000;
    std::size_t max_pages = 10'000;
    std::uint64_t worker_memory_bytes = std::uint64_t{2} << 30U;
    int page_seconds = 600;      // wall clock a page
    int page_cpu_seconds = 180;  // processor time a page
    int silent_seconds = 120;    // without a sign of progress
    std::string lost_page = "keep";
    int attempts = 10;  // ends of runs with a page in hand until it is given up; 0: never
  } limits;

  struct Appearance {  // [signature.officer], [signature.agency]
    std::string corner = "top-left";
    std::vector<std::string> lines;  // templates: {signer} {time} {agency} {form}
    double font_size = 10;
    double margin_mm = 4;
  };
  std::map<std::string, Appearance> signatures;
  std::string signature_level = "B";  // [signature] level: B, T, LT, LTA (ETSI EN 319 142-1)
  bool require_timestamp = false;     // [signature] nothing is signed without one
  std::string signature_font = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf";

  struct Column {  // [[manifest.columns]], [[package.dossier]], [[package.document]]
    std::string title;
    std::string value;      // a field's name or a record path: "pdf.sha256"
    std::string pattern;    // ICU regular expression; its first group is what is taken of the value
    std::string list;       // [lists.<name>] with the code for it
    std::string date;       // a date or time is written so: "dd/MM/yyyy", "yyyyMMddHHmmss", "yyyy-MM-ddTHH:mm:ssXXX"
    std::string otherwise;  // when the record has nothing, or nothing that the list has
    std::string kind = "text";   // text | number | date: of the cell in a workbook
    std::size_t max_length = 0;  // characters; 0 is no limit
    bool required = false;
  };
  std::vector<Column> manifest_columns;
  bool manifest_bom = false;                            // [manifest] bom: CSV begins with the mark of UTF-8
  std::vector<Column> package_dossier;                  // [package] elements of the description of a dossier (EAD.xml)
  std::vector<Column> package_document;                 // [package] the same of one document (EAD_doc)
  std::string package_file = "{dossier}.{ordinal:03}";  // [package] file: names of the files, without ".pdf"

  struct ListEntry {
    std::string code;
    std::vector<std::string> names;  // what stands for it, whatever the case and marks of the letters
  };
  struct CodeList {  // [lists.<name>]
    std::vector<ListEntry> codes;
  };
  std::map<std::string, CodeList> lists;

  struct FieldRule {             // [fields.<name>]
    std::size_t max_length = 0;  // characters; 0 is no limit
    std::string column;          // heading in the office's register
    std::vector<std::string> aliases;
  };
  std::map<std::string, FieldRule> fields;

  struct Indicator {   // [report.<name>] a share of dossiers and its points (core/catalog_report.hpp)
    std::string item;  // its number in the decision; indicators are told in the order of these
    std::string title;
    std::string title_en;
    std::string of = "received";       // received, paper-result: of those that have to end with one
    std::vector<std::string> needs;    // all of them; "a|b" is either
    double full_at = 1;                // share from which all points are given; below it in proportion
    std::optional<double> max_points;  // nothing: not known
  };
  struct Report {                                   // [report]
    std::vector<std::string> no = {"no", "0"};      // what a cell says that means no
    std::vector<std::string> without_paper_result;  // procedures
    std::string unnamed = "result";                 // what a paper of no kind is: result, part
    std::map<std::string, Indicator> indicators;
  } report;

  SecrecyRules secrecy;  // [secrecy]
  ExtractRules extract;  // [extract]
};

// A name ("vn-tthc") looked for in SOHOA_PROFILE_PATH, $XDG_CONFIG_HOME/sohoa/profiles (~/.config), /etc/sohoa/profiles
// and the installed folder, or a path to a TOML file. A profile that `extends` its own name extends the next one of
// that name on the way. Throws Error(ExitStatus::usage): profile-unknown with the nearest name, profile-cycle,
// profile-syntax with file and line, profile-key and profile-value with file, line and nearest key.
Profile load_profile(const std::string& name_or_path);
// Throws Error(ExitStatus::usage, "role-unknown") for a role without a section [signature.<role>].
void require_role(const Profile& profile, const std::string& role);

// A file of that name in the first of those folders that has one; empty when none has.
fs::path file_beside_profiles(const std::string& name);

// All that is wrong with a profile and with those it extends; none: it loads.
std::vector<Error> profile_faults(const std::string& name_or_path);

// The profile in force as a TOML file that says of each value where it comes from: file:line or "built-in default".
std::string show_profile(const std::string& name_or_path);

struct ProfileFile {
  std::string name;
  fs::path file;
};
// The profiles on the way, by name; of two with one name the one that is found.
std::vector<ProfileFile> list_profiles();

}  // namespace sohoa
