#include "codec/naj_literals.h"

#include <pthread.h>

enum {
  SYMBOLS = 256,
  CLASSES = 12, /* of code lengths: symbols that do not occur, then one for each halving */
  FRACTION_BITS = 8,
  LEAST_LITERALS = 64, /* the codec tries no code for fewer */
  FIXED_BYTES = 8,     /* of the table's own table and of where the four streams begin */
  LEAST_SAVED_SHARE = 32
};

/* n * log2(n), with FRACTION_BITS. */
static int32_t information[NAJ_MOST_LITERALS + 1];
static pthread_once_t information_once = PTHREAD_ONCE_INIT;

static int32_t whole_log2(uint32_t value) { return 31 - __builtin_clz(value); }

static void fill_information(void) {
  for (uint32_t n = 1; n <= NAJ_MOST_LITERALS; n++) {
    /* A number in [1, 2) with 30 bits behind the point: each squaring is one more bit of its
     * logarithm. */
    int32_t log2_n = whole_log2(n);
    uint64_t rest = (uint64_t)n << (30 - log2_n);
    for (int bit = 0; bit < FRACTION_BITS; bit++) {
      rest = rest * rest >> 30;
      const int is_beyond = rest >> 31 != 0;
      log2_n = 2 * log2_n + is_beyond;
      rest >>= is_beyond;
    }
    information[n] = (int32_t)n * log2_n;
  }
}

int naj_literals_shrink(const uint8_t* borrow_bytes, int64_t size_bytes) {
  if (size_bytes < LEAST_LITERALS || size_bytes > NAJ_MOST_LITERALS) return 0;
  pthread_once(&information_once, fill_information);
  uint16_t counts[SYMBOLS] = {0};
  for (int64_t i = 0; i < size_bytes; i++) counts[borrow_bytes[i]]++;
  int32_t last = SYMBOLS - 1;
  while (counts[last] == 0) last--;
  const int32_t size = (int32_t)size_bytes;
  const int32_t most = size - size / LEAST_SAVED_SHARE - FIXED_BYTES;
  int32_t bits = information[size];
  for (int32_t i = 0; i <= last; i++) bits -= information[counts[i]];
  if (bits >> (FRACTION_BITS + 3) >= most) return 0;
  /* The table lists the length of each symbol's code. */
  int32_t classes[CLASSES] = {0};
  for (int32_t i = 0; i <= last; i++)
    classes[counts[i] == 0 ? 0 : 1 + whole_log2((uint32_t)size) - whole_log2(counts[i])]++;
  bits += information[last + 1];
  for (int32_t i = 0; i < CLASSES; i++) bits -= information[classes[i]];
  return bits >> (FRACTION_BITS + 3) < most;
}
