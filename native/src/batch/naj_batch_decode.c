#include "batch/naj_batch_decode.h"

#include <string.h>

#include "batch/naj_plan.h"
#include "batch/naj_transform.h"
#include "codec/naj_codec.h"
#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "nanoarrow/ipc/flatcc_generated.h"
#include "schema/naj_dictionaries.h"
#include "schema/naj_schema.h"

#define FB(name) org_apache_arrow_flatbuf_##name

/* Out of the way of the loops that every column passes. */
#define COLD __attribute__((cold, noinline))

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
enum { HOST_IS_BIG_ENDIAN = 1 };
#else
enum { HOST_IS_BIG_ENDIAN = 0 };
#endif

/* One decode, hoisted out of the flatbuffer. */
struct decode {
  const struct naj_schema* schema;
  const struct naj_plan* plan;
  FB(FieldNode_vec_t) nodes;
  FB(Buffer_vec_t) buffers;
  flatbuffers_int64_vec_t variadic_counts;
  int64_t row_count;
  int64_t buffer_count;
  int64_t metadata_bytes;
  int64_t input_offset;
  uint64_t body_address;
  int64_t body_bytes;
  int32_t codec;   /* naj_codec or NAJ_NO_CODEC */
  int32_t is_swap; /* the sender's byte order is not ours */
  struct naj_table_node* out_nodes;
  struct naj_table_buffer* out_buffers;
  int64_t* out_variadic;
};

/* What did not lie in the body. */
struct made {
  int64_t arena_bytes;
  int64_t decompressed_bytes;
};

static naj_status set_path(const struct naj_schema* schema, int32_t field_index, naj_status status,
                           struct naj_error* error) {
  if (error != NULL) {
    char path[sizeof error->path];
    naj_schema_path(schema, field_index, path, (int64_t)sizeof path);
    naj_error_set_path(error, path);
  }
  return status;
}

naj_status naj_batch_row_count(const struct naj_message* borrow_message,
                               const struct naj_message_place* borrow_place, int64_t* out_row_count,
                               struct naj_error* error) {
  const int64_t row_count = FB(RecordBatch_length)((FB(RecordBatch_table_t))borrow_message->header);
  if (row_count < 0)
    return naj_error_set(error, NAJ_INVALID_DATA, borrow_place->input_offset,
                         "negative row count %lld", (long long)row_count);
  *out_row_count = row_count;
  return NAJ_OK;
}

/* V4 and V5 lay unions and runs out differently: the schema's message and the batch's must agree.
 */
static naj_status check_version(const struct decode* decode, const struct naj_message* message,
                                struct naj_error* error) {
  const int32_t version = decode->schema->header->metadata_version;
  if (message->metadata_version == version || !decode->plan->is_versioned) return NAJ_OK;
  return naj_error_set(error, NAJ_INVALID_DATA, decode->input_offset,
                       "a batch of metadata version V%d under a schema of V%d, with unions or runs",
                       message->metadata_version + 1, version + 1);
}

/* Vector counts against the plan; those of variadic buffers follow in read_variadic_counts. */
static naj_status read_header(struct decode* decode, const struct naj_message* message,
                              int keeps_byte_order, struct naj_error* error) {
  FB(RecordBatch_table_t) batch = message->header;
  const struct naj_plan* plan = decode->plan;
  const int64_t where = decode->input_offset;
  FB(BodyCompression_table_t) compression = FB(RecordBatch_compression)(batch);
  decode->codec = NAJ_NO_CODEC;
  decode->is_swap = !keeps_byte_order && decode->schema->header->big_endian != HOST_IS_BIG_ENDIAN;
  if (compression != NULL) {
    if (FB(BodyCompression_method)(compression) != FB(BodyCompressionMethod_BUFFER))
      return naj_error_set(error, NAJ_UNSUPPORTED, where, "unknown body compression method");
    decode->codec = FB(BodyCompression_codec)(compression);
    if (decode->codec != NAJ_CODEC_LZ4_FRAME && decode->codec != NAJ_CODEC_ZSTD)
      return naj_error_set(error, NAJ_UNSUPPORTED, where, "unknown compression codec %d",
                           decode->codec);
  }
  decode->nodes = FB(RecordBatch_nodes)(batch);
  decode->buffers = FB(RecordBatch_buffers)(batch);
  decode->variadic_counts = FB(RecordBatch_variadicBufferCounts)(batch);
  const size_t node_count = FB(FieldNode_vec_len)(decode->nodes);
  const size_t buffer_count = FB(Buffer_vec_len)(decode->buffers);
  const size_t variadic_count = flatbuffers_int64_vec_len(decode->variadic_counts);
  if (node_count != (size_t)plan->node_count)
    return naj_error_set(error, NAJ_INVALID_DATA, where, "batch has %zu nodes, the schema %d",
                         node_count, plan->node_count);
  if (variadic_count != (size_t)plan->variadic_field_count)
    return naj_error_set(error, NAJ_INVALID_DATA, where,
                         "batch has %zu variadic buffer counts, the schema %d view fields",
                         variadic_count, plan->variadic_field_count);
  decode->buffer_count = (int64_t)buffer_count;
  return naj_key_values_size(message->custom_metadata, &decode->metadata_bytes, error);
}

