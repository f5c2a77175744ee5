#include "CKernels.h"
#include "instruction_set.h"

// Positions of the bits of `found`, eight at a time: what is written behind the last is overwritten by the next.
static inline __attribute__((always_inline)) void emit_bits(uint64_t found, uint32_t at, uint32_t *out) {
  while (found) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
      // Of zero, the count of trailing zeros is 64 here, never undefined; such entries are not counted.
      out[i] = at + (uint32_t)(found ? __builtin_ctzll(found) : 64);
      found &= found - 1;
    }
    out += 4;
  }
}

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(SEGUE_TARGET_512, apply_to = function)
static inline __attribute__((always_inline)) void masks_512(
    const uint8_t *p, uint8_t delimiter, uint8_t newline, uint64_t *d, uint64_t *n, uint64_t *q) {
  const __m512i text = _mm512_loadu_si512(p);
  *d = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8((char)delimiter));
  *n = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8((char)newline));
  *q = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('"'));
}

static inline __attribute__((always_inline)) void count_512(
    const uint8_t *p, uint8_t newline, uint64_t *h, uint64_t *n, uint64_t *q) {
  const __m512i text = _mm512_loadu_si512(p);
  *h = _mm512_movepi8_mask(text);
  *n = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8((char)newline));
  *q = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('"'));
}

// The places of the bits as bytes, packed; widened and stored sixteen at a time.
static inline __attribute__((always_inline)) void emit_512(uint64_t found, uint32_t at, uint32_t *out) {
  const __m512i places = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36,
      35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7,
      6, 5, 4, 3, 2, 1, 0);
  const __m512i packed = _mm512_maskz_compress_epi8(found, places);
  const __m512i base = _mm512_set1_epi32((int)at);
  const int count = __builtin_popcountll(found);
  _mm512_storeu_si512(out, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed))));
  if (__builtin_expect(count > 16, 0)) {
    _mm512_storeu_si512(
        out + 16, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 1))));
    if (count > 32) {
      _mm512_storeu_si512(
          out + 32, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 2))));
      _mm512_storeu_si512(
          out + 48, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 3))));
    }
  }
}
#define LOAD_MASKS masks_512
#define COUNT_MASKS count_512
#define EMIT emit_512
#define NAME(name) name##_512
#include "separators.inc"
#pragma clang attribute pop

#pragma clang attribute push(SEGUE_TARGET_256, apply_to = function)
static inline __attribute__((always_inline)) uint64_t equal_256(const uint8_t *p, uint8_t byte) {
  const __m256i wanted = _mm256_set1_epi8((char)byte);
  const __m256i low = _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)p), wanted);
  const __m256i high = _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(p + 32)), wanted);
  return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

static inline __attribute__((always_inline)) void masks_256(
    const uint8_t *p, uint8_t delimiter, uint8_t newline, uint64_t *d, uint64_t *n, uint64_t *q) {
  *d = equal_256(p, delimiter);
  *n = equal_256(p, newline);
  *q = equal_256(p, '"');
}

static inline __attribute__((always_inline)) void count_256(
    const uint8_t *p, uint8_t newline, uint64_t *h, uint64_t *n, uint64_t *q) {
  *h = (uint32_t)_mm256_movemask_epi8(_mm256_loadu_si256((const __m256i *)p)) |
       (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_loadu_si256((const __m256i *)(p + 32))) << 32;
  *n = equal_256(p, newline);
  *q = equal_256(p, '"');
}
#define LOAD_MASKS masks_256
#define COUNT_MASKS count_256
#define EMIT emit_bits
#define NAME(name) name##_256
#include "separators.inc"
#pragma clang attribute pop

// SSE2 is part of every x86-64.
static inline __attribute__((always_inline)) uint64_t equal_64(const uint8_t *p, uint8_t byte) {
  const __m128i wanted = _mm_set1_epi8((char)byte);
  uint64_t mask = 0;
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
    const __m128i text = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(text, wanted)) << (16 * i);
  }
  return mask;
}

static inline __attribute__((always_inline)) uint64_t high_64(const uint8_t *p) {
  uint64_t mask = 0;
  for (int i = 0; i < 4; i++) {
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(p + 16 * i))) << (16 * i);
  }
  return mask;
}
#else
static inline __attribute__((always_inline)) uint64_t equal_64(const uint8_t *p, uint8_t byte) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(p[i] == byte) << i;
  return mask;
}

static inline __attribute__((always_inline)) uint64_t high_64(const uint8_t *p) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(p[i] >> 7) << i;
  return mask;
}
#endif

static inline __attribute__((always_inline)) void masks_base(
    const uint8_t *p, uint8_t delimiter, uint8_t newline, uint64_t *d, uint64_t *n, uint64_t *q) {
  *d = equal_64(p, delimiter);
  *n = equal_64(p, newline);
  *q = equal_64(p, '"');
}

static inline __attribute__((always_inline)) void count_base(
    const uint8_t *p, uint8_t newline, uint64_t *h, uint64_t *n, uint64_t *q) {
  *h = high_64(p);
  *n = equal_64(p, newline);
  *q = equal_64(p, '"');
}
#define LOAD_MASKS masks_base
#define COUNT_MASKS count_base
#define EMIT emit_bits
#define NAME(name) name##_base
#include "separators.inc"

void segue_count_bytes(
    const uint8_t *text, size_t count, uint8_t newline, uint64_t *quotes, uint64_t *newlines, uint64_t *high) {
#if defined(__x86_64__)
  switch (segue_level()) {
    case 2: return tally_512(text, count, newline, quotes, newlines, high);
    case 1: return tally_256(text, count, newline, quotes, newlines, high);
    default: break;
  }
#endif
  tally_base(text, count, newline, quotes, newlines, high);
}

void segue_scan_separators(
    const uint8_t *text, uint32_t from, uint32_t to, uint8_t delimiter, uint8_t newline, segue_scan_state *state,
    uint32_t *separators, uint32_t *separator_count, uint32_t *row_ends, uint32_t *row_count) {
#if defined(__x86_64__)
  switch (segue_level()) {
    case 2:
      return find_512(
          text, from, to, delimiter, newline, state, separators, separator_count, row_ends, row_count);
    case 1:
      return find_256(
          text, from, to, delimiter, newline, state, separators, separator_count, row_ends, row_count);
    default: break;
  }
#endif
  find_base(text, from, to, delimiter, newline, state, separators, separator_count, row_ends, row_count);
}
