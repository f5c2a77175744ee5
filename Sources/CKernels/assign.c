#include <string.h>

#include "CKernels.h"
#include "instruction_set.h"

// The lowest bits of a score that carry the number of the centroid within its group of at most 256.
static inline int segue_label_mask(size_t k) {
  return k <= 1 ? 0 : k >= 256 ? 255 : (1 << (64 - __builtin_clzll(k - 1))) - 1;
}

// The share of a score that those bits may make up.
static inline float segue_label_share(size_t k) { return (float)(segue_label_mask(k) + 1) * 0x1p-22f; }

typedef float eight_floats __attribute__((ext_vector_type(8), aligned(4)));
typedef double eight_doubles __attribute__((ext_vector_type(8), aligned(8)));

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(SEGUE_TARGET_512, apply_to = function)
// Sixteen values of each of 16 lines, turned. Quarters of a vector are filled from four rows as they are loaded, which
// costs no shuffle; what is left is turning four by four within the quarters.
static inline __attribute__((always_inline)) void turn_512(const float *lines, void *out) {
  __m512 *const v = out;
#pragma clang loop unroll(full)
  for (int q = 0; q < 4; q++) {
    __m512 m[4];
#pragma clang loop unroll(full)
    for (int r = 0; r < 4; r++) {
      __m512 x = _mm512_castps128_ps512(_mm_loadu_ps(lines + r * 16 + 4 * q));
      x = _mm512_mask_broadcast_f32x4(x, 0x00f0, _mm_loadu_ps(lines + (4 + r) * 16 + 4 * q));
      x = _mm512_mask_broadcast_f32x4(x, 0x0f00, _mm_loadu_ps(lines + (8 + r) * 16 + 4 * q));
      m[r] = _mm512_mask_broadcast_f32x4(x, 0xf000, _mm_loadu_ps(lines + (12 + r) * 16 + 4 * q));
    }
    const __m512d a = _mm512_castps_pd(_mm512_unpacklo_ps(m[0], m[1])), b = _mm512_castps_pd(_mm512_unpackhi_ps(m[0], m[1]));
    const __m512d c = _mm512_castps_pd(_mm512_unpacklo_ps(m[2], m[3])), e = _mm512_castps_pd(_mm512_unpackhi_ps(m[2], m[3]));
    v[4 * q] = _mm512_castpd_ps(_mm512_unpacklo_pd(a, c));
    v[4 * q + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(a, c));
    v[4 * q + 2] = _mm512_castpd_ps(_mm512_unpacklo_pd(b, e));
    v[4 * q + 3] = _mm512_castpd_ps(_mm512_unpackhi_pd(b, e));
  }
}
#define W 16
#define R 4
#define NAME(name) name##_512
#define MASK(lanes) _mm512_movepi32_mask((__m512i)(lanes))
#define LOOK_UP(table, index) ((V_512)_mm512_i32gather_ps((__m512i)(index), table, 4))
#define TURN turn_512
#include "assign.inc"
#pragma clang attribute pop

#pragma clang attribute push(SEGUE_TARGET_256, apply_to = function)
static inline __attribute__((always_inline)) void turn_256(const float *lines, void *out) {
  __m256 *const v = out;
#pragma clang loop unroll(full)
  for (int q = 0; q < 2; q++) {
    __m256 m[4];
#pragma clang loop unroll(full)
    for (int r = 0; r < 4; r++) {
      m[r] = _mm256_insertf128_ps(
          _mm256_castps128_ps256(_mm_loadu_ps(lines + r * 16 + 4 * q)),
          _mm_loadu_ps(lines + (4 + r) * 16 + 4 * q), 1);
    }
    const __m256d a = _mm256_castps_pd(_mm256_unpacklo_ps(m[0], m[1])), b = _mm256_castps_pd(_mm256_unpackhi_ps(m[0], m[1]));
    const __m256d c = _mm256_castps_pd(_mm256_unpacklo_ps(m[2], m[3])), e = _mm256_castps_pd(_mm256_unpackhi_ps(m[2], m[3]));
    v[4 * q] = _mm256_castpd_ps(_mm256_unpacklo_pd(a, c));
    v[4 * q + 1] = _mm256_castpd_ps(_mm256_unpackhi_pd(a, c));
    v[4 * q + 2] = _mm256_castpd_ps(_mm256_unpacklo_pd(b, e));
    v[4 * q + 3] = _mm256_castpd_ps(_mm256_unpackhi_pd(b, e));
  }
}
#define W 8
#define R 2
#define NAME(name) name##_256
#define MASK(lanes) (uint32_t)_mm256_movemask_ps((__m256)(lanes))
#define LOOK_UP(table, index) ((V_256)_mm256_i32gather_ps(table, (__m256i)(index), 4))
#define TURN turn_256
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

static inline __attribute__((always_inline)) void turn_base(const float *lines, void *out) {
  four_floats *const v = out, m[4];
  for (int r = 0; r < 4; r++) m[r] = *(const four_floats *)(lines + r * 16);
  const four_floats a = __builtin_shufflevector(m[0], m[1], 0, 4, 1, 5), b = __builtin_shufflevector(m[0], m[1], 2, 6, 3, 7);
  const four_floats c = __builtin_shufflevector(m[2], m[3], 0, 4, 1, 5), e = __builtin_shufflevector(m[2], m[3], 2, 6, 3, 7);
  v[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
  v[1] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
  v[2] = __builtin_shufflevector(b, e, 0, 1, 4, 5);
  v[3] = __builtin_shufflevector(b, e, 2, 3, 6, 7);
}
#define W 4
#define R 2
#define NAME(name) name##_base
#define MASK(lanes) mask_base(lanes)
#define LOOK_UP(table, index) look_up_base(table, index)
#define TURN turn_base
#include "assign.inc"

void segue_assign(
    const segue_rows *rows, const segue_points *points, const segue_centroids *centroids, size_t from, size_t to, uint16_t *labels,
    float *gaps, const float *drifts, float *scratch, segue_changes *changes) {
  changes->whole_count = changes->picked_count = changes->undecided = 0;
#if defined(__x86_64__)
  switch (segue_level()) {
    case 2: return assign_512(rows, points, centroids, from, to, labels, gaps, drifts, scratch, changes);
    case 1: return assign_256(rows, points, centroids, from, to, labels, gaps, drifts, scratch, changes);
    default: break;
  }
#endif
  assign_base(rows, points, centroids, from, to, labels, gaps, drifts, scratch, changes);
}

void segue_lower_distances(
    const segue_points *points, const double *weights, const float *positions, size_t count, size_t from, size_t to,
    int keep, float *nearest, double *sums) {
#if defined(__x86_64__)
  switch (segue_level()) {
    case 2: return lower_distances_512(points, weights, positions, count, from, to, keep, nearest, sums);
    case 1: return lower_distances_256(points, weights, positions, count, from, to, keep, nearest, sums);
    default: break;
  }
#endif
  lower_distances_base(points, weights, positions, count, from, to, keep, nearest, sums);
}
