#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch/naj_plan.h"
#include "naj_fuzz.h"
#include "nanoarrow/nanoarrow.h"
#include "schema/naj_schema.h"

enum { FIRST_TABLE_BYTES = 256, MOST_TABLE_BYTES = 64 << 20 };

void naj_fuzz_fail(const char* condition) {
  fprintf(stderr, "does not hold: %s\n", condition);
  abort();
}

static void* allocate(int64_t count, int64_t item_bytes) {
  void* block = calloc((size_t)count + 1, (size_t)item_bytes);
  if (block == NULL) naj_fuzz_fail("memory");
  return block;
}

int naj_fuzz_grow(struct naj_fuzz_table* table, naj_status status) {
  int64_t needed = FIRST_TABLE_BYTES;
  if (table->block != NULL) {
    if (status != NAJ_NEED_TABLE) return 0;
    needed = ((const struct naj_table_header*)table->block)->needed_bytes;
    NAJ_FUZZ_REQUIRE(needed > table->size_bytes);
    if (needed > MOST_TABLE_BYTES) return 0;
  }
  free(table->block);
  table->block = allocate(needed, 1);
  table->size_bytes = needed;
  return 1;
}

void naj_fuzz_table_free(struct naj_fuzz_table* table) {
  free(table->block);
  table->block = NULL;
}

struct flat {
  struct naj_array_node* nodes;
  struct naj_table_buffer* buffers;
  int64_t* sizes; /* of variadic buffers, in order */
  int64_t node_count;
  int64_t buffer_count;
};

static struct flat flatten(const struct naj_schema* schema, const struct naj_table_header* table) {
  const struct naj_plan* plan = schema->plan;
  const struct naj_table_node* nodes = (const struct naj_table_node*)(const void*)(table + 1);
  const struct naj_table_buffer* buffers =
      (const struct naj_table_buffer*)(const void*)(nodes + table->node_count);
  const int64_t* variadic = (const int64_t*)(const void*)(buffers + table->buffer_count);
  NAJ_FUZZ_REQUIRE(table->node_count == plan->node_count);
  NAJ_FUZZ_REQUIRE(table->variadic_count == plan->variadic_field_count);
  struct flat flat = {.node_count = table->node_count};
  flat.nodes = allocate(table->node_count, (int64_t)sizeof *flat.nodes);
  flat.buffers =
      allocate(table->buffer_count + table->variadic_count, (int64_t)sizeof *flat.buffers);
  flat.sizes = allocate(table->buffer_count, (int64_t)sizeof *flat.sizes);
  int64_t* sizes = flat.sizes;
  int64_t taken = 0;
  for (int64_t n = 0; n < table->node_count; n++) {
    flat.nodes[n].length = nodes[n].length;
    flat.nodes[n].null_count = nodes[n].null_count;
    int64_t count = plan->nodes[n].buffer_count;
    const int64_t data_count = plan->nodes[n].has_variadic ? *variadic++ : 0;
    const int64_t* first_size = sizes;
    for (int64_t i = 0; i < count + data_count; i++) {
      NAJ_FUZZ_REQUIRE(taken < table->buffer_count);
      if (i >= count) *sizes++ = buffers[taken].size_bytes;
      flat.buffers[flat.buffer_count++] = buffers[taken++];
    }
    count += data_count;
    if (plan->nodes[n].has_variadic) {
      flat.buffers[flat.buffer_count++] =
          (struct naj_table_buffer){.address = data_count == 0 ? 0 : (int64_t)(uintptr_t)first_size,
                                    .size_bytes = data_count * (int64_t)sizeof(int64_t)};
      count++;
    }
    flat.nodes[n].buffer_count = count;
  }
  NAJ_FUZZ_REQUIRE(taken == table->buffer_count);
  return flat;
}

/* What was exported comes back, row for row as many. */
static void import_again(const struct naj_schema* schema, struct ArrowArray* array) {
  const int64_t rows = array->length;
  int64_t counts[2] = {0, 0};
  struct naj_array_node* nodes = NULL;
  struct naj_table_buffer* buffers = NULL;
  struct naj_memory* memory = NULL;
  struct naj_error error;
  naj_status status = NAJ_NEED_TABLE;
  for (int i = 0; i < 2 && status == NAJ_NEED_TABLE; i++) {
    const int64_t node_capacity = counts[0];
    const int64_t buffer_capacity = counts[1];
    free(nodes);
    free(buffers);
    nodes = allocate(node_capacity, (int64_t)sizeof *nodes);
    buffers = allocate(buffer_capacity, (int64_t)sizeof *buffers);
    status = naj_array_import(schema, array, nodes, node_capacity, &counts[0], buffers,
                              buffer_capacity, &counts[1], &memory, &error);
  }
  NAJ_FUZZ_REQUIRE(status != NAJ_NEED_TABLE && status != NAJ_NO_MEMORY);
  if (status == NAJ_OK) {
    NAJ_FUZZ_REQUIRE(array->release == NULL);
    NAJ_FUZZ_REQUIRE(counts[0] == 0 || nodes[0].length >= rows);
    NAJ_FUZZ_REQUIRE(naj_validate(schema, rows, nodes, counts[0], buffers, counts[1],
                                  NAJ_VALIDATE_ACCESS, &error) == NAJ_OK);
    naj_memory_release(memory);
    naj_memory_unreserve(memory);
  } else {
    array->release(array);
  }
  free(nodes);
  free(buffers);
}

static int has_dictionary(const struct naj_schema* schema) {
  for (int32_t i = 0; i < schema->header->field_count; i++)
    if (schema->fields[i].flags & NAJ_FIELD_DICTIONARY) return 1;
  return 0;
}

void naj_fuzz_batch(const struct naj_schema* borrow_schema, const void* borrow_table) {
  const struct naj_table_header* table = borrow_table;
  if (has_dictionary(borrow_schema)) return;
  struct flat flat = flatten(borrow_schema, table);
  struct naj_error error;
  const naj_status access =
      naj_validate(borrow_schema, table->row_count, flat.nodes, flat.node_count, flat.buffers,
                   flat.buffer_count, NAJ_VALIDATE_ACCESS, &error);
  NAJ_FUZZ_REQUIRE(access == NAJ_OK || access == NAJ_INVALID_DATA);
  const naj_status full = naj_validate(borrow_schema, table->row_count, flat.nodes, flat.node_count,
                                       flat.buffers, flat.buffer_count, NAJ_VALIDATE_FULL, &error);
  NAJ_FUZZ_REQUIRE(full == NAJ_INVALID_DATA || (full == NAJ_OK && access == NAJ_OK));
  struct ArrowArray array = {.release = NULL};
  const naj_status exported =
      naj_array_export(borrow_schema, table->row_count, flat.nodes, flat.node_count, flat.buffers,
                       flat.buffer_count, NULL, 0, &array, &error);
  if (access == NAJ_OK) NAJ_FUZZ_REQUIRE(exported == NAJ_OK);
  if (exported == NAJ_OK) {
    if (access == NAJ_OK) {
      naj_fuzz_touch(borrow_schema, &array);
      import_again(borrow_schema, &array);
    } else {
      array.release(&array);
    }
  }
  free(flat.nodes);
  free(flat.buffers);
  free(flat.sizes);
}
