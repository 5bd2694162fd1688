// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/steps.hpp"
#include "cli/stream.hpp"
#include "core/quality.hpp"
#include "core/skew.hpp"
#include "formats/pdf_carry.hpp"

#include <unistd.h>
#include <CLI/CLI.hpp>

namespace sohoa {
namespace {

class DeskewStep : public PageStep {
 public:
  DeskewStep(const DeskewOptionsCli& options, const Profile& profile) : m_options(options), m_gates(profile.quality) {}
  [[nodiscard]] std::string_view name() const override { return "deskew"; }
  [[nodiscard]] Json options() const override {
    return Json{{"max_angle", m_options.max_angle},
                {"orientation", !m_options.no_orientation},
                {"gates", picture_gates(m_gates)}};
  }
  [[nodiscard]] Json depends_on(const Json& page) const override { return page.value("dpi", Json()); }

  Json run(PageTask& task) override {
    if (!shows_scan(task.source)) {
      return Json::object();
    }
    DeskewOptions options;
    options.max_angle = m_options.max_angle;
    options.orientation = !m_options.no_orientation;
    options.dpi = page_dpi(task.page);
    const ReducedPage& copy = reduced(task);
    const PageLie lie = measure_page(copy, options);
    const PictureMeasures picture = measure_picture(task.image, copy);
    const double skew = lie.askew != 0 ? lie.askew : lie.geometry.skew;
    const double mm = 25.4 / copy.scan_dpi;
    const Size size = size_of(task.image);
    if (!is_carried(task.source)) {  // nobody here scanned it
      task.problems = judge_picture(
          picture, {skew, lie.geometry.blank, copy.scan_dpi, lie.letter_mm, mm * size.width, mm * size.height},
          m_gates);
    }
    Json patch{{"orientation_degrees", lie.geometry.orientation},
               {"orientation_confidence", rounded(lie.orientation_confidence, 1000)},
               {"skew_degrees", rounded(lie.geometry.skew, 1000)},
               {"skew_confidence", rounded(lie.skew_confidence, 100)},
               {"blank", lie.geometry.blank},
               {"ink", rounded(lie.ink, 100000)},
               {"quality", to_json(picture)}};
    if (const InkMap ink = lie.geometry.blank ? InkMap() : ink_map_of(copy, lie.geometry); !ink.empty()) {
      patch["image"] = task.keep("ink", to_pgm(ink));
    }
    return patch;
  }

 private:
  DeskewOptionsCli m_options;
  QualityGates m_gates;
};

class DeskewCommand : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "deskew"; }
  [[nodiscard]] std::string_view summary() const override {
    return "Measures skew and orientation, flags blank pages, reads barcodes";
  }
  void add_options(CLI::App& app) override { m_options.add(app); }
  ExitStatus run(const Settings& settings) override {
    const Profile profile = load_profile(settings.profile);
    std::vector<StepPtr> steps;
    steps.push_back(make_deskew_step(m_options, profile));
    if (profile.read_barcodes) {
      steps.push_back(make_barcode_step());
    }
    steps.push_back(make_rescan_step(profile));
    LineSource source(STDIN_FILENO);
    return run_stream(steps, source, settings, profile);
  }

 private:
  DeskewOptionsCli m_options;
};

}  // namespace

void DeskewOptionsCli::add(CLI::App& app) {
  app.add_option("--max-angle", max_angle, "Largest skew that is straightened, in degrees")
      ->type_name("DEGREES")
      ->check(CLI::Range(0.0, 15.0))
      ->capture_default_str();
  app.add_flag("--no-orientation", no_orientation, "Do not look for pages on their side or head");
}

StepPtr make_deskew_step(const DeskewOptionsCli& options, const Profile& profile) {
  return std::make_unique<DeskewStep>(options, profile);
}

CommandPtr make_deskew_command() { return std::make_unique<DeskewCommand>(); }

}  // namespace sohoa
