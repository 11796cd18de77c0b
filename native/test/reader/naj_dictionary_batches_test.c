/* Dictionary batches in streams and files. */
#include "core/naj_alloc.h"
#include "message/naj_message.h"
#include "support/naj_test.h"
#include "support/naj_test_arrays.h"

static struct naj_error error;
static _Alignas(64) uint8_t arena[1 << 16];
static _Alignas(8) uint8_t table[4096];

static const struct test_field fields[] = {
    {.name = "a", .type = NAJ_TYPE_UTF8, .index_type = NAJ_TYPE_INT8, .dictionary_id = 7},
    {.name = "b", .type = NAJ_TYPE_INT64, .index_type = NAJ_TYPE_INT32, .dictionary_id = -1}};
static const struct test_schema schema = {.fields = fields, .field_count = 2};

static const struct naj_table_header* header(void) {
  return (const struct naj_table_header*)(const void*)table;
}

/* What a stream consists of after its schema: one letter for each message. */
struct script {
  struct test_bytes bytes;
  struct naj_schema* schema;
  int64_t blocks[16][3];
  int32_t count;
};

static void append_values(struct script* script, int64_t id, int32_t is_delta, int32_t packing) {
  const int32_t index = id == 7;
  struct test_array array;
  test_array_random(&array, naj_schema_dictionary_values(script->schema, index), 5,
                    (uint64_t)script->count, 0);
  const struct test_batch as = {.is_dictionary = 1, .dictionary_id = id, .is_delta = is_delta};
  test_append_array(&script->bytes, &array, packing, 0, &as);
  test_array_free(&array);
}

static void append_message(struct script* script, char what) {
  struct test_array array;
  struct test_batch none = {.is_dictionary = 1, .dictionary_id = 7, .has_no_values = 1};
  int64_t* block = script->blocks[script->count];
  block[0] = script->bytes.size_bytes;
  switch (what) {
    case 'R':
      test_array_random(&array, script->schema, 6, 1, 0);
      test_append_array(&script->bytes, &array, TEST_PACK_PLAIN, 0, NULL);
      test_array_free(&array);
      break;
    case 'A':
    case 'a':
      append_values(script, 7, what == 'a', TEST_PACK_PLAIN);
      break;
    case 'Z':
      append_values(script, 7, 0, TEST_PACK_ZSTD);
      break;
    case 'B':
    case 'b':
      append_values(script, -1, what == 'b', TEST_PACK_LZ4);
      break;
    case 'N':
      test_append_batch(&script->bytes, &none, 0);
      break;
    default:
      CHECK_EQ(what, 'U');
      append_values(script, 7, 0, TEST_PACK_PLAIN);
  }
  struct naj_message message;
  int64_t needed_bytes = 0;
  CHECK_STATUS(naj_message_read(script->bytes.data + block[0], script->bytes.size_bytes - block[0],
                                0, NULL, &message, &needed_bytes, &error),
               NAJ_OK, error);
  block[1] = message.message_bytes;
  block[2] = message.body_bytes;
  naj_message_reset(&message);
  script->count++;
}

static struct script write_script(const char* messages) {
  struct script script = {.schema = test_schema_create(&schema)};
  test_append_schema(&script.bytes, &schema, 0);
  for (const char* at = messages; *at != 0; at++) append_message(&script, *at);
  return script;
}

static void free_script(struct script* script) {
  test_bytes_free(&script->bytes);
  naj_schema_release(script->schema);
}

/* Reads all messages of `size` bytes; says how it went, and in `kinds` one letter a message. */
static naj_status read_all(const uint8_t* bytes, int64_t size, int64_t arena_bytes, char* kinds,
                           struct naj_read_stats* stats) {
  struct naj_memory* memory = NULL;
  struct naj_stream* stream = NULL;
  int64_t offset = 0;
  int64_t needed_bytes = 0;
  struct naj_read_stats none = {0};
  *kinds = 0;
  *stats = none;
  naj_status status = naj_memory_wrap(bytes, size, NULL, 0, &memory, &error);
  if (status != NAJ_OK) return status;
  status = naj_stream_open(NULL, &stream, &error);
  if (status == NAJ_OK)
    status = naj_stream_schema(stream, memory, 0, size, &offset, &needed_bytes, &error);
  while (status == NAJ_OK) {
    const struct naj_decode_target target = {table, sizeof table, arena, arena_bytes};
    status = naj_stream_next(stream, memory, offset, size - offset, 1, &target, &error);
    if (status == NAJ_NEED_ARENA) {
      arena_bytes = header()->needed_bytes;
      CHECK(arena_bytes <= (int64_t)sizeof arena);
      status = NAJ_OK;
      continue;
    }
    if (status != NAJ_OK || header()->kind == NAJ_TABLE_END) break;
    offset = header()->next_offset;
    *kinds++ = header()->kind == NAJ_TABLE_BATCH   ? 'R'
               : header()->dictionary_id == 7      ? 'A'
               : header()->flags & NAJ_TABLE_DELTA ? 'b'
                                                   : 'B';
    *kinds = 0;
    if (header()->kind == NAJ_TABLE_DICTIONARY) {
      CHECK_EQ(header()->dictionary_index, header()->dictionary_id == 7);
      CHECK_EQ(header()->row_count, 5);
      CHECK_EQ(header()->node_count, 1);
    }
  }
  if (stream != NULL) naj_stream_stats(stream, stats);
  naj_stream_close(stream);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  return status;
}

