// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/steps.hpp"
#include "cli/stream.hpp"
#include "core/recognizer.hpp"

#include <cmath>
#include <optional>

#include <unistd.h>
#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class OcrStep : public PageStep {
 public:
  OcrStep(const OcrOptions& options, const Profile& profile)
      : m_options{options.language.empty() ? profile.language : options.language, options.tessdata} {}
  [[nodiscard]] std::string_view name() const override { return "ocr"; }
  [[nodiscard]] Json options() const override {
    return Json{
        {"language", m_options.language}, {"tessdata", m_options.tessdata.string()}, {"engine", Recognizer::version()}};
  }
  [[nodiscard]] Json depends_on(const Json& page) const override {
    const PageGeometry geometry = geometry_of(page);
    return Json{geometry.orientation, geometry.skew, geometry.blank, page.value("dpi", Json())};
  }
  void prepare() override { m_recognizer.emplace(m_options); }

  Json run(PageTask& task) override {
    const PageGeometry geometry = geometry_of(task.page);
    OcrPage text;
    if (geometry.blank) {
      const Size size = size_of(task.image);
      const bool sideways = geometry.orientation % 180 != 0;
      text.width = sideways ? size.height : size.width;
      text.height = sideways ? size.width : size.height;
      text.language = m_options.language;
    } else {
      text = m_recognizer->read(task.image, page_dpi(task.page), geometry);
    }
    return Json{{"ocr", task.keep("tree", to_line(to_json(text)) + "\n")},
                {"words", text.word_count()},
                {"confidence", std::round(text.confidence() * 1000) / 1000}};
  }

 private:
  RecognizerOptions m_options;
  std::optional<Recognizer> m_recognizer;  // made in the worker
};

class OcrCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "ocr"; }
  [[nodiscard]] std::string_view summary() const override { return "Reads the pages' text"; }
  void add_options(CLI::App& app) override { m_options.add(app); }
  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    std::vector<StepPtr> steps;
    steps.push_back(make_ocr_step(m_options, profile));
    LineSource source(STDIN_FILENO);
    return run_stream(steps, source, settings, profile);
  }

 private:
  OcrOptions m_options;
};

}  // namespace

void OcrOptions::add(CLI::App& app) {
  app.add_option("-l,--lang", language,
                 "Languages of the text, Tesseract's names joined with + (default: the profile's)")
      ->type_name("LANG");
  app.add_option("--tessdata", tessdata, "Folder of the language models")->type_name("DIR");
}

StepPtr make_ocr_step(const OcrOptions& options, const Profile& profile) {
  return std::make_unique<OcrStep>(options, profile);
}

CommandPtr make_ocr_command() { return std::make_unique<OcrCommand>(); }

}  // namespace sohoa
