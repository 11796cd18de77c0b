#include "schema/naj_schema_check.h"

#include <string.h>

#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_status.h"

enum {
  COUNT_BYTES = 4,
  LOWEST_VERSION = 3 /* V4 */,
  HIGHEST_VERSION = 4 /* V5 */,
  KNOWN_FLAGS = NAJ_FIELD_NULLABLE | NAJ_FIELD_DICTIONARY | NAJ_FIELD_DICTIONARY_ORDERED |
                NAJ_FIELD_KEYS_SORTED,
  UNION_IDS = 128
};

struct check {
  struct naj_schema* schema;
  int64_t input_offset;
  const struct naj_limits* limits;
  struct naj_error* error;
};

static naj_status refuse_schema(const struct check* check, const char* reason) {
  return naj_error_set(check->error, NAJ_INVALID_DATA, check->input_offset, "schema: %s", reason);
}

static naj_status refuse_field(const struct check* check, int32_t index, naj_status status,
                               const char* reason) {
  naj_error_set(check->error, status, check->input_offset, "%s", reason);
  if (check->error != NULL) {
    char path[sizeof check->error->path];
    naj_schema_path(check->schema, index, path, (int64_t)sizeof path);
    naj_error_set_path(check->error, path);
  }
  return status;
}

static int32_t read_count(const uint8_t* bytes) {
  int32_t value;
  memcpy(&value, bytes, COUNT_BYTES);
  return value;
}

int naj_metadata_is_valid(const uint8_t* borrow_bytes, int64_t size_bytes) {
  if (size_bytes == 0) return 1;
  if (size_bytes < COUNT_BYTES) return 0;
  int32_t count = read_count(borrow_bytes);
  int64_t at = COUNT_BYTES;
  if (count < 0) return 0;
  for (int64_t i = 0; i < 2 * (int64_t)count; i++) {
    if (size_bytes - at < COUNT_BYTES) return 0;
    int32_t text_size = read_count(borrow_bytes + at);
    at += COUNT_BYTES;
    if (text_size < 0 || text_size > size_bytes - at) return 0;
    at += text_size;
  }
  return at == size_bytes;
}

/* The header, and that all records lie within the block. */
static naj_status check_header(const struct check* check, int64_t size_bytes) {
  const struct naj_schema_header* header = check->schema->header;
  int64_t after_header = size_bytes - (int64_t)sizeof *header;
  if (header->version != NAJ_DESCRIPTOR_VERSION) return refuse_schema(check, "unknown version");
  if (header->total_size != size_bytes) return refuse_schema(check, "wrong total size");
  if (header->field_count < 0 || header->column_count < 0 ||
      header->column_count > header->field_count ||
      (int64_t)header->field_count > after_header / (int64_t)sizeof(struct naj_field_record)) {
    return refuse_schema(check, "impossible number of fields");
  }
  if (header->field_count > check->limits->max_fields) {
    return naj_error_set(check->error, NAJ_LIMIT_EXCEEDED, check->input_offset,
                         "schema: %d fields are above the limit of %d", (int)header->field_count,
                         (int)check->limits->max_fields);
  }
  if (header->big_endian != 0 && header->big_endian != 1) {
    return refuse_schema(check, "unknown endianness");
  }
  if (header->metadata_version < LOWEST_VERSION || header->metadata_version > HIGHEST_VERSION) {
    return refuse_schema(check, "unknown metadata version");
  }
  if (header->root_is_column != 0 && (header->root_is_column != 1 || header->column_count != 1)) {
    return refuse_schema(check, "a root that is a column goes with one column");
  }
  if (!naj_range_within(header->metadata_offset, header->metadata_size, size_bytes) ||
      !naj_metadata_is_valid(check->schema->descriptor + header->metadata_offset,
                             header->metadata_size)) {
    return refuse_schema(check, "broken metadata");
  }
  return NAJ_OK;
}

