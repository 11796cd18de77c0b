#define ZSTD_STATIC_LINKING_ONLY

#include "codec/naj_zstd_frame.h"

#include <zstd.h>
#include <zstd_errors.h>

#include "codec/naj_literals.h"
#include "core/naj_status.h"

enum { FAST_LEVEL = 1, LEAN_MATCH_BYTES = 4, BLOCK_HEADER_BYTES = 3, TEXT_BYTES = 32 };
/* doc/zstd_compression_format.md */
enum { BLOCK_RAW = 0, BLOCK_COMPRESSED = 2, LITERALS_RAW = 0 };

void naj_zstd_states_free(struct naj_zstd_states* states) {
  ZSTD_freeCCtx(states->whole);
  ZSTD_freeCCtx(states->lean);
  states->whole = states->lean = NULL;
}

int64_t naj_zstd_frame_room(int64_t size_bytes) {
  const size_t bound = ZSTD_compressBound((size_t)size_bytes);
  return ZSTD_isError(bound) ? -1 : (int64_t)bound;
}

static naj_status no_context(struct naj_error* error) {
  return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for a compression context");
}

static ZSTD_CCtx* new_lean_context(void) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  if (context == NULL) return NULL;
  if (!ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, FAST_LEVEL)) &&
      !ZSTD_isError(
          ZSTD_CCtx_setParameter(context, ZSTD_c_literalCompressionMode, ZSTD_ps_disable)) &&
      !ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_minMatch, LEAN_MATCH_BYTES)))
    return context;
  ZSTD_freeCCtx(context);
  return NULL;
}

/* The bytes of a frame of one block that stand in it as they are; none where it is not known. */
static const uint8_t* find_literals(const uint8_t* frame, int64_t frame_bytes, const uint8_t* bytes,
                                    int64_t size_bytes, int64_t* out_size_bytes) {
  *out_size_bytes = 0;
  const size_t header = ZSTD_frameHeaderSize(frame, (size_t)frame_bytes);
  if (ZSTD_isError(header) || (int64_t)header + BLOCK_HEADER_BYTES >= frame_bytes) return bytes;
  const uint8_t* block = frame + header;
  const int is_last = block[0] & 1;
  const int type = block[0] >> 1 & 3;
  const uint8_t* literals = block + BLOCK_HEADER_BYTES;
  if (!is_last) return bytes;
  if (type == BLOCK_RAW) {
    *out_size_bytes = size_bytes;
    return bytes;
  }
  if (type != BLOCK_COMPRESSED || (literals[0] & 3) != LITERALS_RAW) return bytes;
  const int64_t left = frame_bytes - (literals - frame);
  /* Fewer than NAJ_MOST_LITERALS take 5 or 12 bits. */
  int64_t size = literals[0] >> 3;
  int64_t head = 1;
  if ((literals[0] & 4) != 0) {
    head = 2;
    if ((literals[0] & 8) != 0 || left < head) return bytes;
    size = literals[0] >> 4 | literals[1] << 4;
  }
  if (size > left - head) return bytes;
  *out_size_bytes = size;
  return literals + head;
}

static naj_status finish(size_t written, int64_t size_bytes, int64_t* out_size_bytes,
                         struct naj_error* error) {
  if (ZSTD_isError(written)) {
    if (ZSTD_getErrorCode(written) == ZSTD_error_memory_allocation) return no_context(error);
    return naj_error_set(error, NAJ_MISUSE, -1, "ZSTD: %s", ZSTD_getErrorName(written));
  }
  *out_size_bytes = (int64_t)written < size_bytes ? (int64_t)written : -1;
  return NAJ_OK;
}

/* *out_is_final 0: a Huffman code is worth a try. */
static naj_status write_lean(struct naj_zstd_states* states, const uint8_t* bytes,
                             int64_t size_bytes, uint8_t* out_bytes, int64_t* out_size_bytes,
                             int* out_is_final, struct naj_error* error) {
  if (states->lean == NULL) states->lean = new_lean_context();
  if (states->lean == NULL) return no_context(error);
  const size_t written = ZSTD_compress2(
      states->lean, out_bytes, ZSTD_compressBound((size_t)size_bytes), bytes, (size_t)size_bytes);
  NAJ_TRY(finish(written, size_bytes, out_size_bytes, error));
  int64_t literals_bytes = 0;
  const uint8_t* literals =
      find_literals(out_bytes, (int64_t)written, bytes, size_bytes, &literals_bytes);
  *out_is_final = !naj_literals_shrink(literals, literals_bytes);
  return NAJ_OK;
}

/* A Huffman code of a text always pays. */
static int looks_like_text(const uint8_t* bytes, int64_t size_bytes) {
  if (size_bytes < TEXT_BYTES) return 0;
  int is_text = 1;
  for (int i = 0; i < TEXT_BYTES; i++) is_text &= bytes[i] >= ' ' && bytes[i] < 0x7f;
  return is_text;
}

naj_status naj_zstd_frame_write(struct naj_zstd_states* states, int32_t level,
                                const uint8_t* borrow_bytes, int64_t size_bytes, uint8_t* out_bytes,
                                int64_t* out_size_bytes, struct naj_error* error) {
  if (level == FAST_LEVEL && size_bytes <= NAJ_MOST_LITERALS &&
      !looks_like_text(borrow_bytes, size_bytes)) {
    int is_final = 0;
    NAJ_TRY(
        write_lean(states, borrow_bytes, size_bytes, out_bytes, out_size_bytes, &is_final, error));
    if (is_final) return NAJ_OK;
  }
  if (states->whole == NULL) states->whole = ZSTD_createCCtx();
  if (states->whole == NULL) return no_context(error);
  const size_t written =
      ZSTD_compressCCtx(states->whole, out_bytes, ZSTD_compressBound((size_t)size_bytes),
                        borrow_bytes, (size_t)size_bytes, level);
  return finish(written, size_bytes, out_size_bytes, error);
}
