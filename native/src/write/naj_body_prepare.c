#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "write/naj_bits.h"
#include "write/naj_cut.h"

enum { METADATA_V4 = 3, METADATA_V5 = 4 };

/* Out of the way of the loop that every column passes. */
#define COLD __attribute__((cold, noinline))

COLD naj_status naj_cut_refuse(const struct naj_cutter* borrow_cutter,
                               const struct naj_cut* borrow_cut, naj_status status, int64_t row,
                               const char* text) {
  struct naj_error* error = borrow_cutter->error;
  naj_error_set(error, status, -1, "%s", text);
  if (error != NULL) {
    char path[sizeof error->path];
    naj_schema_path(borrow_cutter->schema, borrow_cut->plan->field_index, path,
                    (int64_t)sizeof path);
    naj_error_set_path(error, path);
    if (row >= 0) error->row = borrow_cut->start - borrow_cut->in->offset + row;
  }
  return status;
}

static COLD naj_status no_memory(struct naj_error* error) {
  return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for a message body");
}

naj_status naj_cut_room(struct naj_cutter* cutter, int64_t size_bytes, uint8_t** out_bytes) {
  uint8_t* bytes = naj_scratch_take(cutter->scratch, size_bytes);
  if (bytes == NULL) return no_memory(cutter->error);
  naj_account_body_allocated(size_bytes);
  *out_bytes = bytes;
  return NAJ_OK;
}

static int has_optional_validity(int32_t type) {
  return type == NAJ_TYPE_SPARSE_UNION || type == NAJ_TYPE_DENSE_UNION ||
         type == NAJ_TYPE_RUN_END_ENCODED;
}

/* Which of the node's buffers are which. */
static naj_status take_buffers(struct naj_cutter* cutter, struct naj_cut* cut,
                               const struct naj_table_buffer** out_validity) {
  const struct naj_plan_node* plan = cut->plan;
  const struct naj_array_node* in = cut->in;
  const struct naj_plan_buffer* wanted = &cutter->plan->buffers[plan->first_buffer];
  const int32_t is_first =
      plan->buffer_count > 0 && wanted[0].kind == NAJ_BUFFER_VALIDITY; /* in the plan */
  const int64_t value_count = plan->buffer_count - is_first;
  const int64_t least = value_count + (plan->type != NAJ_TYPE_NULL &&
                                       !has_optional_validity(plan->type)); /* in the rows */
  const int64_t most = plan->has_variadic                  ? INT64_MAX
                       : has_optional_validity(plan->type) ? value_count + 1
                                                           : least;
  if (NAJ_UNLIKELY(in->buffer_count < least || in->buffer_count > most ||
                   in->buffer_count > cutter->rows->buffer_count - cutter->next_in))
    return naj_cut_refuse(cutter, cut, NAJ_MISUSE, -1, "buffers of another layout");
  const struct naj_table_buffer* buffers = cutter->rows->buffers + cutter->next_in;
  const int64_t has_validity = plan->has_variadic ? 1 : in->buffer_count - value_count;
  *out_validity = has_validity ? buffers : NULL;
  cut->wanted = wanted + is_first;
  cut->values = buffers + has_validity;
  cut->variadic_count = in->buffer_count - has_validity - value_count;
  cutter->next_in += in->buffer_count;
  for (int64_t k = 0; k < value_count && cut->count > 0; k++) {
    int64_t needed = 0;
    if (!naj_plan_needed_bytes(&cut->wanted[k], cut->start + cut->count, &needed))
      return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, -1, "a length out of range");
    if (NAJ_UNLIKELY(cut->values[k].size_bytes < needed ||
                     (cut->values[k].address == 0 && cut->values[k].size_bytes > 0)))
      return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, -1, "a buffer too small for its rows");
  }
  return NAJ_OK;
}

