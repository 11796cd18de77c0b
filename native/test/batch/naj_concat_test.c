#include "core/naj_alloc.h"
#include "support/naj_test.h"
#include "support/naj_test_arrays.h"
#include "support/naj_test_layouts.h"

static struct naj_error error;

static void release(struct naj_memory* memory) {
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
}

static const struct naj_table_header* table_of(const struct naj_memory* memory) {
  return (const struct naj_table_header*)(const void*)naj_memory_address(memory);
}
static struct naj_table_node* nodes_of(const struct naj_memory* memory) {
  return (struct naj_table_node*)(uintptr_t)(table_of(memory) + 1);
}

static struct naj_schema* schema_of(const struct test_field* fields, int32_t count,
                                    int32_t version) {
  const struct test_schema schema = {
      .fields = fields, .field_count = count, .metadata_version = version};
  return test_schema_create(&schema);
}

/* The rows of the result are those of both, and its null counts are right. */
static void joins(const char* name, const struct naj_schema* schema, struct test_array* first,
                  struct test_array* second) {
  struct naj_memory* memory = NULL;
  struct test_bytes expected = {0};
  struct test_bytes actual = {0};
  CHECK_STATUS(
      naj_concat(schema, test_array_table(first), test_array_table(second), &memory, &error),
      NAJ_OK, error);
  test_render(schema, test_array_table(first), &expected);
  test_render(schema, test_array_table(second), &expected);
  test_render(schema, table_of(memory), &actual);
  if (expected.size_bytes != actual.size_bytes ||
      (actual.size_bytes > 0 &&
       memcmp(expected.data, actual.data, (size_t)actual.size_bytes) != 0)) {
    fprintf(stderr, "%s:\nexpected\n%.*sfound\n%.*s", name, (int)expected.size_bytes,
            (const char*)expected.data, (int)actual.size_bytes, (const char*)actual.data);
    exit(1);
  }
  CHECK_EQ(table_of(memory)->row_count, first->row_count + second->row_count);
  test_bytes_free(&expected);
  test_bytes_free(&actual);
  release(memory);
}

static void join_many(const char* name, const struct naj_schema* schema) {
  static const int64_t lengths[] = {0, 1, 7, 8, 9, 31, 64, 65};
  enum { COUNT = sizeof lengths / sizeof *lengths };
  for (uint64_t seed = 0; seed < COUNT * COUNT * 16; seed++) {
    struct test_array first;
    struct test_array second;
    test_array_random(&first, schema, lengths[seed % COUNT], seed, (int32_t)(seed / 64 % 4));
    test_array_random(&second, schema, lengths[seed / COUNT % COUNT], seed + 99,
                      (int32_t)(seed / 256 % 4));
    joins(name, schema, &first, &second);
    test_array_free(&first);
    test_array_free(&second);
  }
}

static void every_layout_joins(void) {
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_schema schema = test_layout_schema(&test_layouts[i]);
    struct naj_schema* decoded = test_schema_create(&schema);
    join_many(test_layouts[i].name, decoded);
    naj_schema_release(decoded);
  }
}

/* Rows taken of a parent become rows, runs or items that do not begin at 0 of what is below it. */
static void what_lists_hold_is_taken_from_its_middle(void) {
  static const struct test_field fields[] = {
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
  struct naj_schema* schema = schema_of(fields, sizeof fields / sizeof *fields, 0);
  join_many("struct in list", schema);
  naj_schema_release(schema);
}

static void nulls_of_one_side_make_a_bitmap_for_both(void) {
  static const struct test_field field = {.name = "c", .type = NAJ_TYPE_INT32};
  struct naj_schema* schema = schema_of(&field, 1, 0);
  for (int side = 0; side < 2; side++) {
    struct test_array arrays[2];
    for (int i = 0; i < 2; i++)
      test_array_random(&arrays[i], schema, 13, 5, i == side ? TEST_ARRAY_NULLS : 0);
    struct naj_memory* memory = NULL;
    CHECK_STATUS(naj_concat(schema, test_array_table(&arrays[0]), test_array_table(&arrays[1]),
                            &memory, &error),
                 NAJ_OK, error);
    CHECK(arrays[side].nodes[0].null_count > 0);
    CHECK_EQ(nodes_of(memory)[0].null_count, arrays[side].nodes[0].null_count);
    CHECK_EQ(nodes_of(memory)[0].length, 26);
    release(memory);
    for (int i = 0; i < 2; i++) test_array_free(&arrays[i]);
  }
  naj_schema_release(schema);
}

/* Overwrites one integer of an array of 7 rows and demands the failure on either side. */
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
};

