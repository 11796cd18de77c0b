#include "naj/naj.h"
#include "support/naj_test.h"
#include "support/naj_test_ipc.h"
#include "support/naj_test_layouts.h"

struct reading {
  struct naj_memory* memory;
  struct naj_stream* stream;
  int64_t offset;
  _Alignas(8) uint8_t table[2048];
  struct naj_error error;
};

static const struct naj_table_header* header_of(const struct reading* reading) {
  return (const struct naj_table_header*)(const void*)reading->table;
}

static void start(struct reading* reading, const void* data, int64_t size_bytes) {
  memset(reading, 0, sizeof *reading);
  reading->memory = test_memory(data, size_bytes);
  CHECK_STATUS(naj_stream_open(NULL, &reading->stream, &reading->error), NAJ_OK, reading->error);
}

static void done(struct reading* reading) {
  naj_stream_close(reading->stream);
  naj_memory_release(reading->memory);
  naj_memory_unreserve(reading->memory);
}

static naj_status read_schema(struct reading* reading, int64_t end, int64_t* out_needed_bytes) {
  return naj_stream_schema(reading->stream, reading->memory, reading->offset, end - reading->offset,
                           &reading->offset, out_needed_bytes, &reading->error);
}

static naj_status read_next(struct reading* reading, int64_t end, int32_t is_last) {
  const naj_status status =
      test_stream_next(reading->stream, reading->memory, reading->offset, end - reading->offset,
                       is_last, reading->table, (int64_t)sizeof reading->table, &reading->error);
  if (status == NAJ_OK) reading->offset = header_of(reading)->next_offset;
  return status;
}

static const struct test_field fields[] = {{.name = "a", .type = NAJ_TYPE_INT32},
                                           {.name = "s", .type = NAJ_TYPE_UTF8}};
static const struct test_schema schema = {.fields = fields, .field_count = 2};
static const struct test_pair nodes[] = {{2, 0}, {2, 1}};
static const struct test_pair buffers[] = {{0, 0}, {0, 8}, {8, 1}, {16, 12}, {32, 3}};
static const struct test_batch batch = {.row_count = 2,
                                        .nodes = nodes,
                                        .node_count = 2,
                                        .buffers = buffers,
                                        .buffer_count = 5,
                                        .body_bytes = 40};

enum { PART_COUNT = 4 };

/* Schema, two batches, end; `ends` gets where each part ends. */
static struct test_bytes good_stream(int32_t is_legacy, int64_t ends[PART_COUNT]) {
  struct test_bytes bytes = {0};
  test_append_schema(&bytes, &schema, is_legacy);
  ends[0] = bytes.size_bytes;
  test_append_batch(&bytes, &batch, is_legacy);
  ends[1] = bytes.size_bytes;
  test_append_batch(&bytes, &batch, is_legacy);
  ends[2] = bytes.size_bytes;
  test_append_end(&bytes, is_legacy);
  ends[3] = bytes.size_bytes;
  return bytes;
}

static void a_stream_is_read_to_its_marker(void) {
  for (int32_t is_legacy = 0; is_legacy < 2; is_legacy++) {
    int64_t ends[PART_COUNT];
    struct test_bytes bytes = good_stream(is_legacy, ends);
    struct reading reading;
    int64_t needed_bytes = 0;
    start(&reading, bytes.data, bytes.size_bytes);
    CHECK_STATUS(read_schema(&reading, bytes.size_bytes, &needed_bytes), NAJ_OK, reading.error);
    CHECK_EQ(reading.offset, ends[0]);
    CHECK_EQ(naj_schema_descriptor(naj_stream_get_schema(reading.stream))->column_count, 2);
    for (int i = 0; i < 2; i++) {
      CHECK_STATUS(read_next(&reading, bytes.size_bytes, 0), NAJ_OK, reading.error);
      CHECK_EQ(header_of(&reading)->kind, NAJ_TABLE_BATCH);
      CHECK_EQ(header_of(&reading)->flags, is_legacy ? NAJ_TABLE_LEGACY_FRAMING : 0);
      CHECK_EQ(header_of(&reading)->message_offset, ends[i]);
      CHECK_EQ(header_of(&reading)->next_offset, ends[i + 1]);
    }
    for (int i = 0; i < 2; i++) { /* the end is said again */
      CHECK_STATUS(read_next(&reading, bytes.size_bytes, 0), NAJ_OK, reading.error);
      CHECK_EQ(header_of(&reading)->kind, NAJ_TABLE_END);
      CHECK_EQ(header_of(&reading)->flags,
               NAJ_TABLE_EOS_MARKER | (is_legacy ? NAJ_TABLE_LEGACY_FRAMING : 0));
      CHECK_EQ(header_of(&reading)->next_offset, bytes.size_bytes);
    }
    struct naj_read_stats stats;
    naj_stream_stats(reading.stream, &stats);
    CHECK_EQ(stats.num_messages, 3);
    CHECK_EQ(stats.num_record_batches, 2);
    CHECK_EQ(stats.num_dictionary_batches, 0);
    CHECK_EQ(stats.ended_without_eos, 0);
    done(&reading);
    test_bytes_free(&bytes);
  }
}

