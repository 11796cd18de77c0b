#include "batch/naj_batch_decode.h"

#include <pthread.h>
#include <stdatomic.h>

#include "nanoarrow/nanoarrow_ipc.h"
#include "support/naj_test.h"
#include "support/naj_test_ipc.h"
#include "support/naj_test_layouts.h"

/* One schema message and one batch message, decoded; the table points into `bytes`. */
struct decoded {
  struct test_bytes bytes;
  struct naj_memory* memory;
  struct naj_stream* stream;
  _Alignas(8) uint8_t table[2048];
  struct naj_error error;
};

static const struct naj_table_header* header_of(const struct decoded* decoded) {
  return (const struct naj_table_header*)(const void*)decoded->table;
}
static const struct naj_table_node* nodes_of(const struct decoded* decoded) {
  return (const struct naj_table_node*)(const void*)(header_of(decoded) + 1);
}
static const struct naj_table_buffer* buffers_of(const struct decoded* decoded) {
  return (const struct naj_table_buffer*)(const void*)(nodes_of(decoded) +
                                                       header_of(decoded)->node_count);
}

static naj_status decode_into(const struct test_schema* schema, const struct test_batch* batch,
                              int64_t table_bytes, struct decoded* out) {
  memset(out, 0, sizeof *out);
  test_append_schema(&out->bytes, schema, 0);
  test_append_batch(&out->bytes, batch, 0);
  out->memory = test_memory(out->bytes.data, out->bytes.size_bytes);
  int64_t next_offset = 0;
  int64_t needed_bytes = 0;
  CHECK_STATUS(naj_stream_open(NULL, &out->stream, &out->error), NAJ_OK, out->error);
  CHECK_STATUS(naj_stream_schema(out->stream, out->memory, 0, out->bytes.size_bytes, &next_offset,
                                 &needed_bytes, &out->error),
               NAJ_OK, out->error);
  return test_stream_next(out->stream, out->memory, next_offset,
                          out->bytes.size_bytes - next_offset, 1, out->table, table_bytes,
                          &out->error);
}

static naj_status decode(const struct test_schema* schema, const struct test_batch* batch,
                         struct decoded* out) {
  return decode_into(schema, batch, (int64_t)sizeof out->table, out);
}

static void done(struct decoded* decoded) {
  naj_stream_close(decoded->stream);
  naj_memory_release(decoded->memory);
  naj_memory_unreserve(decoded->memory);
  test_bytes_free(&decoded->bytes);
}

/* Decodes and demands one failure. */
static void refused(const char* what, const struct test_schema* schema,
                    const struct test_batch* batch, naj_status expected) {
  struct decoded decoded;
  const naj_status status = decode(schema, batch, &decoded);
  if (status != expected) {
    fprintf(stderr, "%s: %s (%s), expected %s\n", what, naj_status_name(status), decoded.error.text,
            naj_status_name(expected));
    exit(1);
  }
  CHECK(decoded.error.text[0] != '\0');
  CHECK_EQ(decoded.error.status, expected);
  done(&decoded);
}

static void every_layout_lands_where_the_format_puts_it(void) {
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_layout* layout = &test_layouts[i];
    struct test_pair buffers[TEST_MAX_BUFFERS];
    const struct test_schema schema = test_layout_schema(layout);
    const struct test_batch batch = test_layout_batch(layout, buffers);
    struct decoded decoded;
    CHECK_STATUS(decode(&schema, &batch, &decoded), NAJ_OK, decoded.error);
    const struct naj_table_header* header = header_of(&decoded);
    CHECK_EQ(header->kind, NAJ_TABLE_BATCH);
    CHECK_EQ(header->flags, 0);
    CHECK_EQ(header->row_count, TEST_ROWS);
    CHECK_EQ(header->node_count, layout->field_count);
    CHECK_EQ(header->buffer_count, layout->buffer_count);
    CHECK_EQ(header->variadic_count, layout->variadic_count);
    CHECK_EQ(header->body_bytes, batch.body_bytes);
    CHECK_EQ(header->next_offset, decoded.bytes.size_bytes);
    CHECK_EQ(header->body_offset, decoded.bytes.size_bytes - batch.body_bytes);
    CHECK_EQ(header->message_offset + header->message_bytes, header->body_offset);
    CHECK_EQ(header->metadata_address, 0);
    CHECK_EQ(header->arena_used_bytes, 0);
    const uint8_t* body = decoded.bytes.data + header->body_offset;
    for (int32_t k = 0; k < layout->field_count; k++) {
      CHECK_EQ(nodes_of(&decoded)[k].length, layout->nodes[k].a);
      CHECK_EQ(nodes_of(&decoded)[k].null_count, layout->nodes[k].b);
    }
    for (int32_t k = 0; k < layout->buffer_count; k++) {
      const struct naj_table_buffer* buffer = &buffers_of(&decoded)[k];
      CHECK_EQ(buffer->size_bytes, layout->sizes[k]);
      CHECK_EQ(buffer->address,
               layout->sizes[k] == 0 ? 0 : (int64_t)(uintptr_t)(body + buffers[k].a));
    }
    const int64_t* variadic =
        (const int64_t*)(const void*)(buffers_of(&decoded) + header->buffer_count);
    for (int32_t k = 0; k < layout->variadic_count; k++)
      CHECK_EQ(variadic[k], layout->variadic_counts[k]);
    done(&decoded);
  }
}

