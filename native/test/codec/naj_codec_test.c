#include "codec/naj_codec.h"

#include <lz4frame.h>
#include <zstd.h>

#include "support/naj_test.h"

enum { PLAIN_BYTES = 100000 };

static uint8_t plain[PLAIN_BYTES];
static uint8_t packed[2 * PLAIN_BYTES];
static uint8_t result[PLAIN_BYTES + 64];

static void write_prefix(uint8_t* bytes, int64_t value) {
  for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)((uint64_t)value >> (8 * i));
}

static size_t compress_frame(int32_t codec, const uint8_t* source, size_t size, uint8_t* target) {
  const size_t capacity = sizeof packed - (size_t)(target - packed);
  const size_t written = codec == NAJ_CODEC_ZSTD
                             ? ZSTD_compress(target, capacity, source, size, 1)
                             : LZ4F_compressFrame(target, capacity, source, size, NULL);
  CHECK(codec == NAJ_CODEC_ZSTD ? !ZSTD_isError(written) : !LZ4F_isError(written));
  return written;
}

static void fill_plain(void) {
  for (int i = 0; i < PLAIN_BYTES; i++) plain[i] = (uint8_t)(i / 7 * 13);
}

static naj_status unpack(int32_t codec, size_t packed_size, struct naj_error* error) {
  struct naj_compressed_buffer compressed;
  memset(result, 0xee, sizeof result);
  const naj_status status =
      naj_compressed_buffer_read(codec, packed, (int64_t)packed_size, &compressed, error);
  if (status != NAJ_OK) return status;
  if (compressed.decompressed_bytes > PLAIN_BYTES) return NAJ_LIMIT_EXCEEDED;
  return naj_decompress(codec, &compressed, result, error);
}

static void frame_becomes_its_bytes(void) {
  struct naj_error error;
  for (int32_t codec = 0; codec <= 1; codec++) {
    write_prefix(packed, PLAIN_BYTES);
    const size_t size = 8 + compress_frame(codec, plain, PLAIN_BYTES, packed + 8);
    CHECK_STATUS(unpack(codec, size, &error), NAJ_OK, error);
    CHECK(memcmp(result, plain, PLAIN_BYTES) == 0);
    CHECK_EQ(result[PLAIN_BYTES], 0xee);
  }
}

static void several_frames_become_one_buffer(void) {
  struct naj_error error;
  for (int32_t codec = 0; codec <= 1; codec++) {
    write_prefix(packed, PLAIN_BYTES);
    size_t size = 8 + compress_frame(codec, plain, 40000, packed + 8);
    size += compress_frame(codec, plain + 40000, PLAIN_BYTES - 40000, packed + size);
    CHECK_STATUS(unpack(codec, size, &error), NAJ_OK, error);
    CHECK(memcmp(result, plain, PLAIN_BYTES) == 0);
  }
}

static void stored_buffer_is_copied(void) {
  struct naj_error error;
  write_prefix(packed, -1);
  memcpy(packed + 8, plain, 100);
  CHECK_STATUS(unpack(NAJ_CODEC_ZSTD, 108, &error), NAJ_OK, error);
  CHECK(memcmp(result, plain, 100) == 0);
  CHECK_EQ(result[100], 0xee);
}

static void empty_buffer_has_no_prefix(void) {
  struct naj_error error;
  CHECK_STATUS(unpack(NAJ_CODEC_LZ4_FRAME, 0, &error), NAJ_OK, error);
  CHECK_EQ(result[0], 0xee);
}

static void wrong_declared_size_is_invalid(void) {
  struct naj_error error;
  const int64_t declared[] = {PLAIN_BYTES - 1, 1, PLAIN_BYTES / 2};
  for (int32_t codec = 0; codec <= 1; codec++) {
    for (size_t i = 0; i < sizeof declared / sizeof *declared; i++) {
      write_prefix(packed, declared[i]);
      const size_t size = 8 + compress_frame(codec, plain, PLAIN_BYTES, packed + 8);
      CHECK_STATUS(unpack(codec, size, &error), NAJ_INVALID_DATA, error);
      CHECK_EQ(result[declared[i]], 0xee);
    }
    write_prefix(packed, 5000);
    const size_t size = 8 + compress_frame(codec, plain, 4000, packed + 8);
    CHECK_STATUS(unpack(codec, size, &error), NAJ_INVALID_DATA, error);
  }
}

static void impossible_ratio_is_refused_before_allocation(void) {
  struct naj_error error;
  struct naj_compressed_buffer compressed;
  for (int32_t codec = 0; codec <= 1; codec++) {
    const size_t size = 8 + compress_frame(codec, plain, 100, packed + 8);
    const int64_t declared[] = {INT64_MAX, (int64_t)1 << 40, -2, INT64_MIN};
    for (size_t i = 0; i < sizeof declared / sizeof *declared; i++) {
      write_prefix(packed, declared[i]);
      CHECK_STATUS(naj_compressed_buffer_read(codec, packed, (int64_t)size, &compressed, &error),
                   NAJ_INVALID_DATA, error);
    }
  }
}

static void truncated_or_damaged_frame_is_invalid(void) {
  struct naj_error error;
  for (int32_t codec = 0; codec <= 1; codec++) {
    write_prefix(packed, PLAIN_BYTES);
    const size_t size = 8 + compress_frame(codec, plain, PLAIN_BYTES, packed + 8);
    for (size_t cut = 1; cut < size; cut += 1 + size / 300)
      CHECK_STATUS(unpack(codec, cut, &error), NAJ_INVALID_DATA, error);
    for (size_t at = 8; at < size; at += 1 + size / 200) {
      packed[at] ^= 0xff;
      (void)unpack(codec, size, &error); /* any verdict, but no byte outside the result */
      CHECK_EQ(result[PLAIN_BYTES], 0xee);
      packed[at] ^= 0xff;
    }
    CHECK_STATUS(unpack(codec, size, &error), NAJ_OK, error);
  }
}

static void unknown_codec_is_unsupported(void) {
  struct naj_error error;
  write_prefix(packed, 4);
  CHECK_STATUS(unpack(2, 20, &error), NAJ_UNSUPPORTED, error);
}

int main(void) {
  fill_plain();
  TEST_RUN(frame_becomes_its_bytes);
  TEST_RUN(several_frames_become_one_buffer);
  TEST_RUN(stored_buffer_is_copied);
  TEST_RUN(empty_buffer_has_no_prefix);
  TEST_RUN(wrong_declared_size_is_invalid);
  TEST_RUN(impossible_ratio_is_refused_before_allocation);
  TEST_RUN(truncated_or_damaged_frame_is_invalid);
  TEST_RUN(unknown_codec_is_unsupported);
  TEST_DONE();
}