/* The bytes of a cut stream are copied to their own block: a read past the cut is seen. */
static void a_stream_cut_anywhere_is_told(void) {
  for (int32_t is_legacy = 0; is_legacy < 2; is_legacy++) {
    int64_t ends[PART_COUNT];
    struct test_bytes bytes = good_stream(is_legacy, ends);
    for (int64_t cut = 0; cut < bytes.size_bytes; cut++) {
      uint8_t* part = malloc((size_t)cut + (cut == 0));
      CHECK(part != NULL);
      memcpy(part, bytes.data, (size_t)cut);
      struct reading reading;
      int64_t needed_bytes = 0;
      start(&reading, part, cut);
      naj_status status = read_schema(&reading, cut, &needed_bytes);
      if (cut < ends[0]) {
        CHECK_EQ(status, NAJ_NEED_INPUT);
        CHECK_EQ(reading.error.status, NAJ_NEED_INPUT);
        CHECK(needed_bytes > cut && needed_bytes <= ends[0]);
        done(&reading);
        free(part);
        continue;
      }
      CHECK_STATUS(status, NAJ_OK, reading.error);
      int whole_batches = 0;
      while ((status = read_next(&reading, cut, 1)) == NAJ_OK &&
             header_of(&reading)->kind == NAJ_TABLE_BATCH)
        whole_batches++;
      CHECK_EQ(whole_batches, (cut >= ends[1]) + (cut >= ends[2]));
      const int at_border = cut == ends[0] || cut == ends[1] || cut == ends[2];
      struct naj_read_stats stats;
      naj_stream_stats(reading.stream, &stats);
      CHECK_EQ(stats.ended_without_eos, at_border);
      if (at_border) {
        CHECK_STATUS(status, NAJ_OK, reading.error);
        CHECK_EQ(header_of(&reading)->kind, NAJ_TABLE_END);
        CHECK_EQ(header_of(&reading)->flags, 0);
      } else {
        CHECK_STATUS(status, NAJ_TRUNCATED, reading.error);
        CHECK_EQ(reading.error.offset_bytes, cut);
        CHECK_EQ(read_next(&reading, cut, 0), NAJ_TRUNCATED);
      }
      done(&reading);
      free(part);
    }
    test_bytes_free(&bytes);
  }
}

/* Bytes come as asked for, each time into other memory: never more than the message is asked for.
 */
static void input_is_asked_for_step_by_step(void) {
  int64_t ends[PART_COUNT];
  struct test_bytes bytes = good_stream(0, ends);
  struct naj_stream* stream = NULL;
  struct naj_error error;
  _Alignas(8) uint8_t table[2048];
  const struct naj_table_header* header = (const struct naj_table_header*)(const void*)table;
  CHECK_STATUS(naj_stream_open(NULL, &stream, &error), NAJ_OK, error);
  int64_t position = 0;
  int part = 0;
  int asked = 0;
  int64_t present = 0;
  while (part < PART_COUNT) {
    struct naj_memory* memory = test_memory(bytes.data + position, present);
    int64_t needed_bytes = 0;
    int64_t next_offset = 0;
    naj_status status;
    if (part == 0) {
      status = naj_stream_schema(stream, memory, 0, present, &next_offset, &needed_bytes, &error);
    } else {
      status = test_stream_next(stream, memory, 0, present, 0, table, sizeof table, &error);
      needed_bytes = header->needed_bytes;
      next_offset = header->next_offset;
    }
    naj_memory_release(memory);
    naj_memory_unreserve(memory);
    if (status == NAJ_NEED_INPUT) {
      CHECK(needed_bytes > present);
      CHECK(position + needed_bytes <= ends[part]);
      if (part > 0) CHECK_EQ(next_offset, 0);
      present = needed_bytes;
      asked++;
      continue;
    }
    CHECK_STATUS(status, NAJ_OK, error);
    CHECK_EQ(position + next_offset, ends[part]);
    position = ends[part++];
    present = 0;
  }
  CHECK_EQ(header->kind, NAJ_TABLE_END);
  CHECK(asked <= 4 * PART_COUNT); /* 4 and 8 bytes of prefix, metadata, body */
  naj_stream_close(stream);
  test_bytes_free(&bytes);
}

