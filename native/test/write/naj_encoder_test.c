/* Batches and dictionaries as the encoder writes them, read back by the stream reader. */
#include "batch/naj_plan.h"
#include "naj/naj_write.h"
#include "support/naj_test.h"
#include "support/naj_test_arrays.h"
#include "support/naj_test_encode.h"
#include "support/naj_test_layouts.h"

static struct naj_error error;

static struct naj_schema* schema_of(const struct test_field* fields, int32_t count,
                                    int32_t version) {
  const struct test_schema schema = {
      .fields = fields, .field_count = count, .metadata_version = version};
  return test_schema_create(&schema);
}

/* The rows of an array, offsets 0; `nodes` is room for them. */
static struct naj_rows rows_of(const struct test_array* array, struct naj_array_node* nodes) {
  const struct naj_plan* plan = array->schema->plan;
  int64_t views = 0;
  for (int64_t i = 0; i < array->node_count; i++) {
    int64_t count = plan->nodes[i].buffer_count;
    if (plan->nodes[i].has_variadic) count += array->variadic[views++];
    nodes[i] =
        (struct naj_array_node){array->nodes[i].length, array->nodes[i].null_count, 0, count};
  }
  return (struct naj_rows){.row_count = array->row_count,
                           .nodes = nodes,
                           .node_count = array->node_count,
                           .buffers = array->buffers,
                           .buffer_count = array->buffer_count};
}

/* A stream of ours as the reader sees it. */
struct reading {
  struct naj_memory* memory;
  struct naj_stream* stream;
  int64_t offset;
  int64_t size_bytes;
  uint64_t table[4096];
  _Alignas(64) uint8_t arena[1 << 16];
};

static void start_reading(struct reading* reading, const struct test_output* output) {
  int64_t needed = 0;
  memset(reading, 0, sizeof *reading);
  reading->memory = test_memory(output->bytes, output->size_bytes);
  reading->size_bytes = output->size_bytes;
  CHECK_STATUS(naj_stream_open(NULL, &reading->stream, &error), NAJ_OK, error);
  CHECK_STATUS(naj_stream_schema(reading->stream, reading->memory, 0, output->size_bytes,
                                 &reading->offset, &needed, &error),
               NAJ_OK, error);
}

static const struct naj_table_header* read_next(struct reading* reading) {
  const struct naj_decode_target target = {reading->table, sizeof reading->table, reading->arena,
                                           sizeof reading->arena};
  CHECK_STATUS(naj_stream_next(reading->stream, reading->memory, reading->offset,
                               reading->size_bytes - reading->offset, 1, &target, &error),
               NAJ_OK, error);
  const struct naj_table_header* table = (const void*)reading->table;
  reading->offset = table->next_offset;
  return table;
}

static void stop_reading(struct reading* reading) {
  CHECK_EQ(read_next(reading)->kind, NAJ_TABLE_END);
  naj_stream_close(reading->stream);
  naj_memory_release(reading->memory);
  naj_memory_unreserve(reading->memory);
}

static void check_same_rows(const char* name, struct test_array* array,
                            const struct naj_table_header* table) {
  struct test_bytes expected = {0};
  struct test_bytes actual = {0};
  test_render(array->schema, test_array_table(array), &expected);
  test_render(array->schema, table, &actual);
  if (expected.size_bytes != actual.size_bytes ||
      (actual.size_bytes > 0 &&
       memcmp(expected.data, actual.data, (size_t)actual.size_bytes) != 0)) {
    fprintf(stderr, "%s:\nexpected\n%.*sfound\n%.*s", name, (int)expected.size_bytes,
            (const char*)expected.data, (int)actual.size_bytes, (const char*)actual.data);
    exit(1);
  }
  test_bytes_free(&expected);
  test_bytes_free(&actual);
}

/* Each buffer begins at a multiple of the alignment and what lies between is zero. */
static void check_body(const struct test_output* output, const struct naj_table_header* table) {
  const struct naj_table_node* nodes = (const struct naj_table_node*)(table + 1);
  const struct naj_table_buffer* buffers =
      (const struct naj_table_buffer*)(nodes + table->node_count);
  const uint8_t* body = output->bytes + table->body_offset;
  int64_t at = 0;
  for (int64_t i = 0; i < table->buffer_count; i++) {
    if (buffers[i].size_bytes == 0) continue;
    const int64_t offset = buffers[i].address - (int64_t)(uintptr_t)body;
    CHECK_EQ(offset % output->alignment_bytes, 0);
    CHECK(offset >= at);
    for (; at < offset; at++) CHECK_EQ(body[at], 0);
    at = offset + buffers[i].size_bytes;
  }
  for (; at < table->body_bytes; at++) CHECK_EQ(body[at], 0);
  CHECK_EQ(table->body_offset % output->alignment_bytes, 0);
}

