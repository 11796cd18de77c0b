#include "schema/naj_schema_types.h"

#include "support/naj_schemas.h"
#include "support/naj_test.h"

static struct naj_error error;

static void every_type_gets_its_number_and_parameters(void) {
  static const struct {
    const char* name;
    int32_t type, param0, param1, param2;
  } expected[] = {
      {"null", NAJ_TYPE_NULL, 0, 0, 0},
      {"bool", NAJ_TYPE_BOOL, 0, 0, 0},
      {"int8", NAJ_TYPE_INT8, 0, 0, 0},
      {"int16", NAJ_TYPE_INT16, 0, 0, 0},
      {"int32", NAJ_TYPE_INT32, 0, 0, 0},
      {"int64", NAJ_TYPE_INT64, 0, 0, 0},
      {"uint8", NAJ_TYPE_UINT8, 0, 0, 0},
      {"uint16", NAJ_TYPE_UINT16, 0, 0, 0},
      {"uint32", NAJ_TYPE_UINT32, 0, 0, 0},
      {"uint64", NAJ_TYPE_UINT64, 0, 0, 0},
      {"half", NAJ_TYPE_HALF_FLOAT, 0, 0, 0},
      {"float", NAJ_TYPE_FLOAT, 0, 0, 0},
      {"double", NAJ_TYPE_DOUBLE, 0, 0, 0},
      {"decimal32", NAJ_TYPE_DECIMAL, 9, 2, 32},
      {"decimal64", NAJ_TYPE_DECIMAL, 18, -3, 64},
      {"decimal128", NAJ_TYPE_DECIMAL, 38, 10, 128},
      {"decimal256", NAJ_TYPE_DECIMAL, 76, 0, 256},
      {"date32", NAJ_TYPE_DATE32, 0, 0, 0},
      {"date64", NAJ_TYPE_DATE64, 0, 0, 0},
      {"time_s", NAJ_TYPE_TIME32, 0, 0, 0},
      {"time_ms", NAJ_TYPE_TIME32, 1, 0, 0},
      {"time_us", NAJ_TYPE_TIME64, 2, 0, 0},
      {"time_ns", NAJ_TYPE_TIME64, 3, 0, 0},
      {"timestamp_s", NAJ_TYPE_TIMESTAMP, 0, 0, 0},
      {"timestamp_ns", NAJ_TYPE_TIMESTAMP, 3, 0, 0},
      {"duration", NAJ_TYPE_DURATION, 2, 0, 0},
      {"months", NAJ_TYPE_INTERVAL_MONTHS, 0, 0, 0},
      {"day_time", NAJ_TYPE_INTERVAL_DAY_TIME, 0, 0, 0},
      {"month_day_nano", NAJ_TYPE_INTERVAL_MONTH_DAY_NANO, 0, 0, 0},
      {"utf8", NAJ_TYPE_UTF8, 0, 0, 0},
      {"large_utf8", NAJ_TYPE_LARGE_UTF8, 0, 0, 0},
      {"utf8_view", NAJ_TYPE_UTF8_VIEW, 0, 0, 0},
      {"binary", NAJ_TYPE_BINARY, 0, 0, 0},
      {"large_binary", NAJ_TYPE_LARGE_BINARY, 0, 0, 0},
      {"binary_view", NAJ_TYPE_BINARY_VIEW, 0, 0, 0},
      {"fixed_size_binary", NAJ_TYPE_FIXED_SIZE_BINARY, 16, 0, 0},
      {"fixed_size_binary_0", NAJ_TYPE_FIXED_SIZE_BINARY, 0, 0, 0},
      {"list", NAJ_TYPE_LIST, 0, 0, 0},
      {"large_list", NAJ_TYPE_LARGE_LIST, 0, 0, 0},
      {"list_view", NAJ_TYPE_LIST_VIEW, 0, 0, 0},
      {"large_list_view", NAJ_TYPE_LARGE_LIST_VIEW, 0, 0, 0},
      {"fixed_list", NAJ_TYPE_FIXED_SIZE_LIST, 3, 0, 0},
      {"struct", NAJ_TYPE_STRUCT, 0, 0, 0},
      {"empty_struct", NAJ_TYPE_STRUCT, 0, 0, 0},
      {"map", NAJ_TYPE_MAP, 0, 0, 0},
      {"sparse_union", NAJ_TYPE_SPARSE_UNION, 0, 0, 0},
      {"dense_union", NAJ_TYPE_DENSE_UNION, 0, 0, 0},
      {"run_end_encoded", NAJ_TYPE_RUN_END_ENCODED, 0, 0, 0},
  };
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
    int32_t index = test_find_field(schema, expected[i].name);
    CHECK(index >= 0);
    const struct naj_field_record* field = &schema->fields[index];
    CHECK_EQ(field->type, expected[i].type);
    CHECK_EQ(field->param0, expected[i].param0);
    CHECK_EQ(field->param1, expected[i].param1);
    CHECK_EQ(field->param2, expected[i].param2);
    CHECK(!(field->flags & NAJ_FIELD_DICTIONARY));
  }
  naj_schema_release(schema);
}

