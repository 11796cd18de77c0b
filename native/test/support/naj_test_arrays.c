#include "support/naj_test_arrays.h"

#include <stdlib.h>
#include <string.h>

#include "batch/naj_plan.h"
#include "support/naj_test.h"

static uint64_t next_random(struct test_array* array) {
  array->seed = array->seed * 6364136223846793005u + 1442695040888963407u;
  return array->seed >> 33;
}
static int64_t below(struct test_array* array, int64_t limit) {
  return limit <= 0 ? 0 : (int64_t)(next_random(array) % (uint64_t)limit);
}
static int64_t slack(struct test_array* array) {
  return array->flags & TEST_ARRAY_LOOSE ? below(array, 4) : 0;
}

static uint8_t* add_buffer(struct test_array* array, int64_t size) {
  CHECK(array->buffer_count < TEST_ARRAY_BUFFERS);
  struct naj_table_buffer* buffer = &array->buffers[array->buffer_count++];
  uint8_t* bytes = size == 0 ? NULL : malloc((size_t)size);
  CHECK(size == 0 || bytes != NULL);
  for (int64_t i = 0; i < size; i++) bytes[i] = (uint8_t)('a' + below(array, 26));
  buffer->address = (int64_t)(uintptr_t)bytes;
  buffer->size_bytes = size;
  return bytes;
}

static void put_int(uint8_t* values, int64_t index, int32_t width, int64_t value) {
  if (values == NULL) return;
  for (int32_t i = 0; i < width; i++)
    values[index * width + i] = (uint8_t)((uint64_t)value >> (8 * i));
}

static int64_t add_validity(struct test_array* array, int64_t length) {
  if (!(array->flags & TEST_ARRAY_NULLS) || length == 0) {
    add_buffer(array, 0);
    return 0;
  }
  int64_t nulls = 0;
  uint8_t* bits = add_buffer(array, (length + 7) / 8);
  for (int64_t i = 0; i < (length + 7) / 8; i++) bits[i] = (uint8_t)next_random(array);
  for (int64_t i = 0; i < length; i++) nulls += !(bits[i / 8] >> (i % 8) & 1);
  return nulls;
}

static int64_t add_offsets(struct test_array* array, int32_t width, int64_t length) {
  if (length == 0 && below(array, 2)) {
    add_buffer(array, 0);
    return 0;
  }
  uint8_t* offsets = add_buffer(array, (length + 1) * width);
  int64_t at = slack(array);
  for (int64_t i = 0; i <= length; i++) {
    put_int(offsets, i, width, at);
    if (i < length) at += below(array, 5);
  }
  return at;
}

static void add_views(struct test_array* array, int64_t length) {
  const int64_t count = below(array, 3);
  uint8_t* views = add_buffer(array, length * 16);
  const int64_t first = array->buffer_count;
  for (int64_t i = 0; i < count; i++) add_buffer(array, 13 + below(array, 30));
  for (int64_t i = 0; i < length; i++) {
    const int64_t index = below(array, count);
    if (count == 0 || below(array, 2)) {
      put_int(views, 4 * i, 4, below(array, 13));
      continue;
    }
    const struct naj_table_buffer* data = &array->buffers[first + index];
    const int64_t offset = below(array, data->size_bytes - 12);
    const int64_t size = 13 + below(array, data->size_bytes - offset - 12);
    put_int(views, 4 * i, 4, size);
    memcpy(views + 16 * i + 4, (const uint8_t*)(uintptr_t)data->address + offset, 4);
    put_int(views, 4 * i + 2, 4, index);
    put_int(views, 4 * i + 3, 4, offset);
  }
  CHECK(array->variadic_count < TEST_ARRAY_VARIADIC);
  array->variadic[array->variadic_count++] = count;
}

static int32_t add_node(struct test_array* array, int32_t i, int64_t length);

