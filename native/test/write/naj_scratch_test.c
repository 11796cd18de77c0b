#include "support/naj_test.h"
#include "write/naj_body.h"

static struct naj_error error;

static struct naj_scratch* create(void) {
  struct naj_scratch* scratch = NULL;
  CHECK_STATUS(naj_scratch_create(&scratch, &error), NAJ_OK, error);
  return scratch;
}

/* Each taken is filled with a byte of its own and must still hold it at the end. */
static void what_is_taken_is_aligned_and_apart(void) {
  static const int64_t sizes[] = {1, 64, 65, 0, 100000, 3, 1 << 20, 63, 200000, 0, 8};
  enum { COUNT = sizeof sizes / sizeof *sizes };
  struct naj_scratch* scratch = create();
  for (int round = 0; round < 3; round++) {
    uint8_t* taken[COUNT];
    for (int i = 0; i < COUNT; i++) {
      taken[i] = naj_scratch_take(scratch, sizes[i]);
      CHECK(taken[i] != NULL && (uintptr_t)taken[i] % 64 == 0);
      memset(taken[i], i + round, (size_t)sizes[i]);
    }
    for (int i = 0; i < COUNT; i++)
      for (int64_t k = 0; k < sizes[i]; k++) CHECK_EQ(taken[i][k], i + round);
    naj_scratch_reset(scratch);
  }
  naj_scratch_free(scratch);
}

static void a_message_like_the_last_allocates_nothing(void) {
  struct naj_scratch* scratch = create();
  for (int round = 0; round < 5; round++) {
    naj_scratch_reset(scratch);
    if (round >= 2) naj_fail_allocation(1);
    for (int i = 0; i < 1000; i++) CHECK(naj_scratch_take(scratch, 777) != NULL);
    naj_fail_allocation(0);
  }
  naj_scratch_free(scratch);
}

static void what_is_given_back_is_taken_again(void) {
  struct naj_scratch* scratch = create();
  uint8_t* first = naj_scratch_take(scratch, 10000);
  naj_scratch_shrink(scratch, first, 65);
  uint8_t* second = naj_scratch_take(scratch, 100);
  CHECK_EQ(second - first, 128);
  naj_scratch_shrink(scratch, second, 0);
  CHECK(naj_scratch_take(scratch, 1) == second);
  naj_scratch_free(scratch);
}

static void no_memory_and_no_size_give_nothing(void) {
  struct naj_scratch* scratch = create();
  CHECK(naj_scratch_take(scratch, -1) == NULL);
  CHECK(naj_scratch_take(scratch, INT64_MAX) == NULL);
  CHECK(naj_scratch_take(scratch, INT64_MAX - 64) == NULL);
  naj_fail_allocation(1);
  CHECK(naj_scratch_take(scratch, 1) == NULL);
  naj_fail_allocation(0);
  CHECK(naj_scratch_take(scratch, 1) != NULL);
  naj_scratch_free(scratch);
  naj_scratch_free(NULL);
}

int main(void) {
  TEST_RUN(what_is_taken_is_aligned_and_apart);
  TEST_RUN(a_message_like_the_last_allocates_nothing);
  TEST_RUN(what_is_given_back_is_taken_again);
  TEST_RUN(no_memory_and_no_size_give_nothing);
  TEST_DONE();
}
