#include "naj/naj.h"
#include "support/naj_test.h"
#include "support/naj_test_ipc.h"

enum { BATCH_COUNT = 3, BODY_BYTES = 8 };

static const struct test_field field = {.name = "a", .type = NAJ_TYPE_INT32};
static const struct test_schema schema = {.fields = &field, .field_count = 1};
static const struct test_pair nodes[] = {{2, 0}};
static const struct test_pair buffers[] = {{0, 0}, {0, 8}};
static const struct test_batch batch = {.row_count = 2,
                                        .nodes = nodes,
                                        .node_count = 1,
                                        .buffers = buffers,
                                        .buffer_count = 2,
                                        .body_bytes = BODY_BYTES};

/* A file of three batches; `blocks` may be changed before the footer is appended. */
struct test_file {
  struct test_bytes bytes;
  int64_t blocks[BATCH_COUNT][3];
};

static void start_file(struct test_file* file, int32_t is_legacy) {
  memset(file, 0, sizeof *file);
  test_bytes_append(&file->bytes, "ARROW1\0\0", 8);
  test_append_schema(&file->bytes, &schema, is_legacy);
  for (int i = 0; i < BATCH_COUNT; i++) {
    const int64_t offset = file->bytes.size_bytes;
    test_append_batch(&file->bytes, &batch, is_legacy);
    file->blocks[i][0] = offset;
    file->blocks[i][1] = file->bytes.size_bytes - offset - BODY_BYTES;
    file->blocks[i][2] = BODY_BYTES;
  }
  test_append_end(&file->bytes, is_legacy);
}

static void end_file(struct test_file* file) {
  test_append_footer(&file->bytes, &schema, (const int64_t (*)[3])file->blocks, BATCH_COUNT);
}

/* Opens from the last `tail_bytes`. */
static naj_status open_tail(const struct test_bytes* bytes, int64_t tail_bytes,
                            struct naj_file** out_file, int64_t* out_needed_bytes,
                            struct naj_error* error) {
  const int64_t offset = bytes->size_bytes - tail_bytes;
  struct naj_memory* memory = test_memory(bytes->data + offset, tail_bytes);
  const naj_status status =
      naj_file_open(memory, offset, bytes->size_bytes, NULL, out_file, out_needed_bytes, error);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  return status;
}

static struct naj_file* open_whole(const struct test_file* file) {
  struct naj_file* opened = NULL;
  struct naj_error error;
  int64_t needed_bytes = 0;
  CHECK_STATUS(open_tail(&file->bytes, file->bytes.size_bytes, &opened, &needed_bytes, &error),
               NAJ_OK, error);
  return opened;
}

/* Decodes one batch out of memory that holds [from, to) of the file. */
static naj_status read_batch(const struct naj_file* opened, const struct test_file* file,
                             int64_t batch_index, int64_t from, int64_t to, uint8_t* table,
                             int64_t table_bytes, struct naj_error* error) {
  struct naj_memory* memory = test_memory(file->bytes.data + from, to - from);
  const naj_status status =
      test_file_batch(opened, batch_index, memory, from, table, table_bytes, error);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  return status;
}

static void batches_are_read_in_any_order(void) {
  for (int32_t is_legacy = 0; is_legacy < 2; is_legacy++) {
    struct test_file file;
    start_file(&file, is_legacy);
    end_file(&file);
    struct naj_file* opened = open_whole(&file);
    CHECK_EQ(naj_file_batch_count(opened), BATCH_COUNT);
    CHECK_EQ(naj_schema_descriptor(naj_file_get_schema(opened))->column_count, 1);
    const void* metadata = &file;
    int64_t metadata_bytes = -1;
    naj_file_metadata(opened, &metadata, &metadata_bytes);
    CHECK_EQ(metadata_bytes, 0);
    _Alignas(8) uint8_t table[1024];
    struct naj_error error;
    for (int64_t i = BATCH_COUNT - 1; i >= 0; i--) {
      int64_t block[3];
      CHECK_STATUS(naj_file_block(opened, i, &block[0], &block[1], &block[2], &error), NAJ_OK,
                   error);
      for (int k = 0; k < 3; k++) CHECK_EQ(block[k], file.blocks[i][k]);
      const int64_t end = block[0] + block[1] + block[2];
      /* the whole file, then the block alone */
      CHECK_STATUS(
          read_batch(opened, &file, i, 0, file.bytes.size_bytes, table, sizeof table, &error),
          NAJ_OK, error);
      CHECK_STATUS(read_batch(opened, &file, i, block[0], end, table, sizeof table, &error), NAJ_OK,
                   error);
      const struct naj_table_header* header = (const struct naj_table_header*)(const void*)table;
      const struct naj_table_buffer* data =
          (const struct naj_table_buffer*)(const void*)((const uint8_t*)(header + 1) +
                                                        sizeof(struct naj_table_node)) +
          1;
      CHECK_EQ(header->row_count, 2);
      CHECK_EQ(header->message_offset, 0);
      CHECK_EQ(header->flags, is_legacy ? NAJ_TABLE_LEGACY_FRAMING : 0);
      CHECK_EQ(data->address, (int64_t)(uintptr_t)(file.bytes.data + block[0] + block[1]));
      /* one byte less on either side */
      CHECK_STATUS(read_batch(opened, &file, i, block[0] + 1, end, table, sizeof table, &error),
                   NAJ_MISUSE, error);
      CHECK_STATUS(read_batch(opened, &file, i, block[0], end - 1, table, sizeof table, &error),
                   NAJ_MISUSE, error);
    }
    naj_file_close(opened);
    test_bytes_free(&file.bytes);
  }
}

