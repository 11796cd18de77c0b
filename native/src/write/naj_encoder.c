#include <string.h>

#include "batch/naj_plan.h"
#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "schema/naj_schema.h"
#include "schema/naj_schema_check.h"
#include "write/naj_parts.h"

enum {
  METADATA_V5 = 4,
  GATHER_BELOW_BYTES = 16 << 10,
  /* What a message's flatbuffer may need beyond that of one shape, for a bound. */
  SPARE_METADATA_BYTES = 512
};

struct naj_encoder {
  struct naj_schema* schema; /* of the options' metadata version, little-endian */
  struct naj_write_options options;
  struct naj_framing framing;
  struct naj_scratch* scratch;
  struct naj_flat flat;
  struct naj_message_template batch;
  struct naj_message_template dictionary;
};

void naj_write_options_init(struct naj_write_options* out_options) {
  memset(out_options, 0, sizeof *out_options);
  out_options->metadata_version = METADATA_V5;
  out_options->alignment_bytes = 64;
  out_options->codec = -1;
  out_options->use_threads = 1;
  out_options->gather_below_bytes = GATHER_BELOW_BYTES;
}

/* The schema as it is written: layout and byte order follow the options. */
static naj_status written_schema(struct naj_schema* schema, int32_t metadata_version,
                                 struct naj_schema** out_schema, struct naj_error* error) {
  const struct naj_schema_header* header = schema->header;
  if (header->metadata_version == metadata_version && !header->big_endian) {
    naj_schema_retain(schema);
    *out_schema = schema;
    return NAJ_OK;
  }
  struct naj_limits limits;
  naj_limits_init(&limits);
  limits.max_depth = NAJ_SCHEMA_MAX_DEPTH;
  limits.max_fields = INT32_MAX;
  uint8_t* descriptor = naj_alloc(header->total_size);
  if (descriptor == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for a schema");
  memcpy(descriptor, schema->descriptor, (size_t)header->total_size);
  struct naj_schema_header* changed = (struct naj_schema_header*)(void*)descriptor;
  changed->metadata_version = metadata_version;
  changed->big_endian = 0;
  const naj_status status =
      naj_schema_create(descriptor, header->total_size, -1, &limits, out_schema, error);
  if (status != NAJ_OK) naj_free(descriptor);
  return status;
}

naj_status naj_encoder_open(struct naj_schema* borrow_schema,
                            const struct naj_write_options* borrow_options,
                            struct naj_encoder** out_encoder, struct naj_error* error) {
  struct naj_write_options options;
  naj_write_options_init(&options);
  if (borrow_options != NULL) options = *borrow_options;
  NAJ_TRY(naj_write_options_check(&options, error));
  struct naj_encoder* encoder = naj_alloc_zeroed(1, (int64_t)sizeof *encoder);
  if (encoder == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for an encoder");
  naj_flat_init(&encoder->flat);
  encoder->options = options;
  encoder->framing.alignment_bytes = options.alignment_bytes;
  encoder->framing.gather_below_bytes =
      options.gather_below_bytes > 0 ? options.gather_below_bytes : 1;
  encoder->framing.is_legacy = options.is_legacy;
  naj_status status =
      written_schema(borrow_schema, options.metadata_version, &encoder->schema, error);
  if (status == NAJ_OK) status = naj_scratch_create(&encoder->scratch, error);
  if (status != NAJ_OK) {
    naj_encoder_close(encoder);
    return status;
  }
  *out_encoder = encoder;
  return NAJ_OK;
}

void naj_encoder_close(struct naj_encoder* encoder) {
  if (encoder == NULL) return;
  naj_schema_release(encoder->schema);
  naj_scratch_free(encoder->scratch);
  naj_flat_free(&encoder->flat);
  naj_message_template_free(&encoder->batch);
  naj_message_template_free(&encoder->dictionary);
  naj_free(encoder);
}

static naj_status check_metadata(const void* metadata, int64_t size_bytes,
                                 struct naj_error* error) {
  if (size_bytes >= 0 && (metadata != NULL || size_bytes == 0) &&
      naj_metadata_is_valid(metadata, size_bytes))
    return NAJ_OK;
  return naj_error_set(error, NAJ_MISUSE, -1, "metadata is not in the C Data encoding");
}

struct naj_memory* naj_encoder_memory(const struct naj_encoder* borrow_encoder, int64_t address) {
  return naj_scratch_memory(borrow_encoder->scratch, (const void*)(uintptr_t)address);
}

naj_status naj_encode_schema(struct naj_encoder* borrow_encoder, int64_t position,
                             const struct naj_encode_target* borrow_target,
                             struct naj_error* error) {
  const uint8_t* bytes = NULL;
  int64_t size_bytes = 0;
  NAJ_TRY(naj_parts_check(borrow_target, position, error));
  NAJ_TRY(naj_message_of_schema(&borrow_encoder->flat, borrow_encoder->schema, &bytes, &size_bytes,
                                error));
  return naj_parts_of_flatbuffer(&borrow_encoder->framing, position, 1, bytes, size_bytes,
                                 borrow_target, error);
}

/* ------------------------------------------------------------------ batches */

/* Everything of a message but its body. */
static struct naj_message_shape shape_of(const struct naj_encoder* encoder, const void* metadata,
                                         int64_t metadata_bytes) {
  return (struct naj_message_shape){.metadata_version = encoder->options.metadata_version,
                                    .codec = -1,
                                    .metadata = metadata_bytes == 0 ? NULL : metadata,
                                    .metadata_bytes = metadata_bytes};
}

static naj_status encode_body(struct naj_encoder* encoder, int64_t position,
                              struct naj_message_shape* shape, struct naj_message_template* message,
                              struct naj_body* body, const struct naj_encode_target* target,
                              struct naj_error* error) {
  shape->node_count = body->node_count;
  shape->buffer_count = body->buffer_count;
  shape->variadic_count = body->variadic_count;
  struct naj_framing framing = encoder->framing;
  if (target->is_whole) framing.gather_below_bytes = INT64_MAX;
  if (encoder->options.codec >= 0) {
    const int64_t metadata_bound = 16 * (body->node_count + body->buffer_count) +
                                   8 * body->variadic_count + 2 * shape->metadata_bytes +
                                   message->size_bytes + SPARE_METADATA_BYTES;
    NAJ_TRY(naj_parts_room_for_compressed(&framing, metadata_bound, body, target));
    NAJ_TRY(naj_body_compress(&encoder->options, encoder->scratch, body, error));
    if (body->is_compressed) shape->codec = encoder->options.codec;
  }
  NAJ_TRY(naj_message_template_set(message, &encoder->flat, shape, error));
  return naj_parts_of_body(&framing, position, message, body, target, error);
}

static naj_status encode_rows(struct naj_encoder* encoder, int64_t position,
                              const struct naj_schema* schema, struct naj_message_shape* shape,
                              struct naj_message_template* message, const struct naj_rows* rows,
                              const struct naj_encode_target* target, struct naj_error* error) {
  struct naj_body body = {0};
  naj_scratch_reset(encoder->scratch);
  NAJ_TRY(naj_body_prepare(schema, encoder->options.metadata_version, rows, encoder->scratch, &body,
                           error));
  return encode_body(encoder, position, shape, message, &body, target, error);
}

naj_status naj_encode_batch(struct naj_encoder* borrow_encoder, int64_t position,
                            const struct naj_rows* borrow_rows, const void* borrow_metadata,
                            int64_t metadata_bytes, const struct naj_encode_target* borrow_target,
                            struct naj_error* error) {
  NAJ_TRY(naj_parts_check(borrow_target, position, error));
  NAJ_TRY(check_metadata(borrow_metadata, metadata_bytes, error));
  struct naj_message_shape shape = shape_of(borrow_encoder, borrow_metadata, metadata_bytes);
  return encode_rows(borrow_encoder, position, borrow_encoder->schema, &shape,
                     &borrow_encoder->batch, borrow_rows, borrow_target, error);
}

/* A decoded table as it stands, when all of its null counts are known; else *out_is_plain is 0. */
static naj_status body_of_table(const struct naj_encoder* encoder,
                                const struct naj_table_header* table, struct naj_body* out_body,
                                int* out_is_plain, struct naj_error* error) {
  const struct naj_plan* plan = encoder->schema->plan;
  const struct naj_table_node* nodes = (const struct naj_table_node*)(table + 1);
  const int counts_agree = table->node_count == plan->node_count &&
                           table->variadic_count == plan->variadic_field_count &&
                           table->buffer_count >= plan->buffer_count;
  const struct naj_table_buffer* buffers =
      (const struct naj_table_buffer*)(nodes + table->node_count);
  const int64_t* variadic = (const int64_t*)(buffers + table->buffer_count);
  int64_t expected = plan->buffer_count;
  for (int64_t i = 0; counts_agree && i < plan->variadic_field_count; i++)
    if (variadic[i] < 0 || !naj_checked_add(expected, variadic[i], &expected)) expected = -1;
  if (!counts_agree || table->buffer_count != expected)
    return naj_error_set(error, NAJ_MISUSE, -1, "the table is not one of the schema's batches");
  int64_t signs = 0;
  for (int64_t i = 0; i < table->node_count; i++) signs |= nodes[i].null_count;
  *out_is_plain = signs >= 0;
  *out_body = (struct naj_body){.row_count = table->row_count,
                                .node_count = table->node_count,
                                .nodes = (struct naj_table_node*)(uintptr_t)nodes,
                                .buffer_count = table->buffer_count,
                                .buffers = (struct naj_table_buffer*)(uintptr_t)buffers,
                                .variadic_count = table->variadic_count,
                                .variadic_counts = (int64_t*)(uintptr_t)variadic};
  return NAJ_OK;
}

/* Nodes of a table with offsets, in scratch. */
static naj_status rows_of_body(struct naj_encoder* encoder, const struct naj_body* body,
                               struct naj_rows* out_rows, struct naj_error* error) {
  const struct naj_plan* plan = encoder->schema->plan;
  struct naj_array_node* nodes =
      naj_scratch_take(encoder->scratch, (body->node_count + 1) * (int64_t)sizeof *nodes);
  if (nodes == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for nodes");
  int64_t variadic_index = 0;
  for (int64_t i = 0; i < body->node_count; i++) {
    int64_t buffer_count = plan->nodes[i].buffer_count;
    if (plan->nodes[i].has_variadic) buffer_count += body->variadic_counts[variadic_index++];
    nodes[i] = (struct naj_array_node){.length = body->nodes[i].length,
                                       .null_count = body->nodes[i].null_count,
                                       .buffer_count = buffer_count};
  }
  *out_rows = (struct naj_rows){.row_count = body->row_count,
                                .nodes = nodes,
                                .node_count = body->node_count,
                                .buffers = body->buffers,
                                .buffer_count = body->buffer_count};
  return NAJ_OK;
}

/* Compression replaces buffers: those of a table are not ours to change. */
static naj_status own_buffers(struct naj_encoder* encoder, struct naj_body* body,
                              struct naj_error* error) {
  const int64_t size_bytes = body->buffer_count * (int64_t)sizeof *body->buffers;
  struct naj_table_buffer* buffers = naj_scratch_take(encoder->scratch, size_bytes + 1);
  if (buffers == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for buffers");
  memcpy(buffers, body->buffers, (size_t)size_bytes);
  body->buffers = buffers;
  return NAJ_OK;
}

naj_status naj_encode_table(struct naj_encoder* borrow_encoder, int64_t position,
                            const struct naj_table_header* borrow_table,
                            const void* borrow_metadata, int64_t metadata_bytes,
                            const struct naj_encode_target* borrow_target,
                            struct naj_error* error) {
  struct naj_body body = {0};
  int is_plain = 0;
  NAJ_TRY(naj_parts_check(borrow_target, position, error));
  NAJ_TRY(check_metadata(borrow_metadata, metadata_bytes, error));
  NAJ_TRY(body_of_table(borrow_encoder, borrow_table, &body, &is_plain, error));
  struct naj_message_shape shape = shape_of(borrow_encoder, borrow_metadata, metadata_bytes);
  naj_scratch_reset(borrow_encoder->scratch);
  if (!is_plain) {
    struct naj_rows rows = {0};
    NAJ_TRY(rows_of_body(borrow_encoder, &body, &rows, error));
    NAJ_TRY(naj_body_prepare(borrow_encoder->schema, borrow_encoder->options.metadata_version,
                             &rows, borrow_encoder->scratch, &body, error));
  } else if (borrow_encoder->options.codec >= 0) {
    NAJ_TRY(own_buffers(borrow_encoder, &body, error));
  }
  return encode_body(borrow_encoder, position, &shape, &borrow_encoder->batch, &body, borrow_target,
                     error);
}

naj_status naj_encode_dictionary(struct naj_encoder* borrow_encoder, int64_t position,
                                 int32_t dictionary_index, int32_t is_delta,
                                 const struct naj_rows* borrow_rows,
                                 const struct naj_encode_target* borrow_target,
                                 struct naj_error* error) {
  NAJ_TRY(naj_parts_check(borrow_target, position, error));
  const struct naj_schema* values =
      naj_schema_dictionary_values(borrow_encoder->schema, dictionary_index);
  if (values == NULL)
    return naj_error_set(error, NAJ_MISUSE, -1, "the schema has no dictionary number %d",
                         dictionary_index);
  struct naj_message_shape shape = shape_of(borrow_encoder, NULL, 0);
  shape.is_dictionary = 1;
  shape.is_delta = is_delta != 0;
  shape.dictionary_id = naj_schema_dictionary_id(borrow_encoder->schema, dictionary_index);
  return encode_rows(borrow_encoder, position, values, &shape, &borrow_encoder->dictionary,
                     borrow_rows, borrow_target, error);
}

/* ------------------------------------------------------------------ footer */

static naj_status check_blocks(const struct naj_footer_block* blocks, int64_t count,
                               struct naj_error* error) {
  if (count < 0 || (count > 0 && blocks == NULL))
    return naj_error_set(error, NAJ_MISUSE, -1, "no blocks where some are said to be");
  for (int64_t i = 0; i < count; i++)
    if (blocks[i].offset < 0 || blocks[i].metadata_bytes <= 0 ||
        blocks[i].metadata_bytes > INT32_MAX || blocks[i].body_bytes < 0)
      return naj_error_set(error, NAJ_MISUSE, -1, "block %lld of the footer cannot be",
                           (long long)i);
  return NAJ_OK;
}

naj_status naj_encode_footer(struct naj_encoder* borrow_encoder,
                             const struct naj_footer_block* borrow_dictionaries,
                             int64_t dictionary_count,
                             const struct naj_footer_block* borrow_batches, int64_t batch_count,
                             const void* borrow_metadata, int64_t metadata_bytes,
                             const struct naj_encode_target* borrow_target,
                             struct naj_error* error) {
  const uint8_t* bytes = NULL;
  int64_t size_bytes = 0;
  NAJ_TRY(naj_parts_check(borrow_target, 0, error));
  NAJ_TRY(check_metadata(borrow_metadata, metadata_bytes, error));
  NAJ_TRY(check_blocks(borrow_dictionaries, dictionary_count, error));
  NAJ_TRY(check_blocks(borrow_batches, batch_count, error));
  NAJ_TRY(naj_footer_of(&borrow_encoder->flat, borrow_encoder->schema, borrow_dictionaries,
                        dictionary_count, borrow_batches, batch_count, borrow_metadata,
                        metadata_bytes, &bytes, &size_bytes, error));
  return naj_parts_of_flatbuffer(&borrow_encoder->framing, 0, 0, bytes, size_bytes, borrow_target,
                                 error);
}
