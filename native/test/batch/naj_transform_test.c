#include "batch/naj_transform.h"

#include "core/naj_pool.h"
#include "support/naj_test.h"
#include "support/naj_test_arrays.h"
#include "support/naj_test_layouts.h"

static struct naj_error error;
static _Alignas(64) uint8_t arena[1 << 18];
static _Alignas(8) uint8_t table[8192];

static const struct naj_table_header* header(void) {
  return (const struct naj_table_header*)(const void*)table;
}
static const struct naj_table_buffer* buffers(void) {
  return (
      const struct naj_table_buffer*)(const void*)((const struct naj_table_node*)(header() + 1) +
                                                   header()->node_count);
}

/* A stream of a schema and one batch. */
struct input {
  struct test_bytes bytes;
  struct naj_memory* memory;
  struct naj_stream* stream;
  int64_t offset;
};

static void open_input(struct input* input) {
  int64_t needed_bytes = 0;
  input->memory = test_memory(input->bytes.data, input->bytes.size_bytes);
  CHECK_STATUS(naj_stream_open(NULL, &input->stream, &error), NAJ_OK, error);
  CHECK_STATUS(naj_stream_schema(input->stream, input->memory, 0, input->bytes.size_bytes,
                                 &input->offset, &needed_bytes, &error),
               NAJ_OK, error);
}

static naj_status next(struct input* input, int64_t arena_bytes) {
  const struct naj_decode_target target = {table, sizeof table, arena, arena_bytes};
  return naj_stream_next(input->stream, input->memory, input->offset,
                         input->bytes.size_bytes - input->offset, 1, &target, &error);
}

static void close_input(struct input* input) {
  naj_stream_close(input->stream);
  naj_memory_release(input->memory);
  naj_memory_unreserve(input->memory);
  test_bytes_free(&input->bytes);
}

/* The array comes out as it went in, wherever its buffers had to go. */
static void survives(const char* name, const struct test_schema* fields, int64_t rows,
                     uint64_t seed, int32_t flags, int32_t packing, int32_t is_swapped) {
  struct test_schema schema = *fields;
  schema.is_big_endian = is_swapped;
  struct naj_schema* decoded = test_schema_create(&schema);
  struct test_array array;
  struct input input = {0};
  struct test_bytes expected = {0};
  struct test_bytes actual = {0};
  test_array_random(&array, decoded, rows, seed, flags);
  test_append_schema(&input.bytes, &schema, 0);
  test_append_array(&input.bytes, &array, packing, is_swapped, NULL);
  open_input(&input);
  naj_status status = next(&input, 0);
  if (status == NAJ_NEED_ARENA) {
    const int64_t needed = header()->needed_bytes;
    CHECK(needed > 0 && needed <= (int64_t)sizeof arena);
    CHECK_EQ(next(&input, needed - 1), NAJ_NEED_ARENA);
    memset(arena, 0xee, sizeof arena);
    const int64_t before = naj_body_bytes_allocated();
    CHECK_STATUS(next(&input, needed), NAJ_OK, error);
    CHECK_EQ(naj_body_bytes_allocated() - before, needed);
    CHECK_EQ(header()->arena_used_bytes, needed);
    CHECK_EQ(arena[needed], 0xee);
  } else {
    CHECK_STATUS(status, NAJ_OK, error);
  }
  test_render(decoded, test_array_table(&array), &expected);
  test_render(decoded, header(), &actual);
  if (expected.size_bytes != actual.size_bytes ||
      (actual.size_bytes > 0 &&
       memcmp(expected.data, actual.data, (size_t)actual.size_bytes) != 0)) {
    fprintf(stderr, "%s (%d, %d):\nexpected\n%.*sfound\n%.*s", name, packing, is_swapped,
            (int)expected.size_bytes, (const char*)expected.data, (int)actual.size_bytes,
            (const char*)actual.data);
    exit(1);
  }
  test_bytes_free(&expected);
  test_bytes_free(&actual);
  close_input(&input);
  test_array_free(&array);
  naj_schema_release(decoded);
}

