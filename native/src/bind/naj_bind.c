#include "naj/naj_bind.h"

#include <stdatomic.h>
#include <stdint.h>

#include "core/naj_status.h"
#include "naj/naj.h"

/* Handles are pointers as numbers. */
static void* at(int64_t handle) { return (void*)(uintptr_t)handle; }
static int64_t handle_of(const void* pointer) { return (int64_t)(uintptr_t)pointer; }

static int64_t result_handle(naj_status status, const void* pointer) {
  return status == NAJ_OK ? handle_of(pointer) : 0;
}

static naj_status null_handle(struct naj_error* error) {
  return naj_error_set(error, NAJ_MISUSE, -1, "a handle or an address is 0");
}

int32_t naj_bind_error_size(void) { return (int32_t)sizeof(struct naj_error); }
int64_t naj_bind_live_bytes(void) { return naj_live_bytes(); }
int64_t naj_bind_live_objects(void) { return naj_live_objects(); }
int64_t naj_bind_body_bytes_allocated(void) { return naj_body_bytes_allocated(); }
void naj_bind_fail_allocation(int64_t n) { naj_fail_allocation(n); }

int32_t naj_bind_is_thread_safe(void) {
#if defined(__STDC_NO_ATOMICS__)
  return 0;
#else
  return 1;
#endif
}

static _Atomic(NajReleaseFunction) release_function;

void naj_bind_set_release_function(NajReleaseFunction release) {
  atomic_store(&release_function, release);
}

static void release_foreign(int64_t release_id) {
  const NajReleaseFunction release = atomic_load(&release_function);
  if (release != NULL) release(release_id);
}

int64_t naj_bind_memory_map_file(int64_t path, int64_t error) {
  struct naj_memory* memory = NULL;
  if (path == 0) {
    null_handle(at(error));
    return 0;
  }
  const naj_status status = naj_memory_map_file(at(path), &memory, at(error));
  return result_handle(status, memory);
}

int64_t naj_bind_memory_allocate(int64_t size_bytes, int64_t error) {
  struct naj_memory* memory = NULL;
  const naj_status status = naj_memory_allocate(size_bytes, &memory, at(error));
  return result_handle(status, memory);
}

int64_t naj_bind_memory_allocate_sparse(int64_t size_bytes, int64_t counted_bytes, int64_t error) {
  struct naj_memory* memory = NULL;
  const naj_status status =
      naj_memory_allocate_sparse(size_bytes, counted_bytes, &memory, at(error));
  return result_handle(status, memory);
}

int64_t naj_bind_memory_wrap(int64_t address, int64_t size_bytes, int64_t release_id,
                             int64_t error) {
  struct naj_memory* memory = NULL;
  const naj_status status =
      naj_memory_wrap(at(address), size_bytes, release_foreign, release_id, &memory, at(error));
  return result_handle(status, memory);
}

int64_t naj_bind_memory_address(int64_t memory) {
  return memory == 0 ? 0 : handle_of(naj_memory_address(at(memory)));
}

int64_t naj_bind_memory_size_bytes(int64_t memory) {
  return memory == 0 ? 0 : naj_memory_size_bytes(at(memory));
}

void naj_bind_memory_retain(int64_t memory) {
  if (memory != 0) naj_memory_retain(at(memory));
}

void naj_bind_memory_release(int64_t memory) {
  if (memory != 0) naj_memory_release(at(memory));
}

void naj_bind_memory_reserve(int64_t memory) {
  if (memory != 0) naj_memory_reserve(at(memory));
}

void naj_bind_memory_unreserve(int64_t memory) {
  if (memory != 0) naj_memory_unreserve(at(memory));
}

void naj_bind_schema_retain(int64_t schema) {
  if (schema != 0) naj_schema_retain(at(schema));
}

void naj_bind_schema_release(int64_t schema) {
  if (schema != 0) naj_schema_release(at(schema));
}

int64_t naj_bind_schema_descriptor(int64_t schema) {
  return schema == 0 ? 0 : handle_of(naj_schema_descriptor(at(schema)));
}

int64_t naj_bind_schema_from_descriptor(int64_t descriptor, int64_t size_bytes, int64_t limits,
                                        int64_t error) {
  struct naj_schema* schema = NULL;
  if (descriptor == 0) {
    null_handle(at(error));
    return 0;
  }
  const naj_status status =
      naj_schema_from_descriptor(at(descriptor), size_bytes, at(limits), &schema, at(error));
  return result_handle(status, schema);
}

int32_t naj_bind_schema_dictionary_count(int64_t schema) {
  return schema == 0 ? 0 : naj_schema_dictionary_count(at(schema));
}

