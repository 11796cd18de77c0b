/* Copies of bodies into memory that is larger than what caches keep. */
#ifndef NAJ_CORE_COPY_H
#define NAJ_CORE_COPY_H

#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* As memcpy, without bringing the target into the caches first: a third less memory traffic. What
 * is read again soon should be copied by memcpy. Other threads may see it late:
 * naj_copy_streaming_end comes after the last of several. */
static inline void naj_copy_streaming(uint8_t* to, const uint8_t* borrow_from, int64_t size_bytes) {
#if defined(__SSE2__)
  enum { LINE_BYTES = 64 };
  const int64_t head = (int64_t)(-(uintptr_t)to & (LINE_BYTES - 1));
  if (size_bytes >= head + LINE_BYTES) {
    memcpy(to, borrow_from, (size_t)head);
    int64_t at = head;
    for (; at + LINE_BYTES <= size_bytes; at += LINE_BYTES) {
      const __m128i* from = (const __m128i*)(const void*)(borrow_from + at);
      __m128i* line = (__m128i*)(void*)(to + at);
      const __m128i a = _mm_loadu_si128(from);
      const __m128i b = _mm_loadu_si128(from + 1);
      const __m128i c = _mm_loadu_si128(from + 2);
      const __m128i d = _mm_loadu_si128(from + 3);
      _mm_stream_si128(line, a);
      _mm_stream_si128(line + 1, b);
      _mm_stream_si128(line + 2, c);
      _mm_stream_si128(line + 3, d);
    }
    memcpy(to + at, borrow_from + at, (size_t)(size_bytes - at));
    return;
  }
#endif
  memcpy(to, borrow_from, (size_t)size_bytes);
}

static inline void naj_copy_streaming_end(void) {
#if defined(__SSE2__)
  _mm_sfence();
#endif
}

#endif
