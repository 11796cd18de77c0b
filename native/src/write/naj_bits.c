#include "write/naj_bits.h"

#include <endian.h>
#include <string.h>

enum { BLOCK_WORDS = 31 }; /* the sums of 31 bytes of 8 bits each fit a byte */

static uint64_t load_word(const uint8_t* at) {
  uint64_t word;
  memcpy(&word, at, sizeof word);
  return le64toh(word);
}

/* `count` bits, 1 to 64, from bit `shift`, 0 to 7, of `bytes` on. */
static uint64_t load_some(const uint8_t* bytes, int shift, int64_t count) {
  uint64_t word = 0;
  const int64_t size = (shift + count + 7) / 8;
  for (int64_t i = 0; i < size && i < 8; i++) word |= (uint64_t)bytes[i] << (8 * i);
  word >>= shift;
  if (size > 8) word |= (uint64_t)bytes[8] << (64 - shift);
  return count == 64 ? word : word & ((UINT64_C(1) << count) - 1);
}

void naj_bits_copy(const uint8_t* borrow_bits, int64_t start, int64_t count, uint8_t* target) {
  const uint8_t* bytes = borrow_bits + start / 8;
  const int shift = (int)(start % 8);
  const int64_t word_count = count / 64;
  if (shift == 0) {
    if (word_count > 0) memcpy(target, bytes, (size_t)word_count * 8);
  } else {
    for (int64_t i = 0; i < word_count; i++) {
      const uint64_t word = load_word(bytes + 8 * i) >> shift | (uint64_t)bytes[8 * i + 8]
                                                                    << (64 - shift);
      const uint64_t little = htole64(word);
      memcpy(target + 8 * i, &little, sizeof little);
    }
  }
  const int64_t left = count - 64 * word_count;
  if (left == 0) return;
  const uint64_t last = htole64(load_some(bytes + 8 * word_count, shift, left));
  memcpy(target + 8 * word_count, &last, (size_t)((left + 7) / 8));
}

static uint64_t ones_of_bytes(uint64_t word) {
  word -= word >> 1 & UINT64_C(0x5555555555555555);
  word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
  return (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
}

static int64_t sum_of_bytes(uint64_t word) {
  const uint64_t pairs =
      (word & UINT64_C(0x00ff00ff00ff00ff)) + (word >> 8 & UINT64_C(0x00ff00ff00ff00ff));
  return (int64_t)(pairs * UINT64_C(0x0001000100010001) >> 48);
}

int64_t naj_bits_count_zeros(const uint8_t* borrow_bits, int64_t start, int64_t count) {
  int64_t ones = 0;
  int64_t done = 0;
  const uint8_t* bytes = borrow_bits + start / 8;
  const int shift = (int)(start % 8);
  if (shift != 0 && count > 0) {
    done = count < 8 - shift ? count : 8 - shift;
    ones += sum_of_bytes(ones_of_bytes(load_some(bytes++, shift, done)));
  }
  int64_t word_count = (count - done) / 64;
  const uint8_t* at = bytes;
  done += 64 * word_count;
  while (word_count > 0) {
    const int64_t block = word_count < BLOCK_WORDS ? word_count : BLOCK_WORDS;
    uint64_t sums = 0;
    for (int64_t i = 0; i < block; i++) sums += ones_of_bytes(load_word(at + 8 * i));
    ones += sum_of_bytes(sums);
    at += 8 * block;
    word_count -= block;
  }
  if (done < count) ones += sum_of_bytes(ones_of_bytes(load_some(at, 0, count - done)));
  return count - ones;
}
