#include "core/naj_alloc.h"
#include "message/naj_message.h"
#include "support/naj_schemas.h"
#include "support/naj_test.h"

static struct naj_error error;

static void the_header_tells_what_the_message_said(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  const struct naj_schema_header* header = naj_schema_descriptor(schema);
  CHECK_EQ(header->version, NAJ_DESCRIPTOR_VERSION);
  CHECK_EQ(header->column_count, test_schema_of_all_types()->field_count);
  CHECK(header->field_count > header->column_count);
  CHECK_EQ(header->big_endian, 0);
  CHECK_EQ(header->metadata_version, 4);
  CHECK_EQ(header->features, 6);
  CHECK_EQ(header->root_is_column, 0);
  CHECK(header->node_count >= header->column_count);
  CHECK(header->buffer_count > header->column_count);
  CHECK_EQ((uintptr_t)header % 8, 0);
  naj_schema_release(schema);
}

static void big_endian_senders_are_told(void) {
  struct test_schema big = {.big_endian = 1};
  struct naj_schema* schema = test_must_decode(&big);
  CHECK_EQ(schema->header->big_endian, 1);
  CHECK_EQ(schema->header->field_count, 0);
  naj_schema_release(schema);
  struct test_schema unknown = {.big_endian = 2};
  CHECK_STATUS(test_decode(&unknown, &schema, &error), NAJ_INVALID_DATA, error);
}

static void metadata_keeps_nuls_and_duplicates(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  static const char expected[] = "\2\0\0\0\3\0\0\0key\3\0\0\0a\0b\3\0\0\0key\0\0\0";
  const struct naj_field_record* field = &schema->fields[test_find_field(schema, "utf8")];
  CHECK_EQ(field->metadata_size, sizeof expected);
  CHECK(memcmp(schema->descriptor + field->metadata_offset, expected, sizeof expected) == 0);
  CHECK_EQ(schema->header->metadata_size, sizeof expected);
  CHECK(memcmp(schema->descriptor + schema->header->metadata_offset, expected, sizeof expected) ==
        0);
  naj_schema_release(schema);
}

static void absent_names_are_empty(void) {
  struct test_field field = {.type = TEST_NULL};
  struct naj_schema* schema;
  CHECK_STATUS(test_decode_field(&field, &schema, &error), NAJ_OK, error);
  CHECK_EQ(schema->fields[0].name_size, 0);
  naj_schema_release(schema);
}

static void the_tree_follows_the_nesting(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  int32_t map = test_find_field(schema, "map");
  CHECK_EQ(schema->parent[map], -1);
  CHECK_EQ(schema->depth[map], 0);
  CHECK_EQ(schema->subtree_end[map], map + 4);
  CHECK_EQ(schema->parent[map + 1], map);
  CHECK_EQ(schema->parent[map + 2], map + 1);
  CHECK_EQ(schema->depth[map + 2], 2);
  CHECK_EQ(schema->subtree_end[map + 2], map + 3);
  CHECK_EQ(schema->subtree_end[map + 1], map + 4);
  naj_schema_release(schema);
}

static naj_status decode_deep(int depth, const struct naj_limits* limits) {
  struct test_bytes framed = test_frame(test_deep_list_flatbuffer(depth), 0);
  struct naj_schema* schema;
  naj_status status = test_read_schema(framed, limits, &schema, &error);
  if (status == NAJ_OK) {
    CHECK_EQ(schema->header->field_count, depth + 1);
    naj_schema_release(schema);
  }
  free(framed.bytes);
  return status;
}

static void depth_is_limited(void) {
  struct naj_limits limits;
  naj_limits_init(&limits);
  CHECK_STATUS(decode_deep(127, NULL), NAJ_OK, error);
  CHECK_STATUS(decode_deep(128, NULL), NAJ_LIMIT_EXCEEDED, error);
  CHECK_STATUS(decode_deep(200, NULL), NAJ_LIMIT_EXCEEDED, error);
  limits.max_depth = 3;
  CHECK_STATUS(decode_deep(2, &limits), NAJ_OK, error);
  CHECK_STATUS(decode_deep(3, &limits), NAJ_LIMIT_EXCEEDED, error);
  CHECK_TEXT(error.path, "item.item.item");
  limits.max_depth = INT32_MAX;
  CHECK_STATUS(decode_deep(200, &limits), NAJ_OK, error);
  CHECK_STATUS(decode_deep(3000, &limits), NAJ_LIMIT_EXCEEDED, error);
}

