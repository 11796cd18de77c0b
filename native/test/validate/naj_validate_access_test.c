#include "support/naj_test_validate.h"

static const int32_t numbers[] = {0, 1, 2, 3, 4, 5, 6, 7};

static void start_utf8(struct validating* v, const int32_t* offsets, int64_t rows, int64_t offset) {
  static const char text[] = "abcdefgh";
  const struct test_field field = {.name = "s", .type = NAJ_TYPE_BINARY};
  start_fields(v, &field, 1, rows);
  add_node(v, rows, 0, offset);
  add_buffer(v, NULL, 0);
  add_buffer(v, offsets, (rows + offset + 1) * 4);
  add_buffer(v, text, 8);
}

static void offsets_rise_from_zero_to_the_end(void) {
  int32_t offsets[] = {0, 3, 3, 8};
  struct validating v;
  start_utf8(&v, offsets, 3, 0);
  CHECK_VALID(v);
  offsets[2] = 2;
  CHECK_DEFECT(v, "s", 1, "offsets that fall");
  offsets[2] = 9;
  CHECK_DEFECT(v, "s", 2, "offsets that fall");
  offsets[3] = 9;
  CHECK_DEFECT(v, "s", 1, "an offset beyond the values");
  offsets[0] = -1;
  CHECK_DEFECT(v, "s", 0, "a negative offset");
  done(&v);
}

static void offsets_outside_the_slice_are_left_alone(void) {
  static const int32_t offsets[] = {99, -7, 1, 4};
  struct validating v;
  start_utf8(&v, offsets, 1, 2);
  CHECK_VALID(v);
  done(&v);
}

static void a_fall_is_found_at_every_place_of_a_long_array(void) {
  enum { ROWS = 3000 };
  int32_t offsets[ROWS + 1];
  struct validating v;
  for (int64_t bad = 1; bad <= ROWS; bad += 97) {
    for (int i = 0; i <= ROWS; i++) offsets[i] = i < bad ? 4 : 5;
    offsets[bad] = 3;
    start_utf8(&v, offsets, ROWS, 0);
    CHECK_DEFECT(v, "s", bad - 1, "offsets that fall");
    done(&v);
  }
}

static void large_offsets_are_read_whole(void) {
  int64_t offsets[] = {0, (int64_t)1 << 32, (int64_t)1 << 32};
  const struct test_field field = {.name = "s", .type = NAJ_TYPE_LARGE_BINARY};
  struct validating v;
  start_fields(&v, &field, 1, 2);
  add_node(&v, 2, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, offsets);
  ADD_ARRAY(&v, numbers);
  CHECK_DEFECT(v, "s", 0, "an offset beyond the values");
  offsets[2] = 0;
  CHECK_DEFECT(v, "s", 1, "offsets that fall");
  offsets[1] = 0;
  CHECK_VALID(v);
  done(&v);
}

static void list_views_lie_within_their_child(void) {
  int32_t offsets[] = {4, 0};
  int32_t sizes[] = {2, 6};
  const struct test_field fields[] = {{.name = "l", .type = NAJ_TYPE_LIST_VIEW, .child_count = 1},
                                      {.name = "item", .type = NAJ_TYPE_INT32}};
  struct validating v;
  start_fields(&v, fields, 2, 2);
  add_node(&v, 2, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, offsets);
  ADD_ARRAY(&v, sizes);
  add_node(&v, 6, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, numbers);
  CHECK_VALID(v);
  offsets[0] = 5;
  CHECK_DEFECT(v, "l", 0, "a list outside the values");
  offsets[0] = -1;
  CHECK_DEFECT(v, "l", 0, "a list outside the values");
  offsets[0] = 0;
  sizes[1] = -1;
  CHECK_DEFECT(v, "l", 1, "a list outside the values");
  sizes[1] = INT32_MAX;
  CHECK_DEFECT(v, "l", 1, "a list outside the values");
  done(&v);
}

struct view {
  int32_t size;
  char prefix[4];
  int32_t index;
  int32_t offset;
};

