#include "validate/naj_validate.h"

#include "batch/naj_plan.h"
#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "schema/naj_schema.h"

/* Where a field's first node and first buffer stand; its dictionary's node is the next. */
struct place {
  int64_t node;
  int64_t buffer;
};

struct validation {
  const struct naj_schema* schema;
  const struct naj_array_node* nodes;
  const struct naj_table_buffer* buffers;
  const struct place* places; /* one per field */
  int is_full;
  int knows_dictionaries;
  struct naj_error* error;
};

static naj_status refuse(const struct naj_schema* schema, int32_t field_index, naj_status status,
                         int64_t row, const char* reason, struct naj_error* error) {
  naj_error_set(error, status, -1, "%s", reason);
  if (error != NULL) {
    char path[sizeof error->path];
    naj_schema_path(schema, field_index, path, (int64_t)sizeof path);
    naj_error_set_path(error, path);
    error->row = row;
  }
  return status;
}

naj_status naj_validate_refuse(const struct naj_validate_array* borrow_array, int64_t row,
                               const char* reason, struct naj_error* error) {
  return refuse(borrow_array->schema, borrow_array->field_index, NAJ_INVALID_DATA, row, reason,
                error);
}

static int is_dictionary(const struct naj_field_record* field) {
  return (field->flags & NAJ_FIELD_DICTIONARY) != 0;
}

static int is_view(int32_t type) {
  return type == NAJ_TYPE_UTF8_VIEW || type == NAJ_TYPE_BINARY_VIEW;
}

/* The node that stands for the field as a child. */
static const struct naj_array_node* own_node(const struct validation* validation,
                                             int32_t field_index) {
  return &validation->nodes[validation->places[field_index].node];
}

static int32_t nth_child(const struct naj_schema* schema, int32_t field_index, int32_t ordinal) {
  int32_t child = field_index + 1;
  while (ordinal-- > 0) child = schema->subtree_end[child];
  return child;
}

/* Finds the nodes and buffers of each field. */
static naj_status place_fields(const struct naj_schema* schema, const struct naj_array_node* nodes,
                               int64_t node_count, const struct naj_table_buffer* buffers,
                               int64_t buffer_count, struct place* out_places,
                               struct naj_error* error) {
  int64_t node = 0;
  int64_t buffer = 0;
  for (int32_t i = 0; i < schema->header->field_count; i++) {
    out_places[i] = (struct place){.node = node, .buffer = buffer};
    const int arrays = 1 + is_dictionary(&schema->fields[i]);
    for (int k = 0; k < arrays; k++) {
      if (node == node_count)
        return refuse(schema, i, NAJ_MISUSE, -1, "fewer nodes than the schema has", error);
      const int64_t count = nodes[node++].buffer_count;
      if (count < 0 || count > buffer_count - buffer)
        return refuse(schema, i, NAJ_MISUSE, -1, "fewer buffers than the nodes name", error);
      buffer += count;
    }
  }
  if (node != node_count || buffer != buffer_count)
    return naj_error_set(error, NAJ_MISUSE, -1, "more nodes or buffers than the schema has");
  for (int64_t i = 0; i < buffer_count; i++) {
    if (buffers[i].size_bytes < 0 || (buffers[i].address == 0 && buffers[i].size_bytes > 0))
      return naj_error_set(error, NAJ_MISUSE, -1, "buffer %lld is no range", (long long)i);
  }
  return NAJ_OK;
}