/* A count of bytes that does not fit int64 cannot arise: every item counted lies
 * in a flatbuffer of less than 2^31 bytes. */
static naj_status lay_out_table(struct decode* decode, void* out_table, int64_t table_bytes,
                                struct naj_error* error) {
  struct naj_table_header* header = out_table;
  const struct naj_plan* plan = decode->plan;
  const int64_t nodes_bytes = plan->node_count * (int64_t)sizeof(struct naj_table_node);
  const int64_t buffers_bytes = decode->buffer_count * (int64_t)sizeof(struct naj_table_buffer);
  const int64_t variadic_bytes = plan->variadic_field_count * (int64_t)sizeof(int64_t);
  const int64_t fixed_bytes =
      (int64_t)sizeof *header + nodes_bytes + buffers_bytes + variadic_bytes;
  const int64_t needed_bytes = fixed_bytes + (decode->metadata_bytes + 7) / 8 * 8;
  header->needed_bytes = needed_bytes;
  if (NAJ_UNLIKELY(table_bytes < needed_bytes)) {
    memset(header, 0, sizeof *header);
    header->needed_bytes = needed_bytes;
    return naj_error_set(error, NAJ_NEED_TABLE, -1, "table of %lld bytes where %lld are needed",
                         (long long)table_bytes, (long long)needed_bytes);
  }
  uint8_t* at = (uint8_t*)out_table + sizeof *header;
  decode->out_nodes = (struct naj_table_node*)(void*)at;
  decode->out_buffers = (struct naj_table_buffer*)(void*)(at + nodes_bytes);
  decode->out_variadic = (int64_t*)(void*)(at + nodes_bytes + buffers_bytes);
  return NAJ_OK;
}

/* With the fixed buffers they make up all buffers. Copied before they are checked, and only the
 * copy is used: what is written must not depend on a mapped file that changes meanwhile. */
static naj_status read_variadic_counts(const struct decode* decode, struct naj_error* error) {
  int64_t expected = decode->plan->buffer_count;
  for (int32_t i = 0; i < decode->plan->variadic_field_count; i++) {
    const int64_t count = flatbuffers_int64_vec_at(decode->variadic_counts, (size_t)i);
    if (count < 0 || !naj_checked_add(expected, count, &expected))
      return naj_error_set(error, NAJ_INVALID_DATA, decode->input_offset,
                           "variadic buffer count %lld", (long long)count);
    decode->out_variadic[i] = count;
  }
  if (decode->buffer_count == expected) return NAJ_OK;
  return naj_error_set(error, NAJ_INVALID_DATA, decode->input_offset,
                       "batch has %lld buffers where its fields take %lld",
                       (long long)decode->buffer_count, (long long)expected);
}

static COLD naj_status node_error(const struct decode* decode, const struct naj_plan_node* node,
                                  const char* what, int64_t found, int64_t limit,
                                  struct naj_error* error) {
  return set_path(decode->schema, node->field_index,
                  naj_error_set(error, NAJ_INVALID_DATA, decode->input_offset, "%s: %lld, %lld",
                                what, (long long)found, (long long)limit),
                  error);
}