static void a_time_zone_is_kept(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  const struct naj_field_record* with = &schema->fields[test_find_field(schema, "timestamp_ns")];
  CHECK_EQ(with->extra_size, 13);
  CHECK(memcmp(schema->descriptor + with->extra_offset, "Europe/Berlin", 13) == 0);
  const struct naj_field_record* without = &schema->fields[test_find_field(schema, "timestamp_s")];
  CHECK_EQ(without->extra_size, 0);
  naj_schema_release(schema);
}

static void union_ids_are_given_or_count_from_0(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  static const int32_t given[] = {5, 0};
  static const int32_t counted[] = {0, 1};
  const struct naj_field_record* dense = &schema->fields[test_find_field(schema, "dense_union")];
  const struct naj_field_record* sparse = &schema->fields[test_find_field(schema, "sparse_union")];
  CHECK_EQ(dense->extra_size, 8);
  CHECK_EQ(sparse->extra_size, 8);
  CHECK(memcmp(schema->descriptor + dense->extra_offset, given, 8) == 0);
  CHECK(memcmp(schema->descriptor + sparse->extra_offset, counted, 8) == 0);
  naj_schema_release(schema);
}

static void dictionaries_keep_index_id_and_order(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  const struct naj_field_record* field = &schema->fields[test_find_field(schema, "dictionary")];
  CHECK_EQ(field->type, NAJ_TYPE_UTF8);
  CHECK_EQ(field->index_type, NAJ_TYPE_INT16);
  CHECK_EQ(field->dictionary_id, 3);
  CHECK_EQ(field->flags, NAJ_FIELD_NULLABLE | NAJ_FIELD_DICTIONARY | NAJ_FIELD_DICTIONARY_ORDERED);
  field = &schema->fields[test_find_field(schema, "dictionary_default")];
  CHECK_EQ(field->index_type, NAJ_TYPE_INT32);
  CHECK_EQ(field->flags, NAJ_FIELD_DICTIONARY);
  field = &schema->fields[test_find_field(schema, "dictionary_nested")];
  CHECK_EQ(field->index_type, NAJ_TYPE_UINT64);
  CHECK_EQ(field->child_count, 1);
  CHECK_EQ(field[1].dictionary_id, 7);
  CHECK_EQ(field[1].index_type, NAJ_TYPE_UINT8);
  naj_schema_release(schema);
}

