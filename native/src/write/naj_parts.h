/* An encoded message laid out in its target: the prefix, the flatbuffer, and a body whose small
 * buffers are copied behind them and whose large ones are pointed to. */
#ifndef NAJ_WRITE_PARTS_H
#define NAJ_WRITE_PARTS_H

#include "naj/naj_write.h"
#include "write/naj_body.h"
#include "write/naj_write_message.h"

/* How messages are framed. */
struct naj_framing {
  int64_t alignment_bytes;
  int64_t gather_below_bytes;
  int32_t is_legacy;
};

/* NAJ_MISUSE unless the target can hold at least a naj_encoded and the position is one. */
naj_status naj_parts_check(const struct naj_encode_target* borrow_target, int64_t position,
                           struct naj_error* error);

/* A message without a body around the flatbuffer given. `has_prefix` 0: the flatbuffer alone. */
naj_status naj_parts_of_flatbuffer(const struct naj_framing* borrow_framing, int64_t position,
                                   int has_prefix, const uint8_t* borrow_flatbuffer,
                                   int64_t size_bytes,
                                   const struct naj_encode_target* borrow_target,
                                   struct naj_error* error);

/* A message of the template's shape with the body. */
naj_status naj_parts_of_body(const struct naj_framing* borrow_framing, int64_t position,
                             const struct naj_message_template* borrow_template,
                             const struct naj_body* borrow_body,
                             const struct naj_encode_target* borrow_target,
                             struct naj_error* error);

/* NAJ_NEED_ARENA or NAJ_NEED_TABLE when the target could turn out too small for the body after its
 * compression, whatever it saves: asked before the work is done. */
naj_status naj_parts_room_for_compressed(const struct naj_framing* borrow_framing,
                                         int64_t metadata_bytes, const struct naj_body* borrow_body,
                                         const struct naj_encode_target* borrow_target);

#endif