int64_t naj_bind_schema_dictionary_id(int64_t schema, int32_t dictionary_index) {
  return schema == 0 ? 0 : naj_schema_dictionary_id(at(schema), dictionary_index);
}

int64_t naj_bind_schema_dictionary_values(int64_t schema, int32_t dictionary_index) {
  return schema == 0 ? 0 : handle_of(naj_schema_dictionary_values(at(schema), dictionary_index));
}

int32_t naj_bind_schema_select(int64_t schema, int64_t selected, int64_t field_count,
                               int64_t error) {
  if (schema == 0) return naj_error_set(at(error), NAJ_MISUSE, -1, "no schema");
  return naj_schema_select(at(schema), at(selected), field_count, at(error));
}

int64_t naj_bind_concat(int64_t schema, int64_t first, int64_t second, int64_t error) {
  struct naj_memory* memory = NULL;
  if (schema == 0 || first == 0 || second == 0) {
    null_handle(at(error));
    return 0;
  }
  const naj_status status = naj_concat(at(schema), at(first), at(second), &memory, at(error));
  return result_handle(status, memory);
}

int32_t naj_bind_append_serves(int64_t schema) {
  return schema == 0 ? 0 : naj_append_serves(at(schema));
}

int32_t naj_bind_append(int64_t schema, int64_t first, int64_t grown, int64_t second,
                        int64_t out_table, int64_t out_memory, int64_t error) {
  struct naj_memory* memory = NULL;
  if (schema == 0 || first == 0 || second == 0 || out_table == 0 || out_memory == 0)
    return null_handle(at(error));
  const naj_status status =
      naj_append(at(schema), at(first), at(grown), at(second), at(out_table), &memory, at(error));
  if (status == NAJ_OK) *(int64_t*)at(out_memory) = handle_of(memory);
  return status;
}

int32_t naj_bind_schema_export(int64_t schema, int64_t out_c_schema, int64_t error) {
  if (schema == 0 || out_c_schema == 0) return null_handle(at(error));
  return naj_schema_export(at(schema), at(out_c_schema), at(error));
}

int64_t naj_bind_schema_import(int64_t c_schema, int64_t limits, int64_t error) {
  struct naj_schema* schema = NULL;
  if (c_schema == 0) {
    null_handle(at(error));
    return 0;
  }
  const naj_status status = naj_schema_import(at(c_schema), at(limits), &schema, at(error));
  return result_handle(status, schema);
}

int64_t naj_bind_stream_open(int64_t limits, int64_t error) {
  struct naj_stream* stream = NULL;
  const naj_status status = naj_stream_open(at(limits), &stream, at(error));
  return result_handle(status, stream);
}

void naj_bind_stream_close(int64_t stream) { naj_stream_close(at(stream)); }

int32_t naj_bind_stream_schema(int64_t stream, int64_t memory, int64_t offset,
                               int64_t available_bytes, int64_t out_positions, int64_t error) {
  if (stream == 0 || memory == 0 || out_positions == 0) return null_handle(at(error));
  int64_t* positions = at(out_positions);
  return naj_stream_schema(at(stream), at(memory), offset, available_bytes, &positions[0],
                           &positions[1], at(error));
}

int64_t naj_bind_stream_get_schema(int64_t stream) {
  return stream == 0 ? 0 : handle_of(naj_stream_get_schema(at(stream)));
}

int32_t naj_bind_stream_next(int64_t stream, int64_t memory, int64_t offset,
                             int64_t available_bytes, int32_t is_last, int64_t out_table,
                             int64_t table_bytes, int64_t arena, int64_t arena_bytes,
                             int64_t error) {
  const struct naj_decode_target target = {at(out_table), table_bytes, at(arena), arena_bytes};
  if (stream == 0 || memory == 0 || out_table == 0) return null_handle(at(error));
  return naj_stream_next(at(stream), at(memory), offset, available_bytes, is_last, &target,
                         at(error));
}

int64_t naj_bind_stream_ranges(int64_t stream, int64_t memory, int64_t offset,
                               int64_t available_bytes, int64_t out_ranges, int64_t capacity,
                               int64_t out_message_bytes, int64_t error) {
  int64_t count = -1;
  if (stream == 0 || memory == 0 || out_ranges == 0 || out_message_bytes == 0) {
    null_handle(at(error));
    return -1;
  }
  const naj_status status =
      naj_stream_ranges(at(stream), at(memory), offset, available_bytes, at(out_ranges), capacity,
                        &count, at(out_message_bytes), at(error));
  return status == NAJ_OK ? count : -1;
}

