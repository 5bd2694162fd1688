// SPDX-License-Identifier: Apache-2.0
// What is told of a document's pages together, after the pages were judged one by one.
#include "cli/steps.hpp"
#include "core/duplicates.hpp"
#include "core/page_order.hpp"

#include <optional>
#include <utility>

namespace sohoa {
namespace {

class CollateStep : public DocumentStep {
 public:
  explicit CollateStep(const Profile& profile) : m_gates(profile.quality) {}
  [[nodiscard]] std::string_view name() const override { return "collate"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::worker; }

  void run(Document& document) override {
    const std::size_t count = document.page_count();
    // How the pages of a file came together that is kept as it is, is its maker's matter.
    if (count < 2 || document.record().at("source").contains("carried")) {
      return;
    }
    std::vector<NumberedPage> numbers(count);
    std::vector<PageFace> faces(count);
    for (std::size_t i = 0; i < count; ++i) {
      const Json& page = std::as_const(document).page(i);
      numbers[i].blank = page.value("blank", false);
      if (const std::optional<OcrPage> tree = find_ocr_page(page); tree) {
        numbers[i].number = printed_number(*tree);
        if (m_gates.duplicates) {
          faces[i] = face_of(*tree, page_dpi(page), ink_of_page(page));
        }
      }
    }
    if (m_gates.page_numbers) {
      for (const Problem& problem : judge_order(numbers, *m_gates.page_numbers)) {
        document.add_problem(problem);
      }
    }
    if (m_gates.duplicates) {
      for (const auto& [page, earlier] : find_duplicates(faces, *m_gates.duplicates)) {
        document.add_problem({Severity::warning, "page-duplicate",
                              "the page is the same as page " + std::to_string(earlier + 1),
                              "remove one of the two, and see whether another page is missing", page + 1});
      }
    }
    if (m_gates.blank_inside) {
      tell_blanks(document, numbers);
    }
  }

 private:
  static void tell_blanks(Document& document, const std::vector<NumberedPage>& pages) {
    std::size_t last = pages.size();
    while (last > 0 && pages[last - 1].blank) {
      --last;
    }
    for (std::size_t i = 0; i < last; ++i) {
      if (pages[i].blank) {
        document.add_problem({Severity::info, "page-blank-inside", "the page is blank, and others follow it",
                              "see whether the sheet lay on its face", i + 1});
      }
    }
  }

  static InkMap ink_of_page(const Json& page) {
    constexpr std::uint64_t most_bytes = 1U << 20U;
    const std::string file = string_of(page, "image");
    try {
      return file.empty() ? InkMap() : ink_map_from(read_file(file, most_bytes));
    } catch (const Error& cause) {
      if (cause.status() != ExitStatus::input) {
        throw;
      }
      return {};
    }
  }

  QualityGates m_gates;
};

class RescanStep : public DocumentStep {
 public:
  explicit RescanStep(const Profile& profile) : m_ids(profile.quality.rescan) {}
  [[nodiscard]] std::string_view name() const override { return "rescan"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::here; }
  void run(Document& document) override {
    if (Json pages = rescan_of(document.record(), m_ids); !pages.is_null()) {
      document.record()["rescan"] = std::move(pages);
    } else {
      document.record().erase("rescan");
    }
  }

 private:
  std::vector<std::string> m_ids;
};

}  // namespace

StepPtr make_collate_step(const Profile& profile) { return std::make_unique<CollateStep>(profile); }

StepPtr make_rescan_step(const Profile& profile) { return std::make_unique<RescanStep>(profile); }

}  // namespace sohoa
