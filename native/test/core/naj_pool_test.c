#include "core/naj_pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "support/naj_test.h"

enum { PIECES = 1000, CALLERS = 6 };

struct counts {
  _Atomic int32_t calls[PIECES];
  _Atomic int32_t others; /* calls by another thread than the owner */
  pthread_t owner;
  useconds_t pause_us;
};

static void count(void* context, int64_t index) {
  struct counts* counts = context;
  atomic_fetch_add(&counts->calls[index], 1);
  if (!pthread_equal(pthread_self(), counts->owner)) atomic_fetch_add(&counts->others, 1);
  if (counts->pause_us > 0) usleep(counts->pause_us);
}

static void run(int64_t pieces, useconds_t pause_us, int32_t* out_others) {
  static _Thread_local struct counts counts;
  memset(&counts, 0, sizeof counts);
  counts.owner = pthread_self();
  counts.pause_us = pause_us;
  naj_pool_run(count, &counts, pieces);
  for (int64_t i = 0; i < PIECES; i++) CHECK_EQ(counts.calls[i], i < pieces);
  *out_others = counts.others;
}

static void every_piece_is_done_once(void) {
  int32_t others = 0;
  for (int round = 0; round < 200; round++) {
    run(PIECES, 0, &others);
    run(round % 5, 0, &others);
    if (round % 5 < 2) CHECK_EQ(others, 0);
  }
}

static void workers_help(void) {
  int32_t others = 0;
  run(100, 1000, &others);
  CHECK(others > 0);
  CHECK(others < 100);
}

static void* call_often(void* unused) {
  int32_t others = 0;
  (void)unused;
  for (int round = 0; round < 200; round++) run(1 + round % 40, 0, &others);
  return NULL;
}

static void many_callers_share_the_workers(void) {
  pthread_t threads[CALLERS];
  for (int i = 0; i < CALLERS; i++) CHECK(pthread_create(&threads[i], NULL, call_often, NULL) == 0);
  for (int i = 0; i < CALLERS; i++) CHECK(pthread_join(threads[i], NULL) == 0);
}

static void workers_are_bounded(void) {
  CHECK(naj_pool_worker_count() >= 0);
  CHECK(naj_pool_worker_count() <= 8);
}

int main(void) {
  TEST_RUN(workers_are_bounded);
  naj_pool_set_workers(3);
  TEST_RUN(every_piece_is_done_once);
  TEST_RUN(workers_help);
  TEST_RUN(many_callers_share_the_workers);
  TEST_DONE();
}
