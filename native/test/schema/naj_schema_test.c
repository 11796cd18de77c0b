#include "schema/naj_schema.h"

#include <pthread.h>

#include "core/naj_alloc.h"
#include "support/naj_schemas.h"
#include "support/naj_test.h"

static struct naj_error error;

static void a_descriptor_gives_the_same_schema(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  struct naj_schema* copy;
  CHECK_STATUS(naj_schema_from_descriptor(schema->descriptor, schema->header->total_size, NULL,
                                          &copy, &error),
               NAJ_OK, error);
  CHECK(test_same_schema(schema, copy));
  CHECK_EQ(copy->header->total_size, schema->header->total_size);
  CHECK(memcmp(copy->descriptor, schema->descriptor, (size_t)copy->header->total_size) == 0);
  naj_schema_release(copy);
  naj_schema_release(schema);
}

static void node_and_buffer_counts_are_computed(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  int64_t size = schema->header->total_size;
  uint8_t* bytes = malloc((size_t)size);
  memcpy(bytes, schema->descriptor, (size_t)size);
  struct naj_schema_header header;
  memcpy(&header, bytes, sizeof header);
  header.node_count = -5;
  header.buffer_count = INT64_MAX;
  memcpy(bytes, &header, sizeof header);
  struct naj_schema* copy;
  CHECK_STATUS(naj_schema_from_descriptor(bytes, size, NULL, &copy, &error), NAJ_OK, error);
  CHECK_EQ(copy->header->node_count, schema->header->node_count);
  CHECK_EQ(copy->header->buffer_count, schema->header->buffer_count);
  naj_schema_release(copy);
  naj_schema_release(schema);
  free(bytes);
}

static void no_descriptor_is_no_crash(void) {
  struct naj_schema* schema = NULL;
  CHECK_STATUS(naj_schema_from_descriptor(NULL, 100, NULL, &schema, &error), NAJ_INVALID_DATA,
               error);
  CHECK_STATUS(naj_schema_from_descriptor("", 0, NULL, &schema, &error), NAJ_INVALID_DATA, error);
  CHECK_STATUS(naj_schema_from_descriptor("", -1, NULL, &schema, &error), NAJ_INVALID_DATA, error);
  naj_schema_release(NULL);
}

static void every_failed_allocation_is_told(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  int64_t before = naj_live_objects();
  int failures = 0;
  for (int64_t n = 1;; n++) {
    struct naj_schema* copy = NULL;
    naj_fail_allocation(n);
    naj_status status = naj_schema_from_descriptor(schema->descriptor, schema->header->total_size,
                                                   NULL, &copy, &error);
    naj_fail_allocation(0);
    if (status == NAJ_OK) {
      naj_schema_release(copy);
      break;
    }
    CHECK_EQ(status, NAJ_NO_MEMORY);
    CHECK_EQ(naj_live_objects(), before);
    failures++;
  }
  CHECK(failures >= 3);
  naj_schema_release(schema);
}

static void paths_join_names_and_escape(void) {
  static const struct test_field inner[] = {{.name = "c.d\\e", .type = TEST_NULL},
                                            {.name = "", .type = TEST_NULL}};
  static const struct test_field field = {
      .name = "\xC3\xBC", .type = TEST_STRUCT, .children = inner, .child_count = 2};
  struct naj_schema* schema;
  CHECK_STATUS(test_decode_field(&field, &schema, &error), NAJ_OK, error);
  char path[64];
  naj_schema_path(schema, 0, path, sizeof path);
  CHECK_TEXT(path, "\xC3\xBC");
  naj_schema_path(schema, 1, path, sizeof path);
  CHECK_TEXT(path, "\xC3\xBC.c\\.d\\\\e");
  naj_schema_path(schema, 2, path, sizeof path);
  CHECK_TEXT(path, "\xC3\xBC.");
  naj_schema_release(schema);
}

static void a_name_of_nul_and_continuations_is_read_no_further(void) {
  static const uint8_t name[] = {'\0', 0x80, 0x80, 0x80, '.'};
  const struct naj_field_record field = {.name_size = sizeof name};
  const int32_t parent = -1;
  char path[32];
  naj_schema_path_of(&field, &parent, name, 0, path, sizeof path);
  CHECK_TEXT(path, "?\x80\x80\x80\\.");
}

static void no_name_needs_no_bytes(void) {
  const struct naj_field_record field = {.name_size = 0, .name_offset = 8};
  const int32_t parent = -1;
  char path[32] = "x";
  naj_schema_path_of(&field, &parent, NULL, 0, path, sizeof path);
  CHECK_TEXT(path, "");
}

static void a_long_path_is_cut_between_characters(void) {
  static const struct test_field field = {.name = "a\xE2\x82\xAC\xE2\x82\xAC", .type = TEST_NULL};
  struct naj_schema* schema;
  CHECK_STATUS(test_decode_field(&field, &schema, &error), NAJ_OK, error);
  char path[8];
  memset(path, 'x', sizeof path);
  naj_schema_path(schema, 0, path, 7);
  CHECK_TEXT(path, "a\xE2\x82\xAC");
  naj_schema_path(schema, 0, path, 1);
  CHECK_TEXT(path, "");
  path[0] = 'x';
  naj_schema_path(schema, 0, path, 0);
  CHECK_EQ(path[0], 'x');
  naj_schema_release(schema);
}

static void* retain_and_release(void* argument) {
  struct naj_schema* schema = argument;
  for (int i = 0; i < 10000; i++) {
    naj_schema_retain(schema);
    CHECK(naj_schema_descriptor(schema)->field_count > 0);
    naj_schema_release(schema);
  }
  naj_schema_release(schema);
  return NULL;
}

static void threads_share_a_schema(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) {
    naj_schema_retain(schema);
    CHECK_EQ(pthread_create(&threads[i], NULL, retain_and_release, schema), 0);
  }
  naj_schema_release(schema);
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  CHECK_EQ(naj_live_objects(), 0);
}

int main(void) {
  TEST_RUN(a_descriptor_gives_the_same_schema);
  TEST_RUN(node_and_buffer_counts_are_computed);
  TEST_RUN(no_descriptor_is_no_crash);
  TEST_RUN(every_failed_allocation_is_told);
  TEST_RUN(paths_join_names_and_escape);
  TEST_RUN(a_name_of_nul_and_continuations_is_read_no_further);
  TEST_RUN(no_name_needs_no_bytes);
  TEST_RUN(a_long_path_is_cut_between_characters);
  TEST_RUN(threads_share_a_schema);
  TEST_DONE();
}
