// The hot loops that need instructions Swift cannot name. Each is compiled once per instruction set and
// chosen at run time; results never depend on the choice.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <emmintrin.h>
#endif

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

// Adds the Euclidean distances between sixteen positions and every row to the sums of the groups the row is in.
//
// `rows` is row_count × column_count, `block` column_count × 16 (position p of column c at block[16 * c + p]), `groups`
// row_count × grouping_count: one group per row and grouping. The sum of position p over group g is sums[16 * g + p];
// rows are added in their order.
void segue_distance_sums(
    const double *rows, size_t row_count, size_t column_count, const double *block, const uint32_t *groups,
    size_t grouping_count, double *sums);
