// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/steps.hpp"
#include "cli/stream.hpp"
#include "core/language_model.hpp"
#include "core/recognizer.hpp"
#include "core/secrecy.hpp"
#include "core/secret_search.hpp"
#include "formats/pdf_carry.hpp"
#include "formats/pdf_page_text.hpp"

#include <cmath>
#include <map>
#include <utility>

#include <unistd.h>
#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

// Of words that some other recognizer laid invisibly over a scan that we cannot look at: nobody knows how well it read.
constexpr double k_layer_confidence = 0.5;

class OcrStep : public PageStep {
 public:
  OcrStep(const OcrOptions& options, const Profile& profile)
      : m_options{options.language.empty() ? profile.language : options.language,
                  options.tessdata,
                  {profile.extract.surnames, profile.extract.name_words, profile.extract.ranks}},
        m_secrecy(profile.secrecy) {}
  [[nodiscard]] std::string_view name() const override { return "ocr"; }
  [[nodiscard]] Json options() const override {
    return Json{{"language", m_options.language},      {"tessdata", m_options.tessdata.string()},
                {"engine", Recognizer::version()},     {"surnames", m_options.names.surnames},
                {"name_words", m_options.names.words}, {"ranks", m_options.names.ranks},
                {"secrecy", to_json(m_secrecy)},       {"tables", language_tables(m_options.language)}};
  }
  [[nodiscard]] Json depends_on(const Json& page) const override {
    const PageGeometry geometry = geometry_of(page);
    return Json{geometry.orientation,      geometry.skew,     geometry.blank,
                page.value("dpi", Json()), language_of(page), is_released(page)};
  }
  void prepare() override { recognizer(m_options.language); }

  Json run(PageTask& task) override {
    if (task.source.format == "pdf-none") {
      return Json::object();
    }
    PageGeometry geometry = geometry_of(task.page);
    const int orientation = geometry.orientation;
    Recognizer& reader = recognizer(language_of(task.page));
    OcrPage text;
    ReadingImage picture;
    if (shows_scan(task.source)) {
      text = reader.read(task.image, page_dpi(task.page), geometry, &picture);
    }
    if (has_own_text(task.source)) {
      add_own_text(task, geometry, text);
    }
    const StampsFound stamps =
        shows_scan(task.source)
            ? find_stamps({task.image, page_dpi(task.page), geometry, picture, text}, m_secrecy, reader)
            : StampsFound{mark_in_text(text, m_secrecy), {}};
    if (const auto& secret = stamps.secret_mark) {
      if (!is_released(task.page)) {
        return Json{{"secret", *secret}};  // and nothing is kept
      }
      task.problems.push_back({Severity::warning, "secret-mark-overridden",
                               "what looks like " + described(*secret) + " is none, by --not-secret", "",
                               std::nullopt});
    }
    for (const ReadStamp& stamp : stamps.others) {
      add_stamp(text, stamp);
    }
    Json patch{{"ocr", task.keep("tree", to_line(to_json(text)) + "\n")},
               {"words", text.word_count()},
               {"confidence", rounded(text.confidence(), 1000)}};
    std::map<std::string, int> marks;
    for (const OcrMark& mark : text.marks) {
      ++marks[name_of(mark.kind)];
    }
    if (!marks.empty()) {
      patch["marks"] = marks;
    }
    if (geometry.orientation != orientation) {
      patch["orientation_degrees"] = geometry.orientation;
      patch["skew_degrees"] = rounded(geometry.skew, 1000);
    }
    return patch;
  }

 private:
  [[nodiscard]] static bool is_released(const Json& page) { return page.value("not_secret", false); }
  // What the page itself says, where it says it upright.
  void add_own_text(PageTask& task, PageGeometry& geometry, OcrPage& text) const {
    PdfPageText own = page_text(task.source.file, task.source.index, k_layer_confidence);
    own.page.language = language_of(task.page);
    if (task.source.format == "pdf-text") {
      geometry.orientation = own.orientation;
      text = std::move(own.page);
    } else if (geometry.orientation == own.orientation) {
      lay_over(text, own.page, geometry.skew);
    }
    if (own.unknown > 0) {
      task.problems.push_back({Severity::warning, "text-unreadable",
                               counted(own.unknown, "character") +
                                   " of the page's text cannot be told, because its fonts do not say what they are",
                               "give the page's fields in the register", std::nullopt});
    }
  }

