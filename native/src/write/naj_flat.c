#include "write/naj_flat.h"

#include <string.h>

#include "core/naj_alloc.h"
#include "core/naj_status.h"

enum { SMALLEST_BLOCK_BYTES = 256, SMALLEST_BUFFER_BYTES = 4096, VTABLE_CACHE_BYTES = 16384 };

/* flatcc's stacks: grown by doubling, never shrunk. */
static int allocate(void* context, flatcc_iovec_t* block, size_t request, int zero_fill,
                    int alloc_type) {
  struct naj_flat* flat = context;
  if (request == 0) {
    naj_free(block->iov_base);
    block->iov_base = NULL;
    block->iov_len = 0;
    return 0;
  }
  if (request <= block->iov_len) return 0;
  if (request > (size_t)NAJ_FLAT_MAX_BYTES) {
    flat->is_too_large = 1;
    return -1;
  }
  size_t size = alloc_type == flatcc_builder_alloc_ht ? 1 : SMALLEST_BLOCK_BYTES;
  while (size < request) size *= 2;
  uint8_t* grown = naj_realloc(block->iov_base, (int64_t)size);
  if (grown == NULL) {
    flat->is_out_of_memory = 1;
    return -1;
  }
  if (zero_fill) memset(grown + block->iov_len, 0, size - block->iov_len);
  block->iov_base = grown;
  block->iov_len = size;
  return 0;
}

/* Makes room for `bytes` more on both sides of what is emitted. */
static int grow(struct naj_flat* flat, int64_t bytes) {
  const int64_t used_bytes = flat->back - flat->front;
  if (bytes > NAJ_FLAT_MAX_BYTES - used_bytes) {
    flat->is_too_large = 1;
    return -1;
  }
  int64_t side_bytes = SMALLEST_BUFFER_BYTES;
  while (side_bytes < used_bytes + bytes) side_bytes *= 2;
  uint8_t* grown = naj_alloc(2 * side_bytes + used_bytes);
  if (grown == NULL) {
    flat->is_out_of_memory = 1;
    return -1;
  }
  if (used_bytes > 0) memcpy(grown + side_bytes, flat->bytes + flat->front, (size_t)used_bytes);
  naj_free(flat->bytes);
  flat->bytes = grown;
  flat->capacity_bytes = 2 * side_bytes + used_bytes;
  flat->origin += side_bytes - flat->front;
  flat->back += side_bytes - flat->front;
  flat->front = side_bytes;
  return 0;
}

/* flatcc emits downwards from offset 0, and vtables upwards from it. */
static int emit(void* context, const flatcc_iovec_t* pieces, int count,
                flatbuffers_soffset_t offset, size_t size) {
  struct naj_flat* flat = context;
  const int64_t size_bytes = (int64_t)size;
  if (size > (size_t)NAJ_FLAT_MAX_BYTES) {
    flat->is_too_large = 1;
    return -1;
  }
  const int is_front = offset < 0;
  const int64_t room = is_front ? flat->front : flat->capacity_bytes - flat->back;
  if (room < size_bytes && grow(flat, size_bytes) != 0) return -1;
  uint8_t* to = flat->bytes + (is_front ? flat->front - size_bytes : flat->back);
  if (to != flat->bytes + flat->origin + offset) return -1;
  for (int i = 0; i < count; i++) {
    memcpy(to, pieces[i].iov_base, pieces[i].iov_len);
    to += pieces[i].iov_len;
  }
  if (is_front) {
    flat->front -= size_bytes;
  } else {
    flat->back += size_bytes;
  }
  return 0;
}

void naj_flat_init(struct naj_flat* out_flat) {
  memset(out_flat, 0, sizeof *out_flat);
  flatcc_builder_custom_init(&out_flat->builder, emit, out_flat, allocate, out_flat);
}

void naj_flat_free(struct naj_flat* flat) {
  flatcc_builder_clear(&flat->builder);
  naj_free(flat->bytes);
  memset(flat, 0, sizeof *flat);
}

int naj_flat_start(struct naj_flat* borrow_flat) {
  if (borrow_flat->is_out_of_memory || borrow_flat->is_too_large) {
    /* flatcc's stacks may be in any state. */
    naj_flat_free(borrow_flat);
    naj_flat_init(borrow_flat);
  }
  flatcc_builder_reset(&borrow_flat->builder);
  /* Most of a flatbuffer is emitted downwards. */
  borrow_flat->origin = borrow_flat->capacity_bytes / 4 * 3;
  borrow_flat->front = borrow_flat->origin;
  borrow_flat->back = borrow_flat->origin;
  /* flatcc takes a failure to grow its cache of vtables for success and then reads a descriptor
   * that it has not filled: the cache is there from the start and never grows. */
  flatcc_builder_set_vtable_cache_limit(&borrow_flat->builder, VTABLE_CACHE_BYTES);
  return allocate(borrow_flat, &borrow_flat->builder.buffers[flatcc_builder_alloc_vb],
                  VTABLE_CACHE_BYTES, 0, flatcc_builder_alloc_vb);
}

naj_status naj_flat_end(struct naj_flat* borrow_flat, flatbuffers_ref_t root,
                        const uint8_t** out_bytes, int64_t* out_size_bytes,
                        struct naj_error* error) {
  if (borrow_flat->is_out_of_memory)
    return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for metadata");
  if (root == 0 || borrow_flat->back - borrow_flat->front > NAJ_FLAT_MAX_BYTES) {
    borrow_flat->is_too_large = 1;
    return naj_error_set(error, NAJ_UNSUPPORTED, -1,
                         "metadata that one message cannot hold (limit: 2^30 bytes)");
  }
  *out_bytes = borrow_flat->bytes + borrow_flat->front;
  *out_size_bytes = borrow_flat->back - borrow_flat->front;
  return NAJ_OK;
}