static void every_layout_survives_codecs_and_byte_orders(void) {
  static const int32_t packings[] = {TEST_PACK_PLAIN, TEST_PACK_LZ4, TEST_PACK_ZSTD,
                                     TEST_PACK_LZ4 | TEST_PACK_MIXED,
                                     TEST_PACK_ZSTD | TEST_PACK_MIXED};
  static const int64_t lengths[] = {7, 0, 65};
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_schema schema = test_layout_schema(&test_layouts[i]);
    for (size_t p = 0; p < sizeof packings / sizeof *packings; p++)
      for (int32_t swapped = 0; swapped < 2; swapped++)
        for (size_t k = 0; k < 3; k++)
          for (int32_t flags = 0; flags < 4; flags++)
            survives(test_layouts[i].name, &schema, lengths[k], 10 * i + k, flags, packings[p],
                     swapped);
  }
}

static void swaps(const char* what, int32_t swap, const char* given, const char* expected,
                  int64_t size) {
  uint8_t bytes[64] = {0};
  memcpy(bytes, given, (size_t)size);
  bytes[size] = 0xee;
  naj_swap_items(swap, bytes, size);
  if (memcmp(bytes, expected, (size_t)size) != 0 || bytes[size] != 0xee) {
    fprintf(stderr, "%s: found %.*s\n", what, (int)size, (const char*)bytes);
    exit(1);
  }
}

static void each_kind_of_item_turns_around(void) {
  swaps("none", NAJ_SWAP_NONE, "abcdef", "abcdef", 6);
  swaps("2", 2, "abcd", "badc", 4);
  swaps("4", 4, "abcdefgh", "dcbahgfe", 8);
  swaps("8", 8, "abcdefgh01234567", "hgfedcba76543210", 16);
  swaps("decimal128", 16, "abcdefgh01234567", "76543210hgfedcba", 16);
  swaps("decimal256", 32, "abcdefgh01234567ABCDEFGHIJKLMNOP", "PONMLKJIHGFEDCBA76543210hgfedcba",
        32);
  swaps("month_day_nano", NAJ_SWAP_MONTH_DAY_NANO, "abcdefgh01234567", "dcbahgfe76543210", 16);
  swaps("rest shorter than an item", 4, "abcdefg", "dcbaefg", 7);
  swaps("inline view", NAJ_SWAP_VIEWS, "\0\0\0\14abcdefghijkl", "\14\0\0\0abcdefghijkl", 16);
  swaps("long view", NAJ_SWAP_VIEWS, "\0\0\0\15abcdefghijkl", "\15\0\0\0abcdhgfelkji", 16);
  swaps("views", NAJ_SWAP_VIEWS, "\0\0\0\1abcdefghijkl\0\0\1\0abcdefghijkl",
        "\1\0\0\0abcdefghijkl\0\1\0\0abcdhgfelkji", 32);
}

/* One compressed int32 column of 3 rows: {validity, data}, both to be stated. */
static naj_status decode_stated(const struct test_pair stated[2], const uint8_t* body,
                                int64_t body_bytes, int64_t null_count, int32_t codec,
                                int32_t method) {
  static const struct test_field field = {.name = "c", .type = NAJ_TYPE_INT32};
  const struct test_schema schema = {.fields = &field, .field_count = 1};
  const struct test_pair node = {3, null_count};
  const struct test_batch batch = {.row_count = 3,
                                   .nodes = &node,
                                   .node_count = 1,
                                   .buffers = stated,
                                   .buffer_count = 2,
                                   .is_compressed = 1,
                                   .codec = codec,
                                   .method = method,
                                   .body_bytes = body_bytes,
                                   .body = body};
  struct input input = {0};
  test_append_schema(&input.bytes, &schema, 0);
  test_append_batch(&input.bytes, &batch, 0);
  open_input(&input);
  const naj_status status = next(&input, sizeof arena);
  close_input(&input);
  return status;
}

