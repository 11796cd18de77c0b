#include <stdlib.h>

#include "batch/naj_plan.h"
#include "naj_fuzz.h"
#include "nanoarrow/nanoarrow.h"
#include "schema/naj_schema.h"

enum { MOST_NESTED_DICTIONARIES = 16, MOST_ARRAYS = 100000 };

struct flat {
  struct naj_array_node* nodes;
  struct naj_table_buffer* buffers;
  void** sizes; /* blocks, one for each view array */
  int64_t node_count;
  int64_t buffer_count;
  int64_t sizes_count;
  int64_t node_capacity;
  int64_t buffer_capacity;
  int64_t sizes_capacity;
};

static void* grown(void* block, int64_t count, int64_t* capacity, size_t item_bytes) {
  if (count < *capacity) return block;
  *capacity = 2 * count + 16;
  void* larger = realloc(block, (size_t)*capacity * item_bytes);
  if (larger == NULL) naj_fuzz_fail("memory");
  return larger;
}

static void add_buffer(struct flat* flat, struct naj_table_buffer buffer) {
  flat->buffers =
      grown(flat->buffers, flat->buffer_count, &flat->buffer_capacity, sizeof *flat->buffers);
  flat->buffers[flat->buffer_count++] = buffer;
}

static void add_sizes(struct flat* flat, const struct naj_table_buffer* data, int64_t data_count) {
  int64_t* sizes = naj_fuzz_allocate(data_count, (int64_t)sizeof *sizes);
  for (int64_t i = 0; i < data_count; i++) sizes[i] = data[i].size_bytes;
  flat->sizes = grown(flat->sizes, flat->sizes_count, &flat->sizes_capacity, sizeof *flat->sizes);
  flat->sizes[flat->sizes_count++] = sizes;
  add_buffer(flat,
             (struct naj_table_buffer){.address = data_count == 0 ? 0 : (int64_t)(uintptr_t)sizes,
                                       .size_bytes = data_count * (int64_t)sizeof *sizes});
}

static const struct naj_table_header* find_dictionary(
    const struct naj_fuzz_dictionaries* dictionaries, int64_t id, int32_t* out_index) {
  for (int32_t i = 0; i < dictionaries->count; i++) {
    if (naj_schema_dictionary_id(dictionaries->schema, i) != id) continue;
    *out_index = i;
    return dictionaries->entries[i].table;
  }
  naj_fuzz_fail("a dictionary of the schema");
}

/* Appends the arrays of a table, each dictionary after its indices; 0 when one is missing. */
static int flatten(const struct naj_schema* schema, const struct naj_table_header* table,
                   const struct naj_fuzz_dictionaries* dictionaries, int depth, struct flat* flat) {
  const struct naj_plan* plan = schema->plan;
  const struct naj_table_node* nodes = (const struct naj_table_node*)(const void*)(table + 1);
  const struct naj_table_buffer* buffers =
      (const struct naj_table_buffer*)(const void*)(nodes + table->node_count);
  const int64_t* variadic = (const int64_t*)(const void*)(buffers + table->buffer_count);
  NAJ_FUZZ_REQUIRE(table->node_count == plan->node_count);
  NAJ_FUZZ_REQUIRE(table->variadic_count == plan->variadic_field_count);
  int64_t taken = 0;
  for (int64_t n = 0; n < table->node_count; n++) {
    const int64_t data_count = plan->nodes[n].has_variadic ? *variadic++ : 0;
    const int64_t count = plan->nodes[n].buffer_count + data_count;
    NAJ_FUZZ_REQUIRE(count <= table->buffer_count - taken);
    for (int64_t i = 0; i < count; i++) add_buffer(flat, buffers[taken + i]);
    taken += count;
    if (plan->nodes[n].has_variadic) add_sizes(flat, &buffers[taken - data_count], data_count);
    flat->nodes = grown(flat->nodes, flat->node_count, &flat->node_capacity, sizeof *flat->nodes);
    flat->nodes[flat->node_count++] =
        (struct naj_array_node){.length = nodes[n].length,
                                .null_count = nodes[n].null_count,
                                .buffer_count = count + plan->nodes[n].has_variadic};
    const struct naj_field_record* field = &schema->fields[plan->nodes[n].field_index];
    if ((field->flags & NAJ_FIELD_DICTIONARY) == 0) continue;
    int32_t index = 0;
    const struct naj_table_header* values =
        find_dictionary(dictionaries, field->dictionary_id, &index);
    if (values == NULL || depth == 0 || flat->node_count > MOST_ARRAYS ||
        !flatten(naj_schema_dictionary_values(dictionaries->schema, index), values, dictionaries,
                 depth - 1, flat))
      return 0;
  }
  NAJ_FUZZ_REQUIRE(taken == table->buffer_count);
  return 1;
}

static void flat_free(struct flat* flat) {
  for (int64_t i = 0; i < flat->sizes_count; i++) free(flat->sizes[i]);
  free(flat->sizes);
  free(flat->nodes);
  free(flat->buffers);
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
    nodes = naj_fuzz_allocate(node_capacity, (int64_t)sizeof *nodes);
    buffers = naj_fuzz_allocate(buffer_capacity, (int64_t)sizeof *buffers);
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

/* Returns whether NAJ_VALIDATE_ACCESS found nothing. */
static int export_flat(const struct naj_schema* schema, int64_t row_count,
                       const struct flat* flat) {
  struct naj_error error;
  const naj_status access =
      naj_validate(schema, row_count, flat->nodes, flat->node_count, flat->buffers,
                   flat->buffer_count, NAJ_VALIDATE_ACCESS, &error);
  NAJ_FUZZ_REQUIRE(access == NAJ_OK || access == NAJ_INVALID_DATA);
  const naj_status full =
      naj_validate(schema, row_count, flat->nodes, flat->node_count, flat->buffers,
                   flat->buffer_count, NAJ_VALIDATE_FULL, &error);
  NAJ_FUZZ_REQUIRE(full == NAJ_INVALID_DATA || (full == NAJ_OK && access == NAJ_OK));
  struct ArrowArray array = {.release = NULL};
  const naj_status exported =
      naj_array_export(schema, row_count, flat->nodes, flat->node_count, flat->buffers,
                       flat->buffer_count, NULL, 0, &array, &error);
  if (access == NAJ_OK) NAJ_FUZZ_REQUIRE(exported == NAJ_OK || exported == NAJ_UNSUPPORTED);
  if (exported != NAJ_OK) return access == NAJ_OK;
  if (access == NAJ_OK) {
    naj_fuzz_touch(schema, &array);
    import_again(schema, &array);
  } else {
    array.release(&array);
  }
  return access == NAJ_OK;
}

void naj_fuzz_batch(const struct naj_schema* borrow_schema,
                    const struct naj_table_header* borrow_table,
                    const struct naj_fuzz_dictionaries* borrow_dictionaries) {
  struct flat flat = {0};
  int is_valid = 0;
  if (flatten(borrow_schema, borrow_table, borrow_dictionaries, MOST_NESTED_DICTIONARIES, &flat))
    is_valid = export_flat(borrow_schema, borrow_table->row_count, &flat);
  flat_free(&flat);
  naj_fuzz_write(borrow_schema, borrow_table, is_valid);
}