static void both_framings_may_mix(void) {
  struct test_bytes bytes = {0};
  test_append_schema(&bytes, &schema, 0);
  test_append_batch(&bytes, &batch, 1);
  test_append_batch(&bytes, &batch, 0);
  test_append_end(&bytes, 1);
  struct reading reading;
  int64_t needed_bytes = 0;
  start(&reading, bytes.data, bytes.size_bytes);
  CHECK_STATUS(read_schema(&reading, bytes.size_bytes, &needed_bytes), NAJ_OK, reading.error);
  CHECK_STATUS(read_next(&reading, bytes.size_bytes, 1), NAJ_OK, reading.error);
  CHECK_EQ(header_of(&reading)->flags, NAJ_TABLE_LEGACY_FRAMING);
  CHECK_STATUS(read_next(&reading, bytes.size_bytes, 1), NAJ_OK, reading.error);
  CHECK_EQ(header_of(&reading)->flags, 0);
  CHECK_STATUS(read_next(&reading, bytes.size_bytes, 1), NAJ_OK, reading.error);
  CHECK_EQ(header_of(&reading)->flags, NAJ_TABLE_EOS_MARKER | NAJ_TABLE_LEGACY_FRAMING);
  done(&reading);
  test_bytes_free(&bytes);
}

/* A whole stream whose last message is wrong; the failure stays. */
static void stays_failed(struct test_bytes* bytes, naj_status expected) {
  struct reading reading;
  int64_t needed_bytes = 0;
  start(&reading, bytes->data, bytes->size_bytes);
  CHECK_STATUS(read_schema(&reading, bytes->size_bytes, &needed_bytes), NAJ_OK, reading.error);
  const int64_t offset = reading.offset;
  CHECK_STATUS(read_next(&reading, bytes->size_bytes, 1), expected, reading.error);
  CHECK_EQ(reading.error.status, expected);
  CHECK_EQ(reading.error.offset_bytes, offset);
  struct naj_error first = reading.error;
  memset(&reading.error, 0, sizeof reading.error);
  CHECK_EQ(read_next(&reading, bytes->size_bytes, 1), expected);
  CHECK_TEXT(reading.error.text, first.text);
  CHECK_EQ(read_next(&reading, reading.offset, 1), expected); /* and does not become an end */
  done(&reading);
  test_bytes_free(bytes);
}

static void messages_out_of_place_are_refused(void) {
  struct test_bytes bytes = {0};
  test_append_schema(&bytes, &schema, 0);
  test_append_schema(&bytes, &schema, 0);
  stays_failed(&bytes, NAJ_INVALID_DATA);

  test_append_schema(&bytes, &schema, 0);
  test_append_tensor(&bytes);
  stays_failed(&bytes, NAJ_UNSUPPORTED);

  struct test_batch dictionary = batch;
  dictionary.is_dictionary = 1;
  test_append_schema(&bytes, &schema, 0);
  test_append_batch(&bytes, &dictionary, 0);
  stays_failed(&bytes, NAJ_INVALID_DATA); /* no column has a dictionary */

  const struct test_field field = {.name = "d", .type = NAJ_TYPE_UTF8, .index_type = NAJ_TYPE_INT8};
  const struct test_schema dictionary_schema = {.fields = &field, .field_count = 1};
  test_append_schema(&bytes, &dictionary_schema, 0);
  test_append_batch(&bytes, &dictionary, 0);
  stays_failed(&bytes, NAJ_INVALID_DATA); /* values that are not of the dictionary's type */
}

static void hostile_body_sizes_are_refused(void) {
  const int64_t sizes[] = {-1, -5, INT64_MIN};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    struct test_batch bad = batch;
    bad.body_bytes = sizes[i];
    struct test_bytes bytes = {0};
    test_append_schema(&bytes, &schema, 0);
    test_append_batch(&bytes, &bad, 0);
    stays_failed(&bytes, NAJ_INVALID_DATA);
  }
  struct test_batch bad = batch;
  bad.body_bytes = INT64_MAX;
  struct test_bytes bytes = {0};
  test_append_schema(&bytes, &schema, 0);
  test_append_batch(&bytes, &bad, 0);
  stays_failed(&bytes, NAJ_INVALID_DATA);
}

