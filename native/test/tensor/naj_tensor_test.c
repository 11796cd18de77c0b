#include "naj/naj_tensor.h"

#include "support/naj_test.h"
#include "support/naj_test_ipc.h"

static struct naj_error error;

enum { BLOCK_BYTES = 1024, BODY_BYTES = 256 };

/* A table with its names, as Java makes one. */
struct block {
  struct naj_tensor_header header;
  struct naj_tensor_dimension dimensions[2];
  uint8_t rest[BLOCK_BYTES];
};

static struct naj_tensor_buffer* buffers_of(struct block* block) { return (void*)block->rest; }

/* 2 by 3 doubles; sparse ones store two. */
static struct block make_block(int32_t kind) {
  struct block block;
  memset(&block, 0, sizeof block);
  block.header.kind = kind;
  block.header.type = NAJ_TYPE_DOUBLE;
  block.header.body_bytes = BODY_BYTES;
  block.header.dimension_count = 2;
  block.header.buffer_count = kind == NAJ_TENSOR_DENSE ? 1
                              : kind == NAJ_TENSOR_COO ? 2
                              : kind == NAJ_TENSOR_CSF ? 4
                                                       : 3;
  const int64_t names_offset = (int64_t)(block.rest + 64 - (uint8_t*)&block);
  memcpy(block.rest + 64, "rowcol", 6);
  block.dimensions[0] = (struct naj_tensor_dimension){
      .size = 2, .stride = 24, .axis = 1, .name_offset = names_offset, .name_size = 3};
  block.dimensions[1] = (struct naj_tensor_dimension){
      .size = 3, .stride = 8, .axis = 0, .name_offset = names_offset + 3, .name_size = 3};
  struct naj_tensor_buffer* buffers = buffers_of(&block);
  buffers[0].size_bytes = kind == NAJ_TENSOR_DENSE ? 48 : 16;
  if (kind == NAJ_TENSOR_DENSE) {
    return block;
  }
  block.header.stored_count = 2;
  block.header.index_type = NAJ_TYPE_INT32;
  block.header.row_stride = 8;
  block.header.column_stride = 4;
  block.header.is_canonical = kind == NAJ_TENSOR_COO;
  if (kind == NAJ_TENSOR_COO) {
    buffers[1] = (struct naj_tensor_buffer){64, 16};
    return block;
  }
  block.header.pointer_type = NAJ_TYPE_UINT16;
  const int64_t pointers = kind == NAJ_TENSOR_CSC ? 4 : 3;
  buffers[1] = (struct naj_tensor_buffer){64, 2 * pointers};
  buffers[2] = (struct naj_tensor_buffer){128, 8};
  buffers[3] = (struct naj_tensor_buffer){192, 8};
  return block;
}

/* The message of a block, with a body of zeros. */
static struct naj_memory* make_message(const struct block* block, int32_t is_legacy) {
  uint8_t head[BLOCK_BYTES];
  int64_t size_bytes = 0;
  CHECK_STATUS(
      naj_tensor_encode(block, sizeof *block, 4, is_legacy, head, sizeof head, &size_bytes, &error),
      NAJ_OK, error);
  CHECK_EQ(size_bytes % 64, 0);
  struct naj_memory* memory = NULL;
  CHECK_STATUS(naj_memory_allocate(size_bytes + BODY_BYTES, &memory, &error), NAJ_OK, error);
  memcpy((void*)(uintptr_t)naj_memory_address(memory), head, (size_t)size_bytes);
  return memory;
}

static void free_message(struct naj_memory* memory) {
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
}

static void check_same(const struct block* read, const struct block* made) {
  CHECK_EQ(read->header.kind, made->header.kind);
  CHECK_EQ(read->header.type, made->header.type);
  CHECK_EQ(read->header.dimension_count, 2);
  CHECK_EQ(read->header.buffer_count, made->header.buffer_count);
  CHECK_EQ(read->header.stored_count, made->header.stored_count);
  CHECK_EQ(read->header.index_type, made->header.index_type);
  CHECK_EQ(read->header.pointer_type, made->header.pointer_type);
  CHECK_EQ(read->header.is_canonical, made->header.is_canonical);
  for (int i = 0; i < 2; i++) {
    const struct naj_tensor_dimension* dimension = &read->dimensions[i];
    CHECK_EQ(dimension->size, made->dimensions[i].size);
    CHECK_EQ(dimension->name_size, 3);
    CHECK(memcmp((const uint8_t*)read + dimension->name_offset, i == 0 ? "row" : "col", 3) == 0);
    if (made->header.kind == NAJ_TENSOR_DENSE)
      CHECK_EQ(dimension->stride, made->dimensions[i].stride);
    if (made->header.kind == NAJ_TENSOR_CSF) CHECK_EQ(dimension->axis, made->dimensions[i].axis);
  }
  for (int i = 0; i < made->header.buffer_count; i++) {
    const struct naj_tensor_buffer* buffer =
        (const struct naj_tensor_buffer*)(const void*)read->rest + i;
    const struct naj_tensor_buffer* wanted =
        (const struct naj_tensor_buffer*)(const void*)made->rest + i;
    CHECK_EQ(buffer->offset, wanted->offset);
    CHECK_EQ(buffer->size_bytes, wanted->size_bytes);
  }
}