static void refused(const struct damage* damage) {
  struct naj_schema* schema = schema_of(damage->fields, damage->field_count, 0);
  for (int side = 0; side < 2; side++) {
    struct test_array arrays[2];
    for (int i = 0; i < 2; i++) test_array_random(&arrays[i], schema, 7, 3, 0);
    const struct naj_table_buffer* buffer =
        &arrays[side]
             .buffers[test_array_first_buffer(&arrays[side], damage->node) + damage->buffer];
    CHECK((damage->index + 1) * damage->width <= buffer->size_bytes);
    uint8_t* at = (uint8_t*)(uintptr_t)buffer->address + damage->index * damage->width;
    for (int32_t i = 0; i < damage->width; i++)
      at[i] = (uint8_t)((uint64_t)damage->value >> (8 * i));
    struct naj_memory* memory = NULL;
    const naj_status status = naj_concat(schema, test_array_table(&arrays[0]),
                                         test_array_table(&arrays[1]), &memory, &error);
    if (status != NAJ_INVALID_DATA) {
      fprintf(stderr, "%s: %s\n", damage->what, naj_status_name(status));
      exit(1);
    }
    CHECK_TEXT(error.path, damage->path);
    CHECK(memory == NULL);
    for (int i = 0; i < 2; i++) test_array_free(&arrays[i]);
  }
  naj_schema_release(schema);
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
static const struct test_field runs[] = {
    {.name = "c", .type = NAJ_TYPE_RUN_END_ENCODED, .child_count = 2},
    {.name = "run_ends", .type = NAJ_TYPE_INT16},
    {.name = "values", .type = NAJ_TYPE_INT8}};
static const struct test_field views[] = {{.name = "c", .type = NAJ_TYPE_UTF8_VIEW}};

static void hostile_positions_are_refused(void) {
  const struct damage damages[] = {
      {"first offset negative", utf8, 1, 0, 1, 0, 4, -1, "c"},
      {"last offset beyond the data", utf8, 1, 0, 1, 7, 4, 1000, "c"},
      {"offset negative", utf8, 1, 0, 1, 3, 4, -5, "c"},
      {"offset beyond the last", utf8, 1, 0, 1, 3, 4, 1000, "c"},
      {"offset largest", utf8, 1, 0, 1, 3, 4, INT32_MAX, "c"},
      {"large offset largest", large_utf8, 1, 0, 1, 3, 8, INT64_MAX, "c"},
      {"large offset smallest", large_utf8, 1, 0, 1, 7, 8, INT64_MIN, "c"},
      {"list offset beyond the child", list, 2, 0, 1, 7, 4, 1000, "c"},
      {"list offset negative", list, 2, 0, 1, 0, 4, -1, "c"},
      {"list view offset beyond the child", list_view, 2, 0, 1, 2, 8, 1000, "c"},
      {"list view offset negative", list_view, 2, 0, 1, 2, 8, -1, "c"},
      {"list view size beyond the child", list_view, 2, 0, 2, 2, 8, 1000, "c"},
      {"list view size negative", list_view, 2, 0, 2, 2, 8, -1, "c"},
      {"list view size largest", list_view, 2, 0, 2, 2, 8, INT64_MAX, "c"},
      {"unknown type id", dense, 3, 0, 0, 4, 1, 2, "c"},
      {"negative type id", dense, 3, 0, 0, 4, 1, -1, "c"},
      {"union offset beyond the child", dense, 3, 0, 1, 4, 4, 1000, "c"},
      {"union offset negative", dense, 3, 0, 1, 4, 4, -1, "c"},
      {"first run end 0", runs, 3, 1, 1, 0, 2, 0, "c.run_ends"},
      {"run end negative", runs, 3, 1, 1, 0, 2, -3, "c.run_ends"},
      {"view size negative", views, 1, 0, 1, 8, 4, -1, "c"},
      {"view beyond the buffers", views, 1, 0, 1, 8, 4, 1 << 20, "c"},
  };
  for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) refused(&damages[i]);
}

