#include "batch/naj_plan.h"
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

static void slices_of_nested_types_arrive(void) {
  const struct test_schema schema = {.fields = test_nested_fields,
                                     .field_count = TEST_NESTED_FIELDS};
  slices_arrive("list of structs", &schema);
  const struct test_schema inner = {.fields = test_nested_fields + 1,
                                    .field_count = schema.field_count - 1};
  slices_arrive("struct", &inner);
  const struct test_schema columns = {.fields = test_nested_fields + 2,
                                      .field_count = schema.field_count - 2};
  slices_arrive("columns", &columns);
}

/* A struct around the columns of a layout, whose children have offsets of their own. */
static void wrapped_arrives(const struct test_layout* layout, uint64_t seed, int64_t skipped) {
  enum { START = 3, COUNT = 21 };
  const struct test_schema inner = test_layout_schema(layout);
  struct naj_schema* inner_schema = test_schema_create(&inner);
  struct test_field fields[1 + TEST_MAX_NODES] = {{.name = "s", .type = NAJ_TYPE_STRUCT}};
  memcpy(fields + 1, layout->fields, sizeof layout->fields);
  fields[0].child_count = inner_schema->header->column_count;
  struct test_schema outer = inner;
  outer.fields = fields;
  outer.field_count++;
  struct naj_schema* schema = test_schema_create(&outer);
  struct test_array array;
  struct test_rows rows;
  test_array_random(&array, inner_schema, 30, seed, (int32_t)(seed % 4));
  test_rows_slice(&array, START, COUNT, &rows);
  struct naj_array_node nodes[TEST_ARRAY_NODES + 1];
  struct naj_table_buffer buffers[TEST_ARRAY_BUFFERS + 1] = {{0, 0}};
  memcpy(nodes + 1, rows.nodes, sizeof rows.nodes);
  memcpy(buffers + 1, array.buffers, sizeof array.buffers);
  nodes[0] =
      (struct naj_array_node){.length = COUNT - skipped, .offset = skipped, .buffer_count = 1};
  const struct naj_rows wrapped = {COUNT - skipped, nodes, array.node_count + 1, buffers,
                                   array.buffer_count + 1};
  struct naj_scratch* scratch = NULL;
  struct naj_body body;
  struct test_bytes lines = {0};
  struct test_bytes expected = {0};
  struct test_bytes actual = {0};
  CHECK_STATUS(naj_scratch_create(&scratch, &error), NAJ_OK, error);
  CHECK_STATUS(naj_body_prepare(schema, version_of(&outer), &wrapped, scratch, &body, &error),
               NAJ_OK, error);
  test_rows_render(&array, START + skipped, COUNT - skipped, &lines);
  for (int64_t i = 0; i < lines.size_bytes; i++) {
    const char at = (char)lines.data[i];
    if (i == 0 || lines.data[i - 1] == '\n') test_bytes_append(&expected, "{", 1);
    if (at == '\n') test_bytes_append(&expected, "}|", 2);
    test_bytes_append(&expected, at == '|' ? ";" : &at, 1);
  }
  test_body_render(&outer, &body, 0, &actual);
  test_same_text(layout->name, &expected, &actual);
  test_bytes_free(&lines);
  test_bytes_free(&expected);
  test_bytes_free(&actual);
  test_array_free(&array);
  naj_scratch_free(scratch);
  naj_schema_release(schema);
  naj_schema_release(inner_schema);
}

static void children_with_offsets_of_their_own_arrive(void) {
  for (size_t i = 0; i < test_layout_count; i++)
    for (uint64_t seed = 0; seed < 8; seed++)
      for (int64_t skipped = 0; skipped < 21; skipped += 5)
        wrapped_arrives(&test_layouts[i], seed, skipped);
}

