// SPDX-License-Identifier: Apache-2.0
// Letters by the upright strokes they are made of, which are what is left of them where a stamp is worn or print goes
// over it. Letters are compared as comparable() (core/text_pattern.hpp) has them.
#pragma once

#include <string>
#include <string_view>

namespace sohoa {

// Letters of one stem are one letter: T has lost its bar where print was taken out. `letters`: comparable ones.
std::string by_stems(std::string letters);

// The letters' upright strokes, each an i: what is worn or crossed reads as other letters of as many.
std::string by_strokes(std::string_view text);

// Whether two letters are the same, or both of one stem.
bool are_alike(const std::string& a, const std::string& b);

}  // namespace sohoa
