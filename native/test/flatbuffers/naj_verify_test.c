#include "flatbuffers/naj_verify.h"

#include <time.h>

#include "nanoarrow/nanoarrow_ipc.h"
#include "support/naj_build.h"
#include "support/naj_test.h"

static struct naj_error error;

static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void a_message_of_all_types_is_valid(void) {
  struct test_bytes message = test_schema_flatbuffer(test_schema_of_all_types(), 4);
  CHECK_STATUS(naj_verify_message(message.bytes, message.size, 0, &error), NAJ_OK, error);
  free(message.bytes);
}

static void a_footer_with_blocks_is_valid(void) {
  static const struct test_block blocks[] = {{8, 16, 24}, {48, 16, 0}};
  static const struct test_pair pairs[] = {{"k", 1, NULL, -1}};
  struct test_bytes footer =
      test_footer_flatbuffer(test_schema_of_all_types(), 4, blocks, 2, blocks, 1, pairs, 1);
  CHECK_STATUS(naj_verify_footer(footer.bytes, footer.size, 0, &error), NAJ_OK, error);
  free(footer.bytes);
}

static void a_deep_schema_is_valid_and_quick(void) {
  static const int depths[] = {1, 47, 48, 100, 127};
  for (size_t i = 0; i < sizeof depths / sizeof depths[0]; i++) {
    struct test_bytes message = test_deep_list_flatbuffer(depths[i]);
    CHECK_STATUS(naj_verify_message(message.bytes, message.size, 0, &error), NAJ_OK, error);
    free(message.bytes);
  }
}

static void nesting_ends_at_the_limit(void) {
  struct test_bytes message = test_deep_list_flatbuffer(1000);
  double start = seconds_now();
  CHECK_STATUS(naj_verify_message(message.bytes, message.size, 0, &error), NAJ_LIMIT_EXCEEDED,
               error);
  CHECK(seconds_now() - start < 1.0);
  free(message.bytes);
}

/* The innermost field's name gets an impossible size. */
static void corrupt_innermost_name(struct test_bytes message) {
  int64_t at = -1;
  for (int64_t i = 0; i + 9 <= message.size; i += 4) {
    if (memcmp(message.bytes + i, "\x04\0\0\0item\0", 9) == 0) {
      if (at < 0) at = i;
      message.bytes[i + 3] = 0x7F;
    }
  }
  CHECK(at >= 0);
}

static void an_error_at_depth_100_is_quick(void) {
  struct test_bytes message = test_deep_list_flatbuffer(100);
  corrupt_innermost_name(message);
  double start = seconds_now();
  CHECK_STATUS(naj_verify_message(message.bytes, message.size, 40, &error), NAJ_INVALID_DATA,
               error);
  CHECK(seconds_now() - start < 1.0);
  CHECK(error.offset_bytes >= 40 && error.offset_bytes < 40 + message.size);
  free(message.bytes);
}

static void shared_tables_end_by_budget(void) {
  static const int levels[] = {20, 24, 30, 60, 120};
  for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
    struct test_bytes message = test_shared_fields_flatbuffer(levels[i]);
    double start = seconds_now();
    CHECK_STATUS(naj_verify_message(message.bytes, message.size, 0, &error), NAJ_LIMIT_EXCEEDED,
                 error);
    CHECK(seconds_now() - start < 5.0);
    free(message.bytes);
  }
  struct test_bytes few = test_shared_fields_flatbuffer(10);
  CHECK_STATUS(naj_verify_message(few.bytes, few.size, 0, &error), NAJ_OK, error);
  free(few.bytes);
}

static void repeated_large_strings_end_by_budget(void) {
  enum { TEXT_BYTES = 1 << 20 };
  char* text = calloc(1, TEXT_BYTES);
  struct test_pair pair = {"k", 1, text, TEXT_BYTES};
  struct test_field fields[13] = {{.name = "x"}};
  for (int i = 0; i < 13; i++) {
    fields[i] = (struct test_field){.name = "s",
                                    .type = i < 12 ? TEST_STRUCT : TEST_NULL,
                                    .children = i < 12 ? &fields[i + 1] : NULL,
                                    .child_count = i < 12 ? -1 : 0};
  }
  fields[12].pairs = &pair;
  fields[12].pair_count = 1;
  struct test_schema schema = {.fields = fields, .field_count = 1};
  struct test_bytes message = test_schema_flatbuffer(&schema, 4);
  CHECK_STATUS(naj_verify_message(message.bytes, message.size, 0, &error), NAJ_LIMIT_EXCEEDED,
               error);
  free(message.bytes);
  free(text);
}

