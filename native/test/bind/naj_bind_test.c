#include "naj/naj_bind.h"

#include "nanoarrow/nanoarrow.h"
#include "support/naj_test.h"
#include "support/naj_test_ipc.h"

static int64_t number(const void* pointer) { return (int64_t)(uintptr_t)pointer; }

static const struct test_field field = {.name = "a", .type = NAJ_TYPE_INT32};
static const struct test_schema schema = {.fields = &field, .field_count = 1};
static const struct test_pair nodes[] = {{2, 0}};
static const struct test_pair buffers[] = {{0, 0}, {0, 8}};
static const int32_t body[] = {5, 6};
static const struct test_batch batch = {.row_count = 2,
                                        .nodes = nodes,
                                        .node_count = 1,
                                        .buffers = buffers,
                                        .buffer_count = 2,
                                        .body_bytes = 8,
                                        .body = body};

static int64_t released_sum;
static void on_release(int64_t release_id) { released_sum += release_id; }

static void a_stream_is_read_exported_and_imported_by_numbers_alone(void) {
  struct test_bytes bytes = {0};
  test_append_schema(&bytes, &schema, 0);
  test_append_batch(&bytes, &batch, 0);
  test_append_end(&bytes, 0);
  struct naj_error error;
  _Alignas(8) uint8_t table[1024];
  const struct naj_table_header* header = (const struct naj_table_header*)(const void*)table;
  int64_t positions[2] = {0, 0};
  released_sum = 0;
  naj_bind_set_release_function(on_release);
  const int64_t memory =
      naj_bind_memory_wrap(number(bytes.data), bytes.size_bytes, 17, number(&error));
  CHECK_EQ(naj_bind_memory_address(memory), number(bytes.data));
  CHECK_EQ(naj_bind_memory_size_bytes(memory), bytes.size_bytes);
  const int64_t stream = naj_bind_stream_open(0, number(&error));
  CHECK_EQ(naj_bind_stream_schema(stream, memory, 0, 4, number(positions), number(&error)),
           NAJ_NEED_INPUT);
  CHECK(positions[1] > 4);
  CHECK_EQ(naj_bind_stream_schema(stream, memory, 0, bytes.size_bytes, number(positions),
                                  number(&error)),
           NAJ_OK);
  CHECK_EQ(naj_bind_stream_next(stream, memory, positions[0], bytes.size_bytes - positions[0], 0,
                                number(table), sizeof table, 0, 0, number(&error)),
           NAJ_OK);
  CHECK_EQ(header->row_count, 2);
  struct naj_read_stats stats;
  naj_bind_stream_stats(stream, number(&stats));
  CHECK_EQ(stats.num_record_batches, 1);
  const int64_t decoded = naj_bind_stream_get_schema(stream);
  naj_bind_schema_retain(decoded);
  naj_bind_stream_close(stream);
  CHECK_EQ(
      ((const struct naj_schema_header*)(const void*)(uintptr_t)naj_bind_schema_descriptor(decoded))
          ->column_count,
      1);

  const struct naj_array_node node = {.length = 2, .buffer_count = 2};
  const int64_t c_array = naj_bind_c_struct_allocate(1, number(&error));
  const int64_t memories[] = {memory};
  CHECK_EQ(naj_bind_array_export(decoded, 2, number(&node), 1,
                                 number(table) + (int64_t)sizeof *header + 16, 2, number(memories),
                                 1, c_array, number(&error)),
           NAJ_OK);
  naj_bind_memory_release(memory);
  naj_bind_memory_unreserve(memory);
  struct naj_array_node out_node;
  struct naj_table_buffer out_buffers[2];
  int64_t counts[2] = {0, 0};
  CHECK_EQ(naj_bind_array_import(decoded, c_array, number(&out_node), 1, 0, 0, number(counts),
                                 number(&error)),
           0);
  CHECK_EQ(error.status, NAJ_NEED_TABLE);
  CHECK_EQ(counts[1], 2);
  const int64_t imported =
      naj_bind_array_import(decoded, c_array, number(&out_node), 1, number(out_buffers), 2,
                            number(counts), number(&error));
  CHECK(imported != 0);
  CHECK_EQ(*(const int32_t*)(uintptr_t)out_buffers[1].address, 5);
  naj_bind_c_struct_release(1, c_array); /* moved: nothing to release */
  naj_bind_c_struct_free(c_array);
  CHECK_EQ(released_sum, 0);
  naj_bind_memory_release(imported);
  naj_bind_memory_unreserve(imported);
  CHECK_EQ(released_sum, 17);
  naj_bind_schema_release(decoded);
  naj_bind_set_release_function(NULL);
  test_bytes_free(&bytes);
}