static void views_lie_within_their_buffers(void) {
  static const char data[] = "a text of 21 bytes...";
  static const int64_t sizes[] = {sizeof data - 1, 0};
  static const uint8_t bitmap[] = {0x01};
  struct view views[] = {{13, "text", 0, 2}, {3, "abc", 0, 0}};
  const struct test_field field = {.name = "v", .type = NAJ_TYPE_BINARY_VIEW};
  struct validating v;
  start_fields(&v, &field, 1, 2);
  add_node(&v, 2, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, views);
  add_buffer(&v, data, sizeof data - 1);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, sizes);
  CHECK_VALID(v);
  views[0].offset = 9;
  CHECK_DEFECT(v, "v", 0, "a view beyond its buffer");
  views[0].offset = -1;
  CHECK_DEFECT(v, "v", 0, "a view beyond its buffer");
  views[0].offset = INT32_MAX;
  CHECK_DEFECT(v, "v", 0, "a view beyond its buffer");
  views[0].offset = 0;
  CHECK_MEANING(v, "v", 0, "a view whose prefix is not that of its data");
  views[0].offset = 2;
  views[0].index = 1;
  CHECK_DEFECT(v, "v", 0, "a view beyond its buffer");
  views[0].index = 2;
  CHECK_DEFECT(v, "v", 0, "a view into a buffer that is not there");
  views[0].index = -1;
  CHECK_DEFECT(v, "v", 0, "a view into a buffer that is not there");
  views[0].index = 0;
  views[1].size = -1;
  CHECK_DEFECT(v, "v", 1, "a view of negative size");
  v.nodes[0].null_count = 1;
  v.buffers[0] = (struct naj_table_buffer){(int64_t)(uintptr_t)bitmap, 1};
  CHECK_VALID(v); /* null rows say what they like */
  v.nodes[0].null_count = 0;
  v.buffers[0] = (struct naj_table_buffer){0, 0};
  views[1].size = 2;
  CHECK_MEANING(v, "v", 1, "a view that is not padded with zeros");
  done(&v);
}

static void type_ids_are_those_of_the_union(void) {
  int8_t ids[] = {9, 1, 0, 1};
  const struct test_field fields[] = {
      {.name = "u", .type = NAJ_TYPE_SPARSE_UNION, .child_count = 2},
      {.name = "a", .type = NAJ_TYPE_INT32},
      {.name = "b", .type = NAJ_TYPE_INT32}};
  struct validating v;
  start_fields(&v, fields, 3, 3);
  add_node(&v, 3, 0, 1);
  ADD_ARRAY(&v, ids);
  for (int i = 0; i < 2; i++) {
    add_node(&v, 4, 0, 0);
    add_buffer(&v, NULL, 0);
    ADD_ARRAY(&v, numbers);
  }
  CHECK_VALID(v);
  ids[2] = 2;
  CHECK_DEFECT(v, "u", 1, "a type id that the union does not have");
  ids[2] = -1;
  CHECK_DEFECT(v, "u", 1, "a type id that the union does not have");
  done(&v);
}

static void dense_offsets_are_not_negative(void) {
  static const int8_t ids[] = {0, 0};
  int32_t offsets[] = {1, 0};
  const struct test_field fields[] = {{.name = "u", .type = NAJ_TYPE_DENSE_UNION, .child_count = 1},
                                      {.name = "a", .type = NAJ_TYPE_INT32}};
  struct validating v;
  start_fields(&v, fields, 2, 2);
  add_node(&v, 2, 0, 0);
  ADD_ARRAY(&v, ids);
  ADD_ARRAY(&v, offsets);
  add_node(&v, 2, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, numbers);
  CHECK_VALID(v);
  offsets[1] = -1;
  CHECK_DEFECT(v, "u", 1, "an offset beyond the child of its type");
  offsets[1] = 2;
  CHECK_DEFECT(v, "u", 1, "an offset beyond the child of its type");
  done(&v);
}

