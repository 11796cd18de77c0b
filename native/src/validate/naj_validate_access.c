#include "core/naj_checked.h"
#include "schema/naj_schema.h"
#include "validate/naj_validate.h"

enum { BLOCK_ROWS = 1024, VIEW_BYTES = 16, VIEW_INLINE_BYTES = 12 };

/* Each looks at a block without branches, which compilers turn into wide instructions, and only in
 * a bad block for the row. Return the first bad row or -1. */
#define NAJ_FIRST_FALL(name, type)                                    \
  static int64_t name(const uint8_t* at, int64_t length) {            \
    for (int64_t start = 0; start < length; start += BLOCK_ROWS) {    \
      const int64_t left = length - start;                            \
      const int64_t count = left < BLOCK_ROWS ? left : BLOCK_ROWS;    \
      const uint8_t* block = at + start * (int64_t)sizeof(type);      \
      int bad = 0;                                                    \
      for (int64_t i = 0; i < count; i++) {                           \
        type pair[2];                                                 \
        memcpy(pair, block + i * (int64_t)sizeof(type), sizeof pair); \
        bad |= pair[1] < pair[0];                                     \
      }                                                               \
      for (int64_t i = 0; bad && i < count; i++) {                    \
        type pair[2];                                                 \
        memcpy(pair, block + i * (int64_t)sizeof(type), sizeof pair); \
        if (pair[1] < pair[0]) return start + i;                      \
      }                                                               \
    }                                                                 \
    return -1;                                                        \
  }
NAJ_FIRST_FALL(first_fall32, int32_t)
NAJ_FIRST_FALL(first_fall64, int64_t)

static int64_t number_at(const uint8_t* numbers, int32_t width_bytes, int64_t index) {
  return width_bytes == 4 ? naj_validate_int32(numbers + index * 4)
                          : naj_validate_int64(numbers + index * 8);
}

naj_status naj_validate_offsets(const struct naj_validate_array* borrow_array, int32_t width_bytes,
                                int64_t target_length, struct naj_error* error) {
  if (borrow_array->length == 0) return NAJ_OK;
  const uint8_t* offsets =
      naj_validate_bytes(&borrow_array->buffers[0]) + borrow_array->offset * width_bytes;
  if (number_at(offsets, width_bytes, 0) < 0)
    return naj_validate_refuse(borrow_array, 0, "a negative offset", error);
  const int64_t fall = width_bytes == 4 ? first_fall32(offsets, borrow_array->length)
                                        : first_fall64(offsets, borrow_array->length);
  if (fall >= 0) return naj_validate_refuse(borrow_array, fall, "offsets that fall", error);
  if (number_at(offsets, width_bytes, borrow_array->length) <= target_length) return NAJ_OK;
  int64_t row = 0;
  while (number_at(offsets, width_bytes, row + 1) <= target_length) row++;
  return naj_validate_refuse(borrow_array, row, "an offset beyond the values", error);
}

#define NAJ_FIRST_OUTSIDE(name, type)                                               \
  static int64_t name(const uint8_t* offsets, const uint8_t* sizes, int64_t length, \
                      int64_t target_length) {                                      \
    for (int64_t i = 0; i < length; i++) {                                          \
      type offset;                                                                  \
      type size;                                                                    \
      memcpy(&offset, offsets + i * (int64_t)sizeof offset, sizeof offset);         \
      memcpy(&size, sizes + i * (int64_t)sizeof size, sizeof size);                 \
      if (NAJ_UNLIKELY(!naj_range_within(offset, size, target_length))) return i;   \
    }                                                                               \
    return -1;                                                                      \
  }
NAJ_FIRST_OUTSIDE(first_outside32, int32_t)
NAJ_FIRST_OUTSIDE(first_outside64, int64_t)

naj_status naj_validate_list_views(const struct naj_validate_array* borrow_array,
                                   int32_t width_bytes, int64_t target_length,
                                   struct naj_error* error) {
  if (borrow_array->length == 0) return NAJ_OK;
  const int64_t skipped = borrow_array->offset * width_bytes;
  const uint8_t* offsets = naj_validate_bytes(&borrow_array->buffers[0]) + skipped;
  const uint8_t* sizes = naj_validate_bytes(&borrow_array->buffers[1]) + skipped;
  const int64_t row = width_bytes == 4
                          ? first_outside32(offsets, sizes, borrow_array->length, target_length)
                          : first_outside64(offsets, sizes, borrow_array->length, target_length);
  return row < 0 ? NAJ_OK
                 : naj_validate_refuse(borrow_array, row, "a list outside the values", error);
}

