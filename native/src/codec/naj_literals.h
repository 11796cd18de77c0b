/* What a Huffman code would make of bytes. */
#ifndef NAJ_CODEC_LITERALS_H
#define NAJ_CODEC_LITERALS_H

#include <stdint.h>

enum { NAJ_MOST_LITERALS = 1024 };

/* 1 when a Huffman code and the table that describes it are likely to take some percents less than
 * the `size_bytes`, at most NAJ_MOST_LITERALS, themselves. Any thread. */
int naj_literals_shrink(const uint8_t* borrow_bytes, int64_t size_bytes);

#endif