static naj_status check_child_length(const struct decode* decode, const struct naj_plan_node* node,
                                     int64_t length, struct naj_error* error) {
  const struct naj_plan_node* parent = &decode->plan->nodes[node->parent_node];
  const int64_t parent_length = decode->out_nodes[node->parent_node].length;
  int64_t required = 0;
  switch (parent->type) {
    case NAJ_TYPE_STRUCT:
    case NAJ_TYPE_SPARSE_UNION:
      required = parent_length;
      break;
    case NAJ_TYPE_FIXED_SIZE_LIST:
      if (!naj_checked_mul(parent_length, parent->fixed_list_size, &required))
        return node_error(decode, node, "list length times list size is out of range",
                          parent_length, parent->fixed_list_size, error);
      break;
    case NAJ_TYPE_RUN_END_ENCODED: {
      const struct naj_plan_node* run_ends = parent + 1;
      if (node == run_ends) {
        if (length == 0 && parent_length > 0)
          return node_error(decode, node, "no run ends for rows; run ends, rows", length,
                            parent_length, error);
      } else {
        required = decode->out_nodes[node->parent_node + 1].length;
      }
      break;
    }
    default:
      break;
  }
  if (NAJ_UNLIKELY(length < required))
    return node_error(decode, node, "child shorter than its parent needs; found, needed", length,
                      required, error);
  return NAJ_OK;
}

/* Runs are younger than V4 and have no bitmap of their own in any specification; a V4 union's is
 * part of its table. */
static COLD naj_status check_runs(const struct decode* decode, const struct naj_plan_node* node,
                                  int64_t null_count, struct naj_error* error) {
  if (null_count <= 0 || node->buffer_count == 0 ||
      decode->plan->buffers[node->first_buffer].kind != NAJ_BUFFER_VALIDITY)
    return NAJ_OK;
  return set_path(decode->schema, node->field_index,
                  naj_error_set(error, NAJ_UNSUPPORTED, decode->input_offset,
                                "runs with nulls of their own (metadata V4) are not read"),
                  error);
}

static naj_status decode_nodes(const struct decode* decode, struct naj_error* error) {
  const struct naj_plan_node* const plan_nodes = decode->plan->nodes;
  const int32_t node_count = decode->plan->node_count;
  const int64_t row_count = decode->row_count;
  FB(FieldNode_vec_t) const nodes = decode->nodes;
  struct naj_table_node* const out_nodes = decode->out_nodes;
  for (int32_t i = 0; i < node_count; i++) {
    const struct naj_plan_node* node = &plan_nodes[i];
    const int64_t length = FB(FieldNode_length)(&nodes[i]);
    const int64_t null_count = FB(FieldNode_null_count)(&nodes[i]);
    if (NAJ_UNLIKELY(length < 0 || null_count < -1 || null_count > length))
      return node_error(decode, node, "length, null count out of range", length, null_count, error);
    out_nodes[i].length = length;
    out_nodes[i].null_count = null_count;
    if (node->parent_node >= 0) {
      NAJ_TRY(check_child_length(decode, node, length, error));
    } else if (NAJ_UNLIKELY(length != row_count)) {
      return node_error(decode, node, "column length, row count disagree", length, row_count,
                        error);
    }
    if (node->type == NAJ_TYPE_RUN_END_ENCODED)
      NAJ_TRY(check_runs(decode, node, null_count, error));
  }
  return NAJ_OK;
}

/* Why decode_buffers refuses a buffer. */
static COLD naj_status buffer_error(const struct decode* decode, const struct naj_plan_node* node,
                                    const struct naj_plan_buffer* wanted, size_t index,
                                    struct naj_error* error) {
  const int64_t offset = FB(Buffer_offset)(&decode->buffers[index]);
  const int64_t size = FB(Buffer_length)(&decode->buffers[index]);
  const int64_t length = decode->out_nodes[node - decode->plan->nodes].length;
  int64_t needed = 0;
  if (!naj_range_within(offset, size, decode->body_bytes))
    return node_error(decode, node, "buffer outside the body; offset, size", offset, size, error);
  if (!naj_plan_needed_bytes(wanted, length, &needed))
    return node_error(decode, node, "length out of range; length, bits per item", length,
                      wanted->bits_per_item, error);
  return node_error(decode, node, "buffer too small; size, needed", size, needed, error);
}

static naj_status decode_variadic(const struct decode* decode, const struct naj_plan_node* node,
                                  int64_t count, size_t first, struct naj_error* error) {
  static const struct naj_plan_buffer data = {.kind = NAJ_BUFFER_DATA};
  for (size_t i = first; i < first + (size_t)count; i++) {
    const int64_t offset = FB(Buffer_offset)(&decode->buffers[i]);
    const int64_t size = FB(Buffer_length)(&decode->buffers[i]);
    if (!naj_range_within(offset, size, decode->body_bytes))
      return buffer_error(decode, node, &data, i, error);
    decode->out_buffers[i].address =
        size == 0 ? 0 : (int64_t)(decode->body_address + (uint64_t)offset);
    decode->out_buffers[i].size_bytes = size;
  }
  return NAJ_OK;
}

