#include "support/naj_test_body.h"

#include "batch/naj_plan.h"
#include "support/naj_test.h"

const struct test_field test_nested_fields[TEST_NESTED_FIELDS] = {
    {.name = "l", .type = NAJ_TYPE_LIST, .child_count = 1},
    {.name = "s", .type = NAJ_TYPE_STRUCT, .child_count = 11},
    {.name = "i", .type = NAJ_TYPE_INT16},
    {.name = "b", .type = NAJ_TYPE_BOOL},
    {.name = "u", .type = NAJ_TYPE_UTF8},
    {.name = "v", .type = NAJ_TYPE_BINARY_VIEW},
    {.name = "n", .type = NAJ_TYPE_NULL},
    {.name = "f", .type = NAJ_TYPE_FIXED_SIZE_LIST, .child_count = 1, .param0 = 3},
    {.name = "fb", .type = NAJ_TYPE_BOOL},
    {.name = "r", .type = NAJ_TYPE_RUN_END_ENCODED, .child_count = 2},
    {.name = "e", .type = NAJ_TYPE_INT16},
    {.name = "rv", .type = NAJ_TYPE_RUN_END_ENCODED, .child_count = 2},
    {.name = "re", .type = NAJ_TYPE_INT64},
    {.name = "rrv", .type = NAJ_TYPE_LARGE_UTF8},
    {.name = "du", .type = NAJ_TYPE_DENSE_UNION, .child_count = 2},
    {.name = "d0", .type = NAJ_TYPE_INT8},
    {.name = "d1", .type = NAJ_TYPE_LIST, .child_count = 1},
    {.name = "d1i", .type = NAJ_TYPE_UTF8_VIEW},
    {.name = "su", .type = NAJ_TYPE_SPARSE_UNION, .child_count = 2},
    {.name = "s0", .type = NAJ_TYPE_DOUBLE},
    {.name = "s1", .type = NAJ_TYPE_LARGE_LIST, .child_count = 1},
    {.name = "s1i", .type = NAJ_TYPE_UTF8},
    {.name = "lv", .type = NAJ_TYPE_LIST_VIEW, .child_count = 1},
    {.name = "lvi", .type = NAJ_TYPE_FIXED_SIZE_BINARY, .param0 = 5},
    {.name = "di", .type = NAJ_TYPE_UTF8, .index_type = NAJ_TYPE_UINT16, .dictionary_id = 4},
};

static int64_t buffers_of(const struct test_array* array, int32_t node, int64_t* next_variadic) {
  const struct naj_plan_node* plan = &array->schema->plan->nodes[node];
  return plan->buffer_count + (plan->has_variadic ? array->variadic[(*next_variadic)++] : 0);
}

void test_rows_slice(const struct test_array* borrow_array, int64_t start, int64_t count,
                     struct test_rows* out_rows) {
  int64_t next_variadic = 0;
  for (int32_t i = 0; i < borrow_array->node_count; i++) {
    struct naj_array_node* node = &out_rows->nodes[i];
    *node = (struct naj_array_node){.length = borrow_array->nodes[i].length,
                                    .null_count = borrow_array->nodes[i].null_count,
                                    .buffer_count = buffers_of(borrow_array, i, &next_variadic)};
    if (borrow_array->schema->plan->nodes[i].parent_node >= 0) continue;
    if (count != node->length && node->null_count > 0) node->null_count = -1;
    if (borrow_array->schema->plan->nodes[i].type == NAJ_TYPE_NULL) node->null_count = count;
    node->length = count;
    node->offset = start;
  }
  out_rows->rows = (struct naj_rows){.row_count = count,
                                     .nodes = out_rows->nodes,
                                     .node_count = borrow_array->node_count,
                                     .buffers = borrow_array->buffers,
                                     .buffer_count = borrow_array->buffer_count};
}

void test_rows_render(struct test_array* array, int64_t start, int64_t count,
                      struct test_bytes* text) {
  struct test_bytes all = {0};
  test_render(array->schema, test_array_table(array), &all);
  int64_t at = 0;
  for (int64_t row = 0; row < start + count; row++) {
    const int64_t begin = at;
    while (all.data[at++] != '\n');
    if (row >= start) test_bytes_append(text, all.data + begin, at - begin);
  }
  test_bytes_free(&all);
}

void test_same_text(const char* what, const struct test_bytes* expected,
                    const struct test_bytes* actual) {
  if (expected->size_bytes == actual->size_bytes &&
      (actual->size_bytes == 0 ||
       memcmp(expected->data, actual->data, (size_t)actual->size_bytes) == 0))
    return;
  fprintf(stderr, "%s:\nexpected\n%.*sfound\n%.*s", what, (int)expected->size_bytes,
          (const char*)expected->data, (int)actual->size_bytes, (const char*)actual->data);
  exit(1);
}

