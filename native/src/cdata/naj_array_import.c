#include <string.h>

#include "batch/naj_plan.h"
#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_memory.h"
#include "core/naj_status.h"
#include "nanoarrow/nanoarrow.h"
#include "schema/naj_schema.h"

enum { METADATA_V5 = 4 };

struct import {
  const struct naj_schema* schema;
  const struct ArrowArray** arrays; /* per field; of a dictionary-encoded one its indices */
  struct naj_array_node* out_nodes;
  int64_t node_capacity;
  int64_t node_count;
  struct naj_table_buffer* out_buffers;
  int64_t buffer_capacity;
  int64_t buffer_count;
};

/* What an array covers, after the root's own offset is folded in. */
struct extent {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t end; /* offset + length */
};

static naj_status refuse(const struct import* import, int32_t field_index, naj_status status,
                         const char* what, int64_t found, int64_t wanted, struct naj_error* error) {
  naj_error_set(error, status, -1, "%s: %lld, %lld", what, (long long)found, (long long)wanted);
  if (error != NULL && field_index >= 0) {
    char path[sizeof error->path];
    naj_schema_path(import->schema, field_index, path, (int64_t)sizeof path);
    naj_error_set_path(error, path);
  }
  return status;
}

static naj_status read_extent(const struct import* import, int32_t field_index,
                              const struct ArrowArray* array, struct extent* out_extent,
                              struct naj_error* error) {
  if (array == NULL)
    return refuse(import, field_index, NAJ_INVALID_DATA, "array is missing", 0, 1, error);
  if (array->release == NULL)
    return refuse(import, field_index, NAJ_MISUSE, "array is released already", 0, 1, error);
  out_extent->length = array->length;
  out_extent->null_count = array->null_count;
  out_extent->offset = array->offset;
  if (array->length < 0 || array->offset < 0 ||
      !naj_checked_add(array->offset, array->length, &out_extent->end)) {
    return refuse(import, field_index, NAJ_INVALID_DATA, "length, offset out of range",
                  array->length, array->offset, error);
  }
  if (array->null_count < -1 || array->null_count > array->length) {
    return refuse(import, field_index, NAJ_INVALID_DATA, "null count, length out of range",
                  array->null_count, array->length, error);
  }
  if (array->n_buffers < 0 || (array->n_buffers > 0 && array->buffers == NULL)) {
    return refuse(import, field_index, NAJ_INVALID_DATA, "buffers are missing", array->n_buffers, 0,
                  error);
  }
  if (array->n_children < 0 || (array->n_children > 0 && array->children == NULL)) {
    return refuse(import, field_index, NAJ_INVALID_DATA, "children are missing", array->n_children,
                  0, error);
  }
  return NAJ_OK;
}

/* Narrows a column to the rows that the root shows of it. */
static naj_status fold_root(const struct import* import, int32_t field_index,
                            const struct extent* root, struct extent* extent,
                            struct naj_error* error) {
  if (extent->length < root->end) {
    return refuse(import, field_index, NAJ_INVALID_DATA,
                  "column shorter than its batch; length, needed", extent->length, root->end,
                  error);
  }
  if (extent->length != root->length && extent->null_count != 0) extent->null_count = -1;
  if (extent->null_count > root->length) extent->null_count = -1;
  extent->length = root->length;
  extent->offset += root->offset; /* <= end of the column, which is in range */
  extent->end = extent->offset + root->length;
  return NAJ_OK;
}

static void put_buffer(struct import* import, const void* address, int64_t size_bytes) {
  if (import->buffer_count < import->buffer_capacity) {
    struct naj_table_buffer* out = &import->out_buffers[import->buffer_count];
    out->address = address == NULL || size_bytes == 0 ? 0 : (int64_t)(uintptr_t)address;
    out->size_bytes = address == NULL ? 0 : size_bytes;
  }
  import->buffer_count++;
}

