// SPDX-License-Identifier: Apache-2.0
#include "core/recognizer.hpp"

#include "core/binarize.hpp"
#include "core/confidence.hpp"
#include "core/glued_words.hpp"
#include "core/heartbeat.hpp"
#include "core/language_model.hpp"
#include "core/letters.hpp"
#include "core/marks.hpp"
#include "core/mended_lines.hpp"
#include "core/ocr_result.hpp"
#include "core/ocr_tidy.hpp"
#include "core/prepare.hpp"
#include "core/print_alone.hpp"
#include "core/reading_order.hpp"
#include "core/second_look.hpp"
#include "core/signer_names.hpp"
#include "core/skew.hpp"
#include "core/stamped_lines.hpp"
#include "core/tesseract_network.hpp"
#include "core/unpacked_lines.hpp"
#include "core/unread_ink.hpp"
#include "core/word_choice.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <dlfcn.h>
#include <leptonica/allheaders.h>
#include <malloc.h>
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>

namespace sohoa {
namespace {

// Pages that lie right are read with 0.93 and more, upside down with 0.45.
constexpr double upright_confidence = 0.7;
constexpr double upright_margin = 0.15;
// A word read less surely where a pen or seal went is none.
constexpr double scrawl_confidence = 0.6;

// Each worker is one thread: Tesseract's OpenMP teams cost two thirds more processor time than they save, in waiting
// for one another at every line. OMP_THREAD_LIMIT is read before main(), so the runtime, where Tesseract loaded one, is
// told.
void read_on_one_thread() {
  using SetLevels = void (*)(int);
  if (void* found = ::dlsym(RTLD_DEFAULT, "omp_set_max_active_levels"); found != nullptr) {
    reinterpret_cast<SetLevels>(found)(0);
  }
}

// The next page's pictures are as large again: memory that is given back to the system comes anew, and is cleared
// first.
void keep_memory() {
#ifdef M_MMAP_THRESHOLD
  constexpr int mebibyte = 1 << 20;
  ::mallopt(M_MMAP_THRESHOLD, 64 * mebibyte);
  ::mallopt(M_TRIM_THRESHOLD, 128 * mebibyte);
#endif
}

std::vector<OcrWord> words_of(const SeenPage& page) {
  std::vector<OcrWord> words;
  for (const SeenLine& line : page.lines) {
    for (const SeenWord& seen : line.words) {
      words.push_back(seen.word);
    }
  }
  return words;
}

// Of the page's height: what is stamped on a letter that arrives stands above.
constexpr double head_share = 0.4;

std::vector<Box> stamps_of(const std::vector<StampedLine>& lines) {
  std::vector<Box> stamps;
  for (const StampedLine& line : lines) {
    if (std::find(stamps.begin(), stamps.end(), line.stamp) == stamps.end()) {
      stamps.push_back(line.stamp);
    }
  }
  return stamps;
}

// Asked by Tesseract at every line, as a rule.
bool go_on(void* /*unused*/, int /*words*/) {
  beat();
  return false;
}

}  // namespace

struct Recognizer::Impl {
  tesseract::TessBaseAPI api;
  std::string language;
  LanguageModel model;
  NameLists names;

