#include <stdatomic.h>
#include <string.h>

#include "batch/naj_plan.h"
#include "cdata/naj_array_fold.h"
#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "nanoarrow/nanoarrow.h"
#include "schema/naj_schema.h"

enum { METADATA_V5 = 4 };

_Static_assert(sizeof(void*) == sizeof(int64_t), "pointers and numbers share a block");

/* What empty buffers point to: the C Data Interface wants an address even where nothing is read. */
static const _Alignas(64) uint8_t zero_page[64];

/* One block: this, the ArrowArrays of all nodes, the child pointers, the buffer pointers, and the
 * handles. `references` counts the ArrowArrays not yet released, the root among them. */
struct export_owner {
  _Atomic int64_t references;
  int64_t memory_count;
  struct naj_memory** memories;
};

struct export {
  const struct naj_schema* schema;
  const struct naj_array_node* nodes;
  const struct naj_table_buffer* buffers;
  int64_t node_count;
  int64_t buffer_count;
  int64_t next_node;
  int64_t next_buffer;
  struct export_owner* owner;
  struct ArrowArray* arrays;
  int64_t* folded_rows; /* per array: by how many rows its buffers begin later */
  struct ArrowArray** next_child_slot;
  const void** next_buffer_slot;
};

static void drop_reference(struct export_owner* owner) {
  /* acq_rel: what any thread did with its part comes before the memory goes. */
  if (atomic_fetch_sub_explicit(&owner->references, 1, memory_order_acq_rel) != 1) return;
  for (int64_t i = 0; i < owner->memory_count; i++) naj_memory_release(owner->memories[i]);
  naj_free(owner);
}

/* A child that was moved out has release NULL here and is released by its new holder. */
static void release_array(struct ArrowArray* array) {
  for (int64_t i = 0; i < array->n_children; i++) {
    struct ArrowArray* child = array->children[i];
    if (child->release != NULL) child->release(child);
  }
  struct ArrowArray* dictionary = array->dictionary;
  if (dictionary != NULL && dictionary->release != NULL) dictionary->release(dictionary);
  struct export_owner* owner = array->private_data;
  array->release = NULL;
  drop_reference(owner);
}