static void stated_sizes_are_not_believed(void) {
  uint8_t body[64] = {0};
  const struct {
    const char* what;
    int64_t prefix;
    struct test_pair data;
    naj_status expected;
  } cases[] = {
      {"stored", -1, {0, 20}, NAJ_OK},
      {"stored, longer than needed", -1, {0, 40}, NAJ_OK},
      {"stored, too short", -1, {0, 19}, NAJ_INVALID_DATA},
      {"no room for a prefix", -1, {0, 7}, NAJ_INVALID_DATA},
      {"only a prefix", -1, {0, 8}, NAJ_INVALID_DATA},
      {"nothing", -1, {0, 0}, NAJ_INVALID_DATA},
      {"outside the body", -1, {48, 24}, NAJ_INVALID_DATA},
      {"at a negative offset", -1, {-8, 20}, NAJ_INVALID_DATA},
      {"of negative size", -1, {0, -20}, NAJ_INVALID_DATA},
      {"of the largest size", -1, {8, INT64_MAX}, NAJ_INVALID_DATA},
      {"declared too short", 11, {0, 20}, NAJ_INVALID_DATA},
      {"declared 0", 0, {0, 20}, NAJ_INVALID_DATA},
      {"declared -2", -2, {0, 20}, NAJ_INVALID_DATA},
      {"declared largest", INT64_MAX, {0, 20}, NAJ_INVALID_DATA},
      {"declared 12, no frame", 12, {0, 20}, NAJ_INVALID_DATA},
  };
  for (int32_t codec = 0; codec < 2; codec++) {
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
      memcpy(body, &cases[i].prefix, 8);
      const struct test_pair stated[2] = {{0, 0}, cases[i].data};
      const naj_status status = decode_stated(stated, body, sizeof body, 0, codec, 0);
      if (status != cases[i].expected) {
        fprintf(stderr, "%s: %s (%s)\n", cases[i].what, naj_status_name(status), error.text);
        exit(1);
      }
      if (status != NAJ_OK) CHECK_TEXT(error.path, "c");
    }
  }
}

static void bitmap_may_be_absent_only_without_nulls(void) {
  uint8_t body[64] = {0};
  const int64_t stored = -1;
  memcpy(body, &stored, 8);
  const struct test_pair absent[2] = {{0, 0}, {0, 20}};
  CHECK_EQ(decode_stated(absent, body, sizeof body, 0, 0, 0), NAJ_OK);
  CHECK_EQ(buffers()[0].size_bytes, 0);
  CHECK_EQ(buffers()[0].address, 0);
  CHECK_EQ(decode_stated(absent, body, sizeof body, 1, 0, 0), NAJ_INVALID_DATA);
  memcpy(body + 32, &stored, 8);
  const struct test_pair empty[2] = {{32, 8}, {0, 20}};
  CHECK_EQ(decode_stated(empty, body, sizeof body, 0, 0, 0), NAJ_OK);
  CHECK_EQ(buffers()[0].size_bytes, 0);
  CHECK_EQ(decode_stated(empty, body, sizeof body, 1, 0, 0), NAJ_INVALID_DATA);
  const struct test_pair present[2] = {{32, 9}, {0, 20}};
  CHECK_EQ(decode_stated(present, body, sizeof body, 3, 0, 0), NAJ_OK);
  CHECK_EQ(buffers()[0].size_bytes, 1);
}

static void stored_buffers_stay_in_the_body(void) {
  uint8_t body[64] = {0};
  const int64_t stored = -1;
  memcpy(body, &stored, 8);
  const struct test_pair stated[2] = {{0, 0}, {0, 20}};
  CHECK_EQ(decode_stated(stated, body, sizeof body, 0, 1, 0), NAJ_OK);
  CHECK_EQ(header()->arena_used_bytes, 0);
  CHECK_EQ(buffers()[1].size_bytes, 12);
  CHECK(buffers()[1].address != 0);
}

static void unknown_codec_or_method_is_unsupported(void) {
  uint8_t body[64] = {0};
  const struct test_pair stated[2] = {{0, 0}, {0, 20}};
  CHECK_EQ(decode_stated(stated, body, sizeof body, 0, 2, 0), NAJ_UNSUPPORTED);
  CHECK_EQ(decode_stated(stated, body, sizeof body, 0, -1, 0), NAJ_UNSUPPORTED);
  CHECK_EQ(decode_stated(stated, body, sizeof body, 0, 0, 1), NAJ_UNSUPPORTED);
}