static const char* view_defect(const struct naj_validate_array* array, const uint8_t* view,
                               int is_full) {
  const int32_t size = naj_validate_int32(view);
  if (size < 0) return "a view of negative size";
  if (size <= VIEW_INLINE_BYTES) {
    if (!is_full) return NULL;
    for (int32_t i = size; i < VIEW_INLINE_BYTES; i++)
      if (view[4 + i] != 0) return "a view that is not padded with zeros";
    return NULL;
  }
  const int32_t index = naj_validate_int32(view + 8);
  const int32_t offset = naj_validate_int32(view + 12);
  if (index < 0 || index >= array->variadic_count) return "a view into a buffer that is not there";
  const struct naj_table_buffer* data = &array->buffers[1 + index];
  if (!naj_range_within(offset, size, data->size_bytes)) return "a view beyond its buffer";
  if (is_full && memcmp(view + 4, naj_validate_bytes(data) + offset, 4) != 0)
    return "a view whose prefix is not that of its data";
  return NULL;
}

naj_status naj_validate_views(const struct naj_validate_array* borrow_array, int is_full,
                              struct naj_error* error) {
  if (borrow_array->length == 0) return NAJ_OK;
  const uint8_t* views =
      naj_validate_bytes(&borrow_array->buffers[0]) + borrow_array->offset * VIEW_BYTES;
  for (int64_t row = 0; row < borrow_array->length; row++) {
    const char* defect = view_defect(borrow_array, views + row * VIEW_BYTES, is_full);
    if (NAJ_UNLIKELY(defect != NULL) && naj_validate_is_valid(borrow_array, row))
      return naj_validate_refuse(borrow_array, row, defect, error);
  }
  return NAJ_OK;
}

naj_status naj_validate_union(const struct naj_validate_array* borrow_array,
                              const int64_t* borrow_child_lengths, struct naj_error* error) {
  if (borrow_array->length == 0) return NAJ_OK;
  /* Length of the child that a type id stands for, -1: none. */
  int64_t length_of[256];
  for (int i = 0; i < 256; i++) length_of[i] = -1;
  const uint8_t* ids =
      (const uint8_t*)borrow_array->schema->descriptor + borrow_array->field->extra_offset;
  for (int32_t i = 0; i < borrow_array->field->child_count; i++) {
    const int32_t id = naj_validate_int32(ids + (int64_t)i * 4);
    if (id >= 0 && id < 128) length_of[id] = borrow_child_lengths[i];
  }
  const uint8_t* type_ids = naj_validate_bytes(&borrow_array->buffers[0]) + borrow_array->offset;
  const int is_dense = borrow_array->type == NAJ_TYPE_DENSE_UNION;
  const uint8_t* offsets =
      is_dense ? naj_validate_bytes(&borrow_array->buffers[1]) + borrow_array->offset * 4 : NULL;
  for (int64_t row = 0; row < borrow_array->length; row++) {
    const int64_t length = length_of[type_ids[row]];
    const int64_t offset = is_dense ? naj_validate_int32(offsets + row * 4) : 0;
    if (NAJ_UNLIKELY(length < 0 || (is_dense && (offset < 0 || offset >= length))) &&
        naj_validate_is_valid(borrow_array, row)) {
      return naj_validate_refuse(borrow_array, row,
                                 length < 0 ? "a type id that the union does not have"
                                            : "an offset beyond the child of its type",
                                 error);
    }
  }
  return NAJ_OK;
}

static int64_t run_end_at(const uint8_t* run_ends, int32_t type, int64_t index) {
  if (type == NAJ_TYPE_INT32) return naj_validate_int32(run_ends + index * 4);
  if (type == NAJ_TYPE_INT64) return naj_validate_int64(run_ends + index * 8);
  int16_t value;
  memcpy(&value, run_ends + index * 2, sizeof value);
  return value;
}