static naj_status refuse(const struct export* export, int32_t field_index, naj_status status,
                         const char* what, int64_t found, int64_t wanted, struct naj_error* error) {
  naj_error_set(error, status, -1, "%s: %lld, %lld", what, (long long)found, (long long)wanted);
  if (error != NULL && field_index >= 0) {
    char path[sizeof error->path];
    naj_schema_path(export->schema, field_index, path, (int64_t)sizeof path);
    naj_error_set_path(error, path);
  }
  return status;
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

/* First and last offset against the bytes or items they point into; those between are the reader's.
 */
static naj_status check_offsets(const struct export* export, int32_t field_index,
                                const struct ArrowArray* array, int32_t width_bytes,
                                int64_t target_size, struct naj_error* error) {
  if (array->length == 0) return NAJ_OK;
  const int64_t first = read_offset(array->buffers[1], width_bytes, array->offset);
  const int64_t last = read_offset(array->buffers[1], width_bytes, array->offset + array->length);
  if (first < 0 || first > last || last > target_size) {
    return refuse(export, field_index, NAJ_INVALID_DATA,
                  "offsets outside what they point into; last offset, size", last, target_size,
                  error);
  }
  return NAJ_OK;
}

static naj_status export_view_buffers(struct export* export, int32_t field_index,
                                      const struct naj_array_node* node, int64_t taken,
                                      struct naj_error* error) {
  const int64_t variadic_count = node->buffer_count - taken - 1;
  for (int64_t i = 0; i < variadic_count; i++) {
    const struct naj_table_buffer* buffer = &export->buffers[export->next_buffer++];
    *export->next_buffer_slot++ =
        buffer->address == 0 ? zero_page : (const void*)(uintptr_t)buffer->address;
  }
  const struct naj_table_buffer* sizes = &export->buffers[export->next_buffer++];
  if (sizes->size_bytes / (int64_t)sizeof(int64_t) < variadic_count) {
    return refuse(export, field_index, NAJ_MISUSE, "sizes of variadic buffers; bytes, buffers",
                  sizes->size_bytes, variadic_count, error);
  }
  *export->next_buffer_slot++ =
      sizes->address == 0 ? zero_page : (const void*)(uintptr_t)sizes->address;
  return NAJ_OK;
}

/* The buffers of one node, checked against its length and offset. */
static naj_status export_buffers(struct export* export, int32_t field_index, int32_t type,
                                 const struct naj_array_node* node, struct ArrowArray* array,
                                 struct naj_error* error) {
  struct naj_plan_buffer kinds[NAJ_PLAN_MAX_BUFFERS];
  const struct naj_field_record* field = &export->schema->fields[field_index];
  int32_t kind_count = naj_plan_type_buffers(type, field, METADATA_V5, kinds);
  const int is_view = type == NAJ_TYPE_UTF8_VIEW || type == NAJ_TYPE_BINARY_VIEW;
  /* A V4 union's validity has no place in the C Data Interface. */
  const int32_t skipped =
      naj_plan_type_buffers(type, field, export->schema->header->metadata_version, kinds) -
      kind_count;
  naj_plan_type_buffers(type, field, METADATA_V5, kinds);
  const int64_t expected = kind_count + skipped;
  if (is_view ? node->buffer_count <= expected : node->buffer_count != expected) {
    return refuse(export, field_index, NAJ_MISUSE, "buffers of a node; given, wanted",
                  node->buffer_count, expected + is_view, error);
  }
  if (node->buffer_count > export->buffer_count - export->next_buffer) {
    return refuse(export, field_index, NAJ_MISUSE, "fewer buffers than the nodes name; node, left",
                  node->buffer_count, export->buffer_count - export->next_buffer, error);
  }
  if (skipped > 0 && node->null_count != 0 && export->buffers[export->next_buffer].size_bytes > 0) {
    return refuse(export, field_index, NAJ_UNSUPPORTED,
                  "nulls of a union itself (metadata V4) have no place in C; null count, length",
                  node->null_count, node->length, error);
  }
  array->buffers = export->next_buffer_slot;
  array->n_buffers = node->buffer_count - skipped;
  export->next_buffer += skipped;
  for (int32_t i = 0; i < kind_count; i++) {
    const struct naj_table_buffer* buffer = &export->buffers[export->next_buffer++];
    const void* address = (const void*)(uintptr_t)buffer->address;
    int64_t bits = 0;
    if (!naj_checked_add(array->offset, array->length, &bits) ||
        !naj_checked_add(bits, kinds[i].extra_items, &bits) ||
        !naj_checked_mul(bits, kinds[i].bits_per_item, &bits)) {
      return refuse(export, field_index, NAJ_MISUSE, "offset and length out of range",
                    array->offset, array->length, error);
    }
    const int64_t needed = naj_bitmap_bytes(bits);
    if (kinds[i].kind == NAJ_BUFFER_VALIDITY) {
      if (array->null_count != 0 && address != NULL && buffer->size_bytes < needed) {
        return refuse(export, field_index, NAJ_MISUSE, "validity too small; size, needed",
                      buffer->size_bytes, needed, error);
      }
      if (address == NULL && array->null_count > 0) {
        return refuse(export, field_index, NAJ_MISUSE, "nulls without validity; null count, length",
                      array->null_count, array->length, error);
      }
      if (address == NULL) array->null_count = 0;
      if (array->null_count == 0 && buffer->size_bytes < needed) address = NULL;
    } else if (buffer->size_bytes < needed || address == NULL) {
      if (array->length != 0 && needed != 0) {
        return refuse(export, field_index, NAJ_MISUSE, "buffer too small; size, needed",
                      buffer->size_bytes, needed, error);
      }
      if (needed != 0) array->offset = 0;
      if (buffer->size_bytes < needed || buffer->size_bytes == 0) address = zero_page;
    }
    *export->next_buffer_slot++ = address;
    if (kinds[i].kind == NAJ_BUFFER_DATA && kinds[i - 1].extra_items == 1) {
      NAJ_TRY(check_offsets(export, field_index, array, kinds[i - 1].width_bytes,
                            buffer->size_bytes, error));
    }
  }
  const int is_list = type == NAJ_TYPE_LIST || type == NAJ_TYPE_LARGE_LIST || type == NAJ_TYPE_MAP;
  if (is_list && export->next_node < export->node_count) {
    NAJ_TRY(check_offsets(export, field_index, array, kinds[1].width_bytes,
                          export->nodes[export->next_node].length, error));
  }
  return is_view ? export_view_buffers(export, field_index, node, kind_count, error) : NAJ_OK;
}

/* Rows that went from a parent's offset into its buffers go into the offsets of its children. */
static naj_status take_over_rows(const struct export* export, int32_t field_index,
                                 const struct ArrowArray* parent, struct ArrowArray* array,
                                 struct naj_error* error) {
  const struct naj_field_record* above =
      &export->schema->fields[export->schema->parent[field_index]];
  int64_t rows = export->folded_rows[parent - export->arrays];
  int64_t length = parent->length;
  if (rows == 0) return NAJ_OK;
  if (above->type == NAJ_TYPE_FIXED_SIZE_LIST) {
    if (!naj_checked_mul(rows, above->param0, &rows) ||
        !naj_checked_mul(length, above->param0, &length))
      length = INT64_MAX;
  } else if (above->type != NAJ_TYPE_STRUCT && above->type != NAJ_TYPE_SPARSE_UNION) {
    return NAJ_OK;
  }
  if (!naj_range_within(rows, length, array->length) ||
      !naj_checked_add(array->offset, rows, &array->offset)) {
    return refuse(export, field_index, NAJ_INVALID_DATA,
                  "child shorter than its parent needs; length, rows", array->length, length,
                  error);
  }
  array->length = length;
  if (array->null_count > 0) array->null_count = -1;
  return NAJ_OK;
}

/* `parent`: NULL for columns and for values of dictionaries. */
static naj_status export_node(struct export* export, int32_t field_index, int32_t type,
                              const struct ArrowArray* parent, struct ArrowArray** out_array,
                              struct naj_error* error) {
  if (export->next_node >= export->node_count) {
    return refuse(export, field_index, NAJ_MISUSE, "fewer nodes than the schema; next, given",
                  export->next_node, export->node_count, error);
  }
  const struct naj_array_node* node = &export->nodes[export->next_node];
  struct ArrowArray* array = &export->arrays[export->next_node++];
  if (node->length < 0 || node->offset < 0 || node->null_count < -1 ||
      node->null_count > node->length) {
    return refuse(export, field_index, NAJ_MISUSE, "length, null count out of range", node->length,
                  node->null_count, error);
  }
  array->length = node->length;
  array->null_count = node->null_count;
  array->offset = node->offset;
  array->release = release_array;
  array->private_data = export->owner;
  *out_array = array;
  if (parent != NULL) NAJ_TRY(take_over_rows(export, field_index, parent, array, error));
  NAJ_TRY(export_buffers(export, field_index, type, node, array, error));
  struct naj_plan_buffer kinds[NAJ_PLAN_MAX_BUFFERS];
  const int32_t kind_count =
      naj_plan_type_buffers(type, &export->schema->fields[field_index], METADATA_V5, kinds);
  export->folded_rows[array - export->arrays] = naj_array_fold(array, type, kinds, kind_count);
  return NAJ_OK;
}

/* The children of a field hang on its array, or on its dictionary's. */
static naj_status export_fields(struct export* export, int64_t row_count, struct ArrowArray* root,
                                struct ArrowArray** holders, struct naj_error* error) {
  const struct naj_schema* schema = export->schema;
  for (int32_t i = 0; i < schema->header->field_count; i++) {
    const struct naj_field_record* field = &schema->fields[i];
    const int is_dictionary = (field->flags & NAJ_FIELD_DICTIONARY) != 0;
    struct ArrowArray* array = NULL;
    const struct ArrowArray* above = schema->parent[i] < 0 ? NULL : holders[schema->parent[i]];
    NAJ_TRY(export_node(export, i, is_dictionary ? field->index_type : field->type, above, &array,
                        error));
    if (schema->parent[i] < 0 && array->length < row_count) {
      return refuse(export, i, NAJ_MISUSE, "column shorter than the batch; length, rows",
                    array->length, row_count, error);
    }
    struct ArrowArray* parent = schema->parent[i] < 0 ? root : holders[schema->parent[i]];
    parent->children[parent->n_children++] = array;
    struct ArrowArray* holder = array;
    if (is_dictionary) {
      NAJ_TRY(export_node(export, i, field->type, NULL, &holder, error));
      array->dictionary = holder;
    }
    holders[i] = holder;
    if (field->child_count > 0) holder->children = export->next_child_slot;
    export->next_child_slot += field->child_count;
  }
  if (export->next_node != export->node_count || export->next_buffer != export->buffer_count) {
    return refuse(export, -1, NAJ_MISUSE,
                  "more nodes or buffers than the schema has; nodes, buffers", export->node_count,
                  export->buffer_count, error);
  }
  return NAJ_OK;
}

static int64_t dictionary_field_count(const struct naj_schema* schema) {
  int64_t count = 0;
  for (int32_t i = 0; i < schema->header->field_count; i++)
    count += (schema->fields[i].flags & NAJ_FIELD_DICTIONARY) != 0;
  return count;
}

naj_status naj_array_export(const struct naj_schema* borrow_schema, int64_t row_count,
                            const struct naj_array_node* borrow_nodes, int64_t node_count,
                            const struct naj_table_buffer* borrow_buffers, int64_t buffer_count,
                            struct naj_memory* const* borrow_memories, int64_t memory_count,
                            struct ArrowArray* out_array, struct naj_error* error) {
  const int64_t field_count = borrow_schema->header->field_count;
  if (row_count < 0 || buffer_count < 0 || memory_count < 0 ||
      node_count != field_count + dictionary_field_count(borrow_schema)) {
    return naj_error_set(error, NAJ_MISUSE, -1, "%lld nodes, %lld buffers for %lld fields",
                         (long long)node_count, (long long)buffer_count, (long long)field_count);
  }
  for (int64_t i = 0; i < memory_count; i++) {
    if (borrow_memories == NULL || borrow_memories[i] == NULL)
      return naj_error_set(error, NAJ_MISUSE, -1, "memory %lld is missing", (long long)i);
  }
  /* In one block, each part a multiple of 8. */
  const int64_t pointer_bytes = (int64_t)sizeof(void*);
  int64_t pointer_count = 0;
  int64_t pointers_bytes = 0;
  int64_t block_bytes =
      (int64_t)sizeof(struct export_owner) + node_count * (int64_t)sizeof(struct ArrowArray);
  if (!naj_checked_add(2 * field_count + 1, buffer_count, &pointer_count) ||
      !naj_checked_add(pointer_count, memory_count + node_count, &pointer_count) ||
      !naj_checked_mul(pointer_count, pointer_bytes, &pointers_bytes) ||
      !naj_checked_add(block_bytes, pointers_bytes, &block_bytes)) {
    return naj_error_set(error, NAJ_MISUSE, -1, "counts out of range");
  }
  uint8_t* block = naj_alloc_zeroed(1, block_bytes);
  if (block == NULL) {
    return naj_error_set(error, NAJ_NO_MEMORY, -1, "out of memory for %lld bytes",
                         (long long)block_bytes);
  }
  struct export export = {.schema = borrow_schema,
                          .nodes = borrow_nodes,
                          .buffers = borrow_buffers,
                          .node_count = node_count,
                          .buffer_count = buffer_count};
  export.owner = (struct export_owner*)(void*)block;
  export.arrays = (struct ArrowArray*)(void*)(export.owner + 1);
  void** pointers = (void**)(void*)(export.arrays + node_count);
  struct ArrowArray** root_children = (struct ArrowArray**)(void*)pointers;
  struct ArrowArray** holders = root_children + field_count;
  export.next_child_slot = root_children + borrow_schema->header->column_count;
  export.next_buffer_slot = (const void**)(void*)(holders + field_count);
  struct ArrowArray root = {.length = row_count,
                            .n_buffers = 1,
                            .buffers = export.next_buffer_slot++,
                            .children = root_children,
                            .release = release_array,
                            .private_data = export.owner};
  export.owner->memories = (struct naj_memory**)(void*)(export.next_buffer_slot + buffer_count);
  export.folded_rows = (int64_t*)(void*)(export.owner->memories + memory_count);
  const naj_status status = export_fields(&export, row_count, &root, holders, error);
  if (status != NAJ_OK) {
    naj_free(block);
    return status;
  }
  atomic_init(&export.owner->references, node_count + 1);
  export.owner->memory_count = memory_count;
  for (int64_t i = 0; i < memory_count; i++) {
    naj_memory_retain(borrow_memories[i]);
    export.owner->memories[i] = borrow_memories[i];
  }
  *out_array = root;
  return NAJ_OK;
}
