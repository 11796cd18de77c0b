#include "core/naj_alloc.h"

#include <pthread.h>

#include "support/naj_test.h"

static void blocks_are_counted_until_freed(void) {
  void* a = naj_alloc(100);
  void* b = naj_alloc_zeroed(3, 7);
  CHECK_EQ(naj_live_bytes(), 121);
  CHECK_EQ(naj_live_objects(), 2);
  a = naj_realloc(a, 40);
  CHECK_EQ(naj_live_bytes(), 61);
  naj_free(a);
  naj_free(b);
  naj_free(NULL);
  CHECK_EQ(naj_live_objects(), 0);
}

static void size_zero_gives_a_block(void) {
  void* block = naj_alloc(0);
  CHECK(block != NULL);
  CHECK_EQ(naj_live_objects(), 1);
  naj_free(block);
}

static void impossible_sizes_fail(void) {
  CHECK(naj_alloc(-1) == NULL);
  CHECK(naj_alloc(INT64_MAX) == NULL);
  CHECK(naj_alloc_zeroed(INT64_MAX / 2, 3) == NULL);
  CHECK(naj_alloc_zeroed(-1, -1) == NULL);
}

static void zeroed_blocks_are_zero(void) {
  uint8_t* bytes = naj_alloc_zeroed(1000, 1);
  for (int i = 0; i < 1000; i++) CHECK_EQ(bytes[i], 0);
  naj_free(bytes);
}

static void failed_realloc_keeps_the_block(void) {
  char* block = naj_alloc(4);
  memcpy(block, "abc", 4);
  naj_fail_allocation(1);
  CHECK(naj_realloc(block, 1000) == NULL);
  CHECK_TEXT(block, "abc");
  CHECK_EQ(naj_live_bytes(), 4);
  naj_free(block);
}

static void only_the_nth_allocation_fails(void) {
  naj_fail_allocation(2);
  void* first = naj_alloc(1);
  void* second = naj_alloc(1);
  void* third = naj_alloc(1);
  CHECK(first != NULL);
  CHECK(second == NULL);
  CHECK(third != NULL);
  naj_free(first);
  naj_free(third);
  naj_fail_allocation(1);
  naj_fail_allocation(0);
  void* after_switch_off = naj_alloc(1);
  CHECK(after_switch_off != NULL);
  naj_free(after_switch_off);
}

static void an_uncounted_block_leaves_the_counts_once(void) {
  void* block = naj_alloc(10);
  naj_uncount(block);
  CHECK_EQ(naj_live_bytes(), 0);
  naj_uncount(block);
  naj_free(block);
  CHECK_EQ(naj_live_bytes(), 0);
  CHECK_EQ(naj_live_objects(), 0);
}

static void* allocate_and_free_often(void* unused) {
  (void)unused;
  for (int i = 0; i < 20000; i++) naj_free(naj_realloc(naj_alloc(i % 100), i % 50));
  return NULL;
}

static void counts_hold_over_threads(void) {
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) {
    CHECK_EQ(pthread_create(&threads[i], NULL, allocate_and_free_often, NULL), 0);
  }
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  CHECK_EQ(naj_live_bytes(), 0);
  CHECK_EQ(naj_live_objects(), 0);
}

static void body_bytes_only_grow(void) {
  int64_t before = naj_body_bytes_allocated();
  naj_account_body_allocated(5);
  CHECK_EQ(naj_body_bytes_allocated(), before + 5);
}

int main(void) {
  TEST_RUN(blocks_are_counted_until_freed);
  TEST_RUN(size_zero_gives_a_block);
  TEST_RUN(impossible_sizes_fail);
  TEST_RUN(zeroed_blocks_are_zero);
  TEST_RUN(failed_realloc_keeps_the_block);
  TEST_RUN(only_the_nth_allocation_fails);
  TEST_RUN(an_uncounted_block_leaves_the_counts_once);
  TEST_RUN(counts_hold_over_threads);
  TEST_RUN(body_bytes_only_grow);
  TEST_DONE();
}