/* Numbers of the node and sizes of its buffers; fills `out_array` from `first` on. */
static naj_status check_sizes(const struct validation* validation,
                              const struct naj_array_node* node,
                              const struct naj_table_buffer* first,
                              struct naj_validate_array* out_array) {
  const struct naj_schema* schema = validation->schema;
  const int32_t field_index = out_array->field_index;
  struct naj_error* error = validation->error;
  int64_t end = 0;
  if (node->length < 0 || node->offset < 0 || node->null_count < -1 ||
      node->null_count > node->length || !naj_checked_add(node->offset, node->length, &end))
    return naj_validate_refuse(out_array, -1, "length, offset or null count out of range", error);
  out_array->length = node->length;
  out_array->offset = node->offset;
  struct naj_plan_buffer kinds[NAJ_PLAN_MAX_BUFFERS];
  const int32_t kind_count = naj_plan_type_buffers(out_array->type, out_array->field,
                                                   schema->header->metadata_version, kinds);
  const int64_t extra = node->buffer_count - kind_count;
  if (is_view(out_array->type) ? extra < 1 : extra != 0)
    return refuse(schema, field_index, NAJ_MISUSE, -1, "buffers that the type does not have",
                  error);
  const int has_validity = kind_count > 0 && kinds[0].kind == NAJ_BUFFER_VALIDITY;
  out_array->buffers = first + has_validity;
  out_array->variadic_count = is_view(out_array->type) ? extra - 1 : 0;
  for (int32_t i = 0; i < kind_count; i++) {
    int64_t bits = 0;
    if (!naj_checked_add(end, kinds[i].extra_items, &bits) ||
        !naj_checked_mul(bits, kinds[i].bits_per_item, &bits))
      return naj_validate_refuse(out_array, -1, "length and offset out of range", error);
    const int64_t needed = node->length == 0 ? 0 : naj_bitmap_bytes(bits);
    if (kinds[i].kind == NAJ_BUFFER_VALIDITY) {
      /* A bitmap that is too small is dropped on export where there are no nulls. */
      if (node->null_count > 0 && first[i].size_bytes < needed)
        return naj_validate_refuse(out_array, -1, "a validity bitmap that is too small", error);
      if (node->null_count < 0 && first[i].size_bytes > 0 && first[i].size_bytes < needed)
        return naj_validate_refuse(out_array, -1, "a validity bitmap that is too small", error);
      if (first[i].size_bytes >= needed && first[i].size_bytes > 0)
        out_array->bitmap = naj_validate_bytes(&first[i]);
    } else if (first[i].size_bytes < needed) {
      return naj_validate_refuse(out_array, -1, "a buffer that is too small", error);
    }
  }
  /* A consumer need not look at the bitmap of an array that declares no nulls. */
  out_array->validity = node->null_count == 0 ? NULL : out_array->bitmap;
  if (is_view(out_array->type) && first[node->buffer_count - 1].size_bytes / 8 < extra - 1)
    return refuse(schema, field_index, NAJ_MISUSE, -1, "fewer sizes than data buffers", error);
  return NAJ_OK;
}

/* Every child of a struct or sparse union reaches as far as its parent. */
static naj_status check_child_lengths(const struct validation* validation,
                                      const struct naj_validate_array* array, int64_t needed) {
  int32_t child = array->field_index + 1;
  for (int32_t i = 0; i < array->field->child_count; i++) {
    if (own_node(validation, child)->length < needed)
      return refuse(validation->schema, child, NAJ_INVALID_DATA, -1, "shorter than its parent",
                    validation->error);
    child = validation->schema->subtree_end[child];
  }
  return NAJ_OK;
}

static naj_status check_union(const struct validation* validation,
                              const struct naj_validate_array* array) {
  int64_t child_lengths[128];
  const int is_dense = array->type == NAJ_TYPE_DENSE_UNION;
  if (array->field->child_count > 128)
    return naj_validate_refuse(array, -1, "more than 128 children", validation->error);
  int32_t child = array->field_index + 1;
  for (int32_t i = 0; i < array->field->child_count; i++) {
    child_lengths[i] = is_dense ? own_node(validation, child)->length : INT64_MAX;
    child = validation->schema->subtree_end[child];
  }
  if (!is_dense) NAJ_TRY(check_child_lengths(validation, array, array->offset + array->length));
  return naj_validate_union(array, child_lengths, validation->error);
}