static naj_status decode_buffers(const struct decode* decode, struct naj_error* error) {
  const struct naj_plan_node* node = decode->plan->nodes;
  const struct naj_plan_node* const nodes_end = node + decode->plan->node_count;
  const struct naj_plan_buffer* wanted = decode->plan->buffers;
  const struct naj_table_node* out_node = decode->out_nodes;
  struct naj_table_buffer* const out_buffers = decode->out_buffers;
  FB(Buffer_vec_t) const buffers = decode->buffers;
  const uint64_t body_address = decode->body_address;
  const int64_t body_bytes = decode->body_bytes;
  size_t index = 0;
  size_t variadic_index = 0;
  for (; node < nodes_end; node++, out_node++) {
    const int64_t length = out_node->length;
    if (NAJ_UNLIKELY(node->is_skipped)) {
      const int64_t variadic = node->has_variadic ? decode->out_variadic[variadic_index] : 0;
      const size_t count = (size_t)(node->buffer_count + variadic);
      memset(&out_buffers[index], 0, count * sizeof *out_buffers);
      variadic_index += (size_t)node->has_variadic;
      index += count;
      wanted += node->buffer_count;
      continue;
    }
    for (int32_t k = node->buffer_count; k > 0; k--, wanted++, index++) {
      const int64_t offset = FB(Buffer_offset)(&buffers[index]);
      int64_t size = FB(Buffer_length)(&buffers[index]);
      int64_t needed = 0;
      if (NAJ_UNLIKELY(!naj_range_within(offset, size, body_bytes) ||
                       !naj_plan_needed_bytes(wanted, length, &needed)))
        return buffer_error(decode, node, wanted, index, error);
      if (size < needed) {
        /* Left out: the bitmap of no nulls, and the buffers of no rows. */
        if (NAJ_UNLIKELY(length != 0 && (wanted->kind != NAJ_BUFFER_VALIDITY ||
                                         !naj_bitmap_may_be_short(out_node, size))))
          return buffer_error(decode, node, wanted, index, error);
        size = 0;
      }
      out_buffers[index].address = size == 0 ? 0 : (int64_t)(body_address + (uint64_t)offset);
      out_buffers[index].size_bytes = size;
    }
    if (!node->has_variadic) continue;
    const int64_t count = decode->out_variadic[variadic_index++];
    NAJ_TRY(decode_variadic(decode, node, count, index, error));
    index += (size_t)count;
  }
  return NAJ_OK;
}

static naj_status write_header(const struct decode* decode, const struct naj_message* message,
                               const struct naj_message_place* place, const struct made* made,
                               struct naj_table_header* out, struct naj_error* error) {
  out->kind = NAJ_TABLE_BATCH;
  out->flags = message->is_legacy ? NAJ_TABLE_LEGACY_FRAMING : 0;
  out->row_count = decode->row_count;
  out->node_count = decode->plan->node_count;
  out->buffer_count = decode->buffer_count;
  out->variadic_count = decode->plan->variadic_field_count;
  out->message_offset = place->memory_offset;
  out->message_bytes = message->message_bytes;
  out->body_offset = place->memory_offset + message->message_bytes;
  out->body_bytes = message->body_bytes;
  out->next_offset = out->body_offset + out->body_bytes;
  out->metadata_address = 0;
  out->metadata_bytes = decode->metadata_bytes;
  if (decode->metadata_bytes > 0) {
    uint8_t* metadata = (uint8_t*)(decode->out_variadic + decode->plan->variadic_field_count);
    NAJ_TRY(
        naj_key_values_write(message->custom_metadata, metadata, decode->metadata_bytes, error));
    out->metadata_address = (int64_t)(uintptr_t)metadata;
  }
  out->arena_used_bytes = made->arena_bytes;
  out->decompressed_bytes = made->decompressed_bytes;
  out->dictionary_id = 0;
  out->dictionary_index = 0;
  for (size_t i = 0; i < sizeof out->reserved / sizeof out->reserved[0]; i++) out->reserved[i] = 0;
  return NAJ_OK;
}

