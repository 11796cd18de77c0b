/* Zstandard frames. Of a buffer of some hundred bytes, which most columns of small batches are, the
 * codec spends most of its time on a Huffman code for what no match covers, and then more often
 * than not finds that it saves nothing. Here such a buffer is compressed without first, and again
 * with one only when a look at what is left says that it pays. */
#ifndef NAJ_CODEC_ZSTD_FRAME_H
#define NAJ_CODEC_ZSTD_FRAME_H

#include "naj/naj.h"

/* Contexts: one thread at a time, 0 to begin with. */
struct naj_zstd_states {
  void* whole;
  void* lean; /* without Huffman codes */
};
void naj_zstd_states_free(struct naj_zstd_states* states);

/* Bytes that naj_zstd_frame_write may write, -1 when they are too many. */
int64_t naj_zstd_frame_room(int64_t size_bytes);
/* *out_size_bytes is that of the frame, -1 when it would not be smaller than the input. */
naj_status naj_zstd_frame_write(struct naj_zstd_states* states, int32_t level,
                                const uint8_t* borrow_bytes, int64_t size_bytes, uint8_t* out_bytes,
                                int64_t* out_size_bytes, struct naj_error* error);

#endif