/* A child of lists, of runs and of a dense union begins behind its own first items. */
static void items_are_counted_from_the_offset_of_their_array(void) {
  static const struct test_field fields[] = {
      {.name = "l", .type = NAJ_TYPE_LIST, .child_count = 1},
      {.name = "item", .type = NAJ_TYPE_INT8},
      {.name = "f", .type = NAJ_TYPE_FIXED_SIZE_LIST, .child_count = 1, .param0 = 2},
      {.name = "item", .type = NAJ_TYPE_INT8},
      {.name = "v", .type = NAJ_TYPE_LIST_VIEW, .child_count = 1},
      {.name = "item", .type = NAJ_TYPE_INT8},
      {.name = "r", .type = NAJ_TYPE_RUN_END_ENCODED, .child_count = 2},
      {.name = "run_ends", .type = NAJ_TYPE_INT32},
      {.name = "values", .type = NAJ_TYPE_INT8},
      {.name = "u", .type = NAJ_TYPE_DENSE_UNION, .child_count = 1},
      {.name = "a", .type = NAJ_TYPE_INT8}};
  const struct test_schema test_schema = {.fields = fields,
                                          .field_count = sizeof fields / sizeof *fields};
  struct naj_schema* schema = test_schema_create(&test_schema);
  const int8_t items[] = {90, 91, 92, 10, 11, 12, 13, 14, 15, 16};
  const int32_t offsets[] = {0, 1, 2, 4};
  const int32_t view_offsets[] = {9, 3, 1};
  const int32_t view_sizes[] = {9, 1, 2};
  const int32_t run_ends[] = {77, 2, 5};
  const int8_t type_ids[] = {0, 0, 0};
  const int32_t union_offsets[] = {9, 4, 2};
  /* Rows 1 and 2. */
  const struct naj_array_node nodes[] = {{2, 0, 1, 2}, {5, 0, 3, 2}, {2, 0, 1, 1}, {7, 0, 3, 2},
                                         {2, 0, 1, 3}, {5, 0, 3, 2}, {2, 0, 1, 0}, {2, 0, 1, 2},
                                         {2, 0, 3, 2}, {2, 0, 1, 2}, {5, 0, 3, 2}};
#define AT(array)                           \
  {                                         \
    (int64_t)(uintptr_t)array, sizeof array \
  }
  const struct naj_table_buffer buffers[] = {
      {0, 0},    AT(offsets),  {0, 0},           AT(items),      {0, 0},       {0, 0},
      AT(items), {0, 0},       AT(view_offsets), AT(view_sizes), {0, 0},       AT(items),
      {0, 0},    AT(run_ends), {0, 0},           AT(items),      AT(type_ids), AT(union_offsets),
      {0, 0},    AT(items)};
#undef AT
  const struct naj_rows rows = {2, nodes, 11, buffers, sizeof buffers / sizeof *buffers};
  struct naj_scratch* scratch = NULL;
  struct naj_body body;
  struct test_bytes actual = {0};
  struct test_bytes expected = {0};
  CHECK_STATUS(naj_scratch_create(&scratch, &error), NAJ_OK, error);
  CHECK_STATUS(naj_body_prepare(schema, TEST_V5, &rows, scratch, &body, &error), NAJ_OK, error);
  test_body_render(&test_schema, &body, 0, &actual);
  static const char text[] =
      "[0b,]|[0c,0d,]|[0d,]|0a|0:0e|\n"
      "[0c,0d,]|[0e,0f,]|[0b,0c,]|0b|0:0c|\n";
  test_bytes_append(&expected, text, sizeof text - 1);
  test_same_text("items", &expected, &actual);
  test_bytes_free(&expected);
  test_bytes_free(&actual);
  naj_scratch_free(scratch);
  naj_schema_release(schema);
}

