/* One good batch of seven rows for each layout, with the sizes that its buffers need: written down
 * from the columnar format, not computed. */
#ifndef NAJ_TEST_SUPPORT_LAYOUTS_H
#define NAJ_TEST_SUPPORT_LAYOUTS_H

#include "support/naj_test_ipc.h"

enum { TEST_MAX_NODES = 6, TEST_MAX_BUFFERS = 12, TEST_MAX_VARIADIC = 2, TEST_ROWS = 7 };

struct test_layout {
  const char* name;
  struct test_field fields[TEST_MAX_NODES];
  int32_t field_count;
  struct test_pair nodes[TEST_MAX_NODES]; /* one per field: no dictionaries here */
  int64_t sizes[TEST_MAX_BUFFERS];        /* needed, in order */
  int32_t is_data[TEST_MAX_BUFFERS];      /* 1: any size will do at this level */
  int32_t buffer_count;
  int64_t variadic_counts[TEST_MAX_VARIADIC];
  int32_t variadic_count;
  int32_t metadata_version;
  int32_t has_oracle; /* nanoarrow's own decoder reads it */
};

extern const struct test_layout test_layouts[];
extern const size_t test_layout_count;

/* The batch of a layout: buffers one after the other, each at a multiple of 8, over zeros.
 * `buffers` is caller's room for TEST_MAX_BUFFERS. */
struct test_batch test_layout_batch(const struct test_layout* layout, struct test_pair* buffers);
struct test_schema test_layout_schema(const struct test_layout* layout);

#endif
