// SPDX-License-Identifier: Apache-2.0
#include "core/line_kernels.hpp"

#if defined(__AVX2__)

#include <immintrin.h>

namespace sohoa {
namespace {

using Floats = __m256;
using Words = int __attribute__((vector_size(32)));
constexpr int lanes = 8;
constexpr int offset = 0;

__m256i bits(Words words) { return reinterpret_cast<__m256i>(words); }
Words words(__m256i bits) { return reinterpret_cast<Words>(bits); }

Words load(const std::int32_t* from) { return words(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from))); }
Words load_words(const std::int8_t* from) { return words(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from))); }
Floats load(const float* from) { return _mm256_loadu_ps(from); }
void store(std::int32_t* to, Words from) { _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), bits(from)); }
void store(float* to, Floats from) { _mm256_storeu_ps(to, from); }
Words spread(std::int32_t value) { return words(_mm256_set1_epi32(value)); }
Floats spread(float value) { return _mm256_set1_ps(value); }

// The first factor of the processor's product has no sign, so the second takes it; no pair of products is too large for
// its 16 bits.
Words dot(Words sum, Words given, Words weights) {
  const __m256i signed_given = _mm256_sign_epi8(bits(given), bits(weights));
  const __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(bits(weights)), signed_given);
  return sum + words(_mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

Floats to_floats(Words from) { return _mm256_cvtepi32_ps(bits(from)); }
Words to_words(Floats from) { return words(_mm256_cvttps_epi32(from)); }
Words greater(Words one, Words other) { return words(_mm256_max_epi32(bits(one), bits(other))); }
Floats magnitude(Floats from) { return _mm256_andnot_ps(spread(-0.0F), from); }
Floats clipped(Floats from, float most) { return _mm256_max_ps(_mm256_min_ps(from, spread(most)), spread(-most)); }

Floats where_negative(Floats of, Floats then, Floats otherwise) { return _mm256_blendv_ps(otherwise, then, of); }
Words where_negative(Floats of, Words then, Words otherwise) {
  return words(
      _mm256_castps_si256(_mm256_blendv_ps(_mm256_castsi256_ps(bits(otherwise)), _mm256_castsi256_ps(bits(then)), of)));
}

Floats curve(Floats x, const LineCurve& curve) {
  const Floats place = _mm256_min_ps(x * LineCurve::steps, spread(static_cast<float>(LineCurve::size - 1)));
  const __m256i at = _mm256_cvttps_epi32(place);
  // A value and its rise lie side by side, and are fetched as one.
  const auto pairs = [&curve](__m128i of) {
    const __m256d all = _mm256_castsi256_pd(_mm256_set1_epi64x(-1));
    const auto* values = reinterpret_cast<const double*>(curve.values);
    return _mm256_castpd_ps(_mm256_mask_i32gather_pd(_mm256_setzero_pd(), values, of, all, 8));
  };
  const __m256 first = pairs(_mm256_castsi256_si128(at));
  const __m256 second = pairs(_mm256_extracti128_si256(at, 1));
  const auto in_order = [](__m256 mixed) {
    constexpr int middle_changed = 0xD8;
    return _mm256_castpd_ps(_mm256_permute4x64_pd(_mm256_castps_pd(mixed), middle_changed));
  };
  constexpr int even = 0x88;
  constexpr int odd = 0xDD;
  const Floats value = in_order(_mm256_shuffle_ps(first, second, even));
  const Floats rise = in_order(_mm256_shuffle_ps(first, second, odd));
  return value + rise * (place - _mm256_cvtepi32_ps(at));
}

void put_bytes(std::int32_t* to, Words from) {
  const __m128i halves = _mm_packs_epi32(_mm256_castsi256_si128(bits(from)), _mm256_extracti128_si256(bits(from), 1));
  _mm_storel_epi64(reinterpret_cast<__m128i*>(to), _mm_packs_epi16(halves, halves));
}

}  // namespace
}  // namespace sohoa

#include "core/line_loops.inc"

namespace sohoa {

const LineKernels line_kernels_avx2{lanes, offset, products, along, strokes, columns_down};

}  // namespace sohoa

#endif
