#include <zstd.h>

#include "codec/naj_codec.h"
#include "core/naj_pool.h"
#include "support/naj_test.h"
#include "support/naj_test_body.h"
#include "support/naj_test_layouts.h"

enum { MOST_BUFFERS = 40 };

static struct naj_error error;

/* A body of buffers with made-up content. */
struct made {
  struct naj_table_buffer buffers[MOST_BUFFERS];
  struct naj_table_buffer raw[MOST_BUFFERS];
  struct naj_body body;
};

enum content { ZEROS, STEPS, NOISE };

static void make_buffer(struct made* made, int64_t size, enum content content) {
  CHECK(made->body.buffer_count < MOST_BUFFERS);
  uint8_t* bytes = size == 0 ? NULL : malloc((size_t)size);
  uint64_t seed = (uint64_t)size + 1;
  for (int64_t i = 0; i < size; i++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    bytes[i] = content == ZEROS ? 0 : (uint8_t)(content == STEPS ? (uint64_t)i / 100 : seed >> 56);
  }
  made->raw[made->body.buffer_count] = (struct naj_table_buffer){(int64_t)(uintptr_t)bytes, size};
  made->buffers[made->body.buffer_count] = made->raw[made->body.buffer_count];
  made->body.buffer_count++;
  made->body.buffers = made->buffers;
}

static void free_made(struct made* made) {
  for (int64_t i = 0; i < made->body.buffer_count; i++)
    free((void*)(uintptr_t)made->raw[i].address);
}

static struct naj_scratch* new_scratch(void) {
  struct naj_scratch* scratch = NULL;
  CHECK_STATUS(naj_scratch_create(&scratch, &error), NAJ_OK, error);
  return scratch;
}

static struct naj_write_options options_of(int32_t codec) {
  return (struct naj_write_options){.metadata_version = 4, .alignment_bytes = 64, .codec = codec};
}

static const uint8_t* bytes_of(const struct naj_table_buffer* buffer) {
  return (const uint8_t*)(uintptr_t)buffer->address;
}

/* Every buffer decompresses to what it was, and none is larger than its prefix and itself. */
static void check_buffers(const struct made* made, int32_t codec) {
  for (int64_t i = 0; i < made->body.buffer_count; i++) {
    const struct naj_table_buffer* raw = &made->raw[i];
    const struct naj_table_buffer* packed = &made->buffers[i];
    struct naj_compressed_buffer compressed;
    if (raw->size_bytes == 0) {
      CHECK(packed->size_bytes == 0 && packed->address == 0);
      continue;
    }
    CHECK(packed->size_bytes <= raw->size_bytes + 8);
    CHECK_STATUS(naj_compressed_buffer_read(codec, bytes_of(packed), packed->size_bytes,
                                            &compressed, &error),
                 NAJ_OK, error);
    CHECK_EQ(compressed.decompressed_bytes, raw->size_bytes);
    uint8_t* result = malloc((size_t)raw->size_bytes);
    CHECK(result != NULL);
    CHECK_STATUS(naj_decompress(codec, &compressed, result, &error), NAJ_OK, error);
    CHECK(memcmp(result, bytes_of(raw), (size_t)raw->size_bytes) == 0);
    free(result);
  }
}

static int is_stored(const struct naj_table_buffer* buffer) {
  int64_t prefix = 0;
  memcpy(&prefix, bytes_of(buffer), sizeof prefix);
  return prefix == -1;
}

static void buffers_of_any_size_come_back(void) {
  static const int64_t sizes[] = {0,     1,     2,     7,      12,     13,    64,
                                  800,   4095,  4096,  65535,  65536,  65537, 131072,
                                  70000, 20000, 65548, 200000, 300000, 3};
  struct naj_scratch* scratch = new_scratch();
  for (int32_t codec = 0; codec <= 1; codec++)
    for (int content = ZEROS; content <= NOISE; content++)
      for (int32_t level = -1; level <= 12; level++) {
        struct naj_write_options options = options_of(codec);
        options.has_level = level >= 0;
        options.level = level;
        struct made made = {0};
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
          make_buffer(&made, sizes[i], (enum content)content);
        naj_scratch_reset(scratch);
        CHECK_STATUS(naj_body_compress(&options, scratch, &made.body, &error), NAJ_OK, error);
        CHECK_EQ(made.body.is_compressed, 1);
        check_buffers(&made, codec);
        for (int64_t i = 0; i < made.body.buffer_count; i++)
          if (sizes[i] >= 64) CHECK_EQ(is_stored(&made.buffers[i]), content == NOISE);
        free_made(&made);
      }
  naj_scratch_free(scratch);
}

