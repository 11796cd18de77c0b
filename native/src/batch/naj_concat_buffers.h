/* Pieces of naj_concat: one buffer of two arrays at a time. Values are not aligned. */
#ifndef NAJ_BATCH_CONCAT_BUFFERS_H
#define NAJ_BATCH_CONCAT_BUFFERS_H

#include "naj/naj.h"

/* Copies `count` bits from bit `start` of `borrow_bits` on (NULL: all set) to bit `target_bit` on
 * of `target`, whose bits from there on are clear. */
void naj_concat_bits(const uint8_t* borrow_bits, int64_t start, int64_t count, uint8_t* target,
                     int64_t target_bit);
int64_t naj_count_zero_bits(const uint8_t* borrow_bits, int64_t count);

/* Reads one signed integer of 2, 4 or 8 bytes. */
int64_t naj_load_int(const uint8_t* borrow_values, int64_t index, int32_t width_bytes);

/* Values in [least, most] become values from `base` on. */
struct naj_shift {
  int64_t least;
  int64_t most;
  int64_t base;
  int32_t is_ascending; /* a value may not be below the one before */
};

/* Writes `base + source[i] - least` for i in [0, count) to `target`. */
naj_status naj_concat_shifted(const uint8_t* borrow_source, int64_t count, int32_t width_bytes,
                              const struct naj_shift* borrow_shift, uint8_t* target,
                              struct naj_error* error);

/* Writes the ends of runs that cover rows [start, start + row_count) as ends of runs of rows that
 * begin at `base`; the last run may reach further than the rows. */
naj_status naj_concat_run_ends(const uint8_t* borrow_ends, int64_t count, int32_t width_bytes,
                               int64_t start, int64_t row_count, int64_t base, uint8_t* target,
                               struct naj_error* error);

/* Copies views; `base` is added to the buffer index of those that point to one of `borrow_buffers`.
 * A view under a null is written as zeros, every other is checked. */
naj_status naj_concat_views(const uint8_t* borrow_views, const uint8_t* borrow_validity,
                            int64_t start, int64_t count,
                            const struct naj_table_buffer* borrow_buffers, int64_t buffer_count,
                            int64_t base, uint8_t* target, struct naj_error* error);

#endif
