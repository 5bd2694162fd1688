// SPDX-License-Identifier: Apache-2.0
#include "core/ocr_text.hpp"

#include "core/error.hpp"
#include "core/file_stamp.hpp"
#include "core/fs.hpp"

#include <algorithm>
#include <array>
#include <deque>

namespace sohoa {
namespace {

constexpr std::uint64_t max_tree_bytes = std::uint64_t{64} << 20U;

// A tenth of a pixel is finer than any engine measures, and keeps the files short.
double tenths(double value) { return rounded(value, 10); }

Box box_from(const Json& json) {
  return {json.at(0).get<double>(), json.at(1).get<double>(), json.at(2).get<double>(), json.at(3).get<double>()};
}

constexpr std::array mark_names{"seal", "stamp", "signature", "handwriting"};  // in the order of OcrMark::Kind

OcrMark mark_from(const Json& json) {
  const auto* name = std::find(mark_names.begin(), mark_names.end(), json.at("kind").get<std::string>());
  return {static_cast<OcrMark::Kind>(std::min<std::ptrdiff_t>(name - mark_names.begin(), mark_names.size() - 1)),
          box_from(json.at("box"))};
}

}  // namespace

std::string name_of(OcrMark::Kind kind) { return mark_names.at(static_cast<std::size_t>(kind)); }

Json to_json(const Box& box) {
  return Json::array({tenths(box.left), tenths(box.top), tenths(box.right), tenths(box.bottom)});
}

void WordMean::add(const OcrWord& word, double value) {
  const auto length = static_cast<double>(word.text.size());
  m_sum += value * length;
  m_weight += length;
}

void OcrLine::fit_to(const Box& part) {
  const double width = box.right - box.left;
  const double slope = width > 0 ? (baseline_right - baseline_left) / width : 0;
  baseline_right = baseline_left + slope * (part.right - box.left);
  baseline_left += slope * (part.left - box.left);
  box = part;
}

void OcrLine::fit_to_words() {
  Box all = words.front().box;
  for (const OcrWord& word : words) {
    all = united(all, word.box);
  }
  fit_to(all);
}

double OcrPage::confidence() const {
  WordMean mean;
  for (const OcrBlock& block : blocks) {
    for (const OcrLine& line : block.lines) {
      for (const OcrWord& word : line.words) {
        mean.add(word, word.confidence);
      }
    }
  }
  return mean.value();
}

std::size_t OcrPage::word_count() const {
  std::size_t count = 0;
  for (const OcrBlock& block : blocks) {
    for (const OcrLine& line : block.lines) {
      count += line.words.size();
    }
  }
  return count;
}

std::string OcrPage::text() const {
  std::string out;
  for (const OcrBlock& block : blocks) {
    if (!out.empty()) {
      out += '\n';
    }
    for (const OcrLine& line : block.lines) {
      std::string separator;
      for (const OcrWord& word : line.words) {
        out += separator + word.text;
        separator = " ";
      }
      out += '\n';
    }
  }
  return out;
}

Json to_json(const OcrPage& page) {
  Json blocks = Json::array();
  for (const OcrBlock& block : page.blocks) {
    Json lines = Json::array();
    for (const OcrLine& line : block.lines) {
      Json words = Json::array();
      for (const OcrWord& word : line.words) {
        words.push_back(
            Json{{"text", word.text}, {"confidence", rounded(word.confidence, 1000)}, {"box", to_json(word.box)}});
        if (!word.read.empty()) {
          words.back()["read"] = word.read;
        }
        if (!word.others.empty()) {
          words.back()["others"] = word.others;
        }
      }
      lines.push_back(Json{{"box", to_json(line.box)},
                           {"baseline", {tenths(line.baseline_left), tenths(line.baseline_right)}},
                           {"words", std::move(words)}});
    }
    blocks.push_back(Json{{"box", to_json(block.box)}, {"lines", std::move(lines)}});
  }
  Json marks = Json::array();
  for (const OcrMark& mark : page.marks) {
    marks.push_back(Json{{"kind", name_of(mark.kind)}, {"box", to_json(mark.box)}});
  }
  return Json{{"width", page.width},
              {"height", page.height},
              {"language", page.language},
              {"blocks", std::move(blocks)},
              {"marks", std::move(marks)}};
}

OcrPage ocr_page_from(const Json& json) {
  try {
    OcrPage page;
    page.width = json.at("width").get<int>();
    page.height = json.at("height").get<int>();
    page.language = json.at("language").get<std::string>();
    for (const Json& block_json : json.at("blocks")) {
      OcrBlock block;
      block.box = box_from(block_json.at("box"));
      for (const Json& line_json : block_json.at("lines")) {
        OcrLine line;
        line.box = box_from(line_json.at("box"));
        line.baseline_left = line_json.at("baseline").at(0).get<double>();
        line.baseline_right = line_json.at("baseline").at(1).get<double>();
        for (const Json& word : line_json.at("words")) {
          line.words.push_back({word.at("text").get<std::string>(), word.at("confidence").get<double>(),
                                box_from(word.at("box")), word.value("read", ""),
                                word.value("others", std::vector<std::string>())});
        }
        block.lines.push_back(std::move(line));
      }
      page.blocks.push_back(std::move(block));
    }
    for (const Json& mark : json.value("marks", Json::array())) {
      page.marks.push_back(mark_from(mark));
    }
    return page;
  } catch (const Json::exception& cause) {
    throw input_error("ocr-tree", std::string("the OCR tree is not as sohoa ocr writes it: ") + cause.what(),
                      "remove it from the work folder and run sohoa ocr again");
  }
}

OcrPage load_ocr_page(const std::string& path) {
  struct Loaded {
    std::string path;
    FileStamp stamp;
    OcrPage page;
  };
  constexpr std::size_t most = 32;
  static std::deque<Loaded> last;  // several steps of a process ask for the same pages
  const std::optional<FileStamp> stamp = stamp_of(path);
  if (!stamp) {
    throw input_error("ocr-tree-gone", "the text that was read, " + path + ", is no longer in the work folder",
                      "run sohoa ocr again over the records");
  }
  const auto known = std::find_if(last.begin(), last.end(),
                                  [&](const Loaded& loaded) { return loaded.path == path && loaded.stamp == *stamp; });
  if (known != last.end()) {
    return known->page;
  }
  last.push_front({path, *stamp, ocr_page_from(parse_json(read_file(path, max_tree_bytes), path))});
  if (last.size() > most) {
    last.pop_back();
  }
  return last.front().page;
}

std::optional<OcrPage> find_ocr_page(const Json& page) {
  const std::string tree = string_of(page, "ocr");
  try {
    return tree.empty() ? std::nullopt : std::optional(load_ocr_page(tree));
  } catch (const Error& error) {
    if (error.status() != ExitStatus::input) {
      throw;
    }
    return std::nullopt;
  }
}

}  // namespace sohoa