/* Around the block sizes that an LZ4 frame can name. */
static void large_buffers_come_back(void) {
  struct naj_scratch* scratch = new_scratch();
  for (int32_t level = 1; level <= 3; level += 2) {
    struct naj_write_options options = options_of(NAJ_CODEC_LZ4_FRAME);
    options.has_level = 1;
    options.level = level;
    struct made made = {0};
    for (int shift = 16; shift <= 22; shift += 2)
      for (int more = -1; more <= 1; more++) make_buffer(&made, (1 << shift) + more, STEPS);
    CHECK_STATUS(naj_body_compress(&options, scratch, &made.body, &error), NAJ_OK, error);
    check_buffers(&made, options.codec);
    for (int64_t i = 0; i < made.body.buffer_count; i++) CHECK(!is_stored(&made.buffers[i]));
    free_made(&made);
  }
  naj_scratch_free(scratch);
}

/* A frame of several blocks, of which some do not shrink. */
static void what_shrinks_in_part_is_compressed(void) {
  struct naj_scratch* scratch = new_scratch();
  for (int32_t level = 1; level <= 9; level += 8) {
    struct naj_write_options options = options_of(NAJ_CODEC_LZ4_FRAME);
    options.has_level = 1;
    options.level = level;
    struct made made = {0};
    make_buffer(&made, 5 << 20, NOISE);
    uint8_t* bytes = (uint8_t*)(uintptr_t)made.raw[0].address;
    memset(bytes + (1 << 20), 7, 3 << 20);
    CHECK_STATUS(naj_body_compress(&options, scratch, &made.body, &error), NAJ_OK, error);
    check_buffers(&made, options.codec);
    CHECK(!is_stored(&made.buffers[0]));
    CHECK(made.buffers[0].size_bytes < (2 << 20) + (1 << 18));
    free_made(&made);
  }
  naj_scratch_free(scratch);
}

/* Small buffers of Zstandard's level 1 are not larger for being compressed without a Huffman code
 * first, by more than a tenth. */
static void small_buffers_are_compressed_as_well_as_by_the_codec_alone(void) {
  struct naj_scratch* scratch = new_scratch();
  const struct naj_write_options options = options_of(NAJ_CODEC_ZSTD);
  for (int kind = 0; kind < 7; kind++)
    for (int64_t size = 40; size <= 1040; size += 8) {
      struct made made = {0};
      make_buffer(&made, size, NOISE);
      uint8_t* bytes = (uint8_t*)(uintptr_t)made.raw[0].address;
      for (int64_t i = 0; i < size; i++) {
        if (kind == 0) bytes[i] = (uint8_t)('a' + bytes[i] % 20);         /* text */
        if (kind == 1 && i % 8 > 1) bytes[i] = 0;                         /* small integers */
        if (kind == 2) bytes[i] = (uint8_t)(i % 8 == 0 ? i / 8 : 0);      /* steps */
        if (kind == 3) bytes[i] = (uint8_t)(bytes[i] % 16 * 16 + i % 16); /* nibbles */
        if (kind == 4 && i % 4 > 1) bytes[i] = 0x40;
        if (kind == 5) bytes[i] = i % 24 < 12 ? (uint8_t)(bytes[i] % 8) : 0x40; /* and matches */
      }
      uint8_t expected[2048];
      const size_t alone = ZSTD_compress(expected, sizeof expected, bytes, (size_t)size, 1);
      const int64_t limit = (int64_t)alone < size ? (int64_t)alone : size;
      CHECK_STATUS(naj_body_compress(&options, scratch, &made.body, &error), NAJ_OK, error);
      check_buffers(&made, options.codec);
      if (made.buffers[0].size_bytes - 8 > limit + limit / 10 + 4) {
        fprintf(stderr, "kind %d of %d bytes: %d, alone %d\n", kind, (int)size,
                (int)made.buffers[0].size_bytes - 8, (int)limit);
        exit(1);
      }
      free_made(&made);
    }
  naj_scratch_free(scratch);
}

