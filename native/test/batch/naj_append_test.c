#include "core/naj_alloc.h"
#include "support/naj_test.h"
#include "support/naj_test_arrays.h"

enum { PARTS = 40, MOST_ROWS = 70 };

static struct naj_error error;

/* One table and the memory it lies in, shared with tables that came before. */
struct version {
  _Alignas(8) uint8_t table[NAJ_APPEND_TABLE_BYTES];
  struct naj_memory* memory;
  struct test_bytes text; /* what its rows must be */
};

static void release(struct naj_memory* memory) {
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
}

static const struct naj_table_header* table_of(const struct version* version) {
  return (const struct naj_table_header*)(const void*)version->table;
}

static void check_rows(const struct naj_schema* schema, const struct version* version) {
  struct test_bytes found = {0};
  test_render(schema, table_of(version), &found);
  CHECK_EQ(found.size_bytes, version->text.size_bytes);
  CHECK(found.size_bytes == 0 ||
        memcmp(found.data, version->text.data, (size_t)found.size_bytes) == 0);
  test_bytes_free(&found);
}

/* Appends parts one by one; every version keeps its rows, whatever came behind them. */
static void grow(const struct naj_schema* schema, int32_t flags) {
  static struct version versions[PARTS];
  struct test_array first;
  memset(versions, 0, sizeof versions);
  CHECK_EQ(naj_append_serves(schema), 1);
  test_array_random(&first, schema, 5, 1, flags);
  const struct naj_table_header* last = test_array_table(&first);
  struct naj_memory* grown = NULL;
  int in_place = 0;
  for (int i = 0; i < PARTS; i++) {
    struct version* version = &versions[i];
    struct naj_memory* memory = NULL;
    struct test_array part;
    /* Nulls begin somewhere on the way. */
    test_array_random(&part, schema, (i * 37) % MOST_ROWS, (uint64_t)i + 2,
                      i < PARTS / 3 ? flags & ~TEST_ARRAY_NULLS : flags);
    if (i == 0) test_render(schema, last, &version->text);
    if (i > 0)
      test_bytes_append(&version->text, versions[i - 1].text.data, versions[i - 1].text.size_bytes);
    test_render(schema, test_array_table(&part), &version->text);
    CHECK_STATUS(
        naj_append(schema, last, grown, test_array_table(&part), version->table, &memory, &error),
        NAJ_OK, error);
    in_place += memory == NULL;
    if (memory == NULL) {
      CHECK(grown != NULL);
      naj_memory_retain(grown);
      naj_memory_reserve(grown);
      memory = grown;
    }
    version->memory = grown = memory;
    last = table_of(version);
    test_array_free(&part);
  }
  CHECK(in_place > PARTS / 2);
  for (int i = 0; i < PARTS; i++) {
    check_rows(schema, &versions[i]);
    test_bytes_free(&versions[i].text);
    release(versions[i].memory);
  }
  test_array_free(&first);
}

static const struct test_field served[] = {
    {.name = "a", .type = NAJ_TYPE_BOOL},
    {.name = "a", .type = NAJ_TYPE_INT8},
    {.name = "a", .type = NAJ_TYPE_INT64},
    {.name = "a", .type = NAJ_TYPE_DECIMAL, .param0 = 9, .param1 = 2, .param2 = 256},
    {.name = "a", .type = NAJ_TYPE_FIXED_SIZE_BINARY, .param0 = 3},
    {.name = "a", .type = NAJ_TYPE_UTF8},
    {.name = "a", .type = NAJ_TYPE_LARGE_BINARY}};

static void rows_stay_whatever_is_appended(void) {
  for (size_t i = 0; i < sizeof served / sizeof *served; i++) {
    const struct test_schema fields = {.fields = &served[i], .field_count = 1};
    struct naj_schema* schema = test_schema_create(&fields);
    for (int32_t flags = 0; flags < 4; flags++) grow(schema, flags);
    naj_schema_release(schema);
  }
}

