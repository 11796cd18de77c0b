#include "core/naj_pool.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>

enum { MAX_WORKERS = 8 };

/* One naj_pool_run, on the caller's stack: listed while pieces may be left, in use while a worker
 * has it. */
struct work {
  naj_pool_function run;
  void* context;
  int64_t count;
  _Atomic int64_t next;
  int32_t users;   /* workers; under `lock` */
  int32_t is_open; /* in the list; ditto */
  struct work* following;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t has_work = PTHREAD_COND_INITIALIZER;
static pthread_cond_t has_left = PTHREAD_COND_INITIALIZER;
static struct work* list;
static int32_t started = -1; /* workers, once they have been started */
static int32_t wanted_for_test;

static void do_pieces(struct work* work) {
  int64_t i;
  while ((i = atomic_fetch_add(&work->next, 1)) < work->count) work->run(work->context, i);
}

/* Under `lock`. */
static void unlist(struct work* work) {
  if (!work->is_open) return;
  work->is_open = 0;
  struct work** at = &list;
  while (*at != work) at = &(*at)->following;
  *at = work->following;
}

static void* run_worker(void* unused) {
  (void)unused;
  pthread_mutex_lock(&lock);
  for (;;) {
    while (list == NULL) pthread_cond_wait(&has_work, &lock);
    struct work* work = list;
    work->users++;
    pthread_mutex_unlock(&lock);
    do_pieces(work);
    pthread_mutex_lock(&lock);
    unlist(work);
    if (--work->users == 0) pthread_cond_broadcast(&has_left);
  }
  return NULL;
}

int32_t naj_pool_worker_count(void) {
  if (wanted_for_test > 0) return wanted_for_test;
  cpu_set_t processors;
  if (sched_getaffinity(0, sizeof processors, &processors) != 0) return 0;
  const int32_t count = CPU_COUNT(&processors) - 1;
  return count > MAX_WORKERS ? MAX_WORKERS : count;
}

void naj_pool_set_workers(int32_t count) { wanted_for_test = count; }

/* Signals are for the threads of the process's owner. Under `lock`. */
static void start_workers(void) {
  const int32_t wanted = naj_pool_worker_count();
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  started = 0;
  if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0) return;
  for (int32_t i = 0; i < wanted; i++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, run_worker, NULL) != 0) break;
    char name[16];
    snprintf(name, sizeof name, "naj-worker-%d", (int)(i % 100));
    pthread_setname_np(thread, name);
    pthread_detach(thread);
    started++;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void naj_pool_run(naj_pool_function run, void* context, int64_t count) {
  struct work work = {.run = run, .context = context, .count = count};
  if (count > 1) {
    pthread_mutex_lock(&lock);
    if (started < 0) start_workers();
    if (started > 0) {
      work.is_open = 1;
      work.following = list;
      list = &work;
      if (count > 2) {
        pthread_cond_broadcast(&has_work);
      } else {
        pthread_cond_signal(&has_work);
      }
    }
    pthread_mutex_unlock(&lock);
  }
  do_pieces(&work);
  if (count <= 1) return;
  pthread_mutex_lock(&lock);
  unlist(&work);
  while (work.users > 0) pthread_cond_wait(&has_left, &lock);
  pthread_mutex_unlock(&lock);
}
