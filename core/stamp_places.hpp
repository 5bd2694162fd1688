// SPDX-License-Identifier: Apache-2.0
// Where on a page something stands that may be a stamp of one line: a small frame, or a word of coloured or tilted
// letters; each cut out, level and at reading_dpi, for the recognizer to read alone.
#pragma once

#include "core/frame_fit.hpp"
#include "core/ink_colour.hpp"
#include "core/ocr_text.hpp"
#include "core/pix.hpp"
#include "core/prepare.hpp"

#include <functional>
#include <vector>

namespace sohoa {

// Edges of real frames are whole but for faint ones; lines of print make frames with gaps.
inline constexpr double clear_frame = 0.88;
inline constexpr double drawn_frame = 0.97;  // that nothing but lines makes

struct StampPlace {
  TiltedBox box;  // pixels of the ink that is looked at
  bool framed = false;
};

struct StampPiece {
  PixPtr image;  // 8-bit grey, ink dark, what was inside the frame
  bool framed = false;
  bool coloured = false;  // told from print by its ink
  bool pale = false;      // of which only specks are surely coloured
  double clear = 0;       // of the frame (core/frame_fit.hpp)
  double down = 0;        // its middle, as a share of the page's height
  double tilt = 0;        // degrees clockwise from the page's lines
  Box box = {};           // in the upright frame, as if it were level
};

// The print of a page as it was prepared for reading and read; both must outlive this. `dpi` is the scan's, 0 when
// unknown.
class PrintPlaces {
 public:
  PrintPlaces(const ReadingImage& reading, double dpi, const OcrPage& text);

  // Clear frames of ink that was not surely read, and tilted words; a dozen at most.
  std::vector<StampPiece> stamps();
  // Lines of ink as high as capitals that neither the text nor stamps() account for, however they lie: faint print that
  // the recognizer let by. At most half a dozen, from the top.
  [[nodiscard]] std::vector<StampPiece> left_unread() const;
  // Frames of hardly any ink, as a stamp leaves that was nearly dry. At most half a dozen.
  [[nodiscard]] std::vector<StampPiece> faint_frames() const;

 private:
  [[nodiscard]] PixPtr ink_without(const std::function<bool(const OcrLine&, const OcrWord&)>& goes,
                                   double margin) const;
  [[nodiscard]] PixPtr ink_without(double least_confidence, double margin) const;
  [[nodiscard]] std::vector<StampPiece> cut_out(const std::vector<StampPlace>& places) const;

  const ReadingImage& m_reading;
  const OcrPage& m_text;
  double m_scale;  // of the reading image's pixels, one of the ink's
  PixPtr m_small;  // the picture at the ink's scale
  PixPtr m_ink;
  std::vector<StampPlace> m_stamps;
};

// Of a colour scan, of its red, blue and violet ink, told from print by its colour, however the page lies; of other
// scans nothing. The scan must outlive this; `dpi` as above.
class ColourPlaces {
 public:
  ColourPlaces(const Pix& scan, double dpi, int orientation);

  // Frames and words, a dozen of each colour at most.
  std::vector<StampPiece> stamps();
  // Words of ink so pale that stamps() sees specks of it, half a dozen of each colour at most.
  [[nodiscard]] std::vector<StampPiece> pale_words() const;

 private:
  [[nodiscard]] PixPtr ink(InkColour colour, InkLeast least) const;
  void cut_out(const std::vector<StampPlace>& places, InkColour colour, std::vector<StampPiece>& pieces) const;

  const Pix& m_scan;
  int m_orientation;
  double m_scale;    // of the scan's pixels, one of the ink's
  PixPtr m_sampled;  // the scan at the ink's scale, null without colours
  Colour m_paper;
  std::vector<StampPlace> m_stamps;
};

}  // namespace sohoa