static void a_short_tail_asks_for_what_suffices(void) {
  struct test_file file;
  start_file(&file, 0);
  end_file(&file);
  for (int64_t tail = 0; tail < file.bytes.size_bytes; tail++) {
    struct naj_file* opened = NULL;
    struct naj_error error;
    int64_t needed_bytes = 0;
    naj_status status = open_tail(&file.bytes, tail, &opened, &needed_bytes, &error);
    for (int round = 0; status == NAJ_NEED_INPUT; round++) {
      CHECK(round < 3);
      CHECK_EQ(error.status, NAJ_NEED_INPUT);
      CHECK(needed_bytes > tail && needed_bytes <= file.bytes.size_bytes);
      tail = needed_bytes;
      status = open_tail(&file.bytes, tail, &opened, &needed_bytes, &error);
    }
    CHECK_STATUS(status, NAJ_OK, error);
    CHECK_EQ(naj_file_batch_count(opened), BATCH_COUNT);
    naj_file_close(opened);
    tail = tail < file.bytes.size_bytes / 2 ? tail : file.bytes.size_bytes;
  }
  test_bytes_free(&file.bytes);
}

static void rows_are_counted_without_the_body(void) {
  struct test_file file;
  start_file(&file, 0);
  end_file(&file);
  struct naj_file* opened = open_whole(&file);
  struct naj_error error;
  int64_t row_count = 0;
  const int64_t* block = file.blocks[1];
  struct naj_memory* memory = test_memory(file.bytes.data + block[0], block[1]);
  CHECK_STATUS(naj_file_batch_rows(opened, 1, memory, block[0], &row_count, &error), NAJ_OK, error);
  CHECK_EQ(row_count, 2);
  CHECK_STATUS(naj_file_batch_rows(opened, 1, memory, block[0] - 1, &row_count, &error), NAJ_MISUSE,
               error);
  CHECK_STATUS(naj_file_batch_rows(opened, 0, memory, block[0], &row_count, &error), NAJ_MISUSE,
               error);
  CHECK_STATUS(naj_file_batch_rows(opened, 1, memory, -1, &row_count, &error), NAJ_MISUSE, error);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  naj_file_close(opened);
  test_bytes_free(&file.bytes);
}

static void batch_numbers_out_of_range_are_misuse(void) {
  struct test_file file;
  start_file(&file, 0);
  end_file(&file);
  struct naj_file* opened = open_whole(&file);
  _Alignas(8) uint8_t table[1024];
  struct naj_error error;
  const int64_t bad[] = {-1, BATCH_COUNT, INT64_MAX, INT64_MIN};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    int64_t block[3];
    CHECK_STATUS(
        read_batch(opened, &file, bad[i], 0, file.bytes.size_bytes, table, sizeof table, &error),
        NAJ_MISUSE, error);
    CHECK_STATUS(naj_file_block(opened, bad[i], &block[0], &block[1], &block[2], &error),
                 NAJ_MISUSE, error);
  }
  naj_file_close(opened);
  test_bytes_free(&file.bytes);
}

/* The footer names a block that is sound in itself but is not what lies there. */
static void a_block_that_lies_is_refused(void) {
  for (int lie = 0; lie < 6; lie++) {
    struct test_file file;
    start_file(&file, 0);
    int64_t* block = file.blocks[1];
    if (lie == 0) block[2] += 8; /* body longer than the message says */
    if (lie == 1) block[2] -= 8; /* and shorter */
    if (lie == 2) block[1] += 8; /* metadata reaches into the body */
    if (lie == 3) block[1] = 8;  /* metadata cut short */
    if (lie == 4) block[0] += 8; /* not where a message begins */
    if (lie == 5) {
      block[0] = 8; /* the schema message */
      block[1] = file.blocks[0][0] - 8;
      block[2] = 0;
    }
    end_file(&file);
    struct naj_file* opened = open_whole(&file);
    _Alignas(8) uint8_t table[1024];
    struct naj_error error;
    CHECK_STATUS(
        read_batch(opened, &file, 1, 0, file.bytes.size_bytes, table, sizeof table, &error),
        NAJ_INVALID_DATA, error);
    CHECK(error.offset_bytes >= block[0] && error.offset_bytes < block[0] + 8);
    CHECK_STATUS(
        read_batch(opened, &file, 0, 0, file.bytes.size_bytes, table, sizeof table, &error), NAJ_OK,
        error); /* the others are none the worse */
    naj_file_close(opened);
    test_bytes_free(&file.bytes);
  }
}