static void too_little_saved_is_stored(void) {
  struct naj_scratch* scratch = new_scratch();
  for (int32_t codec = 0; codec <= 1; codec++) {
    struct made first = {0};
    make_buffer(&first, 8000, STEPS);
    struct naj_write_options options = options_of(codec);
    CHECK_STATUS(naj_body_compress(&options, scratch, &first.body, &error), NAJ_OK, error);
    CHECK(!is_stored(&first.buffers[0]));
    const double savings = 1.0 - (double)(first.buffers[0].size_bytes - 8) / 8000;
    for (int above = 0; above < 2; above++) {
      struct made made = {0};
      make_buffer(&made, 8000, STEPS);
      options.has_min_space_savings = 1;
      options.min_space_savings = above ? savings + 0.0001 : savings;
      CHECK_STATUS(naj_body_compress(&options, scratch, &made.body, &error), NAJ_OK, error);
      CHECK_EQ(is_stored(&made.buffers[0]), above);
      check_buffers(&made, codec);
      free_made(&made);
    }
    free_made(&first);
  }
  naj_scratch_free(scratch);
}

static void threads_write_what_one_writes(void) {
  struct naj_scratch* scratch = new_scratch();
  for (int32_t codec = 0; codec <= 1; codec++) {
    struct made one = {0};
    struct made several = {0};
    struct made* both[] = {&one, &several};
    for (int b = 0; b < 2; b++)
      for (int64_t i = 0; i < MOST_BUFFERS; i++)
        make_buffer(both[b], i % 5 == 0 ? 0 : i * 9000, i % 4 == 0 ? NOISE : STEPS);
    struct naj_write_options options = options_of(codec);
    naj_scratch_reset(scratch);
    CHECK_STATUS(naj_body_compress(&options, scratch, &one.body, &error), NAJ_OK, error);
    options.use_threads = 1;
    CHECK_STATUS(naj_body_compress(&options, scratch, &several.body, &error), NAJ_OK, error);
    check_buffers(&several, codec);
    for (int64_t i = 0; i < MOST_BUFFERS; i++) {
      CHECK_EQ(several.buffers[i].size_bytes, one.buffers[i].size_bytes);
      CHECK(one.buffers[i].size_bytes == 0 ||
            memcmp(bytes_of(&several.buffers[i]), bytes_of(&one.buffers[i]),
                   (size_t)one.buffers[i].size_bytes) == 0);
    }
    free_made(&one);
    free_made(&several);
  }
  naj_scratch_free(scratch);
}

static void rows_of_every_layout_come_back_compressed(void) {
  struct naj_scratch* scratch = new_scratch();
  for (size_t i = 0; i < test_layout_count; i++)
    for (int32_t codec = 0; codec <= 1; codec++) {
      const struct test_schema schema = test_layout_schema(&test_layouts[i]);
      struct naj_schema* decoded = test_schema_create(&schema);
      struct naj_write_options options = options_of(codec);
      if (schema.metadata_version != 0) options.metadata_version = schema.metadata_version;
      struct test_array array;
      struct test_rows rows;
      struct naj_body body;
      struct test_bytes expected = {0};
      struct test_bytes actual = {0};
      test_array_random(&array, decoded, 100, i, TEST_ARRAY_NULLS | TEST_ARRAY_LOOSE);
      test_rows_slice(&array, 3, 91, &rows);
      naj_scratch_reset(scratch);
      CHECK_STATUS(
          naj_body_prepare(decoded, options.metadata_version, &rows.rows, scratch, &body, &error),
          NAJ_OK, error);
      CHECK_STATUS(naj_body_compress(&options, scratch, &body, &error), NAJ_OK, error);
      test_rows_render(&array, 3, 91, &expected);
      test_body_render(&schema, &body, codec, &actual);
      test_same_text(test_layouts[i].name, &expected, &actual);
      test_bytes_free(&expected);
      test_bytes_free(&actual);
      test_array_free(&array);
      naj_schema_release(decoded);
    }
  naj_scratch_free(scratch);
}

