/* Arithmetic and ranges on untrusted numbers: each returns 1 and writes *out when the result is
 * right, 0 otherwise. */
#ifndef NAJ_CORE_CHECKED_H
#define NAJ_CORE_CHECKED_H

#include <stdint.h>

/* For conditions that only bad input makes true. */
#define NAJ_UNLIKELY(condition) __builtin_expect((condition) != 0, 0)

static inline int naj_checked_add(int64_t a, int64_t b, int64_t* out) {
  return !__builtin_add_overflow(a, b, out);
}
static inline int naj_checked_mul(int64_t a, int64_t b, int64_t* out) {
  return !__builtin_mul_overflow(a, b, out);
}
/* 1 when [offset, offset + size) lies in [0, whole), by subtraction. */
static inline int naj_range_within(int64_t offset, int64_t size, int64_t whole) {
  return offset >= 0 && size >= 0 && whole >= 0 && offset <= whole && size <= whole - offset;
}
/* Bytes of a bitmap of `bits` >= 0 bits. */
static inline int64_t naj_bitmap_bytes(int64_t bits) {
  return (int64_t)(((uint64_t)bits + 7) >> 3);
}

#endif