/* Nulls among the rows; sets cut->valid when there are some. */
static naj_status count_nulls(struct naj_cutter* cutter, struct naj_cut* cut,
                              const struct naj_table_buffer* validity, int64_t* out_null_count) {
  const struct naj_array_node* in = cut->in;
  *out_null_count = 0;
  cut->valid = NULL;
  if (validity == NULL || in->null_count == 0 || cut->count == 0) return NAJ_OK;
  if (validity->address == 0 || validity->size_bytes == 0) {
    if (in->null_count < 0) return NAJ_OK;
    return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, -1, "nulls without a validity bitmap");
  }
  const uint8_t* bits = naj_cut_bytes(validity);
  if (validity->size_bytes < naj_bitmap_bytes(cut->start + cut->count))
    return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, -1, "a validity bitmap too small");
  const int is_counted = in->null_count > 0 && cut->count == in->length;
  *out_null_count =
      is_counted ? in->null_count : naj_bits_count_zeros(bits, cut->start, cut->count);
  if (*out_null_count > 0) cut->valid = bits;
  return NAJ_OK;
}

static naj_status put_bits(struct naj_cutter* cutter, const uint8_t* bits, int64_t start,
                           int64_t count) {
  const int64_t size = naj_bitmap_bytes(count);
  if (start % 8 == 0) {
    naj_cut_put(cutter, bits + start / 8, size);
    return NAJ_OK;
  }
  uint8_t* target = NULL;
  NAJ_TRY(naj_cut_room(cutter, size, &target));
  naj_bits_copy(bits, start, count, target);
  naj_cut_put(cutter, target, size);
  return NAJ_OK;
}

static naj_status put_validity(struct naj_cutter* cutter, const struct naj_cut* cut) {
  const int32_t type = cut->plan->type;
  if (type == NAJ_TYPE_NULL) return NAJ_OK;
  if (has_optional_validity(type)) {
    /* Runs are younger than V4: no specification gives them a bitmap. */
    if (cut->valid != NULL && type == NAJ_TYPE_RUN_END_ENCODED)
      return naj_cut_refuse(cutter, cut, NAJ_UNSUPPORTED, -1, "runs with nulls of their own");
    if (cutter->metadata_version != METADATA_V4) {
      if (cut->valid == NULL) return NAJ_OK;
      return naj_cut_refuse(cutter, cut, NAJ_UNSUPPORTED, -1,
                            "nulls of a union itself have no place in metadata V5");
    }
  }
  if (cut->valid != NULL) return put_bits(cutter, cut->valid, cut->start, cut->count);
  naj_cut_put(cutter, NULL, 0);
  return NAJ_OK;
}

static naj_status cut_fixed_size_list(struct naj_cutter* cutter, const struct naj_cut* cut) {
  int64_t start = 0;
  int64_t count = 0;
  if (!naj_checked_mul(cut->start, cut->plan->fixed_list_size, &start) ||
      !naj_checked_mul(cut->count, cut->plan->fixed_list_size, &count))
    return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, -1, "a length out of range");
  naj_cut_child(cutter, cut->node + 1, start, count);
  return NAJ_OK;
}

/* Of a struct or sparse union: as many rows as itself, at the same place. */
static void cut_children(struct naj_cutter* cutter, const struct naj_cut* cut) {
  for (int32_t i = cut->node + 1; i < cut->plan->subtree_end;
       i = cutter->plan->nodes[i].subtree_end)
    naj_cut_child(cutter, i, cut->start, cut->count);
}

static int is_run_ends(const struct naj_plan* plan, int32_t node) {
  const int32_t parent = plan->nodes[node].parent_node;
  return parent >= 0 && node == parent + 1 && plan->nodes[parent].type == NAJ_TYPE_RUN_END_ENCODED;
}