/* Every prefix of a valid message in a block of just that size: refused, or valid because nothing
 * that matters was cut. */
static void no_truncation_reads_beyond(void) {
  struct test_bytes message = test_schema_flatbuffer(test_schema_of_all_types(), 4);
  int64_t refused = 0;
  for (int64_t size = 0; size < message.size; size++) {
    uint8_t* part = malloc((size_t)size + (size == 0));
    memcpy(part, message.bytes, (size_t)size);
    naj_status status = naj_verify_message(part, size, 0, &error);
    CHECK(status == NAJ_INVALID_DATA || (status == NAJ_OK && size > message.size - 8));
    refused += status == NAJ_INVALID_DATA;
    free(part);
  }
  CHECK(refused > message.size - 8);
  free(message.bytes);
}

static void no_mutation_reads_beyond(void) {
  struct test_bytes message = test_schema_flatbuffer(test_schema_of_all_types(), 4);
  uint8_t* copy = malloc((size_t)message.size);
  uint64_t state = 1;
  int64_t refused = 0;
  for (int round = 0; round < 30000; round++) {
    memcpy(copy, message.bytes, (size_t)message.size);
    int changes = 1 + (int)(test_random(&state) % 4);
    for (int i = 0; i < changes; i++) {
      copy[test_random(&state) % (uint64_t)message.size] = (uint8_t)test_random(&state);
    }
    naj_status status = naj_verify_message(copy, message.size, 0, &error);
    CHECK(status == NAJ_OK || status == NAJ_INVALID_DATA || status == NAJ_LIMIT_EXCEEDED);
    refused += status != NAJ_OK;
  }
  CHECK(refused > 0);
  free(copy);
  free(message.bytes);
}

static void put_u32(uint8_t* bytes, uint32_t value) {
  for (int i = 0; i < 4; i++) bytes[i] = (uint8_t)(value >> (8 * i));
}

/* A root whose only table lies at 12 with a vtable at 4: {vtable size, table size, version}. */
static void make_small(uint8_t out_bytes[24]) {
  static const uint8_t small[24] = {12, 0, 0, 0, 6, 0, 6, 0, 4, 0, 0, 0, 8, 0, 0, 0, 4, 0};
  memcpy(out_bytes, small, 24);
}

static void each_rule_of_a_table_is_checked(void) {
  struct naj_error ignored;
  _Alignas(8) uint8_t bytes[24];
  make_small(bytes);
  CHECK_STATUS(naj_verify_message(bytes, 24, 0, &error), NAJ_OK, error);
  static const struct {
    int at;
    uint32_t value;
  } faults[] = {
      {0, 0},                                /* root offset 0 */
      {0, 13},                               /* not aligned */
      {0, 24},                               /* at the end */
      {0, 0xFFFFFFFC},                       /* far beyond */
      {12, 20},                              /* vtable before the buffer */
      {12, 7},                               /* vtable not aligned */
      {12, 0x80000000}, {12, (uint32_t)-10}, /* vtable's head at the end */
      {4, 0x00060007},                       /* odd vtable */
      {4, 0x00060040},                       /* vtable beyond the end */
      {8, 5},                                /* field not aligned */
      {8, 12},                               /* field at the end */
      {8, 0xFFFE},                           /* field far beyond */
      {8, 2},                                /* field inside the table's head */
  };
  for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
    make_small(bytes);
    put_u32(bytes + faults[i].at, faults[i].value);
    CHECK_EQ(naj_verify_message(bytes, 24, 0, &ignored), NAJ_INVALID_DATA);
  }
  CHECK_EQ(naj_verify_message(bytes + 1, 16, 0, &ignored), NAJ_MISUSE);
  CHECK_EQ(naj_verify_message(bytes, 7, 0, &ignored), NAJ_INVALID_DATA);
  CHECK_EQ(naj_verify_message(bytes, (int64_t)INT32_MAX + 1, 0, &ignored), NAJ_INVALID_DATA);
}

