#include <string.h>

#include "CKernels.h"
#include "instruction_set.h"

typedef float eight_floats __attribute__((ext_vector_type(8), aligned(4)));
typedef double eight_doubles __attribute__((ext_vector_type(8), aligned(8)));

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(SEGUE_TARGET_512, apply_to = function)
// Interleaves within quarters of a vector, then moves quarters: both cost one step, crossing lanes at will would not.
static inline __attribute__((always_inline)) void transpose_512(void *lines) {
  __m512 *v = lines, a[16], b[16];
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    a[2 * i] = _mm512_unpacklo_ps(v[2 * i], v[2 * i + 1]);
    a[2 * i + 1] = _mm512_unpackhi_ps(v[2 * i], v[2 * i + 1]);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
#pragma clang loop unroll(full)
    for (int h = 0; h < 2; h++) {
      const __m512d low = _mm512_castps_pd(a[4 * i + h]), high = _mm512_castps_pd(a[4 * i + 2 + h]);
      b[4 * i + 2 * h] = _mm512_castpd_ps(_mm512_unpacklo_pd(low, high));
      b[4 * i + 2 * h + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(low, high));
    }
  }
#pragma clang loop unroll(full)
  for (int c = 0; c < 4; c++) {
    const __m512 low = _mm512_shuffle_f32x4(b[c], b[4 + c], 0x88), high = _mm512_shuffle_f32x4(b[c], b[4 + c], 0xdd);
    const __m512 low2 = _mm512_shuffle_f32x4(b[8 + c], b[12 + c], 0x88);
    const __m512 high2 = _mm512_shuffle_f32x4(b[8 + c], b[12 + c], 0xdd);
    v[c] = _mm512_shuffle_f32x4(low, low2, 0x88);
    v[4 + c] = _mm512_shuffle_f32x4(high, high2, 0x88);
    v[8 + c] = _mm512_shuffle_f32x4(low, low2, 0xdd);
    v[12 + c] = _mm512_shuffle_f32x4(high, high2, 0xdd);
  }
}
#define W 16
#define R 4
#define NAME(name) name##_512
#define MASK(lanes) _mm512_movepi32_mask((__m512i)(lanes))
#define LOOK_UP(table, index) ((V_512)_mm512_i32gather_ps((__m512i)(index), table, 4))
#define TRANSPOSE(lines) transpose_512(lines)
#include "assign.inc"
#pragma clang attribute pop

#pragma clang attribute push(SEGUE_TARGET_256, apply_to = function)
static inline __attribute__((always_inline)) void transpose_256(void *lines) {
  __m256 *v = lines, a[8], b[8];
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
    a[2 * i] = _mm256_unpacklo_ps(v[2 * i], v[2 * i + 1]);
    a[2 * i + 1] = _mm256_unpackhi_ps(v[2 * i], v[2 * i + 1]);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 2; i++) {
#pragma clang loop unroll(full)
    for (int h = 0; h < 2; h++) {
      b[4 * i + 2 * h] = _mm256_shuffle_ps(a[4 * i + h], a[4 * i + 2 + h], 0x44);
      b[4 * i + 2 * h + 1] = _mm256_shuffle_ps(a[4 * i + h], a[4 * i + 2 + h], 0xee);
    }
  }
#pragma clang loop unroll(full)
  for (int c = 0; c < 4; c++) {
    v[c] = _mm256_permute2f128_ps(b[c], b[4 + c], 0x20);
    v[4 + c] = _mm256_permute2f128_ps(b[c], b[4 + c], 0x31);
  }
}
#define W 8
#define R 2
#define NAME(name) name##_256
#define MASK(lanes) (uint32_t)_mm256_movemask_ps((__m256)(lanes))
#define LOOK_UP(table, index) ((V_256)_mm256_i32gather_ps(table, (__m256i)(index), 4))
#define TRANSPOSE(lines) transpose_256(lines)
#include "assign.inc"
#pragma clang attribute pop
#endif

typedef float four_floats __attribute__((ext_vector_type(4), aligned(4)));
typedef int four_ints __attribute__((ext_vector_type(4), aligned(4)));

static inline __attribute__((always_inline)) uint32_t mask_base(four_ints lanes) {
  return (uint32_t)(lanes[0] & 1) | (uint32_t)(lanes[1] & 2) | (uint32_t)(lanes[2] & 4) | (uint32_t)(lanes[3] & 8);
}

static inline __attribute__((always_inline)) four_floats look_up_base(const float *table, four_ints index) {
  return (four_floats){table[index[0]], table[index[1]], table[index[2]], table[index[3]]};
}

static inline __attribute__((always_inline)) void transpose_base(void *lines) {
  four_floats *v = lines;
  const four_floats a = __builtin_shufflevector(v[0], v[1], 0, 4, 1, 5), b = __builtin_shufflevector(v[0], v[1], 2, 6, 3, 7);
  const four_floats c = __builtin_shufflevector(v[2], v[3], 0, 4, 1, 5), d = __builtin_shufflevector(v[2], v[3], 2, 6, 3, 7);
  v[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
  v[1] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
  v[2] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
  v[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
}
#define W 4
#define R 2
#define NAME(name) name##_base
#define MASK(lanes) mask_base(lanes)
#define LOOK_UP(table, index) look_up_base(table, index)
#define TRANSPOSE(lines) transpose_base(lines)
#include "assign.inc"

void segue_assign(
    const segue_points *points, const segue_centroids *centroids, size_t from, size_t to, uint16_t *labels,
    float *gaps, const float *drifts, float *scratch, segue_changes *changes) {
  changes->whole_count = changes->picked_count = changes->undecided = 0;
#if defined(__x86_64__)
  switch (segue_level()) {
    case 2: return assign_512(points, centroids, from, to, labels, gaps, drifts, scratch, changes);
    case 1: return assign_256(points, centroids, from, to, labels, gaps, drifts, scratch, changes);
    default: break;
  }
#endif
  assign_base(points, centroids, from, to, labels, gaps, drifts, scratch, changes);
}

void segue_lower_distances(
    const segue_points *points, const double *weights, const float *positions, size_t count, size_t from, size_t to,
    int keep, float *nearest, float *scratch, double *sums) {
#if defined(__x86_64__)
  switch (segue_level()) {
    case 2: return lower_distances_512(points, weights, positions, count, from, to, keep, nearest, scratch, sums);
    case 1: return lower_distances_256(points, weights, positions, count, from, to, keep, nearest, scratch, sums);
    default: break;
  }
#endif
  lower_distances_base(points, weights, positions, count, from, to, keep, nearest, scratch, sums);
}
