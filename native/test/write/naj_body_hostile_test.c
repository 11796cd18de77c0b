#include "support/naj_test.h"
#include "support/naj_test_body.h"
#include "support/naj_test_layouts.h"

static struct naj_error error;

static struct naj_schema* schema_of(const struct test_field* fields, int32_t count,
                                    int32_t version) {
  const struct test_schema schema = {
      .fields = fields, .field_count = count, .metadata_version = version};
  return test_schema_create(&schema);
}

static struct naj_scratch* new_scratch(void) {
  struct naj_scratch* scratch = NULL;
  CHECK_STATUS(naj_scratch_create(&scratch, &error), NAJ_OK, error);
  return scratch;
}

static naj_status prepare(const struct naj_schema* schema, const struct naj_rows* rows,
                          struct naj_body* out_body, struct naj_scratch* scratch) {
  naj_scratch_reset(scratch);
  return naj_body_prepare(schema, TEST_V5, rows, scratch, out_body, &error);
}

static const struct test_field utf8[] = {{.name = "c", .type = NAJ_TYPE_UTF8}};
static const struct test_field large_utf8[] = {{.name = "c", .type = NAJ_TYPE_LARGE_UTF8}};
static const struct test_field list[] = {{.name = "c", .type = NAJ_TYPE_LIST, .child_count = 1},
                                         {.name = "item", .type = NAJ_TYPE_INT32}};
static const struct test_field list_view[] = {
    {.name = "c", .type = NAJ_TYPE_LARGE_LIST_VIEW, .child_count = 1},
    {.name = "item", .type = NAJ_TYPE_INT32}};
static const struct test_field dense[] = {
    {.name = "c", .type = NAJ_TYPE_DENSE_UNION, .child_count = 2},
    {.name = "a", .type = NAJ_TYPE_INT8},
    {.name = "b", .type = NAJ_TYPE_INT32}};
static const struct test_field sparse[] = {
    {.name = "c", .type = NAJ_TYPE_SPARSE_UNION, .child_count = 1},
    {.name = "a", .type = NAJ_TYPE_INT8}};
static const struct test_field runs[] = {
    {.name = "c", .type = NAJ_TYPE_RUN_END_ENCODED, .child_count = 2},
    {.name = "run_ends", .type = NAJ_TYPE_INT16},
    {.name = "values", .type = NAJ_TYPE_INT8}};
static const struct test_field views[] = {{.name = "c", .type = NAJ_TYPE_UTF8_VIEW}};
static const struct test_field int32[] = {{.name = "c", .type = NAJ_TYPE_INT32}};
static const struct test_field fixed_list[] = {
    {.name = "c", .type = NAJ_TYPE_FIXED_SIZE_LIST, .child_count = 1, .param0 = 3},
    {.name = "item", .type = NAJ_TYPE_INT32}};

/* Rows [1, 7) of 8, one integer of which is overwritten; row 4 or what stands for it. */
struct damage {
  const char* what;
  const struct test_field* fields;
  int32_t field_count;
  int32_t node;
  int32_t buffer; /* among the node's */
  int64_t index;
  int32_t width;
  int64_t value;
  const char* path;
  int64_t row; /* of the slice */
};

static void is_refused(const struct damage* damage) {
  struct naj_schema* schema = schema_of(damage->fields, damage->field_count, 0);
  struct naj_scratch* scratch = new_scratch();
  struct test_array array;
  struct test_rows rows;
  struct naj_body body;
  test_array_random(&array, schema, 8, 3, 0);
  test_rows_slice(&array, 1, 6, &rows);
  CHECK_STATUS(prepare(schema, &rows.rows, &body, scratch), NAJ_OK, error);
  const struct naj_table_buffer* buffer =
      &array.buffers[test_array_first_buffer(&array, damage->node) + damage->buffer];
  CHECK((damage->index + 1) * damage->width <= buffer->size_bytes);
  uint8_t* at = (uint8_t*)(uintptr_t)buffer->address + damage->index * damage->width;
  for (int32_t i = 0; i < damage->width; i++) at[i] = (uint8_t)((uint64_t)damage->value >> (8 * i));
  const naj_status status = prepare(schema, &rows.rows, &body, scratch);
  if (status != NAJ_INVALID_DATA || error.row != damage->row ||
      strcmp(error.path, damage->path) != 0) {
    fprintf(stderr, "%s: %s, row %d of %s\n", damage->what, naj_status_name(status), (int)error.row,
            error.path);
    exit(1);
  }
  test_array_free(&array);
  naj_scratch_free(scratch);
  naj_schema_release(schema);
}

