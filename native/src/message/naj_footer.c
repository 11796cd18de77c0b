#include "message/naj_footer.h"

#include <string.h>

#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_limits.h"
#include "core/naj_status.h"
#include "flatbuffers/naj_verify.h"
#include "message/naj_message.h"
#include "nanoarrow/ipc/flatcc_generated.h"
#include "schema/naj_schema.h"

#define ns(name) org_apache_arrow_flatbuf_##name

/* A file: magic, padding to 8, messages, footer, its size in 4 bytes, magic. */
enum {
  MAGIC_BYTES = 6,
  HEAD_BYTES = 8,
  END_BYTES = 4 + MAGIC_BYTES,
  LOWEST_VERSION = 3 /* V4 */,
  HIGHEST_VERSION = 4 /* V5 */
};
static const char magic[] = "ARROW1";

struct footer_reader {
  const struct naj_limits* limits;
  struct naj_footer* footer;
  struct naj_error* error;
};

static naj_status no_memory(const struct footer_reader* reader, int64_t size_bytes) {
  return naj_error_set(reader->error, NAJ_NO_MEMORY, reader->footer->footer_offset,
                       "out of memory for %lld bytes", (long long)size_bytes);
}

/* 1 when the message lies between the head of the file and its footer, aligned. */
static int block_is_sound(const struct naj_block* block, int64_t footer_offset) {
  if (block->offset < HEAD_BYTES || block->metadata_bytes <= 0 || block->body_bytes < 0) return 0;
  if (block->offset % 8 != 0 || block->metadata_bytes % 8 != 0 || block->body_bytes % 8 != 0) {
    return 0;
  }
  return naj_range_within(block->offset, block->metadata_bytes, footer_offset) &&
         block->body_bytes <= footer_offset - block->offset - block->metadata_bytes;
}

static naj_status read_blocks(const struct footer_reader* reader, ns(Block_vec_t) blocks,
                              const char* what, struct naj_block** out_blocks, int64_t* out_count) {
  size_t count = ns(Block_vec_len(blocks));
  if (count == 0) return NAJ_OK;
  struct naj_block* copies = naj_alloc_zeroed((int64_t)count, (int64_t)sizeof *copies);
  if (copies == NULL) return no_memory(reader, (int64_t)(count * sizeof *copies));
  *out_blocks = copies;
  *out_count = (int64_t)count;
  for (size_t i = 0; i < count; i++) {
    ns(Block_struct_t) block = ns(Block_vec_at(blocks, i));
    copies[i].offset = ns(Block_offset(block));
    copies[i].metadata_bytes = ns(Block_metaDataLength(block));
    copies[i].body_bytes = ns(Block_bodyLength(block));
    if (!block_is_sound(&copies[i], reader->footer->footer_offset)) {
      return naj_error_set(
          reader->error, NAJ_INVALID_DATA, reader->footer->footer_offset,
          "the footer's %s %zu lies at offset %lld with %lld bytes of metadata and "
          "%lld of body, which cannot be",
          what, i, (long long)copies[i].offset, (long long)copies[i].metadata_bytes,
          (long long)copies[i].body_bytes);
    }
  }
  return NAJ_OK;
}

static naj_status read_metadata(const struct footer_reader* reader, const void* key_values) {
  int64_t size;
  NAJ_TRY(naj_key_values_size(key_values, &size, reader->error));
  if (size == 0) return NAJ_OK;
  reader->footer->metadata = naj_alloc(size);
  if (reader->footer->metadata == NULL) return no_memory(reader, size);
  reader->footer->metadata_bytes = size;
  return naj_key_values_write(key_values, reader->footer->metadata, size, reader->error);
}

static naj_status read_table(const struct footer_reader* reader, ns(Footer_table_t) table) {
  struct naj_footer* footer = reader->footer;
  /* Writers of V4 left the version out of the footer; their messages have it. */
  footer->metadata_version =
      ns(Footer_version_is_present(table)) ? ns(Footer_version(table)) : LOWEST_VERSION;
  if (footer->metadata_version < LOWEST_VERSION || footer->metadata_version > HIGHEST_VERSION) {
    return naj_error_set(reader->error, NAJ_UNSUPPORTED, footer->footer_offset,
                         "metadata version V%d is not read, only V4 and V5",
                         footer->metadata_version + 1);
  }
  if (ns(Footer_schema(table)) == NULL) {
    return naj_error_set(reader->error, NAJ_INVALID_DATA, footer->footer_offset,
                         "the footer has no schema");
  }
  NAJ_TRY(naj_schema_decode(ns(Footer_schema(table)), footer->metadata_version,
                            footer->footer_offset, reader->limits, &footer->schema, reader->error));
  NAJ_TRY(read_blocks(reader, ns(Footer_recordBatches(table)), "record batch", &footer->batches,
                      &footer->batch_count));
  NAJ_TRY(read_blocks(reader, ns(Footer_dictionaries(table)), "dictionary", &footer->dictionaries,
                      &footer->dictionary_count));
  return read_metadata(reader, ns(Footer_custom_metadata(table)));
}

