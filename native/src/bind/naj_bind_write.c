#include "naj/naj_bind_write.h"

#include "core/naj_status.h"
#include "naj/naj_write.h"

/* Handles are pointers as numbers. */
static void* at(int64_t handle) { return (void*)(uintptr_t)handle; }

static naj_status null_handle(int64_t error) {
  return naj_error_set(at(error), NAJ_MISUSE, -1, "a handle or an address is 0");
}

static struct naj_encode_target target_of(int64_t staging, int64_t staging_bytes, int64_t parts,
                                          int64_t parts_bytes) {
  return (struct naj_encode_target){.staging = at(staging),
                                    .staging_bytes = staging_bytes,
                                    .parts = at(parts),
                                    .parts_bytes = parts_bytes};
}

void naj_bind_write_options_init(int64_t out_options) {
  if (out_options != 0) naj_write_options_init(at(out_options));
}

int64_t naj_bind_encoder_open(int64_t schema, int64_t options, int64_t error) {
  struct naj_encoder* encoder = NULL;
  if (schema == 0) {
    null_handle(error);
    return 0;
  }
  const naj_status status = naj_encoder_open(at(schema), at(options), &encoder, at(error));
  return status == NAJ_OK ? (int64_t)(uintptr_t)encoder : 0;
}

void naj_bind_encoder_close(int64_t encoder) { naj_encoder_close(at(encoder)); }

int64_t naj_bind_encoder_memory(int64_t encoder, int64_t address) {
  return encoder == 0 ? 0 : (int64_t)(uintptr_t)naj_encoder_memory(at(encoder), address);
}

int32_t naj_bind_encode_schema(int64_t encoder, int64_t position, int64_t staging,
                               int64_t staging_bytes, int64_t parts, int64_t parts_bytes,
                               int64_t error) {
  const struct naj_encode_target target = target_of(staging, staging_bytes, parts, parts_bytes);
  if (encoder == 0) return null_handle(error);
  return naj_encode_schema(at(encoder), position, &target, at(error));
}

int32_t naj_bind_encode_batch(int64_t encoder, int64_t position, int64_t rows, int64_t metadata,
                              int64_t metadata_bytes, int64_t staging, int64_t staging_bytes,
                              int64_t parts, int64_t parts_bytes, int32_t is_whole, int64_t error) {
  struct naj_encode_target target = target_of(staging, staging_bytes, parts, parts_bytes);
  target.is_whole = is_whole;
  if (encoder == 0 || rows == 0) return null_handle(error);
  return naj_encode_batch(at(encoder), position, at(rows), at(metadata), metadata_bytes, &target,
                          at(error));
}

int32_t naj_bind_encode_table(int64_t encoder, int64_t position, int64_t table, int64_t metadata,
                              int64_t metadata_bytes, int64_t staging, int64_t staging_bytes,
                              int64_t parts, int64_t parts_bytes, int32_t is_whole, int64_t error) {
  struct naj_encode_target target = target_of(staging, staging_bytes, parts, parts_bytes);
  target.is_whole = is_whole;
  if (encoder == 0 || table == 0) return null_handle(error);
  return naj_encode_table(at(encoder), position, at(table), at(metadata), metadata_bytes, &target,
                          at(error));
}

int32_t naj_bind_encode_dictionary(int64_t encoder, int64_t position, int32_t dictionary_index,
                                   int32_t is_delta, int64_t rows, int64_t staging,
                                   int64_t staging_bytes, int64_t parts, int64_t parts_bytes,
                                   int64_t error) {
  const struct naj_encode_target target = target_of(staging, staging_bytes, parts, parts_bytes);
  if (encoder == 0 || rows == 0) return null_handle(error);
  return naj_encode_dictionary(at(encoder), position, dictionary_index, is_delta, at(rows), &target,
                               at(error));
}

int32_t naj_bind_encode_footer(int64_t encoder, int64_t dictionaries, int64_t dictionary_count,
                               int64_t batches, int64_t batch_count, int64_t metadata,
                               int64_t metadata_bytes, int64_t staging, int64_t staging_bytes,
                               int64_t parts, int64_t parts_bytes, int64_t error) {
  const struct naj_encode_target target = target_of(staging, staging_bytes, parts, parts_bytes);
  if (encoder == 0) return null_handle(error);
  return naj_encode_footer(at(encoder), at(dictionaries), dictionary_count, at(batches),
                           batch_count, at(metadata), metadata_bytes, &target, at(error));
}
