#include <string.h>

#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "write/naj_cut.h"

/* What no offsets say about no rows. */
static const int64_t zero_offset;

/* Writes `count` offsets behind the first, less `first`. Without branches, which compilers turn
 * into wide instructions. Returns 0 when they fall. */
#define NAJ_REBASE(name, type, unsigned_type)                                                  \
  static int name(const uint8_t* offsets, int64_t count, int64_t first, uint8_t* target) {     \
    int bad = 0;                                                                               \
    for (int64_t i = 0; i < count; i++) {                                                      \
      type before;                                                                             \
      type value;                                                                              \
      memcpy(&before, offsets + i * (int64_t)sizeof before, sizeof before);                    \
      memcpy(&value, offsets + (i + 1) * (int64_t)sizeof value, sizeof value);                 \
      const unsigned_type less = (unsigned_type)((unsigned_type)value - (unsigned_type)first); \
      bad |= value < before;                                                                   \
      memcpy(target + i * (int64_t)sizeof less, &less, sizeof less);                           \
    }                                                                                          \
    return !bad;                                                                               \
  }
NAJ_REBASE(rebase32, int32_t, uint32_t)
NAJ_REBASE(rebase64, int64_t, uint64_t)

static int64_t first_fall(const uint8_t* offsets, int32_t width_bytes, int64_t count) {
  int64_t row = 0;
  while (row + 1 < count &&
         naj_cut_load(offsets, width_bytes, row + 1) >= naj_cut_load(offsets, width_bytes, row))
    row++;
  return row;
}

/* Writes the offsets buffer; says which items, of `item_count`, the rows span. */
static naj_status cut_offsets(struct naj_cutter* cutter, const struct naj_cut* cut,
                              int64_t item_count, struct naj_cut_range* out_items) {
  const int32_t width = cut->wanted[0].width_bytes;
  out_items->start = out_items->count = 0;
  if (cut->count == 0) {
    naj_cut_put(cutter, (const uint8_t*)&zero_offset, width);
    return NAJ_OK;
  }
  const uint8_t* offsets = naj_cut_bytes_from(&cut->values[0], cut->start * width);
  const int64_t first = naj_cut_load(offsets, width, 0);
  const int64_t last = naj_cut_load(offsets, width, cut->count);
  if (first < 0) return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, 0, "a negative offset");
  if (last < first)
    return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, first_fall(offsets, width, cut->count),
                          "offsets that fall");
  if (last > item_count)
    return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, cut->count - 1,
                          "an offset beyond the values");
  const int64_t size = (cut->count + 1) * width;
  if (first == 0) {
    naj_cut_put(cutter, offsets, size);
  } else {
    uint8_t* target = NULL;
    NAJ_TRY(naj_cut_room(cutter, size, &target));
    memset(target, 0, (size_t)width);
    const int rises = width == 4 ? rebase32(offsets, cut->count, first, target + width)
                                 : rebase64(offsets, cut->count, first, target + width);
    if (NAJ_UNLIKELY(!rises))
      return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, first_fall(offsets, width, cut->count),
                            "offsets that fall");
    naj_cut_put(cutter, target, size);
  }
  out_items->start = first;
  out_items->count = last - first;
  return NAJ_OK;
}

naj_status naj_cut_strings(struct naj_cutter* cutter, const struct naj_cut* borrow_cut) {
  const struct naj_table_buffer* data = &borrow_cut->values[1];
  struct naj_cut_range items;
  NAJ_TRY(cut_offsets(cutter, borrow_cut, data->size_bytes, &items));
  naj_cut_put(cutter, items.count == 0 ? NULL : naj_cut_bytes_from(data, items.start), items.count);
  return NAJ_OK;
}

naj_status naj_cut_list(struct naj_cutter* cutter, const struct naj_cut* borrow_cut) {
  const int32_t child = borrow_cut->node + 1;
  struct naj_cut_range items;
  NAJ_TRY(cut_offsets(cutter, borrow_cut, cutter->rows->nodes[child].length, &items));
  naj_cut_child(cutter, child, items.start, items.count);
  return NAJ_OK;
}