/* Verifies and reads the flatbuffer; what is not aligned to 8 in memory is copied first. */
static naj_status read_flatbuffer(const struct footer_reader* reader, const uint8_t* bytes,
                                  int64_t size) {
  void* copy = NULL;
  if ((uintptr_t)bytes % 8 != 0) {
    copy = naj_alloc(size);
    if (copy == NULL) return no_memory(reader, size);
    memcpy(copy, bytes, (size_t)size);
    bytes = copy;
  }
  naj_status status = naj_verify_footer(bytes, size, reader->footer->footer_offset, reader->error);
  if (status == NAJ_OK) status = read_table(reader, ns(Footer_as_root(bytes)));
  naj_free(copy);
  return status;
}

static int64_t read_size(const uint8_t* bytes) {
  return (int32_t)((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
                   (uint32_t)bytes[3] << 24);
}

naj_status naj_footer_read(const uint8_t* borrow_tail, int64_t tail_bytes, int64_t tail_file_offset,
                           int64_t file_bytes, const struct naj_limits* borrow_limits,
                           struct naj_footer* out_footer, int64_t* out_needed_bytes,
                           struct naj_error* error) {
  struct naj_limits limits;
  NAJ_TRY(naj_limits_resolve(borrow_limits, &limits, error));
  if (tail_bytes < 0 || tail_file_offset < 0 || file_bytes < 0 || tail_bytes > file_bytes ||
      tail_file_offset != file_bytes - tail_bytes) {
    return naj_error_set(error, NAJ_MISUSE, -1, "the tail must end where the file ends");
  }
  int covers_head = tail_file_offset == 0 && !(limits.flags & NAJ_READ_EMBEDDED);
  if (covers_head && tail_bytes >= MAGIC_BYTES && memcmp(borrow_tail, magic, MAGIC_BYTES) != 0) {
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "the file does not begin with ARROW1");
  }
  if (file_bytes < HEAD_BYTES + END_BYTES) {
    return naj_error_set(error, NAJ_TRUNCATED, file_bytes, "a file of %lld bytes is too short",
                         (long long)file_bytes);
  }
  if (tail_bytes < END_BYTES) {
    *out_needed_bytes = END_BYTES;
    return NAJ_NEED_INPUT;
  }
  const uint8_t* end = borrow_tail + tail_bytes - END_BYTES;
  int64_t end_offset = file_bytes - END_BYTES;
  if (memcmp(end + 4, magic, MAGIC_BYTES) != 0) {
    return naj_error_set(error, NAJ_TRUNCATED, end_offset + 4,
                         "the file does not end with ARROW1: not closed, or cut");
  }
  int64_t size = read_size(end);
  if (size <= 0 || size > end_offset - HEAD_BYTES) {
    return naj_error_set(error, NAJ_INVALID_DATA, end_offset, "impossible footer size %lld",
                         (long long)size);
  }
  if (size > limits.max_metadata_bytes) {
    return naj_error_set(error, NAJ_LIMIT_EXCEEDED, end_offset,
                         "footer size %lld is above the limit of %lld", (long long)size,
                         (long long)limits.max_metadata_bytes);
  }
  if (size > tail_bytes - END_BYTES) {
    *out_needed_bytes = size + END_BYTES;
    return NAJ_NEED_INPUT;
  }
  struct naj_footer footer;
  memset(&footer, 0, sizeof footer);
  footer.footer_offset = end_offset - size;
  struct footer_reader reader = {&limits, &footer, error};
  naj_status status = read_flatbuffer(&reader, end - size, size);
  if (status != NAJ_OK) {
    naj_footer_reset(&footer);
    return status;
  }
  *out_footer = footer;
  return NAJ_OK;
}

void naj_footer_reset(struct naj_footer* footer) {
  naj_schema_release(footer->schema);
  naj_free(footer->batches);
  naj_free(footer->dictionaries);
  naj_free(footer->metadata);
  memset(footer, 0, sizeof *footer);
}
