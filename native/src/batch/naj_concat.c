#include <string.h>

#include "batch/naj_concat_buffers.h"
#include "batch/naj_plan.h"
#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "naj/naj.h"
#include "schema/naj_schema.h"

/* Rows that no byte stands for (of a struct without children, say) may get a bitmap of this much.
 */
enum { ALIGNMENT = 64, FREE_BITMAP_BYTES = 1 << 18 };

/* The rows of a node that are taken, and the items of data or of the child that these span. */
struct rows {
  int64_t start;
  int64_t length;
  int64_t first_item;
  int64_t item_count;
};

/* One of the two arrays, its cursors on the node being appended. */
struct side {
  const struct naj_table_node* nodes;
  const struct naj_table_buffer* buffers;
  const int64_t* variadic_counts;
  int64_t next_buffer;
  int64_t next_variadic;
  struct rows* rows; /* per node */
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

static struct side side_of(const struct naj_table_header* table, struct rows* rows) {
  const struct naj_table_node* nodes = (const struct naj_table_node*)(table + 1);
  const struct naj_table_buffer* buffers =
      (const struct naj_table_buffer*)(nodes + table->node_count);
  struct side side = {.nodes = nodes,
                      .buffers = buffers,
                      .variadic_counts = (const int64_t*)(buffers + table->buffer_count),
                      .rows = rows};
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

/* The runs that cover the rows taken of their parent. */
static naj_status find_runs(struct concat* concat, const struct side* side, int32_t run_ends_node,
                            const struct rows* parent, struct rows* out_runs) {
  const struct naj_plan_node* node = &concat->plan->nodes[run_ends_node];
  const int32_t width = concat->plan->buffers[node->first_buffer + 1].width_bytes;
  const uint8_t* ends = bytes_of(&side->buffers[side->next_buffer + 1]);
  const int64_t stop = parent->length == 0 ? 0 : parent->start + parent->length;
  int64_t run = 0;
  int64_t covered = 0;
  while (covered < stop) {
    const int is_there = run < side->nodes[run_ends_node].length && ends != NULL;
    const int64_t end = is_there ? naj_load_int(ends, run, width) : -1;
    if (end <= covered)
      return naj_error_set(concat->error, NAJ_INVALID_DATA, -1,
                           "run ends do not ascend to the row count");
    covered = end;
    run++;
    if (covered <= parent->start) out_runs->start = run;
  }
  out_runs->length = run - out_runs->start;
  return NAJ_OK;
}

/* Which rows of node `i` belong to the rows taken of its parent. The cursors of `side` are on node
 * `i`, which for the run ends of a run-end encoded parent is where the runs are looked for. */
static naj_status take_rows(struct concat* concat, struct side* side, int32_t i) {
  const struct naj_plan_node* node = &concat->plan->nodes[i];
  struct rows* rows = &side->rows[i];
  *rows = (struct rows){.length = side->nodes[i].length};
  if (node->parent_node < 0) return NAJ_OK;
  const struct naj_plan_node* parent = &concat->plan->nodes[node->parent_node];
  const struct rows* above = &side->rows[node->parent_node];
  switch (parent->type) {
    case NAJ_TYPE_STRUCT:
    case NAJ_TYPE_SPARSE_UNION:
      rows->start = above->start;
      rows->length = above->length;
      break;
    case NAJ_TYPE_FIXED_SIZE_LIST:
      if (!naj_checked_mul(above->start, parent->fixed_list_size, &rows->start) ||
          !naj_checked_mul(above->length, parent->fixed_list_size, &rows->length))
        rows->length = INT64_MAX;
      break;
    case NAJ_TYPE_LIST:
    case NAJ_TYPE_LARGE_LIST:
    case NAJ_TYPE_MAP:
      rows->start = above->first_item;
      rows->length = above->item_count;
      break;
    case NAJ_TYPE_RUN_END_ENCODED:
      if (i == node->parent_node + 1) {
        NAJ_TRY(find_runs(concat, side, i, above, rows));
      } else {
        rows->start = side->rows[node->parent_node + 1].start;
        rows->length = side->rows[node->parent_node + 1].length;
      }
      break;
    default:
      break;
  }
  if (!naj_range_within(rows->start, rows->length, side->nodes[i].length))
    return naj_error_set(concat->error, NAJ_INVALID_DATA, -1, "a child is shorter than needed");
  return NAJ_OK;
}

/* What the offsets of the rows taken span: bytes of data, or rows of the child. */
static naj_status take_items(struct concat* concat, struct side* side, int32_t i) {
  const struct naj_plan_node* node = &concat->plan->nodes[i];
  struct rows* rows = &side->rows[i];
  if (node->buffer_count < 2 || rows->length == 0) return NAJ_OK;
  const struct naj_plan_buffer* wanted = &concat->plan->buffers[node->first_buffer + 1];
  if (wanted->kind != NAJ_BUFFER_OFFSETS32 && wanted->kind != NAJ_BUFFER_OFFSETS64) return NAJ_OK;
  const uint8_t* offsets = bytes_of(&side->buffers[side->next_buffer + 1]);
  const int64_t limit = node->buffer_count > 2 ? side->buffers[side->next_buffer + 2].size_bytes
                                               : side->nodes[i + 1].length;
  const int64_t first = naj_load_int(offsets, rows->start, wanted->width_bytes);
  const int64_t last = naj_load_int(offsets, rows->start + rows->length, wanted->width_bytes);
  if (first < 0 || first > last || last > limit)
    return naj_error_set(concat->error, NAJ_INVALID_DATA, -1,
                         "offsets from %lld to %lld where %lld items are", (long long)first,
                         (long long)last, (long long)limit);
  rows->first_item = first;
  rows->item_count = last - first;
  return NAJ_OK;
}

static const uint8_t* validity_of(const struct side* side, int32_t i) {
  return side->nodes[i].null_count == 0 ? NULL : bytes_of(&side->buffers[side->next_buffer]);
}

/* What the buffers of node `i` and all below it hold without bitmaps, at most INT64_MAX. The
 * cursors of `side` are on node `i`. */
static int64_t bytes_below(const struct concat* concat, const struct side* side, int32_t i) {
  int64_t bytes = 0;
  int64_t buffer = side->next_buffer;
  int64_t variadic = side->next_variadic;
  for (int32_t n = i; n < concat->plan->nodes[i].subtree_end; n++) {
    const struct naj_plan_node* node = &concat->plan->nodes[n];
    int64_t count = node->buffer_count;
    if (node->has_variadic) count += side->variadic_counts[variadic++];
    for (int64_t k = 0; k < count; k++, buffer++) {
      const int is_bitmap =
          k < node->buffer_count &&
          concat->plan->buffers[node->first_buffer + k].kind == NAJ_BUFFER_VALIDITY;
      if (!is_bitmap && !naj_checked_add(bytes, side->buffers[buffer].size_bytes, &bytes))
        return INT64_MAX;
    }
  }
  return bytes;
}

/* A side without a bitmap gets one: a few bytes of input must not ask for any amount of memory. */
static naj_status check_new_bitmap(struct concat* concat, const struct side* side, int32_t i) {
  const int64_t size = naj_bitmap_bytes(side->rows[i].length);
  if (size <= FREE_BITMAP_BYTES || size <= bytes_below(concat, side, i)) return NAJ_OK;
  return naj_error_set(concat->error, NAJ_LIMIT_EXCEEDED, -1,
                       "a bitmap for %lld rows that take no bytes",
                       (long long)side->rows[i].length);
}

static naj_status add_validity(struct concat* concat, int32_t i, int64_t length) {
  const uint8_t* first = validity_of(&concat->first, i);
  const uint8_t* second = validity_of(&concat->second, i);
  uint8_t* target = NULL;
  if (first == NULL && second == NULL) return add_buffer(concat, 0, &target);
  if (first == NULL) NAJ_TRY(check_new_bitmap(concat, &concat->first, i));
  if (second == NULL) NAJ_TRY(check_new_bitmap(concat, &concat->second, i));
  NAJ_TRY(add_buffer(concat, naj_bitmap_bytes(length), &target));
  if (target == NULL) return NAJ_OK;
  const struct rows* rows = &concat->first.rows[i];
  const struct rows* more = &concat->second.rows[i];
  naj_concat_bits(first, rows->start, rows->length, target, 0);
  naj_concat_bits(second, more->start, more->length, target, rows->length);
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
  const struct side* sides[] = {&concat->first, &concat->second};
  for (int s = 0; s < 2; s++) {
    const struct rows* rows = &sides[s]->rows[i];
    const uint8_t* bytes = bytes_of(&sides[s]->buffers[sides[s]->next_buffer + k]);
    const int64_t side_size = rows->length * width_bytes;
    if (side_size > 0) memcpy(target, bytes + rows->start * width_bytes, (size_t)side_size);
    target += side_size;
  }
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
    const struct rows* rows = &sides[s]->rows[i];
    if (rows->length > 0) naj_concat_bits(bits, rows->start, rows->length, target, at);
    at += rows->length;
  }
  return NAJ_OK;
}

/* The first offset is 0; the items that each side spans follow each other. */
static naj_status add_offsets(struct concat* concat, int32_t i, int32_t k, int32_t width_bytes,
                              int64_t length) {
  int64_t size = 0;
  uint8_t* target = NULL;
  if (!naj_checked_add(length, 1, &size) || !naj_checked_mul(size, width_bytes, &size)) size = -1;
  NAJ_TRY(add_buffer(concat, size, &target));
  if (target == NULL) return NAJ_OK;
  const struct side* sides[] = {&concat->first, &concat->second};
  int64_t base = 0;
  target += width_bytes;
  for (int s = 0; s < 2; s++) {
    const struct rows* rows = &sides[s]->rows[i];
    const uint8_t* offsets = bytes_of(&sides[s]->buffers[sides[s]->next_buffer + k]);
    const struct naj_shift shift = {.least = rows->first_item,
                                    .most = rows->first_item + rows->item_count,
                                    .base = base,
                                    .is_ascending = 1};
    if (rows->length > 0)
      NAJ_TRY(naj_concat_shifted(offsets + (rows->start + 1) * width_bytes, rows->length,
                                 width_bytes, &shift, target, concat->error));
    target += rows->length * width_bytes;
    base += rows->item_count;
  }
  return NAJ_OK;
}

/* Checked here: beside the other side's child, what reaches beyond its own would look right. */
static naj_status check_view_sizes(struct concat* concat, const struct side* side, int32_t i,
                                   int32_t k, int32_t width_bytes) {
  const struct rows* rows = &side->rows[i];
  const uint8_t* offsets = bytes_of(&side->buffers[side->next_buffer + k]);
  const uint8_t* sizes = bytes_of(&side->buffers[side->next_buffer + k + 1]);
  for (int64_t row = rows->start; row < rows->start + rows->length; row++) {
    const int64_t size = naj_load_int(sizes, row, width_bytes);
    if (!naj_range_within(naj_load_int(offsets, row, width_bytes), size, side->nodes[i + 1].length))
      return naj_error_set(concat->error, NAJ_INVALID_DATA, -1,
                           "a list view of %lld items beyond the values", (long long)size);
  }
  return NAJ_OK;
}

/* List views of the second side point behind the whole child of the first. */
static naj_status add_view_offsets(struct concat* concat, int32_t i, int32_t k, int32_t width_bytes,
                                   int64_t length) {
  int64_t size = 0;
  uint8_t* target = NULL;
  if (!naj_checked_mul(length, width_bytes, &size)) size = -1;
  NAJ_TRY(add_buffer(concat, size, &target));
  if (target == NULL) return NAJ_OK;
  const struct side* sides[] = {&concat->first, &concat->second};
  int64_t base = 0;
  for (int s = 0; s < 2; s++) {
    const struct rows* rows = &sides[s]->rows[i];
    const uint8_t* offsets = bytes_of(&sides[s]->buffers[sides[s]->next_buffer + k]);
    const struct naj_shift shift = {.most = sides[s]->nodes[i + 1].length, .base = base};
    NAJ_TRY(check_view_sizes(concat, sides[s], i, k, width_bytes));
    if (rows->length > 0)
      NAJ_TRY(naj_concat_shifted(offsets + rows->start * width_bytes, rows->length, width_bytes,
                                 &shift, target, concat->error));
    target += rows->length * width_bytes;
    base += sides[s]->nodes[i + 1].length;
  }
  return NAJ_OK;
}

static naj_status add_data(struct concat* concat, int32_t i, int32_t k) {
  const struct side* sides[] = {&concat->first, &concat->second};
  int64_t size = 0;
  uint8_t* target = NULL;
  NAJ_TRY(sum(concat, sides[0]->rows[i].item_count, sides[1]->rows[i].item_count, &size));
  NAJ_TRY(add_buffer(concat, size, &target));
  if (target == NULL) return NAJ_OK;
  for (int s = 0; s < 2; s++) {
    const struct rows* rows = &sides[s]->rows[i];
    const uint8_t* bytes = bytes_of(&sides[s]->buffers[sides[s]->next_buffer + k]);
    if (rows->item_count > 0) memcpy(target, bytes + rows->first_item, (size_t)rows->item_count);
    target += rows->item_count;
  }
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
    const int64_t start = side->rows[i].start;
    for (int64_t row = start; row < start + side->rows[i].length; row++, target += 4) {
      const int32_t child = union_child(concat, i, (int8_t)ids[row]);
      if (child < 0)
        return naj_error_set(concat->error, NAJ_INVALID_DATA, -1, "unknown union type id %d",
                             (int8_t)ids[row]);
      const struct naj_shift shift = {.most = side->nodes[child].length - 1,
                                      .base = s == 0 ? 0 : concat->first.nodes[child].length};
      NAJ_TRY(naj_concat_shifted(offsets + 4 * row, 1, 4, &shift, target, concat->error));
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
    const struct rows* rows = &side->rows[i];
    if (target != NULL) {
      NAJ_TRY(naj_concat_views(bytes_of(own), validity_of(side, i), rows->start, rows->length,
                               own + 1, count, base, target, concat->error));
      target += 16 * rows->length;
    }
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
    const struct rows* runs = &side->rows[i];
    const struct rows* above = &side->rows[concat->plan->nodes[i].parent_node];
    const uint8_t* ends = bytes_of(&side->buffers[side->next_buffer + k]);
    if (runs->length > 0)
      NAJ_TRY(naj_concat_run_ends(ends + runs->start * width_bytes, runs->length, width_bytes,
                                  above->start, above->length, base, target, concat->error));
    target += runs->length * width_bytes;
    base += above->length;
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
      return add_offsets(concat, i, k, buffer->width_bytes, length);
    case NAJ_BUFFER_VIEW_OFFSETS32:
    case NAJ_BUFFER_VIEW_OFFSETS64:
      return add_view_offsets(concat, i, k, buffer->width_bytes, length);
    case NAJ_BUFFER_DATA:
      return add_data(concat, i, k);
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

static naj_status add_node(struct concat* concat, int32_t i) {
  const struct naj_plan_node* node = &concat->plan->nodes[i];
  struct side* sides[] = {&concat->first, &concat->second};
  int64_t length = 0;
  for (int s = 0; s < 2; s++) {
    NAJ_TRY(take_rows(concat, sides[s], i));
    NAJ_TRY(take_items(concat, sides[s], i));
  }
  NAJ_TRY(sum(concat, sides[0]->rows[i].length, sides[1]->rows[i].length, &length));
  if (concat->base != NULL) {
    concat->out_nodes[i].length = length;
    concat->out_nodes[i].null_count = node->type == NAJ_TYPE_NULL ? length : 0;
  }
  for (int32_t k = 0; k < node->buffer_count; k++) NAJ_TRY(add_node_buffer(concat, i, k, length));
  for (int s = 0; s < 2; s++) advance(sides[s], node);
  return NAJ_OK;
}

static naj_status walk(struct concat* concat) {
  concat->next_buffer = concat->next_variadic = 0;
  concat->first.next_buffer = concat->first.next_variadic = 0;
  concat->second.next_buffer = concat->second.next_variadic = 0;
  for (int32_t i = 0; i < concat->plan->node_count; i++) {
    const naj_status status = add_node(concat, i);
    if (status == NAJ_OK) continue;
    if (concat->error != NULL) {
      char path[sizeof concat->error->path];
      naj_schema_path(concat->schema, concat->plan->nodes[i].field_index, path,
                      (int64_t)sizeof path);
      naj_error_set_path(concat->error, path);
    }
    return status;
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
  struct rows* rows = naj_alloc_zeroed(2 * (int64_t)plan->node_count, (int64_t)sizeof *rows);
  if (rows == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory to concatenate");
  struct concat concat = {.schema = borrow_schema,
                          .plan = plan,
                          .first = side_of(borrow_first, rows),
                          .second = side_of(borrow_second, rows + plan->node_count),
                          .error = error};
  /* Variadic buffers of both stay apart; all others become one. */
  const int64_t buffer_count =
      borrow_first->buffer_count + borrow_second->buffer_count - plan->buffer_count;
  int64_t row_count = 0;
  naj_status status = sum(&concat, borrow_first->row_count, borrow_second->row_count, &row_count);
  if (status == NAJ_OK) status = concat_into(&concat, buffer_count, row_count, out_memory);
  naj_free(rows);
  return status;
}
