#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "write/naj_bits.h"
#include "write/naj_cut.h"

enum {
  VIEW_BYTES = 16,
  VIEW_INLINE_BYTES = 12,
  /* Looking at a view costs about as much as writing twice its size: data buffers of less than
   * that for each row are written as they are. */
  LOOK_BYTES = 2 * VIEW_BYTES
};

static int is_valid(const struct naj_cut* cut, int64_t row) {
  return cut->valid == NULL || naj_bit_is_set(cut->valid, cut->start + row);
}

static int32_t view_part(const uint8_t* view, int64_t part) {
  return (int32_t)naj_cut_load(view, 4, part);
}

/* Bytes that the rows refer to, those that several refer to as often; at most INT64_MAX. */
static naj_status count_referenced(const struct naj_cutter* cutter, const struct naj_cut* cut,
                                   const uint8_t* views, int64_t* out_bytes) {
  int64_t bytes = 0;
  for (int64_t row = 0; row < cut->count; row++, views += VIEW_BYTES) {
    const int32_t size = view_part(views, 0);
    if (size >= 0 && size <= VIEW_INLINE_BYTES) continue;
    if (!is_valid(cut, row)) continue;
    if (NAJ_UNLIKELY(size < 0))
      return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, row, "a view of negative size");
    const int32_t index = view_part(views, 2);
    if (NAJ_UNLIKELY(index < 0 || index >= cut->variadic_count))
      return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, row,
                            "a view into a buffer that is not there");
    if (NAJ_UNLIKELY(
            !naj_range_within(view_part(views, 3), size, cut->values[1 + index].size_bytes)))
      return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, row, "a view beyond its buffer");
    if (!naj_checked_add(bytes, size, &bytes)) bytes = INT64_MAX;
  }
  *out_bytes = bytes;
  return NAJ_OK;
}

/* One data buffer of what is referred to. Everything is checked again: a mapped file may change
 * between the two looks. */
static naj_status compact(struct naj_cutter* cutter, const struct naj_cut* cut,
                          const uint8_t* views, int64_t data_bytes) {
  uint8_t* out_views = NULL;
  uint8_t* data = NULL;
  int64_t used = 0;
  NAJ_TRY(naj_cut_room(cutter, cut->count * VIEW_BYTES, &out_views));
  NAJ_TRY(naj_cut_room(cutter, data_bytes, &data));
  naj_cut_put(cutter, out_views, cut->count * VIEW_BYTES);
  for (int64_t row = 0; row < cut->count; row++, views += VIEW_BYTES, out_views += VIEW_BYTES) {
    if (!is_valid(cut, row)) {
      memset(out_views, 0, VIEW_BYTES);
      continue;
    }
    memcpy(out_views, views, VIEW_BYTES);
    const int32_t size = view_part(out_views, 0);
    if (size >= 0 && size <= VIEW_INLINE_BYTES) continue;
    const int32_t index = view_part(out_views, 2);
    const int32_t offset = view_part(out_views, 3);
    if (NAJ_UNLIKELY(index < 0 || index >= cut->variadic_count || size > data_bytes - used ||
                     !naj_range_within(offset, size, cut->values[1 + index].size_bytes)))
      return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, row, "views changed while written");
    memcpy(data + used, naj_cut_bytes_from(&cut->values[1 + index], offset), (size_t)size);
    naj_cut_store(out_views, 4, 2, 0);
    naj_cut_store(out_views, 4, 3, used);
    used += size;
  }
  const int32_t has_data = used > 0;
  if (has_data) naj_cut_put(cutter, data, used);
  cutter->out_variadic[cutter->next_variadic++] = has_data;
  return NAJ_OK;
}

naj_status naj_cut_views(struct naj_cutter* cutter, const struct naj_cut* borrow_cut) {
  const struct naj_table_buffer* data = &borrow_cut->values[1];
  const uint8_t* views =
      borrow_cut->count == 0
          ? NULL
          : naj_cut_bytes_from(&borrow_cut->values[0], borrow_cut->start * VIEW_BYTES);
  int64_t present = 0;
  for (int64_t i = 0; i < borrow_cut->variadic_count; i++) {
    if (NAJ_UNLIKELY(data[i].size_bytes < 0 || (data[i].address == 0 && data[i].size_bytes > 0)))
      return naj_cut_refuse(cutter, borrow_cut, NAJ_MISUSE, -1, "a buffer without an address");
    if (!naj_checked_add(present, data[i].size_bytes, &present)) present = INT64_MAX;
  }
  if (present / LOOK_BYTES >= borrow_cut->count) {
    int64_t referenced = 0;
    NAJ_TRY(count_referenced(cutter, borrow_cut, views, &referenced));
    if (referenced < present / 2 && referenced <= INT32_MAX)
      return compact(cutter, borrow_cut, views, referenced);
  }
  naj_cut_put(cutter, views, borrow_cut->count * VIEW_BYTES);
  for (int64_t i = 0; i < borrow_cut->variadic_count; i++)
    naj_cut_put(cutter, naj_cut_bytes(&data[i]), data[i].size_bytes);
  cutter->out_variadic[cutter->next_variadic++] = borrow_cut->variadic_count;
  return NAJ_OK;
}
