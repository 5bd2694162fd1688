// SPDX-License-Identifier: Apache-2.0
// SOHOA_WIDE before a function with a loop over a page's pixels compiles it a second time, for processors with AVX2;
// which of the two runs is settled when the program starts. Both compute the same, to the bit.
#pragma once

// Sanitizers are not up yet when the choice is made.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define SOHOA_WIDE [[gnu::target_clones("avx2", "default")]]
#else
#define SOHOA_WIDE
#endif
