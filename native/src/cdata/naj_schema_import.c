#include <string.h>

#include "cdata/naj_schema_format.h"
#include "nanoarrow/nanoarrow.h"
#include "schema/naj_schema_build.h"

enum { COUNT_BYTES = 4, V5 = 4 };

static naj_status refuse(const struct naj_schema_builder* builder, int32_t index,
                         const char* reason, struct naj_error* error) {
  return naj_schema_build_refuse(builder, index, NAJ_INVALID_DATA, error, "C schema: %s", reason);
}

/* Metadata carries no size of its own: counts are believed where they are not negative. */
static int metadata_size(const char* metadata, int64_t* out_size) {
  *out_size = 0;
  if (metadata == NULL) return 1;
  int32_t pair_count;
  memcpy(&pair_count, metadata, COUNT_BYTES);
  if (pair_count < 0) return 0;
  int64_t at = COUNT_BYTES;
  for (int64_t i = 0; i < 2 * (int64_t)pair_count; i++) {
    int32_t text_size;
    memcpy(&text_size, metadata + at, COUNT_BYTES);
    if (text_size < 0) return 0;
    at += COUNT_BYTES + (int64_t)text_size;
  }
  *out_size = pair_count == 0 ? 0 : at;
  return 1;
}

static naj_status put_metadata(struct naj_schema_builder* builder, const char* metadata,
                               int32_t index, int64_t* out_offset, int64_t* out_size,
                               struct naj_error* error) {
  int64_t size;
  if (!metadata_size(metadata, &size)) {
    return refuse(builder, index, "metadata with a negative count", error);
  }
  if (size == 0) return NAJ_OK;
  int64_t offset;
  NAJ_TRY(naj_schema_build_bytes(builder, size, &offset, error));
  memcpy(builder->bytes + offset, metadata, (size_t)size);
  *out_offset = offset;
  *out_size = size;
  return NAJ_OK;
}

static naj_status put_extra(struct naj_schema_builder* builder, int32_t index, const void* extra,
                            int64_t size, struct naj_error* error) {
  if (size == 0) return NAJ_OK;
  int64_t offset;
  NAJ_TRY(naj_schema_build_bytes(builder, size, &offset, error));
  memcpy(builder->bytes + offset, extra, (size_t)size);
  builder->fields[index].extra_offset = offset;
  builder->fields[index].extra_size = size;
  return NAJ_OK;
}

static naj_status check_struct(const struct naj_schema_builder* builder, int32_t index,
                               const struct ArrowSchema* c_schema, struct naj_error* error) {
  if (c_schema->release == NULL) {
    return naj_schema_build_refuse(builder, index, NAJ_MISUSE, error,
                                   "C schema: a part of it is already released");
  }
  if (c_schema->n_children < 0 || (c_schema->n_children > 0 && c_schema->children == NULL)) {
    return refuse(builder, index, "children that are not there", error);
  }
  return NAJ_OK;
}

static naj_status parse_format(const struct naj_schema_builder* builder, int32_t index,
                               const struct ArrowSchema* c_schema, struct naj_format* out_format,
                               struct naj_error* error) {
  const char* reason;
  naj_status status = naj_format_parse(c_schema->format, out_format, &reason);
  if (status == NAJ_OK) return NAJ_OK;
  return naj_schema_build_refuse(builder, index, status, error, "C schema: %s", reason);
}

/* The index type of `outer`, whose values' schema is outer->dictionary. Ids count in pre-order. */
static naj_status put_dictionary(struct naj_schema_builder* builder, int32_t index,
                                 const struct ArrowSchema* outer, int64_t* next_dictionary_id,
                                 struct naj_error* error) {
  NAJ_TRY(check_struct(builder, index, outer->dictionary, error));
  struct naj_format format;
  NAJ_TRY(parse_format(builder, index, outer, &format, error));
  if (format.type < NAJ_TYPE_INT8 || format.type > NAJ_TYPE_UINT64 || outer->n_children != 0) {
    return refuse(builder, index, "dictionary indices that are not integers", error);
  }
  if (outer->dictionary->dictionary != NULL) {
    return naj_schema_build_refuse(builder, index, NAJ_UNSUPPORTED, error,
                                   "C schema: a dictionary of a dictionary");
  }
  struct naj_field_record* field = &builder->fields[index];
  field->flags |= NAJ_FIELD_DICTIONARY;
  if (outer->flags & ARROW_FLAG_DICTIONARY_ORDERED) field->flags |= NAJ_FIELD_DICTIONARY_ORDERED;
  field->index_type = format.type;
  field->dictionary_id = (*next_dictionary_id)++;
  return NAJ_OK;
}

