#include "codec/naj_compress.h"

#include <pthread.h>
#include <stdlib.h>
#include <zstd.h>

#include "codec/naj_lz4_frame.h"
#include "codec/naj_zstd_frame.h"
#include "core/naj_alloc.h"
#include "core/naj_status.h"

enum { LZ4_MOST_LEVEL = 12 };

/* As of decompression: creating them costs more than a small buffer. */
struct contexts {
  struct naj_zstd_states zstd;
  struct naj_lz4_states lz4;
};

static pthread_key_t contexts_key;
static pthread_once_t contexts_once = PTHREAD_ONCE_INIT;
static int contexts_key_failed;

static void free_contexts(void* block) {
  struct contexts* contexts = block;
  naj_zstd_states_free(&contexts->zstd);
  naj_lz4_states_free(&contexts->lz4);
  free(contexts);
}

static void create_key(void) {
  contexts_key_failed = pthread_key_create(&contexts_key, free_contexts) != 0;
}

/* Not from naj_alloc: a cache of the thread, no leak of a writer. */
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

int32_t naj_compression_default_level(int32_t codec) {
  (void)codec;
  return 1;
}

naj_status naj_compression_check(const struct naj_compression* borrow_compression,
                                 struct naj_error* error) {
  int32_t least = 0;
  int32_t most = LZ4_MOST_LEVEL;
  if (borrow_compression->codec == NAJ_CODEC_ZSTD) {
    least = ZSTD_minCLevel();
    most = ZSTD_maxCLevel();
  } else if (borrow_compression->codec != NAJ_CODEC_LZ4_FRAME) {
    return naj_error_set(error, NAJ_UNSUPPORTED, -1, "unknown compression codec %d",
                         borrow_compression->codec);
  }
  if (borrow_compression->level >= least && borrow_compression->level <= most) return NAJ_OK;
  return naj_error_set(error, NAJ_MISUSE, -1, "compression level %d is not in %d..%d",
                       borrow_compression->level, least, most);
}

int64_t naj_compress_room(const struct naj_compression* borrow_compression, int64_t size_bytes) {
  if (size_bytes < 0 || size_bytes > INT64_MAX / 2) return -1;
  return borrow_compression->codec == NAJ_CODEC_LZ4_FRAME ? naj_lz4_frame_room(size_bytes)
                                                          : naj_zstd_frame_room(size_bytes);
}

static naj_status no_context(struct naj_error* error) {
  return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for a compression context");
}

naj_status naj_compress(const struct naj_compression* borrow_compression,
                        const uint8_t* borrow_bytes, int64_t size_bytes, uint8_t* out_bytes,
                        int64_t* out_size_bytes, struct naj_error* error) {
  struct contexts* contexts = thread_contexts();
  if (contexts == NULL) return no_context(error);
  if (borrow_compression->codec == NAJ_CODEC_ZSTD)
    return naj_zstd_frame_write(&contexts->zstd, borrow_compression->level, borrow_bytes,
                                size_bytes, out_bytes, out_size_bytes, error);
  if (!naj_lz4_states_prepare(&contexts->lz4, borrow_compression->level)) return no_context(error);
  *out_size_bytes = naj_lz4_frame_write(&contexts->lz4, borrow_compression->level, borrow_bytes,
                                        size_bytes, out_bytes);
  return NAJ_OK;
}