naj_status naj_validate_run_ends(const struct naj_validate_array* borrow_run_ends,
                                 int64_t covered_rows, struct naj_error* error) {
  const int64_t length = borrow_run_ends->length;
  const int32_t type = borrow_run_ends->type;
  if (length == 0) {
    return covered_rows == 0
               ? NAJ_OK
               : naj_validate_refuse(borrow_run_ends, -1, "no run ends for rows", error);
  }
  const int32_t width_bytes = type == NAJ_TYPE_INT16 ? 2 : type == NAJ_TYPE_INT32 ? 4 : 8;
  const uint8_t* run_ends =
      naj_validate_bytes(&borrow_run_ends->buffers[0]) + borrow_run_ends->offset * width_bytes;
  int64_t before = 0;
  for (int64_t row = 0; row < length; row++) {
    const int64_t run_end = run_end_at(run_ends, type, row);
    if (NAJ_UNLIKELY(run_end <= before))
      return naj_validate_refuse(borrow_run_ends, row, "a run end that does not rise", error);
    before = run_end;
  }
  return before >= covered_rows ? NAJ_OK
                                : naj_validate_refuse(borrow_run_ends, length - 1,
                                                      "run ends before the last row", error);
}

/* First position whose number is not below `limit`, or `length`. */
#define NAJ_FIRST_BEYOND(name, type)                                     \
  static int64_t name(const uint8_t* at, int64_t length, type limit) {   \
    for (int64_t start = 0; start < length; start += BLOCK_ROWS) {       \
      const int64_t left = length - start;                               \
      const int64_t count = left < BLOCK_ROWS ? left : BLOCK_ROWS;       \
      const uint8_t* block = at + start * (int64_t)sizeof(type);         \
      int bad = 0;                                                       \
      for (int64_t i = 0; i < count; i++) {                              \
        type value;                                                      \
        memcpy(&value, block + i * (int64_t)sizeof value, sizeof value); \
        bad |= value >= limit;                                           \
      }                                                                  \
      for (int64_t i = 0; bad && i < count; i++) {                       \
        type value;                                                      \
        memcpy(&value, block + i * (int64_t)sizeof value, sizeof value); \
        if (value >= limit) return start + i;                            \
      }                                                                  \
    }                                                                    \
    return length;                                                       \
  }
NAJ_FIRST_BEYOND(first_beyond8, uint8_t)
NAJ_FIRST_BEYOND(first_beyond16, uint16_t)
NAJ_FIRST_BEYOND(first_beyond32, uint32_t)
NAJ_FIRST_BEYOND(first_beyond64, uint64_t)

static int64_t first_beyond(const uint8_t* indices, int32_t width_bytes, int64_t length,
                            uint64_t limit) {
  switch (width_bytes) {
    case 1:
      return first_beyond8(indices, length, (uint8_t)limit);
    case 2:
      return first_beyond16(indices, length, (uint16_t)limit);
    case 4:
      return first_beyond32(indices, length, (uint32_t)limit);
    default:
      return first_beyond64(indices, length, limit);
  }
}

/* Bits of an index type; a signed one is read as unsigned, with its negative half beyond `limit`.
 */
static int32_t index_bits(int32_t type, int* out_is_signed) {
  *out_is_signed = type >= NAJ_TYPE_INT8 && type <= NAJ_TYPE_INT64;
  return 8 << (*out_is_signed ? type - NAJ_TYPE_INT8 : type - NAJ_TYPE_UINT8);
}

naj_status naj_validate_indices(const struct naj_validate_array* borrow_array,
                                int64_t dictionary_length, struct naj_error* error) {
  if (borrow_array->length == 0) return NAJ_OK;
  int is_signed = 0;
  const int32_t bits = index_bits(borrow_array->type, &is_signed);
  const int32_t width_bytes = bits / 8;
  /* All that an index can say is below 2^value_bits. */
  const int32_t value_bits = is_signed ? bits - 1 : bits;
  uint64_t limit = (uint64_t)dictionary_length;
  if (value_bits < 64 && limit >= UINT64_C(1) << value_bits) {
    if (!is_signed) return NAJ_OK;
    limit = UINT64_C(1) << value_bits;
  }
  const uint8_t* indices =
      naj_validate_bytes(&borrow_array->buffers[0]) + borrow_array->offset * width_bytes;
  int64_t row = first_beyond(indices, width_bytes, borrow_array->length, limit);
  while (row < borrow_array->length) {
    if (naj_validate_is_valid(borrow_array, row))
      return naj_validate_refuse(borrow_array, row, "an index beyond the dictionary", error);
    do row++;
    while (row < borrow_array->length &&
           first_beyond(indices + row * width_bytes, width_bytes, 1, limit) == 1);
  }
  return NAJ_OK;
}