static void a_file_is_read_by_numbers_alone(void) {
  struct test_bytes bytes = {0};
  test_bytes_append(&bytes, "ARROW1\0\0", 8);
  test_append_schema(&bytes, &schema, 0);
  int64_t blocks[1][3] = {{bytes.size_bytes, 0, 8}};
  test_append_batch(&bytes, &batch, 0);
  blocks[0][1] = bytes.size_bytes - blocks[0][0] - 8;
  test_append_end(&bytes, 0);
  test_append_footer(&bytes, &schema, (const int64_t (*)[3])blocks, 1);
  struct naj_error error;
  _Alignas(8) uint8_t table[1024];
  const int64_t memory =
      naj_bind_memory_wrap(number(bytes.data), bytes.size_bytes, 0, number(&error));
  const int64_t tail =
      naj_bind_memory_wrap(number(bytes.data) + bytes.size_bytes - 10, 10, 0, number(&error));
  int64_t needed_bytes = 0;
  CHECK_EQ(naj_bind_file_open(tail, bytes.size_bytes - 10, bytes.size_bytes, 0,
                              number(&needed_bytes), number(&error)),
           0);
  CHECK_EQ(error.status, NAJ_NEED_INPUT);
  CHECK(needed_bytes > 10);
  const int64_t file =
      naj_bind_file_open(memory, 0, bytes.size_bytes, 0, number(&needed_bytes), number(&error));
  CHECK(file != 0);
  CHECK_EQ(naj_bind_file_batch_count(file), 1);
  CHECK(naj_bind_file_get_schema(file) != 0);
  int64_t block[3] = {0, 0, 0};
  CHECK_EQ(naj_bind_file_block(file, 0, number(block), number(&error)), NAJ_OK);
  CHECK_EQ(block[2], 8);
  CHECK_EQ(naj_bind_file_block(file, 1, number(block), number(&error)), NAJ_MISUSE);
  CHECK_EQ(naj_bind_file_batch_rows(file, 0, memory, 0, number(&error)), 2);
  CHECK_EQ(naj_bind_file_batch_rows(file, 1, memory, 0, number(&error)), -1);
  CHECK_EQ(
      naj_bind_file_batch(file, 0, memory, 0, number(table), sizeof table, 0, 0, number(&error)),
      NAJ_OK);
  int64_t metadata[2] = {-1, -1};
  naj_bind_file_metadata(file, number(metadata));
  CHECK_EQ(metadata[0], 0);
  CHECK_EQ(metadata[1], 0);
  naj_bind_file_close(file);
  naj_bind_memory_release(tail);
  naj_bind_memory_unreserve(tail);
  naj_bind_memory_release(memory);
  naj_bind_memory_unreserve(memory);
  test_bytes_free(&bytes);
}

static void a_schema_crosses_as_descriptor_and_as_c_struct(void) {
  struct naj_error error;
  const int64_t first = number(test_schema_create(&schema));
  const int64_t descriptor = naj_bind_schema_descriptor(first);
  const struct naj_schema_header* header =
      (const struct naj_schema_header*)(const void*)(uintptr_t)descriptor;
  const int64_t second =
      naj_bind_schema_from_descriptor(descriptor, header->total_size, 0, number(&error));
  CHECK(second != 0);
  const int64_t c_schema = naj_bind_c_struct_allocate(0, number(&error));
  CHECK_EQ(naj_bind_schema_export(second, c_schema, number(&error)), NAJ_OK);
  const int64_t third = naj_bind_schema_import(c_schema, 0, number(&error));
  CHECK(third != 0);
  naj_bind_c_struct_release(0, c_schema);
  naj_bind_c_struct_release(0, c_schema); /* twice is harmless */
  naj_bind_c_struct_free(c_schema);
  naj_bind_schema_release(third);
  naj_bind_schema_release(second);
  naj_bind_schema_release(first);
}

static int32_t end_at_once(int64_t stream_id, int32_t operation, int64_t out_struct) {
  (void)out_struct;
  released_sum += operation == 2 ? stream_id : 0;
  return operation == 0 ? 5 : 0;
}

static void a_c_stream_crosses(void) {
  struct naj_error error;
  released_sum = 0;
  const int64_t c_stream = naj_bind_c_struct_allocate(2, number(&error));
  naj_bind_set_stream_function(NULL);
  naj_bind_stream_export(9, c_stream);
  CHECK_EQ(naj_bind_c_stream_import(c_stream, number(&error)), 0); /* nobody to ask: not filled */
  naj_bind_set_stream_function(end_at_once);
  naj_bind_stream_export(9, c_stream);
  const int64_t stream = naj_bind_c_stream_import(c_stream, number(&error));
  CHECK(stream != 0);
  const int64_t c_array = naj_bind_c_struct_allocate(1, number(&error));
  CHECK_EQ(naj_bind_c_stream_next(stream, c_array, number(&error)), 0);
  CHECK_EQ(naj_bind_c_stream_schema(stream, 0, number(&error)), 0);
  CHECK_EQ(error.status, NAJ_IO);
  CHECK_EQ(error.os_error, 5);
  naj_bind_c_stream_close(stream);
  CHECK_EQ(released_sum, 9);
  naj_bind_stream_export(4, c_stream);
  naj_bind_c_struct_release(2, c_stream);
  CHECK_EQ(released_sum, 13);
  naj_bind_c_struct_free(c_array);
  naj_bind_c_struct_free(c_stream);
  naj_bind_set_stream_function(NULL);
}

