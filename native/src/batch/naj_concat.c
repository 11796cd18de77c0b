#include <string.h>

#include "batch/naj_concat_buffers.h"
#include "batch/naj_plan.h"
#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "naj/naj.h"
#include "schema/naj_schema.h"

enum { ALIGNMENT = 64 };

/* One of the two arrays, its cursors on the node being appended. */
struct side {
  const struct naj_table_node* nodes;
  const struct naj_table_buffer* buffers;
  const int64_t* variadic_counts;
  int64_t next_buffer;
  int64_t next_variadic;
  int64_t* lengths; /* per node: rows taken, at most the node's length */
};

/* Two rounds over the nodes: with `base` NULL only `used_bytes` grows, then buffers are written. */
struct concat {
  const struct naj_schema* schema;
  const struct naj_plan* plan;
  struct side first;
  struct side second;
  uint8_t* base;
  int64_t used_bytes;
  int64_t capacity_bytes; /* of base: holds even if the input changes between the rounds */
  struct naj_table_node* out_nodes;
  struct naj_table_buffer* out_buffers;
  int64_t* out_variadic;
  int64_t next_buffer;
  int64_t next_variadic;
  struct naj_error* error;
};

static struct side side_of(const struct naj_table_header* table, int64_t* lengths) {
  const struct naj_table_node* nodes = (const struct naj_table_node*)(table + 1);
  const struct naj_table_buffer* buffers =
      (const struct naj_table_buffer*)(nodes + table->node_count);
  struct side side = {.nodes = nodes,
                      .buffers = buffers,
                      .variadic_counts = (const int64_t*)(buffers + table->buffer_count),
                      .lengths = lengths};
  return side;
}

static const uint8_t* bytes_of(const struct naj_table_buffer* buffer) {
  return (const uint8_t*)(uintptr_t)buffer->address;
}

/* Room for one more buffer of the result; *out_bytes is NULL in the first round. */
static naj_status add_buffer(struct concat* concat, int64_t size_bytes, uint8_t** out_bytes) {
  int64_t end = 0;
  if (size_bytes < 0 || !naj_checked_add(concat->used_bytes, size_bytes, &end) ||
      !naj_checked_add(end, ALIGNMENT - 1, &end))
    return naj_error_set(concat->error, NAJ_LIMIT_EXCEEDED, -1, "the dictionary is too large");
  if (concat->base != NULL && size_bytes > concat->capacity_bytes - concat->used_bytes)
    return naj_error_set(concat->error, NAJ_INVALID_DATA, -1,
                         "the input changed while it was read");
  *out_bytes = concat->base == NULL ? NULL : concat->base + concat->used_bytes;
  if (concat->base != NULL) {
    struct naj_table_buffer* out = &concat->out_buffers[concat->next_buffer];
    out->address = size_bytes == 0 ? 0 : (int64_t)(uintptr_t)*out_bytes;
    out->size_bytes = size_bytes;
  }
  concat->next_buffer++;
  concat->used_bytes = end / ALIGNMENT * ALIGNMENT;
  return NAJ_OK;
}

static naj_status sum(struct concat* concat, int64_t a, int64_t b, int64_t* out) {
  if (naj_checked_add(a, b, out)) return NAJ_OK;
  return naj_error_set(concat->error, NAJ_LIMIT_EXCEEDED, -1, "the dictionary is too long");
}

/* Runs that cover `rows` rows: up to the first run end at or beyond them. */
static naj_status count_runs(struct concat* concat, const struct side* side, int32_t run_ends_node,
                             int64_t rows, int64_t* out_runs) {
  const struct naj_plan_node* node = &concat->plan->nodes[run_ends_node];
  const int32_t width = concat->plan->buffers[node->first_buffer + 1].width_bytes;
  const uint8_t* ends = bytes_of(&side->buffers[side->next_buffer + 1]);
  const int64_t length = side->nodes[run_ends_node].length;
  int64_t runs = 0;
  int64_t covered = 0;
  while (covered < rows) {
    const int64_t end = runs < length && ends != NULL ? naj_load_int(ends, runs, width) : -1;
    if (end <= covered)
      return naj_error_set(concat->error, NAJ_INVALID_DATA, -1,
                           "run ends do not ascend to the row count");
    covered = end;
    runs++;
  }
  *out_runs = runs;
  return NAJ_OK;
}