/* Whatever a damaged body says, the call ends with a verdict and stays inside the arena. */
static void damaged_bodies_are_judged(void) {
  static const struct test_field fields[] = {{.name = "a", .type = NAJ_TYPE_UTF8},
                                             {.name = "b", .type = NAJ_TYPE_LIST, .child_count = 1},
                                             {.name = "item", .type = NAJ_TYPE_UTF8_VIEW}};
  for (int32_t codec = TEST_PACK_LZ4; codec <= TEST_PACK_ZSTD; codec++) {
    const struct test_schema schema = {.fields = fields, .field_count = 3, .is_big_endian = 1};
    struct naj_schema* decoded = test_schema_create(&schema);
    struct test_array array;
    test_array_random(&array, decoded, 40, 8, TEST_ARRAY_NULLS);
    struct test_bytes whole = {0};
    test_append_schema(&whole, &schema, 0);
    test_append_array(&whole, &array, codec, 1, NULL);
    struct input probe = {.bytes = whole};
    open_input(&probe);
    CHECK_STATUS(next(&probe, sizeof arena), NAJ_OK, error);
    const int64_t body = header()->body_offset;
    naj_stream_close(probe.stream);
    naj_memory_release(probe.memory);
    naj_memory_unreserve(probe.memory);
    for (int64_t at = body; at < whole.size_bytes; at++) {
      struct input input = {0};
      test_bytes_append(&input.bytes, whole.data, whole.size_bytes);
      input.bytes.data[at] ^= (uint8_t)(1 + at % 255);
      open_input(&input);
      const naj_status status = next(&input, 1 << 16);
      CHECK(status == NAJ_OK || status == NAJ_INVALID_DATA || status == NAJ_NEED_ARENA);
      close_input(&input);
    }
    test_bytes_free(&whole);
    test_array_free(&array);
    naj_schema_release(decoded);
  }
}

/* Reads one batch under limits into an arena of `arena_bytes`. */
static naj_status read_limited(const struct test_bytes* bytes, const struct naj_limits* limits,
                               uint8_t* room, int64_t arena_bytes) {
  struct naj_memory* memory = test_memory(bytes->data, bytes->size_bytes);
  struct naj_stream* stream = NULL;
  int64_t offset = 0;
  int64_t needed_bytes = 0;
  CHECK_STATUS(naj_stream_open(limits, &stream, &error), NAJ_OK, error);
  CHECK_STATUS(
      naj_stream_schema(stream, memory, 0, bytes->size_bytes, &offset, &needed_bytes, &error),
      NAJ_OK, error);
  const struct naj_decode_target target = {table, sizeof table, room, arena_bytes};
  const naj_status status =
      naj_stream_next(stream, memory, offset, bytes->size_bytes - offset, 1, &target, &error);
  naj_stream_close(stream);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  return status;
}

static void decompressed_bytes_are_limited_before_an_arena(void) {
  static const struct test_field fields[] = {{.name = "a", .type = NAJ_TYPE_INT64},
                                             {.name = "b", .type = NAJ_TYPE_INT64}};
  const struct test_schema schema = {.fields = fields, .field_count = 2};
  struct naj_schema* decoded = test_schema_create(&schema);
  struct test_array array;
  test_array_random(&array, decoded, 100, 1, 0);
  for (int32_t codec = TEST_PACK_LZ4; codec <= TEST_PACK_ZSTD; codec++) {
    struct test_bytes bytes = {0};
    struct naj_limits limits;
    naj_limits_init(&limits);
    test_append_schema(&bytes, &schema, 0);
    test_append_array(&bytes, &array, codec, 0, NULL);
    limits.max_decompressed_bytes = 1600;
    CHECK_EQ(read_limited(&bytes, &limits, NULL, 0), NAJ_NEED_ARENA);
    CHECK_STATUS(read_limited(&bytes, &limits, arena, sizeof arena), NAJ_OK, error);
    limits.max_decompressed_bytes = 1599;
    CHECK_EQ(read_limited(&bytes, &limits, NULL, 0), NAJ_LIMIT_EXCEEDED);
    CHECK_TEXT(error.path, "b");
    CHECK_EQ(read_limited(&bytes, &limits, arena, sizeof arena), NAJ_LIMIT_EXCEEDED);
    test_bytes_free(&bytes);
  }
  test_array_free(&array);
  naj_schema_release(decoded);
}