static void positions_that_are_followed_are_checked(void) {
  const struct damage damages[] = {
      {"first offset negative", utf8, 1, 0, 1, 1, 4, -1, "c", 0},
      {"first offset beyond the last", utf8, 1, 0, 1, 1, 4, 1000, "c", 0},
      {"last offset beyond the data", utf8, 1, 0, 1, 7, 4, 1000, "c", 5},
      {"last offset negative", utf8, 1, 0, 1, 7, 4, -1, "c", 5},
      {"offset negative", utf8, 1, 0, 1, 4, 4, -5, "c", 2},
      {"offset beyond the last", utf8, 1, 0, 1, 4, 4, 1000, "c", 3},
      {"offset largest", utf8, 1, 0, 1, 4, 4, INT32_MAX, "c", 3},
      {"offset smallest", utf8, 1, 0, 1, 4, 4, INT32_MIN, "c", 2},
      {"large offset largest", large_utf8, 1, 0, 1, 4, 8, INT64_MAX, "c", 3},
      {"large offset smallest", large_utf8, 1, 0, 1, 7, 8, INT64_MIN, "c", 5},
      {"large first offset smallest", large_utf8, 1, 0, 1, 1, 8, INT64_MIN, "c", 0},
      {"list offset beyond the child", list, 2, 0, 1, 7, 4, 1000, "c", 5},
      {"list offset negative", list, 2, 0, 1, 1, 4, -1, "c", 0},
      {"list view offset beyond the child", list_view, 2, 0, 1, 3, 8, 1000, "c", 2},
      {"list view offset negative", list_view, 2, 0, 1, 3, 8, -1, "c", 2},
      {"list view size beyond the child", list_view, 2, 0, 2, 3, 8, 1000, "c", 2},
      {"list view size negative", list_view, 2, 0, 2, 3, 8, -1, "c", 2},
      {"list view size largest", list_view, 2, 0, 2, 3, 8, INT64_MAX, "c", 2},
      {"unknown type id", dense, 3, 0, 0, 4, 1, 2, "c", 3},
      {"negative type id", dense, 3, 0, 0, 4, 1, -1, "c", 3},
      {"union offset beyond the child", dense, 3, 0, 1, 4, 4, 1000, "c", 3},
      {"union offset negative", dense, 3, 0, 1, 4, 4, -1, "c", 3},
      {"run end largest", runs, 3, 1, 1, 0, 2, INT16_MAX, "c.run_ends", 1},
  };
  for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) is_refused(&damages[i]);
}

/* A run-end encoded column of int8 values: `length` rows from `offset` on. */
static naj_status prepare_runs(const int16_t* ends, int64_t run_count, int64_t offset,
                               int64_t length, struct naj_body* out_body,
                               struct naj_scratch* scratch) {
  static const int8_t values[8] = {0};
  struct naj_schema* schema = schema_of(runs, 3, 0);
  const struct naj_array_node nodes[] = {
      {length, 0, offset, 0}, {run_count, 0, 0, 2}, {run_count, 0, 0, 2}};
  const struct naj_table_buffer buffers[] = {{0, 0},
                                             {(int64_t)(uintptr_t)ends, run_count * 2},
                                             {0, 0},
                                             {(int64_t)(uintptr_t)values, run_count}};
  const struct naj_rows rows = {length, nodes, 3, buffers, 4};
  const naj_status status = prepare(schema, &rows, out_body, scratch);
  naj_schema_release(schema);
  return status;
}