/* How many rows of node `i` belong to the rows taken of its parent. The cursors of `side` are on
 * node `i`, which for the run ends of a run-end encoded parent is where the runs are counted. */
static naj_status take_length(struct concat* concat, struct side* side, int32_t i) {
  const struct naj_plan_node* node = &concat->plan->nodes[i];
  int64_t* length = &side->lengths[i];
  *length = side->nodes[i].length;
  if (node->parent_node < 0) return NAJ_OK;
  const struct naj_plan_node* parent = &concat->plan->nodes[node->parent_node];
  const int64_t parent_length = side->lengths[node->parent_node];
  switch (parent->type) {
    case NAJ_TYPE_STRUCT:
    case NAJ_TYPE_SPARSE_UNION:
      *length = parent_length;
      break;
    case NAJ_TYPE_FIXED_SIZE_LIST:
      *length = parent_length * parent->fixed_list_size; /* at most the node's length */
      break;
    case NAJ_TYPE_RUN_END_ENCODED:
      if (i == node->parent_node + 1) {
        NAJ_TRY(count_runs(concat, side, i, parent_length, length));
      } else {
        *length = side->lengths[node->parent_node + 1];
      }
      break;
    default:
      break;
  }
  if (*length > side->nodes[i].length)
    return naj_error_set(concat->error, NAJ_INVALID_DATA, -1, "a child is shorter than needed");
  return NAJ_OK;
}

static const uint8_t* validity_of(const struct side* side, int32_t i) {
  return side->nodes[i].null_count == 0 ? NULL : bytes_of(&side->buffers[side->next_buffer]);
}

static naj_status add_validity(struct concat* concat, int32_t i, int64_t length) {
  const uint8_t* first = validity_of(&concat->first, i);
  const uint8_t* second = validity_of(&concat->second, i);
  uint8_t* target = NULL;
  if (first == NULL && second == NULL) return add_buffer(concat, 0, &target);
  NAJ_TRY(add_buffer(concat, naj_bitmap_bytes(length), &target));
  if (target == NULL) return NAJ_OK;
  naj_concat_bits(first, concat->first.lengths[i], target, 0);
  naj_concat_bits(second, concat->second.lengths[i], target, concat->first.lengths[i]);
  concat->out_nodes[i].null_count = naj_count_zero_bits(target, length);
  return NAJ_OK;
}

static naj_status add_fixed(struct concat* concat, int32_t i, int32_t k, int32_t width_bytes,
                            int64_t length) {
  int64_t size = 0;
  uint8_t* target = NULL;
  if (!naj_checked_mul(length, width_bytes, &size)) size = -1;
  NAJ_TRY(add_buffer(concat, size, &target));
  if (target == NULL || size == 0) return NAJ_OK;
  const int64_t first_size = concat->first.lengths[i] * width_bytes;
  const uint8_t* first = bytes_of(&concat->first.buffers[concat->first.next_buffer + k]);
  const uint8_t* second = bytes_of(&concat->second.buffers[concat->second.next_buffer + k]);
  if (first_size > 0) memcpy(target, first, (size_t)first_size);
  if (size > first_size) memcpy(target + first_size, second, (size_t)(size - first_size));
  return NAJ_OK;
}

static naj_status add_bit_values(struct concat* concat, int32_t i, int32_t k, int64_t length) {
  uint8_t* target = NULL;
  NAJ_TRY(add_buffer(concat, naj_bitmap_bytes(length), &target));
  if (target == NULL) return NAJ_OK;
  const struct side* sides[] = {&concat->first, &concat->second};
  int64_t at = 0;
  for (int s = 0; s < 2; s++) {
    const uint8_t* bits = bytes_of(&sides[s]->buffers[sides[s]->next_buffer + k]);
    if (sides[s]->lengths[i] > 0) naj_concat_bits(bits, sides[s]->lengths[i], target, at);
    at += sides[s]->lengths[i];
  }
  return NAJ_OK;
}

/* Items that offsets of this side may point to: bytes of data, or rows of the child. */
static int64_t offsets_limit(const struct concat* concat, const struct side* side, int32_t i,
                             int32_t k) {
  const struct naj_plan_node* node = &concat->plan->nodes[i];
  if (k + 1 < node->buffer_count &&
      concat->plan->buffers[node->first_buffer + k + 1].kind == NAJ_BUFFER_DATA)
    return side->buffers[side->next_buffer + k + 1].size_bytes;
  return side->nodes[i + 1].length;
}

