/* LZ4 frames around blocks that we compress one by one: LZ4F_compressFrame clears 16 KiB of state
 * for each frame and allocates it for each of a denser level, many times the work of a small
 * buffer. */
#ifndef NAJ_CODEC_LZ4_FRAME_H
#define NAJ_CODEC_LZ4_FRAME_H

#include <stdint.h>

/* State of the blocks: one thread at a time, 0 to begin with. */
struct naj_lz4_states {
  void* fast;
  void* dense;
};
void naj_lz4_states_free(struct naj_lz4_states* states);
/* Makes what a level needs; 0 when memory ran out. */
int naj_lz4_states_prepare(struct naj_lz4_states* states, int32_t level);

int64_t naj_lz4_frame_room(int64_t size_bytes);
/* Returns the size of the frame, -1 when it would not be smaller than the input. */
int64_t naj_lz4_frame_write(const struct naj_lz4_states* borrow_states, int32_t level,
                            const uint8_t* borrow_bytes, int64_t size_bytes, uint8_t* out_bytes);

#endif
