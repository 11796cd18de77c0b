#include <string.h>

#include "batch/naj_plan.h"
#include "naj_fuzz.h"
#include "nanoarrow/nanoarrow.h"
#include "schema/naj_schema.h"

/* Arrays without buffers may have any length: only so many of their rows are looked at. */
enum { MOST_ROWS = 4096, METADATA_V5 = 4 };

static volatile uint64_t sink;

struct touching {
  const struct naj_schema* schema;
};

static void touch_bytes(const void* address, int64_t size_bytes) {
  const uint8_t* bytes = address;
  uint64_t sum = 0;
  for (int64_t i = 0; i < size_bytes; i++) sum += bytes[i];
  sink = sink + sum;
}

static int64_t number(const void* base, int64_t width_bytes, int64_t index) {
  const uint8_t* at = (const uint8_t*)base + index * width_bytes;
  if (width_bytes == 4) {
    int32_t value;
    memcpy(&value, at, sizeof value);
    return value;
  }
  if (width_bytes == 8) {
    int64_t value;
    memcpy(&value, at, sizeof value);
    return value;
  }
  if (width_bytes == 2) {
    int16_t value;
    memcpy(&value, at, sizeof value);
    return value;
  }
  int8_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

static void touch_row(const struct touching* touching, int32_t field_index,
                      const struct ArrowArray* array, int64_t row, int budget);
static void touch_value(const struct touching* touching, int32_t field_index,
                        const struct ArrowArray* array, int64_t row, int budget);

static int32_t child_field(const struct touching* touching, int32_t field_index, int64_t ordinal) {
  int32_t child = field_index + 1;
  while (ordinal-- > 0) child = touching->schema->subtree_end[child];
  return child;
}

static void touch_child(const struct touching* touching, int32_t field_index,
                        const struct ArrowArray* array, int64_t ordinal, int64_t row, int budget) {
  NAJ_FUZZ_REQUIRE(row >= 0 && row < array->children[ordinal]->length);
  touch_row(touching, child_field(touching, field_index, ordinal), array->children[ordinal], row,
            budget - 1);
}

static void touch_list(const struct touching* touching, int32_t field_index,
                       const struct ArrowArray* array, int64_t begin, int64_t end, int budget) {
  for (int64_t item = begin; item < end && item - begin < 4; item++)
    touch_child(touching, field_index, array, 0, item, budget);
  if (end - begin > 4) touch_child(touching, field_index, array, 0, end - 1, budget);
}

static void touch_view(const struct ArrowArray* array, int64_t position) {
  const uint8_t* view = (const uint8_t*)array->buffers[1] + position * 16;
  const int64_t size = number(view, 4, 0);
  if (size <= 12) {
    touch_bytes(view + 4, size);
    return;
  }
  const int64_t index = number(view, 4, 2);
  const int64_t offset = number(view, 4, 3);
  const int64_t data_size = number(array->buffers[array->n_buffers - 1], 8, index);
  NAJ_FUZZ_REQUIRE(offset + size <= data_size);
  touch_bytes((const uint8_t*)array->buffers[2 + index] + offset, size);
}

static void touch_union(const struct touching* touching, int32_t field_index,
                        const struct ArrowArray* array, int64_t position, int64_t row, int budget) {
  const struct naj_field_record* field = &touching->schema->fields[field_index];
  const int64_t id = number(array->buffers[0], 1, position);
  const uint8_t* ids = touching->schema->descriptor + field->extra_offset;
  for (int32_t i = 0; i < field->child_count; i++) {
    if (number(ids, 4, i) != id) continue;
    const int is_dense = field->type == NAJ_TYPE_DENSE_UNION;
    const int64_t child_row = is_dense ? number(array->buffers[1], 4, position) : position;
    (void)row;
    touch_child(touching, field_index, array, i, child_row, budget);
    return;
  }
  naj_fuzz_fail("a type id of the union");
}

static void touch_run(const struct touching* touching, int32_t field_index,
                      const struct ArrowArray* array, int64_t position, int budget) {
  const struct ArrowArray* run_ends = array->children[0];
  const int32_t type = touching->schema->fields[field_index + 1].type;
  const int64_t width = type == NAJ_TYPE_INT16 ? 2 : type == NAJ_TYPE_INT32 ? 4 : 8;
  int64_t run = 0;
  while (number(run_ends->buffers[1], width, run_ends->offset + run) <= position) {
    run++;
    NAJ_FUZZ_REQUIRE(run < run_ends->length);
  }
  touch_child(touching, field_index, array, 1, run, budget);
}

/* Follows the index of a row, unless it is null, into the dictionary. */
static void touch_index(const struct touching* touching, int32_t field_index,
                        const struct ArrowArray* array, int64_t row, int budget) {
  const int64_t position = array->offset + row;
  if (array->null_count != 0 && array->buffers[0] != NULL &&
      !((((const uint8_t*)array->buffers[0])[position >> 3] >> (position & 7)) & 1))
    return;
  const int32_t type = touching->schema->fields[field_index].index_type;
  const int is_signed = type <= NAJ_TYPE_INT64;
  const int64_t width = 1 << (is_signed ? type - NAJ_TYPE_INT8 : type - NAJ_TYPE_UINT8);
  int64_t index = number(array->buffers[1], width, position);
  if (!is_signed && width < 8) index &= ((int64_t)1 << (8 * width)) - 1;
  NAJ_FUZZ_REQUIRE(index >= 0 && index < array->dictionary->length);
  touch_value(touching, field_index, array->dictionary, index, budget);
}

static void touch_row(const struct touching* touching, int32_t field_index,
                      const struct ArrowArray* array, int64_t row, int budget) {
  if (touching->schema->fields[field_index].flags & NAJ_FIELD_DICTIONARY) {
    touch_index(touching, field_index, array, row, budget);
  } else {
    touch_value(touching, field_index, array, row, budget);
  }
}

static void touch_value(const struct touching* touching, int32_t field_index,
                        const struct ArrowArray* array, int64_t row, int budget) {
  const struct naj_field_record* field = &touching->schema->fields[field_index];
  const int64_t position = array->offset + row;
  const int32_t width = naj_plan_value_width(field->type, field);
  if (budget == 0) return;
  struct naj_plan_buffer kinds[NAJ_PLAN_MAX_BUFFERS];
  const int has_validity = naj_plan_type_buffers(field->type, field, METADATA_V5, kinds) > 0 &&
                           kinds[0].kind == NAJ_BUFFER_VALIDITY;
  if (has_validity && array->null_count != 0 && array->buffers[0] != NULL &&
      !((((const uint8_t*)array->buffers[0])[position >> 3] >> (position & 7)) & 1))
    return;
  switch (field->type) {
    case NAJ_TYPE_NULL:
      return;
    case NAJ_TYPE_BOOL:
      touch_bytes((const uint8_t*)array->buffers[1] + (position >> 3), 1);
      return;
    case NAJ_TYPE_UTF8:
    case NAJ_TYPE_BINARY:
    case NAJ_TYPE_LARGE_UTF8:
    case NAJ_TYPE_LARGE_BINARY: {
      const int wide = field->type == NAJ_TYPE_LARGE_UTF8 || field->type == NAJ_TYPE_LARGE_BINARY;
      const int64_t begin = number(array->buffers[1], wide ? 8 : 4, position);
      const int64_t end = number(array->buffers[1], wide ? 8 : 4, position + 1);
      touch_bytes((const uint8_t*)array->buffers[2] + begin, end - begin);
      return;
    }
    case NAJ_TYPE_UTF8_VIEW:
    case NAJ_TYPE_BINARY_VIEW:
      touch_view(array, position);
      return;
    case NAJ_TYPE_LIST:
    case NAJ_TYPE_MAP:
    case NAJ_TYPE_LARGE_LIST: {
      const int64_t item = field->type == NAJ_TYPE_LARGE_LIST ? 8 : 4;
      touch_list(touching, field_index, array, number(array->buffers[1], item, position),
                 number(array->buffers[1], item, position + 1), budget);
      return;
    }
    case NAJ_TYPE_LIST_VIEW:
    case NAJ_TYPE_LARGE_LIST_VIEW: {
      const int64_t item = field->type == NAJ_TYPE_LARGE_LIST_VIEW ? 8 : 4;
      const int64_t begin = number(array->buffers[1], item, position);
      touch_list(touching, field_index, array, begin,
                 begin + number(array->buffers[2], item, position), budget);
      return;
    }
    case NAJ_TYPE_FIXED_SIZE_LIST:
      touch_list(touching, field_index, array, position * field->param0,
                 (position + 1) * field->param0, budget);
      return;
    case NAJ_TYPE_STRUCT:
      for (int32_t i = 0; i < field->child_count; i++)
        touch_child(touching, field_index, array, i, position, budget);
      return;
    case NAJ_TYPE_SPARSE_UNION:
    case NAJ_TYPE_DENSE_UNION:
      touch_union(touching, field_index, array, position, row, budget);
      return;
    case NAJ_TYPE_RUN_END_ENCODED:
      touch_run(touching, field_index, array, position, budget);
      return;
    default:
      touch_bytes((const uint8_t*)array->buffers[1] + position * width, width);
  }
}

void naj_fuzz_touch(const struct naj_schema* borrow_schema, const struct ArrowArray* borrow_root) {
  const struct touching touching = {.schema = borrow_schema};
  int32_t field = 0;
  for (int64_t i = 0; i < borrow_root->n_children; i++) {
    const struct ArrowArray* column = borrow_root->children[i];
    const int64_t rows = column->length;
    for (int64_t row = 0; row < rows && row < MOST_ROWS; row++)
      touch_row(&touching, field, column, row, 5);
    for (int64_t row = rows - 16 < 0 ? 0 : rows - 16; row < rows; row++)
      touch_row(&touching, field, column, row, 5);
    field = borrow_schema->subtree_end[field];
  }
}