/* The run ends' own content is checked when they are visited as a child: here what they cover. */
static naj_status check_run_ends(const struct validation* validation,
                                 const struct naj_validate_array* array) {
  const struct naj_schema* schema = validation->schema;
  const int32_t child = nth_child(schema, array->field_index, 0);
  const struct naj_array_node* node = own_node(validation, child);
  struct naj_validate_array run_ends = {.schema = schema,
                                        .field = &schema->fields[child],
                                        .field_index = child,
                                        .type = schema->fields[child].type};
  if (is_dictionary(run_ends.field) ||
      (run_ends.type != NAJ_TYPE_INT16 && run_ends.type != NAJ_TYPE_INT32 &&
       run_ends.type != NAJ_TYPE_INT64))
    return naj_validate_refuse(&run_ends, -1, "run ends of another type", validation->error);
  NAJ_TRY(check_sizes(validation, node, &validation->buffers[validation->places[child].buffer],
                      &run_ends));
  if (run_ends.validity != NULL &&
      naj_validate_count_zeros(run_ends.validity, run_ends.offset, run_ends.length) > 0)
    return naj_validate_refuse(&run_ends, -1, "run ends that are null", validation->error);
  const int32_t values = nth_child(schema, array->field_index, 1);
  if (own_node(validation, values)->length < node->length)
    return refuse(schema, values, NAJ_INVALID_DATA, -1, "fewer values than run ends",
                  validation->error);
  const int64_t covered = array->length == 0 ? 0 : array->offset + array->length;
  return naj_validate_run_ends(&run_ends, covered, validation->error);
}

static naj_status check_fixed_size_list(const struct validation* validation,
                                        const struct naj_validate_array* array) {
  int64_t needed = 0;
  if (!naj_checked_mul(array->offset + array->length, array->field->param0, &needed))
    return naj_validate_refuse(array, -1, "length and list size out of range", validation->error);
  return array->length == 0 ? NAJ_OK : check_child_lengths(validation, array, needed);
}

/* Where the array's numbers point to. */
static naj_status check_access(const struct validation* validation,
                               const struct naj_validate_array* array) {
  struct naj_error* error = validation->error;
  /* Of the one child of a list. */
  const int64_t child_length =
      array->field->child_count > 0 &&
              array->field_index + 1 < validation->schema->header->field_count
          ? own_node(validation, array->field_index + 1)->length
          : 0;
  switch (array->type) {
    case NAJ_TYPE_UTF8:
    case NAJ_TYPE_BINARY:
      return naj_validate_offsets(array, 4, array->buffers[1].size_bytes, error);
    case NAJ_TYPE_LARGE_UTF8:
    case NAJ_TYPE_LARGE_BINARY:
      return naj_validate_offsets(array, 8, array->buffers[1].size_bytes, error);
    case NAJ_TYPE_UTF8_VIEW:
    case NAJ_TYPE_BINARY_VIEW:
      return naj_validate_views(array, validation->is_full, error);
    case NAJ_TYPE_LIST:
    case NAJ_TYPE_MAP:
      return naj_validate_offsets(array, 4, child_length, error);
    case NAJ_TYPE_LARGE_LIST:
      return naj_validate_offsets(array, 8, child_length, error);
    case NAJ_TYPE_LIST_VIEW:
      return naj_validate_list_views(array, 4, child_length, error);
    case NAJ_TYPE_LARGE_LIST_VIEW:
      return naj_validate_list_views(array, 8, child_length, error);
    case NAJ_TYPE_FIXED_SIZE_LIST:
      return check_fixed_size_list(validation, array);
    case NAJ_TYPE_STRUCT:
      return array->length == 0
                 ? NAJ_OK
                 : check_child_lengths(validation, array, array->offset + array->length);
    case NAJ_TYPE_SPARSE_UNION:
    case NAJ_TYPE_DENSE_UNION:
      return array->length == 0 ? NAJ_OK : check_union(validation, array);
    case NAJ_TYPE_RUN_END_ENCODED:
      return check_run_ends(validation, array);
    default:
      return NAJ_OK;
  }
}

/* Entries of a map and their keys are never null. */
static naj_status check_map(const struct validation* validation,
                            const struct naj_validate_array* array, int64_t null_count) {
  const struct naj_schema* schema = validation->schema;
  const int32_t parent = schema->parent[array->field_index];
  if (null_count <= 0 || parent < 0) return NAJ_OK;
  if (schema->fields[parent].type == NAJ_TYPE_MAP)
    return naj_validate_refuse(array, -1, "map entries that are null", validation->error);
  const int32_t grandparent = schema->parent[parent];
  if (grandparent >= 0 && schema->fields[grandparent].type == NAJ_TYPE_MAP &&
      array->field_index == parent + 1)
    return naj_validate_refuse(array, -1, "map keys that are null", validation->error);
  return NAJ_OK;
}