/* The batch twice, as a table and as rows. */
static void round_trip(const char* name, struct test_array* array,
                       const struct naj_write_options* options, int32_t is_whole) {
  struct naj_encoder* encoder = NULL;
  struct test_output output = {.alignment_bytes = options->alignment_bytes, .is_whole = is_whole};
  struct naj_array_node nodes[TEST_ARRAY_NODES];
  const struct naj_rows rows = rows_of(array, nodes);
  CHECK_STATUS(
      naj_encoder_open((struct naj_schema*)(uintptr_t)array->schema, options, &encoder, &error),
      NAJ_OK, error);
  CHECK_STATUS(test_put_schema(&output, encoder, &error), NAJ_OK, error);
  CHECK_STATUS(test_put_table(&output, encoder, test_array_table(array), NULL, 0, &error), NAJ_OK,
               error);
  const int64_t body_bytes = output.last.body_bytes;
  if (is_whole) CHECK_EQ(output.last.part_count, 1);
  CHECK_STATUS(test_put_batch(&output, encoder, &rows, NULL, 0, &error), NAJ_OK, error);
  struct reading reading;
  start_reading(&reading, &output);
  for (int i = 0; i < 2; i++) {
    const struct naj_table_header* table = read_next(&reading);
    CHECK_EQ(table->kind, NAJ_TABLE_BATCH);
    CHECK_EQ((table->flags & NAJ_TABLE_LEGACY_FRAMING) != 0, options->is_legacy);
    if (i == 0) CHECK_EQ(table->body_bytes, body_bytes);
    check_same_rows(name, array, table);
    if (options->codec < 0) check_body(&output, table);
  }
  stop_reading(&reading);
  naj_encoder_close(encoder);
  test_output_free(&output);
}

static void every_layout_is_written(void) {
  static const int64_t lengths[] = {0, 1, 7, 8, 65};
  struct naj_write_options options;
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_schema description = test_layout_schema(&test_layouts[i]);
    struct naj_schema* schema = test_schema_create(&description);
    for (uint64_t seed = 0; seed < 60; seed++) {
      naj_write_options_init(&options);
      options.codec = (int32_t)(seed / 20) - 1;
      options.metadata_version = schema->header->metadata_version;
      options.alignment_bytes = 8 << seed % 4;
      options.is_legacy = seed % 3 == 1;
      options.gather_below_bytes = seed % 2 ? 9 : 0;
      struct test_array array;
      test_array_random(&array, schema, lengths[seed % 5], seed, (int32_t)(seed / 5 % 4));
      round_trip(test_layouts[i].name, &array, &options, seed % 7 == 3);
      test_array_free(&array);
    }
    naj_schema_release(schema);
  }
}

static const struct test_field wide_fields[] = {{.name = "i", .type = NAJ_TYPE_INT32},
                                                {.name = "t", .type = NAJ_TYPE_UTF8},
                                                {.name = "v", .type = NAJ_TYPE_UTF8_VIEW},
                                                {.name = "b", .type = NAJ_TYPE_BOOL}};