static void run_ends_that_do_not_rise_to_the_last_row_are_refused(void) {
  const int16_t good[] = {2, 5, 9};
  const int16_t bad[][3] = {{0, 5, 9}, {-3, 5, 9},     {2, 2, 9}, {5, 2, 9}, {2, 5, 5},
                            {2, 5, 8}, {2, 5, -9},     {9, 5, 2}, {8, 5, 9}, {-9, -5, 9},
                            {2, 5, 0}, {2, -32768, 9}, {0, 0, 0}};
  struct naj_scratch* scratch = new_scratch();
  struct naj_body body;
  CHECK_STATUS(prepare_runs(good, 3, 0, 9, &body, scratch), NAJ_OK, error);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    CHECK_STATUS(prepare_runs(bad[i], 3, 0, 9, &body, scratch), NAJ_INVALID_DATA, error);
  /* What no row needs is not looked at. */
  const int16_t more[] = {2, 9, 9};
  CHECK_STATUS(prepare_runs(more, 3, 0, 9, &body, scratch), NAJ_OK, error);
  CHECK_EQ(body.nodes[1].length, 2);
  CHECK_STATUS(prepare_runs(good, 0, 0, 9, &body, scratch), NAJ_INVALID_DATA, error);
  CHECK_STATUS(prepare_runs(good, 3, 1, 9, &body, scratch), NAJ_INVALID_DATA, error);
  naj_scratch_free(scratch);
}

/* One view among enough of data that references are looked at. */
static void views_are_checked_when_they_are_compacted(void) {
  const int32_t bad[][3] = {
      {20, -1, 0},        {20, 1, 0},        {20, 0, -1},        {20, 0, 981}, {13, INT32_MAX, 0},
      {13, 0, INT32_MAX}, {INT32_MAX, 0, 0}, {13, INT32_MIN, 0}, {-1, 0, 0},   {INT32_MIN, 0, 0}};
  struct naj_schema* schema = schema_of(views, 1, 0);
  struct naj_scratch* scratch = new_scratch();
  uint8_t data[1000] = {0};
  int32_t view[8] = {20, 0, 0, 980, 3, 0, 0, 0};
  uint8_t valid = 1;
  struct naj_array_node node = {2, 0, 0, 3};
  struct naj_table_buffer buffers[] = {
      {0, 0}, {(int64_t)(uintptr_t)view, 32}, {(int64_t)(uintptr_t)data, 1000}};
  const struct naj_rows rows = {2, &node, 1, buffers, 3};
  struct naj_body body;
  CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_OK, error);
  CHECK_EQ(body.buffers[2].size_bytes, 20);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    view[4] = bad[i][0];
    view[6] = bad[i][1];
    view[7] = bad[i][2];
    node.null_count = 0;
    buffers[0] = (struct naj_table_buffer){0, 0};
    CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_INVALID_DATA, error);
    CHECK_EQ(error.row, 1);
    /* A null is never followed, and written as zeros. */
    static const uint8_t zeros[16];
    node.null_count = 1;
    buffers[0] = (struct naj_table_buffer){(int64_t)(uintptr_t)&valid, 1};
    CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_OK, error);
    CHECK(memcmp((const uint8_t*)(uintptr_t)body.buffers[1].address + 16, zeros, 16) == 0);
  }
  naj_scratch_free(scratch);
  naj_schema_release(schema);
}

