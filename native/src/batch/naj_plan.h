/* The layout plan: a schema compiled once to the nodes and buffers of its record batches. */
#ifndef NAJ_BATCH_PLAN_H
#define NAJ_BATCH_PLAN_H

#include "core/naj_checked.h"
#include "naj/naj.h"

/* What one buffer holds; decides the size that a length demands. */
enum naj_buffer_kind {
  NAJ_BUFFER_VALIDITY = 1,
  NAJ_BUFFER_BITS = 2,      /* bool values */
  NAJ_BUFFER_FIXED = 3,     /* width_bytes each, width 0 allowed */
  NAJ_BUFFER_OFFSETS32 = 4, /* length + 1, or empty for length 0 */
  NAJ_BUFFER_OFFSETS64 = 5,
  NAJ_BUFFER_DATA = 6,            /* as long as the last offset says; checked on use */
  NAJ_BUFFER_TYPE_IDS = 7,        /* int8 each */
  NAJ_BUFFER_UNION_OFFSETS = 8,   /* int32 each */
  NAJ_BUFFER_VIEWS = 9,           /* 16 bytes each */
  NAJ_BUFFER_VIEW_OFFSETS32 = 10, /* list views: length entries of offsets, then of sizes */
  NAJ_BUFFER_VIEW_SIZES32 = 11,
  NAJ_BUFFER_VIEW_OFFSETS64 = 12,
  NAJ_BUFFER_VIEW_SIZES64 = 13
};

/* How to turn the items of a buffer from the other byte order: a number of bytes that each unit
 * has, or one of these. */
enum naj_swap { NAJ_SWAP_NONE = 0, NAJ_SWAP_MONTH_DAY_NANO = -1, NAJ_SWAP_VIEWS = -2 };

/* A length demands (length + extra_items) * bits_per_item bits, 0 for NAJ_BUFFER_DATA. */
struct naj_plan_buffer {
  int32_t kind;
  int32_t width_bytes; /* of one item, 0 for bits and data */
  int32_t swap;        /* naj_swap, or the unit's bytes */
  int64_t bits_per_item;
  int64_t extra_items; /* 1 for offsets */
};

/* One per field node of a record batch. */
struct naj_plan_node {
  int32_t field_index; /* in the schema's pre-order */
  int32_t type;        /* naj_type as laid out: the index type for a dictionary-encoded field */
  int32_t parent_node; /* -1 for a column */
  int32_t first_buffer;
  int32_t buffer_count;    /* without variadic buffers */
  int32_t has_variadic;    /* views: variadicBufferCounts has an entry */
  int32_t subtree_end;     /* node index after the last descendant */
  int32_t fixed_list_size; /* of a NAJ_TYPE_FIXED_SIZE_LIST */
  int32_t is_skipped;      /* its buffers are not read: absent in the table */
};

struct naj_plan {
  int32_t node_count;
  int32_t buffer_count;
  int32_t variadic_field_count;
  int32_t is_versioned; /* its buffers depend on the metadata version */
  struct naj_plan_node* nodes;
  struct naj_plan_buffer* buffers;
};

/* Bytes that a length demands of a buffer; returns 0 when they do not fit int64. */
static inline int naj_plan_needed_bytes(const struct naj_plan_buffer* borrow_wanted, int64_t length,
                                        int64_t* out_bytes) {
  int64_t bits = 0;
  if (!naj_checked_add(length, borrow_wanted->extra_items, &bits) ||
      !naj_checked_mul(bits, borrow_wanted->bits_per_item, &bits))
    return 0;
  *out_bytes = naj_bitmap_bytes(bits);
  return 1;
}

/* A validity bitmap of `size_bytes` that is too short for the rows: all right where nothing is
 * null, and where nulls were not counted (null count -1, as some writers say) and no bitmap is
 * there. */
static inline int naj_bitmap_may_be_short(const struct naj_table_node* borrow_node,
                                          int64_t size_bytes) {
  return borrow_node->null_count == 0 || (borrow_node->null_count == -1 && size_bytes == 0);
}

/* Bytes of one value of a type with a fixed-width data buffer, -1 for other types. */
int32_t naj_plan_value_width(int32_t type, const struct naj_field_record* borrow_field);

/* The most buffers any type has, without variadic ones. */
#define NAJ_PLAN_MAX_BUFFERS 3
/* The buffers of a type in the order of Message.fbs, without variadic ones; `type` is the index
 * type for a dictionary-encoded field. Returns their count. */
int32_t naj_plan_type_buffers(int32_t type, const struct naj_field_record* borrow_field,
                              int32_t metadata_version,
                              struct naj_plan_buffer out_buffers[NAJ_PLAN_MAX_BUFFERS]);

/* V4 gives unions and run-end encoded fields a validity buffer, V5 does not. Called by every
 * constructor of a naj_schema. */
naj_status naj_plan_create(const struct naj_schema* borrow_schema, int32_t metadata_version,
                           struct naj_plan** out_plan, struct naj_error* error);
void naj_plan_free(struct naj_plan* plan);

#endif
