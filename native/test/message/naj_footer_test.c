#include "message/naj_footer.h"

#include "core/naj_alloc.h"
#include "support/naj_build.h"
#include "support/naj_test.h"

static struct naj_error error;
static struct naj_footer footer;
static int64_t needed;

enum { MESSAGES_BYTES = 96 };
static const struct test_block two_batches[] = {{8, 16, 24}, {48, 16, 32}};
static const struct test_block one_dictionary[] = {{8, 8, 0}};
static const struct test_pair pairs[] = {{"k", 1, "v\0w", 3}};

/* A file around a footer flatbuffer: head, zeros for messages, footer, size, magic. */
static struct test_bytes make_file(struct test_bytes take_flatbuffer, int32_t named_size) {
  struct test_bytes file = {NULL, MESSAGES_BYTES + take_flatbuffer.size + 10};
  file.bytes = calloc(1, (size_t)file.size);
  CHECK(file.bytes != NULL);
  memcpy(file.bytes, "ARROW1", 6);
  memcpy(file.bytes + MESSAGES_BYTES, take_flatbuffer.bytes, (size_t)take_flatbuffer.size);
  uint8_t* end = file.bytes + MESSAGES_BYTES + take_flatbuffer.size;
  for (int i = 0; i < 4; i++) end[i] = (uint8_t)((uint32_t)named_size >> (8 * i));
  memcpy(end + 4, "ARROW1", 6);
  free(take_flatbuffer.bytes);
  return file;
}

static struct test_bytes file_of(const struct test_block* batches, int batch_count) {
  struct test_bytes flatbuffer = test_footer_flatbuffer(test_schema_of_all_types(), 4, batches,
                                                        batch_count, one_dictionary, 1, pairs, 1);
  return make_file(flatbuffer, (int32_t)flatbuffer.size);
}

static naj_status read_tail(struct test_bytes file, int64_t from) {
  needed = -1;
  return naj_footer_read(file.bytes + from, file.size - from, from, file.size, NULL, &footer,
                         &needed, &error);
}

static void a_footer_is_read_whole(void) {
  struct test_bytes file = file_of(two_batches, 2);
  CHECK_STATUS(read_tail(file, 0), NAJ_OK, error);
  CHECK_EQ(footer.metadata_version, 4);
  CHECK_EQ(footer.batch_count, 2);
  CHECK_EQ(footer.batches[1].offset, 48);
  CHECK_EQ(footer.batches[1].metadata_bytes, 16);
  CHECK_EQ(footer.batches[1].body_bytes, 32);
  CHECK_EQ(footer.dictionary_count, 1);
  CHECK_EQ(footer.dictionaries[0].offset, 8);
  CHECK_EQ(footer.footer_offset, MESSAGES_BYTES);
  CHECK_EQ(footer.metadata_bytes, 16);
  CHECK(memcmp(footer.metadata, "\1\0\0\0\1\0\0\0k\3\0\0\0v\0w", 16) == 0);
  CHECK_EQ(naj_schema_descriptor(footer.schema)->column_count,
           test_schema_of_all_types()->field_count);
  naj_footer_reset(&footer);
  CHECK_EQ(naj_live_objects(), 0);
  naj_footer_reset(&footer);
  free(file.bytes);
}

static void a_short_tail_asks_for_just_enough(void) {
  struct test_bytes file = file_of(two_batches, 2);
  for (int64_t tail = 0; tail < file.size - MESSAGES_BYTES; tail++) {
    CHECK_STATUS(read_tail(file, file.size - tail), NAJ_NEED_INPUT, error);
    CHECK_EQ(needed, tail < 10 ? 10 : file.size - MESSAGES_BYTES);
  }
  CHECK_STATUS(read_tail(file, MESSAGES_BYTES), NAJ_OK, error);
  naj_footer_reset(&footer);
  CHECK_STATUS(read_tail(file, MESSAGES_BYTES - 1), NAJ_OK, error);
  naj_footer_reset(&footer);
  free(file.bytes);
}