static void no_memory_is_said_and_leaks_nothing(void) {
  for (int32_t threads = 0; threads < 2; threads++)
    for (int32_t codec = 0; codec <= 1; codec++) {
      int64_t failures = 0;
      for (naj_status status = NAJ_NO_MEMORY; status != NAJ_OK; failures++) {
        struct naj_scratch* scratch = new_scratch();
        struct made made = {0};
        for (int i = 0; i < 12; i++) make_buffer(&made, 150000, i % 2 ? STEPS : NOISE);
        struct naj_write_options options = options_of(codec);
        options.use_threads = threads;
        naj_fail_allocation(failures + 1);
        status = naj_body_compress(&options, scratch, &made.body, &error);
        naj_fail_allocation(0);
        if (status != NAJ_OK) CHECK_EQ(status, NAJ_NO_MEMORY);
        if (status != NAJ_OK) CHECK_EQ(error.status, NAJ_NO_MEMORY);
        CHECK_EQ(made.body.is_compressed, status == NAJ_OK);
        naj_scratch_free(scratch);
        free_made(&made);
      }
      CHECK(failures > 12);
    }
}

static void options_that_no_codec_has_are_refused(void) {
  struct naj_write_options options = options_of(-1);
  CHECK_STATUS(naj_write_options_check(&options, &error), NAJ_OK, error);
  const struct {
    int32_t codec;
    int32_t level;
    naj_status status;
  } levels[] = {{0, -1, NAJ_MISUSE},        {0, 0, NAJ_OK},  {0, 12, NAJ_OK},
                {0, 13, NAJ_MISUSE},        {1, 22, NAJ_OK}, {1, 23, NAJ_MISUSE},
                {1, INT32_MIN, NAJ_MISUSE}, {1, -5, NAJ_OK}, {2, 1, NAJ_UNSUPPORTED},
                {-2, 1, NAJ_UNSUPPORTED},   {1, 0, NAJ_OK}};
  struct naj_scratch* scratch = new_scratch();
  struct naj_body body = {0};
  for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
    options = options_of(levels[i].codec);
    options.has_level = 1;
    options.level = levels[i].level;
    CHECK_STATUS(naj_write_options_check(&options, &error), levels[i].status, error);
    CHECK_STATUS(naj_body_compress(&options, scratch, &body, &error), levels[i].status, error);
  }
  naj_scratch_free(scratch);
}

static void options_out_of_range_are_misuse(void) {
  struct naj_write_options options[7];
  for (int i = 0; i < 7; i++) {
    options[i] = options_of(0);
    CHECK_STATUS(naj_write_options_check(&options[i], &error), NAJ_OK, error);
    options[i].has_min_space_savings = 1;
    options[i].min_space_savings = 0.5;
  }
  options[0].metadata_version = 2;
  options[1].metadata_version = 5;
  options[2].alignment_bytes = 4;
  options[3].gather_below_bytes = -1;
  options[4].min_space_savings = -0.01;
  options[5].min_space_savings = 1.01;
  options[6].min_space_savings = strtod("nan", NULL);
  for (int i = 0; i < 7; i++)
    CHECK_STATUS(naj_write_options_check(&options[i], &error), NAJ_MISUSE, error);
}

int main(void) {
  naj_pool_set_workers(3);
  TEST_RUN(buffers_of_any_size_come_back);
  TEST_RUN(large_buffers_come_back);
  TEST_RUN(what_shrinks_in_part_is_compressed);
  TEST_RUN(small_buffers_are_compressed_as_well_as_by_the_codec_alone);
  TEST_RUN(too_little_saved_is_stored);
  TEST_RUN(threads_write_what_one_writes);
  TEST_RUN(rows_of_every_layout_come_back_compressed);
  TEST_RUN(no_memory_is_said_and_leaks_nothing);
  TEST_RUN(options_that_no_codec_has_are_refused);
  TEST_RUN(options_out_of_range_are_misuse);
  TEST_DONE();
}