static void zero_handles_are_misuse_or_nothing(void) {
  struct naj_error error;
  int64_t out[3] = {0, 0, 0};
  const int64_t e = number(&error);
  const int64_t o = number(out);
#define IS_MISUSE(call, result)         \
  do {                                  \
    memset(&error, 0, sizeof error);    \
    CHECK_EQ((call), (result));         \
    CHECK_EQ(error.status, NAJ_MISUSE); \
  } while (0)
  IS_MISUSE(naj_bind_memory_map_file(0, e), 0);
  IS_MISUSE(naj_bind_memory_wrap(0, 8, 1, e), 0);
  IS_MISUSE(naj_bind_memory_allocate(-1, e), 0);
  IS_MISUSE(naj_bind_schema_from_descriptor(0, 8, 0, e), 0);
  IS_MISUSE(naj_bind_schema_export(0, o, e), NAJ_MISUSE);
  IS_MISUSE(naj_bind_schema_import(0, 0, e), 0);
  IS_MISUSE(naj_bind_stream_schema(0, o, 0, 0, o, e), NAJ_MISUSE);
  IS_MISUSE(naj_bind_stream_next(0, o, 0, 0, 0, o, 24, 0, 0, e), NAJ_MISUSE);
  IS_MISUSE(naj_bind_file_open(0, 0, 0, 0, o, e), 0);
  IS_MISUSE(naj_bind_file_block(0, 0, o, e), NAJ_MISUSE);
  IS_MISUSE(naj_bind_file_batch(0, 0, o, 0, o, 24, 0, 0, e), NAJ_MISUSE);
  IS_MISUSE(naj_bind_file_dictionary(0, 0, o, 0, o, 24, 0, 0, e), NAJ_MISUSE);
  IS_MISUSE(naj_bind_file_dictionary_block(0, 0, o, e), NAJ_MISUSE);
  IS_MISUSE(naj_bind_concat(0, o, o, e), 0);
  IS_MISUSE(naj_bind_file_batch_rows(0, 0, o, 0, e), -1);
  IS_MISUSE(naj_bind_array_export(0, 0, 0, 0, 0, 0, 0, 0, o, e), NAJ_MISUSE);
  IS_MISUSE(naj_bind_array_import(0, o, 0, 0, 0, 0, o, e), 0);
  IS_MISUSE(naj_bind_c_stream_import(0, e), 0);
  IS_MISUSE(naj_bind_c_stream_schema(0, 0, e), 0);
  IS_MISUSE(naj_bind_c_stream_next(0, o, e), -1);
  IS_MISUSE(naj_bind_c_struct_allocate(3, e), 0);
  CHECK_EQ(naj_bind_memory_address(0), 0);
  CHECK_EQ(naj_bind_memory_size_bytes(0), 0);
  CHECK_EQ(naj_bind_schema_descriptor(0), 0);
  CHECK_EQ(naj_bind_stream_get_schema(0), 0);
  CHECK_EQ(naj_bind_file_get_schema(0), 0);
  CHECK_EQ(naj_bind_file_batch_count(0), 0);
  naj_bind_memory_retain(0);
  naj_bind_memory_release(0);
  naj_bind_memory_reserve(0);
  naj_bind_memory_unreserve(0);
  naj_bind_schema_retain(0);
  naj_bind_schema_release(0);
  naj_bind_stream_close(0);
  naj_bind_stream_stats(0, o);
  naj_bind_file_close(0);
  naj_bind_file_metadata(0, o);
  naj_bind_stream_export(1, 0);
  naj_bind_c_stream_close(0);
  naj_bind_c_struct_release(0, 0);
  naj_bind_c_struct_free(0);
}

static void the_error_struct_has_one_size(void) {
  CHECK_EQ(naj_bind_error_size(), sizeof(struct naj_error));
  CHECK_EQ(naj_bind_is_thread_safe(), 1);
}

int main(void) {
  TEST_RUN(a_stream_is_read_exported_and_imported_by_numbers_alone);
  TEST_RUN(a_file_is_read_by_numbers_alone);
  TEST_RUN(a_schema_crosses_as_descriptor_and_as_c_struct);
  TEST_RUN(a_c_stream_crosses);
  TEST_RUN(zero_handles_are_misuse_or_nothing);
  TEST_RUN(the_error_struct_has_one_size);
  TEST_DONE();
}
