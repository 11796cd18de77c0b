#include "batch/naj_batch_decode.h"

#include <string.h>

#include "batch/naj_plan.h"
#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "nanoarrow/ipc/flatcc_generated.h"
#include "schema/naj_schema.h"

#define FB(name) org_apache_arrow_flatbuf_##name

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
  struct naj_table_node* out_nodes;
  struct naj_table_buffer* out_buffers;
  int64_t* out_variadic;
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

naj_status naj_batch_check_schema(const struct naj_schema* borrow_schema, int64_t input_offset,
                                  struct naj_error* error) {
  if (borrow_schema->header->big_endian != HOST_IS_BIG_ENDIAN)
    return naj_error_set(error, NAJ_UNSUPPORTED, input_offset,
                         "data in the other byte order is not read yet");
  const int32_t field_index = borrow_schema->plan->unsupported_field;
  if (field_index < 0) return NAJ_OK;
  return set_path(borrow_schema, field_index,
                  naj_error_set(error, NAJ_UNSUPPORTED, input_offset,
                                "dictionary-encoded columns are not read yet"),
                  error);
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

/* Vector counts against the plan; sums the variadic buffers. */
static naj_status read_header(struct decode* decode, const struct naj_message* message,
                              struct naj_error* error) {
  FB(RecordBatch_table_t) batch = message->header;
  const struct naj_plan* plan = decode->plan;
  const int64_t where = decode->input_offset;
  if (FB(RecordBatch_compression)(batch) != NULL)
    return naj_error_set(error, NAJ_UNSUPPORTED, where, "compressed bodies are not read yet");
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
  int64_t expected = plan->buffer_count;
  for (size_t i = 0; i < variadic_count; i++) {
    const int64_t count = flatbuffers_int64_vec_at(decode->variadic_counts, i);
    if (count < 0 || !naj_checked_add(expected, count, &expected))
      return naj_error_set(error, NAJ_INVALID_DATA, where, "variadic buffer count %lld",
                           (long long)count);
  }
  if (buffer_count != (size_t)expected)
    return naj_error_set(error, NAJ_INVALID_DATA, where,
                         "batch has %zu buffers where its fields take %lld", buffer_count,
                         (long long)expected);
  decode->buffer_count = expected;
  return naj_key_values_size(message->custom_metadata, &decode->metadata_bytes, error);
}

/* Zeroes the header. A count of bytes that does not fit int64 cannot arise: every item counted lies
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
  memset(header, 0, sizeof *header);
  header->needed_bytes = needed_bytes;
  if (table_bytes < needed_bytes)
    return naj_error_set(error, NAJ_NEED_TABLE, -1, "table of %lld bytes where %lld are needed",
                         (long long)table_bytes, (long long)needed_bytes);
  uint8_t* at = (uint8_t*)out_table + sizeof *header;
  decode->out_nodes = (struct naj_table_node*)(void*)at;
  decode->out_buffers = (struct naj_table_buffer*)(void*)(at + nodes_bytes);
  decode->out_variadic = (int64_t*)(void*)(at + nodes_bytes + buffers_bytes);
  return NAJ_OK;
}

static naj_status node_error(const struct decode* decode, const struct naj_plan_node* node,
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
  if (length < required)
    return node_error(decode, node, "child shorter than its parent needs; found, needed", length,
                      required, error);
  return NAJ_OK;
}

/* A V4 union may say that some of its slots are null by a bitmap of its own, which later versions
 * and the C Data Interface cannot express. */
static naj_status check_union(const struct decode* decode, const struct naj_plan_node* node,
                              int64_t null_count, struct naj_error* error) {
  if (null_count == 0 || decode->plan->buffers[node->first_buffer].kind != NAJ_BUFFER_VALIDITY)
    return NAJ_OK;
  return set_path(decode->schema, node->field_index,
                  naj_error_set(error, NAJ_UNSUPPORTED, decode->input_offset,
                                "unions with a validity bitmap (metadata V4) are not read"),
                  error);
}

static naj_status decode_nodes(struct decode* decode, struct naj_error* error) {
  const struct naj_plan_node* plan_nodes = decode->plan->nodes;
  const int32_t node_count = decode->plan->node_count;
  const int64_t row_count = decode->row_count;
  FB(FieldNode_vec_t) nodes = decode->nodes;
  struct naj_table_node* out_nodes = decode->out_nodes;
  for (int32_t i = 0; i < node_count; i++) {
    const struct naj_plan_node* node = &plan_nodes[i];
    const int64_t length = FB(FieldNode_length)(&nodes[i]);
    const int64_t null_count = FB(FieldNode_null_count)(&nodes[i]);
    if (length < 0 || null_count < 0 || null_count > length)
      return node_error(decode, node, "length, null count out of range", length, null_count, error);
    out_nodes[i].length = length;
    out_nodes[i].null_count = null_count;
    if (node->parent_node < 0) {
      if (length != row_count)
        return node_error(decode, node, "column length, row count disagree", length, row_count,
                          error);
    } else {
      NAJ_TRY(check_child_length(decode, node, length, error));
    }
    if (node->type == NAJ_TYPE_SPARSE_UNION || node->type == NAJ_TYPE_DENSE_UNION)
      NAJ_TRY(check_union(decode, node, null_count, error));
  }
  return NAJ_OK;
}

static naj_status decode_buffers(struct decode* decode, struct naj_error* error) {
  const struct naj_plan_node* plan_nodes = decode->plan->nodes;
  const int32_t node_count = decode->plan->node_count;
  const uint64_t body_address = decode->body_address;
  const int64_t body_bytes = decode->body_bytes;
  FB(Buffer_vec_t) buffers = decode->buffers;
  struct naj_table_buffer* out_buffers = decode->out_buffers;
  size_t next = 0;
  size_t next_variadic = 0;
  for (int32_t i = 0; i < node_count; i++) {
    const struct naj_plan_node* node = &plan_nodes[i];
    const struct naj_plan_buffer* wanted = &decode->plan->buffers[node->first_buffer];
    const int64_t length = decode->out_nodes[i].length;
    for (int32_t k = 0; k < node->buffer_count; k++, wanted++, next++) {
      const int64_t offset = FB(Buffer_offset)(&buffers[next]);
      const int64_t size = FB(Buffer_length)(&buffers[next]);
      if (!naj_range_within(offset, size, body_bytes))
        return node_error(decode, node, "buffer outside the body; offset, size", offset, size,
                          error);
      int64_t bits = 0;
      if (!naj_checked_add(length, wanted->extra_items, &bits) ||
          !naj_checked_mul(bits, wanted->bits_per_item, &bits))
        return node_error(decode, node, "length out of range; length, bits per item", length,
                          wanted->bits_per_item, error);
      const int64_t needed = naj_bitmap_bytes(bits);
      int64_t used_size = size;
      if (size < needed) {
        /* A bitmap without nulls and offsets of nothing may be left out: then they count as absent.
         */
        const int may_be_absent = length == 0 || (wanted->kind == NAJ_BUFFER_VALIDITY &&
                                                  decode->out_nodes[i].null_count == 0);
        if (!may_be_absent)
          return node_error(decode, node, "buffer too small; size, needed", size, needed, error);
        used_size = 0;
      }
      out_buffers[next].address = used_size == 0 ? 0 : (int64_t)(body_address + (uint64_t)offset);
      out_buffers[next].size_bytes = used_size;
    }
    if (!node->has_variadic) continue;
    const int64_t count = flatbuffers_int64_vec_at(decode->variadic_counts, next_variadic);
    decode->out_variadic[next_variadic++] = count;
    for (int64_t k = 0; k < count; k++, next++) {
      const int64_t offset = FB(Buffer_offset)(&buffers[next]);
      const int64_t size = FB(Buffer_length)(&buffers[next]);
      if (!naj_range_within(offset, size, body_bytes))
        return node_error(decode, node, "buffer outside the body; offset, size", offset, size,
                          error);
      out_buffers[next].address = size == 0 ? 0 : (int64_t)(body_address + (uint64_t)offset);
      out_buffers[next].size_bytes = size;
    }
  }
  return NAJ_OK;
}

naj_status naj_batch_decode(const struct naj_schema* borrow_schema,
                            const struct naj_message* borrow_message,
                            const struct naj_message_place* borrow_place,
                            const uint8_t* borrow_body, void* out_table, int64_t table_bytes,
                            struct naj_error* error) {
  if (table_bytes < (int64_t)sizeof(struct naj_table_header))
    return naj_error_set(error, NAJ_MISUSE, -1, "table smaller than its header");
  struct decode decode = {.schema = borrow_schema,
                          .plan = borrow_schema->plan,
                          .input_offset = borrow_place->input_offset,
                          .body_address = (uint64_t)(uintptr_t)borrow_body,
                          .body_bytes = borrow_message->body_bytes};
  NAJ_TRY(naj_batch_check_schema(borrow_schema, borrow_place->input_offset, error));
  NAJ_TRY(naj_batch_row_count(borrow_message, borrow_place, &decode.row_count, error));
  NAJ_TRY(read_header(&decode, borrow_message, error));
  NAJ_TRY(lay_out_table(&decode, out_table, table_bytes, error));
  NAJ_TRY(decode_nodes(&decode, error));
  NAJ_TRY(decode_buffers(&decode, error));

  struct naj_table_header* header = out_table;
  if (decode.metadata_bytes > 0) {
    uint8_t* metadata = (uint8_t*)(decode.out_variadic + decode.plan->variadic_field_count);
    naj_key_values_write(borrow_message->custom_metadata, metadata);
    header->metadata_address = (int64_t)(uintptr_t)metadata;
    header->metadata_bytes = decode.metadata_bytes;
  }
  header->kind = NAJ_TABLE_BATCH;
  header->flags = borrow_message->is_legacy ? NAJ_TABLE_LEGACY_FRAMING : 0;
  header->row_count = decode.row_count;
  header->node_count = decode.plan->node_count;
  header->buffer_count = decode.buffer_count;
  header->variadic_count = decode.plan->variadic_field_count;
  header->message_offset = borrow_place->memory_offset;
  header->message_bytes = borrow_message->message_bytes;
  header->body_offset = borrow_place->memory_offset + borrow_message->message_bytes;
  header->body_bytes = borrow_message->body_bytes;
  header->next_offset = header->body_offset + header->body_bytes;
  return NAJ_OK;
}