static void view_positions_are_checked_one_by_one(void) {
  struct naj_schema* schema = schema_of(views, 1, 0);
  const int32_t bad[][3] = {{20, -1, 0},        {20, 1, 0},        {20, 0, -1},
                            {20, 0, 1},         {21, 0, 0},        {13, INT32_MAX, 0},
                            {13, 0, INT32_MAX}, {INT32_MAX, 0, 0}, {13, INT32_MIN, 0}};
  const int32_t good[3] = {20, 0, 0};
  int32_t view[4] = {0};
  uint8_t data[20] = {0};
  struct test_array array = {.schema = schema, .row_count = 1, .node_count = 1, .nodes = {{1, 0}}};
  array.buffers[1] = (struct naj_table_buffer){(int64_t)(uintptr_t)view, 16};
  array.buffers[2] = (struct naj_table_buffer){(int64_t)(uintptr_t)data, 20};
  array.buffer_count = 3;
  array.variadic[0] = array.variadic_count = 1;
  struct naj_memory* memory = NULL;
  for (size_t i = 0; i <= sizeof bad / sizeof *bad; i++) {
    const int32_t* parts = i < sizeof bad / sizeof *bad ? bad[i] : good;
    view[0] = parts[0];
    view[2] = parts[1];
    view[3] = parts[2];
    const struct naj_table_header* table = test_array_table(&array);
    CHECK_STATUS(naj_concat(schema, table, table, &memory, &error),
                 parts == good ? NAJ_OK : NAJ_INVALID_DATA, error);
  }
  release(memory);
  free(array.table);
  naj_schema_release(schema);
}

static void offsets_that_descend_are_refused(void) {
  struct naj_schema* schema = schema_of(utf8, 1, 0);
  int32_t offsets[] = {0, 3, 2, 4};
  struct test_array array = {.schema = schema, .row_count = 3, .node_count = 1, .nodes = {{3, 0}}};
  array.buffers[1] = (struct naj_table_buffer){(int64_t)(uintptr_t)offsets, 16};
  array.buffers[2] = (struct naj_table_buffer){(int64_t)(uintptr_t)"abcd", 4};
  array.buffer_count = 3;
  const struct naj_table_header* table = test_array_table(&array);
  struct naj_memory* memory = NULL;
  CHECK_STATUS(naj_concat(schema, table, table, &memory, &error), NAJ_INVALID_DATA, error);
  offsets[1] = 2;
  CHECK_STATUS(naj_concat(schema, table, table, &memory, &error), NAJ_OK, error);
  release(memory);
  free(array.table);
  naj_schema_release(schema);
}

/* Two arrays of one row each with 2^30 and more items behind 32-bit positions; the items are never
 * there in earnest: null type, or pages that nothing touches before the refusal. */
