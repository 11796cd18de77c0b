/* Bodies that cannot be read in place: compressed ones, and those in the other byte order. */
#ifndef NAJ_BATCH_TRANSFORM_H
#define NAJ_BATCH_TRANSFORM_H

#include "batch/naj_plan.h"
#include "naj/naj.h"

enum { NAJ_NO_CODEC = -1 };

struct naj_transform_piece;

/* One body on its way into an arena. */
struct naj_transform {
  const struct naj_schema* schema;
  const void* buffers;            /* flatbuffer Buffer vector; as many as the fields take */
  const int64_t* variadic_counts; /* per view field, checked */
  const struct naj_table_node* nodes;
  const uint8_t* body;
  int64_t body_bytes;
  int64_t input_offset;
  int32_t codec;   /* naj_codec or NAJ_NO_CODEC */
  int32_t is_swap; /* the sender's byte order is not ours */
  uint8_t* arena;  /* aligned to 64 */
  int64_t arena_bytes;
  int64_t max_decompressed_bytes;     /* above: NAJ_LIMIT_EXCEEDED, before an arena is asked for */
  int64_t max_decompression_ratio;    /* see naj_limits */
  int32_t use_threads;                /* 1: by several threads if that pays */
  struct naj_transform_piece* pieces; /* NULL, or where what is to be done by threads is noted */
  int64_t piece_count;
  int64_t decompressed_bytes; /* sum over the compressed buffers, and their number */
  int64_t compressed_count;
  int64_t compressed_bytes; /* of them, before */
  int64_t used_bytes;       /* of the arena; with NAJ_NEED_ARENA what it would take */
};

/* Fills `out_buffers` with what the body's buffers mean: each range, prefix and size checked, then
 * decompressed and swapped into the arena where it has to be, else left in the body. */
naj_status naj_transform_body(struct naj_transform* transform, struct naj_table_buffer* out_buffers,
                              struct naj_error* error);

/* Turns `size_bytes` bytes of items from the other byte order, in place; a rest shorter than an
 * item is left alone. */
void naj_swap_items(int32_t swap, uint8_t* bytes, int64_t size_bytes);

#endif