static void a_block_outside_the_file_is_refused_at_once(void) {
  for (int lie = 0; lie < 5; lie++) {
    struct test_file file;
    start_file(&file, 0);
    int64_t* block = file.blocks[2];
    if (lie == 0) block[0] = -8;
    if (lie == 1) block[2] = INT64_MAX - 7;
    if (lie == 2) block[1] = -8;
    if (lie == 3) block[2] = -8;
    if (lie == 4) block[0] = (int64_t)1 << 40;
    end_file(&file);
    struct naj_file* opened = NULL;
    struct naj_error error;
    int64_t needed_bytes = 0;
    CHECK_STATUS(open_tail(&file.bytes, file.bytes.size_bytes, &opened, &needed_bytes, &error),
                 NAJ_INVALID_DATA, error);
    test_bytes_free(&file.bytes);
  }
}

static void a_file_cut_anywhere_does_not_open(void) {
  struct test_file file;
  start_file(&file, 0);
  end_file(&file);
  const int64_t size = file.bytes.size_bytes;
  for (int64_t cut = 0; cut < size; cut++) {
    struct test_bytes part = {.data = file.bytes.data, .size_bytes = cut};
    struct naj_file* opened = NULL;
    struct naj_error error;
    int64_t needed_bytes = 0;
    const naj_status status = open_tail(&part, cut, &opened, &needed_bytes, &error);
    CHECK(status == NAJ_TRUNCATED || status == NAJ_INVALID_DATA);
  }
  test_bytes_free(&file.bytes);
}

static void a_footer_without_a_version_counts_as_v4(void) {
  struct test_file file;
  start_file(&file, 0);
  struct test_schema unversioned = schema;
  unversioned.metadata_version = TEST_NO_VERSION;
  test_append_footer(&file.bytes, &unversioned, (const int64_t (*)[3])file.blocks, BATCH_COUNT);
  struct naj_file* opened = open_whole(&file);
  CHECK_EQ(naj_schema_descriptor(naj_file_get_schema(opened))->metadata_version, TEST_V4);
  naj_file_close(opened);
  test_bytes_free(&file.bytes);
}

static void failed_allocations_are_told(void) {
  struct test_file file;
  start_file(&file, 0);
  end_file(&file);
  uint8_t* moved =
      malloc((size_t)file.bytes.size_bytes + 1); /* metadata is copied at odd addresses */
  CHECK(moved != NULL);
  memcpy(moved + 1, file.bytes.data, (size_t)file.bytes.size_bytes);
  struct naj_memory* memory = test_memory(moved + 1, file.bytes.size_bytes);
  const int64_t objects = naj_live_objects();
  int64_t failures = 0;
  for (int64_t n = 1;; n++) {
    struct naj_file* opened = NULL;
    struct naj_error error;
    int64_t needed_bytes = 0;
    _Alignas(8) uint8_t table[1024];
    naj_fail_allocation(n);
    naj_status status =
        naj_file_open(memory, 0, file.bytes.size_bytes, NULL, &opened, &needed_bytes, &error);
    if (status == NAJ_OK)
      status = test_file_batch(opened, 1, memory, 0, table, sizeof table, &error);
    naj_fail_allocation(0);
    naj_file_close(opened);
    CHECK_EQ(naj_live_objects(), objects);
    if (status == NAJ_OK) break;
    CHECK_STATUS(status, NAJ_NO_MEMORY, error);
    failures++;
  }
  CHECK(failures >= 6);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  free(moved);
  test_bytes_free(&file.bytes);
}

static void a_tail_that_is_none_is_misuse(void) {
  struct test_file file;
  start_file(&file, 0);
  end_file(&file);
  const int64_t size = file.bytes.size_bytes;
  struct naj_memory* memory = test_memory(file.bytes.data, size);
  struct naj_file* opened = NULL;
  struct naj_error error;
  int64_t needed_bytes = 0;
  const int64_t bad[][2] = {{0, size - 1},  {0, size + 1}, {1, size},
                            {-1, size - 1}, {0, -1},       {INT64_MIN, INT64_MAX}};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    CHECK_STATUS(naj_file_open(memory, bad[i][0], bad[i][1], NULL, &opened, &needed_bytes, &error),
                 NAJ_MISUSE, error);
  }
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  test_bytes_free(&file.bytes);
}

int main(void) {
  TEST_RUN(batches_are_read_in_any_order);
  TEST_RUN(a_short_tail_asks_for_what_suffices);
  TEST_RUN(rows_are_counted_without_the_body);
  TEST_RUN(batch_numbers_out_of_range_are_misuse);
  TEST_RUN(a_block_that_lies_is_refused);
  TEST_RUN(a_block_outside_the_file_is_refused_at_once);
  TEST_RUN(a_file_cut_anywhere_does_not_open);
  TEST_RUN(a_footer_without_a_version_counts_as_v4);
  TEST_RUN(failed_allocations_are_told);
  TEST_RUN(a_tail_that_is_none_is_misuse);
  TEST_DONE();
}
