#include "codec/naj_codec.h"

#include <lz4frame.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_status.h"

/* The most that one byte of input can become. LZ4: a run-length byte adds at most 255. ZSTD: a
 * block of 3 bytes of header and 1 of content repeats that byte over at most 128 KiB. */
enum { LZ4_MOST_PER_BYTE = 255, ZSTD_MOST_PER_BYTE = 128 * 1024 / 4, PREFIX_BYTES = 8 };

/* Creating a ZSTD context costs some 10 us, far more than a small buffer's decompression. */
struct contexts {
  ZSTD_DCtx* zstd;
  LZ4F_dctx* lz4;
};

static pthread_key_t contexts_key;
static pthread_once_t contexts_once = PTHREAD_ONCE_INIT;
static int contexts_key_failed;

static void free_contexts(void* block) {
  struct contexts* contexts = block;
  ZSTD_freeDCtx(contexts->zstd);
  LZ4F_freeDecompressionContext(contexts->lz4);
  free(contexts);
}

static void create_key(void) {
  contexts_key_failed = pthread_key_create(&contexts_key, free_contexts) != 0;
}

/* Not from naj_alloc: a cache of the thread, no leak of a reader. */
static struct contexts* thread_contexts(void) {
  pthread_once(&contexts_once, create_key);
  if (contexts_key_failed || naj_allocation_fails_now()) return NULL;
  struct contexts* contexts = pthread_getspecific(contexts_key);
  if (contexts != NULL) return contexts;
  contexts = calloc(1, sizeof *contexts);
  if (contexts == NULL) return NULL;
  if (pthread_setspecific(contexts_key, contexts) != 0) {
    free(contexts);
    return NULL;
  }
  return contexts;
}

static int64_t read_prefix(const uint8_t* bytes) {
  uint64_t value = 0;
  for (int i = PREFIX_BYTES - 1; i >= 0; i--) value = value << 8 | bytes[i];
  return (int64_t)value;
}

naj_status naj_compressed_buffer_read(int32_t codec, const uint8_t* borrow_buffer,
                                      int64_t size_bytes,
                                      struct naj_compressed_buffer* out_compressed,
                                      struct naj_error* error) {
  const struct naj_compressed_buffer empty = {0};
  if (size_bytes == 0) {
    *out_compressed = empty;
    return NAJ_OK;
  }
  if (codec != NAJ_CODEC_LZ4_FRAME && codec != NAJ_CODEC_ZSTD)
    return naj_error_set(error, NAJ_UNSUPPORTED, -1, "unknown compression codec %d", codec);
  if (size_bytes < PREFIX_BYTES)
    return naj_error_set(error, NAJ_INVALID_DATA, -1,
                         "a compressed buffer of %lld bytes has no length prefix",
                         (long long)size_bytes);
  const int64_t declared = read_prefix(borrow_buffer);
  const int64_t remaining = size_bytes - PREFIX_BYTES;
  struct naj_compressed_buffer compressed = {.bytes = borrow_buffer + PREFIX_BYTES,
                                             .size_bytes = remaining,
                                             .decompressed_bytes = declared,
                                             .is_stored = 0};
  if (declared == -1) {
    compressed.is_stored = 1;
    compressed.decompressed_bytes = remaining;
  } else {
    const int64_t most_per_byte =
        codec == NAJ_CODEC_LZ4_FRAME ? LZ4_MOST_PER_BYTE : ZSTD_MOST_PER_BYTE;
    int64_t most = 0;
    if (declared < 0 || (naj_checked_mul(remaining, most_per_byte, &most) && declared > most))
      return naj_error_set(error, NAJ_INVALID_DATA, -1,
                           "%lld compressed bytes cannot become the declared %lld",
                           (long long)remaining, (long long)declared);
  }
  *out_compressed = compressed;
  return NAJ_OK;
}

static naj_status wrong_size(const struct naj_compressed_buffer* compressed,
                             struct naj_error* error) {
  return naj_error_set(error, NAJ_INVALID_DATA, -1,
                       "compressed data does not become the declared %lld bytes",
                       (long long)compressed->decompressed_bytes);
}

static naj_status no_context(struct naj_error* error) {
  return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for a decompression context");
}

static naj_status decompress_zstd(const struct naj_compressed_buffer* compressed,
                                  uint8_t* out_bytes, struct naj_error* error) {
  struct contexts* contexts = thread_contexts();
  if (contexts == NULL) return no_context(error);
  if (contexts->zstd == NULL) contexts->zstd = ZSTD_createDCtx();
  if (contexts->zstd == NULL) return no_context(error);
  const size_t size =
      ZSTD_decompressDCtx(contexts->zstd, out_bytes, (size_t)compressed->decompressed_bytes,
                          compressed->bytes, (size_t)compressed->size_bytes);
  if (ZSTD_isError(size)) {
    if (ZSTD_getErrorCode(size) == ZSTD_error_memory_allocation) return no_context(error);
    return naj_error_set(error, NAJ_INVALID_DATA, -1, "ZSTD: %s", ZSTD_getErrorName(size));
  }
  return size == (size_t)compressed->decompressed_bytes ? NAJ_OK : wrong_size(compressed, error);
}

static naj_status decompress_lz4(const struct naj_compressed_buffer* compressed, uint8_t* out_bytes,
                                 struct naj_error* error) {
  struct contexts* contexts = thread_contexts();
  if (contexts == NULL) return no_context(error);
  if (contexts->lz4 == NULL &&
      LZ4F_isError(LZ4F_createDecompressionContext(&contexts->lz4, LZ4F_VERSION))) {
    contexts->lz4 = NULL;
    return no_context(error);
  }
  LZ4F_resetDecompressionContext(contexts->lz4);
  LZ4F_decompressOptions_t options;
  memset(&options, 0, sizeof options);
  options.stableDst = 1;
  const uint8_t* source = compressed->bytes;
  size_t source_left = (size_t)compressed->size_bytes;
  size_t target_left = (size_t)compressed->decompressed_bytes;
  size_t hint = 1; /* 0: the last byte read ended a frame */
  while (source_left > 0) {
    size_t source_used = source_left;
    size_t target_used = target_left;
    hint = LZ4F_decompress(contexts->lz4, out_bytes, &target_used, source, &source_used, &options);
    if (LZ4F_isError(hint))
      return naj_error_set(error, NAJ_INVALID_DATA, -1, "LZ4: %s", LZ4F_getErrorName(hint));
    if (source_used == 0 && target_used == 0) break;
    source += source_used;
    source_left -= source_used;
    out_bytes += target_used;
    target_left -= target_used;
  }
  return hint == 0 && source_left == 0 && target_left == 0 ? NAJ_OK : wrong_size(compressed, error);
}

naj_status naj_decompress(int32_t codec, const struct naj_compressed_buffer* borrow_compressed,
                          uint8_t* out_bytes, struct naj_error* error) {
  if (borrow_compressed->decompressed_bytes == 0) return NAJ_OK;
  if (borrow_compressed->is_stored) {
    memcpy(out_bytes, borrow_compressed->bytes, (size_t)borrow_compressed->size_bytes);
    return NAJ_OK;
  }
  switch (codec) {
    case NAJ_CODEC_LZ4_FRAME:
      return decompress_lz4(borrow_compressed, out_bytes, error);
    case NAJ_CODEC_ZSTD:
      return decompress_zstd(borrow_compressed, out_bytes, error);
    default:
      return naj_error_set(error, NAJ_UNSUPPORTED, -1, "unknown compression codec %d", codec);
  }
}