  void show(const Pix& image);
  // What was shown, all of it or a part. `scale`: its pixels a pixel of the upright frame.
  SeenPage look(tesseract::PageSegMode mode, double scale);
  SeenPage look_at(const Box& part, tesseract::PageSegMode mode, double scale);
  SeenPage look_all_ways(const Pix& scan, double dpi, PageGeometry& geometry, ReadingImage& reading);
  void look_below_stamps(SeenPage& page, const std::vector<StampedLine>& lines, const Pix& picture, double scale);
  void look_again(SeenPage& page, const Pix& picture, double scale);
  void look_for_names(SeenPage& page, const std::vector<OcrMark>& marks, const Pix& picture, double scale);
};

Recognizer::Recognizer(const RecognizerOptions& options) : m_impl(std::make_unique<Impl>()) {
  read_on_one_thread();
  keep_memory();
  read_lines_here(true);
  m_impl->language = options.language;
  m_impl->names = options.names;
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
  // Light text on dark ground does not occur on office paper, and looking for it reads weak lines twice.
  api.SetVariable("tessedit_do_invert", "0");
  // Whether letters are as wide as one another changes nothing in what the neural network reads; to find out is a
  // fiftieth of the time.
  api.SetVariable("textord_disable_pitch_test", "1");
  m_impl->model = load_language_model(options.language);
  if (!m_impl->model.empty()) {
    // What else a glyph may be: two rounds find what five find, for a thirtieth of the time instead of a sixth.
    api.SetVariable("lstm_choice_mode", "2");
    api.SetVariable("lstm_choice_iterations", "2");
  }
}

Recognizer::~Recognizer() = default;

std::string Recognizer::version() {
  const std::unique_ptr<char, void (*)(void*)> leptonica(getLeptonicaVersion(), lept_free);
  return std::string("Tesseract ") + tesseract::TessBaseAPI::Version() + ", " + leptonica.get();
}

void Recognizer::Impl::show(const Pix& image) {
  api.SetImage(const_cast<Pix*>(&image));
  api.SetSourceResolution(static_cast<int>(reading_dpi));
}

SeenPage Recognizer::Impl::look(tesseract::PageSegMode mode, double scale) {
  api.SetPageSegMode(mode);
  tesseract::ETEXT_DESC monitor;
  monitor.cancel = go_on;
  const UnpackedLines unpacked;
  if (api.Recognize(&monitor) != 0) {
    api.Clear();
    throw input_error("ocr-failed", "Tesseract could not read the page", "scan it again at 200 to 300 dpi");
  }
  return seen_by(api, scale, !model.empty());
}

SeenPage Recognizer::Impl::look_at(const Box& part, tesseract::PageSegMode mode, double scale) {
  const auto pixels = [scale](double value) { return static_cast<int>(value * scale); };
  api.SetRectangle(pixels(part.left), pixels(part.top), pixels(part.right - part.left), pixels(part.bottom - part.top));
  return look(mode, scale);
}

// `picture`: without the stamps' ink.
void Recognizer::Impl::look_below_stamps(SeenPage& page, const std::vector<StampedLine>& lines, const Pix& picture,
                                         double scale) {
  if (lines.empty()) {
    return;
  }
  show(picture);
  const Box whole = whole_of(picture, scale);
  std::size_t added = 0;
  for (StampedLine place : lines) {
    place.line += added;
    SeenPage again = look_at(widened(place.box, whole), tesseract::PSM_SINGLE_LINE, scale);
    if (again.lines.size() == 1) {
      added += take_print(page, place, std::move(again.lines[0]), model);
    }
  }
}

// Reads again, from ink alone, what was unsure, what was taken for pictures, and what was let by.
void Recognizer::Impl::look_again(SeenPage& page, const Pix& picture, double scale) {
  const std::vector<std::size_t> unsure = unsure_lines(page);
  const UnreadInk unread = unread_ink(picture, scale, page);
  if (unsure.empty() && page.pictures.empty() && unread.lines.empty() && unread.longer.empty()) {
    return;
  }
  const PixPtr ink = darkest(picture);
  show(*ink);
  const Box whole = whole_of(picture, scale);
  const auto replace = [](SeenLine& line, SeenLine& again) {
    again.block = line.block;
    again.begins_block = line.begins_block;
    line = std::move(again);
  };
  const auto look_at_line = [&](const Box& box) {
    return look_at(widened(box, whole), tesseract::PSM_SINGLE_LINE, scale);
  };
  const auto has_words = [&](const Box& box) {
    constexpr double letter = 8;  // pixels of the reading image
    return (box.right - box.left) * scale >= letter && finds_words(look_at_line(box), model);
  };
  for (const auto& [i, box] : unread.longer) {
    const Box& line = page.lines[i].line.box;
    if (!has_words({box.left, box.top, line.left, box.bottom}) &&
        !has_words({line.right, box.top, box.right, box.bottom})) {
      continue;
    }
    SeenPage again = look_at_line(box);
    if (again.lines.size() == 1 && goes_on(again.lines[0], page.lines[i], model)) {
      replace(page.lines[i], again.lines[0]);
    }
  }
  std::size_t added = 0;
  for (const std::size_t unsure_line : unsure) {
    const std::size_t i = unsure_line + added;
    std::vector<SeenLine> parts;
    for (const Box& column : columns_of(*ink, page.lines[i].line.box, scale)) {
      if (SeenLine part = words_in(column, page.lines[i]); is_sure(part)) {
        parts.push_back(std::move(part));
        continue;
      }
      for (SeenLine& part : look_at_line(column).lines) {
        parts.push_back(std::move(part));
      }
    }
    parts = best_of(std::move(parts), page.lines[i], model);
    if (!parts.empty()) {
      const auto place = page.lines.erase(page.lines.begin() + static_cast<std::ptrdiff_t>(i));
      page.lines.insert(place, std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
      added += parts.size() - 1;
      continue;
    }
    if (!may_gain(page.lines[i], model)) {
      continue;
    }
    SeenPage again = look_at_line(page.lines[i].line.box);
    if (again.lines.size() == 1 && reads_better(again.lines[0], page.lines[i], model)) {
      replace(page.lines[i], again.lines[0]);
    }
  }
  for (const Box& box : page.pictures) {
    add_lines(page, look_at(widened(box, whole), tesseract::PSM_SINGLE_BLOCK, scale).lines, model);
  }
  for (const Box& line : unread.lines) {
    add_lines(page, look_at_line(line).lines, model);
  }
}

void Recognizer::Impl::look_for_names(SeenPage& page, const std::vector<OcrMark>& marks, const Pix& picture,
                                      double scale) {
  const auto read = [&](const Pix& part) {
    show(part);
    std::vector<SeenLine> lines = look(tesseract::PSM_SINGLE_LINE, scale).lines;
    if (lines.size() == 1) {
      lines.front().steps = network_steps(api, scale);
    }
    return lines;
  };
  if (!model.empty()) {
    read_signer_names(page, marks, picture, scale, names, read);
  }
}

// Reads the page; where that goes badly, turned, too.
SeenPage Recognizer::Impl::look_all_ways(const Pix& scan, double dpi, PageGeometry& geometry, ReadingImage& reading) {
  reading = prepare_for_reading(scan, dpi, geometry);
  show(*reading.image);
  SeenPage page = look(tesseract::PSM_AUTO, reading.scale);
  double sure = confidence_of(page);
  const PageGeometry measured = geometry;
  for (const int turn : {180, 90, 270}) {
    if (page.lines.empty() || sure >= upright_confidence) {
      break;
    }
    PageGeometry other = measured;
    other.orientation = (measured.orientation + turn) % 360;
    if (turn != 180) {
      DeskewOptions options;
      options.orientation = false;
      options.dpi = dpi;
      other.skew = measure_page(*turned(scan, other.orientation), options).geometry.skew;
    }
    ReadingImage other_reading = prepare_for_reading(scan, dpi, other);
    show(*other_reading.image);
    SeenPage other_page = look(tesseract::PSM_AUTO, other_reading.scale);
    if (const double other_sure = confidence_of(other_page); other_sure > sure + upright_margin) {
      page = std::move(other_page);
      reading = std::move(other_reading);
      geometry = other;
      sure = other_sure;
    }
  }
  return page;
}

bool Recognizer::knows(std::string_view word) const {
  return m_impl->model.empty() || m_impl->model.knows(to_lower(word));
}

std::string Recognizer::read_line(const Pix& picture) {
  m_impl->show(picture);
  std::string text;
  for (const OcrWord& word : words_of(m_impl->look(tesseract::PSM_SINGLE_LINE, 1))) {
    text += (text.empty() ? "" : " ") + word.text;
  }
  m_impl->api.Clear();
  return text;
}

OcrPage Recognizer::read(const Pix& scan, double dpi, PageGeometry& geometry, ReadingImage* picture) {
  SeenPage seen;
  ReadingImage reading;
  std::vector<OcrMark> marks;
  if (!geometry.blank) {
    seen = m_impl->look_all_ways(scan, dpi, geometry, reading);
    marks = marks_of(scan, dpi, geometry);
    std::vector<StampedLine> stamped;
    if (depth_of(scan) == 32) {
      stamped = stamped_lines(seen, marks, head_share * size_of(*reading.image).height / reading.scale);
    }
    const PixPtr print = print_alone(scan, geometry, reading, marks, stamps_of(stamped));
    const Pix& printed = print != nullptr ? *print : *reading.image;
    m_impl->look_below_stamps(seen, stamped, printed, reading.scale);
    m_impl->look_again(seen, printed, reading.scale);
    part_wide_lines(seen);
    drop_double_lines(seen);
    join_split_lines(seen);
    m_impl->look_for_names(seen, marks, printed, reading.scale);
    drop_double_lines(seen);
    part_glued_words(seen, *reading.image, reading.scale, m_impl->model);
    m_impl->api.Clear();
  }
  if (picture != nullptr) {
    *picture = reading.image != nullptr ? std::move(reading) : prepare_for_reading(scan, dpi, geometry);
  }
  const Size size = size_of(scan);
  const bool sideways = geometry.orientation % 180 != 0;
  OcrPage page;
  page.width = sideways ? size.height : size.width;
  page.height = sideways ? size.width : size.height;
  page.language = m_impl->language;
  page.marks = std::move(marks);
  drop_print(page.marks, words_of(seen));
  const LanguageModel& model = m_impl->model;
  const auto is_scrawl = [&](const OcrWord& word) {
    return !model.empty() && word.confidence < scrawl_confidence && lies_in_scrawl(word.box, page.marks);
  };
  WordChooser chooser(model);
  for (SeenLine& line : seen.lines) {
    if (line.begins_block) {
      chooser.begin_paragraph();
    }
    tidy(line.words, model);
    keep_names(line.words, m_impl->names);
    std::vector<SeenWord> words = line.words;
    chooser.choose(words);
    chooser.learn(words);
  }
  for (SeenLine& line : seen.lines) {
    if (line.begins_block) {
      chooser.begin_paragraph();
      page.blocks.push_back({line.block, {}});
    }
    chooser.choose(line.words);
    const std::vector<bool> noise = noise_in(line.words, model);
    for (std::size_t i = 0; i < line.words.size(); ++i) {
      if (SeenWord& read = line.words[i]; !noise[i] && !is_scrawl(read.word)) {
        read.word.confidence = model.empty() ? read.word.confidence : share_right(read.word.confidence);
        line.line.words.push_back(std::move(read.word));
      }
    }
    if (!line.line.words.empty()) {
      if (line.line.words.size() < line.words.size()) {
        line.line.fit_to_words();
      }
      page.blocks.back().lines.push_back(std::move(line.line));
    }
  }
  std::erase_if(page.blocks, [](const OcrBlock& block) { return block.lines.empty(); });
  read_columns_apart(page);
  return page;
}

}  // namespace sohoa
