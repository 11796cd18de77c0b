#include "write/naj_write_message.h"

#include <string.h>

#include "core/naj_alloc.h"
#include "core/naj_status.h"
#include "write/naj_write_schema.h"

naj_status naj_message_of_schema(struct naj_flat* borrow_flat,
                                 const struct naj_schema* borrow_schema, const uint8_t** out_bytes,
                                 int64_t* out_size_bytes, struct naj_error* error) {
  flatcc_builder_t* b = &borrow_flat->builder;
  flatbuffers_ref_t root = 0;
  if (naj_flat_start(borrow_flat) == 0 && FB(Message_start_as_root)(b) == 0 &&
      FB(Message_version_add)(
          b, (FB(MetadataVersion_enum_t))borrow_schema->header->metadata_version) == 0) {
    const FB(Schema_ref_t) schema = naj_write_schema(borrow_flat, borrow_schema);
    if (schema != 0 && FB(Message_header_Schema_add)(b, schema) == 0)
      root = FB(Message_end_as_root)(b);
  }
  return naj_flat_end(borrow_flat, root, out_bytes, out_size_bytes, error);
}

/* ------------------------------------------------------------------ footer */

static FB(Block_vec_ref_t)
    blocks(flatcc_builder_t* b, const struct naj_footer_block* blocks, int64_t count) {
  if (FB(Block_vec_start)(b)) return 0;
  for (int64_t i = 0; i < count; i++)
    if (FB(Block_vec_push_create)(b, blocks[i].offset, (int32_t)blocks[i].metadata_bytes,
                                  blocks[i].body_bytes) == NULL)
      return 0;
  return FB(Block_vec_end)(b);
}

naj_status naj_footer_of(struct naj_flat* borrow_flat, const struct naj_schema* borrow_schema,
                         const struct naj_footer_block* borrow_dictionaries,
                         int64_t dictionary_count, const struct naj_footer_block* borrow_batches,
                         int64_t batch_count, const void* borrow_metadata, int64_t metadata_bytes,
                         const uint8_t** out_bytes, int64_t* out_size_bytes,
                         struct naj_error* error) {
  flatcc_builder_t* b = &borrow_flat->builder;
  flatbuffers_ref_t root = 0;
  const int has_metadata = metadata_bytes > 0;
  FB(Schema_ref_t) schema = 0;
  FB(Block_vec_ref_t) dictionaries = 0;
  FB(Block_vec_ref_t) batches = 0;
  FB(KeyValue_vec_ref_t) metadata = 0;
  if (naj_flat_start(borrow_flat) == 0 && FB(Footer_start_as_root)(b) == 0 &&
      FB(Footer_version_add)(
          b, (FB(MetadataVersion_enum_t))borrow_schema->header->metadata_version) == 0 &&
      (schema = naj_write_schema(borrow_flat, borrow_schema)) != 0 &&
      FB(Footer_schema_add)(b, schema) == 0 &&
      (dictionaries = blocks(b, borrow_dictionaries, dictionary_count)) != 0 &&
      FB(Footer_dictionaries_add)(b, dictionaries) == 0 &&
      (batches = blocks(b, borrow_batches, batch_count)) != 0 &&
      FB(Footer_recordBatches_add)(b, batches) == 0 &&
      (!has_metadata || ((metadata = naj_write_key_values(borrow_flat, borrow_metadata)) != 0 &&
                         FB(Footer_custom_metadata_add)(b, metadata) == 0)))
    root = FB(Footer_end_as_root)(b);
  return naj_flat_end(borrow_flat, root, out_bytes, out_size_bytes, error);
}

/* ------------------------------------------------------------------ batches */

/* A vector of so many zero items; flatcc copies them from its stack. */
static void* zeros(flatcc_builder_t* b, int64_t count) {
  return count > UINT32_MAX ? NULL : flatcc_builder_extend_vector(b, (size_t)count);
}