static void small_batches_are_one_part_and_large_buffers_are_not_copied(void) {
  struct naj_schema* schema = schema_of(wide_fields, 4, TEST_V5);
  struct test_array array;
  test_array_random(&array, schema, 1000, 5, TEST_ARRAY_NULLS);
  struct naj_write_options options;
  naj_write_options_init(&options);
  struct naj_encoder* encoder = NULL;
  static uint64_t room[64];
  uint8_t* staging = aligned_alloc(64, 1 << 20);
  struct naj_encode_target target = {
      .staging = staging, .staging_bytes = 1 << 20, .parts = room, .parts_bytes = sizeof room};
  const struct naj_encoded* encoded = (const void*)room;
  const struct naj_encoded_part* parts = (const struct naj_encoded_part*)(encoded + 1);
  options.gather_below_bytes = 1 << 20;
  CHECK_STATUS(naj_encoder_open(schema, &options, &encoder, &error), NAJ_OK, error);
  CHECK_STATUS(naj_encode_table(encoder, 0, test_array_table(&array), NULL, 0, &target, &error),
               NAJ_OK, error);
  CHECK_EQ(encoded->part_count, 1);
  CHECK_EQ(parts[0].address, (int64_t)(uintptr_t)staging);
  naj_encoder_close(encoder);

  options.gather_below_bytes = 4000; /* the 1000 integers, the offsets, views and their data */
  CHECK_STATUS(naj_encoder_open(schema, &options, &encoder, &error), NAJ_OK, error);
  CHECK_STATUS(naj_encode_table(encoder, 0, test_array_table(&array), NULL, 0, &target, &error),
               NAJ_OK, error);
  int64_t pointed_to = 0;
  for (int64_t i = 0; i < array.buffer_count; i++) {
    if (array.buffers[i].size_bytes < 4000) continue;
    int64_t found = 0;
    for (int64_t k = 0; k < encoded->part_count; k++)
      found += parts[k].address == array.buffers[i].address &&
               parts[k].size_bytes == array.buffers[i].size_bytes;
    CHECK_EQ(found, 1);
    pointed_to += array.buffers[i].size_bytes;
  }
  CHECK(pointed_to >= 4000);
  CHECK_EQ(encoded->staged_bytes + pointed_to, encoded->metadata_bytes + encoded->body_bytes);
  naj_encoder_close(encoder);
  free(staging);
  test_array_free(&array);
  naj_schema_release(schema);
}

static void null_counts_that_a_table_lacks_are_counted(void) {
  struct naj_schema* schema = schema_of(wide_fields, 4, TEST_V5);
  struct test_array array;
  test_array_random(&array, schema, 200, 11, TEST_ARRAY_NULLS);
  int64_t counts[4];
  for (int i = 0; i < 4; i++) counts[i] = array.nodes[i].null_count;
  CHECK(counts[0] > 0 && counts[1] > 0 && counts[2] > 0 && counts[3] > 0);
  array.nodes[1].null_count = -1;
  array.nodes[2].null_count = -1;
  struct naj_encoder* encoder = NULL;
  struct test_output output = {.alignment_bytes = 64};
  CHECK_STATUS(naj_encoder_open(schema, NULL, &encoder, &error), NAJ_OK, error);
  CHECK_STATUS(test_put_schema(&output, encoder, &error), NAJ_OK, error);
  CHECK_STATUS(test_put_table(&output, encoder, test_array_table(&array), NULL, 0, &error), NAJ_OK,
               error);
  struct reading reading;
  start_reading(&reading, &output);
  const struct naj_table_node* nodes = (const struct naj_table_node*)(read_next(&reading) + 1);
  for (int i = 0; i < 4; i++) CHECK_EQ(nodes[i].null_count, counts[i]);
  stop_reading(&reading);
  naj_encoder_close(encoder);
  test_output_free(&output);
  test_array_free(&array);
  naj_schema_release(schema);
}

/* A large body in large room takes another way to the same bytes. */
static void bodies_written_past_the_caches_are_the_same(void) {
  struct naj_schema* schema = schema_of(wide_fields, 4, TEST_V5);
  struct test_array array;
  test_array_random(&array, schema, 20001, 5, TEST_ARRAY_NULLS);
  const int64_t room_bytes = 9 << 20;
  uint8_t* room = aligned_alloc(64, (size_t)room_bytes);
  uint64_t parts[32];
  struct naj_encode_target target = {.parts = parts, .parts_bytes = sizeof parts, .is_whole = 1};
  const struct naj_encoded* encoded = (const void*)parts;
  struct naj_write_options options;
  naj_write_options_init(&options);
  for (int32_t alignment = 8; alignment <= 64; alignment *= 2) {
    struct naj_encoder* encoder = NULL;
    struct test_output output = {.alignment_bytes = alignment};
    options.alignment_bytes = alignment;
    CHECK_STATUS(naj_encoder_open(schema, &options, &encoder, &error), NAJ_OK, error);
    CHECK_STATUS(test_put_table(&output, encoder, test_array_table(&array), NULL, 0, &error),
                 NAJ_OK, error);
    CHECK(output.last.body_bytes > 64 << 10);
    for (int64_t offset = 0; offset <= 24; offset += 8) {
      memset(room, 0xA5, (size_t)room_bytes);
      target.staging = room + offset;
      target.staging_bytes = room_bytes - offset;
      CHECK_STATUS(naj_encode_table(encoder, 0, test_array_table(&array), NULL, 0, &target, &error),
                   NAJ_OK, error);
      CHECK_EQ(encoded->part_count, 1);
      CHECK_EQ(encoded->staged_bytes, output.size_bytes);
      CHECK(memcmp(room + offset, output.bytes, (size_t)output.size_bytes) == 0);
      CHECK_EQ(room[offset + output.size_bytes], 0xA5);
    }
    naj_encoder_close(encoder);
    test_output_free(&output);
  }
  free(room);
  test_array_free(&array);
  naj_schema_release(schema);
}