/* Walks nanoarrow's view beside our table. */
static void compare_view(const struct ArrowArrayView* view, const struct decoded* decoded,
                         const struct test_layout* layout, int64_t* node, int64_t* buffer) {
  CHECK_EQ(view->length, nodes_of(decoded)[*node].length);
  CHECK_EQ(view->null_count, nodes_of(decoded)[*node].null_count);
  (*node)++;
  if (layout->metadata_version == TEST_V4 && (view->storage_type == NANOARROW_TYPE_SPARSE_UNION ||
                                              view->storage_type == NANOARROW_TYPE_DENSE_UNION)) {
    (*buffer)++;
  }
  for (int32_t i = 0; i < NANOARROW_MAX_FIXED_BUFFERS; i++) {
    if (view->layout.buffer_type[i] == NANOARROW_BUFFER_TYPE_NONE) break;
    CHECK_EQ(buffers_of(decoded)[*buffer].size_bytes, view->buffer_views[i].size_bytes);
    if (view->buffer_views[i].size_bytes > 0) {
      CHECK_EQ(buffers_of(decoded)[*buffer].address,
               (int64_t)(uintptr_t)view->buffer_views[i].data.data);
    }
    (*buffer)++;
  }
  for (int64_t i = 0; i < view->n_children; i++)
    compare_view(view->children[i], decoded, layout, node, buffer);
}

static void nanoarrow_reads_the_same(void) {
  int compared = 0;
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_layout* layout = &test_layouts[i];
    if (!layout->has_oracle) continue;
    struct test_pair buffers[TEST_MAX_BUFFERS];
    const struct test_schema schema = test_layout_schema(layout);
    const struct test_batch batch = test_layout_batch(layout, buffers);
    struct decoded decoded;
    CHECK_STATUS(decode(&schema, &batch, &decoded), NAJ_OK, decoded.error);

    struct ArrowIpcDecoder decoder;
    struct ArrowError oracle_error = {""};
    struct ArrowSchema c_schema;
    struct ArrowArrayView* view = NULL;
    const int64_t batch_offset = header_of(&decoded)->message_offset;
    struct ArrowBufferView bytes = {.data.data = decoded.bytes.data, .size_bytes = batch_offset};
    CHECK_EQ(ArrowIpcDecoderInit(&decoder), 0);
    CHECK_EQ(ArrowIpcDecoderVerifyHeader(&decoder, bytes, &oracle_error), 0);
    CHECK_EQ(ArrowIpcDecoderDecodeHeader(&decoder, bytes, &oracle_error), 0);
    CHECK_EQ(ArrowIpcDecoderDecodeSchema(&decoder, &c_schema, &oracle_error), 0);
    if (ArrowIpcDecoderSetSchema(&decoder, &c_schema, &oracle_error) != 0) {
      fprintf(stderr, "%s: %s\n", layout->name, oracle_error.message);
      exit(1);
    }
    bytes.data.as_uint8 = decoded.bytes.data + batch_offset;
    bytes.size_bytes = decoded.bytes.size_bytes - batch_offset;
    CHECK_EQ(ArrowIpcDecoderVerifyHeader(&decoder, bytes, &oracle_error), 0);
    CHECK_EQ(ArrowIpcDecoderDecodeHeader(&decoder, bytes, &oracle_error), 0);
    bytes.data.as_uint8 = decoded.bytes.data + header_of(&decoded)->body_offset;
    bytes.size_bytes = header_of(&decoded)->body_bytes;
    if (ArrowIpcDecoderDecodeArrayView(&decoder, bytes, -1, &view, &oracle_error) != 0) {
      fprintf(stderr, "%s: %s\n", layout->name, oracle_error.message);
      exit(1);
    }
    int64_t node = 0;
    int64_t buffer = 0;
    CHECK_EQ(view->length, header_of(&decoded)->row_count);
    for (int64_t k = 0; k < view->n_children; k++)
      compare_view(view->children[k], &decoded, layout, &node, &buffer);
    CHECK_EQ(node, header_of(&decoded)->node_count);
    CHECK_EQ(buffer, header_of(&decoded)->buffer_count);
    ArrowIpcDecoderReset(&decoder);
    ArrowSchemaRelease(&c_schema);
    done(&decoded);
    compared++;
  }
  CHECK(compared > 35);
}

