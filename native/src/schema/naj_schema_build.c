#include "schema/naj_schema_build.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_limits.h"

enum { FIRST_FIELDS = 16, FIRST_BYTES = 512, ALIGNMENT = 8, EXTRA_ALIGNMENT = 4 };

static naj_status no_memory(const struct naj_schema_builder* builder, struct naj_error* error) {
  return naj_error_set(error, NAJ_NO_MEMORY, builder->input_offset, "out of memory for a schema");
}

naj_status naj_schema_build_init(struct naj_schema_builder* out_builder, int64_t input_offset,
                                 const struct naj_limits* borrow_limits, struct naj_error* error) {
  struct naj_limits limits;
  NAJ_TRY(naj_limits_resolve(borrow_limits, &limits, error));
  if (limits.max_depth > NAJ_SCHEMA_MAX_DEPTH) limits.max_depth = NAJ_SCHEMA_MAX_DEPTH;
  memset(out_builder, 0, sizeof *out_builder);
  out_builder->limits = limits;
  out_builder->input_offset = input_offset;
  out_builder->header.version = NAJ_DESCRIPTOR_VERSION;
  return NAJ_OK;
}

void naj_schema_build_reset(struct naj_schema_builder* builder) {
  naj_free(builder->fields);
  naj_free(builder->parent);
  naj_free(builder->bytes);
  memset(builder, 0, sizeof *builder);
}

static naj_status reserve_field(struct naj_schema_builder* builder, struct naj_error* error) {
  if (builder->field_count < builder->field_capacity) return NAJ_OK;
  int64_t capacity =
      builder->field_capacity == 0 ? FIRST_FIELDS : 2 * (int64_t)builder->field_capacity;
  if (capacity > INT32_MAX) capacity = INT32_MAX;
  void* fields = naj_realloc(builder->fields, capacity * (int64_t)sizeof *builder->fields);
  if (fields == NULL) return no_memory(builder, error);
  builder->fields = fields;
  void* parent = naj_realloc(builder->parent, capacity * (int64_t)sizeof *builder->parent);
  if (parent == NULL) return no_memory(builder, error);
  builder->parent = parent;
  builder->field_capacity = (int32_t)capacity;
  return NAJ_OK;
}

naj_status naj_schema_build_bytes(struct naj_schema_builder* builder, int64_t size_bytes,
                                  int64_t* out_offset, struct naj_error* error) {
  int64_t offset = (builder->bytes_size + EXTRA_ALIGNMENT - 1) / EXTRA_ALIGNMENT * EXTRA_ALIGNMENT;
  int64_t end;
  if (size_bytes < 0 || !naj_checked_add(offset, size_bytes, &end) || end > INT64_MAX / 4) {
    return no_memory(builder, error);
  }
  if (end > builder->bytes_capacity) {
    int64_t capacity = builder->bytes_capacity == 0 ? FIRST_BYTES : builder->bytes_capacity;
    while (capacity < end) capacity *= 2;
    void* bytes = naj_realloc(builder->bytes, capacity);
    if (bytes == NULL) return no_memory(builder, error);
    builder->bytes = bytes;
    builder->bytes_capacity = capacity;
  }
  if (offset > builder->bytes_size) {
    memset(builder->bytes + builder->bytes_size, 0, (size_t)(offset - builder->bytes_size));
  }
  builder->bytes_size = end;
  *out_offset = offset;
  return NAJ_OK;
}

naj_status naj_schema_build_field(struct naj_schema_builder* builder, int32_t parent, int32_t depth,
                                  const char* borrow_name, int64_t name_size, int32_t* out_index,
                                  struct naj_error* error) {
  if (builder->field_count >= builder->limits.max_fields) {
    return naj_error_set(error, NAJ_LIMIT_EXCEEDED, builder->input_offset,
                         "schema: more than %d fields", (int)builder->limits.max_fields);
  }
  if (depth >= builder->limits.max_depth) {
    return naj_schema_build_refuse(builder, parent, NAJ_LIMIT_EXCEEDED, error,
                                   "fields are nested more than %d deep",
                                   (int)builder->limits.max_depth);
  }
  if (name_size > INT32_MAX) {
    return naj_error_set(error, NAJ_LIMIT_EXCEEDED, builder->input_offset,
                         "a field name of more than 2^31-1 bytes");
  }
  NAJ_TRY(reserve_field(builder, error));
  int64_t name_offset;
  NAJ_TRY(naj_schema_build_bytes(builder, name_size, &name_offset, error));
  if (name_size > 0) memcpy(builder->bytes + name_offset, borrow_name, (size_t)name_size);
  int32_t index = builder->field_count++;
  struct naj_field_record* field = &builder->fields[index];
  memset(field, 0, sizeof *field);
  field->name_offset = name_offset;
  field->name_size = (int32_t)name_size;
  builder->parent[index] = parent;
  if (parent < 0) {
    builder->header.column_count++;
  } else {
    builder->fields[parent].child_count++;
  }
  *out_index = index;
  return NAJ_OK;
}

naj_status naj_schema_build_refuse(const struct naj_schema_builder* borrow_builder, int32_t index,
                                   naj_status status, struct naj_error* error, const char* format,
                                   ...) {
  if (error == NULL) return status;
  char text[sizeof error->text];
  va_list arguments;
  va_start(arguments, format);
  int written = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  naj_error_set(error, status, borrow_builder->input_offset, "%s", written < 0 ? "" : text);
  if (index >= 0) {
    char path[sizeof error->path];
    naj_schema_path_of(borrow_builder->fields, borrow_builder->parent, borrow_builder->bytes, index,
                       path, (int64_t)sizeof path);
    naj_error_set_path(error, path);
  }
  return status;
}

/* Offsets of empty parts become 0, others count from the start of the block from now on. */
static void move_offset(int64_t* offset, int64_t size, int64_t distance) {
  *offset = size == 0 ? 0 : *offset + distance;
}

naj_status naj_schema_build_finish(struct naj_schema_builder* builder,
                                   struct naj_schema** out_schema, struct naj_error* error) {
  int64_t records_bytes = (int64_t)builder->field_count * (int64_t)sizeof *builder->fields;
  int64_t bytes_offset = (int64_t)sizeof builder->header + records_bytes;
  int64_t size = (bytes_offset + builder->bytes_size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  for (int32_t i = 0; i < builder->field_count; i++) {
    struct naj_field_record* field = &builder->fields[i];
    move_offset(&field->name_offset, field->name_size, bytes_offset);
    move_offset(&field->metadata_offset, field->metadata_size, bytes_offset);
    move_offset(&field->extra_offset, field->extra_size, bytes_offset);
  }
  move_offset(&builder->header.metadata_offset, builder->header.metadata_size, bytes_offset);
  builder->header.field_count = builder->field_count;
  builder->header.total_size = size;
  uint8_t* block = naj_alloc_zeroed(1, size);
  if (block == NULL) return no_memory(builder, error);
  memcpy(block, &builder->header, sizeof builder->header);
  if (records_bytes > 0) {
    memcpy(block + sizeof builder->header, builder->fields, (size_t)records_bytes);
  }
  if (builder->bytes_size > 0) {
    memcpy(block + bytes_offset, builder->bytes, (size_t)builder->bytes_size);
  }
  naj_status status =
      naj_schema_create(block, size, builder->input_offset, &builder->limits, out_schema, error);
  if (status != NAJ_OK) naj_free(block);
  return status;
}