/* Offsets (`extra` 1) or list view offsets (`extra` 0): the second array's are moved up. */
static naj_status add_offsets(struct concat* concat, int32_t i, int32_t k, int32_t width_bytes,
                              int64_t extra, int64_t length) {
  int64_t size = 0;
  uint8_t* target = NULL;
  if (!naj_checked_add(length, extra, &size) || !naj_checked_mul(size, width_bytes, &size))
    size = -1;
  NAJ_TRY(add_buffer(concat, size, &target));
  if (target == NULL) return NAJ_OK;
  const struct side* sides[] = {&concat->first, &concat->second};
  int64_t base = 0;
  int64_t at = 0;
  for (int s = 0; s < 2; s++) {
    const struct side* side = sides[s];
    const int64_t limit = offsets_limit(concat, side, i, k);
    NAJ_TRY(naj_concat_shifted(bytes_of(&side->buffers[side->next_buffer + k]),
                               side->lengths[i] + extra, width_bytes, 0, limit, base,
                               target + at * width_bytes, concat->error));
    at += side->lengths[i];
    base += limit;
  }
  return NAJ_OK;
}

static naj_status add_data(struct concat* concat, int32_t k) {
  const struct naj_table_buffer* first = &concat->first.buffers[concat->first.next_buffer + k];
  const struct naj_table_buffer* second = &concat->second.buffers[concat->second.next_buffer + k];
  int64_t size = 0;
  uint8_t* target = NULL;
  NAJ_TRY(sum(concat, first->size_bytes, second->size_bytes, &size));
  NAJ_TRY(add_buffer(concat, size, &target));
  if (target == NULL) return NAJ_OK;
  if (first->size_bytes > 0) memcpy(target, bytes_of(first), (size_t)first->size_bytes);
  if (second->size_bytes > 0)
    memcpy(target + first->size_bytes, bytes_of(second), (size_t)second->size_bytes);
  return NAJ_OK;
}

/* The node of the child that `type_id` stands for, -1 for none. */
static int32_t union_child(const struct concat* concat, int32_t i, int8_t type_id) {
  const struct naj_field_record* field =
      &concat->schema->fields[concat->plan->nodes[i].field_index];
  const uint8_t* ids = concat->schema->descriptor + field->extra_offset;
  int32_t child = i + 1;
  for (int32_t c = 0; c < field->child_count; c++) {
    if (naj_load_int(ids, c, 4) == type_id) return child;
    child = concat->plan->nodes[child].subtree_end;
  }
  return -1;
}

static naj_status add_union_offsets(struct concat* concat, int32_t i, int32_t k, int64_t length) {
  int64_t size = 0;
  uint8_t* target = NULL;
  if (!naj_checked_mul(length, 4, &size)) size = -1;
  NAJ_TRY(add_buffer(concat, size, &target));
  if (target == NULL) return NAJ_OK;
  const struct side* sides[] = {&concat->first, &concat->second};
  for (int s = 0; s < 2; s++) {
    const struct side* side = sides[s];
    const uint8_t* ids = bytes_of(&side->buffers[side->next_buffer + k - 1]);
    const uint8_t* offsets = bytes_of(&side->buffers[side->next_buffer + k]);
    for (int64_t row = 0; row < side->lengths[i]; row++, target += 4) {
      const int32_t child = union_child(concat, i, (int8_t)ids[row]);
      if (child < 0)
        return naj_error_set(concat->error, NAJ_INVALID_DATA, -1, "unknown union type id %d",
                             (int8_t)ids[row]);
      NAJ_TRY(naj_concat_shifted(offsets + 4 * row, 1, 4, 0, side->nodes[child].length - 1,
                                 s == 0 ? 0 : concat->first.nodes[child].length, target,
                                 concat->error));
    }
  }
  return NAJ_OK;
}

