#include "support/naj_test_validate.h"

static const int32_t numbers[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t bits[] = {0x05};

static void an_array_of_one_column_is_accepted(void) {
  const struct test_field field = {.name = "i", .type = NAJ_TYPE_INT32};
  struct validating v;
  start_fields(&v, &field, 1, 4);
  add_node(&v, 4, 2, 0);
  ADD_ARRAY(&v, bits);
  ADD_ARRAY(&v, numbers);
  CHECK_VALID(v);
  v.nodes[0].null_count = -1;
  CHECK_VALID(v);
  done(&v);
}

static void what_is_not_of_the_schema_is_misuse(void) {
  const struct test_field fields[] = {{.name = "i", .type = NAJ_TYPE_INT32},
                                      {.name = "v", .type = NAJ_TYPE_UTF8_VIEW}};
  struct validating v;
  start_fields(&v, fields, 2, 0);
  add_node(&v, 0, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, numbers);
  add_node(&v, 0, 0, 0);
  add_buffer(&v, NULL, 0);
  add_buffer(&v, NULL, 0);
  add_buffer(&v, NULL, 0);
  add_buffer(&v, NULL, 0);
  CHECK_STATUS(validate(&v, NAJ_VALIDATE_ACCESS), NAJ_MISUSE, v.error); /* no sizes */
  v.nodes[1].buffer_count--;
  v.buffer_count--;
  CHECK_VALID(v);
  const struct validating good = v;
  v.node_count--;
  CHECK_STATUS(validate(&v, NAJ_VALIDATE_ACCESS), NAJ_MISUSE, v.error);
  v = good;
  v.node_count++;
  CHECK_STATUS(validate(&v, NAJ_VALIDATE_ACCESS), NAJ_MISUSE, v.error);
  v = good;
  v.buffer_count++;
  CHECK_STATUS(validate(&v, NAJ_VALIDATE_ACCESS), NAJ_MISUSE, v.error);
  v = good;
  v.nodes[0].buffer_count = 3;
  CHECK_STATUS(validate(&v, NAJ_VALIDATE_ACCESS), NAJ_MISUSE, v.error);
  v.nodes[0].buffer_count = -1;
  CHECK_STATUS(validate(&v, NAJ_VALIDATE_ACCESS), NAJ_MISUSE, v.error);
  v.nodes[0].buffer_count = INT64_MAX;
  CHECK_STATUS(validate(&v, NAJ_VALIDATE_ACCESS), NAJ_MISUSE, v.error);
  v = good;
  v.buffers[0].size_bytes = 8; /* at address 0 */
  CHECK_STATUS(validate(&v, NAJ_VALIDATE_ACCESS), NAJ_MISUSE, v.error);
  v = good;
  v.row_count = -1;
  CHECK_STATUS(validate(&v, NAJ_VALIDATE_ACCESS), NAJ_MISUSE, v.error);
  done(&v);
}

static void numbers_out_of_range_are_refused(void) {
  const struct test_field field = {.name = "i", .type = NAJ_TYPE_INT32};
  struct validating v;
  start_fields(&v, &field, 1, 4);
  add_node(&v, 4, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, numbers);
  const struct validating good = v;
  static const char range[] = "length, offset or null count out of range";
  v.nodes[0].offset = -1;
  CHECK_DEFECT(v, "i", -1, range);
  v.nodes[0].offset = INT64_MAX;
  CHECK_DEFECT(v, "i", -1, range);
  v.nodes[0].offset = INT64_MAX - 4;
  CHECK_DEFECT(v, "i", -1, "length and offset out of range");
  v.nodes[0].offset = 4;
  CHECK_VALID(v);
  v.nodes[0].offset = 5;
  CHECK_DEFECT(v, "i", -1, "a buffer that is too small");
  v = good;
  v.nodes[0].null_count = 5;
  CHECK_DEFECT(v, "i", -1, range);
  v.nodes[0].null_count = -2;
  CHECK_DEFECT(v, "i", -1, range);
  v.nodes[0].null_count = 1;
  CHECK_DEFECT(v, "i", -1, "a validity bitmap that is too small");
  v = good;
  v.row_count = 5;
  CHECK_DEFECT(v, "i", -1, "shorter than the batch");
  done(&v);
}

static void children_reach_as_far_as_their_parent(void) {
  const struct test_field fields[] = {
      {.name = "s", .type = NAJ_TYPE_STRUCT, .child_count = 2},
      {.name = "a", .type = NAJ_TYPE_INT32},
      {.name = "f", .type = NAJ_TYPE_FIXED_SIZE_LIST, .child_count = 1, .param0 = 2},
      {.name = "item", .type = NAJ_TYPE_INT32}};
  struct validating v;
  start_fields(&v, fields, 4, 2);
  add_node(&v, 2, 0, 1);
  add_buffer(&v, NULL, 0);
  add_node(&v, 3, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, numbers);
  add_node(&v, 3, 0, 1);
  add_buffer(&v, NULL, 0);
  add_node(&v, 8, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, numbers);
  CHECK_VALID(v);
  v.nodes[3].length = 7; /* (1 + 3) * 2 are needed */
  CHECK_DEFECT(v, "s.f.item", -1, "shorter than its parent");
  v.nodes[3].length = 8;
  v.nodes[1].length = 2;
  CHECK_DEFECT(v, "s.a", -1, "shorter than its parent");
  done(&v);
}

static void lists_stay_within_their_child(void) {
  static const int32_t types[] = {NAJ_TYPE_LIST, NAJ_TYPE_LARGE_LIST, NAJ_TYPE_LIST_VIEW,
                                  NAJ_TYPE_LARGE_LIST_VIEW};
  static const int64_t wide[] = {0, 2, 4};
  static const int64_t wide_sizes[] = {4, 2};
  static const int32_t narrow[] = {0, 2, 4};
  static const int32_t narrow_sizes[] = {4, 2};
  for (int i = 0; i < 4; i++) {
    const struct test_field fields[] = {{.name = "l", .type = types[i], .child_count = 1},
                                        {.name = "item", .type = NAJ_TYPE_INT32}};
    struct validating v;
    start_fields(&v, fields, 2, 2);
    add_node(&v, 2, 0, 0);
    add_buffer(&v, NULL, 0);
    if (i % 2 == 0) {
      ADD_ARRAY(&v, narrow);
      if (i >= 2) ADD_ARRAY(&v, narrow_sizes);
    } else {
      ADD_ARRAY(&v, wide);
      if (i >= 2) ADD_ARRAY(&v, wide_sizes);
    }
    add_node(&v, 4, 0, 0);
    add_buffer(&v, NULL, 0);
    ADD_ARRAY(&v, numbers);
    CHECK_VALID(v);
    v.nodes[1].length = 3;
    if (i < 2) {
      CHECK_DEFECT(v, "l", 1, "an offset beyond the values");
    } else {
      CHECK_DEFECT(v, "l", 0, "a list outside the values");
    }
    done(&v);
  }
}

static void run_ends_cover_the_rows(void) {
  const struct test_field fields[] = {
      {.name = "r", .type = NAJ_TYPE_RUN_END_ENCODED, .child_count = 2},
      {.name = "run_ends", .type = NAJ_TYPE_INT16, .is_required = 1},
      {.name = "values", .type = NAJ_TYPE_INT32}};
  int16_t run_ends[] = {2, 3, 7};
  struct validating v;
  start_fields(&v, fields, 3, 7);
  add_node(&v, 7, 0, 0);
  add_node(&v, 3, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, run_ends);
  add_node(&v, 3, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, numbers);
  CHECK_VALID(v);
  v.nodes[0].offset = 1;
  CHECK_DEFECT(v, "r.run_ends", 2, "run ends before the last row");
  v.nodes[0].offset = 0;
  run_ends[1] = 2;
  CHECK_DEFECT(v, "r.run_ends", 1, "a run end that does not rise");
  run_ends[1] = 3;
  v.nodes[2].length = 2;
  CHECK_DEFECT(v, "r.values", -1, "fewer values than run ends");
  v.nodes[2].length = 3;
  v.nodes[1].null_count = 1;
  v.buffers[0] = (struct naj_table_buffer){(int64_t)(uintptr_t)bits, 1};
  CHECK_DEFECT(v, "r.run_ends", -1, "run ends that are null");
  done(&v);
}

static void dictionaries_are_looked_at_with_their_children(void) {
  const struct test_field fields[] = {
      {.name = "d", .type = NAJ_TYPE_LIST, .child_count = 1, .index_type = NAJ_TYPE_INT8},
      {.name = "item", .type = NAJ_TYPE_INT32},
      {.name = "last", .type = NAJ_TYPE_INT32}};
  int8_t indices[] = {1, 0};
  static const int32_t offsets[] = {0, 2, 4};
  struct validating v;
  start_fields(&v, fields, 3, 2);
  add_node(&v, 2, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, indices);
  add_node(&v, 2, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, offsets);
  add_node(&v, 4, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, numbers);
  add_node(&v, 2, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, numbers);
  CHECK_VALID(v);
  indices[1] = 2;
  CHECK_DEFECT(v, "d", 1, "an index beyond the dictionary");
  indices[1] = 0;
  v.nodes[2].length = 3;
  CHECK_DEFECT(v, "d", 1, "an offset beyond the values");
  v.nodes[2].length = 4;
  v.nodes[3].length = 1;
  CHECK_DEFECT(v, "last", -1, "shorter than the batch");
  done(&v);
}

static void unions_are_checked_against_each_child(void) {
  const struct test_field fields[] = {{.name = "u", .type = NAJ_TYPE_DENSE_UNION, .child_count = 2},
                                      {.name = "a", .type = NAJ_TYPE_INT32},
                                      {.name = "b", .type = NAJ_TYPE_INT32}};
  static const int8_t ids[] = {0, 1, 0};
  static const int32_t offsets[] = {0, 0, 1};
  struct validating v;
  start_fields(&v, fields, 3, 3);
  add_node(&v, 3, 0, 0);
  ADD_ARRAY(&v, ids);
  ADD_ARRAY(&v, offsets);
  for (int64_t length = 2; length > 0; length--) {
    add_node(&v, length, 0, 0);
    add_buffer(&v, NULL, 0);
    ADD_ARRAY(&v, numbers);
  }
  CHECK_VALID(v);
  v.nodes[1].length = 1;
  CHECK_DEFECT(v, "u", 2, "an offset beyond the child of its type");
  v.nodes[1].length = 2;
  v.nodes[2].length = 0;
  CHECK_DEFECT(v, "u", 1, "an offset beyond the child of its type");
  done(&v);
}

static void sparse_unions_need_children_of_their_length(void) {
  const struct test_field fields[] = {
      {.name = "u", .type = NAJ_TYPE_SPARSE_UNION, .child_count = 1},
      {.name = "a", .type = NAJ_TYPE_INT32}};
  static const int8_t ids[] = {0, 0, 0};
  struct validating v;
  start_fields(&v, fields, 2, 2);
  add_node(&v, 2, 0, 1);
  ADD_ARRAY(&v, ids);
  add_node(&v, 3, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, numbers);
  CHECK_VALID(v);
  v.nodes[1].length = 2;
  CHECK_DEFECT(v, "u.a", -1, "shorter than its parent");
  done(&v);
}

static void null_counts_are_those_of_the_bitmap(void) {
  const struct test_field field = {.name = "i", .type = NAJ_TYPE_INT32};
  struct validating v;
  start_fields(&v, &field, 1, 4);
  add_node(&v, 4, 2, 0);
  ADD_ARRAY(&v, bits);
  ADD_ARRAY(&v, numbers);
  v.nodes[0].null_count = 0;
  CHECK_MEANING(v, "i", -1, "a null count that is not that of the bitmap");
  v.nodes[0].null_count = 3;
  CHECK_MEANING(v, "i", -1, "a null count that is not that of the bitmap");
  done(&v);
}

static void a_bitmap_behind_a_null_count_of_zero_excuses_nothing(void) {
  const struct test_field field = {
      .name = "d", .type = NAJ_TYPE_INT32, .index_type = NAJ_TYPE_INT8};
  static const int8_t indices[] = {0, 9, 0, 9};
  struct validating v;
  start_fields(&v, &field, 1, 4);
  add_node(&v, 4, 2, 0);
  ADD_ARRAY(&v, bits);
  ADD_ARRAY(&v, indices);
  add_node(&v, 1, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, numbers);
  CHECK_VALID(v);
  v.nodes[0].null_count = 0;
  CHECK_DEFECT(v, "d", 1, "an index beyond the dictionary");
  done(&v);
}

static void maps_have_neither_null_entries_nor_null_keys(void) {
  const struct test_field fields[] = {
      {.name = "m", .type = NAJ_TYPE_MAP, .child_count = 1},
      {.name = "entries", .type = NAJ_TYPE_STRUCT, .child_count = 2, .is_required = 1},
      {.name = "key", .type = NAJ_TYPE_INT32, .is_required = 1},
      {.name = "value", .type = NAJ_TYPE_INT32}};
  static const int32_t offsets[] = {0, 4};
  struct validating v;
  start_fields(&v, fields, 4, 1);
  add_node(&v, 1, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, offsets);
  add_node(&v, 4, 0, 0);
  add_buffer(&v, NULL, 0);
  for (int i = 0; i < 2; i++) {
    add_node(&v, 4, 0, 0);
    add_buffer(&v, NULL, 0);
    ADD_ARRAY(&v, numbers);
  }
  CHECK_VALID(v);
  const struct naj_table_buffer bitmap = {(int64_t)(uintptr_t)bits, 1};
  const struct validating good = v;
  v.nodes[3].null_count = 2;
  v.buffers[5] = bitmap;
  CHECK_VALID(v); /* values may be null */
  v = good;
  v.nodes[2].null_count = 2;
  v.buffers[3] = bitmap;
  CHECK_MEANING(v, "m.entries.key", -1, "map keys that are null");
  v = good;
  v.nodes[1].null_count = 2;
  v.buffers[2] = bitmap;
  CHECK_MEANING(v, "m.entries", -1, "map entries that are null");
  done(&v);
}

static void empty_arrays_need_no_buffers(void) {
  const struct test_field fields[] = {
      {.name = "s", .type = NAJ_TYPE_UTF8},
      {.name = "l", .type = NAJ_TYPE_LIST, .child_count = 1},
      {.name = "r", .type = NAJ_TYPE_RUN_END_ENCODED, .child_count = 2},
      {.name = "run_ends", .type = NAJ_TYPE_INT32, .is_required = 1},
      {.name = "values", .type = NAJ_TYPE_DENSE_UNION, .child_count = 1},
      {.name = "n", .type = NAJ_TYPE_NULL}};
  static const int buffer_counts[] = {3, 2, 0, 2, 2, 0};
  struct validating v;
  start_fields(&v, fields, 6, 0);
  for (int i = 0; i < 6; i++) {
    add_node(&v, 0, 0, i == 0 ? 5 : 0);
    for (int k = 0; k < buffer_counts[i]; k++) add_buffer(&v, NULL, 0);
  }
  CHECK_VALID(v);
  done(&v);
}

static void a_schema_without_buffers_needs_none(void) {
  const struct test_field field = {.name = "n", .type = NAJ_TYPE_NULL};
  struct validating v;
  start_fields(&v, &field, 1, 3);
  add_node(&v, 3, 3, 0);
  CHECK_STATUS(naj_validate(v.schema, 3, v.nodes, 1, NULL, 0, NAJ_VALIDATE_FULL, &v.error), NAJ_OK,
               v.error);
  done(&v);
}

static void memory_that_runs_out_is_said(void) {
  const struct test_field field = {.name = "i", .type = NAJ_TYPE_INT32};
  struct validating v;
  start_fields(&v, &field, 1, 0);
  add_node(&v, 0, 0, 0);
  add_buffer(&v, NULL, 0);
  add_buffer(&v, NULL, 0);
  naj_fail_allocation(1);
  CHECK_STATUS(validate(&v, NAJ_VALIDATE_FULL), NAJ_NO_MEMORY, v.error);
  naj_fail_allocation(0);
  CHECK_VALID(v);
  done(&v);
}

int main(void) {
  TEST_RUN(an_array_of_one_column_is_accepted);
  TEST_RUN(what_is_not_of_the_schema_is_misuse);
  TEST_RUN(numbers_out_of_range_are_refused);
  TEST_RUN(children_reach_as_far_as_their_parent);
  TEST_RUN(lists_stay_within_their_child);
  TEST_RUN(run_ends_cover_the_rows);
  TEST_RUN(dictionaries_are_looked_at_with_their_children);
  TEST_RUN(unions_are_checked_against_each_child);
  TEST_RUN(sparse_unions_need_children_of_their_length);
  TEST_RUN(null_counts_are_those_of_the_bitmap);
  TEST_RUN(a_bitmap_behind_a_null_count_of_zero_excuses_nothing);
  TEST_RUN(maps_have_neither_null_entries_nor_null_keys);
  TEST_RUN(empty_arrays_need_no_buffers);
  TEST_RUN(a_schema_without_buffers_needs_none);
  TEST_RUN(memory_that_runs_out_is_said);
  TEST_DONE();
}