static FB(RecordBatch_ref_t)
    record_batch(flatcc_builder_t* b, const struct naj_message_shape* shape) {
  FB(FieldNode_vec_ref_t) nodes = 0;
  FB(Buffer_vec_ref_t) buffers = 0;
  FB(BodyCompression_ref_t) compression = 0;
  flatbuffers_int64_vec_ref_t variadic = 0;
  if (FB(FieldNode_vec_start)(b) || zeros(b, shape->node_count) == NULL ||
      (nodes = FB(FieldNode_vec_end)(b)) == 0)
    return 0;
  if (FB(Buffer_vec_start)(b) || zeros(b, shape->buffer_count) == NULL ||
      (buffers = FB(Buffer_vec_end)(b)) == 0)
    return 0;
  if (shape->variadic_count > 0 &&
      (flatbuffers_int64_vec_start(b) || zeros(b, shape->variadic_count) == NULL ||
       (variadic = flatbuffers_int64_vec_end(b)) == 0))
    return 0;
  if (shape->codec >= 0 &&
      (compression = FB(BodyCompression_create)(b, (FB(CompressionType_enum_t))shape->codec,
                                                FB(BodyCompressionMethod_BUFFER))) == 0)
    return 0;
  if (FB(RecordBatch_start)(b) || FB(RecordBatch_length_force_add)(b, 0) ||
      FB(RecordBatch_nodes_add)(b, nodes) || FB(RecordBatch_buffers_add)(b, buffers) ||
      (compression != 0 && FB(RecordBatch_compression_add)(b, compression)) ||
      (variadic != 0 && FB(RecordBatch_variadicBufferCounts_add)(b, variadic)))
    return 0;
  return FB(RecordBatch_end)(b);
}

static int add_header(flatcc_builder_t* b, const struct naj_message_shape* shape) {
  const FB(RecordBatch_ref_t) batch = record_batch(b, shape);
  if (batch == 0) return -1;
  if (!shape->is_dictionary) return FB(Message_header_RecordBatch_add)(b, batch);
  if (FB(DictionaryBatch_start)(b) || FB(DictionaryBatch_id_add)(b, shape->dictionary_id) ||
      FB(DictionaryBatch_data_add)(b, batch) ||
      FB(DictionaryBatch_isDelta_add)(b, shape->is_delta != 0))
    return -1;
  return FB(Message_header_DictionaryBatch_add)(b, FB(DictionaryBatch_end)(b));
}

static flatbuffers_ref_t message(struct naj_flat* flat, const struct naj_message_shape* shape) {
  flatcc_builder_t* b = &flat->builder;
  if (naj_flat_start(flat) || FB(Message_start_as_root)(b) ||
      FB(Message_version_add)(b, (FB(MetadataVersion_enum_t))shape->metadata_version) ||
      FB(Message_bodyLength_force_add)(b, 0) || add_header(b, shape))
    return 0;
  if (shape->metadata_bytes > 0) {
    const FB(KeyValue_vec_ref_t) metadata = naj_write_key_values(flat, shape->metadata);
    if (metadata == 0 || FB(Message_custom_metadata_add)(b, metadata)) return 0;
  }
  return FB(Message_end_as_root)(b);
}

