/* Compression of one buffer to one frame; the opposite of naj_decompress. */
#ifndef NAJ_CODEC_COMPRESS_H
#define NAJ_CODEC_COMPRESS_H

#include "codec/naj_codec.h"

struct naj_compression {
  int32_t codec; /* naj_codec */
  int32_t level; /* checked by naj_compression_check */
};

/* The level of a codec that none was given for: that of pyarrow. */
int32_t naj_compression_default_level(int32_t codec);
/* NAJ_UNSUPPORTED for an unknown codec, NAJ_MISUSE for a level that the codec does not have (LZ4:
 * 0..12, where 3 and above are its slower, denser method). */
naj_status naj_compression_check(const struct naj_compression* borrow_compression,
                                 struct naj_error* error);

/* Bytes that naj_compress may write for `size_bytes`, -1 when they are too many. */
int64_t naj_compress_room(const struct naj_compression* borrow_compression, int64_t size_bytes);
/* Writes a frame; *out_size_bytes is its size, or -1 when it would not be smaller than the input.
 * `size_bytes` > 0. Contexts are kept per thread and go with it. Any thread. */
naj_status naj_compress(const struct naj_compression* borrow_compression,
                        const uint8_t* borrow_bytes, int64_t size_bytes, uint8_t* out_bytes,
                        int64_t* out_size_bytes, struct naj_error* error);

#endif
