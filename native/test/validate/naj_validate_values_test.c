#include "support/naj_test_validate.h"
#include "validate/naj_validate.h"

static const uint8_t only_first[] = {0x01};

/* One column of `field` with two rows in `values`, the second of which is found bad. */
static void check_second_bad(const struct test_field* field, const void* values, int64_t size_bytes,
                             const char* why) {
  struct validating v;
  start_fields(&v, field, 1, 2);
  add_node(&v, 2, 0, 0);
  add_buffer(&v, NULL, 0);
  add_buffer(&v, values, size_bytes);
  CHECK_MEANING(v, "c", 1, why);
  v.nodes[0].null_count = 1;
  v.buffers[0] = (struct naj_table_buffer){(int64_t)(uintptr_t)only_first, 1};
  CHECK_VALID(v);
  v.nodes[0].null_count = 0;
  v.buffers[0] = (struct naj_table_buffer){0, 0};
  v.nodes[0].length = 1;
  v.row_count = 1;
  CHECK_VALID(v);
  v.nodes[0].offset = 1;
  CHECK_MEANING(v, "c", 0, why);
  done(&v);
}

static void times_are_within_a_day(void) {
  static const char why[] = "a time outside the day";
  static const int64_t per_day[] = {86400, 86400000, 86400000000, 86400000000000};
  for (int32_t unit = 0; unit < 4; unit++) {
    const struct test_field field = {
        .name = "c", .type = unit < 2 ? NAJ_TYPE_TIME32 : NAJ_TYPE_TIME64, .param0 = unit};
    if (unit < 2) {
      int32_t values[] = {(int32_t)per_day[unit] - 1, (int32_t)per_day[unit]};
      check_second_bad(&field, values, sizeof values, why);
      values[1] = -1;
      check_second_bad(&field, values, sizeof values, why);
    } else {
      int64_t values[] = {per_day[unit] - 1, per_day[unit]};
      check_second_bad(&field, values, sizeof values, why);
      values[1] = -1;
      check_second_bad(&field, values, sizeof values, why);
    }
  }
}

static void date64_is_whole_days(void) {
  const struct test_field field = {.name = "c", .type = NAJ_TYPE_DATE64};
  int64_t values[] = {-86400000, 86400001};
  check_second_bad(&field, values, sizeof values, "a date64 that is not a whole day");
}

static void decimals_keep_to_their_precision(void) {
  static const char why[] = "a decimal with more digits than its precision";
  const struct test_field narrow = {
      .name = "c", .type = NAJ_TYPE_DECIMAL, .param0 = 3, .param2 = 32};
  int32_t values32[] = {-999, 1000};
  check_second_bad(&narrow, values32, sizeof values32, why);
  values32[1] = INT32_MIN;
  check_second_bad(&narrow, values32, sizeof values32, why);
  const struct test_field middle = {
      .name = "c", .type = NAJ_TYPE_DECIMAL, .param0 = 18, .param2 = 64};
  int64_t values64[] = {999999999999999999, -1000000000000000000};
  check_second_bad(&middle, values64, sizeof values64, why);
  values64[1] = INT64_MIN;
  check_second_bad(&middle, values64, sizeof values64, why);
  /* 10^20 = 5 * 2^64 + 7766279631452241920. */
  const struct test_field wide = {
      .name = "c", .type = NAJ_TYPE_DECIMAL, .param0 = 20, .param2 = 128};
  uint64_t values128[] = {7766279631452241919u, 5, 7766279631452241920u, 5};
  check_second_bad(&wide, values128, sizeof values128, why);
  const uint64_t least[] = {0, UINT64_C(1) << 63};
  memcpy(values128 + 2, least, sizeof least);
  check_second_bad(&wide, values128, sizeof values128, why);
  const struct test_field widest = {
      .name = "c", .type = NAJ_TYPE_DECIMAL, .param0 = 20, .param2 = 256};
  uint64_t values256[] = {/* -(10^20 - 1), then -10^20 */
                          ~UINT64_C(7766279631452241919) + 1, ~UINT64_C(5), UINT64_MAX, UINT64_MAX,
                          ~UINT64_C(7766279631452241920) + 1, ~UINT64_C(5), UINT64_MAX, UINT64_MAX};
  check_second_bad(&widest, values256, sizeof values256, why);
  const uint64_t large[] = {0, 0, 0, 1};
  memcpy(values256 + 4, large, sizeof large);
  check_second_bad(&widest, values256, sizeof values256, why);
}

static void zeros_are_counted_from_every_bit(void) {
  uint8_t bitmap[32];
  for (int i = 0; i < 32; i++) bitmap[i] = (uint8_t)(i * 73 + 11);
  for (int64_t from = 0; from < 80; from++) {
    for (int64_t count = 0; count <= 256 - from; count += 13) {
      int64_t zeros = 0;
      for (int64_t i = from; i < from + count; i++) zeros += !((bitmap[i / 8] >> (i % 8)) & 1);
      CHECK_EQ(naj_validate_count_zeros(bitmap, from, count), zeros);
    }
  }
}

int main(void) {
  TEST_RUN(times_are_within_a_day);
  TEST_RUN(date64_is_whole_days);
  TEST_RUN(decimals_keep_to_their_precision);
  TEST_RUN(zeros_are_counted_from_every_bit);
  TEST_DONE();
}
