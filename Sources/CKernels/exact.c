#include "CKernels.h"
#include "instruction_set.h"

#pragma clang fp contract(off)

#if defined(__x86_64__)
#pragma clang attribute push(SEGUE_TARGET_512, apply_to = function)
#define NAME(name) name##_512_double
#define VALUES doubles
#include "exact.inc"
#define NAME(name) name##_512_float
#define VALUES floats
#include "exact.inc"
#pragma clang attribute pop

#pragma clang attribute push(SEGUE_TARGET_256, apply_to = function)
#define NAME(name) name##_256_double
#define VALUES doubles
#include "exact.inc"
#define NAME(name) name##_256_float
#define VALUES floats
#include "exact.inc"
#pragma clang attribute pop

#define CHOOSE(call, ...)                                                                                              \
  switch (segue_level()) {                                                                                             \
    case 2: return rows->floats ? call##_512_float(__VA_ARGS__) : call##_512_double(__VA_ARGS__);                      \
    case 1: return rows->floats ? call##_256_float(__VA_ARGS__) : call##_256_double(__VA_ARGS__);                      \
    default: return rows->floats ? call##_base_float(__VA_ARGS__) : call##_base_double(__VA_ARGS__);                   \
  }
#else
#define CHOOSE(call, ...) return rows->floats ? call##_base_float(__VA_ARGS__) : call##_base_double(__VA_ARGS__);
#endif

#define NAME(name) name##_base_double
#define VALUES doubles
#include "exact.inc"
#define NAME(name) name##_base_float
#define VALUES floats
#include "exact.inc"

void segue_decide(
    const segue_rows *rows, const double *centroids, size_t count, segue_changes *changes, double *scratch,
    uint16_t *labels, float *gaps, const float *drifts) {
  CHOOSE(decide, rows, centroids, count, changes, scratch, labels, gaps, drifts)
}

size_t segue_apply(
    const segue_rows *rows, const segue_changes *changes, size_t count, size_t copies, double *totals) {
  CHOOSE(apply, rows, changes, count, copies, totals)
}

size_t segue_improving_moves(
    const segue_rows *rows, const double *centroids, const double *weights, size_t count, const uint16_t *labels,
    uint32_t *rows_listed, size_t listed, double *scratch) {
  CHOOSE(improving_moves, rows, centroids, weights, count, labels, rows_listed, listed, scratch)
}

double segue_inertia(
    const segue_rows *rows, const double *centroids, const uint16_t *labels, size_t from, size_t to, double *spreads,
    double *squares) {
  CHOOSE(inertia, rows, centroids, labels, from, to, spreads, squares)
}

double segue_pack(const segue_rows *rows, size_t from, size_t to, float *values, float *radii) {
  CHOOSE(pack, rows, from, to, values, radii)
}

int segue_column_moments(
    const segue_rows *rows, size_t from, size_t to, double limit, double *sums, double *smallest, double *largest,
    double *scratch) {
  CHOOSE(column_moments, rows, from, to, limit, sums, smallest, largest, scratch)
}