static void sums_beyond_the_width_exceed_a_limit(void) {
  static const struct test_field null_list[] = {
      {.name = "c", .type = NAJ_TYPE_LIST, .child_count = 1},
      {.name = "item", .type = NAJ_TYPE_NULL}};
  static const struct test_field null_list_view[] = {
      {.name = "c", .type = NAJ_TYPE_LIST_VIEW, .child_count = 1},
      {.name = "item", .type = NAJ_TYPE_NULL}};
  static const struct test_field null_union[] = {
      {.name = "c", .type = NAJ_TYPE_DENSE_UNION, .child_count = 1},
      {.name = "item", .type = NAJ_TYPE_NULL}};
  const struct {
    const struct test_field* fields;
    int32_t validity; /* buffers in front */
    int32_t is_offsets;
  } cases[] = {{null_list, 1, 1}, {null_list_view, 1, 0}, {null_union, 0, 0}};
  for (size_t c = 0; c < 3; c++) {
    struct naj_schema* schema = schema_of(cases[c].fields, 2, 0);
    for (int64_t items = INT32_MAX - (INT64_C(1) << 30); items <= 1 << 30; items++) {
      const int is_union = cases[c].fields == null_union;
      int32_t values[] = {(int32_t)items - 1, 1};
      if (cases[c].is_offsets) values[0] = 0, values[1] = (int32_t)items;
      uint8_t ids[1] = {0};
      struct test_array array = {
          .schema = schema, .row_count = 1, .node_count = 2, .nodes = {{1, 0}, {1 << 30, 1 << 30}}};
      struct naj_table_buffer* at = array.buffers;
      *at++ = is_union ? (struct naj_table_buffer){(int64_t)(uintptr_t)ids, 1}
                       : (struct naj_table_buffer){0, 0};
      *at++ = (struct naj_table_buffer){(int64_t)(uintptr_t)values, cases[c].is_offsets ? 8 : 4};
      if (cases[c].fields == null_list_view)
        *at++ = (struct naj_table_buffer){(int64_t)(uintptr_t)(values + 1), 4};
      array.buffer_count = at - array.buffers;
      struct test_array second = array;
      /* The first spans 2^30 items; the second's last position lands on 2^31-1 or one beyond. */
      int32_t whole[] = {0, 1 << 30};
      if (cases[c].is_offsets) array.buffers[1].address = (int64_t)(uintptr_t)whole;
      const int fits = items + (INT64_C(1) << 30) - !cases[c].is_offsets <= INT32_MAX;
      struct naj_memory* memory = NULL;
      CHECK_STATUS(
          naj_concat(schema, test_array_table(&array), test_array_table(&second), &memory, &error),
          fits ? NAJ_OK : NAJ_LIMIT_EXCEEDED, error);
      if (fits) release(memory);
      free(array.table);
      free(second.table);
    }
    naj_schema_release(schema);
  }
}

static void run_ends_beyond_the_width_exceed_a_limit(void) {
  struct naj_schema* schema = schema_of(runs, 3, 0);
  for (int64_t rows = 16383; rows <= 16384; rows++) {
    int16_t ends[] = {INT16_MAX};
    int8_t run_values[] = {7};
    struct test_array array = {.schema = schema,
                               .row_count = rows,
                               .node_count = 3,
                               .nodes = {{rows, 0}, {1, 0}, {1, 0}},
                               .buffer_count = 4};
    array.buffers[1] = (struct naj_table_buffer){(int64_t)(uintptr_t)ends, 2};
    array.buffers[3] = (struct naj_table_buffer){(int64_t)(uintptr_t)run_values, 1};
    const struct naj_table_header* table = test_array_table(&array);
    struct naj_memory* memory = NULL;
    CHECK_STATUS(naj_concat(schema, table, table, &memory, &error),
                 rows == 16383 ? NAJ_OK : NAJ_LIMIT_EXCEEDED, error);
    if (memory != NULL) release(memory);
    free(array.table);
  }
  naj_schema_release(schema);
}

static void lengths_beyond_int64_exceed_a_limit(void) {
  static const struct test_field field = {.name = "c", .type = NAJ_TYPE_NULL};
  struct naj_schema* schema = schema_of(&field, 1, 0);
  struct test_array array = {
      .schema = schema, .row_count = INT64_MAX, .node_count = 1, .nodes = {{INT64_MAX, INT64_MAX}}};
  const struct naj_table_header* table = test_array_table(&array);
  struct naj_memory* memory = NULL;
  CHECK_STATUS(naj_concat(schema, table, table, &memory, &error), NAJ_LIMIT_EXCEEDED, error);
  free(array.table);
  naj_schema_release(schema);
}

