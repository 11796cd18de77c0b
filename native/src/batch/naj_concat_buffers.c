#include "batch/naj_concat_buffers.h"

#include <string.h>

#include "core/naj_checked.h"
#include "core/naj_status.h"

enum { VIEW_BYTES = 16, VIEW_INLINE_BYTES = 12 };

static int bit_is_set(const uint8_t* bits, int64_t at) { return bits[at / 8] >> (at % 8) & 1; }

void naj_concat_bits(const uint8_t* borrow_bits, int64_t start, int64_t count, uint8_t* target,
                     int64_t target_bit) {
  int64_t i = 0;
  if (borrow_bits != NULL && start % 8 == 0 && target_bit % 8 == 0) {
    if (count >= 8) memcpy(target + target_bit / 8, borrow_bits + start / 8, (size_t)(count / 8));
    i = count / 8 * 8;
  }
  for (; i < count; i++) {
    const int bit = borrow_bits == NULL || bit_is_set(borrow_bits, start + i);
    target[(target_bit + i) / 8] |= (uint8_t)(bit << ((target_bit + i) % 8));
  }
}

int64_t naj_count_zero_bits(const uint8_t* borrow_bits, int64_t count) {
  int64_t zeros = 0;
  for (int64_t i = 0; i < count / 8; i++) zeros += 8 - __builtin_popcount(borrow_bits[i]);
  for (int64_t i = count / 8 * 8; i < count; i++) zeros += !bit_is_set(borrow_bits, i);
  return zeros;
}

int64_t naj_load_int(const uint8_t* borrow_values, int64_t index, int32_t width_bytes) {
  const uint8_t* at = borrow_values + index * width_bytes;
  int16_t value16;
  int32_t value32;
  int64_t value64;
  switch (width_bytes) {
    case 2:
      memcpy(&value16, at, sizeof value16);
      return value16;
    case 4:
      memcpy(&value32, at, sizeof value32);
      return value32;
    default:
      memcpy(&value64, at, sizeof value64);
      return value64;
  }
}

static void store_int(uint8_t* values, int64_t index, int32_t width_bytes, int64_t value) {
  uint8_t* at = values + index * width_bytes;
  const int16_t value16 = (int16_t)value;
  const int32_t value32 = (int32_t)value;
  if (width_bytes == 2) memcpy(at, &value16, sizeof value16);
  if (width_bytes == 4) memcpy(at, &value32, sizeof value32);
  if (width_bytes == 8) memcpy(at, &value, sizeof value);
}

static int64_t largest_int(int32_t width_bytes) {
  return width_bytes == 2 ? INT16_MAX : width_bytes == 4 ? INT32_MAX : INT64_MAX;
}

static naj_status does_not_fit(int32_t width_bytes, struct naj_error* error) {
  return naj_error_set(error, NAJ_LIMIT_EXCEEDED, -1,
                       "the values of a dictionary and its deltas do not fit %d-byte offsets",
                       width_bytes);
}

naj_status naj_concat_shifted(const uint8_t* borrow_source, int64_t count, int32_t width_bytes,
                              const struct naj_shift* borrow_shift, uint8_t* target,
                              struct naj_error* error) {
  const int64_t room = largest_int(width_bytes) - borrow_shift->base;
  int64_t least = borrow_shift->least;
  for (int64_t i = 0; i < count; i++) {
    const int64_t value = naj_load_int(borrow_source, i, width_bytes);
    if (value < least || value > borrow_shift->most)
      return naj_error_set(error, NAJ_INVALID_DATA, -1, "offset %lld is not in [%lld, %lld]",
                           (long long)value, (long long)least, (long long)borrow_shift->most);
    if (value - borrow_shift->least > room) return does_not_fit(width_bytes, error);
    if (borrow_shift->is_ascending) least = value;
    store_int(target, i, width_bytes, value - borrow_shift->least + borrow_shift->base);
  }
  return NAJ_OK;
}

naj_status naj_concat_run_ends(const uint8_t* borrow_ends, int64_t count, int32_t width_bytes,
                               int64_t start, int64_t row_count, int64_t base, uint8_t* target,
                               struct naj_error* error) {
  const int64_t room = largest_int(width_bytes) - base;
  int64_t before = 0;
  for (int64_t i = 0; i < count; i++) {
    const int64_t end = naj_load_int(borrow_ends, i, width_bytes);
    const int64_t rows = end - start > row_count ? row_count : end - start;
    if (end <= start || rows <= before)
      return naj_error_set(error, NAJ_INVALID_DATA, -1, "run ends do not ascend");
    if (rows > room) return does_not_fit(width_bytes, error);
    before = rows;
    store_int(target, i, width_bytes, rows + base);
  }
  return NAJ_OK;
}

/* Size, then for sizes above 12: 4 bytes of prefix, buffer index, offset. */
static naj_status shift_view(const uint8_t* view, const struct naj_table_buffer* buffers,
                             int64_t buffer_count, int64_t base, uint8_t* target,
                             struct naj_error* error) {
  const int64_t size = naj_load_int(view, 0, 4);
  if (size < 0)
    return naj_error_set(error, NAJ_INVALID_DATA, -1, "a view of %lld bytes", (long long)size);
  memcpy(target, view, VIEW_BYTES);
  if (size <= VIEW_INLINE_BYTES) return NAJ_OK;
  const int64_t index = naj_load_int(view, 2, 4);
  const int64_t offset = naj_load_int(view, 3, 4);
  if (index < 0 || index >= buffer_count ||
      !naj_range_within(offset, size, buffers[index].size_bytes))
    return naj_error_set(error, NAJ_INVALID_DATA, -1,
                         "a view of %lld bytes at %lld of buffer %lld is outside the buffers",
                         (long long)size, (long long)offset, (long long)index);
  if (index > INT32_MAX - base)
    return naj_error_set(error, NAJ_LIMIT_EXCEEDED, -1, "more than 2^31 data buffers");
  store_int(target, 2, 4, index + base);
  return NAJ_OK;
}

naj_status naj_concat_views(const uint8_t* borrow_views, const uint8_t* borrow_validity,
                            int64_t start, int64_t count,
                            const struct naj_table_buffer* borrow_buffers, int64_t buffer_count,
                            int64_t base, uint8_t* target, struct naj_error* error) {
  for (int64_t i = start; i < start + count; i++, target += VIEW_BYTES) {
    if (borrow_validity != NULL && !bit_is_set(borrow_validity, i)) {
      memset(target, 0, VIEW_BYTES);
    } else {
      NAJ_TRY(shift_view(borrow_views + i * VIEW_BYTES, borrow_buffers, buffer_count, base, target,
                         error));
    }
  }
  return NAJ_OK;
}
