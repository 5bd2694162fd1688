// SPDX-License-Identifier: Apache-2.0
#include "cli/thumbnail_step.hpp"

#include "cli/stream.hpp"
#include "core/step.hpp"
#include "formats/hocr_words.hpp"
#include "formats/pdf_images.hpp"
#include "formats/scan.hpp"
#include "formats/thumbnail.hpp"

#include <cmath>
#include <utility>

namespace sohoa {
namespace {

constexpr int width = 360;  // pixels: so much that lines can be told, and a page of a report stays small
constexpr int enough = width * 3 / 2;
constexpr std::size_t most_words = 60;
constexpr std::uint64_t largest_hocr = std::uint64_t{64} << 20U;

// The document's name is the PDF's; `wanted` tells the page.
class ThumbnailStep : public DocumentStep {
 public:
  explicit ThumbnailStep(const Profile& profile)
      : m_limits(limits_of(profile, true)),
        m_below(static_cast<int>(std::lround(profile.quality.min_confidence * 100))) {
    m_limits.enough_pixels = enough;
  }
  [[nodiscard]] std::string_view name() const override { return "report"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::worker; }

  void run(Document& document) override {
    Json& wanted = document.record()["wanted"];
    SourcePage page = page_of(document.name(), wanted.at("page").get<std::size_t>() - 1);
    page.format = "pdf-image";
    const PixPtr pix = load_page(page, m_limits);
    const Thumbnail picture = make_thumbnail(*pix, wanted.at("skew_degrees").get<double>(), width);
    Json made{{"width", picture.width}, {"height", picture.height}, {"uri", picture.uri}, {"words", Json::array()}};
    if (const std::string hocr = string_of(wanted, "hocr"); !hocr.empty()) {
      for (const UnsureWord& word :
           unsure_words(read_file(hocr, largest_hocr), wanted.at("page").get<std::size_t>(), m_below, most_words)) {
        made["words"].push_back(Json{{"text", word.text},
                                     {"confidence", word.confidence},
                                     {"left", rounded(word.left, 10000)},
                                     {"top", rounded(word.top, 10000)},
                                     {"width", rounded(word.width, 10000)},
                                     {"height", rounded(word.height, 10000)}});
      }
    }
    document.record()["picture"] = std::move(made);
  }

 private:
  ScanLimits m_limits;
  int m_below;
};

}  // namespace

std::vector<Json> page_pictures(const std::vector<PageWanted>& pages, const Settings& settings,
                                const Profile& profile) {
  if (pages.empty()) {
    return {};
  }
  std::vector<Document> documents;
  for (const PageWanted& page : pages) {
    Document document = Document::of_source(page.file, "file");
    document.record()["id"] = page.document;
    document.record()["wanted"] = Json{{"page", page.page}, {"hocr", page.hocr}, {"skew_degrees", page.skew_degrees}};
    documents.push_back(std::move(document));
  }
  ListSource source(std::move(documents));
  std::vector<StepPtr> steps;
  steps.push_back(std::make_unique<ThumbnailStep>(profile));
  RunnerEvents events;
  events.should_stop = signal_came;
  std::vector<Json> pictures;
  run_steps(
      steps, source,
      [&](const Document& document) {
        const PageWanted& page = pages.at(pictures.size());
        Json picture{{"document", page.document}, {"page", page.page}};
        if (document.record().contains("picture")) {
          picture.update(document.record().at("picture"));
        } else {
          picture["missing"] = string_of(first_error(document.record()), "id");
        }
        pictures.push_back(std::move(picture));
      },
      settings.runner(profile, settings.work), events);
  return pictures;
}

}  // namespace sohoa