static void list_views_of_nulls_are_not_followed(void) {
  struct naj_schema* schema = schema_of(list_view, 2, 0);
  struct naj_scratch* scratch = new_scratch();
  const int64_t offsets[] = {2, INT64_MAX, -7, 3};
  const int64_t sizes[] = {1, 5, INT64_MIN, 1};
  const uint8_t valid = 9;
  const int32_t items[] = {0, 1, 2, 3};
  const struct naj_array_node nodes[] = {{4, 2, 0, 3}, {4, 0, 0, 2}};
  const struct naj_table_buffer buffers[] = {{(int64_t)(uintptr_t)&valid, 1},
                                             {(int64_t)(uintptr_t)offsets, 32},
                                             {(int64_t)(uintptr_t)sizes, 32},
                                             {0, 0},
                                             {(int64_t)(uintptr_t)items, 16}};
  const struct naj_rows rows = {4, nodes, 2, buffers, 5};
  struct naj_body body;
  CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_OK, error);
  const int64_t expected[2][4] = {{0, 0, 0, 1}, {1, 0, 0, 1}};
  for (int i = 0; i < 2; i++)
    CHECK(memcmp((const void*)(uintptr_t)body.buffers[1 + i].address, expected[i], 32) == 0);
  CHECK_EQ(body.nodes[1].length, 2);
  CHECK_EQ(body.buffers[4].address, (int64_t)(uintptr_t)(items + 2));
  naj_scratch_free(scratch);
  naj_schema_release(schema);
}

/* One number of the rows is wrong. */
static void rows_of_another_layout_are_misuse(void) {
  struct naj_schema* schema = schema_of(list, 2, 0);
  struct naj_scratch* scratch = new_scratch();
  struct test_array array;
  struct naj_body body;
  test_array_random(&array, schema, 8, 3, TEST_ARRAY_NULLS);
  for (int i = 0; i < 14; i++) {
    struct test_rows rows;
    test_rows_slice(&array, 1, 6, &rows);
    /* Exactly as many as said, so that a sanitizer sees a look beyond. */
    const size_t size = sizeof *array.buffers * (i == 2 ? 3 : 4);
    struct naj_table_buffer* buffers = malloc(size + (i == 3 ? sizeof *buffers : 0));
    CHECK(buffers != NULL);
    memcpy(buffers, array.buffers, size);
    rows.rows.buffers = buffers;
    if (i == 0) rows.rows.node_count = 1;
    if (i == 1) rows.rows.node_count = 3;
    if (i == 2) rows.rows.buffer_count = 3;
    if (i == 3) rows.rows.buffer_count = 5;
    if (i == 4) rows.rows.buffer_count = -1;
    if (i == 5) rows.rows.row_count = -1;
    if (i == 6) rows.nodes[0].buffer_count = 3;
    if (i == 7) rows.nodes[0].buffer_count = 1;
    if (i == 8) rows.nodes[1].buffer_count = INT64_MAX;
    if (i == 9) rows.nodes[0].length = -1;
    if (i == 10) rows.nodes[0].offset = -1;
    if (i == 11) rows.nodes[0].offset = INT64_MAX;
    if (i == 12) rows.nodes[0].null_count = -2;
    if (i == 13) rows.nodes[0].null_count = 7;
    CHECK_STATUS(prepare(schema, &rows.rows, &body, scratch), NAJ_MISUSE, error);
    free(buffers);
  }
  test_array_free(&array);
  naj_scratch_free(scratch);
  naj_schema_release(schema);
}

static void view_without_views_is_misuse(void) {
  struct naj_schema* schema = schema_of(views, 1, 0);
  struct naj_scratch* scratch = new_scratch();
  struct naj_array_node node = {0, 0, 0, 1};
  const struct naj_table_buffer buffers[] = {{0, 0}, {0, 0}, {0, 9}};
  struct naj_rows rows = {0, &node, 1, buffers, 1};
  struct naj_body body;
  CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_MISUSE, error);
  /* A data buffer of nine bytes nowhere. */
  node.buffer_count = rows.buffer_count = 3;
  CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_MISUSE, error);
  node.buffer_count = rows.buffer_count = 2;
  CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_OK, error);
  naj_scratch_free(scratch);
  naj_schema_release(schema);
}