static int64_t read_offset(const void* offsets, int32_t width_bytes, int64_t index) {
  const uint8_t* at = (const uint8_t*)offsets + index * width_bytes;
  if (width_bytes == 4) {
    int32_t value;
    memcpy(&value, at, sizeof value);
    return value;
  }
  int64_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

/* The data buffers of a view array, sized by its last buffer. */
static naj_status import_view_data(struct import* import, int32_t field_index,
                                   const struct ArrowArray* array, struct naj_error* error) {
  const int64_t data_count = array->n_buffers - 3;
  const void* sizes = array->buffers[array->n_buffers - 1];
  if (data_count > 0 && sizes == NULL)
    return refuse(import, field_index, NAJ_INVALID_DATA, "sizes of data buffers are missing", 0,
                  data_count, error);
  for (int64_t i = 0; i < data_count; i++) {
    const void* data = array->buffers[2 + i];
    const int64_t size_bytes = read_offset(sizes, 8, i);
    if (size_bytes < 0 || (size_bytes > 0 && data == NULL)) {
      return refuse(import, field_index, NAJ_INVALID_DATA, "data buffer; size, index", size_bytes,
                    i, error);
    }
    put_buffer(import, data, size_bytes);
  }
  put_buffer(import, sizes, data_count * (int64_t)sizeof(int64_t));
  return NAJ_OK;
}

/* Sizes follow from the extent; offsets are read to size the data they point into.
 * `*out_last_offset` is what a list needs of its child. */
static naj_status import_buffers(struct import* import, int32_t field_index, int32_t type,
                                 const struct ArrowArray* array, struct extent* extent,
                                 int64_t* out_last_offset, struct naj_error* error) {
  const struct naj_field_record* field = &import->schema->fields[field_index];
  struct naj_plan_buffer kinds[NAJ_PLAN_MAX_BUFFERS];
  const int32_t declared =
      naj_plan_type_buffers(type, field, import->schema->header->metadata_version, kinds);
  const int32_t kind_count = naj_plan_type_buffers(type, field, METADATA_V5, kinds);
  const int is_view = type == NAJ_TYPE_UTF8_VIEW || type == NAJ_TYPE_BINARY_VIEW;
  const int64_t expected = kind_count + is_view;
  if (is_view ? array->n_buffers < expected : array->n_buffers != expected) {
    return refuse(import, field_index, NAJ_INVALID_DATA, "number of buffers; found, expected",
                  array->n_buffers, expected, error);
  }
  if (declared > kind_count) put_buffer(import, NULL, 0); /* a V4 union's validity */
  *out_last_offset = 0;
  for (int32_t i = 0; i < kind_count; i++) {
    const void* address = array->buffers[i];
    int64_t bits = 0;
    if (!naj_checked_add(extent->end, kinds[i].extra_items, &bits) ||
        !naj_checked_mul(bits, kinds[i].bits_per_item, &bits)) {
      return refuse(import, field_index, NAJ_INVALID_DATA, "length, offset out of range",
                    extent->length, extent->offset, error);
    }
    int64_t size_bytes = naj_bitmap_bytes(bits);
    if (kinds[i].kind == NAJ_BUFFER_DATA) size_bytes = *out_last_offset;
    if (extent->length == 0) size_bytes = 0; /* what stands there is anybody's guess */
    if (kinds[i].kind == NAJ_BUFFER_VALIDITY) {
      if (address == NULL && extent->null_count > 0) {
        return refuse(import, field_index, NAJ_INVALID_DATA, "nulls without validity",
                      extent->null_count, extent->length, error);
      }
      if (address == NULL) extent->null_count = 0;
    } else if (address == NULL && size_bytes > 0) {
      return refuse(import, field_index, NAJ_INVALID_DATA, "buffer is missing; index, size", i,
                    size_bytes, error);
    }
    if (kinds[i].extra_items == 1 && size_bytes > 0) {
      const int64_t first = read_offset(address, kinds[i].width_bytes, extent->offset);
      const int64_t last = read_offset(address, kinds[i].width_bytes, extent->end);
      if (first < 0 || first > last) {
        return refuse(import, field_index, NAJ_INVALID_DATA, "offsets; first, last", first, last,
                      error);
      }
      *out_last_offset = last;
    }
    put_buffer(import, address, size_bytes);
  }
  return is_view ? import_view_data(import, field_index, array, error) : NAJ_OK;
}

static naj_status import_node(struct import* import, int32_t field_index, int32_t type,
                              const struct ArrowArray* array, struct extent* extent,
                              int64_t* out_last_offset, struct naj_error* error) {
  const int64_t node_index = import->node_count++;
  const int64_t first_buffer = import->buffer_count;
  NAJ_TRY(import_buffers(import, field_index, type, array, extent, out_last_offset, error));
  if (node_index < import->node_capacity) {
    struct naj_array_node* node = &import->out_nodes[node_index];
    node->length = extent->length;
    node->null_count = extent->null_count;
    node->offset = extent->offset;
    node->buffer_count = import->buffer_count - first_buffer;
  }
  return NAJ_OK;
}

/* The length that child `child_number` of an array must have at least. */
static naj_status needed_child_length(const struct import* import, int32_t field_index,
                                      const struct ArrowArray* array, const struct extent* extent,
                                      int64_t last_offset, int64_t child_number,
                                      int64_t* out_length, struct naj_error* error) {
  const struct naj_field_record* field = &import->schema->fields[field_index];
  *out_length = 0;
  switch (field->type) {
    case NAJ_TYPE_STRUCT:
    case NAJ_TYPE_SPARSE_UNION:
      *out_length = extent->end;
      break;
    case NAJ_TYPE_LIST:
    case NAJ_TYPE_LARGE_LIST:
    case NAJ_TYPE_MAP:
      *out_length = last_offset;
      break;
    case NAJ_TYPE_FIXED_SIZE_LIST:
      if (!naj_checked_mul(extent->end, field->param0, out_length)) {
        return refuse(import, field_index, NAJ_INVALID_DATA, "list length, list size out of range",
                      extent->end, field->param0, error);
      }
      break;
    case NAJ_TYPE_RUN_END_ENCODED:
      if (child_number == 0) {
        *out_length = extent->length > 0;
      } else if (array->children[0] != NULL) {
        *out_length = array->children[0]->length;
      }
      break;
    default:
      break;
  }
  return NAJ_OK;
}

static naj_status import_children(struct import* import, int32_t field_index,
                                  const struct ArrowArray* array, const struct extent* extent,
                                  int64_t last_offset, struct naj_error* error) {
  const struct naj_schema* schema = import->schema;
  const struct naj_field_record* field = &schema->fields[field_index];
  if (array->n_children != field->child_count) {
    return refuse(import, field_index, NAJ_INVALID_DATA, "number of children; found, expected",
                  array->n_children, field->child_count, error);
  }
  int32_t child_index = field_index + 1;
  for (int32_t i = 0; i < field->child_count; i++) {
    const struct ArrowArray* child = array->children[i];
    int64_t needed = 0;
    NAJ_TRY(
        needed_child_length(import, field_index, array, extent, last_offset, i, &needed, error));
    if (child == NULL || child->length < needed) {
      return refuse(import, child_index, NAJ_INVALID_DATA,
                    "child shorter than its parent needs; found, needed",
                    child == NULL ? -1 : child->length, needed, error);
    }
    import->arrays[child_index] = child;
    child_index = schema->subtree_end[child_index];
  }
  return NAJ_OK;
}

static naj_status import_field(struct import* import, int32_t field_index,
                               const struct extent* root, struct naj_error* error) {
  const struct naj_field_record* field = &import->schema->fields[field_index];
  const struct ArrowArray* array = import->arrays[field_index];
  const int is_dictionary = (field->flags & NAJ_FIELD_DICTIONARY) != 0;
  struct extent extent;
  int64_t last_offset = 0;
  NAJ_TRY(read_extent(import, field_index, array, &extent, error));
  if (import->schema->parent[field_index] < 0)
    NAJ_TRY(fold_root(import, field_index, root, &extent, error));
  if ((array->dictionary != NULL) != is_dictionary) {
    return refuse(import, field_index, NAJ_INVALID_DATA, "dictionary; found, expected",
                  array->dictionary != NULL, is_dictionary, error);
  }
  if (is_dictionary) {
    NAJ_TRY(
        import_node(import, field_index, field->index_type, array, &extent, &last_offset, error));
    if (array->n_children != 0) {
      return refuse(import, field_index, NAJ_INVALID_DATA, "children of dictionary indices",
                    array->n_children, 0, error);
    }
    array = array->dictionary;
    NAJ_TRY(read_extent(import, field_index, array, &extent, error));
    if (array->dictionary != NULL) {
      return refuse(import, field_index, NAJ_INVALID_DATA, "dictionary of a dictionary", 1, 0,
                    error);
    }
  }
  NAJ_TRY(import_node(import, field_index, field->type, array, &extent, &last_offset, error));
  return import_children(import, field_index, array, &extent, last_offset, error);
}

static int has_null(const void* bitmap, int64_t offset, int64_t length) {
  for (int64_t i = 0; i < length; i++) {
    const int64_t bit = offset + i;
    if (!((((const uint8_t*)bitmap)[bit / 8] >> (bit % 8)) & 1)) return 1;
  }
  return 0;
}

static naj_status import_root(struct import* import, const struct ArrowArray* root_array,
                              struct extent* out_root, struct naj_error* error) {
  const struct naj_schema* schema = import->schema;
  NAJ_TRY(read_extent(import, -1, root_array, out_root, error));
  if (schema->header->root_is_column) {
    import->arrays[0] = root_array;
    out_root->offset = 0;
    out_root->end = out_root->length;
    return NAJ_OK;
  }
  if (root_array->n_buffers != 1 || root_array->dictionary != NULL ||
      root_array->n_children != schema->header->column_count) {
    return refuse(import, -1, NAJ_INVALID_DATA,
                  "not a struct with the columns of the schema; children, columns",
                  root_array->n_children, schema->header->column_count, error);
  }
  if (root_array->buffers[0] != NULL && root_array->null_count != 0 &&
      has_null(root_array->buffers[0], out_root->offset, out_root->length)) {
    return refuse(import, -1, NAJ_UNSUPPORTED, "rows that are null as a whole; null count, rows",
                  root_array->null_count, root_array->length, error);
  }
  int32_t field_index = 0;
  for (int64_t i = 0; i < root_array->n_children; i++) {
    import->arrays[field_index] = root_array->children[i];
    field_index = schema->subtree_end[field_index];
  }
  return NAJ_OK;
}

static void release_imported(void* take_context) {
  struct ArrowArray* array = take_context;
  array->release(array);
  naj_free(array);
}

static naj_status take(struct ArrowArray* take_array, struct naj_memory** out_memory,
                       struct naj_error* error) {
  struct ArrowArray* own = naj_alloc((int64_t)sizeof *own);
  if (own == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for an array");
  *own = *take_array;
  const naj_status status = naj_memory_import(release_imported, own, out_memory, error);
  if (status != NAJ_OK) {
    naj_free(own);
    return status;
  }
  take_array->release = NULL;
  return NAJ_OK;
}

naj_status naj_array_import(const struct naj_schema* borrow_schema, struct ArrowArray* take_array,
                            struct naj_array_node* out_nodes, int64_t node_capacity,
                            int64_t* out_node_count, struct naj_table_buffer* out_buffers,
                            int64_t buffer_capacity, int64_t* out_buffer_count,
                            struct naj_memory** out_memory, struct naj_error* error) {
  struct import import = {.schema = borrow_schema,
                          .out_nodes = out_nodes,
                          .node_capacity = node_capacity,
                          .out_buffers = out_buffers,
                          .buffer_capacity = buffer_capacity};
  const int32_t field_count = borrow_schema->header->field_count;
  if (take_array == NULL || node_capacity < 0 || buffer_capacity < 0 ||
      (node_capacity > 0 && out_nodes == NULL) || (buffer_capacity > 0 && out_buffers == NULL)) {
    return naj_error_set(error, NAJ_MISUSE, -1, "no array, or no room for the result");
  }
  import.arrays = naj_alloc_zeroed(field_count, (int64_t)sizeof *import.arrays);
  if (import.arrays == NULL)
    return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for %d fields", field_count);
  struct extent root;
  naj_status status = import_root(&import, take_array, &root, error);
  for (int32_t i = 0; i < field_count && status == NAJ_OK; i++)
    status = import_field(&import, i, &root, error);
  naj_free(import.arrays);
  if (status != NAJ_OK) return status;
  *out_node_count = import.node_count;
  *out_buffer_count = import.buffer_count;
  if (import.node_count > node_capacity || import.buffer_count > buffer_capacity) {
    return naj_error_set(error, NAJ_NEED_TABLE, -1, "%lld nodes and %lld buffers are needed",
                         (long long)import.node_count, (long long)import.buffer_count);
  }
  return take(take_array, out_memory, error);
}
