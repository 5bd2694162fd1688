// SPDX-License-Identifier: Apache-2.0
// The image type of the project: Leptonica's Pix, owned. All other code that includes
// Leptonica lies beside this file in core/ and is listed in scripts/layers.txt.
#pragma once

#include "core/document.hpp"

#include <functional>
#include <memory>
#include <vector>

struct Boxa;
struct Pix;

namespace sohoa {

struct PixFree {
  void operator()(Pix* pix) const noexcept;
};

// 1 bit a pixel (1 is black), 8 bits grey, or 32 bits RGB; no colour map. Never null once handed over.
using PixPtr = std::unique_ptr<Pix, PixFree>;

struct BoxaFree {
  void operator()(Boxa* boxes) const noexcept;
};
using BoxaPtr = std::unique_ptr<Boxa, BoxaFree>;

// Takes the pointer that a Leptonica call returned; throws Error(ExitStatus::input,
// "image-operation") naming `operation` when it is null.
PixPtr own(Pix* pix, const char* operation);

struct Size {
  int width = 0;   // pixels
  int height = 0;  // pixels
};
Size size_of(const Pix& pix);
int depth_of(const Pix& pix);

struct PixRect {
  int left = 0;  // pixels
  int top = 0;
  int width = 0;
  int height = 0;
};
// The boxes of the connected parts of a 1-bit image, corners counting as connections, in the order of their first rows.
std::vector<PixRect> parts_of(const Pix& ink);

// What is in the box, which must lie within the image.
PixPtr cut_out(const Pix& image, const PixRect& part);

// Turns the page's scan into pixels. formats/scan.hpp has the real one; core only calls it.
using PageLoader = std::function<PixPtr(const SourcePage&)>;

}  // namespace sohoa
