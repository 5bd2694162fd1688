// SPDX-License-Identifier: Apache-2.0
#include "core/line_kernels.hpp"

#if defined(__AVX512VNNI__)

#include <immintrin.h>

namespace sohoa {
namespace {

using Floats = __m512;
using Words = int __attribute__((vector_size(64)));
constexpr int lanes = 16;
// One factor of the processor's product has no sign.
constexpr int offset = 128;

__m512i bits(Words words) { return reinterpret_cast<__m512i>(words); }
Words words(__m512i bits) { return reinterpret_cast<Words>(bits); }

Words load(const std::int32_t* from) { return words(_mm512_loadu_si512(from)); }
Words load_words(const std::int8_t* from) { return words(_mm512_loadu_si512(from)); }
Floats load(const float* from) { return _mm512_loadu_ps(from); }
void store(std::int32_t* to, Words from) { _mm512_storeu_si512(to, bits(from)); }
void store(float* to, Floats from) { _mm512_storeu_ps(to, from); }
Words spread(std::int32_t value) { return words(_mm512_set1_epi32(value)); }
Floats spread(float value) { return _mm512_set1_ps(value); }

Words dot(Words sum, Words given, Words weights) {
  return words(_mm512_dpbusd_epi32(bits(sum), bits(given), bits(weights)));
}

Floats to_floats(Words from) { return _mm512_cvtepi32_ps(bits(from)); }
Words to_words(Floats from) { return words(_mm512_cvttps_epi32(from)); }
Words greater(Words one, Words other) { return words(_mm512_max_epi32(bits(one), bits(other))); }
Floats magnitude(Floats from) { return _mm512_abs_ps(from); }
Floats clipped(Floats from, float most) { return _mm512_max_ps(_mm512_min_ps(from, spread(most)), spread(-most)); }

__mmask16 negative(Floats of) { return _mm512_movepi32_mask(_mm512_castps_si512(of)); }
Floats where_negative(Floats of, Floats then, Floats otherwise) {
  return _mm512_mask_blend_ps(negative(of), otherwise, then);
}
Words where_negative(Floats of, Words then, Words otherwise) {
  return words(_mm512_mask_blend_epi32(negative(of), bits(otherwise), bits(then)));
}

Floats curve(Floats x, const LineCurve& curve) {
  const Floats place = _mm512_min_ps(x * LineCurve::steps, spread(static_cast<float>(LineCurve::size - 1)));
  const __m512i at = _mm512_cvttps_epi32(place);
  // A value and its rise lie side by side, and are fetched as one.
  const auto pairs = [&curve](__m256i of) {
    return _mm512_castsi512_ps(_mm512_mask_i32gather_epi64(_mm512_setzero_si512(), 255, of, curve.values, 8));
  };
  const __m512 first = pairs(_mm512_castsi512_si256(at));
  const __m512 second = pairs(_mm512_extracti64x4_epi64(at, 1));
  const __m512i even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  const Floats value = _mm512_permutex2var_ps(first, even, second);
  const Floats rise = _mm512_permutex2var_ps(first, _mm512_or_si512(even, _mm512_set1_epi32(1)), second);
  return value + rise * (place - _mm512_cvtepi32_ps(at));
}

void put_bytes(std::int32_t* to, Words from) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm512_cvtepi32_epi8(bits(from + offset)));
}

}  // namespace
}  // namespace sohoa

#include "core/line_loops.inc"

namespace sohoa {

const LineKernels line_kernels_vnni{lanes, offset, products, along, strokes, columns_down};

}  // namespace sohoa

#endif