static void a_buffer_one_byte_short_is_refused(void) {
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_layout* layout = &test_layouts[i];
    const struct test_schema schema = test_layout_schema(layout);
    for (int32_t k = 0; k < layout->buffer_count; k++) {
      if (layout->sizes[k] == 0 || layout->is_data[k]) continue;
      struct test_pair buffers[TEST_MAX_BUFFERS];
      const struct test_batch batch = test_layout_batch(layout, buffers);
      buffers[k].b--;
      refused(layout->name, &schema, &batch, NAJ_INVALID_DATA);
    }
  }
}

static void a_buffer_outside_the_body_is_refused(void) {
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_layout* layout = &test_layouts[i];
    const struct test_schema schema = test_layout_schema(layout);
    for (int32_t k = 0; k < layout->buffer_count; k++) {
      struct test_pair buffers[TEST_MAX_BUFFERS];
      const struct test_batch batch = test_layout_batch(layout, buffers);
      const struct test_pair bad[] = {{-8, layout->sizes[k]},
                                      {buffers[k].a, -1},
                                      {buffers[k].a, INT64_MIN},
                                      {batch.body_bytes + 1, 0},
                                      {0, batch.body_bytes + 1},
                                      {INT64_MAX - 7, 64},
                                      {0x7000000000000000, 0x7000000000000000},
                                      {INT64_MAX, INT64_MAX},
                                      {INT64_MIN, INT64_MIN}};
      for (size_t n = 0; n < sizeof bad / sizeof bad[0]; n++) {
        buffers[k] = bad[n];
        refused(layout->name, &schema, &batch, NAJ_INVALID_DATA);
      }
    }
  }
}

static void a_node_out_of_range_is_refused(void) {
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_layout* layout = &test_layouts[i];
    const struct test_schema schema = test_layout_schema(layout);
    for (int32_t k = 0; k < layout->field_count; k++) {
      struct test_pair buffers[TEST_MAX_BUFFERS];
      struct test_pair nodes[TEST_MAX_NODES];
      struct test_batch batch = test_layout_batch(layout, buffers);
      batch.nodes = nodes;
      const struct test_pair good = layout->nodes[k];
      const struct test_pair bad[] = {{-1, 0},        {good.a, -2},        {good.a, good.a + 1},
                                      {INT64_MIN, 0}, {good.a, INT64_MIN}, {good.a, INT64_MAX}};
      for (size_t n = 0; n < sizeof bad / sizeof bad[0]; n++) {
        memcpy(nodes, layout->nodes, sizeof nodes);
        nodes[k] = bad[n];
        refused(layout->name, &schema, &batch, NAJ_INVALID_DATA);
      }
    }
  }
}

/* Lengths whose byte sizes do not fit int64, or fit and are not there. Without buffers (null, no
 * fields) any length is possible. */
static void a_length_that_its_buffers_cannot_hold_is_refused(void) {
  const int64_t lengths[] = {8 * TEST_ROWS * 16, (int64_t)1 << 31, (int64_t)1 << 58,
                             (int64_t)1 << 61,   INT64_MAX - 1,    INT64_MAX};
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_layout* layout = &test_layouts[i];
    if (layout->buffer_count == 0) continue;
    const struct test_schema schema = test_layout_schema(layout);
    for (size_t n = 0; n < sizeof lengths / sizeof lengths[0]; n++) {
      struct test_pair buffers[TEST_MAX_BUFFERS];
      struct test_pair nodes[TEST_MAX_NODES];
      struct test_batch batch = test_layout_batch(layout, buffers);
      memcpy(nodes, layout->nodes, sizeof nodes);
      batch.nodes = nodes;
      batch.row_count = lengths[n];
      nodes[0].a = lengths[n];
      if (layout->fields[0].type == NAJ_TYPE_RUN_END_ENCODED)
        continue; /* its rows have no buffer */
      refused(layout->name, &schema, &batch, NAJ_INVALID_DATA);
    }
  }
}

