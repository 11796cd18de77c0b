#define LZ4_STATIC_LINKING_ONLY
#define LZ4_HC_STATIC_LINKING_ONLY

#include "codec/naj_lz4_frame.h"

#include <lz4.h>
#include <lz4hc.h>
#include <string.h>

enum {
  LEAST_DENSE_LEVEL = 3,
  HEADER_BYTES = 7,
  BLOCK_HEAD_BYTES = 4,
  LEAST_BLOCK_BYTES = 1 << 16,
  MOST_BLOCK_BYTES = 1 << 22
};
static const uint32_t STORED_BLOCK = UINT32_C(1) << 31;

/* doc/lz4_Frame_format.md: magic number, version 01 with independent blocks and nothing optional,
 * largest block, second byte of the XXH32 of these two bytes. */
struct block_size {
  int64_t most_bytes;
  uint8_t header[HEADER_BYTES];
};
static const struct block_size block_sizes[] = {
    {LEAST_BLOCK_BYTES, {0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82}},
    {1 << 18, {0x04, 0x22, 0x4d, 0x18, 0x60, 0x50, 0xfb}},
    {1 << 20, {0x04, 0x22, 0x4d, 0x18, 0x60, 0x60, 0x51}},
    {MOST_BLOCK_BYTES, {0x04, 0x22, 0x4d, 0x18, 0x60, 0x70, 0x73}}};

void naj_lz4_states_free(struct naj_lz4_states* states) {
  if (states->fast != NULL) LZ4_freeStream(states->fast);
  if (states->dense != NULL) LZ4_freeStreamHC(states->dense);
  states->fast = states->dense = NULL;
}

int naj_lz4_states_prepare(struct naj_lz4_states* states, int32_t level) {
  if (level < LEAST_DENSE_LEVEL) {
    if (states->fast == NULL) states->fast = LZ4_createStream();
    return states->fast != NULL;
  }
  if (states->dense == NULL) states->dense = LZ4_createStreamHC();
  return states->dense != NULL;
}

int64_t naj_lz4_frame_room(int64_t size_bytes) {
  const int64_t block_count = size_bytes / LEAST_BLOCK_BYTES + 1;
  return HEADER_BYTES + block_count * BLOCK_HEAD_BYTES + size_bytes + BLOCK_HEAD_BYTES;
}

static void store_number(uint8_t* at, uint32_t value) {
  for (int i = 0; i < BLOCK_HEAD_BYTES; i++) at[i] = (uint8_t)(value >> (8 * i));
}

/* 0: not smaller. */
static int compress_block(const struct naj_lz4_states* states, int32_t level, const uint8_t* bytes,
                          int size, uint8_t* out) {
  if (size < 2) return 0;
  if (level < LEAST_DENSE_LEVEL)
    return LZ4_compress_fast_extState_fastReset(states->fast, (const char*)bytes, (char*)out, size,
                                                size - 1, 1);
  return LZ4_compress_HC_extStateHC_fastReset(states->dense, (const char*)bytes, (char*)out, size,
                                              size - 1, level);
}

int64_t naj_lz4_frame_write(const struct naj_lz4_states* borrow_states, int32_t level,
                            const uint8_t* borrow_bytes, int64_t size_bytes, uint8_t* out_bytes) {
  /* One block where that is possible: matches are found across all of it. */
  const struct block_size* block_size = block_sizes;
  while (block_size->most_bytes < size_bytes && block_size->most_bytes < MOST_BLOCK_BYTES)
    block_size++;
  const int64_t most = block_size->most_bytes;
  memcpy(out_bytes, block_size->header, HEADER_BYTES);
  int64_t written = HEADER_BYTES;
  for (int64_t at = 0; at < size_bytes; at += most) {
    const int64_t size = size_bytes - at < most ? size_bytes - at : most;
    uint8_t* block = out_bytes + written + BLOCK_HEAD_BYTES;
    int64_t block_bytes = compress_block(borrow_states, level, borrow_bytes + at, (int)size, block);
    if (block_bytes <= 0) {
      /* Stored, unless it is the only block. */
      if (size == size_bytes) return -1;
      block_bytes = size;
      memcpy(block, borrow_bytes + at, (size_t)size);
      store_number(out_bytes + written, (uint32_t)size | STORED_BLOCK);
    } else {
      store_number(out_bytes + written, (uint32_t)block_bytes);
    }
    written += BLOCK_HEAD_BYTES + block_bytes;
  }
  store_number(out_bytes + written, 0);
  written += BLOCK_HEAD_BYTES;
  return written < size_bytes ? written : -1;
}
