/* Reads values straight from the columnar format, with none of the code under test. */
#include <stdlib.h>
#include <string.h>

#include "batch/naj_plan.h"
#include "support/naj_test.h"
#include "support/naj_test_arrays.h"

struct view {
  const struct naj_schema* schema;
  const struct naj_plan* plan;
  const struct naj_table_node* nodes;
  const struct naj_table_buffer* first_buffer[TEST_ARRAY_NODES]; /* of each node */
  int64_t variadic[TEST_ARRAY_NODES];
  struct test_bytes* text;
};

static void text(struct view* view, const char* words) {
  test_bytes_append(view->text, words, (int64_t)strlen(words));
}

static const uint8_t* bytes_at(const struct naj_table_buffer* buffer, int64_t offset,
                               int64_t size) {
  CHECK(offset >= 0 && size >= 0 && size <= buffer->size_bytes - offset);
  return (const uint8_t*)(uintptr_t)buffer->address + offset;
}

static int64_t int_at(const struct naj_table_buffer* buffer, int64_t index, int32_t width) {
  const uint8_t* bytes = bytes_at(buffer, index * width, width);
  uint64_t value = bytes[width - 1] & 0x80 ? UINT64_MAX : 0;
  for (int32_t i = width - 1; i >= 0; i--) value = value << 8 | bytes[i];
  return (int64_t)value;
}

static int bit_at(const struct naj_table_buffer* buffer, int64_t index) {
  return *bytes_at(buffer, index / 8, 1) >> (index % 8) & 1;
}

static void bytes_as_text(struct view* view, const struct naj_table_buffer* buffer, int64_t offset,
                          int64_t size) {
  static const char digits[] = "0123456789abcdef";
  if (size == 0) return;
  const uint8_t* bytes = bytes_at(buffer, offset, size);
  for (int64_t i = 0; i < size; i++) {
    const char pair[3] = {digits[bytes[i] >> 4], digits[bytes[i] & 15], 0};
    text(view, pair);
  }
}

static void value(struct view* view, int32_t i, int64_t row);

static void values(struct view* view, int32_t child, int64_t first, int64_t count) {
  text(view, "[");
  for (int64_t k = 0; k < count; k++) {
    value(view, child, first + k);
    text(view, ",");
  }
  text(view, "]");
}

static void string_view(struct view* view, int32_t i, int64_t row) {
  const struct naj_table_buffer* views = view->first_buffer[i] + 1;
  const int64_t size = int_at(views, 4 * row, 4);
  if (size <= 12) {
    bytes_as_text(view, views, 16 * row + 4, size);
    return;
  }
  const int64_t index = int_at(views, 4 * row + 2, 4);
  CHECK(index >= 0 && index < view->variadic[i]);
  bytes_as_text(view, views, 16 * row + 4, 4);
  text(view, "...");
  bytes_as_text(view, views + 1 + index, int_at(views, 4 * row + 3, 4), size);
}

static void union_value(struct view* view, int32_t i, int64_t row, int is_dense) {
  const struct naj_plan_node* node = &view->plan->nodes[i];
  const struct naj_field_record* field = &view->schema->fields[node->field_index];
  const struct naj_table_buffer* ids =
      view->first_buffer[i] + (node->buffer_count > 1 + is_dense ? 1 : 0);
  const int64_t id = int_at(ids, row, 1);
  int32_t child = i + 1;
  for (int32_t c = 0; c < field->child_count; c++) {
    int32_t child_id = 0;
    memcpy(&child_id, view->schema->descriptor + field->extra_offset + 4 * c, sizeof child_id);
    if (child_id == id) {
      char name[16];
      snprintf(name, sizeof name, "%d:", c);
      text(view, name);
      value(view, child, is_dense ? int_at(ids + 1, row, 4) : row);
      return;
    }
    child = view->plan->nodes[child].subtree_end;
  }
  CHECK(0);
}

static void run_value(struct view* view, int32_t i, int64_t row) {
  const struct naj_plan_node* ends = &view->plan->nodes[i + 1];
  const int32_t width = view->plan->buffers[ends->first_buffer + 1].width_bytes;
  int64_t run = 0;
  while (int_at(view->first_buffer[i + 1] + 1, run, width) <= row) run++;
  CHECK(run < view->nodes[i + 1].length);
  value(view, ends->subtree_end, run);
}