static void counts_that_disagree_with_the_schema_are_refused(void) {
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_layout* layout = &test_layouts[i];
    const struct test_schema schema = test_layout_schema(layout);
    struct test_pair buffers[TEST_MAX_BUFFERS + 1] = {{0, 0}};
    struct test_pair nodes[TEST_MAX_NODES + 1] = {{0, 0}};
    const struct test_batch good = test_layout_batch(layout, buffers);
    memcpy(nodes, layout->nodes, sizeof layout->nodes);
    struct test_batch batch = good;
    batch.nodes = nodes;
    batch.node_count++;
    refused("one node more", &schema, &batch, NAJ_INVALID_DATA);
    batch.node_count -= 2;
    refused("one node less", &schema, &batch, NAJ_INVALID_DATA);
    batch = good;
    batch.buffer_count++;
    refused("one buffer more", &schema, &batch, NAJ_INVALID_DATA);
    if (layout->buffer_count > 0) {
      batch.buffer_count -= 2;
      refused("one buffer less", &schema, &batch, NAJ_INVALID_DATA);
      batch = good;
      batch.buffers = NULL;
      refused("no buffer vector", &schema, &batch, NAJ_INVALID_DATA);
    }
    batch = good;
    batch.nodes = NULL;
    refused("no node vector", &schema, &batch, NAJ_INVALID_DATA);
    batch = good;
    const int64_t counts[] = {1, 0, 0};
    batch.variadic_counts = counts;
    batch.variadic_count = (size_t)layout->variadic_count + 1;
    refused("one variadic count more", &schema, &batch, NAJ_INVALID_DATA);
    if (layout->variadic_count == 0) continue;
    const int64_t bad[] = {-1, INT64_MIN, INT64_MAX, layout->variadic_counts[0] + 1};
    for (size_t n = 0; n < sizeof bad / sizeof bad[0]; n++) {
      const int64_t wrong[] = {bad[n], bad[n]};
      batch.variadic_counts = wrong;
      batch.variadic_count = (size_t)layout->variadic_count;
      refused("variadic count", &schema, &batch, NAJ_INVALID_DATA);
    }
    batch.variadic_counts = NULL;
    refused("no variadic counts", &schema, &batch, NAJ_INVALID_DATA);
  }
}

/* Their sum is right, and every buffer would do in any place. */
static void variadic_counts_may_not_make_up_for_each_other(void) {
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_layout* layout = &test_layouts[i];
    if (layout->variadic_count != 2) continue;
    struct test_pair buffers[TEST_MAX_BUFFERS];
    const struct test_schema schema = test_layout_schema(layout);
    struct test_batch batch = test_layout_batch(layout, buffers);
    for (int32_t k = 0; k < layout->buffer_count; k++)
      buffers[k] = (struct test_pair){0, batch.body_bytes};
    const int64_t sum = layout->variadic_counts[0] + layout->variadic_counts[1];
    const int64_t bad[][2] = {{sum + 1, -1}, {-1, sum + 1}, {INT64_MAX, sum - INT64_MAX}};
    for (size_t n = 0; n < sizeof bad / sizeof bad[0]; n++) {
      batch.variadic_counts = bad[n];
      refused("variadic counts", &schema, &batch, NAJ_INVALID_DATA);
    }
  }
}

static const struct test_field int_column = {.name = "a", .type = NAJ_TYPE_INT32};
static const struct test_schema int_schema = {.fields = &int_column, .field_count = 1};

static void row_count_and_column_lengths_must_agree(void) {
  const struct test_pair node = {2, 0};
  const struct test_pair buffers[] = {{0, 0}, {0, 8}};
  struct test_batch batch = {
      .nodes = &node, .node_count = 1, .buffers = buffers, .buffer_count = 2, .body_bytes = 8};
  const int64_t row_counts[] = {0, 1, 3, -1, INT64_MIN, INT64_MAX};
  for (size_t i = 0; i < sizeof row_counts / sizeof row_counts[0]; i++) {
    batch.row_count = row_counts[i];
    refused("row count", &int_schema, &batch, NAJ_INVALID_DATA);
  }
}

