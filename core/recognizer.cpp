// SPDX-License-Identifier: Apache-2.0
#include "core/recognizer.hpp"

#include "core/heartbeat.hpp"
#include "core/prepare.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include <dlfcn.h>
#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

namespace sohoa {
namespace {

using tesseract::PageIteratorLevel;

constexpr double noise_confidence = 0.6;

// Each worker is one thread: Tesseract's OpenMP teams cost two thirds more processor time than they save, in waiting
// for one another at every line. OMP_THREAD_LIMIT is read before main(), so the runtime, where Tesseract loaded one, is
// told.
void read_on_one_thread() {
  using SetLevels = void (*)(int);
  if (void* found = ::dlsym(RTLD_DEFAULT, "omp_set_max_active_levels"); found != nullptr) {
    reinterpret_cast<SetLevels>(found)(0);
  }
}

// Asked by Tesseract at every line, as a rule.
bool go_on(void* /*unused*/, int /*words*/) {
  beat();
  return false;
}

struct FreeText {
  void operator()(const char* text) const { delete[] text; }  // as Tesseract allocates it
};

Box box_at(const tesseract::PageIterator& at, PageIteratorLevel level, double scale) {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  at.BoundingBox(level, &left, &top, &right, &bottom);
  return {left / scale, top / scale, right / scale, bottom / scale};
}

OcrWord word_at(const tesseract::ResultIterator& at, double scale) {
  const std::unique_ptr<const char, FreeText> text(at.GetUTF8Text(tesseract::RIL_WORD));
  return {to_nfc(trim(text != nullptr ? text.get() : "")), at.Confidence(tesseract::RIL_WORD) / 100.0,
          box_at(at, tesseract::RIL_WORD, scale)};
}

OcrLine line_at(const tesseract::PageIterator& at, double scale) {
  OcrLine line;
  line.box = box_at(at, tesseract::RIL_TEXTLINE, scale);
  int x1 = 0;
  int y1 = 0;
  int x2 = 0;
  int y2 = 0;
  const bool known = at.Baseline(tesseract::RIL_TEXTLINE, &x1, &y1, &x2, &y2);
  line.baseline_left = known ? y1 / scale : line.box.bottom;
  line.baseline_right = known ? y2 / scale : line.box.bottom;
  return line;
}

// Specks, rules and pieces of seals come out as lone marks of low confidence; words have a letter or a digit.
bool is_noise(const OcrWord& word) {
  const bool has_letter = std::any_of(word.text.begin(), word.text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
  });
  return word.text.empty() || (!has_letter && word.confidence < noise_confidence);
}

void drop_empty(OcrPage& page) {
  for (OcrBlock& block : page.blocks) {
    std::erase_if(block.lines, [](const OcrLine& line) { return line.words.empty(); });
  }
  std::erase_if(page.blocks, [](const OcrBlock& block) { return block.lines.empty(); });
}

}  // namespace

struct Recognizer::Impl {
  tesseract::TessBaseAPI api;
  std::string language;
};

Recognizer::Recognizer(const RecognizerOptions& options) : m_impl(std::make_unique<Impl>()) {
  read_on_one_thread();
  m_impl->language = options.language;
  const char* folder = options.tessdata.empty() ? nullptr : options.tessdata.c_str();
  tesseract::TessBaseAPI& api = m_impl->api;
  std::vector<std::string> names{"debug_file"};
  std::vector<std::string> values{"/dev/null"};
  if (api.Init(folder, options.language.c_str(), tesseract::OEM_LSTM_ONLY, nullptr, 0, &names, &values, false) != 0) {
    throw environment_error("language-missing", "Tesseract has no model for the language " + options.language,
                            "install the package tesseract-ocr-" +
                                options.language.substr(0, options.language.find('+')) +
                                ", or name another language with --lang");
  }
  api.SetPageSegMode(tesseract::PSM_AUTO);
  // Light text on dark ground does not occur on office paper, and looking for it reads weak lines twice.
  api.SetVariable("tessedit_do_invert", "0");
}

Recognizer::~Recognizer() = default;

std::string Recognizer::version() {
  const std::unique_ptr<char, void (*)(void*)> leptonica(getLeptonicaVersion(), lept_free);
  return std::string("Tesseract ") + tesseract::TessBaseAPI::Version() + ", " + leptonica.get();
}

OcrPage Recognizer::read(const Pix& scan, double dpi, const PageGeometry& geometry) {
  const ReadingImage reading = prepare_for_reading(scan, dpi, geometry);
  const Size size = size_of(scan);
  const bool sideways = geometry.orientation % 180 != 0;
  OcrPage page;
  page.width = sideways ? size.height : size.width;
  page.height = sideways ? size.width : size.height;
  page.language = m_impl->language;

  tesseract::TessBaseAPI& api = m_impl->api;
  api.SetImage(reading.image.get());
  api.SetSourceResolution(reading.dpi);
  tesseract::ETEXT_DESC monitor;
  monitor.cancel = go_on;
  if (api.Recognize(&monitor) != 0) {
    api.Clear();
    throw input_error("ocr-failed", "Tesseract could not read the page", "scan it again at 200 to 300 dpi");
  }
  const std::unique_ptr<tesseract::ResultIterator> at(api.GetIterator());
  for (bool more = at != nullptr && !at->Empty(tesseract::RIL_WORD); more; more = at->Next(tesseract::RIL_WORD)) {
    if (page.blocks.empty() || at->IsAtBeginningOf(tesseract::RIL_PARA)) {
      page.blocks.push_back({box_at(*at, tesseract::RIL_PARA, reading.scale), {}});
    }
    if (page.blocks.back().lines.empty() || at->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) {
      page.blocks.back().lines.push_back(line_at(*at, reading.scale));
    }
    OcrWord word = word_at(*at, reading.scale);
    if (!is_noise(word)) {
      page.blocks.back().lines.back().words.push_back(std::move(word));
    }
  }
  api.Clear();
  drop_empty(page);
  return page;
}

}  // namespace sohoa
