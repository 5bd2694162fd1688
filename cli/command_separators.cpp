// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "core/register_rows.hpp"
#include "core/separator_sheet.hpp"
#include "formats/separator_pdf.hpp"
#include "formats/table.hpp"

#include <map>

#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class SeparatorsCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "separators"; }
  [[nodiscard]] std::string_view summary() const override { return "Prints separator sheets for stacks of scans"; }

  void add_options(CLI::App& app) override {
    CLI::Option* from = app.add_option("--from", m_from, "The office's list of papers: a sheet for each row");
    from->type_name("FILE");
    app.add_flag("--patch", m_patch, "One sheet with the patch code T only, to be copied")->excludes(from);
    app.add_option("-o,--output", m_output, "The PDF file to write")->type_name("FILE")->capture_default_str();
  }

  ExitStatus run(const Settings& settings) override {
    if (m_from.empty() && !m_patch) {
      throw usage_error("usage", "nothing says what the sheets are for", "give --from REGISTER.csv, or --patch");
    }
    const Profile profile = load_profile(settings.profile);
    const std::vector<SheetPage> sheets = m_patch ? std::vector<SheetPage>(1) : sheets_of(profile);
    const PdfFile file = write_separator_sheets(m_output, profile.signature_font, sheets);
    if (settings.verbose) {
      Console(settings).say(Severity::info, counted(file.pages, "separator sheet") + " in " + m_output + ".");
    }
    return ExitStatus::done;
  }

 private:
  [[nodiscard]] std::vector<SheetPage> sheets_of(const Profile& profile) const {
    std::map<std::string, std::size_t> lines;  // of what the sheets say
    std::vector<SheetPage> sheets;
    for (const RegisterRow& row : named_rows(read_table(m_from), profile).rows) {
      const std::size_t line = row.number;
      const std::map<std::string, std::string>& named = row.values;
      SheetValues values;
      for (const std::string_view key : sheet_keys) {
        if (const auto value = named.find(std::string(key)); value != named.end()) {
          values.emplace(key, value->second);
        }
      }
      const std::string code = sheet_text(values);
      check(values, code, line, lines);
      SheetPage sheet{code, values.contains("dossier") ? values["dossier"] : values["source"], {}};
      for (const auto& [heading, cell] : row.cells) {
        if (!cell.empty() && cell != sheet.headline) {
          sheet.lines.emplace_back(heading, cell);
        }
      }
      sheets.push_back(std::move(sheet));
    }
    if (sheets.empty()) {
      throw input_error("register-empty", m_from + " has no rows", "give a register with a row for each paper");
    }
    return sheets;
  }

  // Two sheets that say the same could not be told apart, and one that would be read otherwise than it was printed is
  // worse than none.
  void check(const SheetValues& values, const std::string& code, std::size_t line,
             std::map<std::string, std::size_t>& lines) const {
    const std::string place = "line " + std::to_string(line) + " of " + m_from;
    if (!values.contains("dossier") && !values.contains("source")) {
      throw input_error("register-heading", place + " has neither a dossier code nor a source",
                        "fill in the column dossier");
    }
    if (sheet_values(code) != values) {
      throw input_error("sheet-value", place + " has a value that does not fit a separator sheet: " + code,
                        "write ordinals in digits, and values in less than 300 letters");
    }
    if (const auto [first, fresh] = lines.emplace(code, line); !fresh) {
      throw input_error("register-row",
                        place + " says of its paper what line " + std::to_string(first->second) + " says",
                        "number the papers of a dossier in the column ordinal");
    }
  }

  std::string m_from;
  std::string m_output = "separators.pdf";
  bool m_patch = false;
};

}  // namespace

CommandPtr make_separators_command() { return std::make_unique<SeparatorsCommand>(); }

}  // namespace sohoa
