// SPDX-License-Identifier: Apache-2.0
// The steps that read barcodes and act on them: of pages, of stacks, of citizen cards.
#include "cli/steps.hpp"
#include "core/barcode.hpp"
#include "core/citizen_card.hpp"
#include "core/ocr_text.hpp"
#include "core/patch_code.hpp"
#include "core/skew.hpp"
#include "core/stack_cut.hpp"
#include "core/text_pattern.hpp"
#include "formats/pdf_carry.hpp"

#include <cmath>
#include <map>
#include <utility>

namespace sohoa {
namespace {

Json whole_pixels(const Box& box) {
  return Json{std::lround(box.left), std::lround(box.top), std::lround(box.right), std::lround(box.bottom)};
}

class BarcodeStep : public PageStep {
 public:
  [[nodiscard]] std::string_view name() const override { return "barcodes"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Json depends_on(const Json& page) const override { return page.value("dpi", Json()); }

  Json run(PageTask& task) override {
    if (!shows_scan(task.source)) {
      return Json::object();
    }
    const ReducedPage& copy = reduced(task);
    Json found = Json::array();
    if (const std::optional<PatchMark> patch = find_patch_t(copy)) {
      found.push_back(Json{{"format", "PatchT"},
                           {"text", "T"},
                           {"box", whole_pixels(patch->box)},
                           {"confidence", rounded(patch->confidence, 1000)}});
    }
    for (const Barcode& barcode : read_barcodes(task.image, copy)) {
      Json entry{{"format", barcode.format}, {"text", barcode.text}, {"box", whole_pixels(barcode.box)}};
      if (barcode.damaged) {
        entry["damaged"] = true;
      }
      found.push_back(std::move(entry));
    }
    return Json{{"barcodes", std::move(found)}};
  }
};

class SeparateStep : public SplitStep {
 public:
  explicit SeparateStep(const Profile& profile) : m_profile(profile), m_rules(profile) {}
  [[nodiscard]] std::string_view name() const override { return "separate"; }
  [[nodiscard]] Json options() const override {
    return Json{{"at", m_profile.separators.at},
                {"patterns", m_profile.separators.patterns},
                {"skip_back", m_profile.separators.skip_back}};
  }
  std::vector<Document> split(const Document& document) override {
    // A PDF that is kept as it is is one file, whatever lies between its pages.
    return document.record().at("source").contains("carried") ? std::vector{document} : cut_stack(document, m_rules);
  }

 private:
  Profile m_profile;
  CutRules m_rules;
};

// The number of the one citizen card that lies on the document's pages.
class CardStep : public DocumentStep {
 public:
  [[nodiscard]] std::string_view name() const override { return "card"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::here; }

  void run(Document& document) override {
    std::map<std::string, Found> cards;  // by number
    for (std::size_t page = 0; page < document.page_count(); ++page) {
      for (const Json& barcode : std::as_const(document).page(page).value("barcodes", Json::array())) {
        if (const std::optional<CitizenCard> card = citizen_card(string_of(barcode, "text"))) {
          cards.emplace(card->number, Found{page, upright(document, page, barcode)});
        }
      }
    }
    if (cards.size() != 1) {
      return;  // whose paper it is, two cards do not tell
    }
    const auto& [number, found] = *cards.begin();
    const Json fields = document.record().value("fields", Json::object());
    const Json known = fields.is_object() ? fields.value("owner", Json::object()) : Json::object();
    const std::string origin = string_of(known, "origin");
    if (!string_of(known, "value").empty() && origin != "ocr") {
      if (string_of(known, "value") != number) {
        document.add_problem({Severity::warning, "field-differs",
                              "the owner is " + string_of(known, "value") + " by the " + origin +
                                  ", the citizen card on the page says " + number,
                              "look at the page and correct what is wrong: the first was used", found.page + 1});
      }
      return;
    }
    document.set_field("owner", number, 1, "barcode");
    Json& owner = document.record()["fields"]["owner"];
    owner["page"] = found.page + 1;
    owner["box"] = to_json(found.box);
  }

 private:
  struct Found {
    std::size_t page = 0;
    Box box;  // upright frame
  };

  static Box upright(const Document& document, std::size_t page, const Json& barcode) {
    const Json box = barcode.value("box", Json());
    if (!box.is_array() || box.size() != 4 ||
        !std::all_of(box.begin(), box.end(), [](const Json& edge) { return edge.is_number(); })) {
      return {};
    }
    const SourcePage scan = document.source_page(page);
    return upright_box({box[0].get<double>(), box[1].get<double>(), box[2].get<double>(), box[3].get<double>()},
                       static_cast<double>(scan.width), static_cast<double>(scan.height),
                       geometry_of(document.page(page)));
  }
};

// A page that begins like a paper of the state (NĐ 30/2020/NĐ-CP, App. I: national name and motto at its head) may
// begin another document; attachments and copies begin so as well, so it is told and nothing is cut.
class HeadingStep : public DocumentStep {
 public:
  [[nodiscard]] std::string_view name() const override { return "heading"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::worker; }

  void run(Document& document) override {
    const auto source = document.record().find("source");
    if (source == document.record().end() || !source->contains("stack")) {
      return;
    }
    for (std::size_t page = 0; page < document.page_count(); ++page) {
      if (!begins_so(find_ocr_page(std::as_const(document).page(page)))) {
        continue;
      }
      document.page(page)["national_name"] = true;
      if (page > 0) {
        document.add_problem({Severity::info, "may-be-two",
                              "the page begins with the national name and motto, as another document would",
                              "look whether a separator sheet is missing before it", page + 1});
      }
    }
  }

 private:
  static bool begins_so(const std::optional<OcrPage>& page) {
    constexpr double head = 0.3;  // of the page's height
    constexpr std::string_view words = "conghoaxahoichunghiavietnam";
    if (!page) {
      return false;
    }
    std::string text;
    for (const OcrBlock& block : page->blocks) {
      for (const OcrLine& line : block.lines) {
        for (const OcrWord& word : line.words) {
          text += line.box.top < head * page->height ? word.text : std::string();
        }
      }
    }
    return comparable(text).find(words) != std::string::npos;
  }
};

}  // namespace

StepPtr make_barcode_step() { return std::make_unique<BarcodeStep>(); }
StepPtr make_separate_step(const Profile& profile) { return std::make_unique<SeparateStep>(profile); }
StepPtr make_heading_step() { return std::make_unique<HeadingStep>(); }
StepPtr make_card_step() { return std::make_unique<CardStep>(); }

}  // namespace sohoa
