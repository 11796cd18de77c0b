#include "codec/naj_literals.h"

#include "support/naj_test.h"

static uint8_t bytes[NAJ_MOST_LITERALS + 1];

/* Symbols 0..count-1 at random. */
static void fill(uint64_t count) {
  uint64_t state = 11;
  for (size_t i = 0; i < sizeof bytes; i++) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    bytes[i] = (uint8_t)((state >> 33) % count);
  }
}

static void few_symbols_shrink(void) {
  for (uint64_t count = 1; count <= 16; count++) {
    fill(count);
    for (int64_t size = 100; size <= NAJ_MOST_LITERALS; size += 77)
      CHECK(naj_literals_shrink(bytes, size));
  }
}

static void bytes_at_random_do_not_shrink(void) {
  fill(256);
  for (int64_t size = 0; size <= NAJ_MOST_LITERALS; size++)
    CHECK(!naj_literals_shrink(bytes, size));
}

static void what_is_tiny_or_too_large_is_not_tried(void) {
  fill(2);
  for (int64_t size = 0; size < 64; size++) CHECK(!naj_literals_shrink(bytes, size));
  CHECK(naj_literals_shrink(bytes, NAJ_MOST_LITERALS));
  CHECK(!naj_literals_shrink(bytes, NAJ_MOST_LITERALS + 1));
}

int main(void) {
  TEST_RUN(few_symbols_shrink);
  TEST_RUN(bytes_at_random_do_not_shrink);
  TEST_RUN(what_is_tiny_or_too_large_is_not_tried);
  TEST_DONE();
}
