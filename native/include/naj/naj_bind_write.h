/* The face of naj_write.h towards Java; conventions as in naj_bind.h. `staging` and `parts` are
 * those of struct naj_encode_target, and so is `is_whole`. */
#ifndef NAJ_NAJ_BIND_WRITE_H
#define NAJ_NAJ_BIND_WRITE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* `options`: address of a struct naj_write_options, 0 = defaults. */
void naj_bind_write_options_init(int64_t out_options);
int64_t naj_bind_encoder_open(int64_t schema, int64_t options, int64_t error);
void naj_bind_encoder_close(int64_t encoder);
/* The naj_memory that a part lies in, borrowed; 0 for others than the encoder's own. */
int64_t naj_bind_encoder_memory(int64_t encoder, int64_t address);

int32_t naj_bind_encode_schema(int64_t encoder, int64_t position, int64_t staging,
                               int64_t staging_bytes, int64_t parts, int64_t parts_bytes,
                               int64_t error);
/* `rows`: address of a struct naj_rows. */
int32_t naj_bind_encode_batch(int64_t encoder, int64_t position, int64_t rows, int64_t metadata,
                              int64_t metadata_bytes, int64_t staging, int64_t staging_bytes,
                              int64_t parts, int64_t parts_bytes, int32_t is_whole, int64_t error);
/* `table`: address of the table of a batch that was read with the same layout. */
int32_t naj_bind_encode_table(int64_t encoder, int64_t position, int64_t table, int64_t metadata,
                              int64_t metadata_bytes, int64_t staging, int64_t staging_bytes,
                              int64_t parts, int64_t parts_bytes, int32_t is_whole, int64_t error);
int32_t naj_bind_encode_dictionary(int64_t encoder, int64_t position, int32_t dictionary_index,
                                   int32_t is_delta, int64_t rows, int64_t staging,
                                   int64_t staging_bytes, int64_t parts, int64_t parts_bytes,
                                   int64_t error);
/* Blocks: addresses of struct naj_footer_block[]. */
int32_t naj_bind_encode_footer(int64_t encoder, int64_t dictionaries, int64_t dictionary_count,
                               int64_t batches, int64_t batch_count, int64_t metadata,
                               int64_t metadata_bytes, int64_t staging, int64_t staging_bytes,
                               int64_t parts, int64_t parts_bytes, int64_t error);

#ifdef __cplusplus
}
#endif

#endif