/* The type id of child `c`. */
static int8_t type_id(const struct naj_schema* schema, int32_t node, int32_t c) {
  const struct naj_field_record* field = &schema->fields[schema->plan->nodes[node].field_index];
  int32_t id = 0;
  memcpy(&id, schema->descriptor + field->extra_offset + 4 * c, sizeof id);
  return (int8_t)id;
}

static int32_t add_union(struct test_array* array, int32_t i, int64_t length, int is_dense) {
  const struct naj_plan_node* node = &array->schema->plan->nodes[i];
  const int32_t count = array->schema->fields[node->field_index].child_count;
  if (node->buffer_count > 1 + is_dense) add_buffer(array, 0); /* V4 */
  int64_t lengths[16];
  for (int32_t c = 0; c < count; c++)
    lengths[c] = is_dense ? 1 + below(array, 9) : length + slack(array);
  uint8_t* ids = add_buffer(array, length);
  uint8_t* offsets = is_dense ? add_buffer(array, 4 * length) : NULL;
  for (int64_t row = 0; row < length; row++) {
    const int32_t c = (int32_t)below(array, count);
    ids[row] = (uint8_t)type_id(array->schema, i, c);
    put_int(offsets, row, 4, below(array, lengths[c]));
  }
  int32_t next = i + 1;
  for (int32_t c = 0; c < count; c++) next = add_node(array, next, lengths[c]);
  return next;
}

static int32_t add_runs(struct test_array* array, int32_t i, int64_t length) {
  const struct naj_plan_node* ends_node = &array->schema->plan->nodes[i + 1];
  const int32_t width = array->schema->plan->buffers[ends_node->first_buffer + 1].width_bytes;
  int64_t ends[512];
  int64_t count = 0;
  if (array->schema->plan->nodes[i].buffer_count > 0) add_buffer(array, 0); /* V4 */
  for (int64_t at = 0; at < length;) {
    at += 1 + below(array, 4);
    if (at > length && !(array->flags & TEST_ARRAY_LOOSE)) at = length;
    CHECK(count < 512);
    ends[count++] = at;
  }
  const int64_t extra = count == 0 ? 0 : slack(array);
  array->nodes[array->node_count++] = (struct naj_table_node){count + extra, 0};
  add_buffer(array, 0);
  uint8_t* bytes = add_buffer(array, (count + extra) * width);
  for (int64_t k = 0; k < count + extra; k++)
    put_int(bytes, k, width, k < count ? ends[k] : ends[count - 1] + 5 * (k - count + 1));
  return add_node(array, i + 2, count + extra + slack(array));
}

static int32_t add_list_views(struct test_array* array, int32_t i, int32_t width, int64_t length) {
  const int64_t items = below(array, 9);
  uint8_t* offsets = add_buffer(array, width * length);
  uint8_t* sizes = add_buffer(array, width * length);
  for (int64_t row = 0; row < length; row++) {
    const int64_t offset = below(array, items + 1);
    put_int(offsets, row, width, offset);
    put_int(sizes, row, width, below(array, items - offset + 1));
  }
  return add_node(array, i + 1, items);
}

