/* RecordBatch flatbuffer and body to a batch table. */
#ifndef NAJ_BATCH_BATCH_DECODE_H
#define NAJ_BATCH_BATCH_DECODE_H

#include "message/naj_message.h"
#include "naj/naj.h"

/* Where a message stands, for the table and for errors. */
struct naj_message_place {
  int64_t memory_offset; /* of its first byte in the memory given */
  int64_t input_offset;  /* of its first byte in the input */
};

/* Fills the target's table (see naj_table_header) from a record batch message. `borrow_body` holds
 * `message.body_bytes`. NAJ_NEED_TABLE, NAJ_NEED_ARENA with needed_bytes when the room given does
 * not suffice, NAJ_MISUSE when not even the header fits. Of the limits, those of decompression
 * hold. Any thread. */
naj_status naj_batch_decode(const struct naj_schema* borrow_schema,
                            const struct naj_message* borrow_message,
                            const struct naj_message_place* borrow_place,
                            const uint8_t* borrow_body,
                            const struct naj_decode_target* borrow_target,
                            const struct naj_limits* borrow_limits, struct naj_error* error);

/* The same for a dictionary batch message of `borrow_schema`: the table holds the values. */
naj_status naj_dictionary_decode(const struct naj_schema* borrow_schema,
                                 const struct naj_message* borrow_message,
                                 const struct naj_message_place* borrow_place,
                                 const uint8_t* borrow_body,
                                 const struct naj_decode_target* borrow_target,
                                 const struct naj_limits* borrow_limits, struct naj_error* error);

/* The row count that a record batch message states, checked to be >= 0. */
naj_status naj_batch_row_count(const struct naj_message* borrow_message,
                               const struct naj_message_place* borrow_place, int64_t* out_row_count,
                               struct naj_error* error);

#endif
