#include "write/naj_write_schema.h"

#include <string.h>

#include "core/naj_alloc.h"

/* Reads the next int32 of metadata and moves on. */
static int32_t next_count(const uint8_t** at) {
  int32_t count;
  memcpy(&count, *at, sizeof count);
  *at += sizeof count;
  return count;
}

static flatbuffers_string_ref_t next_text(flatcc_builder_t* b, const uint8_t** at) {
  const int32_t size = next_count(at);
  const char* text = (const char*)*at;
  *at += size;
  return flatbuffers_string_create(b, text, (size_t)size);
}

FB(KeyValue_vec_ref_t)
naj_write_key_values(struct naj_flat* borrow_flat, const void* borrow_metadata) {
  flatcc_builder_t* b = &borrow_flat->builder;
  const uint8_t* at = borrow_metadata;
  const int32_t count = next_count(&at);
  if (FB(KeyValue_vec_start)(b)) return 0;
  for (int32_t i = 0; i < count; i++) {
    const flatbuffers_string_ref_t key = next_text(b, &at);
    if (key == 0) return 0;
    const flatbuffers_string_ref_t value = next_text(b, &at);
    if (value == 0) return 0;
    if (FB(KeyValue_vec_push_create)(b, key, value) == NULL) return 0;
  }
  return FB(KeyValue_vec_end)(b);
}

static FB(DictionaryEncoding_ref_t)
    dictionary(struct naj_flat* flat, const struct naj_field_record* field) {
  flatcc_builder_t* b = &flat->builder;
  const FB(Int_ref_t) index_type = naj_write_integer(flat, field->index_type);
  if (index_type == 0) return 0;
  return FB(DictionaryEncoding_create)(b, field->dictionary_id, index_type,
                                       (field->flags & NAJ_FIELD_DICTIONARY_ORDERED) != 0,
                                       FB(DictionaryKind_DenseArray));
}

/* The children of a field, or (-1) the columns: fields that `refs` knows already. */
static FB(Field_vec_ref_t) children(struct naj_flat* flat, const struct naj_schema* schema,
                                    int32_t parent, const FB(Field_ref_t) * refs) {
  flatcc_builder_t* b = &flat->builder;
  const int32_t end = parent < 0 ? schema->header->field_count : schema->subtree_end[parent];
  if (FB(Field_vec_start)(b)) return 0;
  for (int32_t i = parent + 1; i < end; i = schema->subtree_end[i])
    if (FB(Field_vec_push)(b, refs[i]) == NULL) return 0;
  return FB(Field_vec_end)(b);
}

static FB(Field_ref_t) field_of(struct naj_flat* flat, const struct naj_schema* schema,
                                int32_t index, const FB(Field_ref_t) * refs) {
  flatcc_builder_t* b = &flat->builder;
  const struct naj_field_record* field = &schema->fields[index];
  const int has_dictionary = (field->flags & NAJ_FIELD_DICTIONARY) != 0;
  const int has_metadata = field->metadata_size > 0;
  const flatbuffers_string_ref_t name = flatbuffers_string_create(
      b, (const char*)schema->descriptor + field->name_offset, (size_t)field->name_size);
  if (name == 0) return 0;
  const FB(DictionaryEncoding_ref_t) encoding = has_dictionary ? dictionary(flat, field) : 0;
  if (has_dictionary && encoding == 0) return 0;
  /* Always there, if empty: some readers ask for it. */
  const FB(Field_vec_ref_t) below = children(flat, schema, index, refs);
  if (below == 0) return 0;
  const FB(KeyValue_vec_ref_t) metadata =
      has_metadata ? naj_write_key_values(flat, schema->descriptor + field->metadata_offset) : 0;
  if (has_metadata && metadata == 0) return 0;
  if (FB(Field_start)(b) || FB(Field_name_add)(b, name) ||
      FB(Field_nullable_add)(b, (field->flags & NAJ_FIELD_NULLABLE) != 0) ||
      naj_write_type(flat, schema, field) ||
      (has_dictionary && FB(Field_dictionary_add)(b, encoding)) ||
      FB(Field_children_add)(b, below) ||
      (has_metadata && FB(Field_custom_metadata_add)(b, metadata)))
    return 0;
  return FB(Field_end)(b);
}

/* Backwards: children come before their parent. */
static FB(Schema_ref_t)
    schema_of(struct naj_flat* flat, const struct naj_schema* schema, FB(Field_ref_t) * refs) {
  flatcc_builder_t* b = &flat->builder;
  const struct naj_schema_header* header = schema->header;
  for (int32_t i = header->field_count - 1; i >= 0; i--) {
    refs[i] = field_of(flat, schema, i, refs);
    if (refs[i] == 0) return 0;
  }
  const FB(Field_vec_ref_t) columns = children(flat, schema, -1, refs);
  if (columns == 0) return 0;
  const int has_metadata = header->metadata_size > 0;
  const FB(KeyValue_vec_ref_t) metadata =
      has_metadata ? naj_write_key_values(flat, schema->descriptor + header->metadata_offset) : 0;
  if (has_metadata && metadata == 0) return 0;
  if (FB(Schema_start)(b) || FB(Schema_endianness_add)(b, FB(Endianness_Little)) ||
      FB(Schema_fields_add)(b, columns) ||
      (has_metadata && FB(Schema_custom_metadata_add)(b, metadata)))
    return 0;
  return FB(Schema_end)(b);
}

FB(Schema_ref_t)
naj_write_schema(struct naj_flat* borrow_flat, const struct naj_schema* borrow_schema) {
  FB(Field_ref_t)* refs =
      naj_alloc_zeroed(borrow_schema->header->field_count, (int64_t)sizeof *refs);
  if (refs == NULL) {
    borrow_flat->is_out_of_memory = 1;
    return 0;
  }
  const FB(Schema_ref_t) schema = schema_of(borrow_flat, borrow_schema, refs);
  naj_free(refs);
  return schema;
}