/* Compressed or in the other byte order: through the arena. */
static naj_status transform_buffers(const struct decode* decode,
                                    const struct naj_decode_target* target,
                                    const struct naj_limits* limits, struct made* out_made,
                                    struct naj_error* error) {
  struct naj_transform transform = {.schema = decode->schema,
                                    .buffers = decode->buffers,
                                    .variadic_counts = decode->out_variadic,
                                    .nodes = decode->out_nodes,
                                    .body = (const uint8_t*)(uintptr_t)decode->body_address,
                                    .body_bytes = decode->body_bytes,
                                    .input_offset = decode->input_offset,
                                    .codec = decode->codec,
                                    .is_swap = decode->is_swap,
                                    .max_decompressed_bytes = limits->max_decompressed_bytes,
                                    .max_decompression_ratio = limits->max_decompression_ratio,
                                    .use_threads = limits->use_threads,
                                    .arena = target->arena,
                                    .arena_bytes = target->arena == NULL ? 0 : target->arena_bytes};
  const naj_status status = naj_transform_body(&transform, decode->out_buffers, error);
  if (status == NAJ_NEED_ARENA) {
    struct naj_table_header* header = target->table;
    memset(header, 0, sizeof *header);
    header->needed_bytes = transform.used_bytes;
    header->decompressed_bytes = transform.decompressed_bytes;
  }
  out_made->arena_bytes = transform.used_bytes;
  out_made->decompressed_bytes = transform.decompressed_bytes;
  return status;
}

naj_status naj_batch_decode(const struct naj_schema* borrow_schema,
                            const struct naj_message* borrow_message,
                            const struct naj_message_place* borrow_place,
                            const uint8_t* borrow_body,
                            const struct naj_decode_target* borrow_target,
                            const struct naj_limits* borrow_limits, struct naj_error* error) {
  if (borrow_target->table == NULL ||
      borrow_target->table_bytes < (int64_t)sizeof(struct naj_table_header))
    return naj_error_set(error, NAJ_MISUSE, -1, "table smaller than its header");
  struct decode decode = {.schema = borrow_schema,
                          .plan = borrow_schema->plan,
                          .input_offset = borrow_place->input_offset,
                          .body_address = (uint64_t)(uintptr_t)borrow_body,
                          .body_bytes = borrow_message->body_bytes};
  struct made made = {0, 0};
  NAJ_TRY(check_version(&decode, borrow_message, error));
  NAJ_TRY(naj_batch_row_count(borrow_message, borrow_place, &decode.row_count, error));
  NAJ_TRY(
      read_header(&decode, borrow_message, borrow_limits->flags & NAJ_READ_KEEP_BYTE_ORDER, error));
  NAJ_TRY(lay_out_table(&decode, borrow_target->table, borrow_target->table_bytes, error));
  NAJ_TRY(read_variadic_counts(&decode, error));
  NAJ_TRY(decode_nodes(&decode, error));
  if (NAJ_UNLIKELY(decode.codec != NAJ_NO_CODEC || decode.is_swap)) {
    NAJ_TRY(transform_buffers(&decode, borrow_target, borrow_limits, &made, error));
  } else {
    NAJ_TRY(decode_buffers(&decode, error));
  }
  return write_header(&decode, borrow_message, borrow_place, &made, borrow_target->table, error);
}

naj_status naj_dictionary_decode(const struct naj_schema* borrow_schema,
                                 const struct naj_message* borrow_message,
                                 const struct naj_message_place* borrow_place,
                                 const uint8_t* borrow_body,
                                 const struct naj_decode_target* borrow_target,
                                 const struct naj_limits* borrow_limits, struct naj_error* error) {
  FB(DictionaryBatch_table_t) dictionary = borrow_message->header;
  const int64_t id = FB(DictionaryBatch_id)(dictionary);
  const int32_t index = naj_dictionaries_find(borrow_schema->dictionaries, id);
  if (index < 0)
    return naj_error_set(error, NAJ_INVALID_DATA, borrow_place->input_offset,
                         "dictionary %lld, which no column of the schema names", (long long)id);
  struct naj_message values = *borrow_message;
  values.header = FB(DictionaryBatch_data)(dictionary);
  if (values.header == NULL)
    return naj_error_set(error, NAJ_INVALID_DATA, borrow_place->input_offset,
                         "dictionary %lld has no values", (long long)id);
  NAJ_TRY(naj_batch_decode(borrow_schema->dictionaries->entries[index].values, &values,
                           borrow_place, borrow_body, borrow_target, borrow_limits, error));
  struct naj_table_header* header = borrow_target->table;
  header->kind = NAJ_TABLE_DICTIONARY;
  if (FB(DictionaryBatch_isDelta)(dictionary)) header->flags |= NAJ_TABLE_DELTA;
  header->dictionary_id = id;
  header->dictionary_index = index;
  return NAJ_OK;
}
