#include "CKernels.h"
#include "instruction_set.h"

// One position per lane, so that every sum adds its rows in their order, however wide the registers are.
// Aligned as doubles are, no more.
typedef double eight __attribute__((ext_vector_type(8), aligned(8)));

#if defined(__x86_64__)
#pragma clang attribute push(SEGUE_TARGET_512, apply_to = function)
#define NAME(name) name##_512
#include "silhouette.inc"
#pragma clang attribute pop

#pragma clang attribute push(SEGUE_TARGET_256, apply_to = function)
#define NAME(name) name##_256
#include "silhouette.inc"
#pragma clang attribute pop
#endif

#define NAME(name) name##_base
#include "silhouette.inc"

void segue_distance_sums(
    const double *rows, size_t row_count, size_t column_count, const double *block, const uint32_t *groups,
    size_t grouping_count, double *sums) {
#if defined(__x86_64__)
  switch (segue_level()) {
    case 2: return distance_sums_512(rows, row_count, column_count, block, groups, grouping_count, sums);
    case 1: return distance_sums_256(rows, row_count, column_count, block, groups, grouping_count, sums);
    default: break;
  }
#endif
  distance_sums_base(rows, row_count, column_count, block, groups, grouping_count, sums);
}