/* Threads make no difference to what comes out, nor to which fault is told. */
static void large_bodies_are_the_same_by_threads(void) {
  static const struct test_field fields[] = {
      {.name = "a", .type = NAJ_TYPE_INT64},
      {.name = "b", .type = NAJ_TYPE_UTF8},
      {.name = "c", .type = NAJ_TYPE_DOUBLE},
      {.name = "d", .type = NAJ_TYPE_DECIMAL, .param0 = 9, .param1 = 2, .param2 = 256}};
  enum { ROOM_BYTES = 8 << 20, ROWS = 40000 };
  uint8_t* room = aligned_alloc(64, ROOM_BYTES);
  CHECK(room != NULL);
  for (int32_t codec = TEST_PACK_LZ4; codec <= TEST_PACK_ZSTD; codec++) {
    const struct test_schema schema = {.fields = fields, .field_count = 4, .is_big_endian = 1};
    struct naj_schema* decoded = test_schema_create(&schema);
    struct test_array array;
    struct test_bytes bytes = {0};
    struct test_bytes expected = {0};
    test_array_random(&array, decoded, ROWS, 5, TEST_ARRAY_NULLS);
    test_render(decoded, test_array_table(&array), &expected);
    test_append_schema(&bytes, &schema, 0);
    test_append_array(&bytes, &array, codec | TEST_PACK_MIXED, 1, NULL);
    struct naj_limits limits;
    for (int32_t use_threads = 0; use_threads < 2; use_threads++) {
      struct test_bytes actual = {0};
      naj_limits_init(&limits);
      limits.use_threads = use_threads;
      memset(room, 0xee, ROOM_BYTES);
      CHECK_STATUS(read_limited(&bytes, &limits, room, ROOM_BYTES), NAJ_OK, error);
      test_render(decoded, header(), &actual);
      CHECK_EQ(actual.size_bytes, expected.size_bytes);
      CHECK(memcmp(actual.data, expected.data, (size_t)actual.size_bytes) == 0);
      test_bytes_free(&actual);
    }
    const int64_t body = header()->body_offset;
    for (int64_t at = body + 8; at < bytes.size_bytes; at += 1 + (bytes.size_bytes - body) / 40) {
      struct naj_error alone;
      bytes.data[at] ^= 0xff;
      limits.use_threads = 0;
      const naj_status status = read_limited(&bytes, &limits, room, ROOM_BYTES);
      alone = error;
      limits.use_threads = 1;
      CHECK_EQ(read_limited(&bytes, &limits, room, ROOM_BYTES), status);
      if (status != NAJ_OK) CHECK_TEXT(error.text, alone.text);
      if (status != NAJ_OK) CHECK_TEXT(error.path, alone.path);
      bytes.data[at] ^= 0xff;
    }
    test_bytes_free(&bytes);
    test_bytes_free(&expected);
    test_array_free(&array);
    naj_schema_release(decoded);
  }
  free(room);
}

int main(void) {
  naj_pool_set_workers(2);
  TEST_RUN(each_kind_of_item_turns_around);
  TEST_RUN(every_layout_survives_codecs_and_byte_orders);
  TEST_RUN(stated_sizes_are_not_believed);
  TEST_RUN(bitmap_may_be_absent_only_without_nulls);
  TEST_RUN(stored_buffers_stay_in_the_body);
  TEST_RUN(unknown_codec_or_method_is_unsupported);
  TEST_RUN(damaged_bodies_are_judged);
  TEST_RUN(decompressed_bytes_are_limited_before_an_arena);
  TEST_RUN(large_bodies_are_the_same_by_threads);
  TEST_DONE();
}