static void value(struct view* view, int32_t i, int64_t row) {
  const struct naj_plan_node* node = &view->plan->nodes[i];
  const struct naj_table_buffer* own = view->first_buffer[i];
  const struct naj_plan_buffer* wanted = &view->plan->buffers[node->first_buffer];
  CHECK(row >= 0 && row < view->nodes[i].length);
  if (node->type == NAJ_TYPE_NULL ||
      (node->buffer_count > 0 && wanted->kind == NAJ_BUFFER_VALIDITY && own->size_bytes > 0 &&
       view->nodes[i].null_count > 0 && !bit_at(own, row))) {
    text(view, "null");
    return;
  }
  switch (node->type) {
    case NAJ_TYPE_BOOL:
      text(view, bit_at(own + 1, row) ? "t" : "f");
      break;
    case NAJ_TYPE_UTF8:
    case NAJ_TYPE_BINARY:
    case NAJ_TYPE_LARGE_UTF8:
    case NAJ_TYPE_LARGE_BINARY: {
      const int64_t first = int_at(own + 1, row, wanted[1].width_bytes);
      bytes_as_text(view, own + 2, first, int_at(own + 1, row + 1, wanted[1].width_bytes) - first);
      break;
    }
    case NAJ_TYPE_UTF8_VIEW:
    case NAJ_TYPE_BINARY_VIEW:
      string_view(view, i, row);
      break;
    case NAJ_TYPE_LIST:
    case NAJ_TYPE_LARGE_LIST:
    case NAJ_TYPE_MAP: {
      const int64_t first = int_at(own + 1, row, wanted[1].width_bytes);
      values(view, i + 1, first, int_at(own + 1, row + 1, wanted[1].width_bytes) - first);
      break;
    }
    case NAJ_TYPE_LIST_VIEW:
    case NAJ_TYPE_LARGE_LIST_VIEW:
      values(view, i + 1, int_at(own + 1, row, wanted[1].width_bytes),
             int_at(own + 2, row, wanted[1].width_bytes));
      break;
    case NAJ_TYPE_FIXED_SIZE_LIST:
      values(view, i + 1, row * node->fixed_list_size, node->fixed_list_size);
      break;
    case NAJ_TYPE_STRUCT:
      text(view, "{");
      for (int32_t k = i + 1; k < node->subtree_end; k = view->plan->nodes[k].subtree_end) {
        value(view, k, row);
        text(view, ";");
      }
      text(view, "}");
      break;
    case NAJ_TYPE_SPARSE_UNION:
    case NAJ_TYPE_DENSE_UNION:
      union_value(view, i, row, node->type == NAJ_TYPE_DENSE_UNION);
      break;
    case NAJ_TYPE_RUN_END_ENCODED:
      run_value(view, i, row);
      break;
    default:
      bytes_as_text(view, own + 1, row * wanted[1].width_bytes, wanted[1].width_bytes);
  }
}

void test_render(const struct naj_schema* borrow_schema,
                 const struct naj_table_header* borrow_table, struct test_bytes* out_text) {
  struct view view = {.schema = borrow_schema, .plan = borrow_schema->plan, .text = out_text};
  CHECK_EQ(borrow_table->node_count, view.plan->node_count);
  CHECK(view.plan->node_count <= TEST_ARRAY_NODES);
  view.nodes = (const struct naj_table_node*)(borrow_table + 1);
  const struct naj_table_buffer* buffer =
      (const struct naj_table_buffer*)(view.nodes + borrow_table->node_count);
  const int64_t* variadic = (const int64_t*)(buffer + borrow_table->buffer_count);
  for (int32_t i = 0; i < view.plan->node_count; i++) {
    view.first_buffer[i] = buffer;
    buffer += view.plan->nodes[i].buffer_count;
    if (!view.plan->nodes[i].has_variadic) continue;
    view.variadic[i] = *variadic++;
    buffer += view.variadic[i];
  }
  for (int64_t row = 0; row < borrow_table->row_count; row++) {
    for (int32_t i = 0; i < view.plan->node_count; i = view.plan->nodes[i].subtree_end) {
      value(&view, i, row);
      text(&view, "|");
    }
    text(&view, "\n");
  }
}
