#include "schema/naj_dictionaries.h"

#include "schema/naj_schema.h"
#include "support/naj_test.h"
#include "support/naj_test_ipc.h"

static struct naj_error error;

#define INDEX .index_type = NAJ_TYPE_INT8
#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

/* Reads a schema message under limits; NULL limits are the defaults. */
static naj_status read_schema(const struct test_field* fields, int32_t field_count,
                              const struct naj_limits* limits, struct naj_schema** out_schema) {
  const struct test_schema schema = {.fields = fields, .field_count = field_count};
  struct test_bytes bytes = {0};
  test_append_schema(&bytes, &schema, 0);
  struct naj_memory* memory = test_memory(bytes.data, bytes.size_bytes);
  struct naj_stream* stream = NULL;
  int64_t next_offset = 0;
  int64_t needed_bytes = 0;
  naj_status status = naj_stream_open(limits, &stream, &error);
  if (status == NAJ_OK)
    status =
        naj_stream_schema(stream, memory, 0, bytes.size_bytes, &next_offset, &needed_bytes, &error);
  if (status == NAJ_OK) {
    *out_schema = naj_stream_get_schema(stream);
    naj_schema_retain(*out_schema);
  }
  naj_stream_close(stream);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  test_bytes_free(&bytes);
  return status;
}

static struct naj_schema* good(const struct test_field* fields, int32_t field_count) {
  struct naj_schema* schema = NULL;
  CHECK_STATUS(read_schema(fields, field_count, NULL, &schema), NAJ_OK, error);
  return schema;
}

static void ids_are_listed_once_in_their_order(void) {
  static const struct test_field fields[] = {
      {.name = "a", .type = NAJ_TYPE_UTF8, INDEX, .dictionary_id = 9},
      {.name = "b", .type = NAJ_TYPE_INT64, INDEX, .dictionary_id = -3},
      {.name = "c", .type = NAJ_TYPE_UTF8, INDEX, .dictionary_id = 9},
      {.name = "d", .type = NAJ_TYPE_INT32},
      {.name = "e", .type = NAJ_TYPE_BOOL, INDEX, .dictionary_id = INT64_MAX},
      {.name = "f", .type = NAJ_TYPE_BOOL, INDEX, .dictionary_id = INT64_MIN}};
  static const int64_t ids[] = {INT64_MIN, -3, 9, INT64_MAX};
  struct naj_schema* schema = good(fields, COUNT(fields));
  CHECK_EQ(naj_schema_dictionary_count(schema), 4);
  for (int32_t i = 0; i < 4; i++) {
    CHECK_EQ(naj_schema_dictionary_id(schema, i), ids[i]);
    CHECK_EQ(naj_dictionaries_find(schema->dictionaries, ids[i]), i);
  }
  CHECK_EQ(naj_dictionaries_find(schema->dictionaries, 0), -1);
  CHECK_EQ(naj_dictionaries_find(schema->dictionaries, 10), -1);
  CHECK_EQ(naj_dictionaries_find(NULL, 9), -1);
  CHECK_EQ(schema->dictionaries->entries[2].field_index, 0);
  CHECK(naj_schema_dictionary_values(schema, -1) == NULL);
  CHECK(naj_schema_dictionary_values(schema, 4) == NULL);
  naj_schema_release(schema);
}

static void values_have_the_type_without_the_encoding(void) {
  static const struct test_field fields[] = {
      {.name = "plain", .type = NAJ_TYPE_INT8},
      {.name = "a", .type = NAJ_TYPE_LIST, .child_count = 1, INDEX, .dictionary_id = 5},
      {.name = "item", .type = NAJ_TYPE_DECIMAL, .param0 = 9, .param1 = 2, .param2 = 128}};
  struct naj_schema* schema = good(fields, COUNT(fields));
  const struct naj_schema* values = naj_schema_dictionary_values(schema, 0);
  CHECK_EQ(values->header->field_count, 2);
  CHECK_EQ(values->header->column_count, 1);
  CHECK_EQ(values->header->node_count, 2);
  CHECK_EQ(values->header->buffer_count, 4);
  CHECK_EQ(values->fields[0].type, NAJ_TYPE_LIST);
  CHECK_EQ(values->fields[0].flags & NAJ_FIELD_DICTIONARY, 0);
  CHECK_EQ(values->fields[0].index_type, 0);
  CHECK_EQ(values->fields[1].param0, 9);
  CHECK_EQ(values->fields[1].param2, 128);
  CHECK_EQ(values->fields[1].name_size, 4);
  CHECK(memcmp(values->descriptor + values->fields[1].name_offset, "item", 4) == 0);
  naj_schema_release(schema);
}