static void metadata_goes_with_its_batch_only(void) {
  static const uint8_t metadata[] = {1, 0, 0, 0, 2, 0, 0, 0, 'k', 0, 3, 0, 0, 0, 'v', 0, 'w'};
  struct naj_schema* schema = schema_of(wide_fields, 4, TEST_V5);
  struct test_array array;
  test_array_random(&array, schema, 9, 3, 0);
  struct naj_encoder* encoder = NULL;
  struct test_output output = {.alignment_bytes = 64};
  CHECK_STATUS(naj_encoder_open(schema, NULL, &encoder, &error), NAJ_OK, error);
  CHECK_STATUS(test_put_schema(&output, encoder, &error), NAJ_OK, error);
  for (int i = 0; i < 4; i++)
    CHECK_STATUS(test_put_table(&output, encoder, test_array_table(&array), metadata,
                                i == 0 || i == 3 ? (int64_t)sizeof metadata : 0, &error),
                 NAJ_OK, error);
  struct reading reading;
  start_reading(&reading, &output);
  for (int i = 0; i < 4; i++) {
    const struct naj_table_header* table = read_next(&reading);
    CHECK_EQ(table->metadata_bytes, i == 0 || i == 3 ? (int64_t)sizeof metadata : 0);
    if (table->metadata_bytes > 0)
      CHECK(memcmp((const void*)(uintptr_t)table->metadata_address, metadata, sizeof metadata) ==
            0);
    check_same_rows("metadata", &array, table);
  }
  stop_reading(&reading);
  naj_encoder_close(encoder);
  test_output_free(&output);
  test_array_free(&array);
  naj_schema_release(schema);
}

static void rows_without_columns_are_written(void) {
  struct naj_schema* schema = schema_of(NULL, 0, TEST_V5);
  struct naj_encoder* encoder = NULL;
  struct test_output output = {.alignment_bytes = 64};
  const struct naj_rows rows = {.row_count = 12};
  CHECK_STATUS(naj_encoder_open(schema, NULL, &encoder, &error), NAJ_OK, error);
  CHECK_STATUS(test_put_schema(&output, encoder, &error), NAJ_OK, error);
  CHECK_STATUS(test_put_batch(&output, encoder, &rows, NULL, 0, &error), NAJ_OK, error);
  struct reading reading;
  start_reading(&reading, &output);
  CHECK_EQ(read_next(&reading)->row_count, 12);
  stop_reading(&reading);
  naj_encoder_close(encoder);
  test_output_free(&output);
  naj_schema_release(schema);
}

