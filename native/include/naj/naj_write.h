/* naj: encoding of Arrow IPC messages. Conventions as in naj.h.
 *
 * An encoder turns rows into messages and writes nothing: the caller knows where they go, which
 * dictionaries have been written and what frames a file. */
#ifndef NAJ_NAJ_WRITE_H
#define NAJ_NAJ_WRITE_H

#include "naj/naj.h"

#ifdef __cplusplus
extern "C" {
#endif

struct naj_write_options {
  int32_t metadata_version; /* 3 = V4, 4 = V5 */
  int32_t is_legacy;        /* 1: the pre-0.15 prefix of 4 bytes */
  int32_t alignment_bytes;  /* 8, 16, 32, 64: of buffers in a body and of bodies in the output */
  int32_t codec;            /* -1 none, else the CompressionType of Message.fbs */
  int32_t has_level;        /* 0: the codec's default (zstd: 1) */
  int32_t level;
  int32_t use_threads;           /* 1: large bodies are compressed by several threads */
  int32_t has_min_space_savings; /* 0: whatever becomes smaller is stored compressed */
  double min_space_savings;      /* 0..1 of a buffer */
  int64_t gather_below_bytes;    /* buffers smaller than this are copied behind the metadata, so
                                    that a batch of small buffers is one part */
};
/* V5, 64, no codec, threads, 16 KiB. */
void naj_write_options_init(struct naj_write_options* out_options);

/* Rows to encode: the nodes and buffers of a record batch in pre-order as in a batch table, with an
 * offset for each node; a dictionary-encoded field as its indices, views with their data buffers
 * but without the sizes buffer of the C Data Interface (`buffer_count` of the node counts the
 * variadic ones, and the validity bitmap where the metadata version has one). An absent or empty
 * buffer is {0, 0}. All borrowed for the call. */
struct naj_rows {
  int64_t row_count;
  const struct naj_array_node* nodes;
  int64_t node_count;
  const struct naj_table_buffer* buffers;
  int64_t buffer_count;
};

/* Where an encoded message goes: parts in the order of the output, each in staging or, for large
 * buffers, where the rows lie or in the encoder's own memory. With `is_whole` everything is copied
 * into staging: the message is one part. */
struct naj_encode_target {
  void* staging; /* at any address; may be NULL with staging_bytes 0 */
  int64_t staging_bytes;
  void* parts; /* struct naj_encoded, then naj_encoded_part[]; aligned to 8 */
  int64_t parts_bytes;
  int32_t is_whole;
  int32_t reserved;
};
struct naj_encoded {
  int64_t needed_staging_bytes; /* NAJ_NEED_ARENA: at least these */
  int64_t needed_parts_bytes;   /* NAJ_NEED_TABLE: at least these */
  int64_t metadata_bytes;       /* prefix, flatbuffer, padding */
  int64_t body_bytes;           /* with padding; both also with a NEED unless a codec is set */
  int64_t part_count;
  int64_t staged_bytes; /* of staging, from its start */
  int64_t reserved[2];
};
struct naj_encoded_part {
  int64_t address;
  int64_t size_bytes;
};

/* One thread at a time. Keeps a use of the schema. */
struct naj_encoder;
naj_status naj_encoder_open(struct naj_schema* borrow_schema,
                            const struct naj_write_options* borrow_options,
                            struct naj_encoder** out_encoder, struct naj_error* error);
void naj_encoder_close(struct naj_encoder* encoder);
/* The encoder's own memory that a part lies in, borrowed; NULL for staging and rows. Its content is
 * good until the next call; who reserves it may read its range for longer. */
struct naj_memory* naj_encoder_memory(const struct naj_encoder* borrow_encoder, int64_t address);

/* Each fills the target with one message. `position` is where the message begins in the output, a
 * multiple of 8. Metadata is in the C Data encoding, NULL for none. Rows are truncated to what is
 * asked for. NAJ_NEED_ARENA and NAJ_NEED_TABLE: call again with the room that out says. */
naj_status naj_encode_schema(struct naj_encoder* borrow_encoder, int64_t position,
                             const struct naj_encode_target* borrow_target,
                             struct naj_error* error);
naj_status naj_encode_batch(struct naj_encoder* borrow_encoder, int64_t position,
                            const struct naj_rows* borrow_rows, const void* borrow_metadata,
                            int64_t metadata_bytes, const struct naj_encode_target* borrow_target,
                            struct naj_error* error);
/* The whole of a batch as it was decoded by a reader of the same schema. */
naj_status naj_encode_table(struct naj_encoder* borrow_encoder, int64_t position,
                            const struct naj_table_header* borrow_table,
                            const void* borrow_metadata, int64_t metadata_bytes,
                            const struct naj_encode_target* borrow_target, struct naj_error* error);
/* Values of the dictionary `dictionary_index` of the schema: rows of naj_schema_dictionary_values.
 */
naj_status naj_encode_dictionary(struct naj_encoder* borrow_encoder, int64_t position,
                                 int32_t dictionary_index, int32_t is_delta,
                                 const struct naj_rows* borrow_rows,
                                 const struct naj_encode_target* borrow_target,
                                 struct naj_error* error);
struct naj_footer_block {
  int64_t offset;
  int64_t metadata_bytes;
  int64_t body_bytes;
};
/* The footer's flatbuffer alone, as one part. */
naj_status naj_encode_footer(struct naj_encoder* borrow_encoder,
                             const struct naj_footer_block* borrow_dictionaries,
                             int64_t dictionary_count,
                             const struct naj_footer_block* borrow_batches, int64_t batch_count,
                             const void* borrow_metadata, int64_t metadata_bytes,
                             const struct naj_encode_target* borrow_target,
                             struct naj_error* error);

#ifdef __cplusplus
}
#endif

#endif