/* Whole arrays as writers make them go where they lie. */
static void what_needs_no_change_is_pointed_to(void) {
  struct naj_scratch* scratch = NULL;
  CHECK_STATUS(naj_scratch_create(&scratch, &error), NAJ_OK, error);
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_schema schema = test_layout_schema(&test_layouts[i]);
    struct naj_schema* decoded = test_schema_create(&schema);
    struct test_array array;
    struct test_rows rows;
    struct naj_body body;
    test_array_random(&array, decoded, 70, 4, TEST_ARRAY_NULLS);
    test_rows_slice(&array, 0, 70, &rows);
    const int64_t before = naj_body_bytes_allocated();
    naj_scratch_reset(scratch);
    CHECK_STATUS(naj_body_prepare(decoded, version_of(&schema), &rows.rows, scratch, &body, &error),
                 NAJ_OK, error);
    CHECK_EQ(body.buffer_count, array.buffer_count);
    /* A random child of a list view holds more than what is referred to. */
    const int32_t type = decoded->plan->nodes[0].type;
    const int is_loose = type == NAJ_TYPE_LIST_VIEW || type == NAJ_TYPE_LARGE_LIST_VIEW;
    for (int64_t k = 0; k < body.buffer_count && !is_loose; k++) {
      CHECK_EQ(body.buffers[k].size_bytes, array.buffers[k].size_bytes);
      CHECK_EQ(body.buffers[k].address, array.buffers[k].address);
    }
    if (!is_loose) CHECK_EQ(naj_body_bytes_allocated(), before);
    test_array_free(&array);
    naj_schema_release(decoded);
  }
  naj_scratch_free(scratch);
}

static void list_views_that_span_their_child_are_pointed_to(void) {
  static const struct test_field fields[] = {
      {.name = "c", .type = NAJ_TYPE_LIST_VIEW, .child_count = 1},
      {.name = "item", .type = NAJ_TYPE_INT8}};
  const struct test_schema test_schema = {.fields = fields, .field_count = 2};
  struct naj_schema* schema = test_schema_create(&test_schema);
  struct naj_scratch* scratch = NULL;
  struct naj_body body;
  CHECK_STATUS(naj_scratch_create(&scratch, &error), NAJ_OK, error);
  int32_t offsets[] = {2, 0, 4, 1};
  const int32_t sizes[] = {2, 1, 0, 3};
  const int8_t items[] = {1, 2, 3, 4, 5, 6};
  const struct naj_array_node nodes[] = {{4, 0, 0, 3}, {6, 0, 0, 2}};
  const struct naj_table_buffer buffers[] = {{0, 0},
                                             {(int64_t)(uintptr_t)offsets, 16},
                                             {(int64_t)(uintptr_t)sizes, 16},
                                             {0, 0},
                                             {(int64_t)(uintptr_t)items, 6}};
  const struct naj_rows rows = {4, nodes, 2, buffers, 5};
  CHECK_STATUS(naj_body_prepare(schema, TEST_V5, &rows, scratch, &body, &error), NAJ_OK, error);
  for (int i = 0; i < 5; i++) CHECK_EQ(body.buffers[i].address, buffers[i].address);
  CHECK_EQ(body.nodes[1].length, 4);
  /* An empty list beyond what is left of the child, or beyond the child, goes to the beginning. */
  static const int32_t expected[] = {2, 0, 0, 1};
  for (offsets[2] = 5; offsets[2] < 8; offsets[2]++) {
    CHECK_STATUS(naj_body_prepare(schema, TEST_V5, &rows, scratch, &body, &error), NAJ_OK, error);
    CHECK(memcmp((const void*)(uintptr_t)body.buffers[1].address, expected, 16) == 0);
  }
  naj_scratch_free(scratch);
  naj_schema_release(schema);
}