static void dictionaries_are_named_and_counted(void) {
  struct script script = write_script("ABRabARZR");
  char kinds[32];
  struct naj_read_stats stats;
  CHECK_STATUS(read_all(script.bytes.data, script.bytes.size_bytes, 0, kinds, &stats), NAJ_OK,
               error);
  CHECK_TEXT(kinds, "ABRAbARAR");
  CHECK_EQ(stats.num_messages, 10);
  CHECK_EQ(stats.num_record_batches, 3);
  CHECK_EQ(stats.num_dictionary_batches, 6);
  CHECK_EQ(stats.num_dictionary_deltas, 2);
  CHECK_EQ(stats.num_replaced_dictionaries, 2);
  free_script(&script);
}

static void delta_of_nothing_is_invalid(void) {
  char kinds[32];
  struct naj_read_stats stats;
  struct script script = write_script("Bab");
  CHECK_STATUS(read_all(script.bytes.data, script.bytes.size_bytes, 0, kinds, &stats),
               NAJ_INVALID_DATA, error);
  CHECK_TEXT(kinds, "B");
  CHECK_EQ(error.offset_bytes, script.blocks[1][0]);
  CHECK_EQ(stats.num_dictionary_batches, 1);
  free_script(&script);
}

static void unknown_id_is_invalid(void) {
  char kinds[32];
  struct naj_read_stats stats;
  struct script script = write_script("A");
  struct test_array array;
  test_array_random(&array, naj_schema_dictionary_values(script.schema, 1), 5, 1, 0);
  const int64_t ids[] = {0, 6, 8, INT64_MIN, INT64_MAX};
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
    const int64_t size = script.bytes.size_bytes;
    const struct test_batch as = {.is_dictionary = 1, .dictionary_id = ids[i]};
    test_append_array(&script.bytes, &array, TEST_PACK_PLAIN, 0, &as);
    CHECK_STATUS(read_all(script.bytes.data, script.bytes.size_bytes, 0, kinds, &stats),
                 NAJ_INVALID_DATA, error);
    CHECK_EQ(error.offset_bytes, size);
    script.bytes.size_bytes = size;
  }
  test_array_free(&array);
  free_script(&script);
}

static void dictionary_without_values_is_invalid(void) {
  char kinds[32];
  struct naj_read_stats stats;
  struct script script = write_script("N");
  CHECK_STATUS(read_all(script.bytes.data, script.bytes.size_bytes, 0, kinds, &stats),
               NAJ_INVALID_DATA, error);
  free_script(&script);
}

static void stream_cut_anywhere_is_truncated(void) {
  char kinds[32];
  struct naj_read_stats stats;
  struct script script = write_script("ABaR");
  for (int64_t size = 0; size < script.bytes.size_bytes; size++) {
    int is_between = 0;
    for (int32_t i = 0; i < script.count; i++) is_between |= size == script.blocks[i][0];
    const naj_status status = read_all(script.bytes.data, size, 0, kinds, &stats);
    if (size < script.blocks[0][0]) {
      CHECK_EQ(status, NAJ_NEED_INPUT);
    } else {
      CHECK_EQ(status, is_between ? NAJ_OK : NAJ_TRUNCATED);
    }
  }
  free_script(&script);
}

static void stream_without_memory_says_so(void) {
  char kinds[32];
  struct naj_read_stats stats;
  struct script script = write_script("AZBbR");
  const int64_t live = naj_live_objects();
  naj_status status = NAJ_NO_MEMORY;
  int64_t failures = 0;
  for (int64_t n = 1; status != NAJ_OK; n++, failures++) {
    naj_fail_allocation(n);
    status = read_all(script.bytes.data, script.bytes.size_bytes, 0, kinds, &stats);
    naj_fail_allocation(0);
    CHECK(status == NAJ_OK || status == NAJ_NO_MEMORY);
    CHECK_EQ(naj_live_objects(), live);
  }
  CHECK(failures > 12);
  CHECK_TEXT(kinds, "AABbR");
  free_script(&script);
}

