#include "support/naj_test.h"
#include "support/naj_test_body.h"
#include "support/naj_test_layouts.h"

static struct naj_error error;

static int32_t version_of(const struct test_schema* schema) {
  return schema->metadata_version == 0 ? TEST_V5 : schema->metadata_version;
}

/* Rows [start, start + count) arrive, whatever the buffers had to become. */
static void arrives(const char* name, const struct test_schema* schema, struct test_array* array,
                    struct naj_scratch* scratch, int64_t start, int64_t count) {
  struct test_rows rows;
  struct naj_body body;
  struct test_bytes expected = {0};
  struct test_bytes actual = {0};
  test_rows_slice(array, start, count, &rows);
  naj_scratch_reset(scratch);
  CHECK_STATUS(
      naj_body_prepare(array->schema, version_of(schema), &rows.rows, scratch, &body, &error),
      NAJ_OK, error);
  CHECK_EQ(body.row_count, count);
  test_rows_render(array, start, count, &expected);
  test_body_render(schema, &body, 0, &actual);
  test_same_text(name, &expected, &actual);
  test_bytes_free(&expected);
  test_bytes_free(&actual);
}

static void slices_arrive(const char* name, const struct test_schema* schema) {
  static const int64_t slices[][2] = {{0, 70}, {0, 0},  {0, 64}, {0, 1},  {1, 69}, {3, 1},
                                      {7, 60}, {8, 16}, {8, 62}, {13, 7}, {69, 1}, {70, 0}};
  struct naj_schema* decoded = test_schema_create(schema);
  struct naj_scratch* scratch = NULL;
  CHECK_STATUS(naj_scratch_create(&scratch, &error), NAJ_OK, error);
  for (uint64_t seed = 0; seed < 12; seed++) {
    struct test_array array;
    test_array_random(&array, decoded, 70, seed, (int32_t)(seed % 4));
    for (size_t i = 0; i < sizeof slices / sizeof *slices; i++)
      arrives(name, schema, &array, scratch, slices[i][0], slices[i][1]);
    test_array_free(&array);
  }
  naj_scratch_free(scratch);
  naj_schema_release(decoded);
}

static void slices_of_every_layout_arrive(void) {
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_schema schema = test_layout_schema(&test_layouts[i]);
    slices_arrive(test_layouts[i].name, &schema);
  }
}

/* What a parent cuts begins in the middle of whatever it holds. */
static const struct test_field nested[] = {
    {.name = "l", .type = NAJ_TYPE_LIST, .child_count = 1},
    {.name = "s", .type = NAJ_TYPE_STRUCT, .child_count = 11},
    {.name = "i", .type = NAJ_TYPE_INT16},
    {.name = "b", .type = NAJ_TYPE_BOOL},
    {.name = "u", .type = NAJ_TYPE_UTF8},
    {.name = "v", .type = NAJ_TYPE_BINARY_VIEW},
    {.name = "n", .type = NAJ_TYPE_NULL},
    {.name = "f", .type = NAJ_TYPE_FIXED_SIZE_LIST, .child_count = 1, .param0 = 3},
    {.name = "fb", .type = NAJ_TYPE_BOOL},
    {.name = "r", .type = NAJ_TYPE_RUN_END_ENCODED, .child_count = 2},
    {.name = "e", .type = NAJ_TYPE_INT16},
    {.name = "rv", .type = NAJ_TYPE_RUN_END_ENCODED, .child_count = 2},
    {.name = "re", .type = NAJ_TYPE_INT64},
    {.name = "rrv", .type = NAJ_TYPE_LARGE_UTF8},
    {.name = "du", .type = NAJ_TYPE_DENSE_UNION, .child_count = 2},
    {.name = "d0", .type = NAJ_TYPE_INT8},
    {.name = "d1", .type = NAJ_TYPE_LIST, .child_count = 1},
    {.name = "d1i", .type = NAJ_TYPE_UTF8_VIEW},
    {.name = "su", .type = NAJ_TYPE_SPARSE_UNION, .child_count = 2},
    {.name = "s0", .type = NAJ_TYPE_DOUBLE},
    {.name = "s1", .type = NAJ_TYPE_LARGE_LIST, .child_count = 1},
    {.name = "s1i", .type = NAJ_TYPE_UTF8},
    {.name = "lv", .type = NAJ_TYPE_LIST_VIEW, .child_count = 1},
    {.name = "lvi", .type = NAJ_TYPE_FIXED_SIZE_BINARY, .param0 = 5},
    {.name = "di", .type = NAJ_TYPE_UTF8, .index_type = NAJ_TYPE_UINT16, .dictionary_id = 4},
};

static void slices_of_nested_types_arrive(void) {
  const struct test_schema schema = {.fields = nested,
                                     .field_count = sizeof nested / sizeof *nested};
  slices_arrive("list of structs", &schema);
  const struct test_schema inner = {.fields = nested + 1, .field_count = schema.field_count - 1};
  slices_arrive("struct", &inner);
  const struct test_schema columns = {.fields = nested + 2, .field_count = schema.field_count - 2};
  slices_arrive("columns", &columns);
}

int main(void) {
  TEST_RUN(slices_of_every_layout_arrive);
  TEST_RUN(slices_of_nested_types_arrive);
  TEST_DONE();
}
