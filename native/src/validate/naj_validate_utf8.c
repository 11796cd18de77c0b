#include "validate/naj_validate.h"

static uint64_t load64(const uint8_t* at) {
  uint64_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

static const uint64_t high_bits = 0x8080808080808080u;

int naj_utf8_is_ascii(const uint8_t* borrow_bytes, int64_t size_bytes) {
  uint64_t seen = 0;
  int64_t i = 0;
  /* In blocks, so that text in other scripts is left early. */
  for (; size_bytes - i >= 64; i += 64) {
    for (int64_t k = 0; k < 64; k += 8) seen |= load64(borrow_bytes + i + k);
    if (seen & high_bits) return 0;
  }
  for (; size_bytes - i >= 8; i += 8) seen |= load64(borrow_bytes + i);
  for (; i < size_bytes; i++) seen |= borrow_bytes[i];
  return (seen & high_bits) == 0;
}

int naj_utf8_is_valid(const uint8_t* borrow_bytes, int64_t size_bytes) {
  int64_t i = 0;
  while (i < size_bytes) {
    const uint8_t lead = borrow_bytes[i];
    if (lead < 0x80) {
      i++;
      while (size_bytes - i >= 8 && (load64(borrow_bytes + i) & high_bits) == 0) i += 8;
      continue;
    }
    /* What the second byte may be is where overlong forms, surrogates and the end lie. */
    int64_t following = 1;
    uint8_t low = 0x80;
    uint8_t high = 0xBF;
    if (lead >= 0xF0) {
      if (lead > 0xF4) return 0;
      following = 3;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    } else if (lead >= 0xE0) {
      following = 2;
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
    } else if (lead < 0xC2) {
      return 0;
    }
    if (following >= size_bytes - i) return 0;
    if (borrow_bytes[i + 1] < low || borrow_bytes[i + 1] > high) return 0;
    for (int64_t k = 2; k <= following; k++)
      if ((borrow_bytes[i + k] & 0xC0) != 0x80) return 0;
    i += following + 1;
  }
  return 1;
}

static const char not_utf8[] = "a string that is not UTF-8";

static naj_status check_view_strings(const struct naj_validate_array* array,
                                     struct naj_error* error) {
  const uint8_t* views = naj_validate_bytes(&array->buffers[0]) + array->offset * 16;
  for (int64_t row = 0; row < array->length; row++) {
    if (!naj_validate_is_valid(array, row)) continue;
    const uint8_t* view = views + row * 16;
    const int32_t size = naj_validate_int32(view);
    const uint8_t* bytes =
        size <= 12 ? view + 4
                   : naj_validate_bytes(&array->buffers[1 + naj_validate_int32(view + 8)]) +
                         naj_validate_int32(view + 12);
    if (!naj_utf8_is_valid(bytes, size)) return naj_validate_refuse(array, row, not_utf8, error);
  }
  return NAJ_OK;
}

static int64_t offset_at(const uint8_t* offsets, int32_t width_bytes, int64_t index) {
  return width_bytes == 4 ? naj_validate_int32(offsets + index * 4)
                          : naj_validate_int64(offsets + index * 8);
}

naj_status naj_validate_strings(const struct naj_validate_array* borrow_array,
                                struct naj_error* error) {
  if (borrow_array->length == 0) return NAJ_OK;
  if (borrow_array->type == NAJ_TYPE_UTF8_VIEW) return check_view_strings(borrow_array, error);
  const int32_t width_bytes = borrow_array->type == NAJ_TYPE_UTF8 ? 4 : 8;
  const uint8_t* offsets =
      naj_validate_bytes(&borrow_array->buffers[0]) + borrow_array->offset * width_bytes;
  const uint8_t* data = naj_validate_bytes(&borrow_array->buffers[1]);
  const int64_t first = offset_at(offsets, width_bytes, 0);
  const int64_t last = offset_at(offsets, width_bytes, borrow_array->length);
  if (first == last || naj_utf8_is_ascii(data + first, last - first)) return NAJ_OK;
  for (int64_t row = 0; row < borrow_array->length; row++) {
    const int64_t begin = offset_at(offsets, width_bytes, row);
    const int64_t end = offset_at(offsets, width_bytes, row + 1);
    if (naj_validate_is_valid(borrow_array, row) && !naj_utf8_is_valid(data + begin, end - begin))
      return naj_validate_refuse(borrow_array, row, not_utf8, error);
  }
  return NAJ_OK;
}