static void a_stream_must_begin_with_a_schema(void) {
  for (int i = 0; i < 3; i++) {
    struct test_bytes bytes = {0};
    if (i == 0) test_append_batch(&bytes, &batch, 0);
    if (i == 1) test_append_end(&bytes, 0);
    if (i == 2) test_append_tensor(&bytes);
    struct reading reading;
    int64_t needed_bytes = 0;
    start(&reading, bytes.data, bytes.size_bytes);
    CHECK_STATUS(read_schema(&reading, bytes.size_bytes, &needed_bytes), NAJ_INVALID_DATA,
                 reading.error);
    CHECK_STATUS(read_schema(&reading, bytes.size_bytes, &needed_bytes), NAJ_INVALID_DATA,
                 reading.error);
    done(&reading);
    test_bytes_free(&bytes);
  }
}

static void calls_out_of_order_or_range_change_nothing(void) {
  int64_t ends[PART_COUNT];
  struct test_bytes bytes = good_stream(0, ends);
  const int64_t size = bytes.size_bytes;
  struct reading reading;
  int64_t needed_bytes = 0;
  start(&reading, bytes.data, size);
  CHECK_STATUS(read_next(&reading, size, 0), NAJ_MISUSE, reading.error);
  CHECK_STATUS(read_schema(&reading, size + 1, &needed_bytes), NAJ_MISUSE, reading.error);
  CHECK_STATUS(read_schema(&reading, -1, &needed_bytes), NAJ_MISUSE, reading.error);
  CHECK_STATUS(read_schema(&reading, size, &needed_bytes), NAJ_OK, reading.error);
  CHECK_STATUS(read_schema(&reading, size, &needed_bytes), NAJ_MISUSE, reading.error);
  const struct {
    int64_t offset, available;
  } bad[] = {{-1, 8}, {0, size + 1}, {size + 1, 0}, {INT64_MAX, INT64_MAX}, {8, INT64_MIN}};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    CHECK_STATUS(test_stream_next(reading.stream, reading.memory, bad[i].offset, bad[i].available,
                                  1, reading.table, sizeof reading.table, &reading.error),
                 NAJ_MISUSE, reading.error);
  }
  CHECK_STATUS(read_next(&reading, size, 0), NAJ_OK, reading.error);
  done(&reading);
  test_bytes_free(&bytes);
}

static void a_table_may_grow_between_two_calls(void) {
  int64_t ends[PART_COUNT];
  struct test_bytes bytes = good_stream(0, ends);
  struct reading reading;
  int64_t needed_bytes = 0;
  start(&reading, bytes.data, bytes.size_bytes);
  CHECK_STATUS(read_schema(&reading, bytes.size_bytes, &needed_bytes), NAJ_OK, reading.error);
  CHECK_STATUS(test_stream_next(reading.stream, reading.memory, reading.offset,
                                bytes.size_bytes - reading.offset, 1, reading.table,
                                (int64_t)sizeof(struct naj_table_header), &reading.error),
               NAJ_NEED_TABLE, reading.error);
  CHECK(header_of(&reading)->needed_bytes > (int64_t)sizeof(struct naj_table_header));
  CHECK_STATUS(read_next(&reading, bytes.size_bytes, 1), NAJ_OK, reading.error);
  struct naj_read_stats stats;
  naj_stream_stats(reading.stream, &stats);
  CHECK_EQ(stats.num_record_batches, 1);
  done(&reading);
  test_bytes_free(&bytes);
}

/* Metadata at an odd address is copied; the body is not. */
static void input_at_any_address_is_read(void) {
  int64_t ends[PART_COUNT];
  struct test_bytes bytes = good_stream(0, ends);
  for (int64_t shift = 1; shift < 8; shift++) {
    uint8_t* moved = malloc((size_t)(bytes.size_bytes + shift));
    CHECK(moved != NULL);
    memcpy(moved + shift, bytes.data, (size_t)bytes.size_bytes);
    struct reading reading;
    int64_t needed_bytes = 0;
    start(&reading, moved + shift, bytes.size_bytes);
    CHECK_STATUS(read_schema(&reading, bytes.size_bytes, &needed_bytes), NAJ_OK, reading.error);
    CHECK_STATUS(read_next(&reading, bytes.size_bytes, 1), NAJ_OK, reading.error);
    CHECK_EQ(header_of(&reading)->row_count, 2);
    done(&reading);
    free(moved);
  }
  test_bytes_free(&bytes);
}