static void rows_without_an_address_are_misuse(void) {
  static const struct test_field null[] = {{.name = "c", .type = NAJ_TYPE_NULL}};
  struct naj_schema* schema = schema_of(null, 1, 0);
  struct naj_scratch* scratch = new_scratch();
  const struct naj_array_node node = {3, 3, 0, 0};
  struct naj_rows rows = {3, &node, 1, NULL, 0};
  struct naj_body body;
  CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_OK, error);
  CHECK_EQ(body.buffer_count, 0);
  CHECK_EQ(body.nodes[0].null_count, 3);
  rows.buffer_count = 1;
  CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_MISUSE, error);
  rows.buffer_count = 0;
  rows.nodes = NULL;
  CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_MISUSE, error);
  naj_scratch_free(scratch);
  naj_schema_release(schema);
}

static void unknown_metadata_version_is_misuse(void) {
  struct naj_schema* schema = schema_of(int32, 1, 0);
  struct naj_scratch* scratch = new_scratch();
  struct naj_body body;
  const struct naj_array_node node = {0, 0, 0, 2};
  const struct naj_table_buffer buffers[2] = {{0, 0}, {0, 0}};
  const struct naj_rows rows = {0, &node, 1, buffers, 2};
  for (int32_t version = 2; version <= 5; version++)
    CHECK_STATUS(naj_body_prepare(schema, version, &rows, scratch, &body, &error),
                 version == 3 || version == 4 ? NAJ_OK : NAJ_MISUSE, error);
  naj_scratch_free(scratch);
  naj_schema_release(schema);
}

/* Every buffer one byte too small for its rows, every child one row too short. */
static void what_is_too_small_is_refused(void) {
  static const struct {
    const struct test_field* fields;
    int32_t field_count;
  } cases[] = {{utf8, 1},   {large_utf8, 1}, {list, 2},  {list_view, 2}, {dense, 3},
               {sparse, 2}, {runs, 3},       {views, 1}, {int32, 1},     {fixed_list, 2}};
  struct naj_scratch* scratch = new_scratch();
  struct naj_body body;
  int64_t refused = 0;
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
    struct naj_schema* schema = schema_of(cases[c].fields, cases[c].field_count, 0);
    struct test_array array;
    struct test_rows rows;
    test_array_random(&array, schema, 8, 7, TEST_ARRAY_NULLS);
    test_rows_slice(&array, 0, 8, &rows);
    CHECK_STATUS(prepare(schema, &rows.rows, &body, scratch), NAJ_OK, error);
    for (int64_t i = 0; i < array.buffer_count; i++) {
      /* No row needs to refer to the last byte or item there is. */
      const int32_t is_unused =
          (cases[c].fields == views && i >= 2) || (cases[c].fields == list_view && i >= 3);
      if (array.buffers[i].size_bytes == 0 || is_unused) continue;
      array.buffers[i].size_bytes--;
      CHECK_STATUS(prepare(schema, &rows.rows, &body, scratch), NAJ_INVALID_DATA, error);
      CHECK(error.path[0] == 'c');
      array.buffers[i].size_bytes++;
      refused++;
    }
    for (int32_t i = 0; i < array.node_count; i++) {
      if (cases[c].fields == dense || cases[c].fields == list_view) break;
      rows.nodes[i].length--;
      if (rows.nodes[i].null_count > rows.nodes[i].length) rows.nodes[i].null_count--;
      CHECK_STATUS(prepare(schema, &rows.rows, &body, scratch), NAJ_INVALID_DATA, error);
      rows.nodes[i].length++;
      refused++;
    }
    test_array_free(&array);
    naj_schema_release(schema);
  }
  CHECK(refused > 30);
  naj_scratch_free(scratch);
}

/* However much its buffers hold. */
static void a_column_shorter_than_the_batch_is_refused(void) {
  struct naj_schema* schema = schema_of(int32, 1, 0);
  struct naj_scratch* scratch = new_scratch();
  const int32_t values[4] = {0};
  struct naj_array_node node = {3, 0, 0, 2};
  const struct naj_table_buffer buffers[] = {{0, 0}, {(int64_t)(uintptr_t)values, 16}};
  struct naj_rows rows = {4, &node, 1, buffers, 2};
  struct naj_body body;
  CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_INVALID_DATA, error);
  CHECK_EQ(error.row, 3);
  rows.row_count = 2;
  CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_OK, error);
  CHECK_EQ(body.nodes[0].length, 2);
  CHECK_EQ(body.buffers[1].size_bytes, 8);
  naj_scratch_free(scratch);
  naj_schema_release(schema);
}

