#include "batch/naj_plan.h"

#include "core/naj_alloc.h"
#include "core/naj_status.h"
#include "schema/naj_schema.h"

enum { METADATA_V4 = 3 };

int32_t naj_plan_value_width(int32_t type, const struct naj_field_record* borrow_field) {
  switch (type) {
    case NAJ_TYPE_INT8:
    case NAJ_TYPE_UINT8:
      return 1;
    case NAJ_TYPE_INT16:
    case NAJ_TYPE_UINT16:
    case NAJ_TYPE_HALF_FLOAT:
      return 2;
    case NAJ_TYPE_INT32:
    case NAJ_TYPE_UINT32:
    case NAJ_TYPE_FLOAT:
    case NAJ_TYPE_DATE32:
    case NAJ_TYPE_TIME32:
    case NAJ_TYPE_INTERVAL_MONTHS:
      return 4;
    case NAJ_TYPE_INT64:
    case NAJ_TYPE_UINT64:
    case NAJ_TYPE_DOUBLE:
    case NAJ_TYPE_DATE64:
    case NAJ_TYPE_TIME64:
    case NAJ_TYPE_TIMESTAMP:
    case NAJ_TYPE_DURATION:
    case NAJ_TYPE_INTERVAL_DAY_TIME:
      return 8;
    case NAJ_TYPE_INTERVAL_MONTH_DAY_NANO:
      return 16;
    case NAJ_TYPE_DECIMAL:
      return borrow_field->param2 / 8;
    case NAJ_TYPE_FIXED_SIZE_BINARY:
      return borrow_field->param0;
    default:
      return -1;
  }
}

static int32_t value_swap(int32_t type, int32_t width_bytes) {
  switch (type) {
    case NAJ_TYPE_FIXED_SIZE_BINARY:
      return NAJ_SWAP_NONE;
    case NAJ_TYPE_INTERVAL_DAY_TIME:
      return 4;
    case NAJ_TYPE_INTERVAL_MONTH_DAY_NANO:
      return NAJ_SWAP_MONTH_DAY_NANO;
    default:
      return width_bytes > 1 ? width_bytes : NAJ_SWAP_NONE;
  }
}

static void set_buffer(struct naj_plan_buffer* out_buffer, int32_t kind, int32_t width_bytes,
                       int64_t bits_per_item, int64_t extra_items) {
  out_buffer->kind = kind;
  out_buffer->width_bytes = width_bytes;
  out_buffer->swap = kind == NAJ_BUFFER_VIEWS ? NAJ_SWAP_VIEWS
                     : width_bytes > 1        ? width_bytes
                                              : NAJ_SWAP_NONE;
  out_buffer->bits_per_item = bits_per_item;
  out_buffer->extra_items = extra_items;
}