/* `rows` views of 20 bytes each, in buffers of 100. */
static void check_compaction(int64_t start, int64_t count, int64_t buffer_count,
                             int64_t expected_bytes) {
  static const struct test_field field = {.name = "c", .type = NAJ_TYPE_UTF8_VIEW};
  const struct test_schema schema = {.fields = &field, .field_count = 1};
  struct naj_schema* decoded = test_schema_create(&schema);
  static uint8_t data[100][20]; /* five of these are a buffer */
  static int32_t views[100][4];
  struct naj_table_buffer buffers[22] = {{0, 0}, {(int64_t)(uintptr_t)views, sizeof views}};
  for (int32_t i = 0; i < 100; i++) {
    views[i][0] = 20;
    views[i][2] = i / 5 % (int32_t)buffer_count;
    views[i][3] = i % 5 * 20;
    memset(data[i], 'a' + i % 26, 20);
    memset(&views[i][1], 'a' + i % 26, 4);
  }
  for (int64_t i = 0; i < buffer_count; i++)
    buffers[2 + i] = (struct naj_table_buffer){(int64_t)(uintptr_t)data[5 * i], 100};
  const struct naj_array_node node = {count, 0, start, 2 + buffer_count};
  const struct naj_rows rows = {count, &node, 1, buffers, 2 + buffer_count};
  struct naj_scratch* scratch = NULL;
  struct naj_body body;
  CHECK_STATUS(naj_scratch_create(&scratch, &error), NAJ_OK, error);
  CHECK_STATUS(naj_body_prepare(decoded, TEST_V5, &rows, scratch, &body, &error), NAJ_OK, error);
  int64_t bytes = 0;
  for (int64_t i = 2; i < body.buffer_count; i++) bytes += body.buffers[i].size_bytes;
  CHECK_EQ(bytes, expected_bytes);
  CHECK_EQ(body.variadic_counts[0], body.buffer_count - 2);
  naj_scratch_free(scratch);
  naj_schema_release(decoded);
}

static void views_are_compacted_when_that_halves_the_data(void) {
  check_compaction(0, 100, 20, 2000); /* whole */
  check_compaction(0, 50, 20, 2000);  /* half: more than 32 bytes a row, but no less than half */
  check_compaction(7, 49, 20, 980);
  check_compaction(99, 1, 20, 20);
  check_compaction(50, 0, 20, 0);
  check_compaction(0, 25, 5, 500); /* several rows to a byte: counted for each */
  check_compaction(0, 100, 1, 100);
}

/* Rows of a union under either metadata version. */
static const struct test_field union_fields[] = {
    {.name = "u", .type = NAJ_TYPE_SPARSE_UNION, .child_count = 1},
    {.name = "a", .type = NAJ_TYPE_INT8},
    {.name = "d", .type = NAJ_TYPE_DENSE_UNION, .child_count = 1},
    {.name = "a", .type = NAJ_TYPE_INT8},
    {.name = "r", .type = NAJ_TYPE_RUN_END_ENCODED, .child_count = 2},
    {.name = "run_ends", .type = NAJ_TYPE_INT16},
    {.name = "values", .type = NAJ_TYPE_INT8}};

static void v4_gives_unions_and_runs_a_bitmap(void) {
  struct naj_scratch* scratch = NULL;
  CHECK_STATUS(naj_scratch_create(&scratch, &error), NAJ_OK, error);
  for (int32_t from = TEST_V4; from <= TEST_V5; from++)
    for (int32_t to = TEST_V4; to <= TEST_V5; to++) {
      const struct test_schema source = {union_fields, 7, from, 0};
      const struct test_schema target = {union_fields, 7, to, 0};
      struct naj_schema* decoded = test_schema_create(&source);
      struct test_array array;
      struct test_rows rows;
      struct naj_body body;
      struct test_bytes expected = {0};
      struct test_bytes actual = {0};
      test_array_random(&array, decoded, 30, 8, TEST_ARRAY_NULLS);
      test_rows_slice(&array, 3, 20, &rows);
      naj_scratch_reset(scratch);
      CHECK_STATUS(naj_body_prepare(decoded, to, &rows.rows, scratch, &body, &error), NAJ_OK,
                   error);
      CHECK_EQ(body.buffer_count - array.buffer_count, to == from ? 0 : to == TEST_V4 ? 3 : -3);
      test_rows_render(&array, 3, 20, &expected);
      test_body_render(&target, &body, 0, &actual);
      test_same_text("versions", &expected, &actual);
      test_bytes_free(&expected);
      test_bytes_free(&actual);
      test_array_free(&array);
      naj_schema_release(decoded);
    }
  naj_scratch_free(scratch);
}

