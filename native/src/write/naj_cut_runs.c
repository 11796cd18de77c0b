#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "write/naj_cut.h"

/* The first run that ends behind `row`, or `count`. */
static int64_t find_run(const uint8_t* ends, int32_t width_bytes, int64_t count, int64_t row) {
  int64_t low = 0;
  int64_t high = count;
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    if (naj_cut_load(ends, width_bytes, middle) > row) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

naj_status naj_cut_runs(struct naj_cutter* cutter, const struct naj_cut* borrow_cut) {
  const int32_t ends_node = borrow_cut->node + 1;
  const int32_t values_node = cutter->plan->nodes[ends_node].subtree_end;
  naj_cut_child(cutter, ends_node, 0, 0);
  naj_cut_child(cutter, values_node, 0, 0);
  if (borrow_cut->count == 0) return NAJ_OK;
  const struct naj_array_node* child = &cutter->rows->nodes[ends_node];
  const struct naj_plan_buffer* wanted =
      &cutter->plan->buffers[cutter->plan->nodes[ends_node].first_buffer + 1];
  if (child->buffer_count != 2 || cutter->rows->buffer_count - cutter->next_in < 2 ||
      child->length < 0 || child->offset < 0)
    return naj_cut_refuse(cutter, borrow_cut, NAJ_MISUSE, -1, "run ends of another layout");
  const struct naj_table_buffer* buffer = &cutter->rows->buffers[cutter->next_in + 1];
  int64_t last = 0;
  int64_t needed = 0;
  if (!naj_checked_add(child->offset, child->length, &last) ||
      !naj_plan_needed_bytes(wanted, last, &needed) || needed > buffer->size_bytes ||
      (needed > 0 && buffer->address == 0))
    return naj_cut_refuse(cutter, borrow_cut, NAJ_INVALID_DATA, -1, "a run ends buffer too small");
  const int32_t width = wanted->width_bytes;
  const uint8_t* ends = naj_cut_bytes_from(buffer, child->offset * width);
  const int64_t first_run = find_run(ends, width, child->length, borrow_cut->start);
  const int64_t last_run =
      find_run(ends, width, child->length, borrow_cut->start + borrow_cut->count - 1);
  if (last_run == child->length)
    return naj_cut_refuse(cutter, borrow_cut, NAJ_INVALID_DATA, borrow_cut->count - 1,
                          "run ends before the last row");
  if (last_run < first_run || (first_run > 0 && naj_cut_load(ends, width, first_run - 1) <= 0))
    return naj_cut_refuse(cutter, borrow_cut, NAJ_INVALID_DATA, -1, "run ends that do not rise");
  naj_cut_child(cutter, ends_node, first_run, last_run - first_run + 1);
  naj_cut_child(cutter, values_node, first_run, last_run - first_run + 1);
  return NAJ_OK;
}

naj_status naj_cut_run_ends(struct naj_cutter* cutter, const struct naj_cut* borrow_cut) {
  const int32_t width = borrow_cut->wanted[0].width_bytes;
  const int32_t parent = borrow_cut->plan->parent_node;
  const int64_t start = cutter->rows->nodes[parent].offset + cutter->ranges[parent].start;
  const int64_t row_count = cutter->ranges[parent].count;
  const int64_t count = borrow_cut->count;
  if (count == 0) {
    naj_cut_put(cutter, NULL, 0);
    return NAJ_OK;
  }
  const uint8_t* ends = naj_cut_bytes_from(&borrow_cut->values[0], borrow_cut->start * width);
  uint8_t* target = NULL;
  if (start != 0 || naj_cut_load(ends, width, count - 1) != row_count)
    NAJ_TRY(naj_cut_room(cutter, count * width, &target));
  int64_t before = 0;
  for (int64_t i = 0; i < count; i++) {
    const int64_t end = naj_cut_load(ends, width, i);
    const int64_t rows = end <= start ? 0 : end - start > row_count ? row_count : end - start;
    if (NAJ_UNLIKELY(rows <= before))
      return naj_cut_refuse(cutter, borrow_cut, NAJ_INVALID_DATA, i,
                            "a run end that does not rise");
    before = rows;
    if (target != NULL) naj_cut_store(target, width, i, rows);
  }
  if (NAJ_UNLIKELY(before != row_count))
    return naj_cut_refuse(cutter, borrow_cut, NAJ_INVALID_DATA, count - 1,
                          "run ends before the last row");
  naj_cut_put(cutter, target == NULL ? ends : target, count * width);
  return NAJ_OK;
}
