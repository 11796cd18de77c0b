#include <stdlib.h>

#include "batch/naj_plan.h"
#include "naj_fuzz.h"
#include "schema/naj_schema.h"
#include "write/naj_body.h"

enum { METADATA_V4 = 3, METADATA_V5 = 4, MOST_BYTES = 1 << 22 };

static volatile uint64_t sink;

static void touch(const struct naj_body* body) {
  uint64_t sum = 0;
  int64_t left = MOST_BYTES;
  for (int64_t i = 0; i < body->buffer_count; i++) {
    const struct naj_table_buffer* buffer = &body->buffers[i];
    NAJ_FUZZ_REQUIRE(buffer->size_bytes >= 0);
    NAJ_FUZZ_REQUIRE((buffer->address == 0) == (buffer->size_bytes == 0));
    for (int64_t k = 0; k < buffer->size_bytes && left > 0; k++, left--)
      sum += ((const uint8_t*)(uintptr_t)buffer->address)[k];
    if (buffer->size_bytes > 0)
      sum += ((const uint8_t*)(uintptr_t)buffer->address)[buffer->size_bytes - 1];
  }
  for (int64_t i = 0; i < body->node_count; i++)
    NAJ_FUZZ_REQUIRE(body->nodes[i].null_count >= 0 && body->nodes[i].length >= 0);
  sink = sink + sum;
}

/* Rows [start, start + count) of every column. */
static void slice(const struct naj_schema* schema, const struct naj_table_header* table,
                  int64_t start, int64_t count, struct naj_array_node* nodes) {
  const struct naj_plan* plan = schema->plan;
  const struct naj_table_node* given = (const struct naj_table_node*)(const void*)(table + 1);
  const struct naj_table_buffer* buffers =
      (const struct naj_table_buffer*)(const void*)(given + table->node_count);
  const int64_t* variadic = (const int64_t*)(const void*)(buffers + table->buffer_count);
  for (int64_t i = 0; i < table->node_count; i++) {
    nodes[i] = (struct naj_array_node){.length = given[i].length,
                                       .null_count = given[i].null_count,
                                       .buffer_count = plan->nodes[i].buffer_count};
    if (plan->nodes[i].has_variadic) nodes[i].buffer_count += *variadic++;
    if (plan->nodes[i].parent_node >= 0 || count == given[i].length) continue;
    nodes[i].offset = start;
    nodes[i].length = count;
    if (nodes[i].null_count > 0) nodes[i].null_count = -1;
  }
}

void naj_fuzz_write(const struct naj_schema* borrow_schema,
                    const struct naj_table_header* borrow_table, int is_valid) {
  const int64_t row_count = borrow_table->row_count;
  const int64_t slices[][2] = {
      {0, row_count}, {row_count / 3, row_count / 2}, {row_count - row_count / 5, row_count / 5}};
  struct naj_array_node* nodes = naj_fuzz_allocate(borrow_table->node_count, sizeof *nodes);
  struct naj_scratch* scratch = NULL;
  struct naj_error error;
  NAJ_FUZZ_REQUIRE(naj_scratch_create(&scratch, &error) == NAJ_OK);
  for (size_t i = 0; i < sizeof slices / sizeof *slices; i++) {
    slice(borrow_schema, borrow_table, slices[i][0], slices[i][1], nodes);
    const struct naj_rows rows = {
        .row_count = slices[i][1],
        .nodes = nodes,
        .node_count = borrow_table->node_count,
        .buffers =
            (const struct naj_table_buffer*)((const struct naj_table_node*)(borrow_table + 1) +
                                             borrow_table->node_count),
        .buffer_count = borrow_table->buffer_count};
    for (int32_t version = METADATA_V4; version <= METADATA_V5; version++) {
      struct naj_body body;
      naj_scratch_reset(scratch);
      const naj_status status =
          naj_body_prepare(borrow_schema, version, &rows, scratch, &body, &error);
      if (status == NAJ_OK) touch(&body);
      NAJ_FUZZ_REQUIRE(status == NAJ_OK || status == NAJ_UNSUPPORTED ||
                       (status == NAJ_INVALID_DATA && !is_valid));
    }
  }
  naj_scratch_free(scratch);
  free(nodes);
}