static void a_bitmap_is_needed_only_for_nulls(void) {
  struct test_pair node = {20, 0};
  struct test_pair buffers[] = {{0, 0}, {0, 80}};
  struct test_batch batch = {.row_count = 20,
                             .nodes = &node,
                             .node_count = 1,
                             .buffers = buffers,
                             .buffer_count = 2,
                             .body_bytes = 80};
  struct decoded decoded;
  CHECK_STATUS(decode(&int_schema, &batch, &decoded), NAJ_OK, decoded.error);
  CHECK_EQ(buffers_of(&decoded)[0].address, 0);
  CHECK_EQ(buffers_of(&decoded)[1].size_bytes, 80);
  done(&decoded);
  buffers[0].b = 2; /* too short to be read: counts as absent */
  CHECK_STATUS(decode(&int_schema, &batch, &decoded), NAJ_OK, decoded.error);
  CHECK_EQ(buffers_of(&decoded)[0].address, 0);
  CHECK_EQ(buffers_of(&decoded)[0].size_bytes, 0);
  done(&decoded);
  node.b = 1;
  refused("nulls, short bitmap", &int_schema, &batch, NAJ_INVALID_DATA);
  buffers[0].b = 0;
  refused("nulls, no bitmap", &int_schema, &batch, NAJ_INVALID_DATA);
}

static void zero_rows_need_no_offsets(void) {
  const struct test_field field = {.name = "s", .type = NAJ_TYPE_UTF8};
  const struct test_schema schema = {.fields = &field, .field_count = 1};
  const struct test_pair node = {0, 0};
  struct test_pair buffers[] = {{0, 0}, {0, 0}, {0, 0}};
  struct test_batch batch = {
      .nodes = &node, .node_count = 1, .buffers = buffers, .buffer_count = 3, .body_bytes = 8};
  struct decoded decoded;
  const int64_t sizes[] = {0, 3, 4, 8};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    buffers[1].b = sizes[i];
    CHECK_STATUS(decode(&schema, &batch, &decoded), NAJ_OK, decoded.error);
    CHECK_EQ(buffers_of(&decoded)[1].size_bytes, sizes[i] < 4 ? 0 : sizes[i]);
    done(&decoded);
  }
}

static void zero_columns_have_rows(void) {
  const struct test_schema schema = {.fields = NULL, .field_count = 0};
  const struct test_batch batch = {.row_count = 12};
  struct decoded decoded;
  CHECK_STATUS(decode(&schema, &batch, &decoded), NAJ_OK, decoded.error);
  CHECK_EQ(header_of(&decoded)->row_count, 12);
  CHECK_EQ(header_of(&decoded)->node_count, 0);
  done(&decoded);
}

static void children_too_short_for_their_parent_are_refused(void) {
  const struct {
    const char* layout;
    int32_t child;
  } cases[] = {
      {"struct", 1},          {"struct", 2},          {"sparse_union", 1}, {"sparse_union", 2},
      {"fixed_size_list", 1}, {"run_end_encoded", 2}, {"map", 2},          {"map", 3}};
  size_t found = 0;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    for (size_t n = 0; n < test_layout_count; n++) {
      const struct test_layout* layout = &test_layouts[n];
      if (strcmp(layout->name, cases[i].layout) != 0) continue;
      struct test_pair buffers[TEST_MAX_BUFFERS];
      struct test_pair nodes[TEST_MAX_NODES];
      const struct test_schema schema = test_layout_schema(layout);
      struct test_batch batch = test_layout_batch(layout, buffers);
      memcpy(nodes, layout->nodes, sizeof nodes);
      nodes[cases[i].child].a--;
      batch.nodes = nodes;
      struct decoded decoded;
      CHECK_STATUS(decode(&schema, &batch, &decoded), NAJ_INVALID_DATA, decoded.error);
      CHECK(strncmp(decoded.error.path, "c.", 2) == 0);
      done(&decoded);
      found++;
    }
  }
  CHECK_EQ(found, sizeof cases / sizeof cases[0]);
}

