// One step of expectation and maximisation for Gaussian mixtures over blocks of 64 rows.
#pragma once

#include <stddef.h>

// Rows lie in blocks of 64, column by column within a block; a last block is filled up with rows of weight zero.
enum { SEGUE_BLOCK_ROWS = 64 };

// k components in d columns.
typedef struct {
  size_t columns, components;
  // Full: `factors` holds d(d + 1)/2 numbers a component, else d.
  int full;
  // k × d.
  const double *means;
  // The inverse of the Cholesky factor of each covariance, row by row without what is above the diagonal; of a
  // diagonal covariance the inverse of each standard deviation.
  const double *factors;
  // ln(weight) − d/2·ln(2π) + ln(determinant of the factor), k of them.
  const double *constants;
} segue_mixture;

// Numbers of scratch space that both functions need for a mixture.
size_t segue_mixture_scratch(size_t columns, size_t components);

// Numbers that a step adds up for each component: Σr, then Σr(x − μ) per column, then Σr(x − μ)(x − μ)ᵀ packed as
// the factors are.
size_t segue_mixture_moments(size_t columns, int full);

// Responsibilities r of the components for `blocks` blocks, and the moments under them, times the weights of the rows.
//
// `moments` takes k times as many numbers as segue_mixture_moments says. Returns the log-likelihood of the rows.
double segue_mixture_step(
    const double *rows, const double *weights, size_t blocks, const segue_mixture *mixture, double *moments,
    double *scratch);

// Responsibilities alone, block by block: 64 for the first component, 64 for the second, …; k × 64 a block.
void segue_mixture_responsibilities(
    const double *rows, size_t blocks, const segue_mixture *mixture, double *responsibilities, double *scratch);