static void unions_keep_their_type_ids(void) {
  static const struct test_field fields[] = {
      {.name = "u", .type = NAJ_TYPE_DENSE_UNION, .child_count = 2, INDEX, .dictionary_id = 5},
      {.name = "a", .type = NAJ_TYPE_INT8},
      {.name = "b", .type = NAJ_TYPE_UTF8}};
  struct naj_schema* schema = good(fields, COUNT(fields));
  const struct naj_schema* values = naj_schema_dictionary_values(schema, 0);
  const int32_t expected[] = {0, 1};
  CHECK_EQ(values->fields[0].extra_size, 8);
  CHECK(memcmp(values->descriptor + values->fields[0].extra_offset, expected, 8) == 0);
  naj_schema_release(schema);
}

static void nested_dictionaries_are_the_whole_schemas(void) {
  static const struct test_field fields[] = {
      {.name = "a", .type = NAJ_TYPE_STRUCT, .child_count = 1, INDEX, .dictionary_id = 2},
      {.name = "b", .type = NAJ_TYPE_UTF8, .index_type = NAJ_TYPE_INT16, .dictionary_id = 1}};
  struct naj_schema* schema = good(fields, COUNT(fields));
  CHECK_EQ(naj_schema_dictionary_count(schema), 2);
  CHECK_EQ(naj_schema_dictionary_id(schema, 0), 1);
  CHECK_EQ(naj_schema_dictionary_id(schema, 1), 2);
  const struct naj_schema* outer = naj_schema_dictionary_values(schema, 1);
  CHECK_EQ(naj_schema_dictionary_count(outer), 0);
  CHECK_EQ(outer->header->field_count, 2);
  CHECK(outer->fields[1].flags & NAJ_FIELD_DICTIONARY);
  CHECK_EQ(outer->fields[1].dictionary_id, 1);
  CHECK_EQ(outer->header->node_count, 2);
  CHECK_EQ(naj_schema_dictionary_values(schema, 0)->fields[0].type, NAJ_TYPE_UTF8);
  naj_schema_release(schema);
}

static void one_id_has_one_value_type(void) {
  static const struct test_field base = {
      .name = "a", .type = NAJ_TYPE_DECIMAL, .param0 = 9, .param1 = 2, .param2 = 128, INDEX};
  struct test_field fields[5] = {base, base};
  struct naj_schema* schema = NULL;
  fields[1].name = "b";
  fields[1].is_required = 1;
  fields[1].index_type = NAJ_TYPE_UINT32; /* of the column, not of the values */
  naj_schema_release(good(fields, 2));
  fields[1].param1 = 3;
  CHECK_STATUS(read_schema(fields, 2, NULL, &schema), NAJ_INVALID_DATA, error);
  CHECK_TEXT(error.path, "b");
  fields[1] = (struct test_field){.name = "b", .type = NAJ_TYPE_INT8, INDEX};
  CHECK_STATUS(read_schema(fields, 2, NULL, &schema), NAJ_INVALID_DATA, error);
  fields[0] = (struct test_field){.name = "a", .type = NAJ_TYPE_LIST, .child_count = 1, INDEX};
  fields[1] = (struct test_field){.name = "i", .type = NAJ_TYPE_INT8};
  fields[2] = (struct test_field){.name = "b", .type = NAJ_TYPE_LIST, .child_count = 1, INDEX};
  fields[3] = (struct test_field){.name = "j", .type = NAJ_TYPE_INT8};
  naj_schema_release(good(fields, 4));
  fields[3].type = NAJ_TYPE_INT16;
  CHECK_STATUS(read_schema(fields, 4, NULL, &schema), NAJ_INVALID_DATA, error);
  fields[3] = (struct test_field){.name = "j", .type = NAJ_TYPE_INT8, INDEX, .dictionary_id = 7};
  CHECK_STATUS(read_schema(fields, 4, NULL, &schema), NAJ_INVALID_DATA, error);
  CHECK(schema == NULL);
}

