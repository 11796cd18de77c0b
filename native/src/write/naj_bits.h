/* Bitmaps that begin at any bit, 64 bits at a time. */
#ifndef NAJ_WRITE_BITS_H
#define NAJ_WRITE_BITS_H

#include <stdint.h>

static inline int naj_bit_is_set(const uint8_t* borrow_bits, int64_t at) {
  return borrow_bits[at >> 3] >> (at & 7) & 1;
}

/* Copies `count` bits from bit `start` on to the beginning of `target`; the rest of its last byte
 * becomes 0. Reads no byte that holds none of these bits. */
void naj_bits_copy(const uint8_t* borrow_bits, int64_t start, int64_t count, uint8_t* target);
/* Bits that are 0 among `count` from bit `start` on. */
int64_t naj_bits_count_zeros(const uint8_t* borrow_bits, int64_t start, int64_t count);

#endif
