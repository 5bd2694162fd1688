// SPDX-License-Identifier: Apache-2.0
#include "core/patch_code.hpp"

#include "core/grey_image.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

namespace sohoa {
namespace {

constexpr double mm_per_inch = 25.4;
constexpr double step_mm = 3;           // between the lines that are looked along
constexpr double least_length_mm = 40;  // of the bars; the rule's 51 with a torn or folded edge
constexpr double most_drift_mm = 1;     // from line to line: 18 degrees
constexpr int most_gaps = 2;            // lines in a row that a stain or a hole may hide
constexpr double least_share = 0.7;
constexpr double quiet_mm = 3;
constexpr int mean_of = 3;  // neighbouring lines, against noise
constexpr int least_contrast = 50;
constexpr double dark_share = 0.6;  // of the brightest pixel around

// One look across the page: `at` along the line, in pixels.
struct Hit {
  double begin = 0;
  double end = 0;
};

class Lines {
 public:
  Lines(const GreyImage& image, bool down, double pixels_per_mm)
      : m_image(image), m_down(down), m_mm(pixels_per_mm), m_window(std::max(2, static_cast<int>(8 * pixels_per_mm))) {}

  [[nodiscard]] int length() const { return m_down ? m_image.height : m_image.width; }
  [[nodiscard]] int count() const { return m_down ? m_image.width : m_image.height; }
  // The patterns that each of the lines at `places` crosses.
  [[nodiscard]] std::vector<std::vector<Hit>> hits(const std::vector<int>& places) const;

 private:
  [[nodiscard]] std::vector<Hit> hits_among(const std::vector<int>& values) const;
  [[nodiscard]] std::vector<std::uint8_t> dark(const std::vector<int>& values) const;
  [[nodiscard]] bool fits(const std::vector<int>& runs, std::size_t first) const;

  const GreyImage& m_image;
  bool m_down;
  double m_mm;
  int m_window;
};

// Nearly always of as many, and a constant divides in a tenth of the time.
int mean(int sum, int count) { return count == mean_of ? sum / mean_of : sum / count; }

std::vector<std::vector<Hit>> Lines::hits(const std::vector<int>& places) const {
  const auto pixels = static_cast<std::size_t>(length());
  std::vector<std::vector<int>> means(places.size(), std::vector<int>(pixels));
  std::vector<std::pair<int, int>> neighbours;  // first and one past the last
  neighbours.reserve(places.size());
  for (const int place : places) {
    neighbours.emplace_back(std::clamp(place - mean_of / 2, 0, count() - 1),
                            std::clamp(place + mean_of / 2, 0, count() - 1) + 1);
  }
  // Always by rows, as they lie in memory.
  for (int y = 0; m_down && y < m_image.height; ++y) {
    const std::uint8_t* row = m_image.row(y);
    for (std::size_t i = 0; i < places.size(); ++i) {
      const auto& [first, last] = neighbours[i];
      means[i][static_cast<std::size_t>(y)] = mean(std::accumulate(row + first, row + last, 0), last - first);
    }
  }
  std::vector<std::vector<Hit>> found;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!m_down) {
      const auto& [first, last] = neighbours[i];
      for (int line = first; line < last; ++line) {
        const std::uint8_t* row = m_image.row(line);
        std::transform(means[i].begin(), means[i].end(), row, means[i].begin(), std::plus<>());
      }
      for (int& value : means[i]) {
        value = mean(value, last - first);
      }
    }
    found.push_back(hits_among(means[i]));
  }
  return found;
}

// Against the brightest pixel around, because a shadow lies over one end of the page at times.
std::vector<std::uint8_t> Lines::dark(const std::vector<int>& values) const {
  const auto size = static_cast<int>(values.size());
  std::vector<int> blocks;  // the brightest of each window
  for (int i = 0; i < size; i += m_window) {
    blocks.push_back(*std::max_element(values.begin() + i, values.begin() + std::min(size, i + m_window)));
  }
  std::vector<std::uint8_t> is_dark(values.size());
  for (std::size_t block = 0; block < blocks.size(); ++block) {
    int brightest = blocks[block];
    brightest = std::max(brightest, blocks[block > 0 ? block - 1 : 0]);
    brightest = std::max(brightest, blocks[std::min(blocks.size() - 1, block + 1)]);
    const int limit = std::min(static_cast<int>(std::ceil(dark_share * brightest)), brightest - least_contrast + 1);
    const std::size_t begin = block * static_cast<std::size_t>(m_window);
    const std::size_t end = std::min(values.size(), begin + static_cast<std::size_t>(m_window));
    for (std::size_t i = begin; i < end; ++i) {
      is_dark[i] = values[i] < limit ? 1 : 0;
    }
  }
  return is_dark;
}