static void list_length_times_list_size_may_not_overflow(void) {
  const struct test_field fields[] = {
      {.name = "l", .type = NAJ_TYPE_FIXED_SIZE_LIST, .child_count = 1, .param0 = INT32_MAX},
      {.name = "item", .type = NAJ_TYPE_NULL}};
  const struct test_schema schema = {.fields = fields, .field_count = 2};
  const struct test_pair nodes[] = {{INT64_MAX / 2, 0}, {INT64_MAX, 0}};
  const struct test_pair buffers[] = {{0, 0}};
  const struct test_batch batch = {.row_count = INT64_MAX / 2,
                                   .nodes = nodes,
                                   .node_count = 2,
                                   .buffers = buffers,
                                   .buffer_count = 1};
  refused("overflow", &schema, &batch, NAJ_INVALID_DATA);
}

static void rows_without_run_ends_are_refused(void) {
  const struct test_field fields[] = {
      {.name = "r", .type = NAJ_TYPE_RUN_END_ENCODED, .child_count = 2},
      {.name = "run_ends", .type = NAJ_TYPE_INT32},
      {.name = "values", .type = NAJ_TYPE_INT32}};
  const struct test_schema schema = {.fields = fields, .field_count = 3};
  const struct test_pair nodes[] = {{1, 0}, {0, 0}, {0, 0}};
  const struct test_pair buffers[] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}};
  const struct test_batch batch = {
      .row_count = 1, .nodes = nodes, .node_count = 3, .buffers = buffers, .buffer_count = 4};
  refused("run ends", &schema, &batch, NAJ_INVALID_DATA);
}

static void what_cannot_stay_in_the_body_asks_for_an_arena(void) {
  const struct test_pair node = {1, 0};
  const struct test_pair buffers[] = {{0, 0}, {0, 8}};
  struct test_batch batch = {.row_count = 1,
                             .nodes = &node,
                             .node_count = 1,
                             .buffers = buffers,
                             .buffer_count = 2,
                             .body_bytes = 8};
  struct test_schema schema = int_schema;
  schema.is_big_endian = 1;
  struct decoded decoded;
  CHECK_STATUS(decode(&schema, &batch, &decoded), NAJ_NEED_ARENA, decoded.error);
  CHECK_EQ(header_of(&decoded)->needed_bytes, 64);
  done(&decoded);
}

static void unions_and_runs_want_the_schemas_metadata_version(void) {
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_layout* layout = &test_layouts[i];
    struct test_pair buffers[TEST_MAX_BUFFERS];
    const struct test_schema schema = test_layout_schema(layout);
    struct test_batch batch = test_layout_batch(layout, buffers);
    batch.metadata_version = layout->metadata_version == TEST_V4 ? TEST_V5 : TEST_V4;
    int is_versioned = 0;
    for (int32_t k = 0; k < layout->field_count; k++) {
      const int32_t type = layout->fields[k].type;
      is_versioned |= type == NAJ_TYPE_SPARSE_UNION || type == NAJ_TYPE_DENSE_UNION ||
                      type == NAJ_TYPE_RUN_END_ENCODED;
    }
    struct decoded decoded;
    CHECK_STATUS(decode(&schema, &batch, &decoded), is_versioned ? NAJ_INVALID_DATA : NAJ_OK,
                 decoded.error);
    done(&decoded);
  }
}

static void nulls_of_a_v4_union_come_with_their_bitmap_and_those_of_runs_are_refused(void) {
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_layout* layout = &test_layouts[i];
    if (layout->metadata_version != TEST_V4) continue;
    struct test_pair buffers[TEST_MAX_BUFFERS];
    struct test_pair nodes[TEST_MAX_NODES];
    const struct test_schema schema = test_layout_schema(layout);
    struct test_batch batch = test_layout_batch(layout, buffers);
    memcpy(nodes, layout->nodes, sizeof nodes);
    nodes[0].b = 1;
    batch.nodes = nodes;
    struct decoded decoded;
    if (layout->fields[0].type == NAJ_TYPE_RUN_END_ENCODED) {
      CHECK_STATUS(decode(&schema, &batch, &decoded), NAJ_UNSUPPORTED, decoded.error);
      CHECK_TEXT(decoded.error.path, "c");
    } else {
      CHECK_STATUS(decode(&schema, &batch, &decoded), NAJ_INVALID_DATA, decoded.error);
      done(&decoded);
      buffers[0].b = 1;
      CHECK_STATUS(decode(&schema, &batch, &decoded), NAJ_OK, decoded.error);
      const struct naj_table_header* header = header_of(&decoded);
      const struct naj_table_node* table_nodes =
          (const struct naj_table_node*)(const void*)(header + 1);
      const struct naj_table_buffer* table_buffers =
          (const struct naj_table_buffer*)(const void*)(table_nodes + header->node_count);
      CHECK_EQ(table_nodes[0].null_count, 1);
      CHECK(table_buffers[0].address != 0);
      CHECK_EQ(table_buffers[0].size_bytes, 1);
    }
    done(&decoded);
  }
}

