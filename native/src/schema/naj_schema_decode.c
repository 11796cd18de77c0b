#include "message/naj_message.h"
#include "nanoarrow/ipc/flatcc_generated.h"
#include "schema/naj_schema_types.h"

#define ns(name) org_apache_arrow_flatbuf_##name

enum { FEATURE_BITS = 63 };

static naj_status put_metadata(struct naj_schema_builder* builder, const void* key_values,
                               int64_t* out_offset, int64_t* out_size, struct naj_error* error) {
  int64_t size;
  NAJ_TRY(naj_key_values_size(key_values, &size, error));
  if (size == 0) return NAJ_OK;
  int64_t offset;
  NAJ_TRY(naj_schema_build_bytes(builder, size, &offset, error));
  NAJ_TRY(naj_key_values_write(key_values, builder->bytes + offset, size, error));
  *out_offset = offset;
  *out_size = size;
  return NAJ_OK;
}

/* The depth is bounded by the builder's limits, so is the recursion; children of a type that has
 * none carry no data in batches and are left out. */
static naj_status decode_field(struct naj_schema_builder* builder, ns(Field_table_t) table,
                               int32_t parent, int32_t depth, struct naj_error* error) {
  flatbuffers_string_t name = ns(Field_name(table));
  int32_t index;
  NAJ_TRY(naj_schema_build_field(builder, parent, depth, name,
                                 (int64_t)flatbuffers_string_len(name), &index, error));
  NAJ_TRY(naj_schema_decode_type(builder, index, table, error));
  NAJ_TRY(naj_schema_decode_dictionary(builder, index, table, error));
  if (ns(Field_nullable(table))) builder->fields[index].flags |= NAJ_FIELD_NULLABLE;
  NAJ_TRY(put_metadata(builder, ns(Field_custom_metadata(table)),
                       &builder->fields[index].metadata_offset,
                       &builder->fields[index].metadata_size, error));
  if (!naj_type_is_nested(builder->fields[index].type)) return NAJ_OK;
  ns(Field_vec_t) children = ns(Field_children(table));
  size_t count = ns(Field_vec_len(children));
  for (size_t i = 0; i < count; i++) {
    NAJ_TRY(decode_field(builder, ns(Field_vec_at(children, i)), index, depth + 1, error));
  }
  return NAJ_OK;
}

static int64_t feature_bits(ns(Feature_vec_t) features) {
  uint64_t bits = 0;
  size_t count = ns(Feature_vec_len(features));
  for (size_t i = 0; i < count; i++) {
    int64_t feature = ns(Feature_vec_at(features, i));
    if (feature >= 0 && feature < FEATURE_BITS) bits |= (uint64_t)1 << feature;
  }
  return (int64_t)bits;
}

static naj_status decode_schema(struct naj_schema_builder* builder, ns(Schema_table_t) table,
                                struct naj_schema** out_schema, struct naj_error* error) {
  int endianness = ns(Schema_endianness(table));
  if (endianness != 0 && endianness != 1) {
    return naj_error_set(error, NAJ_INVALID_DATA, builder->input_offset, "unknown endianness %d",
                         endianness);
  }
  builder->header.big_endian = endianness;
  builder->header.features = feature_bits(ns(Schema_features(table)));
  NAJ_TRY(put_metadata(builder, ns(Schema_custom_metadata(table)), &builder->header.metadata_offset,
                       &builder->header.metadata_size, error));
  ns(Field_vec_t) fields = ns(Schema_fields(table));
  size_t count = ns(Field_vec_len(fields));
  for (size_t i = 0; i < count; i++) {
    NAJ_TRY(decode_field(builder, ns(Field_vec_at(fields, i)), -1, 0, error));
  }
  return naj_schema_build_finish(builder, out_schema, error);
}

naj_status naj_schema_decode(const void* borrow_schema_table, int32_t metadata_version,
                             int64_t input_offset, const struct naj_limits* borrow_limits,
                             struct naj_schema** out_schema, struct naj_error* error) {
  struct naj_schema_builder builder;
  NAJ_TRY(naj_schema_build_init(&builder, input_offset, borrow_limits, error));
  builder.header.metadata_version = metadata_version;
  naj_status status = decode_schema(&builder, borrow_schema_table, out_schema, error);
  naj_schema_build_reset(&builder);
  return status;
}