/* Rows 0..19 of the three columns, of which one has nulls of its own in rows 3 and 12. */
static naj_status prepare_own_nulls(int32_t column, int64_t start, int64_t count, int32_t to,
                                    struct naj_scratch* scratch, struct naj_body* out_body) {
  static const uint8_t bits[3] = {0xf7, 0xef, 0xff};
  static const int32_t first_node[] = {0, 2, 4};
  const struct test_schema source = {union_fields, 7, TEST_V4, 0};
  struct naj_schema* decoded = test_schema_create(&source);
  struct test_array array;
  struct test_rows rows;
  test_array_random(&array, decoded, 20, 8, 0);
  test_rows_slice(&array, start, count, &rows);
  const int32_t node = first_node[column];
  const int64_t index = test_array_first_buffer(&array, node);
  rows.nodes[node].null_count = -1;
  array.buffers[index] = (struct naj_table_buffer){(int64_t)(uintptr_t)bits, 3};
  naj_scratch_reset(scratch);
  const naj_status status = naj_body_prepare(decoded, to, &rows.rows, scratch, out_body, &error);
  array.buffers[index] = (struct naj_table_buffer){0, 0};
  if (status == NAJ_OK) { /* what outlives the array */
    const struct naj_table_buffer* written = &out_body->buffers[0];
    if (column == 0 && to == TEST_V4 && count == 17) {
      CHECK_EQ(out_body->nodes[0].null_count, 2);
      CHECK_EQ(written->size_bytes, 3);
      static const uint8_t shifted[3] = {0xfb, 0xf7, 0x01};
      CHECK(memcmp((const void*)(uintptr_t)written->address, shifted, 3) == 0);
    }
  }
  test_array_free(&array);
  naj_schema_release(decoded);
  return status;
}

static void nulls_of_a_union_itself_stay_in_v4_alone(void) {
  struct naj_scratch* scratch = NULL;
  struct naj_body body;
  CHECK_STATUS(naj_scratch_create(&scratch, &error), NAJ_OK, error);
  for (int32_t column = 0; column < 2; column++) {
    CHECK_STATUS(prepare_own_nulls(column, 1, 17, TEST_V4, scratch, &body), NAJ_OK, error);
    CHECK_STATUS(prepare_own_nulls(column, 1, 17, TEST_V5, scratch, &body), NAJ_UNSUPPORTED, error);
    CHECK_TEXT(error.path, column == 0 ? "u" : "d");
    /* None of these rows is null. */
    CHECK_STATUS(prepare_own_nulls(column, 4, 8, TEST_V5, scratch, &body), NAJ_OK, error);
    CHECK_EQ(body.nodes[0].null_count, 0);
  }
  naj_scratch_free(scratch);
}

static void nulls_of_runs_themselves_are_unsupported(void) {
  struct naj_scratch* scratch = NULL;
  struct naj_body body;
  CHECK_STATUS(naj_scratch_create(&scratch, &error), NAJ_OK, error);
  for (int32_t to = TEST_V4; to <= TEST_V5; to++) {
    CHECK_STATUS(prepare_own_nulls(2, 1, 17, to, scratch, &body), NAJ_UNSUPPORTED, error);
    CHECK_TEXT(error.path, "r");
    CHECK_STATUS(prepare_own_nulls(2, 4, 8, to, scratch, &body), NAJ_OK, error);
  }
  naj_scratch_free(scratch);
}