int32_t naj_plan_type_buffers(int32_t type, const struct naj_field_record* borrow_field,
                              int32_t metadata_version,
                              struct naj_plan_buffer out_buffers[NAJ_PLAN_MAX_BUFFERS]) {
  int32_t count = 0;
  const int is_union = type == NAJ_TYPE_SPARSE_UNION || type == NAJ_TYPE_DENSE_UNION;
  /* Before V5 every type but null had a bitmap, and writers of V4 give one to newer types too. */
  const int has_validity =
      type != NAJ_TYPE_NULL &&
      ((!is_union && type != NAJ_TYPE_RUN_END_ENCODED) || metadata_version == METADATA_V4);
  if (has_validity) set_buffer(&out_buffers[count++], NAJ_BUFFER_VALIDITY, 0, 1, 0);
  switch (type) {
    case NAJ_TYPE_NULL:
    case NAJ_TYPE_RUN_END_ENCODED:
    case NAJ_TYPE_STRUCT:
    case NAJ_TYPE_FIXED_SIZE_LIST:
      break;
    case NAJ_TYPE_BOOL:
      set_buffer(&out_buffers[count++], NAJ_BUFFER_BITS, 0, 1, 0);
      break;
    case NAJ_TYPE_UTF8:
    case NAJ_TYPE_BINARY:
      set_buffer(&out_buffers[count++], NAJ_BUFFER_OFFSETS32, 4, 32, 1);
      set_buffer(&out_buffers[count++], NAJ_BUFFER_DATA, 0, 0, 0);
      break;
    case NAJ_TYPE_LARGE_UTF8:
    case NAJ_TYPE_LARGE_BINARY:
      set_buffer(&out_buffers[count++], NAJ_BUFFER_OFFSETS64, 8, 64, 1);
      set_buffer(&out_buffers[count++], NAJ_BUFFER_DATA, 0, 0, 0);
      break;
    case NAJ_TYPE_LIST:
    case NAJ_TYPE_MAP:
      set_buffer(&out_buffers[count++], NAJ_BUFFER_OFFSETS32, 4, 32, 1);
      break;
    case NAJ_TYPE_LARGE_LIST:
      set_buffer(&out_buffers[count++], NAJ_BUFFER_OFFSETS64, 8, 64, 1);
      break;
    case NAJ_TYPE_LIST_VIEW:
      set_buffer(&out_buffers[count++], NAJ_BUFFER_VIEW_OFFSETS32, 4, 32, 0);
      set_buffer(&out_buffers[count++], NAJ_BUFFER_VIEW_SIZES32, 4, 32, 0);
      break;
    case NAJ_TYPE_LARGE_LIST_VIEW:
      set_buffer(&out_buffers[count++], NAJ_BUFFER_VIEW_OFFSETS64, 8, 64, 0);
      set_buffer(&out_buffers[count++], NAJ_BUFFER_VIEW_SIZES64, 8, 64, 0);
      break;
    case NAJ_TYPE_UTF8_VIEW:
    case NAJ_TYPE_BINARY_VIEW:
      set_buffer(&out_buffers[count++], NAJ_BUFFER_VIEWS, 16, 128, 0);
      break;
    case NAJ_TYPE_SPARSE_UNION:
      set_buffer(&out_buffers[count++], NAJ_BUFFER_TYPE_IDS, 1, 8, 0);
      break;
    case NAJ_TYPE_DENSE_UNION:
      set_buffer(&out_buffers[count++], NAJ_BUFFER_TYPE_IDS, 1, 8, 0);
      set_buffer(&out_buffers[count++], NAJ_BUFFER_UNION_OFFSETS, 4, 32, 0);
      break;
    default: {
      const int32_t width = naj_plan_value_width(type, borrow_field);
      set_buffer(&out_buffers[count], NAJ_BUFFER_FIXED, width, (int64_t)width * 8, 0);
      out_buffers[count++].swap = value_swap(type, width);
    }
  }
  return count;
}

static int is_view(int32_t type) {
  return type == NAJ_TYPE_UTF8_VIEW || type == NAJ_TYPE_BINARY_VIEW;
}

static int32_t laid_out_type(const struct naj_field_record* field) {
  return (field->flags & NAJ_FIELD_DICTIONARY) ? field->index_type : field->type;
}

/* What the layout takes for granted; -1 = any number of children. */
static int32_t required_children(int32_t type) {
  switch (type) {
    case NAJ_TYPE_LIST:
    case NAJ_TYPE_LARGE_LIST:
    case NAJ_TYPE_LIST_VIEW:
    case NAJ_TYPE_LARGE_LIST_VIEW:
    case NAJ_TYPE_FIXED_SIZE_LIST:
    case NAJ_TYPE_MAP:
      return 1;
    case NAJ_TYPE_RUN_END_ENCODED:
      return 2;
    case NAJ_TYPE_STRUCT:
    case NAJ_TYPE_SPARSE_UNION:
    case NAJ_TYPE_DENSE_UNION:
      return -1;
    default:
      return 0;
  }
}

static naj_status refuse_field(const struct naj_schema* schema, int32_t field_index,
                               const char* reason, struct naj_error* error) {
  const naj_status status = naj_error_set(error, NAJ_INVALID_DATA, -1, "%s", reason);
  if (error != NULL) {
    char path[sizeof error->path];
    naj_schema_path(schema, field_index, path, (int64_t)sizeof path);
    naj_error_set_path(error, path);
  }
  return status;
}

static naj_status check_field(const struct naj_schema* schema, int32_t field_index,
                              struct naj_error* error) {
  const struct naj_field_record* field = &schema->fields[field_index];
  const int32_t type = laid_out_type(field);
  if (field->type < NAJ_TYPE_NULL || field->type > NAJ_TYPE_RUN_END_ENCODED)
    return refuse_field(schema, field_index, "unknown type", error);
  if ((field->flags & NAJ_FIELD_DICTIONARY) && (type < NAJ_TYPE_INT8 || type > NAJ_TYPE_UINT64))
    return refuse_field(schema, field_index, "dictionary indices are not integers", error);
  const int32_t required = required_children(field->type);
  if (field->child_count < 0 || (required >= 0 && field->child_count != required))
    return refuse_field(schema, field_index, "wrong number of children for the type", error);
  if (type == NAJ_TYPE_FIXED_SIZE_LIST && field->param0 < 0)
    return refuse_field(schema, field_index, "negative list size", error);
  if (naj_plan_value_width(type, field) < -1)
    return refuse_field(schema, field_index, "negative width", error);
  return NAJ_OK;
}