static naj_status cut_values(struct naj_cutter* cutter, const struct naj_cut* cut) {
  switch (cut->plan->type) {
    case NAJ_TYPE_NULL:
      return NAJ_OK;
    case NAJ_TYPE_BOOL:
      if (cut->count > 0)
        return put_bits(cutter, naj_cut_bytes(&cut->values[0]), cut->start, cut->count);
      naj_cut_put(cutter, NULL, 0);
      return NAJ_OK;
    case NAJ_TYPE_UTF8:
    case NAJ_TYPE_BINARY:
    case NAJ_TYPE_LARGE_UTF8:
    case NAJ_TYPE_LARGE_BINARY:
      return naj_cut_strings(cutter, cut);
    case NAJ_TYPE_UTF8_VIEW:
    case NAJ_TYPE_BINARY_VIEW:
      return naj_cut_views(cutter, cut);
    case NAJ_TYPE_LIST:
    case NAJ_TYPE_LARGE_LIST:
    case NAJ_TYPE_MAP:
      return naj_cut_list(cutter, cut);
    case NAJ_TYPE_LIST_VIEW:
    case NAJ_TYPE_LARGE_LIST_VIEW:
      return naj_cut_list_view(cutter, cut);
    case NAJ_TYPE_FIXED_SIZE_LIST:
      return cut_fixed_size_list(cutter, cut);
    case NAJ_TYPE_SPARSE_UNION:
      naj_cut_put(cutter, cut->count == 0 ? NULL : naj_cut_bytes_from(&cut->values[0], cut->start),
                  cut->count);
      cut_children(cutter, cut);
      return NAJ_OK;
    case NAJ_TYPE_STRUCT:
      cut_children(cutter, cut);
      return NAJ_OK;
    case NAJ_TYPE_DENSE_UNION:
      return naj_cut_dense_union(cutter, cut);
    case NAJ_TYPE_RUN_END_ENCODED:
      return naj_cut_runs(cutter, cut);
    default: {
      const int64_t width = cut->wanted[0].width_bytes;
      if (is_run_ends(cutter->plan, cut->node)) return naj_cut_run_ends(cutter, cut);
      naj_cut_put(cutter,
                  cut->count == 0 ? NULL : naj_cut_bytes_from(&cut->values[0], cut->start * width),
                  cut->count * width);
      return NAJ_OK;
    }
  }
}

static naj_status cut_node(struct naj_cutter* cutter, int32_t i) {
  const struct naj_array_node* in = &cutter->rows->nodes[i];
  const struct naj_cut_range* range = &cutter->ranges[i];
  struct naj_cut cut = {.node = i,
                        .plan = &cutter->plan->nodes[i],
                        .in = in,
                        .start = in->offset,
                        .count = range->count};
  int64_t end = 0;
  if (in->length < 0 || in->offset < 0 || in->null_count < -1 || in->null_count > in->length ||
      !naj_checked_add(in->offset, in->length, &end))
    return naj_cut_refuse(cutter, &cut, NAJ_MISUSE, -1,
                          "length, offset or null count out of range");
  if (!naj_range_within(range->start, range->count, in->length))
    return naj_cut_refuse(cutter, &cut, NAJ_INVALID_DATA, in->length,
                          cut.plan->parent_node < 0 ? "a column shorter than the batch"
                                                    : "a child shorter than its parent needs");
  cut.start = in->offset + range->start;
  const struct naj_table_buffer* validity = NULL;
  struct naj_table_node* out = &cutter->out_nodes[i];
  NAJ_TRY(take_buffers(cutter, &cut, &validity));
  NAJ_TRY(count_nulls(cutter, &cut, validity, &out->null_count));
  out->length = cut.count;
  if (cut.plan->type == NAJ_TYPE_NULL) out->null_count = cut.count;
  NAJ_TRY(put_validity(cutter, &cut));
  return cut_values(cutter, &cut);
}

/* Most columns: fixed width, all rows, nothing null. Returns 0 when this is not one. */
static inline int pass_plain(struct naj_cutter* cutter, int32_t i, int64_t row_count) {
  const struct naj_plan_node* plan = &cutter->plan->nodes[i];
  const struct naj_array_node* in = &cutter->rows->nodes[i];
  if (plan->parent_node >= 0 || plan->buffer_count != 2 || in->buffer_count != 2 ||
      in->null_count != 0 || in->offset != 0 || in->length != row_count ||
      cutter->rows->buffer_count - cutter->next_in < 2)
    return 0;
  const struct naj_plan_buffer* wanted = &cutter->plan->buffers[plan->first_buffer + 1];
  const struct naj_table_buffer* values = &cutter->rows->buffers[cutter->next_in + 1];
  int64_t size = 0;
  if (wanted->kind != NAJ_BUFFER_FIXED || !naj_checked_mul(row_count, wanted->width_bytes, &size) ||
      size > values->size_bytes || values->address == 0)
    return 0;
  cutter->next_in += 2;
  cutter->out_nodes[i] = (struct naj_table_node){.length = row_count, .null_count = 0};
  cutter->out_buffers[cutter->next_out++] = (struct naj_table_buffer){0, 0};
  naj_cut_put(cutter, naj_cut_bytes(values), size);
  return 1;
}

