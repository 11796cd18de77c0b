#include "message/naj_message.h"

#include <string.h>

#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_limits.h"
#include "core/naj_status.h"
#include "flatbuffers/naj_verify.h"
#include "nanoarrow/ipc/flatcc_generated.h"

#define ns(name) org_apache_arrow_flatbuf_##name

enum { WORD_BYTES = 4, LOWEST_VERSION = 3 /* V4 */, HIGHEST_VERSION = 4 /* V5 */ };

static int32_t read_i32(const uint8_t* bytes) {
  return (int32_t)((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
                   (uint32_t)bytes[3] << 24);
}

static naj_status need_input(int64_t needed_bytes, int64_t* out_needed_bytes) {
  *out_needed_bytes = needed_bytes;
  return NAJ_NEED_INPUT;
}

/* The prefix: 0xFFFFFFFF and the metadata's size, or before 0.15 the size alone. */
static naj_status read_prefix(const uint8_t* bytes, int64_t available_bytes, int64_t input_offset,
                              int32_t* out_size, struct naj_message* message,
                              int64_t* out_needed_bytes, struct naj_error* error) {
  if (available_bytes < WORD_BYTES) return need_input(WORD_BYTES, out_needed_bytes);
  int32_t size = read_i32(bytes);
  message->message_bytes = WORD_BYTES;
  message->is_legacy = size != -1;
  if (!message->is_legacy) {
    if (available_bytes < 2 * WORD_BYTES) return need_input(2 * WORD_BYTES, out_needed_bytes);
    size = read_i32(bytes + WORD_BYTES);
    message->message_bytes = 2 * WORD_BYTES;
  }
  if (size < 0) {
    return naj_error_set(error, NAJ_INVALID_DATA, input_offset,
                         "no message begins here: its metadata size would be %d", (int)size);
  }
  *out_size = size;
  return NAJ_OK;
}

static naj_status check_header(ns(Message_table_t) table, int64_t input_offset,
                               const struct naj_limits* limits, struct naj_message* message,
                               struct naj_error* error) {
  message->metadata_version = ns(Message_version(table));
  if (message->metadata_version < LOWEST_VERSION || message->metadata_version > HIGHEST_VERSION) {
    return naj_error_set(error, NAJ_UNSUPPORTED, input_offset,
                         "metadata version V%d is not read, only V4 and V5",
                         message->metadata_version + 1);
  }
  message->type = ns(Message_header_type(table));
  if (message->type > NAJ_MESSAGE_SPARSE_TENSOR) {
    return naj_error_set(error, NAJ_UNSUPPORTED, input_offset, "unknown message type %d",
                         (int)message->type);
  }
  message->header = message->type == 0 ? NULL : ns(Message_header(table));
  if (message->header == NULL) {
    return naj_error_set(error, NAJ_INVALID_DATA, input_offset,
                         "the message names header type %d but has no header", (int)message->type);
  }
  message->body_bytes = ns(Message_bodyLength(table));
  int64_t end;
  if (message->body_bytes < 0 ||
      !naj_checked_add(message->message_bytes, message->body_bytes, &end)) {
    return naj_error_set(error, NAJ_INVALID_DATA, input_offset, "impossible body length %lld",
                         (long long)message->body_bytes);
  }
  if (message->body_bytes > limits->max_body_bytes) {
    return naj_error_set(error, NAJ_LIMIT_EXCEEDED, input_offset,
                         "body length %lld is above the limit of %lld",
                         (long long)message->body_bytes, (long long)limits->max_body_bytes);
  }
  message->custom_metadata = ns(Message_custom_metadata(table));
  return NAJ_OK;
}

static naj_status read_metadata(const uint8_t* bytes, int32_t size, int64_t input_offset,
                                const struct naj_limits* limits, struct naj_message* message,
                                struct naj_error* error) {
  const void* flatbuffer = bytes;
  if ((uintptr_t)bytes % 8 != 0) {
    message->scratch = naj_alloc(size);
    if (message->scratch == NULL) {
      return naj_error_set(error, NAJ_NO_MEMORY, input_offset, "out of memory for %d bytes",
                           (int)size);
    }
    memcpy(message->scratch, bytes, (size_t)size);
    flatbuffer = message->scratch;
  }
  int64_t flatbuffer_offset = input_offset < 0 ? -1 : input_offset + message->message_bytes - size;
  NAJ_TRY(naj_verify_message(flatbuffer, size, flatbuffer_offset, error));
  return check_header(ns(Message_as_root(flatbuffer)), input_offset, limits, message, error);
}

naj_status naj_message_read(const uint8_t* borrow_bytes, int64_t available_bytes,
                            int64_t input_offset, const struct naj_limits* borrow_limits,
                            struct naj_message* out_message, int64_t* out_needed_bytes,
                            struct naj_error* error) {
  struct naj_limits limits;
  NAJ_TRY(naj_limits_resolve(borrow_limits, &limits, error));
  struct naj_message message;
  memset(&message, 0, sizeof message);
  int32_t size = 0;
  NAJ_TRY(read_prefix(borrow_bytes, available_bytes, input_offset, &size, &message,
                      out_needed_bytes, error));
  if (size == 0) {
    message.is_end = 1;
    *out_message = message;
    return NAJ_OK;
  }
  if (size > limits.max_metadata_bytes) {
    return naj_error_set(error, NAJ_LIMIT_EXCEEDED, input_offset,
                         "metadata size %d is above the limit of %lld", (int)size,
                         (long long)limits.max_metadata_bytes);
  }
  int64_t prefix_bytes = message.message_bytes;
  message.message_bytes += size;
  if (available_bytes < message.message_bytes) {
    return need_input(message.message_bytes, out_needed_bytes);
  }
  naj_status status =
      read_metadata(borrow_bytes + prefix_bytes, size, input_offset, &limits, &message, error);
  if (status != NAJ_OK) {
    naj_message_reset(&message);
    return status;
  }
  *out_message = message;
  return NAJ_OK;
}

void naj_message_reset(struct naj_message* message) {
  naj_free(message->scratch);
  memset(message, 0, sizeof *message);
}
