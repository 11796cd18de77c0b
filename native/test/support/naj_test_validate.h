/* A validation under way: add nodes with their buffers in pre-order, then validate. */
#ifndef NAJ_TEST_SUPPORT_VALIDATE_H
#define NAJ_TEST_SUPPORT_VALIDATE_H

#include "support/naj_test.h"
#include "support/naj_test_ipc.h"

struct validating {
  struct naj_schema* schema;
  struct naj_array_node nodes[16];
  int64_t node_count;
  struct naj_table_buffer buffers[32];
  int64_t buffer_count;
  int64_t row_count;
  struct naj_error error;
};

static inline void start_fields(struct validating* validating, const struct test_field* fields,
                                int32_t field_count, int64_t row_count) {
  const struct test_schema schema = {.fields = fields, .field_count = field_count};
  memset(validating, 0, sizeof *validating);
  validating->schema = test_schema_create(&schema);
  validating->row_count = row_count;
}

static inline void add_node(struct validating* validating, int64_t length, int64_t null_count,
                            int64_t offset) {
  validating->nodes[validating->node_count++] =
      (struct naj_array_node){.length = length, .null_count = null_count, .offset = offset};
}

static inline void add_buffer(struct validating* validating, const void* data, int64_t size_bytes) {
  validating->buffers[validating->buffer_count++] =
      (struct naj_table_buffer){.address = (int64_t)(uintptr_t)data, .size_bytes = size_bytes};
  validating->nodes[validating->node_count - 1].buffer_count++;
}
#define ADD_ARRAY(validating, array) add_buffer(validating, array, (int64_t)sizeof(array))

static inline naj_status validate(struct validating* validating, enum naj_validation level) {
  return naj_validate(validating->schema, validating->row_count, validating->nodes,
                      validating->node_count, validating->buffers, validating->buffer_count, level,
                      &validating->error);
}

/* Both levels accept. */
#define CHECK_VALID(validating)                                                             \
  do {                                                                                      \
    CHECK_STATUS(validate(&(validating), NAJ_VALIDATE_ACCESS), NAJ_OK, (validating).error); \
    CHECK_STATUS(validate(&(validating), NAJ_VALIDATE_FULL), NAJ_OK, (validating).error);   \
  } while (0)
/* Both levels name the same path, row and reason. */
#define CHECK_DEFECT(validating, where, which, why)                                        \
  do {                                                                                     \
    for (int level_ = NAJ_VALIDATE_ACCESS; level_ <= NAJ_VALIDATE_FULL; level_++) {        \
      CHECK_STATUS(validate(&(validating), (enum naj_validation)level_), NAJ_INVALID_DATA, \
                   (validating).error);                                                    \
      CHECK_TEXT((validating).error.text, why);                                            \
      CHECK_TEXT((validating).error.path, where);                                          \
      CHECK_EQ((validating).error.row, which);                                             \
    }                                                                                      \
  } while (0)
/* Only the full level refuses. */
#define CHECK_MEANING(validating, where, which, why)                                        \
  do {                                                                                      \
    CHECK_STATUS(validate(&(validating), NAJ_VALIDATE_ACCESS), NAJ_OK, (validating).error); \
    CHECK_STATUS(validate(&(validating), NAJ_VALIDATE_FULL), NAJ_INVALID_DATA,              \
                 (validating).error);                                                       \
    CHECK_TEXT((validating).error.text, why);                                               \
    CHECK_TEXT((validating).error.path, where);                                             \
    CHECK_EQ((validating).error.row, which);                                                \
  } while (0)

static inline void done(struct validating* validating) { naj_schema_release(validating->schema); }

#endif
