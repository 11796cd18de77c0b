#include <lz4frame.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "batch/naj_plan.h"
#include "support/naj_test.h"
#include "support/naj_test_arrays.h"

static void turn(uint8_t* bytes, int64_t size) {
  for (int64_t i = 0; i < size / 2; i++) {
    const uint8_t byte = bytes[i];
    bytes[i] = bytes[size - 1 - i];
    bytes[size - 1 - i] = byte;
  }
}

static void turn_view(uint8_t* view) {
  const int is_long = view[0] > 12 || view[1] != 0;
  turn(view, 4);
  if (is_long) turn(view + 8, 4), turn(view + 12, 4);
}

/* Bytes of one item that turn around as one; written down from the columnar format. */
static int64_t unit_of(int32_t type, int32_t kind, int32_t width) {
  switch (kind) {
    case NAJ_BUFFER_VALIDITY:
    case NAJ_BUFFER_BITS:
    case NAJ_BUFFER_DATA:
    case NAJ_BUFFER_TYPE_IDS:
      return 1;
    case NAJ_BUFFER_FIXED:
      if (type == NAJ_TYPE_FIXED_SIZE_BINARY) return 1;
      return type == NAJ_TYPE_INTERVAL_DAY_TIME ? 4 : width;
    case NAJ_BUFFER_OFFSETS64:
    case NAJ_BUFFER_VIEW_OFFSETS64:
    case NAJ_BUFFER_VIEW_SIZES64:
      return 8;
    default:
      return 4;
  }
}

static void turn_buffer(uint8_t* bytes, int64_t size, int32_t type,
                        const struct naj_plan_buffer* wanted) {
  if (wanted->kind == NAJ_BUFFER_VIEWS) {
    for (int64_t i = 0; i + 16 <= size; i += 16) turn_view(bytes + i);
  } else if (type == NAJ_TYPE_INTERVAL_MONTH_DAY_NANO && wanted->kind == NAJ_BUFFER_FIXED) {
    for (int64_t i = 0; i + 16 <= size; i += 16)
      turn(bytes + i, 4), turn(bytes + i + 4, 4), turn(bytes + i + 8, 8);
  } else {
    const int64_t unit = unit_of(type, wanted->kind, wanted->width_bytes);
    for (int64_t i = 0; unit > 1 && i + unit <= size; i += unit) turn(bytes + i, unit);
  }
}

static void append_prefix(struct test_bytes* body, int64_t value) {
  uint8_t prefix[8];
  for (int i = 0; i < 8; i++) prefix[i] = (uint8_t)((uint64_t)value >> (8 * i));
  test_bytes_append(body, prefix, 8);
}

static void append_frame(struct test_bytes* body, int32_t codec, const uint8_t* bytes,
                         int64_t size) {
  const size_t room = codec == TEST_PACK_ZSTD ? ZSTD_compressBound((size_t)size)
                                              : LZ4F_compressFrameBound((size_t)size, NULL);
  uint8_t* frame = malloc(room);
  CHECK(frame != NULL);
  const size_t written = codec == TEST_PACK_ZSTD
                             ? ZSTD_compress(frame, room, bytes, (size_t)size, 1)
                             : LZ4F_compressFrame(frame, room, bytes, (size_t)size, NULL);
  CHECK(codec == TEST_PACK_ZSTD ? !ZSTD_isError(written) : !LZ4F_isError(written));
  test_bytes_append(body, frame, (int64_t)written);
  free(frame);
}

static void append_buffer(struct test_bytes* body, int32_t packing, int64_t index,
                          const uint8_t* bytes, int64_t size) {
  const int32_t codec = packing & (TEST_PACK_LZ4 | TEST_PACK_ZSTD);
  const int64_t way = packing & TEST_PACK_MIXED ? index % 3 : 0;
  if (size == 0) return;
  if (codec == 0) {
    test_bytes_append(body, bytes, size);
  } else if (way == 1) {
    append_prefix(body, -1);
    test_bytes_append(body, bytes, size);
  } else {
    append_prefix(body, size);
    const int64_t first = way == 2 ? size / 2 : 0;
    if (first > 0) append_frame(body, codec, bytes, first);
    append_frame(body, codec, bytes + first, size - first);
  }
}

void test_append_array(struct test_bytes* bytes, const struct test_array* borrow_array,
                       int32_t packing, int32_t is_swapped, const struct test_batch* as) {
  const struct naj_plan* plan = borrow_array->schema->plan;
  struct test_bytes body = {0};
  struct test_pair nodes[TEST_ARRAY_NODES];
  struct test_pair buffers[TEST_ARRAY_BUFFERS];
  static const struct naj_plan_buffer data = {.kind = NAJ_BUFFER_DATA};
  int64_t next = 0;
  int64_t next_variadic = 0;
  for (int32_t i = 0; i < plan->node_count; i++) {
    const struct naj_plan_node* node = &plan->nodes[i];
    nodes[i] = (struct test_pair){borrow_array->nodes[i].length, borrow_array->nodes[i].null_count};
    const int64_t count =
        node->buffer_count + (node->has_variadic ? borrow_array->variadic[next_variadic++] : 0);
    for (int64_t k = 0; k < count; k++, next++) {
      const struct naj_table_buffer* buffer = &borrow_array->buffers[next];
      uint8_t* copy = malloc((size_t)buffer->size_bytes + 1);
      CHECK(copy != NULL);
      if (buffer->size_bytes > 0)
        memcpy(copy, (const void*)(uintptr_t)buffer->address, (size_t)buffer->size_bytes);
      if (is_swapped)
        turn_buffer(copy, buffer->size_bytes, node->type,
                    k < node->buffer_count ? &plan->buffers[node->first_buffer + k] : &data);
      buffers[next].a = body.size_bytes;
      append_buffer(&body, packing, next, copy, buffer->size_bytes);
      buffers[next].b = body.size_bytes - buffers[next].a;
      test_bytes_append(&body, NULL, (8 - body.size_bytes % 8) % 8);
      free(copy);
    }
  }
  struct test_batch batch = {0};
  if (as != NULL) batch = *as;
  batch.row_count = borrow_array->row_count;
  batch.nodes = nodes;
  batch.node_count = (size_t)borrow_array->node_count;
  batch.buffers = buffers;
  batch.buffer_count = (size_t)borrow_array->buffer_count;
  batch.variadic_counts = borrow_array->variadic_count > 0 ? borrow_array->variadic : NULL;
  batch.variadic_count = (size_t)borrow_array->variadic_count;
  batch.is_compressed = (packing & (TEST_PACK_LZ4 | TEST_PACK_ZSTD)) != 0;
  batch.codec = packing & TEST_PACK_ZSTD ? 1 : 0;
  batch.metadata_version = borrow_array->schema->header->metadata_version;
  batch.body_bytes = body.size_bytes;
  batch.body = body.data;
  test_append_batch(bytes, &batch, 0);
  if (body.size_bytes >= 1 << 20) test_bytes_append(bytes, body.data, body.size_bytes);
  test_bytes_free(&body);
}