/* After this the bytes that records name can be read. */
static naj_status check_ranges(const struct check* check, int64_t size_bytes) {
  for (int32_t i = 0; i < check->schema->header->field_count; i++) {
    const struct naj_field_record* field = &check->schema->fields[i];
    if (!naj_range_within(field->name_offset, field->name_size, size_bytes) ||
        !naj_range_within(field->metadata_offset, field->metadata_size, size_bytes) ||
        !naj_range_within(field->extra_offset, field->extra_size, size_bytes)) {
      return refuse_schema(check, "a field points outside the descriptor");
    }
  }
  return NAJ_OK;
}

/* Fills parent, depth and subtree_end in one pass; while a field is open, its subtree_end holds the
 * number of children still to come. */
static naj_status check_tree(const struct check* check) {
  struct naj_schema* schema = check->schema;
  int32_t count = schema->header->field_count;
  int32_t max_depth = check->limits->max_depth < NAJ_SCHEMA_MAX_DEPTH ? check->limits->max_depth
                                                                      : NAJ_SCHEMA_MAX_DEPTH;
  int32_t columns_left = schema->header->column_count;
  int32_t open = -1;
  for (int32_t i = 0; i < count; i++) {
    while (open >= 0 && schema->subtree_end[open] == 0) {
      schema->subtree_end[open] = i;
      open = schema->parent[open];
    }
    int32_t* left = open < 0 ? &columns_left : &schema->subtree_end[open];
    if (*left == 0) return refuse_schema(check, "more fields than the columns hold");
    (*left)--;
    schema->parent[i] = open;
    schema->depth[i] = open < 0 ? 0 : schema->depth[open] + 1;
    if (schema->depth[i] >= max_depth) {
      return refuse_field(check, i, NAJ_LIMIT_EXCEEDED, "fields are nested too deeply");
    }
    if (schema->fields[i].child_count < 0) {
      return refuse_field(check, i, NAJ_INVALID_DATA, "negative number of children");
    }
    schema->subtree_end[i] = schema->fields[i].child_count;
    open = i;
  }
  for (; open >= 0; open = schema->parent[open]) {
    if (schema->subtree_end[open] != 0) return refuse_schema(check, "children are missing");
    schema->subtree_end[open] = count;
  }
  if (columns_left != 0) return refuse_schema(check, "columns are missing");
  return NAJ_OK;
}

static const char* decimal_fault(const struct naj_field_record* field) {
  int32_t max_precision = field->param2 == 32    ? 9
                          : field->param2 == 64  ? 18
                          : field->param2 == 128 ? 38
                          : field->param2 == 256 ? 76
                                                 : 0;
  if (max_precision == 0) return "decimal of a bit width other than 32, 64, 128, 256";
  if (field->param0 < 1 || field->param0 > max_precision) return "decimal precision out of range";
  return NULL;
}

static const char* union_fault(const struct check* check, const struct naj_field_record* field) {
  if (field->child_count > UNION_IDS) return "union of more than 128 children";
  if (field->extra_size != COUNT_BYTES * (int64_t)field->child_count) {
    return "union whose type ids do not match its children";
  }
  uint8_t is_used[UNION_IDS] = {0};
  for (int32_t i = 0; i < field->child_count; i++) {
    int32_t id =
        read_count(check->schema->descriptor + field->extra_offset + COUNT_BYTES * (int64_t)i);
    if (id < 0 || id >= UNION_IDS) return "union type id outside 0..127";
    if (is_used[id]) return "union type id given twice";
    is_used[id] = 1;
  }
  return NULL;
}

