/* IPC bytes made to order: good messages, and messages that state whatever a test wants. */
#ifndef NAJ_TEST_SUPPORT_IPC_H
#define NAJ_TEST_SUPPORT_IPC_H

#include "naj/naj.h"

enum { TEST_V4 = 3, TEST_V5 = 4, TEST_NO_VERSION = -1 /* of a footer */ };

/* A field; `child_count` fields of the same array follow it in pre-order. */
struct test_field {
  const char* name;
  int32_t type; /* naj_type */
  int32_t child_count;
  int32_t param0;
  int32_t param1;
  int32_t param2;
  int32_t index_type; /* of a dictionary-encoded field, else 0 */
  int64_t dictionary_id;
  int32_t is_required; /* not nullable */
};

/* A growing byte string, aligned to 64. */
struct test_bytes {
  uint8_t* data;
  int64_t size_bytes;
  int64_t capacity_bytes;
};
void test_bytes_append(struct test_bytes* bytes, const void* data, int64_t size_bytes);
void test_bytes_free(struct test_bytes* bytes);

struct test_schema {
  const struct test_field* fields;
  int32_t field_count;
  int32_t metadata_version; /* 0 = V5 */
  int32_t is_big_endian;
};
struct test_pair {
  int64_t a; /* node: length; buffer: offset */
  int64_t b; /* node: null count; buffer: size */
};
struct test_batch {
  int64_t row_count;
  const struct test_pair* nodes;
  size_t node_count;
  const struct test_pair* buffers;
  size_t buffer_count;
  const int64_t* variadic_counts; /* NULL: no vector */
  size_t variadic_count;
  int32_t is_compressed;
  int32_t codec;         /* of is_compressed: CompressionType's number */
  int32_t method;        /* ditto: BodyCompressionMethod's */
  int32_t is_dictionary; /* wraps the batch into a DictionaryBatch with dictionary_id */
  int64_t dictionary_id;
  int32_t is_delta;
  int32_t has_no_values; /* a DictionaryBatch without data */
  int32_t metadata_version;
  const char* metadata_key; /* NULL = none; the value is "value" */
  int64_t body_bytes;       /* as declared */
  const void* body;         /* NULL: body_bytes zeros follow, if >= 0 and < 1 MiB */
};

/* Each appends one message with prefix, padding and body; `is_legacy` drops the continuation. */
void test_append_schema(struct test_bytes* bytes, const struct test_schema* schema,
                        int32_t is_legacy);
void test_append_batch(struct test_bytes* bytes, const struct test_batch* batch, int32_t is_legacy);
void test_append_tensor(struct test_bytes* bytes);
void test_append_end(struct test_bytes* bytes, int32_t is_legacy);
/* The footer with `block_count` record batch blocks, its size and the magic. A block is offset,
 * metadata bytes, body bytes. */
void test_append_footer(struct test_bytes* bytes, const struct test_schema* schema,
                        const int64_t (*blocks)[3], size_t block_count);
/* The same with dictionary blocks. */
void test_append_dictionary_footer(struct test_bytes* bytes, const struct test_schema* schema,
                                   const int64_t (*dictionaries)[3], size_t dictionary_count,
                                   const int64_t (*blocks)[3], size_t block_count);

/* Memory over bytes that stay the caller's. */
struct naj_memory* test_memory(const void* data, int64_t size_bytes);
/* A schema that went through a schema message; the caller releases it. */
struct naj_schema* test_schema_create(const struct test_schema* schema);

/* naj_stream_next and naj_file_batch without an arena. */
static inline naj_status test_stream_next(struct naj_stream* stream, struct naj_memory* memory,
                                          int64_t offset, int64_t available_bytes, int32_t is_last,
                                          void* table, int64_t table_bytes,
                                          struct naj_error* error) {
  const struct naj_decode_target target = {table, table_bytes, NULL, 0};
  return naj_stream_next(stream, memory, offset, available_bytes, is_last, &target, error);
}
static inline naj_status test_file_batch(const struct naj_file* file, int64_t batch_index,
                                         struct naj_memory* memory, int64_t memory_file_offset,
                                         void* table, int64_t table_bytes,
                                         struct naj_error* error) {
  const struct naj_decode_target target = {table, table_bytes, NULL, 0};
  return naj_file_batch(file, batch_index, memory, memory_file_offset, &target, error);
}

#endif