static void the_last_item_of_a_union_child_is_the_last(void) {
  struct naj_schema* schema = schema_of(dense, 3, 0);
  struct naj_scratch* scratch = new_scratch();
  const int8_t type_ids[] = {0, 1, 0};
  const int8_t a[] = {1, 2, 3};
  const int32_t b[] = {1};
  for (int32_t offset = 2; offset <= 3; offset++) {
    const int32_t offsets[] = {0, 0, offset};
    const struct naj_array_node nodes[] = {{2, 0, 1, 2}, {3, 0, 0, 2}, {1, 0, 0, 2}};
    const struct naj_table_buffer buffers[] = {{(int64_t)(uintptr_t)type_ids, 3},
                                               {(int64_t)(uintptr_t)offsets, 12},
                                               {0, 0},
                                               {(int64_t)(uintptr_t)a, 3},
                                               {0, 0},
                                               {(int64_t)(uintptr_t)b, 4}};
    const struct naj_rows rows = {2, nodes, 3, buffers, 6};
    struct naj_body body;
    CHECK_STATUS(prepare(schema, &rows, &body, scratch), offset == 2 ? NAJ_OK : NAJ_INVALID_DATA,
                 error);
    if (offset == 3) CHECK_TEXT(error.path, "c");
  }
  naj_scratch_free(scratch);
  naj_schema_release(schema);
}

static void nulls_without_a_bitmap_are_refused(void) {
  struct naj_schema* schema = schema_of(int32, 1, 0);
  struct naj_scratch* scratch = new_scratch();
  const int32_t values[2] = {1, 2};
  struct naj_array_node node = {2, 1, 0, 2};
  const struct naj_table_buffer buffers[] = {{0, 0}, {(int64_t)(uintptr_t)values, 8}};
  const struct naj_rows rows = {2, &node, 1, buffers, 2};
  struct naj_body body;
  CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_INVALID_DATA, error);
  CHECK_TEXT(error.path, "c");
  node.null_count = -1;
  CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_OK, error);
  CHECK_EQ(body.nodes[0].null_count, 0);
  naj_scratch_free(scratch);
  naj_schema_release(schema);
}

static void lengths_out_of_range_are_refused(void) {
  struct naj_schema* schema = schema_of(fixed_list, 2, 0);
  struct naj_scratch* scratch = new_scratch();
  const struct naj_array_node nodes[] = {{INT64_MAX, 0, 0, 1}, {INT64_MAX, 0, 0, 2}};
  const struct naj_table_buffer buffers[] = {{0, 0}, {0, 0}, {0, 0}};
  const struct naj_rows rows = {INT64_MAX, nodes, 2, buffers, 3};
  struct naj_body body;
  CHECK_STATUS(prepare(schema, &rows, &body, scratch), NAJ_INVALID_DATA, error);
  naj_schema_release(schema);
  schema = schema_of(int32, 1, 0);
  const struct naj_array_node node = {INT64_MAX, 0, 0, 2};
  const struct naj_rows column = {INT64_MAX, &node, 1, buffers, 2};
  CHECK_STATUS(prepare(schema, &column, &body, scratch), NAJ_INVALID_DATA, error);
  naj_scratch_free(scratch);
  naj_schema_release(schema);
}

/* Reads all that the body points to, for a sanitizer. */
static uint64_t touch(const struct naj_body* body) {
  uint64_t sum = 0;
  for (int64_t i = 0; i < body->buffer_count; i++)
    for (int64_t k = 0; k < body->buffers[i].size_bytes; k++)
      sum += ((const uint8_t*)(uintptr_t)body->buffers[i].address)[k];
  return sum;
}