void naj_bind_stream_stats(int64_t stream, int64_t out_stats) {
  if (stream != 0 && out_stats != 0) naj_stream_stats(at(stream), at(out_stats));
}

int64_t naj_bind_file_open(int64_t tail, int64_t tail_file_offset, int64_t file_bytes,
                           int64_t limits, int64_t out_needed, int64_t error) {
  struct naj_file* file = NULL;
  if (tail == 0 || out_needed == 0) {
    null_handle(at(error));
    return 0;
  }
  const naj_status status = naj_file_open(at(tail), tail_file_offset, file_bytes, at(limits), &file,
                                          at(out_needed), at(error));
  return result_handle(status, file);
}

void naj_bind_file_close(int64_t file) { naj_file_close(at(file)); }

int64_t naj_bind_file_get_schema(int64_t file) {
  return file == 0 ? 0 : handle_of(naj_file_get_schema(at(file)));
}

int64_t naj_bind_file_batch_count(int64_t file) {
  return file == 0 ? 0 : naj_file_batch_count(at(file));
}

void naj_bind_file_metadata(int64_t file, int64_t out_metadata) {
  if (file == 0 || out_metadata == 0) return;
  const void* metadata = NULL;
  int64_t* out = at(out_metadata);
  naj_file_metadata(at(file), &metadata, &out[1]);
  out[0] = handle_of(metadata);
}

int32_t naj_bind_file_block(int64_t file, int64_t batch_index, int64_t out_block, int64_t error) {
  if (file == 0 || out_block == 0) return null_handle(at(error));
  int64_t* out = at(out_block);
  return naj_file_block(at(file), batch_index, &out[0], &out[1], &out[2], at(error));
}

int32_t naj_bind_file_batch(int64_t file, int64_t batch_index, int64_t memory,
                            int64_t memory_file_offset, int64_t out_table, int64_t table_bytes,
                            int64_t arena, int64_t arena_bytes, int64_t error) {
  const struct naj_decode_target target = {at(out_table), table_bytes, at(arena), arena_bytes};
  if (file == 0 || memory == 0 || out_table == 0) return null_handle(at(error));
  return naj_file_batch(at(file), batch_index, at(memory), memory_file_offset, &target, at(error));
}

int64_t naj_bind_file_dictionary_count(int64_t file) {
  return file == 0 ? 0 : naj_file_dictionary_count(at(file));
}

int32_t naj_bind_file_dictionary_block(int64_t file, int64_t block_index, int64_t out_block,
                                       int64_t error) {
  if (file == 0 || out_block == 0) return null_handle(at(error));
  int64_t* out = at(out_block);
  return naj_file_dictionary_block(at(file), block_index, &out[0], &out[1], &out[2], at(error));
}

int32_t naj_bind_file_dictionary(int64_t file, int64_t block_index, int64_t memory,
                                 int64_t memory_file_offset, int64_t out_table, int64_t table_bytes,
                                 int64_t arena, int64_t arena_bytes, int64_t error) {
  const struct naj_decode_target target = {at(out_table), table_bytes, at(arena), arena_bytes};
  if (file == 0 || memory == 0 || out_table == 0) return null_handle(at(error));
  return naj_file_dictionary(at(file), block_index, at(memory), memory_file_offset, &target,
                             at(error));
}

int64_t naj_bind_file_ranges(int64_t file, int32_t is_dictionary, int64_t index, int64_t memory,
                             int64_t memory_file_offset, int64_t out_ranges, int64_t capacity,
                             int64_t error) {
  int64_t count = -1;
  if (file == 0 || memory == 0 || out_ranges == 0) {
    null_handle(at(error));
    return -1;
  }
  const naj_status status =
      is_dictionary ? naj_file_dictionary_ranges(at(file), index, at(memory), memory_file_offset,
                                                 at(out_ranges), capacity, &count, at(error))
                    : naj_file_batch_ranges(at(file), index, at(memory), memory_file_offset,
                                            at(out_ranges), capacity, &count, at(error));
  return status == NAJ_OK ? count : -1;
}

int64_t naj_bind_file_batch_rows(int64_t file, int64_t batch_index, int64_t memory,
                                 int64_t memory_file_offset, int64_t error) {
  int64_t row_count = -1;
  if (file == 0 || memory == 0) {
    null_handle(at(error));
    return -1;
  }
  const naj_status status = naj_file_batch_rows(at(file), batch_index, at(memory),
                                                memory_file_offset, &row_count, at(error));
  return status == NAJ_OK ? row_count : -1;
}