static naj_status add_views(struct concat* concat, int32_t i, int32_t k, int64_t length) {
  int64_t size = 0;
  uint8_t* target = NULL;
  if (!naj_checked_mul(length, 16, &size)) size = -1;
  NAJ_TRY(add_buffer(concat, size, &target));
  const struct side* sides[] = {&concat->first, &concat->second};
  int64_t base = 0;
  for (int s = 0; s < 2; s++) {
    const struct side* side = sides[s];
    const struct naj_table_buffer* own = &side->buffers[side->next_buffer + k];
    const int64_t count = side->variadic_counts[side->next_variadic];
    if (target != NULL)
      NAJ_TRY(naj_concat_views(bytes_of(own), validity_of(side, i), side->lengths[i], own + 1,
                               count, base, target + 16 * (s == 0 ? 0 : sides[0]->lengths[i]),
                               concat->error));
    base += count;
  }
  for (int s = 0; s < 2; s++) {
    const struct side* side = sides[s];
    const int64_t count = side->variadic_counts[side->next_variadic];
    for (int64_t v = 0; v < count; v++) {
      const struct naj_table_buffer* buffer = &side->buffers[side->next_buffer + k + 1 + v];
      uint8_t* copy = NULL;
      NAJ_TRY(add_buffer(concat, buffer->size_bytes, &copy));
      if (copy != NULL && buffer->size_bytes > 0)
        memcpy(copy, bytes_of(buffer), (size_t)buffer->size_bytes);
    }
  }
  if (concat->base != NULL) concat->out_variadic[concat->next_variadic] = base;
  concat->next_variadic++;
  return NAJ_OK;
}

static int is_run_ends(const struct concat* concat, int32_t i) {
  const int32_t parent = concat->plan->nodes[i].parent_node;
  return parent >= 0 && i == parent + 1 &&
         concat->plan->nodes[parent].type == NAJ_TYPE_RUN_END_ENCODED;
}

/* Run ends of the second array move up by the rows of the first, whose last run may reach further.
 */
static naj_status add_run_ends(struct concat* concat, int32_t i, int32_t k, int32_t width_bytes,
                               int64_t length) {
  int64_t size = 0;
  uint8_t* target = NULL;
  if (!naj_checked_mul(length, width_bytes, &size)) size = -1;
  NAJ_TRY(add_buffer(concat, size, &target));
  if (target == NULL) return NAJ_OK;
  const struct side* sides[] = {&concat->first, &concat->second};
  int64_t base = 0;
  for (int s = 0; s < 2; s++) {
    const struct side* side = sides[s];
    const int64_t rows = side->lengths[concat->plan->nodes[i].parent_node];
    const int64_t runs = side->lengths[i];
    const uint8_t* ends = bytes_of(&side->buffers[side->next_buffer + k]);
    if (runs > 0) {
      uint8_t last[8] = {0};
      memcpy(last, &rows, sizeof rows); /* little-endian: the low bytes are the narrow value */
      NAJ_TRY(naj_concat_shifted(ends, runs - 1, width_bytes, 1, INT64_MAX, base, target,
                                 concat->error));
      NAJ_TRY(naj_concat_shifted(last, 1, width_bytes, 1, INT64_MAX, base,
                                 target + (runs - 1) * width_bytes, concat->error));
    }
    target += runs * width_bytes;
    base += rows;
  }
  return NAJ_OK;
}

static naj_status add_node_buffer(struct concat* concat, int32_t i, int32_t k, int64_t length) {
  const struct naj_plan_buffer* buffer =
      &concat->plan->buffers[concat->plan->nodes[i].first_buffer + k];
  switch (buffer->kind) {
    case NAJ_BUFFER_VALIDITY:
      return add_validity(concat, i, length);
    case NAJ_BUFFER_BITS:
      return add_bit_values(concat, i, k, length);
    case NAJ_BUFFER_OFFSETS32:
    case NAJ_BUFFER_OFFSETS64:
      return add_offsets(concat, i, k, buffer->width_bytes, 1, length);
    case NAJ_BUFFER_VIEW_OFFSETS32:
    case NAJ_BUFFER_VIEW_OFFSETS64:
      return add_offsets(concat, i, k, buffer->width_bytes, 0, length);
    case NAJ_BUFFER_DATA:
      return add_data(concat, k);
    case NAJ_BUFFER_UNION_OFFSETS:
      return add_union_offsets(concat, i, k, length);
    case NAJ_BUFFER_VIEWS:
      return add_views(concat, i, k, length);
    default:
      if (is_run_ends(concat, i)) return add_run_ends(concat, i, k, buffer->width_bytes, length);
      return add_fixed(concat, i, k, buffer->width_bytes, length);
  }
}

static void advance(struct side* side, const struct naj_plan_node* node) {
  side->next_buffer += node->buffer_count;
  if (node->has_variadic) side->next_buffer += side->variadic_counts[side->next_variadic++];
}