static void run_ends_of_each_width(void) {
  static const int16_t ends16[] = {1, 4};
  static const int32_t ends32[] = {1, 4};
  static const int64_t ends64[] = {1, 4};
  static const int32_t types[] = {NAJ_TYPE_INT16, NAJ_TYPE_INT32, NAJ_TYPE_INT64};
  for (int i = 0; i < 3; i++) {
    const struct test_field fields[] = {
        {.name = "r", .type = NAJ_TYPE_RUN_END_ENCODED, .child_count = 2},
        {.name = "run_ends", .type = types[i], .is_required = 1},
        {.name = "values", .type = NAJ_TYPE_INT32}};
    struct validating v;
    start_fields(&v, fields, 3, 4);
    add_node(&v, 4, 0, 0);
    add_node(&v, 2, 0, 0);
    add_buffer(&v, NULL, 0);
    if (i == 0) ADD_ARRAY(&v, ends16);
    if (i == 1) ADD_ARRAY(&v, ends32);
    if (i == 2) ADD_ARRAY(&v, ends64);
    add_node(&v, 2, 0, 0);
    add_buffer(&v, NULL, 0);
    ADD_ARRAY(&v, numbers);
    CHECK_VALID(v);
    v.nodes[0].length = 5;
    CHECK_DEFECT(v, "r.run_ends", 1, "run ends before the last row");
    v.nodes[1].length = 0;
    CHECK_DEFECT(v, "r.run_ends", -1, "no run ends for rows");
    done(&v);
  }
}

static void indices_of_each_type_stay_within_the_dictionary(void) {
  static const uint8_t bitmap[] = {0x02};
  for (int32_t type = NAJ_TYPE_INT8; type <= NAJ_TYPE_UINT64; type++) {
    const int is_signed = type <= NAJ_TYPE_INT64;
    const int64_t width = 1 << (is_signed ? type - NAJ_TYPE_INT8 : type - NAJ_TYPE_UINT8);
    const struct test_field field = {.name = "d", .type = NAJ_TYPE_INT32, .index_type = type};
    uint8_t indices[24] = {0};
    indices[2 * width] = 7; /* little-endian, rows from 1 on */
    struct validating v;
    start_fields(&v, &field, 1, 2);
    add_node(&v, 2, 0, 1);
    add_buffer(&v, NULL, 0);
    add_buffer(&v, indices, 3 * width);
    add_node(&v, 8, 0, 0);
    add_buffer(&v, NULL, 0);
    ADD_ARRAY(&v, numbers);
    CHECK_VALID(v);
    v.nodes[1].length = 7;
    CHECK_DEFECT(v, "d", 1, "an index beyond the dictionary");
    v.nodes[1].length = 8;
    memset(indices + 2 * width, 0xFF, (size_t)width); /* -1, or the largest */
    CHECK_DEFECT(v, "d", 1, "an index beyond the dictionary");
    v.nodes[0].null_count = 1;
    v.buffers[0] = (struct naj_table_buffer){(int64_t)(uintptr_t)bitmap, 1};
    CHECK_VALID(v);
    memset(indices + width, 0xFF, (size_t)width);
    CHECK_DEFECT(v, "d", 0, "an index beyond the dictionary");
    done(&v);
  }
}

static void a_dictionary_that_no_index_exceeds(void) {
  static const int32_t values[256];
  static const uint8_t indices[] = {255, 0x80};
  const struct test_field field = {
      .name = "d", .type = NAJ_TYPE_INT32, .index_type = NAJ_TYPE_UINT8};
  const struct test_field signed_field = {
      .name = "d", .type = NAJ_TYPE_INT32, .index_type = NAJ_TYPE_INT8};
  for (int i = 0; i < 2; i++) {
    struct validating v;
    start_fields(&v, i == 0 ? &field : &signed_field, 1, 2);
    add_node(&v, 2, 0, 0);
    add_buffer(&v, NULL, 0);
    ADD_ARRAY(&v, indices);
    add_node(&v, 256, 0, 0);
    add_buffer(&v, NULL, 0);
    ADD_ARRAY(&v, values);
    if (i == 0) {
      CHECK_VALID(v);
    } else {
      CHECK_DEFECT(v, "d", 0, "an index beyond the dictionary");
    }
    done(&v);
  }
}

int main(void) {
  TEST_RUN(offsets_rise_from_zero_to_the_end);
  TEST_RUN(offsets_outside_the_slice_are_left_alone);
  TEST_RUN(a_fall_is_found_at_every_place_of_a_long_array);
  TEST_RUN(large_offsets_are_read_whole);
  TEST_RUN(list_views_lie_within_their_child);
  TEST_RUN(views_lie_within_their_buffers);
  TEST_RUN(type_ids_are_those_of_the_union);
  TEST_RUN(dense_offsets_are_not_negative);
  TEST_RUN(run_ends_of_each_width);
  TEST_RUN(indices_of_each_type_stay_within_the_dictionary);
  TEST_RUN(a_dictionary_that_no_index_exceeds);
  TEST_DONE();
}