static void bad_parameters_are_refused_with_the_path(void) {
  static const struct test_field child[] = {{.name = "c", .type = TEST_INT, .a = 32, .b = 1},
                                            {.name = "d", .type = TEST_INT, .a = 32, .b = 1}};
  static const int32_t three_ids[] = {0, 1, 2};
  static const int32_t twice[] = {4, 4};
  static const int32_t negative[] = {0, -1};
  static const int32_t too_high[] = {0, 128};
  static const struct test_field bad[] = {
      {.type = TEST_NONE},
      {.type = TEST_INT, .a = 0},
      {.type = TEST_INT, .a = 7},
      {.type = TEST_INT, .a = 128, .b = 1},
      {.type = TEST_FLOAT, .a = 3},
      {.type = TEST_FLOAT, .a = -1},
      {.type = TEST_DECIMAL, .a = 39, .c = 128},
      {.type = TEST_DECIMAL, .a = 0, .c = 128},
      {.type = TEST_DECIMAL, .a = 10, .c = 32},
      {.type = TEST_DECIMAL, .a = 9, .c = 96},
      {.type = TEST_DATE, .a = 2},
      {.type = TEST_TIME, .a = 0, .b = 64},
      {.type = TEST_TIME, .a = 3, .b = 32},
      {.type = TEST_TIME, .a = 0, .b = 8},
      {.type = TEST_TIMESTAMP, .a = 4},
      {.type = TEST_DURATION, .a = -1},
      {.type = TEST_INTERVAL, .a = 3},
      {.type = TEST_FIXED_SIZE_BINARY, .a = -1},
      {.type = TEST_FIXED_SIZE_LIST, .a = -1, .children = child, .child_count = 1},
      {.type = TEST_FIXED_SIZE_LIST, .a = 1},
      {.type = TEST_LIST},
      {.type = TEST_LIST, .children = child, .child_count = 2},
      {.type = TEST_LARGE_LIST_VIEW},
      {.type = TEST_MAP},
      {.type = TEST_MAP, .children = child, .child_count = 1},
      {.type = TEST_MAP, .children = child, .child_count = 2},
      {.type = TEST_UNION, .a = 2, .children = child, .child_count = 2},
      {.type = TEST_UNION, .ids = three_ids, .id_count = 3, .children = child, .child_count = 2},
      {.type = TEST_UNION, .ids = twice, .id_count = 2, .children = child, .child_count = 2},
      {.type = TEST_UNION, .ids = negative, .id_count = 2, .children = child, .child_count = 2},
      {.type = TEST_UNION, .ids = too_high, .id_count = 2, .children = child, .child_count = 2},
      {.type = TEST_RUN_END_ENCODED, .children = child, .child_count = 1},
      {.type = TEST_UTF8, .is_dictionary = 1, .index_bits = 12},
  };
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    struct test_field field = bad[i];
    field.name = "x";
    struct test_field outer = {
        .name = "outer", .type = TEST_STRUCT, .children = &field, .child_count = 1};
    struct naj_schema* schema = NULL;
    naj_status status = test_decode_field(&outer, &schema, &error);
    if (status != NAJ_INVALID_DATA) fprintf(stderr, "case %zu: type %d\n", i, field.type);
    CHECK_EQ(status, NAJ_INVALID_DATA);
    CHECK_TEXT(error.path, "outer.x");
    CHECK(schema == NULL);
  }
  CHECK_EQ(naj_live_objects(), 0);
}

static void run_ends_must_be_signed_and_wide_enough(void) {
  static const struct {
    int bits, is_signed, is_good;
  } ends[] = {{16, 1, 1}, {32, 1, 1}, {64, 1, 1}, {8, 1, 0}, {32, 0, 0}};
  for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
    struct test_field children[2] = {
        {.name = "run_ends", .type = TEST_INT, .a = ends[i].bits, .b = ends[i].is_signed},
        {.name = "values", .type = TEST_NULL}};
    struct test_field field = {
        .name = "r", .type = TEST_RUN_END_ENCODED, .children = children, .child_count = 2};
    struct naj_schema* schema = NULL;
    CHECK_STATUS(test_decode_field(&field, &schema, &error),
                 ends[i].is_good ? NAJ_OK : NAJ_INVALID_DATA, error);
    naj_schema_release(schema);
  }
}

static void an_unknown_type_is_unsupported(void) {
  struct test_field field = {.name = "future", .type = 27};
  struct naj_schema* schema;
  CHECK_STATUS(test_decode_field(&field, &schema, &error), NAJ_UNSUPPORTED, error);
  CHECK_TEXT(error.path, "future");
  field.type = 255;
  CHECK_STATUS(test_decode_field(&field, &schema, &error), NAJ_UNSUPPORTED, error);
}

static void children_of_a_type_without_any_are_left_out(void) {
  struct test_field child = {.name = "c", .type = TEST_NULL};
  struct test_field field = {
      .name = "i", .type = TEST_INT, .a = 32, .b = 1, .children = &child, .child_count = 1};
  struct naj_schema* schema;
  CHECK_STATUS(test_decode_field(&field, &schema, &error), NAJ_OK, error);
  CHECK_EQ(schema->header->field_count, 1);
  CHECK_EQ(schema->fields[0].child_count, 0);
  naj_schema_release(schema);
}

int main(void) {
  TEST_RUN(every_type_gets_its_number_and_parameters);
  TEST_RUN(a_time_zone_is_kept);
  TEST_RUN(union_ids_are_given_or_count_from_0);
  TEST_RUN(dictionaries_keep_index_id_and_order);
  TEST_RUN(bad_parameters_are_refused_with_the_path);
  TEST_RUN(run_ends_must_be_signed_and_wide_enough);
  TEST_RUN(an_unknown_type_is_unsupported);
  TEST_RUN(children_of_a_type_without_any_are_left_out);
  TEST_DONE();
}
