/* The face of naj towards Java: the functions of naj.h with handles and addresses as int64_t, so
 * that no call allocates an object on either side. Bound by JavaCPP in a package that is not
 * exported. `error` is the address of a struct naj_error, `out_*` of native-order memory of the
 * caller; int32_t results are naj_status, int64_t results are handles (0: failed, see error) or
 * plain values. A handle stands for the pointer of the same noun in naj.h, with the same owner
 * rules. */
#ifndef NAJ_NAJ_BIND_H
#define NAJ_NAJ_BIND_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*NajReleaseFunction)(int64_t release_id);

int32_t naj_bind_error_size(void); /* sizeof(struct naj_error) */
int64_t naj_bind_live_bytes(void);
int64_t naj_bind_live_objects(void);
int64_t naj_bind_body_bytes_allocated(void);
void naj_bind_fail_allocation(int64_t n);
/* 1 when atomics are real (C11 stdatomic), see ArrowSharedBufferIsThreadSafe. */
int32_t naj_bind_is_thread_safe(void);

/* Called once at load; every foreign memory is handed back through it. */
void naj_bind_set_release_function(NajReleaseFunction release);

/* `path`: address of NUL-terminated UTF-8. */
int64_t naj_bind_memory_map_file(int64_t path, int64_t error);
int64_t naj_bind_memory_allocate(int64_t size_bytes, int64_t error);
int64_t naj_bind_memory_allocate_sparse(int64_t size_bytes, int64_t counted_bytes, int64_t error);
int64_t naj_bind_memory_wrap(int64_t address, int64_t size_bytes, int64_t release_id,
                             int64_t error);
int64_t naj_bind_memory_address(int64_t memory);
int64_t naj_bind_memory_size_bytes(int64_t memory);
void naj_bind_memory_retain(int64_t memory);
void naj_bind_memory_release(int64_t memory);
void naj_bind_memory_reserve(int64_t memory);
void naj_bind_memory_unreserve(int64_t memory);

void naj_bind_schema_retain(int64_t schema);
void naj_bind_schema_release(int64_t schema);
int64_t naj_bind_schema_descriptor(int64_t schema); /* address of naj_schema_header */
int64_t naj_bind_schema_from_descriptor(int64_t descriptor, int64_t size_bytes, int64_t limits,
                                        int64_t error);
int32_t naj_bind_schema_dictionary_count(int64_t schema);
int64_t naj_bind_schema_dictionary_id(int64_t schema, int32_t dictionary_index);
int64_t naj_bind_schema_dictionary_values(int64_t schema, int32_t dictionary_index); /* borrowed */
/* `selected`: address of a byte for each field. */
int32_t naj_bind_schema_select(int64_t schema, int64_t selected, int64_t field_count,
                               int64_t error);
/* `first`, `second`: addresses of tables of `schema`. Result: a memory that begins with a table. */
int64_t naj_bind_concat(int64_t schema, int64_t first, int64_t second, int64_t error);
int32_t naj_bind_append_serves(int64_t schema);
/* `grown`: a memory or 0; `out_table`: of NAJ_APPEND_TABLE_BYTES; out_memory: int64_t[1], 0 = in
 * place. */
int32_t naj_bind_append(int64_t schema, int64_t first, int64_t grown, int64_t second,
                        int64_t out_table, int64_t out_memory, int64_t error);
int32_t naj_bind_schema_export(int64_t schema, int64_t out_c_schema, int64_t error);
int64_t naj_bind_schema_import(int64_t c_schema, int64_t limits, int64_t error);

/* `limits`: address of a struct naj_limits, 0 = defaults. */
int64_t naj_bind_stream_open(int64_t limits, int64_t error);
void naj_bind_stream_close(int64_t stream);
/* out_positions: int64_t[2] = next_offset, needed_bytes. */
int32_t naj_bind_stream_schema(int64_t stream, int64_t memory, int64_t offset,
                               int64_t available_bytes, int64_t out_positions, int64_t error);
int64_t naj_bind_stream_get_schema(int64_t stream);
int32_t naj_bind_stream_next(int64_t stream, int64_t memory, int64_t offset,
                             int64_t available_bytes, int32_t is_last, int64_t out_table,
                             int64_t table_bytes, int64_t arena, int64_t arena_bytes,
                             int64_t error);
/* out_ranges: naj_range[capacity]; out_message_bytes: int64_t[1]. Result: the count, or -1. */
int64_t naj_bind_stream_ranges(int64_t stream, int64_t memory, int64_t offset,
                               int64_t available_bytes, int64_t out_ranges, int64_t capacity,
                               int64_t out_message_bytes, int64_t error);
void naj_bind_stream_stats(int64_t stream, int64_t out_stats);