/* Both tables are a few hundred bytes; the bitmap would be of 128 GiB. */
static void rows_that_take_no_bytes_do_not_ask_for_a_large_bitmap(void) {
  static const struct test_field fields[] = {{.name = "s", .type = NAJ_TYPE_STRUCT}};
  struct naj_schema* schema = schema_of(fields, 1, TEST_V5);
  static const uint8_t bitmap[8] = {0x7F};
  struct {
    struct naj_table_header header;
    struct naj_table_node node;
    struct naj_table_buffer validity;
  } tables[2];
  memset(tables, 0, sizeof tables);
  const int64_t lengths[] = {8, INT64_C(1) << 40};
  for (int t = 0; t < 2; t++) {
    tables[t].header.kind = NAJ_TABLE_BATCH;
    tables[t].header.node_count = tables[t].header.buffer_count = 1;
    tables[t].header.row_count = tables[t].node.length = lengths[t];
  }
  tables[0].node.null_count = 1;
  tables[0].validity.address = (int64_t)(uintptr_t)bitmap;
  tables[0].validity.size_bytes = 1;
  struct naj_memory* memory = NULL;
  for (int t = 0; t < 2; t++)
    CHECK_STATUS(naj_concat(schema, &tables[t].header, &tables[1 - t].header, &memory, &error),
                 NAJ_LIMIT_EXCEEDED, error);
  tables[1].header.row_count = tables[1].node.length = 1 << 20;
  CHECK_STATUS(naj_concat(schema, &tables[0].header, &tables[1].header, &memory, &error), NAJ_OK,
               error);
  CHECK_EQ(nodes_of(memory)->null_count, 1);
  release(memory);
  naj_schema_release(schema);
}

static void table_of_another_schema_is_misuse(void) {
  struct naj_schema* schema = schema_of(utf8, 1, 0);
  struct naj_schema* other = schema_of(list, 2, 0);
  struct test_array array;
  test_array_random(&array, other, 7, 1, 0);
  const struct naj_table_header* table = test_array_table(&array);
  struct naj_memory* memory = NULL;
  CHECK_STATUS(naj_concat(schema, table, table, &memory, &error), NAJ_MISUSE, error);
  test_array_free(&array);
  naj_schema_release(schema);
  naj_schema_release(other);
}

static void no_memory_is_said_and_leaks_nothing(void) {
  struct naj_schema* schema = schema_of(runs, 3, 0);
  struct test_array array;
  test_array_random(&array, schema, 7, 1, TEST_ARRAY_NULLS);
  const struct naj_table_header* table = test_array_table(&array);
  const int64_t live = naj_live_objects();
  struct naj_memory* memory = NULL;
  int64_t failures = 0;
  for (int64_t n = 1; memory == NULL; n++) {
    naj_fail_allocation(n);
    const naj_status status = naj_concat(schema, table, table, &memory, &error);
    naj_fail_allocation(0);
    if (status == NAJ_OK) break;
    CHECK_EQ(status, NAJ_NO_MEMORY);
    CHECK_EQ(naj_live_objects(), live);
    failures++;
  }
  CHECK(failures >= 2);
  release(memory);
  test_array_free(&array);
  naj_schema_release(schema);
}

int main(void) {
  TEST_RUN(every_layout_joins);
  TEST_RUN(what_lists_hold_is_taken_from_its_middle);
  TEST_RUN(nulls_of_one_side_make_a_bitmap_for_both);
  TEST_RUN(hostile_positions_are_refused);
  TEST_RUN(view_positions_are_checked_one_by_one);
  TEST_RUN(offsets_that_descend_are_refused);
  TEST_RUN(sums_beyond_the_width_exceed_a_limit);
  TEST_RUN(run_ends_beyond_the_width_exceed_a_limit);
  TEST_RUN(lengths_beyond_int64_exceed_a_limit);
  TEST_RUN(rows_that_take_no_bytes_do_not_ask_for_a_large_bitmap);
  TEST_RUN(table_of_another_schema_is_misuse);
  TEST_RUN(no_memory_is_said_and_leaks_nothing);
  TEST_DONE();
}
