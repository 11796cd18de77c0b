#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/naj_alloc.h"
#include "support/naj_test.h"

static struct naj_error error;
static _Atomic int64_t released_sum;
static _Atomic int64_t released_count;

static void note_release(int64_t release_id) {
  atomic_fetch_add(&released_sum, release_id);
  atomic_fetch_add(&released_count, 1);
}

static void make_file(char* out_path, int64_t size_bytes) {
  strcpy(out_path, P_tmpdir "/naj_memory_test_XXXXXX");
  int descriptor = mkstemp(out_path);
  CHECK(descriptor >= 0);
  for (int64_t i = 0; i < size_bytes; i++) {
    char byte = (char)('a' + i % 26);
    CHECK_EQ(write(descriptor, &byte, 1), 1);
  }
  close(descriptor);
}

/* Whether a line of the process's memory map names `path`. */
static int is_mapped(const char* path) {
  FILE* maps = fopen("/proc/self/maps", "r");
  if (maps == NULL) return 0;
  char line[4096];
  int found = 0;
  while (fgets(line, sizeof line, maps) != NULL) found |= strstr(line, path) != NULL;
  fclose(maps);
  return found;
}

static void a_file_is_mapped_and_let_go_with_the_last_use(void) {
  char path[64];
  make_file(path, 5000);
  struct naj_memory* memory;
  CHECK_STATUS(naj_memory_map_file(path, &memory, &error), NAJ_OK, error);
  CHECK_EQ(naj_memory_size_bytes(memory), 5000);
  const volatile uint8_t* bytes = naj_memory_address(memory);
  CHECK_EQ(bytes[0], 'a');
  CHECK_EQ(bytes[4999], 'a' + 4999 % 26);
  CHECK(is_mapped(path));
  CHECK(naj_live_bytes() >= 5000);
  naj_memory_retain(memory);
  naj_memory_release(memory);
  CHECK_EQ(bytes[1], 'b');
  naj_memory_release(memory);
  CHECK(!is_mapped(path));
  CHECK_EQ(naj_live_bytes(), 0);
  CHECK_EQ(naj_live_objects(), 0);
  CHECK_EQ(bytes[0], 0);
  CHECK_EQ(bytes[4999], 0);
  naj_memory_unreserve(memory);
  unlink(path);
}

static void reservations_may_go_before_uses(void) {
  char path[64];
  make_file(path, 100);
  struct naj_memory* memory;
  CHECK_STATUS(naj_memory_map_file(path, &memory, &error), NAJ_OK, error);
  naj_memory_unreserve(memory);
  CHECK_EQ(naj_memory_address(memory)[25], 'z');
  naj_memory_release(memory);
  CHECK(!is_mapped(path));
  unlink(path);
}

static void an_empty_file_is_fine(void) {
  char path[64];
  make_file(path, 0);
  struct naj_memory* memory;
  CHECK_STATUS(naj_memory_map_file(path, &memory, &error), NAJ_OK, error);
  CHECK_EQ(naj_memory_size_bytes(memory), 0);
  CHECK(naj_memory_address(memory) != NULL);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  unlink(path);
}

static void what_is_no_file_is_refused(void) {
  struct naj_memory* memory = NULL;
  CHECK_STATUS(naj_memory_map_file("/nowhere/at/all", &memory, &error), NAJ_IO, error);
  CHECK_EQ(error.os_error, ENOENT);
  CHECK_STATUS(naj_memory_map_file(P_tmpdir, &memory, &error), NAJ_IO, error);
  CHECK_EQ(error.os_error, EISDIR);
  CHECK_STATUS(naj_memory_map_file("/dev/null", &memory, &error), NAJ_IO, error);
  CHECK_STATUS(naj_memory_map_file(NULL, &memory, &error), NAJ_MISUSE, error);
  CHECK(memory == NULL);
}

static void a_pipe_is_refused_without_waiting(void) {
  char path[64];
  make_file(path, 0);
  unlink(path);
  CHECK_EQ(mkfifo(path, 0600), 0);
  struct naj_memory* memory;
  CHECK_STATUS(naj_memory_map_file(path, &memory, &error), NAJ_IO, error);
  unlink(path);
}

static void own_memory_is_zeroed_aligned_and_counted_while_used(void) {
  static const int64_t sizes[] = {0, 1, 63, 64, 1000, 131071, 131072, 1 << 20};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    struct naj_memory* memory;
    CHECK_STATUS(naj_memory_allocate(sizes[i], &memory, &error), NAJ_OK, error);
    uint8_t* bytes = (uint8_t*)(uintptr_t)naj_memory_address(memory);
    CHECK_EQ((uintptr_t)bytes % 64, 0);
    CHECK_EQ(naj_memory_size_bytes(memory), sizes[i]);
    for (int64_t at = 0; at < sizes[i]; at++) CHECK_EQ(bytes[at], 0);
    if (sizes[i] > 0) memset(bytes, 0xAA, (size_t)sizes[i]);
    CHECK(naj_live_bytes() >= sizes[i]);
    naj_memory_release(memory);
    CHECK_EQ(naj_live_bytes(), 0);
    CHECK_EQ(naj_live_objects(), 0);
    volatile uint8_t seen = 0;
    if (sizes[i] > 0) seen = ((const volatile uint8_t*)bytes)[sizes[i] - 1];
    if (sizes[i] >= 131072) CHECK_EQ(seen, 0);
    naj_memory_unreserve(memory);
  }
}