/* Whatever the numbers say, nothing but the rows' bytes is read. */
static void numbers_at_random_stay_within_the_rows(void) {
  static const int64_t hostile[] = {0,         -1,        1,         2,         127,       255,
                                    INT16_MAX, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN, 70};
  struct naj_scratch* scratch = new_scratch();
  uint64_t state = 99;
  uint64_t sum = 0;
  int64_t counts[16] = {0};
  const struct test_schema nested = {.fields = test_nested_fields,
                                     .field_count = TEST_NESTED_FIELDS};
  for (size_t layout = 0; layout <= test_layout_count; layout++) {
    const struct test_schema schema =
        layout < test_layout_count ? test_layout_schema(&test_layouts[layout]) : nested;
    struct naj_schema* decoded = test_schema_create(&schema);
    for (uint64_t seed = 0; seed < (layout < test_layout_count ? 400 : 4000); seed++) {
      struct test_array array;
      struct test_rows rows;
      struct naj_body body;
      test_array_random(&array, decoded, 20, seed, (int32_t)(seed % 4));
      test_rows_slice(&array, (int64_t)(seed % 3), 17, &rows);
      for (uint64_t k = 0; k <= seed % 3; k++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        const uint64_t random = state >> 20;
        const int64_t value = hostile[random % (sizeof hostile / sizeof *hostile)];
        int64_t* numbers = (int64_t*)(void*)&rows.nodes[random / 16 % (uint64_t)array.node_count];
        if (random / 1024 % 4 == 0) {
          numbers[random / 4096 % 4] = value;
        } else if (array.buffer_count > 0) {
          const struct naj_table_buffer* buffer =
              &array.buffers[random / 16 % (uint64_t)array.buffer_count];
          const int64_t width = INT64_C(1) << (random / 4096 % 4);
          if (buffer->size_bytes < width) continue;
          const int64_t at = (int64_t)(random / 65536 % (uint64_t)(buffer->size_bytes / width));
          memcpy((uint8_t*)(uintptr_t)buffer->address + at * width, &value, (size_t)width);
        }
      }
      naj_scratch_reset(scratch);
      const naj_status status =
          naj_body_prepare(decoded, schema.metadata_version == 0 ? TEST_V5 : TEST_V4, &rows.rows,
                           scratch, &body, &error);
      if (status == NAJ_OK) sum += touch(&body);
      CHECK(status == NAJ_OK || status == NAJ_INVALID_DATA || status == NAJ_MISUSE ||
            status == NAJ_UNSUPPORTED);
      counts[status]++;
      test_array_free(&array);
    }
    naj_schema_release(decoded);
  }
  CHECK(counts[NAJ_OK] > 1000 && counts[NAJ_INVALID_DATA] > 1000 && counts[NAJ_MISUSE] > 100);
  fprintf(stderr, "%d read, sum %d\n", (int)counts[NAJ_OK], (int)(sum % 1000));
  naj_scratch_free(scratch);
}

int main(void) {
  TEST_RUN(positions_that_are_followed_are_checked);
  TEST_RUN(run_ends_that_do_not_rise_to_the_last_row_are_refused);
  TEST_RUN(views_are_checked_when_they_are_compacted);
  TEST_RUN(list_views_of_nulls_are_not_followed);
  TEST_RUN(rows_of_another_layout_are_misuse);
  TEST_RUN(view_without_views_is_misuse);
  TEST_RUN(rows_without_an_address_are_misuse);
  TEST_RUN(unknown_metadata_version_is_misuse);
  TEST_RUN(what_is_too_small_is_refused);
  TEST_RUN(a_column_shorter_than_the_batch_is_refused);
  TEST_RUN(the_last_item_of_a_union_child_is_the_last);
  TEST_RUN(nulls_without_a_bitmap_are_refused);
  TEST_RUN(lengths_out_of_range_are_refused);
  TEST_RUN(numbers_at_random_stay_within_the_rows);
  TEST_DONE();
}