/* A file of dictionaries "AaB" and one batch; damage is done to copies of its blocks. */
struct file {
  struct test_bytes bytes;
  struct script script;
};
static struct file write_file(const int64_t (*dictionaries)[3], size_t count) {
  struct file file = {.script = write_script("AaBR")};
  test_bytes_append(&file.bytes, "ARROW1\0\0", 8);
  test_bytes_append(&file.bytes, file.script.bytes.data, file.script.bytes.size_bytes);
  test_append_end(&file.bytes, 0);
  int64_t blocks[4][3];
  for (int i = 0; i < 4; i++) {
    memcpy(blocks[i], file.script.blocks[i], sizeof *blocks);
    blocks[i][0] += 8;
  }
  if (dictionaries == NULL) {
    dictionaries = (const int64_t (*)[3])blocks;
    count = 3;
  }
  test_append_dictionary_footer(&file.bytes, &schema, dictionaries, count,
                                (const int64_t (*)[3])blocks + 3, 1);
  return file;
}
static void free_file(struct file* file) {
  test_bytes_free(&file->bytes);
  free_script(&file->script);
}

static naj_status read_file(const struct file* file, int64_t* out_count) {
  struct naj_memory* memory = test_memory(file->bytes.data, file->bytes.size_bytes);
  struct naj_file* opened = NULL;
  int64_t needed_bytes = 0;
  naj_status status =
      naj_file_open(memory, 0, file->bytes.size_bytes, NULL, &opened, &needed_bytes, &error);
  *out_count = status == NAJ_OK ? naj_file_dictionary_count(opened) : -1;
  for (int64_t i = 0; i < *out_count && status == NAJ_OK; i++) {
    const struct naj_decode_target target = {table, sizeof table, arena, sizeof arena};
    status = naj_file_dictionary(opened, i, memory, 0, &target, &error);
    if (status != NAJ_OK) break;
    CHECK_EQ(header()->kind, NAJ_TABLE_DICTIONARY);
    CHECK_EQ(header()->dictionary_id, i < 2 ? 7 : -1);
    CHECK_EQ((header()->flags & NAJ_TABLE_DELTA) != 0, i == 1);
    int64_t place[3];
    CHECK_STATUS(naj_file_dictionary_block(opened, i, &place[0], &place[1], &place[2], &error),
                 NAJ_OK, error);
    CHECK_EQ(place[0], header()->message_offset);
    CHECK_EQ(place[1], header()->message_bytes);
    CHECK_EQ(place[2], header()->body_bytes);
  }
  if (status == NAJ_OK) {
    const struct naj_decode_target target = {table, sizeof table, arena, sizeof arena};
    CHECK_EQ(naj_file_dictionary(opened, *out_count, memory, 0, &target, &error), NAJ_MISUSE);
    CHECK_EQ(naj_file_dictionary(opened, -1, memory, 0, &target, &error), NAJ_MISUSE);
    status = naj_file_batch(opened, 0, memory, 0, &target, &error);
  }
  naj_file_close(opened);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  return status;
}

static void files_list_their_dictionaries(void) {
  struct file file = write_file(NULL, 0);
  int64_t count = 0;
  CHECK_STATUS(read_file(&file, &count), NAJ_OK, error);
  CHECK_EQ(count, 3);
  free_file(&file);
}

static void dictionary_blocks_are_checked(void) {
  struct file good = write_file(NULL, 0);
  int64_t at[3];
  memcpy(at, good.script.blocks[0], sizeof at);
  at[0] += 8;
  const int64_t batch = good.script.blocks[3][0] + 8;
  const int64_t bad[][3] = {
      {at[0], at[1], at[2] + 8}, {at[0], at[1], at[2] - 8},
      {at[0], at[1] + 8, at[2]}, {at[0], at[1] - 8, at[2]},
      {at[0] + 8, at[1], at[2]}, {batch, good.script.blocks[3][1], good.script.blocks[3][2]},
      {-8, at[1], at[2]},        {at[0], -8, at[2]},
      {at[0], at[1], -8},        {INT64_MAX, at[1], at[2]},
      {at[0], at[1], INT64_MAX}, {good.bytes.size_bytes, at[1], at[2]}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct file file = write_file(&bad[i], 1);
    int64_t count = 0;
    CHECK_STATUS(read_file(&file, &count), NAJ_INVALID_DATA, error);
    free_file(&file);
  }
  free_file(&good);
}

int main(void) {
  TEST_RUN(dictionaries_are_named_and_counted);
  TEST_RUN(delta_of_nothing_is_invalid);
  TEST_RUN(unknown_id_is_invalid);
  TEST_RUN(dictionary_without_values_is_invalid);
  TEST_RUN(stream_cut_anywhere_is_truncated);
  TEST_RUN(stream_without_memory_says_so);
  TEST_RUN(files_list_their_dictionaries);
  TEST_RUN(dictionary_blocks_are_checked);
  TEST_DONE();
}