static int take_arrays(struct naj_cutter* cutter) {
  const struct naj_plan* plan = cutter->plan;
  int64_t count = 0;
  int64_t size = 0;
  /* A bitmap for each union and run more than the rows bring; views compacted have no more. */
  if (!naj_checked_add(cutter->rows->buffer_count, plan->node_count, &count) ||
      !naj_checked_mul(count, (int64_t)sizeof *cutter->out_buffers, &size))
    return 0;
  cutter->out_buffers = naj_scratch_take(cutter->scratch, size);
  cutter->out_nodes =
      naj_scratch_take(cutter->scratch, plan->node_count * (int64_t)sizeof *cutter->out_nodes);
  cutter->out_variadic = naj_scratch_take(
      cutter->scratch, plan->variadic_field_count * (int64_t)sizeof *cutter->out_variadic);
  cutter->ranges =
      naj_scratch_take(cutter->scratch, plan->node_count * (int64_t)sizeof *cutter->ranges);
  return cutter->out_buffers != NULL && cutter->out_nodes != NULL && cutter->out_variadic != NULL &&
         cutter->ranges != NULL;
}

/* What an address of none points to. */
static const struct naj_table_buffer no_buffer;

naj_status naj_body_prepare(const struct naj_schema* borrow_schema, int32_t metadata_version,
                            const struct naj_rows* borrow_rows, struct naj_scratch* borrow_scratch,
                            struct naj_body* out_body, struct naj_error* error) {
  const struct naj_plan* plan = borrow_schema->plan;
  if (metadata_version != METADATA_V4 && metadata_version != METADATA_V5)
    return naj_error_set(error, NAJ_MISUSE, -1, "metadata version %d", metadata_version);
  if (borrow_rows->row_count < 0 || borrow_rows->buffer_count < 0 ||
      borrow_rows->node_count != plan->node_count)
    return naj_error_set(error, NAJ_MISUSE, -1, "%lld nodes where the schema has %d",
                         (long long)borrow_rows->node_count, plan->node_count);
  if ((borrow_rows->nodes == NULL && borrow_rows->node_count > 0) ||
      (borrow_rows->buffers == NULL && borrow_rows->buffer_count > 0))
    return naj_error_set(error, NAJ_MISUSE, -1, "rows without their nodes or buffers");
  struct naj_rows rows = *borrow_rows;
  if (rows.buffers == NULL) rows.buffers = &no_buffer;
  struct naj_cutter cutter = {.schema = borrow_schema,
                              .plan = plan,
                              .rows = &rows,
                              .metadata_version = metadata_version,
                              .scratch = borrow_scratch,
                              .error = error};
  if (!take_arrays(&cutter)) return no_memory(error);
  for (int32_t i = 0; i < plan->node_count; i++) {
    if (pass_plain(&cutter, i, borrow_rows->row_count)) continue;
    if (plan->nodes[i].parent_node < 0) naj_cut_child(&cutter, i, 0, borrow_rows->row_count);
    NAJ_TRY(cut_node(&cutter, i));
  }
  if (cutter.next_in != borrow_rows->buffer_count)
    return naj_error_set(error, NAJ_MISUSE, -1, "%lld buffers where the nodes name %lld",
                         (long long)borrow_rows->buffer_count, (long long)cutter.next_in);
  out_body->row_count = borrow_rows->row_count;
  out_body->node_count = plan->node_count;
  out_body->nodes = cutter.out_nodes;
  out_body->buffer_count = cutter.next_out;
  out_body->buffers = cutter.out_buffers;
  out_body->variadic_count = plan->variadic_field_count;
  out_body->variadic_counts = cutter.out_variadic;
  out_body->is_compressed = 0;
  return NAJ_OK;
}