static void nulls_that_were_not_counted_are_read(void) {
  const struct test_pair node = {9, -1};
  struct test_pair buffers[] = {{0, 2}, {8, 36}};
  const struct test_batch batch = {.row_count = 9,
                                   .nodes = &node,
                                   .node_count = 1,
                                   .buffers = buffers,
                                   .buffer_count = 2,
                                   .body_bytes = 48};
  struct decoded decoded;
  CHECK_STATUS(decode(&int_schema, &batch, &decoded), NAJ_OK, decoded.error);
  CHECK_EQ(nodes_of(&decoded)[0].null_count, -1);
  CHECK_EQ(buffers_of(&decoded)[0].size_bytes, 2);
  done(&decoded);
  buffers[0].b = 0; /* no bitmap: nothing is null */
  CHECK_STATUS(decode(&int_schema, &batch, &decoded), NAJ_OK, decoded.error);
  CHECK_EQ(buffers_of(&decoded)[0].address, 0);
  done(&decoded);
  buffers[0].b = 1;
  refused("bitmap", &int_schema, &batch, NAJ_INVALID_DATA);
}

static void a_small_table_is_asked_to_grow(void) {
  const struct test_pair node = {2, 0};
  const struct test_pair buffers[] = {{0, 0}, {0, 8}};
  const struct test_batch batch = {.row_count = 2,
                                   .nodes = &node,
                                   .node_count = 1,
                                   .buffers = buffers,
                                   .buffer_count = 2,
                                   .body_bytes = 8};
  const int64_t needed = (int64_t)sizeof(struct naj_table_header) + 16 + 32;
  struct decoded decoded;
  CHECK_STATUS(decode_into(&int_schema, &batch, 8, &decoded), NAJ_MISUSE, decoded.error);
  done(&decoded);
  CHECK_STATUS(decode_into(&int_schema, &batch, needed - 1, &decoded), NAJ_NEED_TABLE,
               decoded.error);
  CHECK_EQ(header_of(&decoded)->needed_bytes, needed);
  done(&decoded);
  CHECK_STATUS(decode_into(&int_schema, &batch, needed, &decoded), NAJ_OK, decoded.error);
  CHECK_EQ(header_of(&decoded)->needed_bytes, needed);
  done(&decoded);
}

static void message_metadata_lies_in_the_table(void) {
  const struct test_schema schema = {.fields = NULL, .field_count = 0};
  const struct test_batch batch = {.row_count = 1, .metadata_key = "key"};
  struct decoded decoded;
  CHECK_STATUS(decode(&schema, &batch, &decoded), NAJ_OK, decoded.error);
  const struct naj_table_header* header = header_of(&decoded);
  CHECK_EQ(header->metadata_bytes, 4 + 4 + 3 + 4 + 5);
  CHECK_EQ(header->metadata_address, (int64_t)(uintptr_t)(header + 1));
  int32_t pair_count = 0;
  memcpy(&pair_count, header + 1, sizeof pair_count);
  CHECK_EQ(pair_count, 1);
  CHECK(memcmp((const uint8_t*)(header + 1) + 8, "key", 3) == 0);
  CHECK(memcmp((const uint8_t*)(header + 1) + 15, "value", 5) == 0);
  done(&decoded);
}

enum { RACE_COUNT = 37 };
struct race {
  _Atomic int64_t* count; /* in the message's flatbuffer */
  _Atomic int is_over;
};

static void* change_count(void* context) {
  struct race* race = context;
  while (!race->is_over) {
    *race->count = 100 * RACE_COUNT;
    *race->count = RACE_COUNT;
  }
  return NULL;
}

static _Atomic int64_t* find_count(const struct test_bytes* bytes) {
  for (int64_t at = 0; at + 8 <= bytes->size_bytes; at += 8) {
    int64_t value;
    memcpy(&value, bytes->data + at, sizeof value);
    if (value == RACE_COUNT) return (_Atomic int64_t*)(void*)(bytes->data + at);
  }
  return NULL;
}

