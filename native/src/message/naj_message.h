/* Encapsulated messages (format/Columnar.rst, "Encapsulated message format"): prefix, flatbuffer,
 * body. */
#ifndef NAJ_MESSAGE_MESSAGE_H
#define NAJ_MESSAGE_MESSAGE_H

#include "naj/naj.h"

/* The MessageHeader union's numbers (format/Message.fbs). */
enum naj_message_type {
  NAJ_MESSAGE_SCHEMA = 1,
  NAJ_MESSAGE_DICTIONARY_BATCH = 2,
  NAJ_MESSAGE_RECORD_BATCH = 3,
  NAJ_MESSAGE_TENSOR = 4,
  NAJ_MESSAGE_SPARSE_TENSOR = 5
};

/* A message whose flatbuffer is verified. Points into the bytes it was read from, or into `scratch`
 * when those were not aligned to 8. */
struct naj_message {
  int32_t type;                /* naj_message_type */
  int32_t metadata_version;    /* 3 = V4, 4 = V5; others are refused */
  int32_t is_legacy;           /* pre-0.15 prefix of 4 bytes */
  int32_t is_end;              /* end-of-stream marker: only message_bytes and is_legacy hold */
  int64_t message_bytes;       /* prefix + metadata + padding: the body begins here */
  int64_t body_bytes;          /* >= 0, <= max_body_bytes */
  const void* header;          /* the flatbuffer table of `type`, never NULL */
  const void* custom_metadata; /* flatbuffer KeyValue vector, may be NULL; each pair has key and
                                  value or counts as empty */
  void* scratch;               /* naj_alloc block, freed by naj_message_reset */
};

/* Looks at the message that begins at borrow_bytes[0]. NAJ_NEED_INPUT with *out_needed_bytes when
 * the prefix or the metadata is not all there (the body is not asked for). Zero available bytes too
 * ask for input. A declared size above the limit is NAJ_LIMIT_EXCEEDED before anything is asked
 * for. `input_offset` is where the message lies in the input, for errors. */
naj_status naj_message_read(const uint8_t* borrow_bytes, int64_t available_bytes,
                            int64_t input_offset, const struct naj_limits* borrow_limits,
                            struct naj_message* out_message, int64_t* out_needed_bytes,
                            struct naj_error* error);
void naj_message_reset(struct naj_message* message);

/* Starts loading the message that begins at `next` while the one before it is decoded: in a mapped
 * file nothing has touched it yet. Its metadata is likely as long as that one's. */
static inline void naj_message_prefetch(const uint8_t* borrow_next, int64_t available_bytes,
                                        int64_t message_bytes) {
  enum { LINE_BYTES = 64, MAX_BYTES = 2048 };
  int64_t wanted_bytes = message_bytes < MAX_BYTES ? message_bytes : MAX_BYTES;
  if (wanted_bytes > available_bytes) wanted_bytes = available_bytes;
  for (int64_t i = 0; i < wanted_bytes; i += LINE_BYTES) __builtin_prefetch(borrow_next + i);
}

/* Size in the C Data encoding of a KeyValue vector (0 for none or empty), and its writing into as
 * many bytes. NAJ_INVALID_DATA, and nothing written beyond them, when the vector has another size
 * by then: another process may write to a mapped file. A pair without key or value is
 * NAJ_INVALID_DATA, as for Arrow's own readers. */
naj_status naj_key_values_size(const void* borrow_key_values, int64_t* out_size_bytes,
                               struct naj_error* error);
naj_status naj_key_values_write(const void* borrow_key_values, uint8_t* out_bytes,
                                int64_t size_bytes, struct naj_error* error);

#endif
