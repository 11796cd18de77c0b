/* Encoded messages as bytes: calls an encoder until its target suffices, checks what every message
 * promises and puts the parts one behind the other. */
#ifndef NAJ_TEST_SUPPORT_ENCODE_H
#define NAJ_TEST_SUPPORT_ENCODE_H

#include "naj/naj_write.h"

/* What the encoder wrote so far, aligned to 64. Position 0 is where the output begins. */
struct test_output {
  uint8_t* bytes;
  int64_t size_bytes;
  int64_t capacity_bytes;
  int64_t alignment_bytes; /* as the encoder's options say */
  int32_t is_whole;        /* of the target; staging is at an odd address then */
  struct naj_encoded last; /* of the last message */
};
void test_output_free(struct test_output* output);
/* Appends bytes that no encoder made. */
void test_output_append(struct test_output* output, const void* bytes, int64_t size_bytes);

/* Each appends one message, or returns the status that is neither NAJ_OK nor a NEED. */
naj_status test_put_schema(struct test_output* output, struct naj_encoder* encoder,
                           struct naj_error* error);
naj_status test_put_batch(struct test_output* output, struct naj_encoder* encoder,
                          const struct naj_rows* rows, const void* metadata, int64_t metadata_bytes,
                          struct naj_error* error);
naj_status test_put_table(struct test_output* output, struct naj_encoder* encoder,
                          const struct naj_table_header* table, const void* metadata,
                          int64_t metadata_bytes, struct naj_error* error);
naj_status test_put_dictionary(struct test_output* output, struct naj_encoder* encoder,
                               int32_t dictionary_index, int32_t is_delta,
                               const struct naj_rows* rows, struct naj_error* error);
naj_status test_put_footer(struct test_output* output, struct naj_encoder* encoder,
                           const struct naj_footer_block* dictionaries, int64_t dictionary_count,
                           const struct naj_footer_block* batches, int64_t batch_count,
                           const void* metadata, int64_t metadata_bytes, struct naj_error* error);

#endif
