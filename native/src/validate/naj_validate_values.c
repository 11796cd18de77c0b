#include "validate/naj_validate.h"

enum { LIMBS = 4, MAX_PRECISION = 76 };

int64_t naj_validate_count_zeros(const uint8_t* borrow_bitmap, int64_t position,
                                 int64_t bit_count) {
  int64_t ones = 0;
  int64_t at = position;
  const int64_t end = position + bit_count;
  while (at < end && (at & 7) != 0) ones += naj_validate_bit(borrow_bitmap, at++);
  for (; end - at >= 64; at += 64)
    ones += __builtin_popcountll((uint64_t)naj_validate_int64(borrow_bitmap + (at >> 3)));
  while (at < end) ones += naj_validate_bit(borrow_bitmap, at++);
  return bit_count - ones;
}

/* First valid row whose value is below 0 or not below `limit`, or -1. */
#define NAJ_FIRST_OUT_OF_DAY(name, type)                                                  \
  static int64_t name(const struct naj_validate_array* array, type limit) {               \
    const uint8_t* at =                                                                   \
        naj_validate_bytes(&array->buffers[0]) + array->offset * (int64_t)sizeof(type);   \
    for (int64_t row = 0; row < array->length; row++) {                                   \
      type value;                                                                         \
      memcpy(&value, at + row * (int64_t)sizeof value, sizeof value);                     \
      if ((value < 0 || value >= limit) && naj_validate_is_valid(array, row)) return row; \
    }                                                                                     \
    return -1;                                                                            \
  }
NAJ_FIRST_OUT_OF_DAY(first_out_of_day32, int32_t)
NAJ_FIRST_OUT_OF_DAY(first_out_of_day64, int64_t)

static naj_status check_times(const struct naj_validate_array* array, struct naj_error* error) {
  static const int64_t units_per_day[] = {86400, 86400000, 86400000000, 86400000000000};
  if (array->field->param0 < 0 || array->field->param0 > 3) return NAJ_OK;
  const int64_t limit = units_per_day[array->field->param0];
  const int64_t row = array->type == NAJ_TYPE_TIME32
                          ? first_out_of_day32(array, (int32_t)(limit < INT32_MAX ? limit : 0))
                          : first_out_of_day64(array, limit);
  return row < 0 ? NAJ_OK : naj_validate_refuse(array, row, "a time outside the day", error);
}

static naj_status check_date64(const struct naj_validate_array* array, struct naj_error* error) {
  const uint8_t* at = naj_validate_bytes(&array->buffers[0]) + array->offset * 8;
  for (int64_t row = 0; row < array->length; row++) {
    if (naj_validate_int64(at + row * 8) % 86400000 != 0 && naj_validate_is_valid(array, row))
      return naj_validate_refuse(array, row, "a date64 that is not a whole day", error);
  }
  return NAJ_OK;
}

/* 10^precision in limbs, the lowest first; precision <= MAX_PRECISION, so that it fits. */
static void power_of_ten(int32_t precision, uint64_t out_limbs[LIMBS]) {
  memset(out_limbs, 0, LIMBS * sizeof *out_limbs);
  out_limbs[0] = 1;
  for (int32_t i = 0; i < precision; i++) {
    uint64_t carry = 0;
    for (int k = 0; k < LIMBS; k++) {
      /* In halves of 32 bits, so that products fit. */
      const uint64_t low = (out_limbs[k] & UINT32_MAX) * 10 + carry;
      const uint64_t high = (out_limbs[k] >> 32) * 10 + (low >> 32);
      out_limbs[k] = (high << 32) | (low & UINT32_MAX);
      carry = high >> 32;
    }
  }
}

/* The magnitude of a two's complement number of `width_bytes`, widened. */
static void magnitude(const uint8_t* at, int32_t width_bytes, uint64_t out_limbs[LIMBS]) {
  if (width_bytes == 4) {
    out_limbs[0] = (uint64_t)(int64_t)naj_validate_int32(at);
  } else {
    memcpy(out_limbs, at, (size_t)width_bytes);
  }
  const int given = width_bytes <= 8 ? 1 : width_bytes / 8;
  const int is_negative = (int)(out_limbs[given - 1] >> 63);
  for (int k = given; k < LIMBS; k++) out_limbs[k] = is_negative ? UINT64_MAX : 0;
  if (!is_negative) return;
  uint64_t carry = 1;
  for (int k = 0; k < LIMBS; k++) {
    out_limbs[k] = ~out_limbs[k] + carry;
    carry = carry && out_limbs[k] == 0;
  }
}

static int is_below(const uint64_t a[LIMBS], const uint64_t b[LIMBS]) {
  for (int k = LIMBS - 1; k >= 0; k--)
    if (a[k] != b[k]) return a[k] < b[k];
  return 0;
}

static naj_status check_decimals(const struct naj_validate_array* array, struct naj_error* error) {
  const int32_t width_bytes = array->field->param2 / 8;
  if (array->field->param0 > MAX_PRECISION) return NAJ_OK;
  uint64_t limit[LIMBS];
  power_of_ten(array->field->param0, limit);
  const uint8_t* at = naj_validate_bytes(&array->buffers[0]) + array->offset * width_bytes;
  for (int64_t row = 0; row < array->length; row++) {
    uint64_t value[LIMBS];
    magnitude(at + row * width_bytes, width_bytes, value);
    if (!is_below(value, limit) && naj_validate_is_valid(array, row))
      return naj_validate_refuse(array, row, "a decimal with more digits than its precision",
                                 error);
  }
  return NAJ_OK;
}

naj_status naj_validate_values(const struct naj_validate_array* borrow_array,
                               struct naj_error* error) {
  if (borrow_array->length == 0) return NAJ_OK;
  switch (borrow_array->type) {
    case NAJ_TYPE_DECIMAL:
      return check_decimals(borrow_array, error);
    case NAJ_TYPE_DATE64:
      return check_date64(borrow_array, error);
    case NAJ_TYPE_TIME32:
    case NAJ_TYPE_TIME64:
      return check_times(borrow_array, error);
    default:
      return NAJ_OK;
  }
}