static naj_status put_type(struct naj_schema_builder* builder, int32_t index,
                           const struct ArrowSchema* values, struct naj_error* error) {
  struct naj_format format;
  NAJ_TRY(parse_format(builder, index, values, &format, error));
  struct naj_field_record* field = &builder->fields[index];
  field->type = format.type;
  field->param0 = format.param0;
  field->param1 = format.param1;
  field->param2 = format.param2;
  if (format.type == NAJ_TYPE_MAP && (values->flags & ARROW_FLAG_MAP_KEYS_SORTED)) {
    field->flags |= NAJ_FIELD_KEYS_SORTED;
  }
  NAJ_TRY(put_extra(builder, index, format.zone, format.zone_size, error));
  return put_extra(builder, index, format.union_ids,
                   (int64_t)sizeof format.union_ids[0] * format.union_id_count, error);
}

/* The depth is bounded by the builder's limits, so is the recursion. */
static naj_status import_field(struct naj_schema_builder* builder,
                               const struct ArrowSchema* c_schema, int32_t parent, int32_t depth,
                               int64_t* next_dictionary_id, struct naj_error* error) {
  if (c_schema == NULL) return refuse(builder, parent, "children that are not there", error);
  const char* name = c_schema->name == NULL ? "" : c_schema->name;
  int32_t index;
  NAJ_TRY(
      naj_schema_build_field(builder, parent, depth, name, (int64_t)strlen(name), &index, error));
  NAJ_TRY(check_struct(builder, index, c_schema, error));
  if (c_schema->flags & ARROW_FLAG_NULLABLE) builder->fields[index].flags |= NAJ_FIELD_NULLABLE;
  const struct ArrowSchema* values = c_schema;
  const char* metadata = c_schema->metadata;
  if (c_schema->dictionary != NULL) {
    NAJ_TRY(put_dictionary(builder, index, c_schema, next_dictionary_id, error));
    values = c_schema->dictionary;
    /* An extension type of the values alone has its name there. */
    if (metadata == NULL) metadata = values->metadata;
  }
  NAJ_TRY(put_type(builder, index, values, error));
  NAJ_TRY(put_metadata(builder, metadata, index, &builder->fields[index].metadata_offset,
                       &builder->fields[index].metadata_size, error));
  for (int64_t i = 0; i < values->n_children; i++) {
    NAJ_TRY(
        import_field(builder, values->children[i], index, depth + 1, next_dictionary_id, error));
  }
  return NAJ_OK;
}

static naj_status import_root(struct naj_schema_builder* builder,
                              const struct ArrowSchema* c_schema, struct naj_schema** out_schema,
                              struct naj_error* error) {
  int64_t next_dictionary_id = 0;
  NAJ_TRY(check_struct(builder, -1, c_schema, error));
  struct naj_format format;
  NAJ_TRY(parse_format(builder, -1, c_schema, &format, error));
  if (format.type != NAJ_TYPE_STRUCT || c_schema->dictionary != NULL) {
    builder->header.root_is_column = 1;
    NAJ_TRY(import_field(builder, c_schema, -1, 0, &next_dictionary_id, error));
  } else {
    NAJ_TRY(put_metadata(builder, c_schema->metadata, -1, &builder->header.metadata_offset,
                         &builder->header.metadata_size, error));
    for (int64_t i = 0; i < c_schema->n_children; i++) {
      NAJ_TRY(import_field(builder, c_schema->children[i], -1, 0, &next_dictionary_id, error));
    }
  }
  return naj_schema_build_finish(builder, out_schema, error);
}

naj_status naj_schema_import(const struct ArrowSchema* borrow_c_schema,
                             const struct naj_limits* borrow_limits, struct naj_schema** out_schema,
                             struct naj_error* error) {
  if (borrow_c_schema == NULL) return naj_error_set(error, NAJ_MISUSE, -1, "no C schema");
  struct naj_schema_builder builder;
  NAJ_TRY(naj_schema_build_init(&builder, -1, borrow_limits, error));
  builder.header.metadata_version = V5;
  const uint16_t one = 1;
  uint8_t first_byte;
  memcpy(&first_byte, &one, 1);
  builder.header.big_endian = first_byte == 0; /* buffers are in native order */
  naj_status status = import_root(&builder, borrow_c_schema, out_schema, error);
  naj_schema_build_reset(&builder);
  return status;
}
