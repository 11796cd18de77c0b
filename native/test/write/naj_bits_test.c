#include "write/naj_bits.h"

#include "support/naj_test.h"

enum { MOST_BITS = 2200 };

static uint8_t source[MOST_BITS / 8];

static void fill(void) {
  uint64_t state = 5;
  for (size_t i = 0; i < sizeof source; i++) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    source[i] = (uint8_t)(state >> 56);
  }
}

/* Just the bytes that hold the bits, in a block of their own: for a sanitizer. */
static uint8_t* exactly(int64_t start, int64_t count, int64_t* out_first_byte) {
  const int64_t first = start / 8;
  const int64_t size = count == 0 ? 0 : (start + count + 7) / 8 - first;
  uint8_t* bytes = malloc((size_t)size + (size == 0));
  CHECK(bytes != NULL);
  memcpy(bytes, source + first, (size_t)size);
  *out_first_byte = first;
  return bytes;
}

static void bits_are_copied_and_counted_from_any_bit_on(void) {
  for (int64_t start = 0; start < 17; start++)
    for (int64_t count = 0; start + count <= MOST_BITS; count += count < 200 ? 1 : 131) {
      int64_t first = 0;
      uint8_t* bytes = exactly(start, count, &first);
      const int64_t size = (count + 7) / 8;
      uint8_t* target = malloc((size_t)size + 1);
      CHECK(target != NULL);
      memset(target, 0xee, (size_t)size + 1);
      naj_bits_copy(bytes, start - 8 * first, count, target);
      int64_t zeros = 0;
      for (int64_t i = 0; i < 8 * size; i++) {
        const int expected = i < count && naj_bit_is_set(source, start + i);
        CHECK_EQ(naj_bit_is_set(target, i), expected);
        zeros += i < count && !expected;
      }
      CHECK_EQ(target[size], 0xee);
      CHECK_EQ(naj_bits_count_zeros(bytes, start - 8 * first, count), zeros);
      free(bytes);
      free(target);
    }
}

static void all_ones_and_all_zeros_are_counted(void) {
  static uint8_t bits[1 << 12];
  for (int byte = 0; byte < 256; byte += 255) {
    memset(bits, byte, sizeof bits);
    for (int64_t start = 0; start < 9; start++) {
      const int64_t count = 8 * (int64_t)sizeof bits - 9;
      CHECK_EQ(naj_bits_count_zeros(bits, start, count), byte == 0 ? count : 0);
    }
  }
}

int main(void) {
  fill();
  TEST_RUN(bits_are_copied_and_counted_from_any_bit_on);
  TEST_RUN(all_ones_and_all_zeros_are_counted);
  TEST_DONE();
}