static void append_message(struct test_bytes* bytes, const struct test_schema* schema,
                           const struct naj_body* body, int32_t codec) {
  struct test_bytes laid_out = {0};
  struct test_pair nodes[TEST_ARRAY_NODES];
  struct test_pair buffers[TEST_ARRAY_BUFFERS];
  CHECK(body->node_count <= TEST_ARRAY_NODES && body->buffer_count <= TEST_ARRAY_BUFFERS);
  for (int64_t i = 0; i < body->node_count; i++)
    nodes[i] = (struct test_pair){body->nodes[i].length, body->nodes[i].null_count};
  for (int64_t i = 0; i < body->buffer_count; i++) {
    const struct naj_table_buffer* buffer = &body->buffers[i];
    CHECK(buffer->size_bytes >= 0);
    CHECK_EQ(buffer->address == 0, buffer->size_bytes == 0);
    buffers[i] = (struct test_pair){laid_out.size_bytes, buffer->size_bytes};
    test_bytes_append(&laid_out, (const void*)(uintptr_t)buffer->address, buffer->size_bytes);
    test_bytes_append(&laid_out, NULL, (8 - laid_out.size_bytes % 8) % 8);
  }
  CHECK(laid_out.size_bytes < 1 << 20);
  const struct test_batch batch = {
      .row_count = body->row_count,
      .nodes = nodes,
      .node_count = (size_t)body->node_count,
      .buffers = buffers,
      .buffer_count = (size_t)body->buffer_count,
      .variadic_counts = body->variadic_count > 0 ? body->variadic_counts : NULL,
      .variadic_count = (size_t)body->variadic_count,
      .is_compressed = body->is_compressed,
      .codec = codec,
      .metadata_version = schema->metadata_version,
      .body_bytes = laid_out.size_bytes,
      .body = laid_out.data};
  test_append_batch(bytes, &batch, 0);
  test_bytes_free(&laid_out);
}

static void check_null_counts(const struct naj_schema* schema,
                              const struct naj_table_header* table) {
  const struct naj_table_node* nodes = (const struct naj_table_node*)(table + 1);
  const struct naj_table_buffer* buffer =
      (const struct naj_table_buffer*)(nodes + table->node_count);
  const int64_t* variadic = (const int64_t*)(buffer + table->buffer_count);
  for (int64_t i = 0; i < table->node_count; i++) {
    const struct naj_plan_node* plan = &schema->plan->nodes[i];
    int64_t nulls = plan->type == NAJ_TYPE_NULL ? nodes[i].length : 0;
    if (plan->buffer_count > 0 &&
        schema->plan->buffers[plan->first_buffer].kind == NAJ_BUFFER_VALIDITY &&
        buffer->size_bytes > 0) {
      const uint8_t* bits = (const uint8_t*)(uintptr_t)buffer->address;
      for (int64_t row = 0; row < nodes[i].length; row++) nulls += !(bits[row / 8] >> row % 8 & 1);
      CHECK(nulls > 0);
    }
    CHECK_EQ(nodes[i].null_count, nulls);
    buffer += plan->buffer_count;
    if (plan->has_variadic) buffer += *variadic++;
  }
}

void test_body_render(const struct test_schema* borrow_schema, const struct naj_body* borrow_body,
                      int32_t codec, struct test_bytes* text) {
  struct test_bytes bytes = {0};
  struct naj_stream* stream = NULL;
  struct naj_error error;
  int64_t offset = 0;
  int64_t needed_bytes = 0;
  test_append_schema(&bytes, borrow_schema, 0);
  append_message(&bytes, borrow_schema, borrow_body, codec);
  struct naj_memory* memory = test_memory(bytes.data, bytes.size_bytes);
  CHECK_STATUS(naj_stream_open(NULL, &stream, &error), NAJ_OK, error);
  CHECK_STATUS(
      naj_stream_schema(stream, memory, 0, bytes.size_bytes, &offset, &needed_bytes, &error),
      NAJ_OK, error);
  struct naj_decode_target target = {.table_bytes = 1 << 16, .arena_bytes = 1 << 22};
  target.table = malloc((size_t)target.table_bytes);
  target.arena = aligned_alloc(64, (size_t)target.arena_bytes);
  CHECK(target.table != NULL && target.arena != NULL);
  CHECK_STATUS(
      naj_stream_next(stream, memory, offset, bytes.size_bytes - offset, 1, &target, &error),
      NAJ_OK, error);
  check_null_counts(naj_stream_get_schema(stream), target.table);
  test_render(naj_stream_get_schema(stream), target.table, text);
  free(target.table);
  free(target.arena);
  naj_stream_close(stream);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  test_bytes_free(&bytes);
}
