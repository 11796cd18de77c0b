#include "schema/naj_schema.h"

#include <string.h>

#include "batch/naj_plan.h"
#include "core/naj_alloc.h"
#include "core/naj_limits.h"
#include "core/naj_status.h"
#include "schema/naj_dictionaries.h"
#include "schema/naj_schema_check.h"

static void schema_free(struct naj_schema* schema) {
  naj_dictionaries_free(schema->dictionaries);
  if (schema->plan != NULL) naj_plan_free(schema->plan);
  naj_free(schema->subtree_end);
  naj_free(schema->descriptor);
  naj_free(schema);
}

static naj_status create(uint8_t* take_descriptor, int64_t size_bytes, int64_t input_offset,
                         const struct naj_limits* borrow_limits, int has_dictionaries,
                         struct naj_schema** out_schema, struct naj_error* error) {
  struct naj_schema* schema = naj_alloc_zeroed(1, (int64_t)sizeof *schema);
  if (schema == NULL) {
    return naj_error_set(error, NAJ_NO_MEMORY, input_offset, "out of memory for a schema");
  }
  atomic_init(&schema->references, 1);
  schema->descriptor = take_descriptor;
  naj_status status = naj_schema_check(schema, size_bytes, input_offset, borrow_limits, error);
  if (status == NAJ_OK) {
    status = naj_plan_create(schema, schema->header->metadata_version, &schema->plan, error);
  }
  if (status == NAJ_OK && has_dictionaries) {
    status =
        naj_dictionaries_create(schema, input_offset, borrow_limits, &schema->dictionaries, error);
  }
  if (status != NAJ_OK) {
    schema->descriptor = NULL;
    schema_free(schema);
    return status;
  }
  struct naj_schema_header* header = (struct naj_schema_header*)take_descriptor;
  header->node_count = schema->plan->node_count;
  header->buffer_count = schema->plan->buffer_count;
  *out_schema = schema;
  return NAJ_OK;
}

naj_status naj_schema_create(uint8_t* take_descriptor, int64_t size_bytes, int64_t input_offset,
                             const struct naj_limits* borrow_limits, struct naj_schema** out_schema,
                             struct naj_error* error) {
  return create(take_descriptor, size_bytes, input_offset, borrow_limits, 1, out_schema, error);
}

naj_status naj_schema_create_values(uint8_t* take_descriptor, int64_t size_bytes,
                                    int64_t input_offset, const struct naj_limits* borrow_limits,
                                    struct naj_schema** out_schema, struct naj_error* error) {
  return create(take_descriptor, size_bytes, input_offset, borrow_limits, 0, out_schema, error);
}

naj_status naj_schema_from_descriptor(const void* borrow_descriptor, int64_t size_bytes,
                                      const struct naj_limits* borrow_limits,
                                      struct naj_schema** out_schema, struct naj_error* error) {
  struct naj_limits limits;
  NAJ_TRY(naj_limits_resolve(borrow_limits, &limits, error));
  if (borrow_descriptor == NULL || size_bytes < (int64_t)sizeof(struct naj_schema_header)) {
    return naj_error_set(error, NAJ_INVALID_DATA, -1, "a descriptor of %lld bytes is too short",
                         (long long)size_bytes);
  }
  uint8_t* copy = naj_alloc(size_bytes);
  if (copy == NULL) {
    return naj_error_set(error, NAJ_NO_MEMORY, -1, "out of memory for %lld bytes",
                         (long long)size_bytes);
  }
  memcpy(copy, borrow_descriptor, (size_t)size_bytes);
  naj_status status = naj_schema_create(copy, size_bytes, -1, &limits, out_schema, error);
  if (status != NAJ_OK) naj_free(copy);
  return status;
}

void naj_schema_retain(struct naj_schema* borrow_schema) {
  atomic_fetch_add_explicit(&borrow_schema->references, 1, memory_order_relaxed);
}

void naj_schema_release(struct naj_schema* schema) {
  if (schema == NULL) return;
  if (atomic_fetch_sub_explicit(&schema->references, 1, memory_order_acq_rel) == 1) {
    schema_free(schema);
  }
}

const struct naj_schema_header* naj_schema_descriptor(const struct naj_schema* borrow_schema) {
  return borrow_schema->header;
}

/* ------------------------------------------------------------------ paths */

struct path_writer {
  char* path;
  int64_t capacity; /* without the terminator */
  int64_t size;
};

/* Appends `size` bytes or nothing. */
static int put(struct path_writer* writer, const char* bytes, int64_t size) {
  if (size > writer->capacity - writer->size) return 0;
  memcpy(writer->path + writer->size, bytes, (size_t)size);
  writer->size += size;
  return 1;
}

/* Bytes of the UTF-8 character that `bytes` begins with; a stray byte counts as one character. */
static int64_t character_size(const char* bytes, int64_t available) {
  int64_t size = 1;
  while (size < available && ((unsigned char)bytes[size] & 0xC0u) == 0x80u && size < 4) size++;
  return size;
}

static int put_name(struct path_writer* writer, const char* name, int64_t size) {
  for (int64_t at = 0; at < size;) {
    int64_t step = name[at] == '\0' ? 1 : character_size(name + at, size - at);
    char escaped[5] = "\\";
    int is_escaped = name[at] == '.' || name[at] == '\\';
    memcpy(escaped + 1, name[at] == '\0' ? "?" : name + at, (size_t)step);
    if (!put(writer, is_escaped ? escaped : escaped + 1, step + is_escaped)) return 0;
    at += step;
  }
  return 1;
}

void naj_schema_path_of(const struct naj_field_record* borrow_fields, const int32_t* borrow_parent,
                        const uint8_t* borrow_bytes, int32_t field_index, char* out_path,
                        int64_t path_bytes) {
  if (path_bytes <= 0) return;
  int32_t chain[NAJ_SCHEMA_MAX_DEPTH];
  int32_t depth = 0;
  for (int32_t at = field_index; at >= 0 && depth < NAJ_SCHEMA_MAX_DEPTH; at = borrow_parent[at]) {
    chain[depth++] = at;
  }
  struct path_writer writer = {out_path, path_bytes - 1, 0};
  while (depth-- > 0) {
    const struct naj_field_record* field = &borrow_fields[chain[depth]];
    const char* name = field->name_size > 0 ? (const char*)borrow_bytes + field->name_offset : "";
    if (!put_name(&writer, name, field->name_size)) break;
    if (depth > 0 && !put(&writer, ".", 1)) break;
  }
  out_path[writer.size] = '\0';
}

void naj_schema_path(const struct naj_schema* borrow_schema, int32_t field_index, char* out_path,
                     int64_t path_bytes) {
  naj_schema_path_of(borrow_schema->fields, borrow_schema->parent, borrow_schema->descriptor,
                     field_index, out_path, path_bytes);
}
