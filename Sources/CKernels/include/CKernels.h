// The hot loops that need instructions Swift cannot name. Each is compiled once per instruction set and
// chosen at run time; results never depend on the choice.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

// The name of the instruction set that was chosen.
const char *segue_instruction_set(void);