static void dictionaries_and_deltas_are_written(void) {
  static const struct test_field fields[] = {
      {.name = "d", .type = NAJ_TYPE_UTF8, .index_type = NAJ_TYPE_INT8, .dictionary_id = 40},
      {.name = "e", .type = NAJ_TYPE_INT64, .index_type = NAJ_TYPE_UINT16, .dictionary_id = 7}};
  struct naj_schema* schema = schema_of(fields, 2, TEST_V5);
  struct naj_encoder* encoder = NULL;
  struct test_output output = {.alignment_bytes = 64};
  struct test_array values;
  struct naj_array_node nodes[TEST_ARRAY_NODES];
  CHECK_STATUS(naj_encoder_open(schema, NULL, &encoder, &error), NAJ_OK, error);
  CHECK_STATUS(test_put_schema(&output, encoder, &error), NAJ_OK, error);
  CHECK_EQ(naj_schema_dictionary_id(schema, 1), 40);
  test_array_random(&values, naj_schema_dictionary_values(schema, 1), 5, 1, 0);
  const struct naj_rows rows = rows_of(&values, nodes);
  CHECK_STATUS(test_put_dictionary(&output, encoder, 1, 0, &rows, &error), NAJ_OK, error);
  CHECK_STATUS(test_put_dictionary(&output, encoder, 1, 1, &rows, &error), NAJ_OK, error);
  CHECK_STATUS(test_put_dictionary(&output, encoder, 2, 0, &rows, &error), NAJ_MISUSE, error);
  CHECK_STATUS(test_put_dictionary(&output, encoder, -1, 0, &rows, &error), NAJ_MISUSE, error);
  struct reading reading;
  start_reading(&reading, &output);
  for (int i = 0; i < 2; i++) {
    const struct naj_table_header* table = read_next(&reading);
    CHECK_EQ(table->kind, NAJ_TABLE_DICTIONARY);
    CHECK_EQ(table->dictionary_id, 40);
    CHECK_EQ((table->flags & NAJ_TABLE_DELTA) != 0, i);
    check_same_rows("values", &values, table);
  }
  stop_reading(&reading);
  test_array_free(&values);
  naj_encoder_close(encoder);
  test_output_free(&output);
  naj_schema_release(schema);
}

static void tables_of_another_schema_are_refused(void) {
  struct naj_schema* schema = schema_of(wide_fields, 4, TEST_V5);
  struct naj_schema* fewer = schema_of(wide_fields, 3, TEST_V5);
  struct test_array array;
  struct naj_array_node nodes[TEST_ARRAY_NODES];
  test_array_random(&array, schema, 9, 3, 0);
  struct naj_encoder* encoder = NULL;
  struct test_output output = {.alignment_bytes = 64};
  CHECK_STATUS(naj_encoder_open(fewer, NULL, &encoder, &error), NAJ_OK, error);
  CHECK_STATUS(test_put_table(&output, encoder, test_array_table(&array), NULL, 0, &error),
               NAJ_MISUSE, error);
  struct naj_rows rows = rows_of(&array, nodes);
  CHECK_STATUS(test_put_batch(&output, encoder, &rows, NULL, 0, &error), NAJ_MISUSE, error);
  naj_encoder_close(encoder);
  CHECK_STATUS(naj_encoder_open(schema, NULL, &encoder, &error), NAJ_OK, error);
  array.variadic[0]++; /* one data buffer more than there is */
  CHECK_STATUS(test_put_table(&output, encoder, test_array_table(&array), NULL, 0, &error),
               NAJ_MISUSE, error);
  array.variadic[0] = -1;
  CHECK_STATUS(test_put_table(&output, encoder, test_array_table(&array), NULL, 0, &error),
               NAJ_MISUSE, error);
  naj_encoder_close(encoder);
  test_output_free(&output);
  test_array_free(&array);
  naj_schema_release(schema);
  naj_schema_release(fewer);
}

static void every_allocation_may_fail(int32_t codec) {
  static const uint8_t metadata[] = {1, 0, 0, 0, 1, 0, 0, 0, 'k', 1, 0, 0, 0, 'v'};
  struct naj_schema* schema = schema_of(wide_fields, 4, TEST_V5);
  struct test_array array;
  struct naj_array_node nodes[TEST_ARRAY_NODES];
  test_array_random(&array, schema, 100, 3, TEST_ARRAY_NULLS);
  const struct naj_rows rows = rows_of(&array, nodes);
  struct naj_write_options options;
  naj_write_options_init(&options);
  options.codec = codec;
  int64_t n = 1;
  for (;; n++) {
    struct naj_encoder* encoder = NULL;
    struct test_output output = {.alignment_bytes = 64};
    naj_fail_allocation(n);
    naj_status status = naj_encoder_open(schema, &options, &encoder, &error);
    if (status == NAJ_OK)
      status = test_put_batch(&output, encoder, &rows, metadata, sizeof metadata, &error);
    if (status == NAJ_OK)
      status = test_put_table(&output, encoder, test_array_table(&array), NULL, 0, &error);
    naj_fail_allocation(0);
    if (status == NAJ_NO_MEMORY && encoder != NULL)
      CHECK_STATUS(test_put_batch(&output, encoder, &rows, NULL, 0, &error), NAJ_OK, error);
    naj_encoder_close(encoder);
    test_output_free(&output);
    if (status == NAJ_OK) break;
    CHECK_EQ(status, NAJ_NO_MEMORY);
  }
  CHECK(n > 10);
  test_array_free(&array);
  naj_schema_release(schema);
}