/* What the array's values mean. `is_child`: not the values of a dictionary. */
static naj_status check_meaning(const struct validation* validation,
                                const struct naj_array_node* node,
                                const struct naj_validate_array* array, int is_child) {
  struct naj_error* error = validation->error;
  int64_t null_count = 0;
  if (array->bitmap != NULL) {
    null_count = naj_validate_count_zeros(array->bitmap, array->offset, array->length);
    if (node->null_count >= 0 && node->null_count != null_count)
      return naj_validate_refuse(array, -1, "a null count that is not that of the bitmap", error);
  }
  if (is_child) NAJ_TRY(check_map(validation, array, null_count));
  if (array->type == NAJ_TYPE_UTF8 || array->type == NAJ_TYPE_LARGE_UTF8 ||
      array->type == NAJ_TYPE_UTF8_VIEW)
    return naj_validate_strings(array, error);
  return naj_validate_values(array, error);
}

static naj_status check_field(const struct validation* validation, int32_t field_index) {
  const struct naj_schema* schema = validation->schema;
  const struct naj_field_record* field = &schema->fields[field_index];
  const struct place place = validation->places[field_index];
  const struct naj_array_node* node = &validation->nodes[place.node];
  const struct naj_table_buffer* buffers = &validation->buffers[place.buffer];
  struct naj_validate_array array = {
      .schema = schema,
      .field = field,
      .field_index = field_index,
      .type = is_dictionary(field) ? field->index_type : field->type};
  NAJ_TRY(check_sizes(validation, node, buffers, &array));
  if (is_dictionary(field)) {
    NAJ_TRY(naj_validate_indices(&array, node[1].length, validation->error));
    if (validation->is_full) NAJ_TRY(check_meaning(validation, node, &array, 1));
    if (validation->knows_dictionaries) return NAJ_OK;
    buffers += node->buffer_count;
    node++;
    array.type = field->type;
    array.bitmap = NULL;
    NAJ_TRY(check_sizes(validation, node, buffers, &array));
  }
  NAJ_TRY(check_access(validation, &array));
  if (!validation->is_full) return NAJ_OK;
  return check_meaning(validation, node, &array, !is_dictionary(field));
}

/* What an array of a schema without any buffer points to. */
static const struct naj_table_buffer no_buffer;

naj_status naj_validate(const struct naj_schema* borrow_schema, int64_t row_count,
                        const struct naj_array_node* borrow_nodes, int64_t node_count,
                        const struct naj_table_buffer* borrow_buffers, int64_t buffer_count,
                        int32_t level, struct naj_error* error) {
  const int32_t field_count = borrow_schema->header->field_count;
  if (row_count < 0 || node_count < 0 || buffer_count < 0)
    return naj_error_set(error, NAJ_MISUSE, -1, "a negative count");
  struct place* places = naj_alloc_zeroed(field_count, (int64_t)sizeof *places);
  if (places == NULL)
    return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory to validate %d fields", field_count);
  naj_status status = place_fields(borrow_schema, borrow_nodes, node_count, borrow_buffers,
                                   buffer_count, places, error);
  const struct validation validation = {
      .schema = borrow_schema,
      .nodes = borrow_nodes,
      .buffers = buffer_count == 0 ? &no_buffer : borrow_buffers,
      .places = places,
      .is_full = (level & NAJ_VALIDATE_FULL) != 0,
      .knows_dictionaries = (level & NAJ_VALIDATE_KNOWN_DICTIONARIES) != 0,
      .error = error};
  for (int32_t i = 0, next = 0; status == NAJ_OK && i < field_count; i = next) {
    next = validation.knows_dictionaries && is_dictionary(&borrow_schema->fields[i])
               ? borrow_schema->subtree_end[i]
               : i + 1;
    if (borrow_schema->parent[i] < 0 && borrow_nodes[places[i].node].length < row_count) {
      status = refuse(borrow_schema, i, NAJ_INVALID_DATA, -1, "shorter than the batch", error);
    } else {
      status = check_field(&validation, i);
    }
  }
  naj_free(places);
  return status;
}