static const char* children_fault(const struct check* check, int32_t index) {
  const struct naj_field_record* field = &check->schema->fields[index];
  const struct naj_field_record* child = field + 1;
  switch (field->type) {
    case NAJ_TYPE_LIST:
    case NAJ_TYPE_LARGE_LIST:
    case NAJ_TYPE_LIST_VIEW:
    case NAJ_TYPE_LARGE_LIST_VIEW:
    case NAJ_TYPE_FIXED_SIZE_LIST:
      return field->child_count == 1 ? NULL : "list without exactly one child";
    case NAJ_TYPE_MAP:
      return field->child_count == 1 && child->type == NAJ_TYPE_STRUCT &&
                     !(child->flags & NAJ_FIELD_DICTIONARY) && child->child_count == 2
                 ? NULL
                 : "map whose child is not a struct of key and value";
    case NAJ_TYPE_RUN_END_ENCODED:
      return field->child_count == 2 && !(child->flags & NAJ_FIELD_DICTIONARY) &&
                     (child->type == NAJ_TYPE_INT16 || child->type == NAJ_TYPE_INT32 ||
                      child->type == NAJ_TYPE_INT64)
                 ? NULL
                 : "run-end encoding without signed 16 to 64-bit run ends and values";
    case NAJ_TYPE_STRUCT:
      return NULL;
    case NAJ_TYPE_SPARSE_UNION:
    case NAJ_TYPE_DENSE_UNION:
      return union_fault(check, field);
    default:
      return field->child_count == 0 ? NULL : "children below a type that has none";
  }
}

static const char* parameter_fault(const struct naj_field_record* field) {
  switch (field->type) {
    case NAJ_TYPE_DECIMAL:
      return decimal_fault(field);
    case NAJ_TYPE_TIME32:
      return field->param0 == 0 || field->param0 == 1 ? NULL : "32-bit time not in s or ms";
    case NAJ_TYPE_TIME64:
      return field->param0 == 2 || field->param0 == 3 ? NULL : "64-bit time not in us or ns";
    case NAJ_TYPE_TIMESTAMP:
    case NAJ_TYPE_DURATION:
      return field->param0 >= 0 && field->param0 <= 3 ? NULL : "unknown time unit";
    case NAJ_TYPE_FIXED_SIZE_BINARY:
      return field->param0 >= 0 ? NULL : "negative byte width";
    case NAJ_TYPE_FIXED_SIZE_LIST:
      return field->param0 >= 0 ? NULL : "negative list size";
    default:
      return NULL;
  }
}

static const char* record_fault(const struct check* check, int32_t index) {
  const struct naj_field_record* field = &check->schema->fields[index];
  if (field->type < NAJ_TYPE_NULL || field->type > NAJ_TYPE_RUN_END_ENCODED) return "unknown type";
  if (field->flags & ~KNOWN_FLAGS) return "unknown field flags";
  if (field->flags & NAJ_FIELD_DICTIONARY) {
    if (field->index_type < NAJ_TYPE_INT8 || field->index_type > NAJ_TYPE_UINT64) {
      return "dictionary indices that are not integers";
    }
  } else if (field->flags & NAJ_FIELD_DICTIONARY_ORDERED) {
    return "ordered without being a dictionary";
  }
  if (!naj_metadata_is_valid(check->schema->descriptor + field->metadata_offset,
                             field->metadata_size)) {
    return "broken metadata";
  }
  const char* fault = parameter_fault(field);
  return fault != NULL ? fault : children_fault(check, index);
}

naj_status naj_schema_check(struct naj_schema* schema, int64_t size_bytes, int64_t input_offset,
                            const struct naj_limits* borrow_limits, struct naj_error* error) {
  struct check check = {schema, input_offset, borrow_limits, error};
  schema->header = (const struct naj_schema_header*)schema->descriptor;
  schema->fields = (const struct naj_field_record*)(schema->header + 1);
  if (size_bytes < (int64_t)sizeof *schema->header) return refuse_schema(&check, "too short");
  NAJ_TRY(check_header(&check, size_bytes));
  NAJ_TRY(check_ranges(&check, size_bytes));
  int64_t count = schema->header->field_count;
  schema->subtree_end = naj_alloc_zeroed(3 * count, (int64_t)sizeof *schema->subtree_end);
  if (schema->subtree_end == NULL) {
    return naj_error_set(error, NAJ_NO_MEMORY, input_offset, "out of memory for %lld fields",
                         (long long)count);
  }
  schema->parent = schema->subtree_end + count;
  schema->depth = schema->parent + count;
  NAJ_TRY(check_tree(&check));
  for (int32_t i = 0; i < schema->header->field_count; i++) {
    const char* fault = record_fault(&check, i);
    if (fault != NULL) return refuse_field(&check, i, NAJ_INVALID_DATA, fault);
  }
  return NAJ_OK;
}
