#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "write/naj_bits.h"
#include "write/naj_cut.h"

struct list_views {
  const uint8_t* offsets;
  const uint8_t* sizes;
  int32_t width_bytes;
  int64_t first; /* items that rows with items span: [first, end) */
  int64_t end;
  int is_loose; /* rows without items point elsewhere */
};

static int has_items(const struct naj_cut* cut, int64_t row, int64_t size) {
  return size != 0 && (cut->valid == NULL || naj_bit_is_set(cut->valid, cut->start + row));
}

static naj_status find_span(const struct naj_cutter* cutter, const struct naj_cut* cut,
                            struct list_views* lists) {
  const int64_t item_count = cutter->rows->nodes[cut->node + 1].length;
  int64_t first = item_count;
  int64_t end = 0;
  int64_t empty_end = 0;
  lists->is_loose = 0;
  for (int64_t row = 0; row < cut->count; row++) {
    const int64_t offset = naj_cut_load(lists->offsets, lists->width_bytes, row);
    const int64_t size = naj_cut_load(lists->sizes, lists->width_bytes, row);
    const int is_within = naj_range_within(offset, size, item_count);
    if (has_items(cut, row, size)) {
      if (NAJ_UNLIKELY(!is_within))
        return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, row, "a list outside the values");
      if (offset < first) first = offset;
      if (offset + size > end) end = offset + size;
    } else if (!is_within) {
      lists->is_loose = 1;
    } else if (offset + size > empty_end) {
      empty_end = offset + size;
    }
  }
  lists->first = end == 0 ? 0 : first;
  lists->end = end;
  lists->is_loose |= empty_end > end;
  return NAJ_OK;
}

/* Rows without items become offset 0, size 0. */
static naj_status rebase(struct naj_cutter* cutter, const struct naj_cut* cut,
                         const struct list_views* lists) {
  const int32_t width = lists->width_bytes;
  uint8_t* offsets = NULL;
  uint8_t* sizes = NULL;
  NAJ_TRY(naj_cut_room(cutter, cut->count * width, &offsets));
  NAJ_TRY(naj_cut_room(cutter, cut->count * width, &sizes));
  for (int64_t row = 0; row < cut->count; row++) {
    const int64_t size = naj_cut_load(lists->sizes, width, row);
    const int is_used = has_items(cut, row, size);
    const int64_t offset = is_used ? naj_cut_load(lists->offsets, width, row) - lists->first : 0;
    naj_cut_store(offsets, width, row, offset);
    naj_cut_store(sizes, width, row, is_used ? size : 0);
  }
  naj_cut_put(cutter, offsets, cut->count * width);
  naj_cut_put(cutter, sizes, cut->count * width);
  return NAJ_OK;
}

naj_status naj_cut_list_view(struct naj_cutter* cutter, const struct naj_cut* borrow_cut) {
  const int32_t width = borrow_cut->wanted[0].width_bytes;
  if (borrow_cut->count == 0) {
    naj_cut_put(cutter, NULL, 0);
    naj_cut_put(cutter, NULL, 0);
    naj_cut_child(cutter, borrow_cut->node + 1, 0, 0);
    return NAJ_OK;
  }
  struct list_views lists = {
      .offsets = naj_cut_bytes_from(&borrow_cut->values[0], borrow_cut->start * width),
      .sizes = naj_cut_bytes_from(&borrow_cut->values[1], borrow_cut->start * width),
      .width_bytes = width};
  NAJ_TRY(find_span(cutter, borrow_cut, &lists));
  naj_cut_child(cutter, borrow_cut->node + 1, lists.first, lists.end - lists.first);
  if (lists.first > 0 || lists.is_loose) return rebase(cutter, borrow_cut, &lists);
  naj_cut_put(cutter, lists.offsets, borrow_cut->count * width);
  naj_cut_put(cutter, lists.sizes, borrow_cut->count * width);
  return NAJ_OK;
}
