/* Copies to memory that nobody reads soon, past the caches. */
#ifndef NAJ_WRITE_STREAM_COPY_H
#define NAJ_WRITE_STREAM_COPY_H

#include <stdint.h>
#include <string.h>

enum { NAJ_STREAM_BYTES = 16 };

#if defined(__SSE2__)
#include <emmintrin.h>
#define NAJ_HAS_STREAM_COPY 1

/* `size_bytes` to `out_bytes`, aligned to 16, and zeros up to `padded_bytes`, a multiple of 16.
 * What was copied is seen by other threads after naj_stream_copy_end. */
static inline void naj_stream_copy(uint8_t* out_bytes, const uint8_t* borrow_bytes,
                                   int64_t size_bytes, int64_t padded_bytes) {
  int64_t at = 0;
  for (; at + 4 * NAJ_STREAM_BYTES <= size_bytes; at += 4 * NAJ_STREAM_BYTES) {
    const __m128i* from = (const __m128i*)(const void*)(borrow_bytes + at);
    __m128i* to = (__m128i*)(void*)(out_bytes + at);
    const __m128i a = _mm_loadu_si128(from);
    const __m128i b = _mm_loadu_si128(from + 1);
    const __m128i c = _mm_loadu_si128(from + 2);
    const __m128i d = _mm_loadu_si128(from + 3);
    _mm_stream_si128(to, a);
    _mm_stream_si128(to + 1, b);
    _mm_stream_si128(to + 2, c);
    _mm_stream_si128(to + 3, d);
  }
  for (; at < padded_bytes; at += NAJ_STREAM_BYTES) {
    uint8_t piece[NAJ_STREAM_BYTES] = {0};
    const int64_t left = size_bytes - at;
    if (left > 0)
      memcpy(piece, borrow_bytes + at, left < NAJ_STREAM_BYTES ? (size_t)left : NAJ_STREAM_BYTES);
    _mm_stream_si128((__m128i*)(void*)(out_bytes + at),
                     _mm_loadu_si128((const __m128i*)(const void*)piece));
  }
}
static inline void naj_stream_copy_end(void) { _mm_sfence(); }

#else
#define NAJ_HAS_STREAM_COPY 0
static inline void naj_stream_copy(uint8_t* out_bytes, const uint8_t* borrow_bytes,
                                   int64_t size_bytes, int64_t padded_bytes) {
  memcpy(out_bytes, borrow_bytes, (size_t)size_bytes);
  memset(out_bytes + size_bytes, 0, (size_t)(padded_bytes - size_bytes));
}
static inline void naj_stream_copy_end(void) {}
#endif

#endif
