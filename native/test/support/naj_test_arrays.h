/* Random arrays of any schema, as batch tables and as message bodies, and their values as text:
 * what must stay the same whatever is done to the buffers. */
#ifndef NAJ_TEST_SUPPORT_ARRAYS_H
#define NAJ_TEST_SUPPORT_ARRAYS_H

#include "schema/naj_schema.h"
#include "support/naj_test_ipc.h"

enum { TEST_ARRAY_NODES = 32, TEST_ARRAY_BUFFERS = 96, TEST_ARRAY_VARIADIC = 8 };

enum test_array_flags {
  TEST_ARRAY_NULLS = 1,
  /* What the format allows but few writers do: offsets that do not begin at 0, data and children
   * beyond what is used, a last run beyond the rows. */
  TEST_ARRAY_LOOSE = 2
};

/* Each buffer is a block of malloc of exactly its size, so that a sanitizer sees a read beyond. */
struct test_array {
  const struct naj_schema* schema;
  uint64_t seed;
  int32_t flags;
  int64_t row_count;
  struct naj_table_node nodes[TEST_ARRAY_NODES];
  int64_t node_count;
  struct naj_table_buffer buffers[TEST_ARRAY_BUFFERS];
  int64_t buffer_count;
  int64_t variadic[TEST_ARRAY_VARIADIC];
  int64_t variadic_count;
  struct naj_table_header* table; /* of all of these; see test_array_table */
};

void test_array_random(struct test_array* array, const struct naj_schema* borrow_schema,
                       int64_t row_count, uint64_t seed, int32_t flags);
void test_array_free(struct test_array* array);
/* The table over the buffers as they are now; owned by the array, valid until the next call. */
const struct naj_table_header* test_array_table(struct test_array* array);
/* Where the buffers of a node begin. */
int64_t test_array_first_buffer(const struct test_array* array, int32_t node);

/* The values of rows [0, row_count), one line each. */
void test_render(const struct naj_schema* borrow_schema,
                 const struct naj_table_header* borrow_table, struct test_bytes* text);

enum test_packing {
  TEST_PACK_PLAIN = 0,
  TEST_PACK_LZ4 = 1,
  TEST_PACK_ZSTD = 2,
  TEST_PACK_MIXED = 4 /* with one of these two: some buffers stored, some of two frames */
};
/* Appends a record batch message, or a dictionary batch when `as` says so, with the array's values;
 * `is_swapped` turns the byte order of every item. `as` may be NULL. */
void test_append_array(struct test_bytes* bytes, const struct test_array* borrow_array,
                       int32_t packing, int32_t is_swapped, const struct test_batch* as);

#endif