static void impossible_sizes_fail(void) {
  struct naj_memory* memory;
  CHECK_STATUS(naj_memory_allocate(-1, &memory, &error), NAJ_MISUSE, error);
  CHECK_STATUS(naj_memory_allocate(INT64_MAX, &memory, &error), NAJ_NO_MEMORY, error);
  CHECK_STATUS(naj_memory_wrap(NULL, 1, NULL, 0, &memory, &error), NAJ_MISUSE, error);
  CHECK_EQ(naj_live_objects(), 0);
}

static void failed_allocations_are_told_and_leave_nothing(void) {
  char path[64];
  make_file(path, 10);
  for (int n = 1; n <= 2; n++) {
    struct naj_memory* memory;
    naj_fail_allocation(n);
    CHECK_STATUS(naj_memory_allocate(100, &memory, &error), NAJ_NO_MEMORY, error);
    naj_fail_allocation(n);
    CHECK_STATUS(naj_memory_allocate(1 << 20, &memory, &error), NAJ_NO_MEMORY, error);
    naj_fail_allocation(n);
    CHECK_STATUS(naj_memory_map_file(path, &memory, &error), NAJ_NO_MEMORY, error);
    CHECK(!is_mapped(path));
  }
  naj_fail_allocation(0);
  CHECK_EQ(naj_live_objects(), 0);
  unlink(path);
}

static void foreign_memory_is_handed_back_once(void) {
  static const uint8_t bytes[] = {1, 2, 3};
  atomic_store(&released_sum, 0);
  atomic_store(&released_count, 0);
  struct naj_memory* memory;
  CHECK_STATUS(naj_memory_wrap(bytes, 3, note_release, 42, &memory, &error), NAJ_OK, error);
  CHECK(naj_memory_address(memory) == bytes);
  naj_memory_retain(memory);
  naj_memory_release(memory);
  CHECK_EQ(atomic_load(&released_count), 0);
  naj_memory_release(memory);
  CHECK_EQ(atomic_load(&released_sum), 42);
  naj_memory_unreserve(memory);
  CHECK_EQ(atomic_load(&released_count), 1);
}

enum { THREADS = 8, ROUNDS = 2000 };

static void* retain_and_release(void* argument) {
  struct naj_memory* memory = argument;
  for (int i = 0; i < ROUNDS; i++) {
    naj_memory_retain(memory);
    naj_memory_reserve(memory);
    CHECK_EQ(naj_memory_address(memory)[i % 3], 1 + i % 3);
    naj_memory_unreserve(memory);
    naj_memory_release(memory);
  }
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  return NULL;
}

static void the_last_of_many_threads_hands_back(void) {
  static const uint8_t bytes[] = {1, 2, 3};
  atomic_store(&released_count, 0);
  struct naj_memory* memory;
  CHECK_STATUS(naj_memory_wrap(bytes, 3, note_release, 1, &memory, &error), NAJ_OK, error);
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++) {
    naj_memory_retain(memory);
    naj_memory_reserve(memory);
    CHECK_EQ(pthread_create(&threads[i], NULL, retain_and_release, memory), 0);
  }
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  CHECK_EQ(atomic_load(&released_count), 1);
}

static void* read_until_zero(void* argument) {
  struct naj_memory* memory = argument;
  const _Atomic uint8_t* bytes = (const _Atomic uint8_t*)naj_memory_address(memory);
  int64_t last = naj_memory_size_bytes(memory) - 1;
  for (;;) {
    uint8_t seen = atomic_load_explicit(&bytes[last], memory_order_relaxed);
    CHECK(seen == 0 || seen == 7);
    if (seen == 0) break;
  }
  naj_memory_unreserve(memory);
  return NULL;
}

static void sparse_memory_counts_what_is_written(void) {
  struct naj_memory* memory;
  const int64_t size = (int64_t)1 << 40; /* far more than any machine of ours has */
  CHECK_STATUS(naj_memory_allocate_sparse(size, 8192, &memory, &error), NAJ_OK, error);
  CHECK_EQ(naj_memory_size_bytes(memory), size);
  CHECK(naj_live_bytes() < 1 << 20);
  uint8_t* bytes = (uint8_t*)(uintptr_t)naj_memory_address(memory);
  bytes[size - 1] = 1;
  CHECK_EQ(bytes[size / 2], 0);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  CHECK_EQ(naj_live_bytes(), 0);
  CHECK_STATUS(naj_memory_allocate_sparse(8, 9, &memory, &error), NAJ_MISUSE, error);
}

static void racing_readers_see_content_or_zeros(void) {
  struct naj_memory* memory;
  CHECK_STATUS(naj_memory_allocate(1 << 20, &memory, &error), NAJ_OK, error);
  memset((void*)(uintptr_t)naj_memory_address(memory), 7, 1 << 20);
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++) {
    naj_memory_reserve(memory);
    CHECK_EQ(pthread_create(&threads[i], NULL, read_until_zero, memory), 0);
  }
  usleep(2000);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
}

int main(void) {
  TEST_RUN(a_file_is_mapped_and_let_go_with_the_last_use);
  TEST_RUN(reservations_may_go_before_uses);
  TEST_RUN(an_empty_file_is_fine);
  TEST_RUN(what_is_no_file_is_refused);
  TEST_RUN(a_pipe_is_refused_without_waiting);
  TEST_RUN(own_memory_is_zeroed_aligned_and_counted_while_used);
  TEST_RUN(impossible_sizes_fail);
  TEST_RUN(failed_allocations_are_told_and_leave_nothing);
  TEST_RUN(foreign_memory_is_handed_back_once);
  TEST_RUN(the_last_of_many_threads_hands_back);
  TEST_RUN(sparse_memory_counts_what_is_written);
  TEST_RUN(racing_readers_see_content_or_zeros);
  TEST_DONE();
}