  // A page may have a language of its own.
  [[nodiscard]] std::string language_of(const Json& page) const {
    const std::string own = string_of(page, "language");
    return own.empty() ? m_options.language : own;
  }
  // Models are large: besides the usual language the last other one is kept.
  Recognizer& recognizer(const std::string& language) {
    auto found = m_recognizers.find(language);
    if (found == m_recognizers.end()) {
      std::erase_if(m_recognizers, [&](const auto& other) { return other.first != m_options.language; });
      found =
          m_recognizers.try_emplace(language, RecognizerOptions{language, m_options.tessdata, m_options.names}).first;
    }
    return found->second;
  }

  RecognizerOptions m_options;
  SecrecyRules m_secrecy;
  std::map<std::string, Recognizer> m_recognizers;  // made in the worker
};

class ConfidenceStep : public DocumentStep {
 public:
  explicit ConfidenceStep(double least) : m_least(least) {}
  [[nodiscard]] std::string_view name() const override { return "confidence"; }
  [[nodiscard]] bool in_history() const override { return false; }
  [[nodiscard]] Grain grain() const override { return Grain::here; }

  void run(Document& document) override {
    for (std::size_t i = 0; i < document.page_count(); ++i) {
      const Json& page = std::as_const(document).page(i);
      // A page that could not be read has a problem of its own.
      if (!page.contains("ocr") || page.value("blank", false) || page.value("confidence", 0.0) >= m_least) {
        continue;
      }
      document.add_problem({Severity::warning, "confidence-low",
                            page.value("words", 0) == 0
                                ? "page " + std::to_string(i + 1) + " is not blank, but no text was read on it"
                                : "page " + std::to_string(i + 1) + " was read with confidence " +
                                      to_text(page.value("confidence", 0.0)) + ", less than " + to_text(m_least),
                            "look at the page and scan it again if it is unclear", i + 1});
    }
  }

 private:
  // Rounded down, so that what is told is less than what was asked for.
  static std::string to_text(double share) { return Json(std::floor(share * 100 + 1e-9) / 100).dump(); }

  double m_least;
};

class OcrCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "ocr"; }
  [[nodiscard]] std::string_view summary() const override { return "Reads the pages' text"; }
  void add_options(CLI::App& app) override {
    m_options.add(app);
    app.add_option("-o,--output", m_folder, "Folder for the sidecars")->type_name("DIR")->capture_default_str();
  }
  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    std::vector<StepPtr> steps;
    const Work work(settings.work);
    steps.push_back(make_secrecy_gate(m_options, profile, work));
    steps.push_back(make_ocr_step(m_options, profile));
    steps.push_back(make_secrecy_stop(forget_in(work, profile)));
    if (profile.batch_words) {
      steps.push_back(make_batch_words_step());
    }
    steps.push_back(make_confidence_step(m_options, profile));
    steps.push_back(make_collate_step(profile));
    steps.push_back(make_rescan_step(profile));
    if (!m_options.sidecars.empty()) {
      steps.push_back(make_sidecar_names_step(m_options, m_folder));
      steps.push_back(make_sidecar_step(m_options, m_folder));
    }
    LineSource source(STDIN_FILENO);
    return run_stream(steps, source, settings, profile);
  }

 private:
  OcrOptions m_options;
  std::string m_folder = ".";
};

}  // namespace

void OcrOptions::add(CLI::App& app) {
  app.add_option("-l,--lang", language,
                 "Languages of the text, Tesseract's names joined with + (default: the profile's)")
      ->type_name("LANG");
  app.add_option("--tessdata", tessdata, "Folder of the language models")->type_name("DIR");
  // One word an option, so that an inbox after it is none of them.
  app.add_option("--sidecar", sidecars, "Files with the text of a document, joined with commas")
      ->type_name("txt|hocr|alto")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"txt", "hocr", "alto"}));
  app.add_option("--min-confidence", min_confidence,
                 "Pages read less surely, 0 to 1, get a warning (default: the profile's)")
      ->type_name("N")
      ->check(CLI::Range(0.0, 1.0));
  app.add_option("--not-secret", not_secret, "Document whose secrecy mark is none, by the id that was told")
      ->type_name("ID")
      ->allow_extra_args(false);
}

StepPtr make_confidence_step(const OcrOptions& options, const Profile& profile) {
  return std::make_unique<ConfidenceStep>(options.min_confidence.value_or(profile.quality.min_confidence));
}

StepPtr make_ocr_step(const OcrOptions& options, const Profile& profile) {
  return std::make_unique<OcrStep>(options, profile);
}

CommandPtr make_ocr_command() { return std::make_unique<OcrCommand>(); }

}  // namespace sohoa
