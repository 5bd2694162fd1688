// SPDX-License-Identifier: Apache-2.0
#include "core/batch_words.hpp"

#include "cli/steps.hpp"
#include "core/atomic_file.hpp"
#include "core/digest.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sohoa {
namespace {

// In the order of the stream, so that what a page is helped by does not depend on the number of workers. The tree that
// the page's digest finds stays as it was read; what a batch makes of it lies beside it.
class BatchWordsStep : public DocumentStep {
 public:
  [[nodiscard]] std::string_view name() const override { return "batch-words"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::here; }

  void run(Document& document) override {
    std::vector<std::optional<OcrPage>> pages;
    for (std::size_t i = 0; i < document.page_count(); ++i) {
      pages.push_back(find_ocr_page(std::as_const(document).page(i)));
      if (pages.back()) {
        m_words.learn(*pages.back());
      }
    }
    for (std::size_t i = 0; i < document.page_count(); ++i) {
      if (std::optional<OcrPage>& text = pages[i]; text && m_words.correct(*text) > 0) {
        Json& page = document.page(i);
        page["ocr"] = put_beside(string_of(page, "ocr"), to_line(to_json(*text)) + "\n");
      }
    }
  }

 private:
  static std::string put_beside(const std::string& tree, const std::string& bytes) {
    constexpr std::size_t digits = 16;
    std::string path = tree + "-" + sha256_hex(bytes).substr(0, digits);
    write_file(path, bytes);
    return path;
  }

  BatchWords m_words;
};

}  // namespace

StepPtr make_batch_words_step() { return std::make_unique<BatchWordsStep>(); }

}  // namespace sohoa
