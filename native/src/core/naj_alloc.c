#include "core/naj_alloc.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core/naj_checked.h"

/* In front of each block; its size keeps the block aligned to 16. */
struct block_head {
  int64_t size_bytes;
  int64_t is_counted;
};
_Static_assert(sizeof(struct block_head) == 16, "blocks stay aligned to 16");

static _Atomic int64_t live_bytes;
static _Atomic int64_t live_objects;
static _Atomic int64_t body_bytes_allocated;
static _Atomic int64_t fail_countdown;

int64_t naj_live_bytes(void) { return atomic_load_explicit(&live_bytes, memory_order_relaxed); }
int64_t naj_live_objects(void) { return atomic_load_explicit(&live_objects, memory_order_relaxed); }
int64_t naj_body_bytes_allocated(void) {
  return atomic_load_explicit(&body_bytes_allocated, memory_order_relaxed);
}

void naj_fail_allocation(int64_t n) {
  atomic_store_explicit(&fail_countdown, n, memory_order_relaxed);
}

int naj_allocation_fails_now(void) {
  if (atomic_load_explicit(&fail_countdown, memory_order_relaxed) <= 0) return 0;
  return atomic_fetch_sub_explicit(&fail_countdown, 1, memory_order_relaxed) == 1;
}

void naj_account(int64_t bytes, int64_t objects) {
  atomic_fetch_add_explicit(&live_bytes, bytes, memory_order_relaxed);
  atomic_fetch_add_explicit(&live_objects, objects, memory_order_relaxed);
}

void naj_account_body_allocated(int64_t bytes) {
  atomic_fetch_add_explicit(&body_bytes_allocated, bytes, memory_order_relaxed);
}

static struct block_head* head_of(void* block) { return (struct block_head*)block - 1; }

static int whole_size(int64_t size_bytes, size_t* out_whole) {
  int64_t whole;
  if (size_bytes < 0 || !naj_checked_add(size_bytes, (int64_t)sizeof(struct block_head), &whole)) {
    return 0;
  }
  if ((uint64_t)whole > SIZE_MAX) return 0;
  *out_whole = (size_t)whole;
  return 1;
}

void* naj_alloc(int64_t size_bytes) {
  size_t whole;
  if (!whole_size(size_bytes, &whole) || naj_allocation_fails_now()) return NULL;
  struct block_head* head = malloc(whole);
  if (head == NULL) return NULL;
  head->size_bytes = size_bytes;
  head->is_counted = 1;
  naj_account(size_bytes, 1);
  return head + 1;
}

void* naj_alloc_zeroed(int64_t count, int64_t item_bytes) {
  int64_t size_bytes;
  size_t whole;
  if (count < 0 || item_bytes < 0 || !naj_checked_mul(count, item_bytes, &size_bytes)) return NULL;
  if (!whole_size(size_bytes, &whole) || naj_allocation_fails_now()) return NULL;
  /* calloc: large blocks then come as untouched zero pages. */
  struct block_head* head = calloc(1, whole);
  if (head == NULL) return NULL;
  head->size_bytes = size_bytes;
  head->is_counted = 1;
  naj_account(size_bytes, 1);
  return head + 1;
}

void* naj_realloc(void* block, int64_t size_bytes) {
  if (block == NULL) return naj_alloc(size_bytes);
  size_t whole;
  if (!whole_size(size_bytes, &whole) || naj_allocation_fails_now()) return NULL;
  int64_t old_size_bytes = head_of(block)->size_bytes;
  struct block_head* head = realloc(head_of(block), whole);
  if (head == NULL) return NULL;
  head->size_bytes = size_bytes;
  if (head->is_counted) naj_account(size_bytes - old_size_bytes, 0);
  return head + 1;
}

void naj_uncount(void* block) {
  struct block_head* head = head_of(block);
  if (!head->is_counted) return;
  head->is_counted = 0;
  naj_account(-head->size_bytes, -1);
}

void naj_free(void* block) {
  if (block == NULL) return;
  naj_uncount(block);
  free(head_of(block));
}