/* Finds the places of a batch's numbers in the message. */
static void find_places(struct naj_message_template* t) {
  const struct naj_message_shape* shape = &t->shape;
  FB(Message_table_t) root = FB(Message_as_root)(t->bytes);
  FB(RecordBatch_table_t)
  batch = shape->is_dictionary ? FB(DictionaryBatch_data)(FB(Message_header)(root))
                               : FB(Message_header)(root);
  t->body_bytes_offset = (const uint8_t*)FB(Message_bodyLength_get_ptr)(root) - t->bytes;
  t->row_count_offset = (const uint8_t*)FB(RecordBatch_length_get_ptr)(batch) - t->bytes;
  const void* vectors[NAJ_HOLE_COUNT] = {FB(RecordBatch_nodes)(batch),
                                         FB(RecordBatch_buffers)(batch),
                                         FB(RecordBatch_variadicBufferCounts)(batch)};
  const int64_t sizes[NAJ_HOLE_COUNT] = {
      shape->node_count * (int64_t)sizeof(struct naj_table_node),
      shape->buffer_count * (int64_t)sizeof(struct naj_table_buffer),
      shape->variadic_count * (int64_t)sizeof(int64_t)};
  for (int i = 0; i < NAJ_HOLE_COUNT; i++) {
    t->holes[i].size_bytes = sizes[i];
    t->holes[i].offset = sizes[i] == 0 ? 0 : (const uint8_t*)vectors[i] - t->bytes;
  }
  /* From hole to hole, in the order in which they lie. */
  int64_t at = 0;
  for (int i = 0; i < NAJ_HOLE_COUNT; i++) {
    int next = -1;
    for (int k = 0; k < NAJ_HOLE_COUNT; k++)
      if (t->holes[k].size_bytes > 0 && t->holes[k].offset >= at &&
          (next < 0 || t->holes[k].offset < t->holes[next].offset))
        next = k;
    t->fixed[i].offset = at;
    t->fixed[i].size_bytes = next < 0 ? 0 : t->holes[next].offset - at;
    if (next >= 0) at = t->holes[next].offset + t->holes[next].size_bytes;
  }
  t->fixed[NAJ_HOLE_COUNT].offset = at;
  t->fixed[NAJ_HOLE_COUNT].size_bytes = t->size_bytes - at;
}

static int same_shape(const struct naj_message_shape* a, const struct naj_message_shape* b) {
  return a->node_count == b->node_count && a->buffer_count == b->buffer_count &&
         a->variadic_count == b->variadic_count && a->metadata_version == b->metadata_version &&
         a->codec == b->codec && a->is_dictionary == b->is_dictionary &&
         a->is_delta == b->is_delta && a->dictionary_id == b->dictionary_id &&
         a->metadata_bytes == b->metadata_bytes &&
         (a->metadata_bytes == 0 ||
          memcmp(a->metadata, b->metadata, (size_t)a->metadata_bytes) == 0);
}

naj_status naj_message_template_set(struct naj_message_template* borrow_template,
                                    struct naj_flat* borrow_flat,
                                    const struct naj_message_shape* borrow_shape,
                                    struct naj_error* error) {
  struct naj_message_template* t = borrow_template;
  if (t->bytes != NULL && same_shape(&t->shape, borrow_shape)) return NAJ_OK;
  const uint8_t* bytes = NULL;
  int64_t size_bytes = 0;
  NAJ_TRY(
      naj_flat_end(borrow_flat, message(borrow_flat, borrow_shape), &bytes, &size_bytes, error));
  naj_message_template_free(t);
  /* One block: the message, then the metadata that it was made of. */
  const int64_t metadata_offset = (size_bytes + 7) / 8 * 8;
  t->bytes = naj_alloc(metadata_offset + borrow_shape->metadata_bytes);
  if (t->bytes == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for metadata");
  memcpy(t->bytes, bytes, (size_t)size_bytes);
  t->size_bytes = size_bytes;
  t->shape = *borrow_shape;
  if (borrow_shape->metadata_bytes > 0) {
    memcpy(t->bytes + metadata_offset, borrow_shape->metadata,
           (size_t)borrow_shape->metadata_bytes);
    t->shape.metadata = t->bytes + metadata_offset;
  }
  find_places(t);
  return NAJ_OK;
}

void naj_message_template_free(struct naj_message_template* message_template) {
  naj_free(message_template->bytes);
  memset(message_template, 0, sizeof *message_template);
}

void naj_message_template_copy(const struct naj_message_template* borrow_template,
                               int64_t row_count, int64_t body_bytes, uint8_t* out_message) {
  for (int i = 0; i <= NAJ_HOLE_COUNT; i++) {
    const struct naj_message_hole* fixed = &borrow_template->fixed[i];
    if (fixed->size_bytes > 0)
      memcpy(out_message + fixed->offset, borrow_template->bytes + fixed->offset,
             (size_t)fixed->size_bytes);
  }
  memcpy(out_message + borrow_template->row_count_offset, &row_count, sizeof row_count);
  memcpy(out_message + borrow_template->body_bytes_offset, &body_bytes, sizeof body_bytes);
}
