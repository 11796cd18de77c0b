#include "cdata/naj_array_fold.h"

static int is_bits(const struct naj_plan_buffer* kind) {
  return kind->kind == NAJ_BUFFER_VALIDITY || kind->kind == NAJ_BUFFER_BITS;
}

int64_t naj_array_fold(struct ArrowArray* array, int32_t type,
                       const struct naj_plan_buffer* borrow_kinds, int32_t kind_count) {
  const int64_t rows = array->offset;
  /* Runs count from the start of their ends. */
  if (rows == 0 || type == NAJ_TYPE_RUN_END_ENCODED) return 0;
  if (array->length == 0 || type == NAJ_TYPE_NULL) {
    array->offset = 0;
    return 0;
  }
  for (int32_t i = 0; i < kind_count; i++) {
    if (borrow_kinds[i].kind == NAJ_BUFFER_VALIDITY && array->null_count == 0)
      array->buffers[i] = NULL;
    if (is_bits(&borrow_kinds[i]) && array->buffers[i] != NULL && rows % 8 != 0) return 0;
  }
  for (int32_t i = 0; i < kind_count; i++) {
    const int64_t bytes = is_bits(&borrow_kinds[i]) ? rows / 8 : rows * borrow_kinds[i].width_bytes;
    if (array->buffers[i] != NULL) array->buffers[i] = (const uint8_t*)array->buffers[i] + bytes;
  }
  array->offset = 0;
  return rows;
}
