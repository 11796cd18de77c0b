#include <stdint.h>

#include "core/naj_alloc.h"
#include "core/naj_status.h"
#include "write/naj_body.h"

enum { ALIGNMENT = 64, LEAST_BLOCK_BYTES = 1 << 16 };

struct block {
  struct block* before;
  struct naj_memory* memory; /* a use and a reservation */
  uint8_t* bytes;
  int64_t size_bytes;
};

/* Only the newest block is taken from; those before it are full enough. */
struct naj_scratch {
  struct block* newest;
  int64_t used_bytes;  /* of the newest */
  int64_t total_bytes; /* of all blocks; what the next single one shall have */
};

naj_status naj_scratch_create(struct naj_scratch** out_scratch, struct naj_error* error) {
  struct naj_scratch* scratch = naj_alloc_zeroed(1, (int64_t)sizeof *scratch);
  if (scratch == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory to write");
  *out_scratch = scratch;
  return NAJ_OK;
}

static void free_blocks(struct naj_scratch* scratch) {
  while (scratch->newest != NULL) {
    struct block* before = scratch->newest->before;
    naj_memory_release(scratch->newest->memory);
    naj_memory_unreserve(scratch->newest->memory);
    naj_free(scratch->newest);
    scratch->newest = before;
  }
}

void naj_scratch_free(struct naj_scratch* scratch) {
  if (scratch == NULL) return;
  free_blocks(scratch);
  naj_free(scratch);
}

/* Several blocks become one with the next take, so that a repeated message fits in one. */
void naj_scratch_reset(struct naj_scratch* borrow_scratch) {
  if (borrow_scratch->newest != NULL && borrow_scratch->newest->before != NULL)
    free_blocks(borrow_scratch);
  borrow_scratch->used_bytes = 0;
}

static int add_block(struct naj_scratch* scratch, int64_t size_bytes) {
  int64_t wanted = scratch->total_bytes; /* doubles what there is */
  if (wanted < LEAST_BLOCK_BYTES) wanted = LEAST_BLOCK_BYTES;
  if (wanted < size_bytes) wanted = size_bytes;
  struct block* block = naj_alloc_zeroed(1, (int64_t)sizeof *block);
  if (block == NULL) return 0;
  if (naj_memory_allocate(wanted, &block->memory, NULL) != NAJ_OK) {
    naj_free(block);
    return 0;
  }
  block->bytes = (uint8_t*)(uintptr_t)naj_memory_address(block->memory);
  block->size_bytes = wanted;
  block->before = scratch->newest;
  scratch->total_bytes = scratch->newest == NULL ? wanted : scratch->total_bytes + wanted;
  scratch->newest = block;
  scratch->used_bytes = 0;
  return 1;
}

struct naj_memory* naj_scratch_memory(const struct naj_scratch* borrow_scratch,
                                      const void* borrow_address) {
  const uintptr_t address = (uintptr_t)borrow_address;
  for (const struct block* block = borrow_scratch->newest; block != NULL; block = block->before)
    if (address - (uintptr_t)block->bytes < (uint64_t)block->size_bytes) return block->memory;
  return NULL;
}

void* naj_scratch_take(struct naj_scratch* borrow_scratch, int64_t size_bytes) {
  if (size_bytes < 0 || size_bytes > INT64_MAX - ALIGNMENT) return NULL;
  const int64_t whole = (size_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  const struct block* block = borrow_scratch->newest;
  if (block == NULL || whole > block->size_bytes - borrow_scratch->used_bytes) {
    if (!add_block(borrow_scratch, whole)) return NULL;
    block = borrow_scratch->newest;
  }
  uint8_t* taken = block->bytes + borrow_scratch->used_bytes;
  borrow_scratch->used_bytes += whole;
  return taken;
}

void naj_scratch_shrink(struct naj_scratch* borrow_scratch, const void* borrow_taken,
                        int64_t size_bytes) {
  const int64_t whole = (size_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  borrow_scratch->used_bytes = (const uint8_t*)borrow_taken - borrow_scratch->newest->bytes + whole;
}