static void what_is_encoded_is_read_back(void) {
  for (int32_t kind = NAJ_TENSOR_DENSE; kind <= NAJ_TENSOR_CSF; kind++) {
    for (int32_t is_legacy = 0; is_legacy < 2; is_legacy++) {
      const struct block made = make_block(kind);
      struct naj_memory* memory = make_message(&made, is_legacy);
      const int64_t size_bytes = naj_memory_size_bytes(memory);
      struct block read;
      CHECK_STATUS(naj_tensor_read(memory, 0, size_bytes, 1, NULL, &read, sizeof read, &error),
                   NAJ_OK, error);
      CHECK_EQ(read.header.body_offset + read.header.body_bytes, size_bytes);
      check_same(&read, &made);
      free_message(memory);
    }
  }
}

static void bytes_that_are_missing_are_asked_for(void) {
  const struct block made = make_block(NAJ_TENSOR_CSR);
  struct naj_memory* memory = make_message(&made, 0);
  const int64_t size_bytes = naj_memory_size_bytes(memory);
  struct block read;
  for (int64_t there = 0; there < size_bytes; there++) {
    CHECK_STATUS(naj_tensor_read(memory, 0, there, 0, NULL, &read, sizeof read, &error),
                 NAJ_NEED_INPUT, error);
    CHECK(read.header.needed_bytes > there && read.header.needed_bytes <= size_bytes);
    CHECK_STATUS(naj_tensor_read(memory, 0, there, 1, NULL, &read, sizeof read, &error),
                 NAJ_TRUNCATED, error);
  }
  free_message(memory);
}

static void a_table_that_is_too_small_is_told(void) {
  const struct block made = make_block(NAJ_TENSOR_CSF);
  struct naj_memory* memory = make_message(&made, 0);
  const int64_t size_bytes = naj_memory_size_bytes(memory);
  struct block read;
  const int64_t header_bytes = sizeof read.header;
  CHECK_STATUS(naj_tensor_read(memory, 0, size_bytes, 1, NULL, &read, header_bytes, &error),
               NAJ_NEED_TABLE, error);
  const int64_t needed_bytes = read.header.needed_bytes;
  CHECK_EQ(needed_bytes, header_bytes + 2 * 40 + 4 * 16 + 6);
  CHECK_STATUS(naj_tensor_read(memory, 0, size_bytes, 1, NULL, &read, needed_bytes - 1, &error),
               NAJ_NEED_TABLE, error);
  CHECK_STATUS(naj_tensor_read(memory, 0, size_bytes, 1, NULL, &read, needed_bytes, &error), NAJ_OK,
               error);
  CHECK_STATUS(naj_tensor_read(memory, 0, size_bytes, 1, NULL, &read, header_bytes - 1, &error),
               NAJ_MISUSE, error);
  CHECK_STATUS(naj_tensor_read(memory, 1, size_bytes, 1, NULL, &read, sizeof read, &error),
               NAJ_MISUSE, error);
  free_message(memory);
}

static void room_that_is_too_small_is_told(void) {
  const struct block made = make_block(NAJ_TENSOR_COO);
  uint8_t head[BLOCK_BYTES];
  int64_t size_bytes = 0;
  CHECK_STATUS(naj_tensor_encode(&made, sizeof made, 4, 0, NULL, 0, &size_bytes, &error),
               NAJ_NEED_ARENA, error);
  head[size_bytes] = 0xAA;
  CHECK_STATUS(naj_tensor_encode(&made, sizeof made, 4, 0, head, size_bytes, &size_bytes, &error),
               NAJ_OK, error);
  CHECK_EQ(head[size_bytes], 0xAA);
}

static void a_table_that_lies_is_misuse(void) {
  for (int lie = 0; lie < 8; lie++) {
    struct block block = make_block(NAJ_TENSOR_CSF);
    int64_t table_bytes = sizeof block;
    if (lie == 0) block.header.kind = 5;
    if (lie == 1) block.header.type = NAJ_TYPE_UTF8;
    if (lie == 2) block.header.dimension_count = -1;
    if (lie == 3) block.header.dimension_count = INT32_MAX;
    if (lie == 4) block.header.buffer_count = 3;
    if (lie == 5) block.dimensions[1].name_offset = INT64_MAX;
    if (lie == 6) block.header.pointer_type = NAJ_TYPE_FLOAT;
    if (lie == 7) table_bytes = sizeof block.header;
    int64_t size_bytes;
    CHECK_STATUS(naj_tensor_encode(&block, table_bytes, 4, 0, NULL, 0, &size_bytes, &error),
                 NAJ_MISUSE, error);
  }
}

static void no_memory_is_told(void) {
  const struct block made = make_block(NAJ_TENSOR_CSF);
  uint8_t head[BLOCK_BYTES];
  int64_t size_bytes;
  naj_status status = NAJ_NO_MEMORY;
  for (int64_t n = 1; status == NAJ_NO_MEMORY; n++) {
    CHECK(n < 1000);
    naj_fail_allocation(n);
    status = naj_tensor_encode(&made, sizeof made, 4, 0, head, sizeof head, &size_bytes, &error);
    naj_fail_allocation(0);
    CHECK_EQ(naj_live_objects(), 0);
  }
  CHECK_EQ(status, NAJ_OK);
}

int main(void) {
  TEST_RUN(what_is_encoded_is_read_back);
  TEST_RUN(bytes_that_are_missing_are_asked_for);
  TEST_RUN(a_table_that_is_too_small_is_told);
  TEST_RUN(room_that_is_too_small_is_told);
  TEST_RUN(a_table_that_lies_is_misuse);
  TEST_RUN(no_memory_is_told);
  TEST_DONE();
}