static naj_status walk(struct concat* concat) {
  concat->next_buffer = concat->next_variadic = 0;
  struct side* sides[] = {&concat->first, &concat->second};
  for (int s = 0; s < 2; s++) sides[s]->next_buffer = sides[s]->next_variadic = 0;
  for (int32_t i = 0; i < concat->plan->node_count; i++) {
    const struct naj_plan_node* node = &concat->plan->nodes[i];
    int64_t length = 0;
    for (int s = 0; s < 2; s++) NAJ_TRY(take_length(concat, sides[s], i));
    NAJ_TRY(sum(concat, concat->first.lengths[i], concat->second.lengths[i], &length));
    if (concat->base != NULL) {
      concat->out_nodes[i].length = length;
      concat->out_nodes[i].null_count = node->type == NAJ_TYPE_NULL ? length : 0;
    }
    for (int32_t k = 0; k < node->buffer_count; k++) NAJ_TRY(add_node_buffer(concat, i, k, length));
    for (int s = 0; s < 2; s++) advance(sides[s], node);
  }
  return NAJ_OK;
}

static naj_status concat_into(struct concat* concat, int64_t buffer_count, int64_t row_count,
                              struct naj_memory** out_memory) {
  const struct naj_plan* plan = concat->plan;
  const int64_t table_bytes = (int64_t)sizeof(struct naj_table_header) +
                              plan->node_count * (int64_t)sizeof(struct naj_table_node) +
                              buffer_count * (int64_t)sizeof(struct naj_table_buffer) +
                              plan->variadic_field_count * (int64_t)sizeof(int64_t);
  const int64_t start = (table_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  concat->used_bytes = start;
  NAJ_TRY(walk(concat));
  struct naj_memory* memory = NULL;
  NAJ_TRY(naj_memory_allocate(concat->used_bytes, &memory, concat->error));
  concat->base = (uint8_t*)(uintptr_t)naj_memory_address(memory);
  concat->capacity_bytes = concat->used_bytes;
  concat->used_bytes = start;
  struct naj_table_header* header = (struct naj_table_header*)(void*)concat->base;
  concat->out_nodes = (struct naj_table_node*)(header + 1);
  concat->out_buffers = (struct naj_table_buffer*)(concat->out_nodes + plan->node_count);
  concat->out_variadic = (int64_t*)(concat->out_buffers + buffer_count);
  header->kind = NAJ_TABLE_BATCH;
  header->row_count = row_count;
  header->node_count = plan->node_count;
  header->buffer_count = buffer_count;
  header->variadic_count = plan->variadic_field_count;
  const naj_status status = walk(concat);
  if (status != NAJ_OK) {
    naj_memory_release(memory);
    naj_memory_unreserve(memory);
    return status;
  }
  naj_account_body_allocated(concat->used_bytes);
  *out_memory = memory;
  return NAJ_OK;
}

naj_status naj_concat(const struct naj_schema* borrow_schema,
                      const struct naj_table_header* borrow_first,
                      const struct naj_table_header* borrow_second, struct naj_memory** out_memory,
                      struct naj_error* error) {
  const struct naj_plan* plan = borrow_schema->plan;
  if (borrow_first->node_count != plan->node_count ||
      borrow_second->node_count != plan->node_count ||
      borrow_first->variadic_count != plan->variadic_field_count ||
      borrow_second->variadic_count != plan->variadic_field_count)
    return naj_error_set(error, NAJ_MISUSE, -1, "the tables are not of this schema");
  int64_t* lengths = naj_alloc_zeroed(2 * (int64_t)plan->node_count, (int64_t)sizeof *lengths);
  if (lengths == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory to concatenate");
  struct concat concat = {.schema = borrow_schema,
                          .plan = plan,
                          .first = side_of(borrow_first, lengths),
                          .second = side_of(borrow_second, lengths + plan->node_count),
                          .error = error};
  /* Variadic buffers of both stay apart; all others become one. */
  const int64_t buffer_count =
      borrow_first->buffer_count + borrow_second->buffer_count - plan->buffer_count;
  int64_t row_count = 0;
  naj_status status = sum(&concat, borrow_first->row_count, borrow_second->row_count, &row_count);
  if (status == NAJ_OK) status = concat_into(&concat, buffer_count, row_count, out_memory);
  naj_free(lengths);
  return status;
}
