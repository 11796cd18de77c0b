#include "support/naj_test.h"
#include "support/naj_test_ipc.h"

enum { PAGE = 4096, ROOM = 8 };

static struct naj_error error;

static const struct test_field fields[] = {{.name = "a", .type = NAJ_TYPE_INT32},
                                           {.name = "b", .type = NAJ_TYPE_INT32},
                                           {.name = "c", .type = NAJ_TYPE_UTF8_VIEW}};
static const struct test_schema schema = {.fields = fields, .field_count = 3};
static const struct test_pair nodes[] = {{1, 0}, {1, 0}, {1, 0}};
/* Values far apart; c's views lie in front of all, its two data buffers behind. */
static const struct test_pair buffers[] = {{0, 0}, {PAGE, 4}, {0, 0},        {3 * PAGE, 4},
                                           {0, 0}, {0, 16},   {5 * PAGE, 1}, {8 * PAGE, 1}};
static const int64_t variadic_counts[] = {2};
static const struct test_batch batch = {.row_count = 1,
                                        .nodes = nodes,
                                        .node_count = 3,
                                        .buffers = buffers,
                                        .buffer_count = 8,
                                        .variadic_counts = variadic_counts,
                                        .variadic_count = 1,
                                        .body_bytes = 9 * PAGE};

struct asked {
  naj_status status;
  int64_t count;
  int64_t message_bytes;
  struct naj_range ranges[ROOM];
};

/* What the selected of the three columns need of `message`. */
static struct asked ask(const struct test_batch* message, const uint8_t selected[3],
                        int64_t capacity, int64_t missing_bytes) {
  struct asked asked = {.status = NAJ_OK, .count = -1};
  struct test_bytes bytes = {0};
  struct naj_stream* stream = NULL;
  int64_t offset = 0;
  int64_t needed_bytes = 0;
  test_append_schema(&bytes, &schema, 0);
  test_append_batch(&bytes, message, 0);
  struct naj_memory* memory = test_memory(bytes.data, bytes.size_bytes);
  CHECK_STATUS(naj_stream_open(NULL, &stream, &error), NAJ_OK, error);
  CHECK_STATUS(
      naj_stream_schema(stream, memory, 0, bytes.size_bytes, &offset, &needed_bytes, &error),
      NAJ_OK, error);
  CHECK_STATUS(naj_schema_select(naj_stream_get_schema(stream), selected, 3, &error), NAJ_OK,
               error);
  asked.status =
      naj_stream_ranges(stream, memory, offset, bytes.size_bytes - offset - missing_bytes,
                        asked.ranges, capacity, &asked.count, &asked.message_bytes, &error);
  naj_stream_close(stream);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  test_bytes_free(&bytes);
  return asked;
}

static void only_buffers_of_selected_fields_are_needed(void) {
  const uint8_t only_b[] = {0, 1, 0};
  /* The body is not looked at. */
  const struct asked asked = ask(&batch, only_b, ROOM, 9 * PAGE);
  CHECK_EQ(asked.status, NAJ_OK);
  CHECK_EQ(asked.count, 1);
  CHECK_EQ(asked.ranges[0].start, 3 * PAGE);
  CHECK_EQ(asked.ranges[0].size_bytes, 4);
  CHECK(asked.message_bytes > 0);
}

static void variadic_buffers_are_needed_in_ascending_order(void) {
  const uint8_t only_c[] = {0, 0, 1};
  const struct asked asked = ask(&batch, only_c, ROOM, 0);
  CHECK_EQ(asked.count, 3);
  CHECK_EQ(asked.ranges[0].start, 0);
  CHECK_EQ(asked.ranges[1].start, 5 * PAGE);
  CHECK_EQ(asked.ranges[2].start, 8 * PAGE);
}

static void what_is_near_is_joined(void) {
  const uint8_t all[] = {1, 1, 1};
  const struct asked asked = ask(&batch, all, ROOM, 0);
  CHECK_EQ(asked.count, 4);
  CHECK_EQ(asked.ranges[0].start, 0);
  CHECK_EQ(asked.ranges[0].size_bytes, PAGE + 4);
}

static void more_ranges_than_there_is_room_for_are_joined(void) {
  const uint8_t all[] = {1, 1, 1};
  struct asked asked = ask(&batch, all, 1, 0);
  CHECK_EQ(asked.count, 1);
  CHECK_EQ(asked.ranges[0].start, 0);
  CHECK_EQ(asked.ranges[0].size_bytes, 8 * PAGE + 1);
  asked = ask(&batch, all, 0, 0);
  CHECK_EQ(asked.status, NAJ_MISUSE);
}

static void nothing_selected_needs_nothing(void) {
  const uint8_t none[] = {0, 0, 0};
  const struct asked asked = ask(&batch, none, ROOM, 0);
  CHECK_EQ(asked.status, NAJ_OK);
  CHECK_EQ(asked.count, 0);
}

static void unsound_metadata_needs_the_whole_body(void) {
  const uint8_t only_a[] = {1, 0, 0};
  struct test_pair outside[8];
  memcpy(outside, buffers, sizeof outside);
  outside[1].a = INT64_MAX - 2;
  struct test_batch bad = batch;
  bad.buffers = outside;
  struct asked asked = ask(&bad, only_a, ROOM, 0);
  CHECK_EQ(asked.count, 1);
  CHECK_EQ(asked.ranges[0].size_bytes, 9 * PAGE);
  const int64_t counts[] = {INT64_MAX};
  bad = batch;
  bad.variadic_counts = counts;
  asked = ask(&bad, only_a, ROOM, 0);
  CHECK_EQ(asked.ranges[0].size_bytes, 9 * PAGE);
  bad = batch;
  bad.buffer_count = 3;
  asked = ask(&bad, only_a, ROOM, 0);
  CHECK_EQ(asked.ranges[0].size_bytes, 9 * PAGE);
}

static void missing_metadata_is_asked_for(void) {
  const uint8_t all[] = {1, 1, 1};
  const struct asked asked = ask(&batch, all, ROOM, 9 * PAGE + 1);
  CHECK_EQ(asked.status, NAJ_NEED_INPUT);
}

int main(void) {
  TEST_RUN(only_buffers_of_selected_fields_are_needed);
  TEST_RUN(variadic_buffers_are_needed_in_ascending_order);
  TEST_RUN(what_is_near_is_joined);
  TEST_RUN(more_ranges_than_there_is_room_for_are_joined);
  TEST_RUN(nothing_selected_needs_nothing);
  TEST_RUN(unsound_metadata_needs_the_whole_body);
  TEST_RUN(missing_metadata_is_asked_for);
  TEST_DONE();
}