/* out_needed: int64_t[1]; result 0 and error.status NAJ_NEED_INPUT: call again with a longer tail.
 */
int64_t naj_bind_file_open(int64_t tail, int64_t tail_file_offset, int64_t file_bytes,
                           int64_t limits, int64_t out_needed, int64_t error);
void naj_bind_file_close(int64_t file);
int64_t naj_bind_file_get_schema(int64_t file);
int64_t naj_bind_file_batch_count(int64_t file);
/* out_metadata: int64_t[2] = address, size. */
void naj_bind_file_metadata(int64_t file, int64_t out_metadata);
/* out_block: int64_t[3] = offset, metadata_bytes, body_bytes. */
int32_t naj_bind_file_block(int64_t file, int64_t batch_index, int64_t out_block, int64_t error);
int32_t naj_bind_file_batch(int64_t file, int64_t batch_index, int64_t memory,
                            int64_t memory_file_offset, int64_t out_table, int64_t table_bytes,
                            int64_t arena, int64_t arena_bytes, int64_t error);
int64_t naj_bind_file_dictionary_count(int64_t file);
int32_t naj_bind_file_dictionary_block(int64_t file, int64_t block_index, int64_t out_block,
                                       int64_t error);
int32_t naj_bind_file_dictionary(int64_t file, int64_t block_index, int64_t memory,
                                 int64_t memory_file_offset, int64_t out_table, int64_t table_bytes,
                                 int64_t arena, int64_t arena_bytes, int64_t error);
/* `is_dictionary`: whether `index` is that of a dictionary block. Result: the count, or -1. */
int64_t naj_bind_file_ranges(int64_t file, int32_t is_dictionary, int64_t index, int64_t memory,
                             int64_t memory_file_offset, int64_t out_ranges, int64_t capacity,
                             int64_t error);
/* The row count, or -1 on failure. */
int64_t naj_bind_file_batch_rows(int64_t file, int64_t batch_index, int64_t memory,
                                 int64_t memory_file_offset, int64_t error);

/* nodes: naj_array_node[], buffers: naj_table_buffer[], memories: int64_t[] of handles. */
int32_t naj_bind_array_export(int64_t schema, int64_t row_count, int64_t nodes, int64_t node_count,
                              int64_t buffers, int64_t buffer_count, int64_t memories,
                              int64_t memory_count, int64_t out_c_array, int64_t error);
/* `level`: naj_validation; arrays as for naj_bind_array_export. */
int32_t naj_bind_validate(int64_t schema, int64_t row_count, int64_t nodes, int64_t node_count,
                          int64_t buffers, int64_t buffer_count, int32_t level, int64_t error);
/* out_counts: int64_t[2] = nodes, buffers. Result: the memory, 0 on failure or NAJ_NEED_TABLE. */
int64_t naj_bind_array_import(int64_t schema, int64_t c_array, int64_t out_nodes,
                              int64_t node_capacity, int64_t out_buffers, int64_t buffer_capacity,
                              int64_t out_counts, int64_t error);

/* C streams. Export: the callbacks of the ArrowArrayStream ask Java through `NajStreamFunction`
 * (operation 0 get_schema, 1 get_next: fill the struct at out_struct; 2 release; 3: write the text
 * of the last error, UTF-8 NUL-terminated, to out_struct, at most 1024 bytes). It returns 0 or an
 * errno value for the consumer. */
typedef int32_t (*NajStreamFunction)(int64_t stream_id, int32_t operation, int64_t out_struct);
void naj_bind_set_stream_function(NajStreamFunction function);
/* When memory ran out the struct's release stays NULL. */
void naj_bind_stream_export(int64_t stream_id, int64_t out_c_stream);
/* Import: moves the ArrowArrayStream at `c_stream` into a handle. */
int64_t naj_bind_c_stream_import(int64_t c_stream, int64_t error);
/* The schema as a naj_schema the caller owns. */
int64_t naj_bind_c_stream_schema(int64_t stream, int64_t limits, int64_t error);
/* Fills the ArrowArray at out_c_array: 1 = an array, 0 = end, -1 = error. */
int32_t naj_bind_c_stream_next(int64_t stream, int64_t out_c_array, int64_t error);
void naj_bind_c_stream_close(int64_t stream);
/* Sizes of the C Data structs and release without JavaCPP pointers. */
int64_t naj_bind_c_struct_allocate(int32_t kind,
                                   int64_t error); /* 0 schema, 1 array, 2 stream; zeroed */
void naj_bind_c_struct_release(int32_t kind, int64_t address); /* calls release if set */
void naj_bind_c_struct_free(int64_t address);

#ifdef __cplusplus
}
#endif

#endif
