// The hot loops that need instructions Swift cannot name. Each is compiled once per instruction set and
// chosen at run time; results never depend on the choice.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <emmintrin.h>
#endif

#include "mixtures.h"

// What the structural scan carries from one window of a text to the next.
typedef struct {
  // All ones inside a quoted field, else zero.
  uint64_t inside;
  // 1 if a quote that comes next would open a field: at a record's start, after a separator or a closing quote.
  uint64_t may_open;
  // Not zero once a quote stood where RFC 4180 has none: what was found from there on may be wrong.
  uint64_t stray;
  // Not zero once there was any quote.
  uint64_t quotes;
} segue_scan_state;

// The number of quotes, of `newline` bytes and whether any byte is above 127, in `count` bytes.
void segue_count_bytes(
    const uint8_t *text, size_t count, uint8_t newline, uint64_t *quotes, uint64_t *newlines, uint64_t *high);

// Finds every delimiter and line end outside quotes in text[from ..< to].
//
// Appends their positions to `separators`, which holds `*separator_count`, and for every line end the number of
// separators up to and with it to `row_ends`. Both must have room for to - from more. Reads up to 63 bytes behind `to`.
void segue_scan_separators(
    const uint8_t *text, uint32_t from, uint32_t to, uint8_t delimiter, uint8_t newline, segue_scan_state *state,
    uint32_t *separators, uint32_t *separator_count, uint32_t *row_ends, uint32_t *row_count);

// Uses nothing above a level from now on: 0 what every machine has, 1 AVX2, 2 AVX-512. For tests.
void segue_limit_instruction_set(int level);

// The name of the instruction set that was chosen.
const char *segue_instruction_set(void);

// Asks for the cache line of an address that will be needed soon.
static inline void segue_prefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

// Copies a cache line past the cache: for what will not be read again soon. Both must be aligned to 64 bytes.
static inline void segue_stream_line(void *to, const void *from) {
#if defined(__x86_64__)
  for (int i = 0; i < 4; i++) _mm_stream_si128((__m128i *)to + i, _mm_load_si128((const __m128i *)from + i));
#else
  memcpy(to, from, 64);
#endif
}

// Makes what was streamed visible to other threads.
static inline void segue_finish_streams(void) {
#if defined(__x86_64__)
  _mm_sfence();
#endif
}

