#include "support/naj_test_encode.h"

#include "support/naj_test.h"

void test_output_free(struct test_output* output) {
  free(output->bytes);
  memset(output, 0, sizeof *output);
}

void test_output_append(struct test_output* output, const void* bytes, int64_t size_bytes) {
  if (size_bytes == 0) return;
  if (output->capacity_bytes - output->size_bytes < size_bytes) {
    const int64_t capacity = (2 * (output->size_bytes + size_bytes) + 63) / 64 * 64;
    uint8_t* grown = aligned_alloc(64, (size_t)capacity);
    CHECK(grown != NULL);
    if (output->size_bytes > 0) memcpy(grown, output->bytes, (size_t)output->size_bytes);
    free(output->bytes);
    output->bytes = grown;
    output->capacity_bytes = capacity;
  }
  memcpy(output->bytes + output->size_bytes, bytes, (size_t)size_bytes);
  output->size_bytes += size_bytes;
}

/* One call of an encoder with its arguments. */
struct call {
  struct naj_encoder* encoder;
  int64_t position;
  int32_t kind; /* 0 schema, 1 batch, 2 table, 3 dictionary, 4 footer */
  const struct naj_rows* rows;
  const struct naj_table_header* table;
  const void* metadata;
  int64_t metadata_bytes;
  int32_t dictionary_index;
  int32_t is_delta;
  const struct naj_footer_block* blocks[2];
  int64_t block_counts[2];
};

static naj_status run(const struct call* call, const struct naj_encode_target* target,
                      struct naj_error* error) {
  switch (call->kind) {
    case 0:
      return naj_encode_schema(call->encoder, call->position, target, error);
    case 1:
      return naj_encode_batch(call->encoder, call->position, call->rows, call->metadata,
                              call->metadata_bytes, target, error);
    case 2:
      return naj_encode_table(call->encoder, call->position, call->table, call->metadata,
                              call->metadata_bytes, target, error);
    case 3:
      return naj_encode_dictionary(call->encoder, call->position, call->dictionary_index,
                                   call->is_delta, call->rows, target, error);
    default:
      return naj_encode_footer(call->encoder, call->blocks[0], call->block_counts[0],
                               call->blocks[1], call->block_counts[1], call->metadata,
                               call->metadata_bytes, target, error);
  }
}

/* The target is grown to just what is asked for, one at a time, in blocks of malloc whose end a
 * sanitizer watches. */
static naj_status run_to_end(const struct call* call, struct naj_encode_target* target,
                             void** out_block, struct naj_error* error) {
  target->parts_bytes = (int64_t)sizeof(struct naj_encoded);
  target->parts = malloc((size_t)target->parts_bytes);
  CHECK(target->parts != NULL);
  for (int tries = 0;; tries++) {
    const naj_status status = run(call, target, error);
    const struct naj_encoded* encoded = target->parts;
    if (status != NAJ_NEED_ARENA && status != NAJ_NEED_TABLE) return status;
    CHECK(tries < 3);
    if (status == NAJ_NEED_ARENA) {
      CHECK(encoded->needed_staging_bytes > target->staging_bytes);
      target->staging_bytes = encoded->needed_staging_bytes;
      free(*out_block);
      *out_block = malloc((size_t)(target->staging_bytes + target->is_whole));
      CHECK(*out_block != NULL);
      target->staging = (uint8_t*)*out_block + target->is_whole;
      memset(target->staging, 0xA5, (size_t)target->staging_bytes);
      continue;
    }
    CHECK(encoded->needed_parts_bytes > target->parts_bytes);
    target->parts_bytes = encoded->needed_parts_bytes;
    free(target->parts);
    target->parts = malloc((size_t)target->parts_bytes);
    CHECK(target->parts != NULL);
  }
}

static void check_staged(const struct naj_encode_target* target) {
  const struct naj_encoded* encoded = target->parts;
  const struct naj_encoded_part* parts = (const struct naj_encoded_part*)(encoded + 1);
  const int64_t staging = (int64_t)(uintptr_t)target->staging;
  int64_t staged_bytes = 0;
  int64_t whole_bytes = 0;
  for (int64_t i = 0; i < encoded->part_count; i++) {
    CHECK(parts[i].size_bytes > 0);
    whole_bytes += parts[i].size_bytes;
    if (parts[i].address == staging + staged_bytes && staged_bytes < encoded->staged_bytes)
      staged_bytes += parts[i].size_bytes;
  }
  CHECK_EQ(staged_bytes, encoded->staged_bytes);
  CHECK_EQ(whole_bytes, encoded->metadata_bytes + encoded->body_bytes);
}

static naj_status put(struct test_output* output, struct call* call, struct naj_error* error) {
  struct naj_encode_target target = {.is_whole = output->is_whole};
  void* block = NULL; /* of the staging */
  call->position = output->size_bytes;
  const naj_status status = run_to_end(call, &target, &block, error);
  if (status == NAJ_OK) {
    const struct naj_encoded* encoded = target.parts;
    const struct naj_encoded_part* parts = (const struct naj_encoded_part*)(encoded + 1);
    check_staged(&target);
    output->last = *encoded;
    if (call->kind != 4) {
      CHECK_EQ((output->size_bytes + encoded->metadata_bytes) % output->alignment_bytes, 0);
      CHECK_EQ(encoded->body_bytes % output->alignment_bytes, 0);
    }
    for (int64_t i = 0; i < encoded->part_count; i++)
      test_output_append(output, (const void*)(uintptr_t)parts[i].address, parts[i].size_bytes);
  }
  free(block);
  free(target.parts);
  return status;
}

naj_status test_put_schema(struct test_output* output, struct naj_encoder* encoder,
                           struct naj_error* error) {
  struct call call = {.encoder = encoder, .kind = 0};
  return put(output, &call, error);
}

naj_status test_put_batch(struct test_output* output, struct naj_encoder* encoder,
                          const struct naj_rows* rows, const void* metadata, int64_t metadata_bytes,
                          struct naj_error* error) {
  struct call call = {.encoder = encoder,
                      .kind = 1,
                      .rows = rows,
                      .metadata = metadata,
                      .metadata_bytes = metadata_bytes};
  return put(output, &call, error);
}

naj_status test_put_table(struct test_output* output, struct naj_encoder* encoder,
                          const struct naj_table_header* table, const void* metadata,
                          int64_t metadata_bytes, struct naj_error* error) {
  struct call call = {.encoder = encoder,
                      .kind = 2,
                      .table = table,
                      .metadata = metadata,
                      .metadata_bytes = metadata_bytes};
  return put(output, &call, error);
}

naj_status test_put_dictionary(struct test_output* output, struct naj_encoder* encoder,
                               int32_t dictionary_index, int32_t is_delta,
                               const struct naj_rows* rows, struct naj_error* error) {
  struct call call = {.encoder = encoder,
                      .kind = 3,
                      .rows = rows,
                      .dictionary_index = dictionary_index,
                      .is_delta = is_delta};
  return put(output, &call, error);
}

naj_status test_put_footer(struct test_output* output, struct naj_encoder* encoder,
                           const struct naj_footer_block* dictionaries, int64_t dictionary_count,
                           const struct naj_footer_block* batches, int64_t batch_count,
                           const void* metadata, int64_t metadata_bytes, struct naj_error* error) {
  struct call call = {.encoder = encoder,
                      .kind = 4,
                      .blocks = {dictionaries, batches},
                      .block_counts = {dictionary_count, batch_count},
                      .metadata = metadata,
                      .metadata_bytes = metadata_bytes};
  return put(output, &call, error);
}