static void strings_need_their_terminator(void) {
  struct test_field field = {.name = "item", .type = TEST_NULL};
  struct test_schema schema = {.fields = &field, .field_count = 1};
  struct test_bytes message = test_schema_flatbuffer(&schema, 4);
  for (int64_t i = 0; i + 9 <= message.size; i++) {
    if (memcmp(message.bytes + i, "\x04\0\0\0item\0", 9) == 0) message.bytes[i + 8] = 'x';
  }
  CHECK_STATUS(naj_verify_message(message.bytes, message.size, 0, &error), NAJ_INVALID_DATA, error);
  free(message.bytes);
}

/* A message with one metadata pair whose key is the last thing in it: vtable at 4, table at 20,
 * vector at 28, vtable at 36, table at 44, text at 52. */
static void a_string_at_the_end_needs_room_for_its_terminator(void) {
  static const uint8_t whole[61] = {20, 0, 0, 0, 14, 0, 8, 0, 0,   0,   0,   0,   0, 0, 0, 0,
                                    4,  0, 0, 0, 16, 0, 0, 0, 4,   0,   0,   0,   1, 0, 0, 0,
                                    12, 0, 0, 0, 6,  0, 8, 0, 4,   0,   0,   0,   8, 0, 0, 0,
                                    4,  0, 0, 0, 4,  0, 0, 0, 'i', 't', 'e', 'm', 0};
  for (int64_t size = 60; size <= 61; size++) {
    uint8_t* part = malloc((size_t)size);
    memcpy(part, whole, (size_t)size);
    CHECK_STATUS(naj_verify_message(part, size, 0, &error), size == 61 ? NAJ_OK : NAJ_INVALID_DATA,
                 error);
    free(part);
  }
}

static ArrowErrorCode verify_by_nanoarrow(struct test_bytes take_flatbuffer) {
  struct test_bytes framed = test_frame(take_flatbuffer, 0);
  struct ArrowIpcDecoder decoder;
  struct ArrowBufferView view = {.data.data = framed.bytes, .size_bytes = framed.size};
  CHECK_EQ(ArrowIpcDecoderInit(&decoder), NANOARROW_OK);
  ArrowErrorCode code = ArrowIpcDecoderVerifyHeader(&decoder, view, NULL);
  ArrowIpcDecoderReset(&decoder);
  free(framed.bytes);
  return code;
}

static void nanoarrow_verifies_through_the_same_functions(void) {
  double start = seconds_now();
  CHECK_EQ(verify_by_nanoarrow(test_deep_list_flatbuffer(60)), NANOARROW_OK);
  struct test_bytes malformed = test_deep_list_flatbuffer(100);
  corrupt_innermost_name(malformed);
  CHECK(verify_by_nanoarrow(malformed) != NANOARROW_OK);
  CHECK(verify_by_nanoarrow(test_shared_fields_flatbuffer(60)) != NANOARROW_OK);
  CHECK(seconds_now() - start < 5.0);
}

int main(void) {
  TEST_RUN(a_message_of_all_types_is_valid);
  TEST_RUN(a_footer_with_blocks_is_valid);
  TEST_RUN(a_deep_schema_is_valid_and_quick);
  TEST_RUN(nesting_ends_at_the_limit);
  TEST_RUN(an_error_at_depth_100_is_quick);
  TEST_RUN(shared_tables_end_by_budget);
  TEST_RUN(repeated_large_strings_end_by_budget);
  TEST_RUN(no_truncation_reads_beyond);
  TEST_RUN(no_mutation_reads_beyond);
  TEST_RUN(each_rule_of_a_table_is_checked);
  TEST_RUN(strings_need_their_terminator);
  TEST_RUN(a_string_at_the_end_needs_room_for_its_terminator);
  TEST_RUN(nanoarrow_verifies_through_the_same_functions);
  TEST_DONE();
}
