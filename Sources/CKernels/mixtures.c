#include "CKernels.h"
#include "instruction_set.h"

// Every variant does the same operations in the same order, none of them fused: the bits are those of any machine.
#pragma STDC FP_CONTRACT OFF
// What passes vectors is inlined, so no calling convention is at stake.
#pragma clang diagnostic ignored "-Wpsabi"

#define LANES 8
#define VECTORS (SEGUE_BLOCK_ROWS / LANES)

typedef double V __attribute__((ext_vector_type(LANES), aligned(8)));
typedef long long I __attribute__((ext_vector_type(LANES), aligned(8)));

#define INLINE static inline __attribute__((always_inline))

size_t segue_mixture_scratch(size_t columns, size_t components) {
  const size_t accumulators = components * segue_mixture_moments(columns, 1) * LANES;
  return (2 * columns + components) * SEGUE_BLOCK_ROWS + accumulators;
}

size_t segue_mixture_moments(size_t columns, int full) {
  return 1 + columns + (full ? columns * (columns + 1) / 2 : columns);
}

#if defined(__x86_64__)
#pragma clang attribute push(SEGUE_TARGET_512, apply_to = function)
#define NAME(name) name##_512
#include "mixtures.inc"
#pragma clang attribute pop

#pragma clang attribute push(SEGUE_TARGET_256, apply_to = function)
#define NAME(name) name##_256
#include "mixtures.inc"
#pragma clang attribute pop
#endif

#define NAME(name) name##_base
#include "mixtures.inc"

double segue_mixture_step(
    const double *rows, const double *weights, size_t blocks, const segue_mixture *mixture, double *moments,
    double *scratch) {
#if defined(__x86_64__)
  switch (segue_level()) {
    case 2: return step_512(rows, weights, blocks, mixture, moments, scratch);
    case 1: return step_256(rows, weights, blocks, mixture, moments, scratch);
    default: break;
  }
#endif
  return step_base(rows, weights, blocks, mixture, moments, scratch);
}

void segue_mixture_responsibilities(
    const double *rows, size_t blocks, const segue_mixture *mixture, double *responsibilities, double *scratch) {
#if defined(__x86_64__)
  switch (segue_level()) {
    case 2: return assign_512(rows, blocks, mixture, responsibilities, scratch);
    case 1: return assign_256(rows, blocks, mixture, responsibilities, scratch);
    default: break;
  }
#endif
  assign_base(rows, blocks, mixture, responsibilities, scratch);
}
