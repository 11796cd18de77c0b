/* The parts of naj_validate: what is checked of one array's content. */
#ifndef NAJ_VALIDATE_VALIDATE_H
#define NAJ_VALIDATE_VALIDATE_H

#include <string.h>

#include "naj/naj.h"

/* One array with its buffers, whose sizes suffice for offset + length. Row i stands at position
 * offset + i of each buffer. */
struct naj_validate_array {
  const struct naj_schema* schema;
  const struct naj_field_record* field;
  int32_t field_index;
  int32_t type; /* as laid out: of the indices for a dictionary-encoded field */
  int64_t length;
  int64_t offset;
  const uint8_t* bitmap;   /* as given, NULL: none */
  const uint8_t* validity; /* the bitmap unless no nulls are declared; NULL: all rows are valid */
  /* After the validity, in the order of Message.fbs, variadic ones included; never NULL where a row
   * is read. */
  const struct naj_table_buffer* buffers;
  int64_t variadic_count; /* of a view array: buffers[1] and on */
};

/* Sets NAJ_INVALID_DATA with the array's path and `row` (-1: none) and returns it. */
naj_status naj_validate_refuse(const struct naj_validate_array* borrow_array, int64_t row,
                               const char* reason, struct naj_error* error);

static inline const uint8_t* naj_validate_bytes(const struct naj_table_buffer* borrow_buffer) {
  return (const uint8_t*)(uintptr_t)borrow_buffer->address;
}
static inline int naj_validate_bit(const uint8_t* borrow_bitmap, int64_t position) {
  return (borrow_bitmap[position >> 3] >> (position & 7)) & 1;
}
/* `row` counts from the array's offset. */
static inline int naj_validate_is_valid(const struct naj_validate_array* borrow_array,
                                        int64_t row) {
  return borrow_array->validity == NULL ||
         naj_validate_bit(borrow_array->validity, borrow_array->offset + row);
}
static inline int32_t naj_validate_int32(const uint8_t* borrow_at) {
  int32_t value;
  memcpy(&value, borrow_at, sizeof value);
  return value;
}
static inline int64_t naj_validate_int64(const uint8_t* borrow_at) {
  int64_t value;
  memcpy(&value, borrow_at, sizeof value);
  return value;
}

/* Offsets (buffers[0], `width_bytes` 4 or 8) begin at 0 or above, never fall, and end within
 * `target_length`. */
naj_status naj_validate_offsets(const struct naj_validate_array* borrow_array, int32_t width_bytes,
                                int64_t target_length, struct naj_error* error);
/* Each offset (buffers[0]) and size (buffers[1]) of a list view lies within `target_length`. */
naj_status naj_validate_list_views(const struct naj_validate_array* borrow_array,
                                   int32_t width_bytes, int64_t target_length,
                                   struct naj_error* error);
/* Each view is inline or within its data buffer; with `is_full` inline views are padded with zeros
 * and prefixes repeat the data. */
naj_status naj_validate_views(const struct naj_validate_array* borrow_array, int is_full,
                              struct naj_error* error);
/* Each type id is one of the union's and, in a dense union, its offset is within the child:
 * `borrow_child_lengths` has the length of each child, or INT64_MAX where offsets play no part. */
naj_status naj_validate_union(const struct naj_validate_array* borrow_array,
                              const int64_t* borrow_child_lengths, struct naj_error* error);
/* `borrow_run_ends` (of an integer type) rise from above 0 and reach `covered_rows`. */
naj_status naj_validate_run_ends(const struct naj_validate_array* borrow_run_ends,
                                 int64_t covered_rows, struct naj_error* error);
/* Each index that is not null is within `dictionary_length`. */
naj_status naj_validate_indices(const struct naj_validate_array* borrow_array,
                                int64_t dictionary_length, struct naj_error* error);

/* Bits that are 0 in `bit_count` bits from `position` on. */
int64_t naj_validate_count_zeros(const uint8_t* borrow_bitmap, int64_t position, int64_t bit_count);
/* Values of decimals, dates and times; other types pass. */
naj_status naj_validate_values(const struct naj_validate_array* borrow_array,
                               struct naj_error* error);
/* Each string of a utf8, large utf8 or utf8 view array whose places are checked already. */
naj_status naj_validate_strings(const struct naj_validate_array* borrow_array,
                                struct naj_error* error);
/* 1 when the bytes are UTF-8 (RFC 3629): no overlong forms, no surrogates, at most U+10FFFF. */
int naj_utf8_is_valid(const uint8_t* borrow_bytes, int64_t size_bytes);
/* 1 when no byte is above 127. */
int naj_utf8_is_ascii(const uint8_t* borrow_bytes, int64_t size_bytes);

#endif