/* The same nested dictionaries under the same outer id must be the same ones. */
static void one_id_has_one_nested_dictionary(void) {
  struct test_field fields[] = {
      {.name = "a", .type = NAJ_TYPE_LIST, .child_count = 1, INDEX, .dictionary_id = 1},
      {.name = "i", .type = NAJ_TYPE_UTF8, INDEX, .dictionary_id = 2},
      {.name = "b", .type = NAJ_TYPE_LIST, .child_count = 1, INDEX, .dictionary_id = 1},
      {.name = "j", .type = NAJ_TYPE_UTF8, INDEX, .dictionary_id = 2}};
  struct naj_schema* schema = NULL;
  naj_schema_release(good(fields, 4));
  fields[3].dictionary_id = 3;
  CHECK_STATUS(read_schema(fields, 4, NULL, &schema), NAJ_INVALID_DATA, error);
  CHECK_TEXT(error.path, "b");
}

/* n nested dictionaries of lists have n + (n - 1) + ... + 1 fields in their value types. */
static void fields_of_value_types_count_against_the_limit(void) {
  struct test_field fields[10];
  for (int32_t i = 0; i < 10; i++)
    fields[i] = (struct test_field){.name = "f",
                                    .type = i < 9 ? NAJ_TYPE_LIST : NAJ_TYPE_UTF8,
                                    .child_count = i < 9,
                                    INDEX,
                                    .dictionary_id = i};
  struct naj_limits limits;
  naj_limits_init(&limits);
  struct naj_schema* schema = NULL;
  limits.max_fields = 55;
  CHECK_STATUS(read_schema(fields, 10, &limits, &schema), NAJ_OK, error);
  naj_schema_release(schema);
  limits.max_fields = 54;
  CHECK_STATUS(read_schema(fields, 10, &limits, &schema), NAJ_LIMIT_EXCEEDED, error);
}

static void schema_without_dictionaries_has_none(void) {
  static const struct test_field field = {.name = "a", .type = NAJ_TYPE_UTF8};
  struct naj_schema* schema = good(&field, 1);
  CHECK_EQ(naj_schema_dictionary_count(schema), 0);
  CHECK_EQ(naj_schema_dictionary_id(schema, 0), 0);
  CHECK(naj_schema_dictionary_values(schema, 0) == NULL);
  CHECK(schema->dictionaries == NULL);
  naj_schema_release(schema);
}

static void no_memory_is_said_and_leaks_nothing(void) {
  static const struct test_field fields[] = {
      {.name = "a", .type = NAJ_TYPE_STRUCT, .child_count = 1, INDEX, .dictionary_id = 2},
      {.name = "b", .type = NAJ_TYPE_UTF8, INDEX, .dictionary_id = 1}};
  struct naj_schema* schema = NULL;
  int64_t failures = 0;
  const int64_t live = naj_live_objects();
  for (int64_t n = 2; schema == NULL; n++) { /* the first is the test's own memory */
    naj_fail_allocation(n);
    const naj_status status = read_schema(fields, COUNT(fields), NULL, &schema);
    naj_fail_allocation(0);
    if (status == NAJ_OK) break;
    CHECK_EQ(status, NAJ_NO_MEMORY);
    CHECK_EQ(naj_live_objects(), live);
    failures++;
  }
  CHECK(failures >= 8);
  naj_schema_release(schema);
}

int main(void) {
  TEST_RUN(ids_are_listed_once_in_their_order);
  TEST_RUN(values_have_the_type_without_the_encoding);
  TEST_RUN(unions_keep_their_type_ids);
  TEST_RUN(nested_dictionaries_are_the_whole_schemas);
  TEST_RUN(one_id_has_one_value_type);
  TEST_RUN(one_id_has_one_nested_dictionary);
  TEST_RUN(fields_of_value_types_count_against_the_limit);
  TEST_RUN(schema_without_dictionaries_has_none);
  TEST_RUN(no_memory_is_said_and_leaks_nothing);
  TEST_DONE();
}