/* The same bytes at odd addresses: for a sanitizer. */
static void buffers_at_odd_addresses_arrive(void) {
  const struct test_schema schema = {.fields = test_nested_fields,
                                     .field_count = TEST_NESTED_FIELDS};
  struct naj_schema* decoded = test_schema_create(&schema);
  struct naj_scratch* scratch = NULL;
  CHECK_STATUS(naj_scratch_create(&scratch, &error), NAJ_OK, error);
  struct test_array array;
  struct test_rows rows;
  struct naj_body body;
  struct naj_table_buffer odd[TEST_ARRAY_BUFFERS];
  test_array_random(&array, decoded, 40, 2, TEST_ARRAY_NULLS | TEST_ARRAY_LOOSE);
  test_rows_slice(&array, 5, 33, &rows);
  for (int64_t i = 0; i < array.buffer_count; i++) {
    odd[i] = array.buffers[i];
    if (odd[i].size_bytes == 0) continue;
    uint8_t* copy = malloc((size_t)odd[i].size_bytes + 1);
    CHECK(copy != NULL);
    memcpy(copy + 1, (const void*)(uintptr_t)odd[i].address, (size_t)odd[i].size_bytes);
    odd[i].address = (int64_t)(uintptr_t)(copy + 1);
  }
  rows.rows.buffers = odd;
  struct test_bytes expected = {0};
  struct test_bytes actual = {0};
  CHECK_STATUS(naj_body_prepare(decoded, TEST_V5, &rows.rows, scratch, &body, &error), NAJ_OK,
               error);
  test_rows_render(&array, 5, 33, &expected);
  test_body_render(&schema, &body, 0, &actual);
  test_same_text("odd addresses", &expected, &actual);
  for (int64_t i = 0; i < array.buffer_count; i++)
    if (odd[i].size_bytes > 0) free((void*)(uintptr_t)(odd[i].address - 1));
  test_bytes_free(&expected);
  test_bytes_free(&actual);
  test_array_free(&array);
  naj_scratch_free(scratch);
  naj_schema_release(decoded);
}

static void no_memory_is_said_and_leaks_nothing(void) {
  /* More bytes to copy than one block of scratch holds. */
  static const struct test_field field = {.name = "c", .type = NAJ_TYPE_UTF8};
  enum { ROWS = 100000 };
  const struct test_schema schema = {.fields = &field, .field_count = 1};
  struct naj_schema* decoded = test_schema_create(&schema);
  int32_t* offsets = calloc(ROWS + 1, sizeof *offsets);
  uint8_t* bits = malloc(ROWS / 8);
  CHECK(offsets != NULL && bits != NULL);
  for (int32_t i = 0; i <= ROWS; i++) offsets[i] = i < 2 ? 0 : 1;
  memset(bits, 0x55, ROWS / 8);
  const struct naj_array_node node = {ROWS - 2, -1, 2, 3};
  const struct naj_table_buffer buffers[] = {{(int64_t)(uintptr_t)bits, ROWS / 8},
                                             {(int64_t)(uintptr_t)offsets, 4 * (ROWS + 1)},
                                             {(int64_t)(uintptr_t)bits, 1}};
  const struct naj_rows rows = {ROWS - 2, &node, 1, buffers, 3};
  int64_t failures = 0;
  for (naj_status status = NAJ_NO_MEMORY; status != NAJ_OK; failures++) {
    struct naj_scratch* scratch = NULL;
    struct naj_body body = {0};
    naj_fail_allocation(failures + 1);
    status = naj_scratch_create(&scratch, &error);
    if (status == NAJ_OK)
      status = naj_body_prepare(decoded, TEST_V5, &rows, scratch, &body, &error);
    naj_fail_allocation(0);
    if (status != NAJ_OK) CHECK_EQ(error.status, NAJ_NO_MEMORY);
    if (status != NAJ_OK) CHECK(body.buffers == NULL);
    naj_scratch_free(scratch);
  }
  CHECK(failures > 3);
  free(offsets);
  free(bits);
  naj_schema_release(decoded);
}

int main(void) {
  TEST_RUN(slices_of_every_layout_arrive);
  TEST_RUN(slices_of_nested_types_arrive);
  TEST_RUN(children_with_offsets_of_their_own_arrive);
  TEST_RUN(items_are_counted_from_the_offset_of_their_array);
  TEST_RUN(what_needs_no_change_is_pointed_to);
  TEST_RUN(list_views_that_span_their_child_are_pointed_to);
  TEST_RUN(views_are_compacted_when_that_halves_the_data);
  TEST_RUN(v4_gives_unions_and_runs_a_bitmap);
  TEST_RUN(nulls_of_a_union_itself_stay_in_v4_alone);
  TEST_RUN(nulls_of_runs_themselves_are_unsupported);
  TEST_RUN(buffers_at_odd_addresses_arrive);
  TEST_RUN(no_memory_is_said_and_leaks_nothing);
  TEST_DONE();
}