static void other_values_are_not_served(void) {
  static const struct test_field others[][2] = {
      {{.name = "a", .type = NAJ_TYPE_NULL}},
      {{.name = "a", .type = NAJ_TYPE_UTF8_VIEW}},
      {{.name = "a", .type = NAJ_TYPE_FIXED_SIZE_BINARY, .param0 = 0}},
      {{.name = "a", .type = NAJ_TYPE_LIST, .child_count = 1},
       {.name = "b", .type = NAJ_TYPE_INT8}}};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    const struct test_schema fields = {.fields = others[i], .field_count = i == 3 ? 2 : 1};
    struct naj_schema* schema = test_schema_create(&fields);
    struct test_array array;
    _Alignas(8) uint8_t table[NAJ_APPEND_TABLE_BYTES];
    struct naj_memory* memory = NULL;
    CHECK_EQ(naj_append_serves(schema), 0);
    test_array_random(&array, schema, 3, 1, 0);
    CHECK_EQ(naj_append(schema, test_array_table(&array), NULL, test_array_table(&array), table,
                        &memory, &error),
             NAJ_MISUSE);
    test_array_free(&array);
    naj_schema_release(schema);
  }
}

/* Offsets of either side that lead outside their bytes, or back. */
static void wrong_offsets_are_refused(void) {
  const struct test_schema fields = {.fields = &served[5], .field_count = 1};
  struct naj_schema* schema = test_schema_create(&fields);
  static const int32_t wrong[] = {-1, INT32_MIN, INT32_MAX, 1000};
  for (int side = 0; side < 2; side++) {
    for (size_t i = 0; i < 8; i++) {
      struct test_array arrays[2];
      _Alignas(8) uint8_t table[NAJ_APPEND_TABLE_BYTES];
      struct naj_memory* memory = NULL;
      for (int k = 0; k < 2; k++) test_array_random(&arrays[k], schema, 8, (uint64_t)k, 0);
      int32_t* offsets = (int32_t*)(uintptr_t)arrays[side].buffers[1].address;
      offsets[i] = wrong[i % 4];
      CHECK_EQ(naj_append(schema, test_array_table(&arrays[0]), NULL, test_array_table(&arrays[1]),
                          table, &memory, &error),
               NAJ_INVALID_DATA);
      for (int k = 0; k < 2; k++) test_array_free(&arrays[k]);
    }
  }
  naj_schema_release(schema);
}

/* One row after the other costs what the rows take, not what is there already. */
static void what_is_allocated_is_proportional(void) {
  enum { ROWS = 20000 };
  const struct test_schema fields = {.fields = &served[2], .field_count = 1};
  struct naj_schema* schema = test_schema_create(&fields);
  struct test_array row;
  struct version version = {.memory = NULL};
  test_array_random(&row, schema, 1, 3, 0);
  const struct naj_table_header* last = test_array_table(&row);
  const struct naj_table_header* one = last;
  const int64_t before = naj_body_bytes_allocated();
  for (int i = 0; i < ROWS; i++) {
    struct naj_memory* memory = NULL;
    CHECK_STATUS(naj_append(schema, last, version.memory, one, version.table, &memory, &error),
                 NAJ_OK, error);
    if (memory != NULL) {
      if (version.memory != NULL) release(version.memory);
      version.memory = memory;
    }
    last = table_of(&version);
  }
  CHECK_EQ(table_of(&version)->row_count, ROWS + 1);
  CHECK(naj_body_bytes_allocated() - before < 6 * 8 * ROWS);
  release(version.memory);
  test_array_free(&row);
  naj_schema_release(schema);
}

static void failed_allocations_leave_what_was(void) {
  const struct test_schema fields = {.fields = &served[5], .field_count = 1};
  struct naj_schema* schema = test_schema_create(&fields);
  struct test_array array;
  _Alignas(8) uint8_t table[NAJ_APPEND_TABLE_BYTES];
  struct naj_memory* memory = NULL;
  test_array_random(&array, schema, 30, 1, TEST_ARRAY_NULLS);
  const struct naj_table_header* rows = test_array_table(&array);
  naj_status status = NAJ_NO_MEMORY;
  for (int n = 1; status == NAJ_NO_MEMORY && n < 10; n++) {
    naj_fail_allocation(n);
    status = naj_append(schema, rows, NULL, rows, table, &memory, &error);
    naj_fail_allocation(0);
    CHECK(status == NAJ_OK || memory == NULL);
  }
  CHECK_EQ(status, NAJ_OK);
  release(memory);
  test_array_free(&array);
  naj_schema_release(schema);
}

int main(void) {
  TEST_RUN(rows_stay_whatever_is_appended);
  TEST_RUN(other_values_are_not_served);
  TEST_RUN(wrong_offsets_are_refused);
  TEST_RUN(what_is_allocated_is_proportional);
  TEST_RUN(failed_allocations_leave_what_was);
  TEST_DONE();
}