// Folds the 128-bit product of two words into one.
static inline uint64_t segue_fold(uint64_t a, uint64_t b) {
  const unsigned __int128 product = (unsigned __int128)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

// A 128-bit fingerprint of some bytes, the same on every machine: multiply and fold, as wyhash does
// (Wang Yi, "wyhash", 2019), twice with different constants.
static inline void segue_fingerprint(const uint8_t *bytes, size_t count, uint64_t *first, uint64_t *second) {
  uint64_t a = 0xa0761d6478bd642full ^ count, b = 0xe7037ed1a0b428dbull + count;
  size_t left = count;
  for (; left >= 16; left -= 16, bytes += 16) {
    uint64_t x, y;
    memcpy(&x, bytes, 8);
    memcpy(&y, bytes + 8, 8);
    a = segue_fold(a ^ x, 0x8ebc6af09c88c6e3ull ^ y);
    b = segue_fold(b ^ y, 0x589965cc75374cc3ull ^ x) + 0x1d8e4e27c47d124full;
  }
  uint64_t x = 0, y = 0;
  if (left >= 8) {
    memcpy(&x, bytes, 8);
    memcpy(&y, bytes + 8, left - 8);
  } else {
    memcpy(&x, bytes, left);
  }
  a = segue_fold(a ^ x, 0x8ebc6af09c88c6e3ull ^ y);
  b = segue_fold(b ^ y, 0x589965cc75374cc3ull ^ x);
  *first = segue_fold(a ^ 0xeb44accab455d165ull, b ^ 0xa0761d6478bd642full);
  *second = segue_fold(b ^ 0x2d358dccaa6c78a5ull, a ^ 0x8bb84b93962eacc9ull);
}

// MARK: Nearest centroids

// The label of a row that has none yet, and of one that single precision cannot decide.
#define SEGUE_NO_LABEL 0xFFFF

// Points in whole numbers of 16 bits: centred, scaled, in blocks of 64 rows that share a step. A row is as long as 32,000
// steps at most, so sums of products never overflow. The last block is padded.
typedef struct {
  // Per block pairs of columns × 64 rows × 2; the last column is paired with zeros if there is no other.
  const int16_t *values;
  // Per block: what a whole number stands for; at least how far any row is from what its numbers say; at least the square
  // of the length of the longest row.
  const float *steps, *errors, *radii;
  size_t columns;
} segue_points;

// Points as they came: rows × columns in double or single precision, and what is taken from each column.
typedef struct {
  const double *doubles;
  // Not null if the rows are in single precision.
  const float *floats;
  const double *center;
  // Per row; null if all count alike.
  const double *weights;
  size_t columns;
  // The power of two that single precision was scaled by.
  double scale;
} segue_rows;

// What rows are compared with, in the coordinates of the points.
typedef struct {
  // In single precision: k × columns, each value times −2.
  const float *values;
  // k: squared lengths.
  const float *norms;
  // In whole numbers: k × pairs of columns × 2, and what a number stands for, per centroid.
  const int16_t *wholes;
  const float *steps;
  // At least how far any centroid is from what its whole numbers say.
  float lost;
  // Relative error of a score in single precision: rounding of the values, the products and the sums.
  float error;
  // A row is undecided too if its two smallest squared distances differ by less than this share of their sum.
  float margin;
  size_t count;
} segue_centroids;

// A row whose label changes; `to` is SEGUE_NO_LABEL where single precision could not decide.
typedef struct {
  uint32_t row;
  uint16_t from, to;
} segue_change;

// What one call found, in the order of the rows within each list. Room for one change a row in each.
typedef struct {
  // Of blocks measured as a whole, and of rows picked out of them.
  segue_change *whole, *picked;
  size_t whole_count, picked_count;
  // How many of them are undecided.
  size_t undecided;
} segue_changes;

// The most rows of a block that are fetched one by one; from there on measuring the whole block costs less. Per row,
// a block costs some products for each column and centroid, a fetch some thousand products.
static inline int segue_picked_limit(size_t columns, size_t centroids) {
  const size_t products = centroids * (columns + 6);
  return (int)(64 * products / (2 * products + 700 + 150 * columns));
}

// Finds the nearest centroid of rows `from` ..< `to`; `from` is a multiple of 64.
//
// Whole numbers propose. Rows whose two best scores they cannot tell apart for certain are measured in single precision;
// rows that this cannot tell apart either keep their label and are listed as undecided. Ties always are. Labels that
// certainly change are written and listed.
//
// `gaps` may be null. Else it holds, per row, how much farther the second nearest centroid was than the nearest when
// the row was last measured, plus `drifts` of its label then; rows whose gap still exceeds `drifts` are passed over. `drifts` has an
// entry more than there are centroids, for rows without a label
// (bounds of Hamerly 2010, doi:10.1137/1.9781611972801.12, kept as one number a row). `scratch` holds columns × 64
// values, aligned to 64 bytes.
void segue_assign(
    const segue_rows *rows, const segue_points *points, const segue_centroids *centroids, size_t from, size_t to, uint16_t *labels,
    float *gaps, const float *drifts, float *scratch, segue_changes *changes);

// Decides the undecided changes in double precision: the nearest of `centroids` (k × columns, centred), ties to the
// lowest. Writes labels and gaps. `gaps` may be null. `scratch` holds columns × 8 values.
void segue_decide(
    const segue_rows *rows, const double *centroids, size_t count, segue_changes *changes, double *scratch,
    uint16_t *labels, float *gaps, const float *drifts);

// Adds the rows that entered a cluster to `totals`, and takes away those that left, in the order of the rows: sums
// (k × columns), then weights (k), then numbers of rows (k). Returns how many rows changed. Changes must be decided.
//
// `totals` holds `copies` times as many values, all zero but the first part at will. Rows take turns with the copies
// (1, 2 or 4), because a sum waits for the one before it; in the end the first holds them all.
size_t segue_apply(
    const segue_rows *rows, const segue_changes *changes, size_t count, size_t copies, double *totals);

// Keeps of `rows_listed`, ascending, those whose move to another cluster lowers inertia, and returns how many.
//
// Taking x of weight w out of cluster a of weight W saves W/(W − w)·w·‖x − a‖², putting it into b of weight U costs
// U/(U + w)·w·‖x − b‖² (Hartigan 1975). The last row of a cluster never leaves it.
size_t segue_improving_moves(
    const segue_rows *rows, const double *centroids, const double *weights, size_t count, const uint16_t *labels,
    uint32_t *rows_listed, size_t listed, double *scratch);

// Σ w·‖x − c‖² of rows `from` ..< `to`, each to the centroid of its label, in an order of additions that is always the
// same. Where they are not null, `spreads` gets Σ w·‖x − c‖ per cluster added, and `squares` ‖x − c‖² per row from its
// start on.
double segue_inertia(
    const segue_rows *rows, const double *centroids, const uint16_t *labels, size_t from, size_t to, double *spreads,
    double *squares);

// Writes the blocks of rows `from` ..< `to` (from a multiple of 64), padding the last, with their steps, errors and radii.
// Returns Σ w·‖x‖² of the centred rows, unscaled.
double segue_pack(
    const segue_rows *rows, size_t from, size_t to, int16_t *values, float *steps, float *errors, float *radii);

// Column by column the sum, smallest and largest value of rows `from` ..< `to`, without centring; sums are weighted.
// Returns 0 if some value is no number or larger than `limit`, and then nothing else counts. `scratch` holds
// columns × 24 values.
int segue_column_moments(
    const segue_rows *rows, size_t from, size_t to, double limit, double *sums, double *smallest, double *largest,
    double *scratch);

// Per block of rows `from` ..< `to`, in whole numbers, Σ w·min(nearest, ‖x − p‖²) over its rows, for each of `count` positions p
// (count × columns, in the coordinates of the points): blocks × count sums. If `keep` is not 0, `nearest` is lowered by
// all positions, and there is one sum a block, of what is left. `nearest` has one value a row, padded to a block. The
// bits do not depend on the instruction set.
void segue_lower_distances(
    const segue_points *points, const double *weights, const float *positions, size_t count, size_t from, size_t to,
    int keep, float *nearest, float *scratch, double *sums);

// Adds the Euclidean distances between sixteen positions and every row to the sums of the groups the row is in.
//
// `rows` is row_count × column_count, `block` column_count × 16 (position p of column c at block[16 * c + p]), `groups`
// row_count × grouping_count: one group per row and grouping. The sum of position p over group g is sums[16 * g + p];
// rows are added in their order.
void segue_distance_sums(
    const double *rows, size_t row_count, size_t column_count, const double *block, const uint32_t *groups,
    size_t grouping_count, double *sums);