/* Returns the node after the subtree. */
static int32_t add_node(struct test_array* array, int32_t i, int64_t length) {
  const struct naj_plan* plan = array->schema->plan;
  const struct naj_plan_node* node = &plan->nodes[i];
  const struct naj_plan_buffer* wanted = &plan->buffers[node->first_buffer];
  CHECK(array->node_count == i && i < TEST_ARRAY_NODES);
  array->nodes[array->node_count++] = (struct naj_table_node){length, 0};
  int32_t next = i + 1;
  switch (node->type) {
    case NAJ_TYPE_NULL:
      array->nodes[i].null_count = length;
      return next;
    case NAJ_TYPE_SPARSE_UNION:
    case NAJ_TYPE_DENSE_UNION:
      return add_union(array, i, length, node->type == NAJ_TYPE_DENSE_UNION);
    case NAJ_TYPE_RUN_END_ENCODED:
      return add_runs(array, i, length);
    default:
      array->nodes[i].null_count = add_validity(array, length);
  }
  switch (node->type) {
    case NAJ_TYPE_BOOL:
      add_buffer(array, (length + 7) / 8);
      return next;
    case NAJ_TYPE_UTF8:
    case NAJ_TYPE_BINARY:
    case NAJ_TYPE_LARGE_UTF8:
    case NAJ_TYPE_LARGE_BINARY: {
      const int64_t data = add_offsets(array, wanted[1].width_bytes, length);
      add_buffer(array, data + slack(array));
      return next;
    }
    case NAJ_TYPE_UTF8_VIEW:
    case NAJ_TYPE_BINARY_VIEW:
      add_views(array, length);
      return next;
    case NAJ_TYPE_LIST:
    case NAJ_TYPE_LARGE_LIST:
    case NAJ_TYPE_MAP: {
      const int64_t items = add_offsets(array, wanted[1].width_bytes, length);
      return add_node(array, next, items + slack(array));
    }
    case NAJ_TYPE_LIST_VIEW:
    case NAJ_TYPE_LARGE_LIST_VIEW:
      return add_list_views(array, i, wanted[1].width_bytes, length);
    case NAJ_TYPE_FIXED_SIZE_LIST:
      return add_node(array, next, length * node->fixed_list_size + slack(array));
    case NAJ_TYPE_STRUCT:
      while (next < node->subtree_end) next = add_node(array, next, length + slack(array));
      return next;
    default:
      add_buffer(array, length * wanted[1].width_bytes);
      return next;
  }
}

void test_array_random(struct test_array* array, const struct naj_schema* borrow_schema,
                       int64_t row_count, uint64_t seed, int32_t flags) {
  memset(array, 0, sizeof *array);
  array->schema = borrow_schema;
  array->seed = seed * 2654435761u + 17;
  array->flags = flags;
  array->row_count = row_count;
  for (int32_t i = 0; i < borrow_schema->plan->node_count;) i = add_node(array, i, row_count);
  CHECK_EQ(array->node_count, borrow_schema->plan->node_count);
  CHECK_EQ(array->variadic_count, borrow_schema->plan->variadic_field_count);
}

void test_array_free(struct test_array* array) {
  for (int64_t i = 0; i < array->buffer_count; i++)
    free((void*)(uintptr_t)array->buffers[i].address);
  free(array->table);
  memset(array, 0, sizeof *array);
}

const struct naj_table_header* test_array_table(struct test_array* array) {
  const size_t nodes_size = (size_t)array->node_count * sizeof *array->nodes;
  const size_t buffers_size = (size_t)array->buffer_count * sizeof *array->buffers;
  const size_t variadic_size = (size_t)array->variadic_count * sizeof *array->variadic;
  free(array->table);
  array->table = calloc(1, sizeof *array->table + nodes_size + buffers_size + variadic_size);
  CHECK(array->table != NULL);
  array->table->kind = NAJ_TABLE_BATCH;
  array->table->row_count = array->row_count;
  array->table->node_count = array->node_count;
  array->table->buffer_count = array->buffer_count;
  array->table->variadic_count = array->variadic_count;
  uint8_t* at = (uint8_t*)(array->table + 1);
  memcpy(at, array->nodes, nodes_size);
  memcpy(at + nodes_size, array->buffers, buffers_size);
  memcpy(at + nodes_size + buffers_size, array->variadic, variadic_size);
  return array->table;
}

int64_t test_array_first_buffer(const struct test_array* array, int32_t node) {
  const struct naj_plan* plan = array->schema->plan;
  int64_t index = plan->nodes[node].first_buffer;
  int64_t next_variadic = 0;
  for (int32_t i = 0; i < node; i++)
    if (plan->nodes[i].has_variadic) index += array->variadic[next_variadic++];
  return index;
}
