#include <string.h>

#include "batch/naj_batch_decode.h"
#include "batch/naj_ranges.h"
#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_limits.h"
#include "core/naj_status.h"
#include "message/naj_footer.h"
#include "message/naj_message.h"
#include "naj/naj.h"
#include "schema/naj_schema.h"

struct naj_file {
  struct naj_limits limits;
  struct naj_footer footer;
};

naj_status naj_file_open(struct naj_memory* borrow_tail, int64_t tail_file_offset,
                         int64_t file_bytes, const struct naj_limits* borrow_limits,
                         struct naj_file** out_file, int64_t* out_needed_bytes,
                         struct naj_error* error) {
  struct naj_limits limits;
  NAJ_TRY(naj_limits_resolve(borrow_limits, &limits, error));
  if (borrow_tail == NULL || tail_file_offset < 0 || file_bytes < tail_file_offset ||
      naj_memory_size_bytes(borrow_tail) < file_bytes - tail_file_offset ||
      (naj_memory_size_bytes(borrow_tail) > file_bytes - tail_file_offset &&
       !(limits.flags & NAJ_READ_EMBEDDED))) {
    return naj_error_set(error, NAJ_MISUSE, -1, "the tail does not end where the file ends");
  }
  struct naj_file* file = naj_alloc_zeroed(1, (int64_t)sizeof *file);
  if (file == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for a file");
  file->limits = limits;
  const naj_status status = naj_footer_read(
      naj_memory_address(borrow_tail), file_bytes - tail_file_offset, tail_file_offset, file_bytes,
      &file->limits, &file->footer, out_needed_bytes, error);
  if (status != NAJ_OK) {
    naj_free(file);
    if (status != NAJ_NEED_INPUT) return status;
    return naj_error_set(error, NAJ_NEED_INPUT, -1, "a tail of %lld bytes is needed",
                         (long long)*out_needed_bytes);
  }
  *out_file = file;
  return NAJ_OK;
}

void naj_file_close(struct naj_file* file) {
  if (file == NULL) return;
  naj_footer_reset(&file->footer);
  naj_free(file);
}

struct naj_schema* naj_file_get_schema(const struct naj_file* borrow_file) {
  return borrow_file->footer.schema;
}

int64_t naj_file_batch_count(const struct naj_file* borrow_file) {
  return borrow_file->footer.batch_count;
}

void naj_file_metadata(const struct naj_file* borrow_file, const void** out_metadata,
                       int64_t* out_size_bytes) {
  *out_metadata = borrow_file->footer.metadata;
  *out_size_bytes = borrow_file->footer.metadata_bytes;
}

static naj_status find_block(const struct naj_file* file, int64_t batch_index,
                             const struct naj_block** out_block, struct naj_error* error) {
  if (batch_index < 0 || batch_index >= file->footer.batch_count) {
    return naj_error_set(error, NAJ_MISUSE, -1, "batch %lld of %lld", (long long)batch_index,
                         (long long)file->footer.batch_count);
  }
  *out_block = &file->footer.batches[batch_index];
  return NAJ_OK;
}

static void place_of(const struct naj_block* block, int64_t* out_offset,
                     int64_t* out_metadata_bytes, int64_t* out_body_bytes) {
  *out_offset = block->offset;
  *out_metadata_bytes = block->metadata_bytes;
  *out_body_bytes = block->body_bytes;
}

naj_status naj_file_block(const struct naj_file* borrow_file, int64_t batch_index,
                          int64_t* out_offset, int64_t* out_metadata_bytes, int64_t* out_body_bytes,
                          struct naj_error* error) {
  const struct naj_block* block = NULL;
  NAJ_TRY(find_block(borrow_file, batch_index, &block, error));
  place_of(block, out_offset, out_metadata_bytes, out_body_bytes);
  return NAJ_OK;
}

/* The message of a block, of the type that the footer says, checked against it.
 * `memory_needs_body`: the memory must hold the body too. */
static naj_status read_block(const struct naj_file* file, const struct naj_block* block,
                             int32_t message_type, const struct naj_memory* memory,
                             int64_t memory_file_offset, int memory_needs_body,
                             int64_t* out_memory_offset, struct naj_message* out_message,
                             struct naj_error* error) {
  int64_t memory_offset = 0;
  int64_t wanted_bytes = block->metadata_bytes;
  if (memory == NULL || memory_file_offset < 0)
    return naj_error_set(error, NAJ_MISUSE, -1, "no memory, or one before the file");
  if (!naj_checked_add(block->offset, -memory_file_offset, &memory_offset) ||
      (memory_needs_body && !naj_checked_add(wanted_bytes, block->body_bytes, &wanted_bytes)) ||
      !naj_range_within(memory_offset, wanted_bytes, naj_memory_size_bytes(memory))) {
    return naj_error_set(error, NAJ_MISUSE, block->offset,
                         "the memory given does not cover the block");
  }
  struct naj_message message;
  memset(&message, 0, sizeof message);
  int64_t needed_bytes = 0;
  const naj_status status =
      naj_message_read(naj_memory_address(memory) + memory_offset, block->metadata_bytes,
                       block->offset, &file->limits, &message, &needed_bytes, error);
  if (status == NAJ_NEED_INPUT) {
    return naj_error_set(error, NAJ_INVALID_DATA, block->offset,
                         "message metadata of %lld bytes in a block with %lld",
                         (long long)needed_bytes, (long long)block->metadata_bytes);
  }
  if (status != NAJ_OK) return status;
  naj_status result = NAJ_OK;
  if (message.is_end) {
    result = naj_error_set(error, NAJ_INVALID_DATA, block->offset,
                           "an end-of-stream marker where the footer names a message");
  } else if (message.type != message_type) {
    result =
        naj_error_set(error, NAJ_INVALID_DATA, block->offset,
                      "message type %d where the footer names type %d", message.type, message_type);
  } else if (message.message_bytes != block->metadata_bytes ||
             message.body_bytes != block->body_bytes) {
    result =
        naj_error_set(error, NAJ_INVALID_DATA, block->offset,
                      "metadata and body of %lld and %lld bytes, the footer says %lld and %lld",
                      (long long)message.message_bytes, (long long)message.body_bytes,
                      (long long)block->metadata_bytes, (long long)block->body_bytes);
  }
  if (result != NAJ_OK) {
    naj_message_reset(&message);
    return result;
  }
  *out_memory_offset = memory_offset;
  *out_message = message;
  return NAJ_OK;
}

static naj_status decode_block(const struct naj_file* file, const struct naj_block* block,
                               int32_t message_type, const struct naj_memory* memory,
                               int64_t memory_file_offset, const struct naj_decode_target* target,
                               struct naj_error* error) {
  struct naj_message message;
  struct naj_message_place place = {0, block->offset};
  NAJ_TRY(read_block(file, block, message_type, memory, memory_file_offset, 1, &place.memory_offset,
                     &message, error));
  const uint8_t* body = naj_memory_address(memory) + place.memory_offset + message.message_bytes;
  const int64_t end_offset = place.memory_offset + message.message_bytes + message.body_bytes;
  naj_message_prefetch(body + message.body_bytes, naj_memory_size_bytes(memory) - end_offset,
                       message.message_bytes);
  const naj_status status = message_type == NAJ_MESSAGE_RECORD_BATCH
                                ? naj_batch_decode(file->footer.schema, &message, &place, body,
                                                   target, &file->limits, error)
                                : naj_dictionary_decode(file->footer.schema, &message, &place, body,
                                                        target, &file->limits, error);
  naj_message_reset(&message);
  return status;
}

naj_status naj_file_batch(const struct naj_file* borrow_file, int64_t batch_index,
                          struct naj_memory* borrow_memory, int64_t memory_file_offset,
                          const struct naj_decode_target* borrow_target, struct naj_error* error) {
  const struct naj_block* block = NULL;
  NAJ_TRY(find_block(borrow_file, batch_index, &block, error));
  return decode_block(borrow_file, block, NAJ_MESSAGE_RECORD_BATCH, borrow_memory,
                      memory_file_offset, borrow_target, error);
}

int64_t naj_file_dictionary_count(const struct naj_file* borrow_file) {
  return borrow_file->footer.dictionary_count;
}

static naj_status find_dictionary(const struct naj_file* file, int64_t block_index,
                                  const struct naj_block** out_block, struct naj_error* error) {
  if (block_index < 0 || block_index >= file->footer.dictionary_count) {
    return naj_error_set(error, NAJ_MISUSE, -1, "dictionary block %lld of %lld",
                         (long long)block_index, (long long)file->footer.dictionary_count);
  }
  *out_block = &file->footer.dictionaries[block_index];
  return NAJ_OK;
}

naj_status naj_file_dictionary_block(const struct naj_file* borrow_file, int64_t block_index,
                                     int64_t* out_offset, int64_t* out_metadata_bytes,
                                     int64_t* out_body_bytes, struct naj_error* error) {
  const struct naj_block* block = NULL;
  NAJ_TRY(find_dictionary(borrow_file, block_index, &block, error));
  place_of(block, out_offset, out_metadata_bytes, out_body_bytes);
  return NAJ_OK;
}

naj_status naj_file_dictionary(const struct naj_file* borrow_file, int64_t block_index,
                               struct naj_memory* borrow_memory, int64_t memory_file_offset,
                               const struct naj_decode_target* borrow_target,
                               struct naj_error* error) {
  const struct naj_block* block = NULL;
  NAJ_TRY(find_dictionary(borrow_file, block_index, &block, error));
  return decode_block(borrow_file, block, NAJ_MESSAGE_DICTIONARY_BATCH, borrow_memory,
                      memory_file_offset, borrow_target, error);
}

static naj_status block_ranges(const struct naj_file* file, const struct naj_block* block,
                               int32_t message_type, const struct naj_memory* memory,
                               int64_t memory_file_offset, struct naj_range* out_ranges,
                               int64_t capacity, int64_t* out_count, struct naj_error* error) {
  struct naj_message message;
  int64_t memory_offset = 0;
  NAJ_TRY(read_block(file, block, message_type, memory, memory_file_offset, 0, &memory_offset,
                     &message, error));
  const naj_status status =
      naj_message_ranges(file->footer.schema, &message, out_ranges, capacity, out_count, error);
  naj_message_reset(&message);
  return status;
}

naj_status naj_file_batch_ranges(const struct naj_file* borrow_file, int64_t batch_index,
                                 struct naj_memory* borrow_memory, int64_t memory_file_offset,
                                 struct naj_range* out_ranges, int64_t capacity, int64_t* out_count,
                                 struct naj_error* error) {
  const struct naj_block* block = NULL;
  NAJ_TRY(find_block(borrow_file, batch_index, &block, error));
  return block_ranges(borrow_file, block, NAJ_MESSAGE_RECORD_BATCH, borrow_memory,
                      memory_file_offset, out_ranges, capacity, out_count, error);
}

naj_status naj_file_dictionary_ranges(const struct naj_file* borrow_file, int64_t block_index,
                                      struct naj_memory* borrow_memory, int64_t memory_file_offset,
                                      struct naj_range* out_ranges, int64_t capacity,
                                      int64_t* out_count, struct naj_error* error) {
  const struct naj_block* block = NULL;
  NAJ_TRY(find_dictionary(borrow_file, block_index, &block, error));
  return block_ranges(borrow_file, block, NAJ_MESSAGE_DICTIONARY_BATCH, borrow_memory,
                      memory_file_offset, out_ranges, capacity, out_count, error);
}

naj_status naj_file_batch_rows(const struct naj_file* borrow_file, int64_t batch_index,
                               struct naj_memory* borrow_memory, int64_t memory_file_offset,
                               int64_t* out_row_count, struct naj_error* error) {
  const struct naj_block* block = NULL;
  NAJ_TRY(find_block(borrow_file, batch_index, &block, error));
  struct naj_message message;
  struct naj_message_place place = {0, block->offset};
  NAJ_TRY(read_block(borrow_file, block, NAJ_MESSAGE_RECORD_BATCH, borrow_memory,
                     memory_file_offset, 0, &place.memory_offset, &message, error));
  const naj_status status = naj_batch_row_count(&message, &place, out_row_count, error);
  naj_message_reset(&message);
  return status;
}