static void every_allocation_may_fail_uncompressed(void) { every_allocation_may_fail(-1); }
static void every_allocation_may_fail_compressed(void) {
  every_allocation_may_fail(0);
  every_allocation_may_fail(1);
}

/* Without any room, the sizes of a message that is not compressed are told. */
static void sizes_are_told_without_room(void) {
  struct naj_schema* schema = schema_of(wide_fields, 4, TEST_V5);
  struct test_array array;
  test_array_random(&array, schema, 77, 3, TEST_ARRAY_NULLS);
  struct naj_encoder* encoder = NULL;
  struct test_output output = {.alignment_bytes = 64};
  struct naj_encoded encoded;
  const struct naj_encode_target target = {.parts = &encoded, .parts_bytes = sizeof encoded};
  CHECK_STATUS(naj_encoder_open(schema, NULL, &encoder, &error), NAJ_OK, error);
  CHECK_STATUS(naj_encode_table(encoder, 0, test_array_table(&array), NULL, 0, &target, &error),
               NAJ_NEED_ARENA, error);
  CHECK_STATUS(test_put_table(&output, encoder, test_array_table(&array), NULL, 0, &error), NAJ_OK,
               error);
  CHECK_EQ(encoded.metadata_bytes, output.last.metadata_bytes);
  CHECK_EQ(encoded.body_bytes, output.last.body_bytes);
  naj_encoder_close(encoder);
  test_output_free(&output);
  test_array_free(&array);
  naj_schema_release(schema);
}

/* Large compressed buffers lie in memory that a reservation keeps readable. */
static void parts_in_the_encoders_memory_can_be_reserved(void) {
  struct naj_schema* schema = schema_of(wide_fields, 1, TEST_V5);
  struct test_array array;
  test_array_random(&array, schema, 5000, 3, 0);
  struct naj_write_options options;
  naj_write_options_init(&options);
  options.codec = 0;
  options.gather_below_bytes = 100;
  struct naj_encoder* encoder = NULL;
  static uint64_t room[64];
  uint8_t* staging = aligned_alloc(64, 1 << 20);
  struct naj_encode_target target = {
      .staging = staging, .staging_bytes = 1 << 20, .parts = room, .parts_bytes = sizeof room};
  CHECK_STATUS(naj_encoder_open(schema, &options, &encoder, &error), NAJ_OK, error);
  CHECK_STATUS(naj_encode_table(encoder, 0, test_array_table(&array), NULL, 0, &target, &error),
               NAJ_OK, error);
  const struct naj_encoded* encoded = (const void*)room;
  const struct naj_encoded_part* parts = (const struct naj_encoded_part*)(encoded + 1);
  CHECK_EQ(encoded->part_count, 3);
  CHECK(naj_encoder_memory(encoder, parts[0].address) == NULL);
  struct naj_memory* memory = naj_encoder_memory(encoder, parts[1].address);
  CHECK(memory != NULL);
  naj_memory_reserve(memory);
  naj_encoder_close(encoder);
  volatile const uint8_t* byte = (const void*)(uintptr_t)parts[1].address;
  CHECK(*byte == *byte);
  naj_memory_unreserve(memory);
  free(staging);
  test_array_free(&array);
  naj_schema_release(schema);
}

int main(void) {
  TEST_RUN(every_layout_is_written);
  TEST_RUN(small_batches_are_one_part_and_large_buffers_are_not_copied);
  TEST_RUN(null_counts_that_a_table_lacks_are_counted);
  TEST_RUN(bodies_written_past_the_caches_are_the_same);
  TEST_RUN(metadata_goes_with_its_batch_only);
  TEST_RUN(rows_without_columns_are_written);
  TEST_RUN(dictionaries_and_deltas_are_written);
  TEST_RUN(tables_of_another_schema_are_refused);
  TEST_RUN(every_allocation_may_fail_uncompressed);
  TEST_RUN(every_allocation_may_fail_compressed);
  TEST_RUN(sizes_are_told_without_room);
  TEST_RUN(parts_in_the_encoders_memory_can_be_reserved);
  TEST_DONE();
}