/* As when another process writes to a mapped file. The sanitizer sees a write beyond the table. */
static void a_variadic_count_that_changes_while_it_is_read_writes_nothing_beyond_the_table(void) {
  static const struct test_field field = {.name = "v", .type = NAJ_TYPE_UTF8_VIEW};
  static const struct test_schema schema = {.fields = &field, .field_count = 1};
  static const struct test_pair node = {0, 0};
  static const struct test_pair buffers[2 + RACE_COUNT];
  static const int64_t count = RACE_COUNT;
  static const struct test_batch batch = {.nodes = &node,
                                          .node_count = 1,
                                          .buffers = buffers,
                                          .buffer_count = 2 + RACE_COUNT,
                                          .variadic_counts = &count,
                                          .variadic_count = 1,
                                          .body_bytes = INT64_C(1) << 40};
  struct test_bytes bytes = {0};
  test_append_schema(&bytes, &schema, 0);
  test_append_batch(&bytes, &batch, 0);
  /* A body that is not there and not looked at, so large that most numbers are a place in it. */
  const int64_t input_bytes = bytes.size_bytes + batch.body_bytes;
  struct naj_memory* memory = test_memory(bytes.data, input_bytes);
  const int64_t table_bytes = (int64_t)(sizeof(struct naj_table_header) +
                                        sizeof(struct naj_table_node) + sizeof buffers + 8);
  void* table = malloc((size_t)table_bytes);
  struct race race = {.count = find_count(&bytes)};
  CHECK(table != NULL && race.count != NULL);
  struct naj_error error;
  pthread_t thread;
  CHECK_EQ(pthread_create(&thread, NULL, change_count, &race), 0);
  for (int i = 0; i < 20000; i++) {
    struct naj_stream* stream = NULL;
    int64_t next_offset = 0;
    int64_t needed_bytes = 0;
    CHECK_STATUS(naj_stream_open(NULL, &stream, &error), NAJ_OK, error);
    CHECK_STATUS(
        naj_stream_schema(stream, memory, 0, input_bytes, &next_offset, &needed_bytes, &error),
        NAJ_OK, error);
    const naj_status status = test_stream_next(
        stream, memory, next_offset, input_bytes - next_offset, 1, table, table_bytes, &error);
    CHECK(status == NAJ_OK || status == NAJ_INVALID_DATA);
    naj_stream_close(stream);
  }
  race.is_over = 1;
  CHECK_EQ(pthread_join(thread, NULL), 0);
  free(table);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  test_bytes_free(&bytes);
}

int main(void) {
  TEST_RUN(every_layout_lands_where_the_format_puts_it);
  TEST_RUN(nanoarrow_reads_the_same);
  TEST_RUN(a_buffer_one_byte_short_is_refused);
  TEST_RUN(a_buffer_outside_the_body_is_refused);
  TEST_RUN(a_node_out_of_range_is_refused);
  TEST_RUN(a_length_that_its_buffers_cannot_hold_is_refused);
  TEST_RUN(counts_that_disagree_with_the_schema_are_refused);
  TEST_RUN(variadic_counts_may_not_make_up_for_each_other);
  TEST_RUN(row_count_and_column_lengths_must_agree);
  TEST_RUN(a_bitmap_is_needed_only_for_nulls);
  TEST_RUN(zero_rows_need_no_offsets);
  TEST_RUN(zero_columns_have_rows);
  TEST_RUN(children_too_short_for_their_parent_are_refused);
  TEST_RUN(list_length_times_list_size_may_not_overflow);
  TEST_RUN(rows_without_run_ends_are_refused);
  TEST_RUN(what_cannot_stay_in_the_body_asks_for_an_arena);
  TEST_RUN(unions_and_runs_want_the_schemas_metadata_version);
  TEST_RUN(nulls_of_a_v4_union_come_with_their_bitmap_and_those_of_runs_are_refused);
  TEST_RUN(nulls_that_were_not_counted_are_read);
  TEST_RUN(a_small_table_is_asked_to_grow);
  TEST_RUN(message_metadata_lies_in_the_table);
  TEST_RUN(a_variadic_count_that_changes_while_it_is_read_writes_nothing_beyond_the_table);
  TEST_DONE();
}