/* Two rounds over the fields: `plan->nodes` NULL counts, else fills. */
static naj_status walk_fields(const struct naj_schema* schema, int32_t metadata_version,
                              struct naj_plan* plan, struct naj_error* error) {
  const int32_t field_count = schema->header->field_count;
  int32_t node_count = 0;
  int32_t buffer_count = 0;
  int32_t variadic_count = 0;
  int32_t field_index = 0;
  while (field_index < field_count) {
    const struct naj_field_record* field = &schema->fields[field_index];
    NAJ_TRY(check_field(schema, field_index, error));
    const int is_dictionary = (field->flags & NAJ_FIELD_DICTIONARY) != 0;
    const int32_t type = laid_out_type(field);
    struct naj_plan_buffer buffers[NAJ_PLAN_MAX_BUFFERS];
    const int32_t count = naj_plan_type_buffers(type, field, metadata_version, buffers);
    if (buffer_count > INT32_MAX - count)
      return naj_error_set(error, NAJ_LIMIT_EXCEEDED, -1, "more than 2^31 buffers in a batch");
    if (plan->nodes != NULL) {
      struct naj_plan_node* node = &plan->nodes[node_count];
      int32_t parent_node = node_count - 1;
      while (parent_node >= 0 &&
             plan->nodes[parent_node].field_index != schema->parent[field_index])
        parent_node = plan->nodes[parent_node].parent_node;
      node->field_index = field_index;
      node->type = type;
      node->parent_node = parent_node;
      node->first_buffer = buffer_count;
      node->buffer_count = count;
      node->has_variadic = is_view(type);
      node->subtree_end = node_count + 1;
      node->fixed_list_size = type == NAJ_TYPE_FIXED_SIZE_LIST ? field->param0 : 0;
      for (int32_t i = 0; i < count; i++) plan->buffers[buffer_count + i] = buffers[i];
    }
    node_count++;
    buffer_count += count;
    variadic_count += is_view(type);
    plan->is_versioned |= type == NAJ_TYPE_SPARSE_UNION || type == NAJ_TYPE_DENSE_UNION ||
                          type == NAJ_TYPE_RUN_END_ENCODED;
    field_index = is_dictionary ? schema->subtree_end[field_index] : field_index + 1;
  }
  plan->node_count = node_count;
  plan->buffer_count = buffer_count;
  plan->variadic_field_count = variadic_count;
  return NAJ_OK;
}

naj_status naj_plan_create(const struct naj_schema* borrow_schema, int32_t metadata_version,
                           struct naj_plan** out_plan, struct naj_error* error) {
  struct naj_plan counts = {0};
  NAJ_TRY(walk_fields(borrow_schema, metadata_version, &counts, error));
  struct naj_plan* plan = naj_alloc_zeroed(1, (int64_t)sizeof *plan);
  if (plan == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for a layout plan");
  plan->nodes = naj_alloc_zeroed(counts.node_count, (int64_t)sizeof *plan->nodes);
  plan->buffers = naj_alloc_zeroed(counts.buffer_count, (int64_t)sizeof *plan->buffers);
  if (plan->nodes == NULL || plan->buffers == NULL) {
    naj_plan_free(plan);
    return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for a layout plan");
  }
  const naj_status status = walk_fields(borrow_schema, metadata_version, plan, error);
  if (status != NAJ_OK) {
    naj_plan_free(plan);
    return status;
  }
  /* Backwards: a node's end is known before it is passed on to its parent. */
  for (int32_t i = plan->node_count - 1; i >= 0; i--) {
    const struct naj_plan_node* node = &plan->nodes[i];
    if (node->parent_node < 0) continue;
    struct naj_plan_node* parent = &plan->nodes[node->parent_node];
    if (parent->subtree_end < node->subtree_end) parent->subtree_end = node->subtree_end;
  }
  *out_plan = plan;
  return NAJ_OK;
}

void naj_plan_free(struct naj_plan* plan) {
  if (plan == NULL) return;
  naj_free(plan->nodes);
  naj_free(plan->buffers);
  naj_free(plan);
}