static void every_cut_file_is_refused(void) {
  struct test_bytes file = file_of(two_batches, 2);
  for (int64_t size = 0; size < file.size; size++) {
    uint8_t* part = malloc((size_t)size + (size == 0));
    memcpy(part, file.bytes, (size_t)size);
    naj_status status = naj_footer_read(part, size, 0, size, NULL, &footer, &needed, &error);
    CHECK_EQ(status, NAJ_TRUNCATED);
    free(part);
  }
  free(file.bytes);
}

static void both_magics_are_checked(void) {
  struct test_bytes file = file_of(two_batches, 2);
  file.bytes[file.size - 1] = '2';
  CHECK_STATUS(read_tail(file, 0), NAJ_TRUNCATED, error);
  file.bytes[file.size - 1] = '1';
  file.bytes[0] = 'a';
  CHECK_STATUS(read_tail(file, 0), NAJ_INVALID_DATA, error);
  CHECK_STATUS(read_tail(file, 8), NAJ_OK, error);
  naj_footer_reset(&footer);
  free(file.bytes);
}

static void impossible_footer_sizes_are_refused(void) {
  static const int32_t sizes[] = {0, -1, INT32_MIN, INT32_MAX, 1 << 20};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    struct test_bytes file = make_file(
        test_footer_flatbuffer(test_schema_of_all_types(), 4, NULL, 0, NULL, 0, NULL, 0), sizes[i]);
    CHECK_STATUS(read_tail(file, 0), NAJ_INVALID_DATA, error);
    free(file.bytes);
  }
}

static void a_footer_does_not_reach_into_the_head(void) {
  for (int32_t over = 0; over <= 1; over++) {
    struct test_bytes flatbuffer =
        test_footer_flatbuffer(test_schema_of_all_types(), 4, NULL, 0, NULL, 0, NULL, 0);
    int32_t size = (int32_t)flatbuffer.size + MESSAGES_BYTES - 8 + over;
    struct test_bytes file = make_file(flatbuffer, size);
    CHECK_STATUS(read_tail(file, 0), NAJ_INVALID_DATA, error);
    CHECK_EQ(strstr(error.text, "impossible footer size") != NULL, over);
    free(file.bytes);
  }
}

static void the_metadata_limit_holds(void) {
  struct naj_limits limits;
  naj_limits_init(&limits);
  limits.max_metadata_bytes = 100;
  struct test_bytes file = file_of(two_batches, 2);
  CHECK_STATUS(
      naj_footer_read(file.bytes, file.size, 0, file.size, &limits, &footer, &needed, &error),
      NAJ_LIMIT_EXCEEDED, error);
  free(file.bytes);
}

static void tails_that_do_not_end_the_file_are_misuse(void) {
  struct test_bytes file = file_of(two_batches, 2);
  CHECK_STATUS(naj_footer_read(file.bytes, file.size, 1, file.size, NULL, &footer, &needed, &error),
               NAJ_MISUSE, error);
  CHECK_STATUS(
      naj_footer_read(file.bytes, file.size, -1, file.size - 1, NULL, &footer, &needed, &error),
      NAJ_MISUSE, error);
  CHECK_STATUS(naj_footer_read(file.bytes, -1, 0, -1, NULL, &footer, &needed, &error), NAJ_MISUSE,
               error);
  free(file.bytes);
}

