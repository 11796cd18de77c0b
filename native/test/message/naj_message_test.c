#include "message/naj_message.h"

#include "core/naj_alloc.h"
#include "support/naj_build.h"
#include "support/naj_test.h"

static struct naj_error error;
static struct naj_message message;
static int64_t needed;

static naj_status read_at(const uint8_t* bytes, int64_t size) {
  needed = -1;
  return naj_message_read(bytes, size, 0, NULL, &message, &needed, &error);
}

static struct test_bytes schema_message(int is_legacy) {
  return test_frame(test_schema_flatbuffer(test_schema_of_all_types(), 4), is_legacy);
}

static void a_schema_message_is_read_in_place(void) {
  struct test_bytes framed = schema_message(0);
  CHECK_STATUS(read_at(framed.bytes, framed.size), NAJ_OK, error);
  CHECK_EQ(message.type, NAJ_MESSAGE_SCHEMA);
  CHECK_EQ(message.metadata_version, 4);
  CHECK_EQ(message.is_legacy, 0);
  CHECK_EQ(message.is_end, 0);
  CHECK_EQ(message.message_bytes, framed.size);
  CHECK_EQ(message.body_bytes, 0);
  CHECK((const uint8_t*)message.header > framed.bytes);
  CHECK((const uint8_t*)message.header < framed.bytes + framed.size);
  CHECK(message.scratch == NULL);
  naj_message_reset(&message);
  free(framed.bytes);
}

static void the_legacy_prefix_is_read_through_scratch(void) {
  struct test_bytes framed = schema_message(1);
  CHECK_STATUS(read_at(framed.bytes, framed.size), NAJ_OK, error);
  CHECK_EQ(message.is_legacy, 1);
  CHECK_EQ(message.message_bytes, framed.size);
  CHECK(message.scratch != NULL);
  naj_message_reset(&message);
  CHECK_EQ(naj_live_objects(), 0);
  free(framed.bytes);
}

static void no_scratch_means_no_memory(void) {
  struct test_bytes framed = schema_message(1);
  naj_fail_allocation(1);
  CHECK_STATUS(read_at(framed.bytes, framed.size), NAJ_NO_MEMORY, error);
  naj_fail_allocation(0);
  free(framed.bytes);
}

static void both_end_markers_are_known(void) {
  static const uint8_t modern[8] = {0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0};
  static const uint8_t legacy[4] = {0, 0, 0, 0};
  CHECK_STATUS(read_at(modern, 8), NAJ_OK, error);
  CHECK_EQ(message.is_end, 1);
  CHECK_EQ(message.message_bytes, 8);
  CHECK_EQ(message.is_legacy, 0);
  CHECK_STATUS(read_at(legacy, 4), NAJ_OK, error);
  CHECK_EQ(message.is_end, 1);
  CHECK_EQ(message.message_bytes, 4);
  CHECK_EQ(message.is_legacy, 1);
}

static void every_cut_asks_for_just_what_is_missing(void) {
  for (int is_legacy = 0; is_legacy <= 1; is_legacy++) {
    struct test_bytes framed = schema_message(is_legacy);
    for (int64_t size = 0; size < framed.size; size++) {
      uint8_t* part = malloc((size_t)size + (size == 0));
      memcpy(part, framed.bytes, (size_t)size);
      CHECK_STATUS(read_at(part, size), NAJ_NEED_INPUT, error);
      CHECK_EQ(needed, size < 4 ? 4 : !is_legacy && size < 8 ? 8 : framed.size);
      free(part);
    }
    free(framed.bytes);
  }
}

static void negative_sizes_are_refused(void) {
  static const uint8_t after_continuation[8] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF};
  static const uint8_t alone[4] = {0, 0, 0, 0x80};
  CHECK_STATUS(read_at(after_continuation, 8), NAJ_INVALID_DATA, error);
  CHECK_STATUS(read_at(alone, 4), NAJ_INVALID_DATA, error);
}

static void the_metadata_limit_holds_before_input_is_asked_for(void) {
  static const uint8_t huge[8] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F};
  struct naj_limits limits;
  naj_limits_init(&limits);
  CHECK_STATUS(read_at(huge, 8), NAJ_NEED_INPUT, error);
  CHECK_EQ(needed, 8 + (int64_t)INT32_MAX);
  limits.max_metadata_bytes = INT32_MAX - 1;
  CHECK_STATUS(naj_message_read(huge, 8, 70, &limits, &message, &needed, &error),
               NAJ_LIMIT_EXCEEDED, error);
  CHECK_EQ(error.offset_bytes, 70);
}

static naj_status read_built(int version, int type, int has_header, int64_t body_bytes) {
  struct test_bytes framed =
      test_frame(test_message_flatbuffer(version, type, has_header, body_bytes, NULL, 0), 0);
  naj_status status = read_at(framed.bytes, framed.size);
  if (status == NAJ_OK) naj_message_reset(&message);
  free(framed.bytes);
  return status;
}

