/* Body compression (format/Message.fbs, BodyCompression): one buffer at a time. */
#ifndef NAJ_CODEC_CODEC_H
#define NAJ_CODEC_CODEC_H

#include "naj/naj.h"

/* The CompressionType enum's numbers. */
enum naj_codec { NAJ_CODEC_LZ4_FRAME = 0, NAJ_CODEC_ZSTD = 1 };

/* What the 8 bytes in front of a compressed buffer say. */
struct naj_compressed_buffer {
  const uint8_t* bytes;       /* after the prefix, borrowed from the body */
  int64_t size_bytes;         /* of `bytes` */
  int64_t decompressed_bytes; /* equals size_bytes when is_stored */
  int32_t is_stored;          /* the -1 marker: bytes are not compressed */
};

/* Takes the prefix of a buffer of `size_bytes` bytes apart; an empty buffer has none and is empty.
 * A declared size that no input of this size can decompress to is NAJ_INVALID_DATA, so that what is
 * allocated for it is bounded by the bytes present. */
naj_status naj_compressed_buffer_read(int32_t codec, const uint8_t* borrow_buffer,
                                      int64_t size_bytes,
                                      struct naj_compressed_buffer* out_compressed,
                                      struct naj_error* error);

/* Decompresses one or more frames to exactly `decompressed_bytes`; anything else is
 * NAJ_INVALID_DATA. Contexts are kept per thread and go with it. Any thread. */
naj_status naj_decompress(int32_t codec, const struct naj_compressed_buffer* borrow_compressed,
                          uint8_t* out_bytes, struct naj_error* error);

#endif