static void blocks_outside_the_messages_are_refused(void) {
  static const struct test_block bad[] = {
      {0, 16, 0},        {4, 16, 0},
      {-8, 16, 0},       {8, 0, 0},
      {8, -8, 0},        {8, 16, -8},
      {8, 16, 80},       {96, 8, 0},
      {88, 16, 0},       {INT64_MAX - 7, 8, 0},
      {8, INT32_MAX, 0}, {8, 16, INT64_MAX - 7},
      {12, 16, 0},       {8, 12, 0},
      {8, 16, 4},        {INT64_MIN, 8, 8},
  };
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    struct test_bytes file = file_of(&bad[i], 1);
    CHECK_STATUS(read_tail(file, 0), NAJ_INVALID_DATA, error);
    CHECK_EQ(naj_live_objects(), 0);
    free(file.bytes);
    struct test_bytes flatbuffer =
        test_footer_flatbuffer(test_schema_of_all_types(), 4, NULL, 0, &bad[i], 1, NULL, 0);
    file = make_file(flatbuffer, (int32_t)flatbuffer.size);
    CHECK_STATUS(read_tail(file, 0), NAJ_INVALID_DATA, error);
    free(file.bytes);
  }
  static const struct test_block just_fits = {8, 16, 72};
  struct test_bytes file = file_of(&just_fits, 1);
  CHECK_STATUS(read_tail(file, 0), NAJ_OK, error);
  naj_footer_reset(&footer);
  free(file.bytes);
}

static naj_status read_with(const struct test_schema* schema, int version) {
  struct test_bytes flatbuffer = test_footer_flatbuffer(schema, version, NULL, 0, NULL, 0, NULL, 0);
  struct test_bytes file = make_file(flatbuffer, (int32_t)flatbuffer.size);
  naj_status status = read_tail(file, 0);
  free(file.bytes);
  return status;
}

static void a_schema_is_needed(void) { CHECK_STATUS(read_with(NULL, 4), NAJ_INVALID_DATA, error); }

static void an_absent_version_reads_as_v4_and_a_future_one_does_not(void) {
  CHECK_STATUS(read_with(test_schema_of_all_types(), 0), NAJ_OK, error);
  CHECK_EQ(footer.metadata_version, 3);
  naj_footer_reset(&footer);
  CHECK_STATUS(read_with(test_schema_of_all_types(), 5), NAJ_UNSUPPORTED, error);
}

static void every_failed_allocation_is_told(void) {
  struct test_bytes file = file_of(two_batches, 2);
  int failures = 0;
  for (int64_t n = 1;; n++) {
    naj_fail_allocation(n);
    naj_status status = read_tail(file, 0);
    naj_fail_allocation(0);
    if (status == NAJ_OK) break;
    CHECK_EQ(status, NAJ_NO_MEMORY);
    CHECK_EQ(naj_live_objects(), 0);
    failures++;
  }
  CHECK(failures >= 8);
  naj_footer_reset(&footer);
  free(file.bytes);
}

static void no_mutation_does_harm(void) {
  struct test_bytes file = file_of(two_batches, 2);
  uint8_t* copy = malloc((size_t)file.size);
  uint64_t state = 5;
  int passed = 0;
  for (int round = 0; round < 10000; round++) {
    memcpy(copy, file.bytes, (size_t)file.size);
    for (int i = 0; i < 2; i++) {
      uint64_t at = MESSAGES_BYTES + test_random(&state) % (uint64_t)(file.size - MESSAGES_BYTES);
      copy[at] = (uint8_t)test_random(&state);
    }
    if (naj_footer_read(copy, file.size, 0, file.size, NULL, &footer, &needed, &error) == NAJ_OK) {
      passed++;
      naj_footer_reset(&footer);
    }
  }
  CHECK(passed > 0);
  CHECK_EQ(naj_live_objects(), 0);
  free(copy);
  free(file.bytes);
}

int main(void) {
  TEST_RUN(a_footer_is_read_whole);
  TEST_RUN(a_short_tail_asks_for_just_enough);
  TEST_RUN(every_cut_file_is_refused);
  TEST_RUN(both_magics_are_checked);
  TEST_RUN(impossible_footer_sizes_are_refused);
  TEST_RUN(a_footer_does_not_reach_into_the_head);
  TEST_RUN(the_metadata_limit_holds);
  TEST_RUN(tails_that_do_not_end_the_file_are_misuse);
  TEST_RUN(blocks_outside_the_messages_are_refused);
  TEST_RUN(a_schema_is_needed);
  TEST_RUN(an_absent_version_reads_as_v4_and_a_future_one_does_not);
  TEST_RUN(every_failed_allocation_is_told);
  TEST_RUN(no_mutation_does_harm);
  TEST_DONE();
}
