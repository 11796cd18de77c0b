#include <string.h>

#include "batch/naj_batch_decode.h"
#include "batch/naj_ranges.h"
#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_limits.h"
#include "core/naj_status.h"
#include "message/naj_message.h"
#include "naj/naj.h"
#include "schema/naj_schema.h"

struct naj_stream {
  struct naj_limits limits;
  struct naj_schema* schema; /* NULL until the schema message is read */
  struct naj_read_stats stats;
  int64_t input_offset; /* bytes of the input consumed by whole messages */
  int32_t has_ended;
  int64_t end_flags;           /* naj_table_flags of the end, once has_ended */
  uint8_t* is_dictionary_read; /* per dictionary of the schema; owned */
  int32_t has_failed;
  struct naj_error failure;
};

naj_status naj_stream_open(const struct naj_limits* borrow_limits, struct naj_stream** out_stream,
                           struct naj_error* error) {
  struct naj_limits limits;
  NAJ_TRY(naj_limits_resolve(borrow_limits, &limits, error));
  struct naj_stream* stream = naj_alloc_zeroed(1, (int64_t)sizeof *stream);
  if (stream == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for a stream");
  stream->limits = limits;
  *out_stream = stream;
  return NAJ_OK;
}

void naj_stream_close(struct naj_stream* stream) {
  if (stream == NULL) return;
  if (stream->schema != NULL) naj_schema_release(stream->schema);
  naj_free(stream->is_dictionary_read);
  naj_free(stream);
}

struct naj_schema* naj_stream_get_schema(const struct naj_stream* borrow_stream) {
  return borrow_stream->schema;
}

void naj_stream_stats(const struct naj_stream* borrow_stream, struct naj_read_stats* out_stats) {
  *out_stats = borrow_stream->stats;
}

/* Keeps the first failure for good and hands it to the caller. */
static naj_status fail(struct naj_stream* stream, const struct naj_error* failure,
                       struct naj_error* error) {
  stream->has_failed = 1;
  stream->failure = *failure;
  if (error != NULL) *error = *failure;
  return (naj_status)failure->status;
}

static naj_status repeat_failure(const struct naj_stream* stream, struct naj_error* error) {
  if (error != NULL) *error = stream->failure;
  return (naj_status)stream->failure.status;
}

static int is_failure(naj_status status) {
  return status != NAJ_OK && status != NAJ_NEED_INPUT && status != NAJ_NEED_TABLE &&
         status != NAJ_NEED_ARENA && status != NAJ_MISUSE;
}

static naj_status check_arguments(const struct naj_memory* memory, int64_t offset,
                                  int64_t available_bytes, struct naj_error* error) {
  if (memory == NULL || !naj_range_within(offset, available_bytes, naj_memory_size_bytes(memory))) {
    return naj_error_set(error, NAJ_MISUSE, -1, "%lld bytes at %lld are not in the memory given",
                         (long long)available_bytes, (long long)offset);
  }
  return NAJ_OK;
}

static naj_status need_input(const struct naj_stream* stream, int64_t needed_bytes,
                             struct naj_error* error) {
  return naj_error_set(error, NAJ_NEED_INPUT, stream->input_offset, "%lld bytes are needed",
                       (long long)needed_bytes);
}

/* Reads the message at `offset`; NAJ_NEED_INPUT until prefix, metadata and body are all there. On
 * any status but NAJ_OK the message needs no reset. */
static naj_status read_whole_message(const struct naj_stream* stream,
                                     const struct naj_memory* memory, int64_t offset,
                                     int64_t available_bytes, struct naj_message* out_message,
                                     int64_t* out_needed_bytes, struct naj_error* error) {
  struct naj_message message;
  memset(&message, 0, sizeof message);
  const naj_status status =
      naj_message_read(naj_memory_address(memory) + offset, available_bytes, stream->input_offset,
                       &stream->limits, &message, out_needed_bytes, error);
  if (status == NAJ_NEED_INPUT) return need_input(stream, *out_needed_bytes, error);
  if (status != NAJ_OK) return status;
  int64_t whole_bytes = message.message_bytes;
  int64_t end = 0;
  if (!message.is_end && (!naj_checked_add(whole_bytes, message.body_bytes, &whole_bytes) ||
                          !naj_checked_add(offset, whole_bytes, &end) ||
                          !naj_checked_add(stream->input_offset, whole_bytes, &end))) {
    naj_message_reset(&message);
    return naj_error_set(error, NAJ_INVALID_DATA, stream->input_offset,
                         "body size is out of range");
  }
  if (available_bytes < whole_bytes) {
    naj_message_reset(&message);
    *out_needed_bytes = whole_bytes;
    return need_input(stream, whole_bytes, error);
  }
  *out_message = message;
  return NAJ_OK;
}

static naj_status decode_schema(struct naj_stream* stream, const struct naj_message* message,
                                struct naj_error* error) {
  if (message->is_end) {
    return naj_error_set(error, NAJ_INVALID_DATA, stream->input_offset,
                         "the stream ends before its schema");
  }
  if (message->type != NAJ_MESSAGE_SCHEMA) {
    return naj_error_set(error, NAJ_INVALID_DATA, stream->input_offset,
                         "the stream begins with message type %d, not with a schema",
                         message->type);
  }
  NAJ_TRY(naj_schema_decode(message->header, message->metadata_version, stream->input_offset,
                            &stream->limits, &stream->schema, error));
  stream->is_dictionary_read = naj_alloc_zeroed(naj_schema_dictionary_count(stream->schema), 1);
  if (stream->is_dictionary_read == NULL)
    return naj_error_set(error, NAJ_NO_MEMORY, stream->input_offset, "no memory for dictionaries");
  return NAJ_OK;
}

naj_status naj_stream_schema(struct naj_stream* stream, struct naj_memory* borrow_memory,
                             int64_t offset, int64_t available_bytes, int64_t* out_next_offset,
                             int64_t* out_needed_bytes, struct naj_error* error) {
  NAJ_TRY(check_arguments(borrow_memory, offset, available_bytes, error));
  if (stream->has_failed) return repeat_failure(stream, error);
  if (stream->schema != NULL)
    return naj_error_set(error, NAJ_MISUSE, -1, "the schema of this stream is already read");
  struct naj_message message;
  struct naj_error failure;
  naj_status status = read_whole_message(stream, borrow_memory, offset, available_bytes, &message,
                                         out_needed_bytes, &failure);
  int64_t whole_bytes = 0;
  if (status == NAJ_OK) {
    whole_bytes = message.message_bytes + message.body_bytes;
    status = decode_schema(stream, &message, &failure);
    naj_message_reset(&message);
  }
  if (is_failure(status)) return fail(stream, &failure, error);
  if (status != NAJ_OK) {
    if (error != NULL) *error = failure;
    return status;
  }
  stream->stats.num_messages++;
  stream->input_offset += whole_bytes;
  *out_next_offset = offset + whole_bytes;
  return NAJ_OK;
}

static void write_end(const struct naj_stream* stream, int64_t offset, int64_t message_bytes,
                      void* out_table) {
  struct naj_table_header* header = out_table;
  memset(header, 0, sizeof *header);
  header->kind = NAJ_TABLE_END;
  header->flags = stream->end_flags;
  header->message_offset = offset;
  header->message_bytes = message_bytes;
  header->next_offset = offset + message_bytes;
}

static void write_need_input(int64_t offset, int64_t needed_bytes, void* out_table) {
  struct naj_table_header* header = out_table;
  memset(header, 0, sizeof *header);
  header->needed_bytes = needed_bytes;
  header->next_offset = offset;
}

static naj_status count_dictionary(struct naj_stream* stream, const struct naj_table_header* header,
                                   struct naj_error* error) {
  uint8_t* is_read = &stream->is_dictionary_read[header->dictionary_index];
  const int is_delta = (header->flags & NAJ_TABLE_DELTA) != 0;
  if (is_delta && !*is_read)
    return naj_error_set(error, NAJ_INVALID_DATA, stream->input_offset,
                         "a delta of dictionary %lld, whose values have not come",
                         (long long)header->dictionary_id);
  stream->stats.num_dictionary_batches++;
  stream->stats.num_dictionary_deltas += is_delta;
  stream->stats.num_replaced_dictionaries += !is_delta && *is_read;
  *is_read = 1;
  return NAJ_OK;
}

/* What follows a schema: record and dictionary batches; the rest is named and refused. */
static naj_status decode_message(struct naj_stream* stream, const struct naj_message* message,
                                 int64_t offset, const uint8_t* body,
                                 const struct naj_decode_target* target, struct naj_error* error) {
  const struct naj_message_place place = {offset, stream->input_offset};
  switch (message->type) {
    case NAJ_MESSAGE_RECORD_BATCH:
      NAJ_TRY(
          naj_batch_decode(stream->schema, message, &place, body, target, &stream->limits, error));
      stream->stats.num_record_batches++;
      return NAJ_OK;
    case NAJ_MESSAGE_DICTIONARY_BATCH:
      NAJ_TRY(naj_dictionary_decode(stream->schema, message, &place, body, target, &stream->limits,
                                    error));
      return count_dictionary(stream, target->table, error);
    case NAJ_MESSAGE_SCHEMA:
      return naj_error_set(error, NAJ_INVALID_DATA, stream->input_offset,
                           "a second schema in one stream");
    case NAJ_MESSAGE_TENSOR:
    case NAJ_MESSAGE_SPARSE_TENSOR:
      return naj_error_set(error, NAJ_UNSUPPORTED, stream->input_offset,
                           "a tensor among the record batches of a stream");
    default:
      return naj_error_set(error, NAJ_INVALID_DATA, stream->input_offset, "unknown message type %d",
                           message->type);
  }
}

static naj_status at_end_of_input(struct naj_stream* stream, int64_t offset,
                                  int64_t available_bytes, int64_t needed_bytes, void* out_table,
                                  struct naj_error* failure) {
  if (available_bytes > 0) {
    return naj_error_set(
        failure, NAJ_TRUNCATED, stream->input_offset + available_bytes,
        "the input ends inside the message at %lld, which takes at least %lld bytes",
        (long long)stream->input_offset, (long long)needed_bytes);
  }
  stream->has_ended = 1;
  stream->end_flags = 0;
  stream->stats.ended_without_eos = 1;
  write_end(stream, offset, 0, out_table);
  return NAJ_OK;
}

naj_status naj_stream_next(struct naj_stream* stream, struct naj_memory* borrow_memory,
                           int64_t offset, int64_t available_bytes, int32_t is_last,
                           const struct naj_decode_target* borrow_target, struct naj_error* error) {
  NAJ_TRY(check_arguments(borrow_memory, offset, available_bytes, error));
  void* out_table = borrow_target->table;
  if (out_table == NULL || borrow_target->table_bytes < (int64_t)sizeof(struct naj_table_header))
    return naj_error_set(error, NAJ_MISUSE, -1, "table smaller than its header");
  if (stream->has_failed) return repeat_failure(stream, error);
  if (stream->schema == NULL)
    return naj_error_set(error, NAJ_MISUSE, -1, "the schema of this stream is not read yet");
  if (stream->has_ended) {
    write_end(stream, offset, 0, out_table);
    return NAJ_OK;
  }
  struct naj_message message;
  struct naj_error failure;
  int64_t needed_bytes = 0;
  naj_status status = read_whole_message(stream, borrow_memory, offset, available_bytes, &message,
                                         &needed_bytes, &failure);
  if (status == NAJ_NEED_INPUT) {
    if (!is_last) {
      write_need_input(offset, needed_bytes, out_table);
      if (error != NULL) *error = failure;
      return NAJ_NEED_INPUT;
    }
    status = at_end_of_input(stream, offset, available_bytes, needed_bytes, out_table, &failure);
    return status == NAJ_OK ? NAJ_OK : fail(stream, &failure, error);
  }
  if (status != NAJ_OK) return fail(stream, &failure, error);

  const int64_t message_bytes = message.message_bytes;
  if (message.is_end) {
    stream->has_ended = 1;
    stream->end_flags = NAJ_TABLE_EOS_MARKER | (message.is_legacy ? NAJ_TABLE_LEGACY_FRAMING : 0);
    stream->input_offset += message_bytes;
    naj_message_reset(&message);
    write_end(stream, offset, message_bytes, out_table);
    return NAJ_OK;
  }
  const int64_t body_bytes = message.body_bytes;
  const uint8_t* body = naj_memory_address(borrow_memory) + offset + message_bytes;
  naj_message_prefetch(body + body_bytes, available_bytes - message_bytes - body_bytes,
                       message_bytes);
  status = decode_message(stream, &message, offset, body, borrow_target, &failure);
  naj_message_reset(&message);
  if (is_failure(status)) return fail(stream, &failure, error);
  if (status != NAJ_OK) {
    if (error != NULL) *error = failure;
    return status;
  }
  stream->stats.num_messages++;
  stream->input_offset += message_bytes + body_bytes;
  return NAJ_OK;
}

naj_status naj_stream_ranges(const struct naj_stream* borrow_stream,
                             struct naj_memory* borrow_memory, int64_t offset,
                             int64_t available_bytes, struct naj_range* out_ranges,
                             int64_t capacity, int64_t* out_count, int64_t* out_message_bytes,
                             struct naj_error* error) {
  NAJ_TRY(check_arguments(borrow_memory, offset, available_bytes, error));
  if (borrow_stream->schema == NULL)
    return naj_error_set(error, NAJ_MISUSE, -1, "the schema of this stream is not read yet");
  struct naj_message message;
  memset(&message, 0, sizeof message);
  int64_t needed_bytes = 0;
  const naj_status status = naj_message_read(
      naj_memory_address(borrow_memory) + offset, available_bytes, borrow_stream->input_offset,
      &borrow_stream->limits, &message, &needed_bytes, error);
  if (status == NAJ_NEED_INPUT) return need_input(borrow_stream, needed_bytes, error);
  if (status != NAJ_OK) return status;
  naj_status result = NAJ_OK;
  if (message.is_end) {
    *out_count = 0;
  } else {
    result =
        naj_message_ranges(borrow_stream->schema, &message, out_ranges, capacity, out_count, error);
  }
  if (result == NAJ_OK) *out_message_bytes = message.message_bytes;
  naj_message_reset(&message);
  return result;
}