static void the_number_of_fields_is_limited(void) {
  struct naj_limits limits;
  naj_limits_init(&limits);
  struct test_bytes framed = test_frame(test_shared_fields_flatbuffer(10), 0);
  struct naj_schema* schema;
  limits.max_fields = 2047;
  CHECK_STATUS(test_read_schema(framed, &limits, &schema, &error), NAJ_OK, error);
  CHECK_EQ(schema->header->field_count, 2047);
  naj_schema_release(schema);
  limits.max_fields = 2046;
  CHECK_STATUS(test_read_schema(framed, &limits, &schema, &error), NAJ_LIMIT_EXCEEDED, error);
  free(framed.bytes);
}

static void the_legacy_prefix_gives_the_same_schema(void) {
  struct test_bytes framed = test_frame(test_schema_flatbuffer(test_schema_of_all_types(), 4), 1);
  struct naj_schema* legacy;
  CHECK_STATUS(test_read_schema(framed, NULL, &legacy, &error), NAJ_OK, error);
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  CHECK(test_same_schema(schema, legacy));
  naj_schema_release(legacy);
  naj_schema_release(schema);
  free(framed.bytes);
}

static void every_failed_allocation_is_told(void) {
  struct test_bytes framed = test_frame(test_schema_flatbuffer(test_schema_of_all_types(), 4), 1);
  int failures = 0;
  for (int64_t n = 1;; n++) {
    struct naj_schema* schema = NULL;
    naj_fail_allocation(n);
    naj_status status = test_read_schema(framed, NULL, &schema, &error);
    naj_fail_allocation(0);
    if (status == NAJ_OK) {
      naj_schema_release(schema);
      break;
    }
    CHECK_EQ(status, NAJ_NO_MEMORY);
    CHECK_EQ(error.status, NAJ_NO_MEMORY);
    CHECK(schema == NULL);
    CHECK_EQ(naj_live_objects(), 0);
    failures++;
  }
  CHECK(failures >= 8);
  free(framed.bytes);
}

static void no_mutation_does_harm(void) {
  struct test_bytes framed = test_frame(test_schema_flatbuffer(test_schema_of_all_types(), 4), 0);
  uint8_t* copy = malloc((size_t)framed.size);
  struct test_bytes mutated = {copy, framed.size};
  uint64_t state = 3;
  int decoded = 0;
  for (int round = 0; round < 20000; round++) {
    memcpy(copy, framed.bytes, (size_t)framed.size);
    int changes = 1 + (int)(test_random(&state) % 3);
    for (int i = 0; i < changes; i++) {
      copy[8 + test_random(&state) % (uint64_t)(framed.size - 8)] = (uint8_t)test_random(&state);
    }
    struct naj_schema* schema = NULL;
    naj_status status = test_read_schema(mutated, NULL, &schema, &error);
    CHECK(status == NAJ_OK || status == NAJ_INVALID_DATA || status == NAJ_UNSUPPORTED ||
          status == NAJ_LIMIT_EXCEEDED || status == NAJ_MISUSE);
    decoded += status == NAJ_OK;
    naj_schema_release(schema);
  }
  CHECK(decoded > 0);
  CHECK_EQ(naj_live_objects(), 0);
  free(copy);
  free(framed.bytes);
}

int main(void) {
  TEST_RUN(the_header_tells_what_the_message_said);
  TEST_RUN(big_endian_senders_are_told);
  TEST_RUN(metadata_keeps_nuls_and_duplicates);
  TEST_RUN(absent_names_are_empty);
  TEST_RUN(the_tree_follows_the_nesting);
  TEST_RUN(depth_is_limited);
  TEST_RUN(the_number_of_fields_is_limited);
  TEST_RUN(the_legacy_prefix_gives_the_same_schema);
  TEST_RUN(every_failed_allocation_is_told);
  TEST_RUN(no_mutation_does_harm);
  TEST_DONE();
}