/* Opens, reads the schema and all batches of misaligned input (so that metadata is copied too). */
static naj_status read_all(struct naj_memory* memory, int64_t size_bytes, int* out_batches,
                           struct naj_error* error) {
  struct naj_stream* stream = NULL;
  _Alignas(8) uint8_t table[2048];
  int64_t offset = 0;
  int64_t needed_bytes = 0;
  *out_batches = 0;
  naj_status status = naj_stream_open(NULL, &stream, error);
  if (status != NAJ_OK) return status;
  status = naj_stream_schema(stream, memory, 0, size_bytes, &offset, &needed_bytes, error);
  while (status == NAJ_OK) {
    status = test_stream_next(stream, memory, offset, size_bytes - offset, 1, table, sizeof table,
                              error);
    const struct naj_table_header* header = (const struct naj_table_header*)(const void*)table;
    if (status != NAJ_OK || header->kind == NAJ_TABLE_END) break;
    offset = header->next_offset;
    (*out_batches)++;
  }
  naj_stream_close(stream);
  return status;
}

static void no_failed_allocation_passes_as_an_end(void) {
  int64_t ends[PART_COUNT];
  struct test_bytes bytes = good_stream(0, ends);
  uint8_t* moved = malloc((size_t)bytes.size_bytes + 1);
  CHECK(moved != NULL);
  memcpy(moved + 1, bytes.data, (size_t)bytes.size_bytes);
  struct naj_memory* memory = test_memory(moved + 1, bytes.size_bytes);
  const int64_t objects = naj_live_objects();
  int64_t failures = 0;
  for (int64_t n = 1;; n++) {
    struct naj_error error;
    int batches = 0;
    naj_fail_allocation(n);
    const naj_status status = read_all(memory, bytes.size_bytes, &batches, &error);
    naj_fail_allocation(0);
    CHECK_EQ(naj_live_objects(), objects);
    if (status == NAJ_OK) {
      CHECK_EQ(batches, 2);
      break;
    }
    CHECK_STATUS(status, NAJ_NO_MEMORY, error);
    failures++;
  }
  CHECK(failures >= 6);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  free(moved);
  test_bytes_free(&bytes);
}

static void limits_hold(void) {
  int64_t ends[PART_COUNT];
  struct test_bytes bytes = good_stream(0, ends);
  struct naj_memory* memory = test_memory(bytes.data, bytes.size_bytes);
  struct naj_limits limits;
  struct naj_error error;
  struct naj_stream* stream = NULL;
  int64_t offset = 0;
  int64_t needed_bytes = 0;
  _Alignas(8) uint8_t table[2048];
  naj_limits_init(&limits);
  limits.max_body_bytes = batch.body_bytes - 1;
  CHECK_STATUS(naj_stream_open(&limits, &stream, &error), NAJ_OK, error);
  CHECK_STATUS(
      naj_stream_schema(stream, memory, 0, bytes.size_bytes, &offset, &needed_bytes, &error),
      NAJ_OK, error);
  CHECK_STATUS(test_stream_next(stream, memory, offset, bytes.size_bytes - offset, 1, table,
                                sizeof table, &error),
               NAJ_LIMIT_EXCEEDED, error);
  naj_stream_close(stream);
  limits.max_fields = 1;
  CHECK_STATUS(naj_stream_open(&limits, &stream, &error), NAJ_OK, error);
  CHECK_STATUS(
      naj_stream_schema(stream, memory, 0, bytes.size_bytes, &offset, &needed_bytes, &error),
      NAJ_LIMIT_EXCEEDED, error);
  naj_stream_close(stream);
  limits.max_depth = -1;
  CHECK_STATUS(naj_stream_open(&limits, &stream, &error), NAJ_MISUSE, error);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  test_bytes_free(&bytes);
}

int main(void) {
  TEST_RUN(a_stream_is_read_to_its_marker);
  TEST_RUN(a_stream_cut_anywhere_is_told);
  TEST_RUN(input_is_asked_for_step_by_step);
  TEST_RUN(both_framings_may_mix);
  TEST_RUN(messages_out_of_place_are_refused);
  TEST_RUN(hostile_body_sizes_are_refused);
  TEST_RUN(a_stream_must_begin_with_a_schema);
  TEST_RUN(calls_out_of_order_or_range_change_nothing);
  TEST_RUN(a_table_may_grow_between_two_calls);
  TEST_RUN(input_at_any_address_is_read);
  TEST_RUN(no_failed_allocation_passes_as_an_end);
  TEST_RUN(limits_hold);
  TEST_DONE();
}
