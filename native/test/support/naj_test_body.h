/* Slices of random arrays, and message bodies laid out and read back. */
#ifndef NAJ_TEST_SUPPORT_BODY_H
#define NAJ_TEST_SUPPORT_BODY_H

#include "support/naj_test_arrays.h"
#include "write/naj_body.h"

enum { TEST_NESTED_FIELDS = 25 };
/* A list of structs of everything that a parent's rows, items and runs begin in the middle of; from
 * index 1 on the struct alone, from 2 on its children. */
extern const struct test_field test_nested_fields[TEST_NESTED_FIELDS];

/* Rows over an array's buffers as they are. */
struct test_rows {
  struct naj_array_node nodes[TEST_ARRAY_NODES];
  struct naj_rows rows;
};
/* Rows [start, start + count): as the offset of each column, with nulls not counted where that
 * leaves some out. */
void test_rows_slice(const struct test_array* borrow_array, int64_t start, int64_t count,
                     struct test_rows* out_rows);

/* Lays the body out, reads it back as a message of a stream with this schema and appends its rows
 * as test_render does. Also demands what every body owes: sizes that are not negative, no address
 * for nothing, null counts that are right. `codec` is that of body->is_compressed. */
void test_body_render(const struct test_schema* borrow_schema, const struct naj_body* borrow_body,
                      int32_t codec, struct test_bytes* text);
/* Lines [start, start + count) of what test_render says of the array. */
void test_rows_render(struct test_array* array, int64_t start, int64_t count,
                      struct test_bytes* text);
/* Ends the process with both texts when they differ. */
void test_same_text(const char* what, const struct test_bytes* expected,
                    const struct test_bytes* actual);

#endif