// Seven runs that are the code in either direction, with white before and behind.
bool Lines::fits(const std::vector<int>& runs, std::size_t first) const {
  constexpr double modules = 2 * patch_wide_mm + 5 * patch_narrow_mm;
  double total = 0;
  for (std::size_t i = 0; i < 7; ++i) {
    total += runs[first + i];
  }
  const double scale = total / m_mm / modules;
  if (scale < 0.8 || scale > 1.25) {
    return false;
  }
  const double quiet = quiet_mm * m_mm;
  if ((first > 1 && runs[first - 1] < quiet) || (first + 8 < runs.size() && runs[first + 7] < quiet)) {
    return false;
  }
  const auto is = [&](std::size_t run, bool wide) {
    const double wanted = (wide ? patch_wide_mm : patch_narrow_mm) * scale * m_mm;
    return std::abs(runs[first + run] - wanted) <= wanted * (wide ? 0.15 : 0.3) + 1;
  };
  for (const bool turned : {false, true}) {
    bool all = true;
    for (std::size_t run = 0; run < 7 && all; ++run) {
      const std::size_t bar = run / 2;
      all = is(run, run % 2 == 0 && patch_t_is_wide[turned ? 3 - bar : bar]);
    }
    if (all) {
      return true;
    }
  }
  return false;
}

std::vector<Hit> Lines::hits_among(const std::vector<int>& values) const {
  const std::vector<std::uint8_t> is_dark = dark(values);
  std::vector<int> runs;  // even ones are white
  for (auto from = is_dark.begin(); from != is_dark.end();) {
    const auto to = std::find(from, is_dark.end(), runs.size() % 2 == 0 ? 1 : 0);
    runs.push_back(static_cast<int>(to - from));
    from = to;
  }
  if (runs.empty()) {
    return {};
  }
  std::vector<Hit> found;
  double begin = runs.front();
  for (std::size_t first = 1; first + 7 <= runs.size(); first += 2) {
    double end = begin;
    for (std::size_t i = 0; i < 7; ++i) {
      end += runs[first + i];
    }
    if (fits(runs, first)) {
      found.push_back({begin, end});
    }
    begin += runs[first] + (first + 1 < runs.size() ? runs[first + 1] : 0);
  }
  return found;
}

// Bars that go on from line to line.
struct Track {
  int first = 0;  // line
  int last = 0;
  int lines = 0;
  double begin = 0;
  double end = 0;
  Hit newest;
};

std::optional<Track> longest_track(const Lines& lines, double pixels_per_mm) {
  const int step = std::max(1, static_cast<int>(std::lround(step_mm * pixels_per_mm)));
  const double drift = most_drift_mm * pixels_per_mm;
  std::vector<Track> open;
  std::optional<Track> best;
  std::vector<int> places;
  for (int place = step / 2; place < lines.count(); place += step) {
    places.push_back(place);
  }
  const std::vector<std::vector<Hit>> hits = lines.hits(places);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const int place = places[i];
    for (const Hit& hit : hits[i]) {
      const auto track = std::find_if(open.begin(), open.end(), [&](const Track& one) {
        const int passed = (place - one.last) / step;
        return passed <= most_gaps + 1 && std::abs(one.newest.begin - hit.begin) <= drift * passed &&
               std::abs(one.newest.end - hit.end) <= drift * passed;
      });
      Track& one = track != open.end() ? *track : open.emplace_back(Track{place, place, 0, hit.begin, hit.end, hit});
      one.last = place;
      ++one.lines;
      one.begin = std::min(one.begin, hit.begin);
      one.end = std::max(one.end, hit.end);
      one.newest = hit;
      if (!best || one.lines > best->lines) {
        best = one;
      }
    }
  }
  if (!best || best->last - best->first < least_length_mm * pixels_per_mm) {
    return std::nullopt;
  }
  return best;
}

}  // namespace

std::optional<PatchMark> find_patch_t(const ReducedPage& page) {
  const GreyImage image = grey_image(*page.grey, 1);
  const double pixels_per_mm = page.dpi / mm_per_inch;
  const int step = std::max(1, static_cast<int>(std::lround(step_mm * pixels_per_mm)));
  std::optional<PatchMark> best;
  for (const bool down : {true, false}) {
    const std::optional<Track> track = longest_track(Lines(image, down, pixels_per_mm), pixels_per_mm);
    if (!track) {
      continue;
    }
    const double share =
        std::min(1.0, static_cast<double>(track->lines) / (static_cast<double>(track->last - track->first) / step + 1));
    if (share >= least_share && (!best || share > best->confidence)) {
      const double s = page.scan_dpi / page.dpi;
      best = PatchMark{down ? Box{track->first * s, track->begin * s, track->last * s, track->end * s}
                            : Box{track->begin * s, track->first * s, track->end * s, track->last * s},
                       share};
    }
  }
  return best;
}

}  // namespace sohoa