static void versions_other_than_4_and_5_are_unsupported(void) {
  static const naj_status expected[] = {NAJ_UNSUPPORTED, NAJ_UNSUPPORTED, NAJ_UNSUPPORTED,
                                        NAJ_OK,          NAJ_OK,          NAJ_UNSUPPORTED};
  for (int version = 0; version <= 5; version++) {
    CHECK_STATUS(read_built(version, NAJ_MESSAGE_RECORD_BATCH, 1, 0), expected[version], error);
  }
}

static void the_header_must_be_there(void) {
  for (int type = NAJ_MESSAGE_SCHEMA; type <= NAJ_MESSAGE_SPARSE_TENSOR; type++) {
    CHECK_STATUS(read_built(4, type, 0, 0), NAJ_INVALID_DATA, error);
  }
  CHECK_STATUS(read_built(4, 0, 0, 0), NAJ_INVALID_DATA, error);
  CHECK_STATUS(read_built(4, 6, 1, 0), NAJ_UNSUPPORTED, error);
  CHECK_STATUS(read_built(4, NAJ_MESSAGE_SCHEMA, 1, 0), NAJ_OK, error);
}

static void body_lengths_are_checked(void) {
  CHECK_STATUS(read_built(4, NAJ_MESSAGE_RECORD_BATCH, 1, -5), NAJ_INVALID_DATA, error);
  CHECK_STATUS(read_built(4, NAJ_MESSAGE_RECORD_BATCH, 1, INT64_MIN), NAJ_INVALID_DATA, error);
  CHECK_STATUS(read_built(4, NAJ_MESSAGE_RECORD_BATCH, 1, INT64_MAX), NAJ_INVALID_DATA, error);
  CHECK_STATUS(read_built(4, NAJ_MESSAGE_RECORD_BATCH, 1, INT64_MAX / 2), NAJ_OK, error);
  struct naj_limits limits;
  naj_limits_init(&limits);
  limits.max_body_bytes = 63;
  struct test_bytes framed =
      test_frame(test_message_flatbuffer(4, NAJ_MESSAGE_RECORD_BATCH, 1, 64, NULL, 0), 0);
  CHECK_STATUS(naj_message_read(framed.bytes, framed.size, 0, &limits, &message, &needed, &error),
               NAJ_LIMIT_EXCEEDED, error);
  free(framed.bytes);
}

static void an_error_names_its_place_and_leaves_the_outputs(void) {
  struct test_bytes framed = schema_message(1);
  framed.bytes[4] = 0xFF;
  framed.bytes[5] = 0xFF;
  memset(&message, 0x11, sizeof message);
  CHECK_STATUS(naj_message_read(framed.bytes, framed.size, 1000, NULL, &message, &needed, &error),
               NAJ_INVALID_DATA, error);
  CHECK(error.offset_bytes >= 1004 && error.offset_bytes < 1000 + framed.size);
  CHECK_EQ(message.type, 0x11111111);
  CHECK_EQ(naj_live_objects(), 0);
  memset(&message, 0, sizeof message);
  free(framed.bytes);
}

static void no_mutation_does_harm(void) {
  struct test_bytes framed = schema_message(0);
  uint8_t* copy = malloc((size_t)framed.size);
  uint64_t state = 7;
  for (int round = 0; round < 10000; round++) {
    memcpy(copy, framed.bytes, (size_t)framed.size);
    for (int i = 0; i < 3; i++) {
      uint64_t at = test_random(&state) % (i == 0 ? 64 : (uint64_t)framed.size);
      copy[at] = (uint8_t)test_random(&state);
    }
    if (read_at(copy, framed.size) == NAJ_OK) naj_message_reset(&message);
  }
  CHECK_EQ(naj_live_objects(), 0);
  free(copy);
  free(framed.bytes);
}

int main(void) {
  TEST_RUN(a_schema_message_is_read_in_place);
  TEST_RUN(the_legacy_prefix_is_read_through_scratch);
  TEST_RUN(no_scratch_means_no_memory);
  TEST_RUN(both_end_markers_are_known);
  TEST_RUN(every_cut_asks_for_just_what_is_missing);
  TEST_RUN(negative_sizes_are_refused);
  TEST_RUN(the_metadata_limit_holds_before_input_is_asked_for);
  TEST_RUN(versions_other_than_4_and_5_are_unsupported);
  TEST_RUN(the_header_must_be_there);
  TEST_RUN(body_lengths_are_checked);
  TEST_RUN(an_error_names_its_place_and_leaves_the_outputs);
  TEST_RUN(no_mutation_does_harm);
  TEST_DONE();
}
