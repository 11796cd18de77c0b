/* The flatbuffers of format/Message.fbs and File.fbs that a writer makes. */
#ifndef NAJ_WRITE_WRITE_MESSAGE_H
#define NAJ_WRITE_WRITE_MESSAGE_H

#include "naj/naj_write.h"
#include "schema/naj_schema.h"
#include "write/naj_body.h"
#include "write/naj_flat.h"

/* A Message with the schema. The bytes are the builder's. */
naj_status naj_message_of_schema(struct naj_flat* borrow_flat,
                                 const struct naj_schema* borrow_schema, const uint8_t** out_bytes,
                                 int64_t* out_size_bytes, struct naj_error* error);

/* A Footer; blocks have been checked. The bytes are the builder's. */
naj_status naj_footer_of(struct naj_flat* borrow_flat, const struct naj_schema* borrow_schema,
                         const struct naj_footer_block* borrow_dictionaries,
                         int64_t dictionary_count, const struct naj_footer_block* borrow_batches,
                         int64_t batch_count, const void* borrow_metadata, int64_t metadata_bytes,
                         const uint8_t** out_bytes, int64_t* out_size_bytes,
                         struct naj_error* error);

/* What two RecordBatch messages of one schema may differ in, numbers aside. */
struct naj_message_shape {
  int64_t node_count;
  int64_t buffer_count;
  int64_t variadic_count;
  int32_t metadata_version;
  int32_t codec; /* -1: none named */
  int32_t is_dictionary;
  int32_t is_delta;
  int64_t dictionary_id;
  const void* metadata; /* valid, C Data encoding */
  int64_t metadata_bytes;
};

/* A part of a message that is a batch's own: the items of a vector. */
struct naj_message_hole {
  int64_t offset;
  int64_t size_bytes;
};
enum { NAJ_HOLE_NODES, NAJ_HOLE_BUFFERS, NAJ_HOLE_VARIADIC, NAJ_HOLE_COUNT };

/* The message of one shape, kept: flatcc builds it once, and a batch's numbers are put into a copy.
 */
struct naj_message_template {
  struct naj_message_shape shape; /* its metadata is owned */
  uint8_t* bytes;                 /* owned, NULL = empty */
  int64_t size_bytes;
  int64_t row_count_offset;
  int64_t body_bytes_offset;
  struct naj_message_hole holes[NAJ_HOLE_COUNT];     /* size 0 where there is no vector */
  struct naj_message_hole fixed[NAJ_HOLE_COUNT + 1]; /* what lies between the holes */
};

/* Makes `template` that of a shape, if it is not. Empty after a failure. */
naj_status naj_message_template_set(struct naj_message_template* borrow_template,
                                    struct naj_flat* borrow_flat,
                                    const struct naj_message_shape* borrow_shape,
                                    struct naj_error* error);
void naj_message_template_free(struct naj_message_template* message_template);
/* Copies all but the vectors' items to `out_message`, which may be at any address, and puts the
 * numbers in. */
void naj_message_template_copy(const struct naj_message_template* borrow_template,
                               int64_t row_count, int64_t body_bytes, uint8_t* out_message);

#endif
