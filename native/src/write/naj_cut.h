/* Pieces of naj_body_prepare: how the rows of one node are cut, type by type. Values need not be
 * aligned. */
#ifndef NAJ_WRITE_CUT_H
#define NAJ_WRITE_CUT_H

#include <string.h>

#include "batch/naj_plan.h"
#include "schema/naj_schema.h"
#include "write/naj_body.h"

/* Rows that a parent asks for, of those a node has. */
struct naj_cut_range {
  int64_t start;
  int64_t count;
};

/* One naj_body_prepare. */
struct naj_cutter {
  const struct naj_schema* schema;
  const struct naj_plan* plan;
  const struct naj_rows* rows;
  int32_t metadata_version;
  struct naj_scratch* scratch;
  struct naj_cut_range* ranges; /* per node, set by the parent; a column's is that of the batch */
  int64_t next_in;              /* of the rows' buffers: behind those of the node being cut */
  struct naj_table_node* out_nodes;
  struct naj_table_buffer* out_buffers;
  int64_t next_out;
  int64_t* out_variadic;
  int64_t next_variadic;
  struct naj_error* error;
};

/* The rows of one node. */
struct naj_cut {
  int32_t node;
  const struct naj_plan_node* plan;
  const struct naj_plan_buffer* wanted;  /* without validity, as `values` */
  const struct naj_array_node* in;       /* of the rows */
  const struct naj_table_buffer* values; /* ditto */
  int64_t variadic_count;                /* behind `values` */
  int64_t start;                         /* within the buffers: the node's offset and the range's */
  int64_t count;
  const uint8_t* valid; /* bits, from `start` on; NULL when none of the rows is null */
};

/* Each writes the buffers that follow the validity bitmap, which has been written, and sets the
 * ranges of the node's children. Sizes of `values` have been checked where they follow from the row
 * count, unless that is 0: then any may be missing. */
naj_status naj_cut_strings(struct naj_cutter* cutter, const struct naj_cut* borrow_cut);
naj_status naj_cut_views(struct naj_cutter* cutter, const struct naj_cut* borrow_cut);
naj_status naj_cut_list(struct naj_cutter* cutter, const struct naj_cut* borrow_cut);
naj_status naj_cut_list_view(struct naj_cutter* cutter, const struct naj_cut* borrow_cut);
naj_status naj_cut_dense_union(struct naj_cutter* cutter, const struct naj_cut* borrow_cut);
/* A run-end encoded node, and its first child after it. */
naj_status naj_cut_runs(struct naj_cutter* cutter, const struct naj_cut* borrow_cut);
naj_status naj_cut_run_ends(struct naj_cutter* cutter, const struct naj_cut* borrow_cut);

/* Refuses the rows with the path of the node; `row` counts from the first of the cut, -1 = none. */
naj_status naj_cut_refuse(const struct naj_cutter* borrow_cutter, const struct naj_cut* borrow_cut,
                          naj_status status, int64_t row, const char* text);
/* Room for a buffer that is not pointed to but written. */
naj_status naj_cut_room(struct naj_cutter* cutter, int64_t size_bytes, uint8_t** out_bytes);

/* The next buffer of the body. */
static inline void naj_cut_put(struct naj_cutter* cutter, const uint8_t* bytes,
                               int64_t size_bytes) {
  struct naj_table_buffer* out = &cutter->out_buffers[cutter->next_out++];
  out->address = size_bytes == 0 ? 0 : (int64_t)(uintptr_t)bytes;
  out->size_bytes = size_bytes;
}
static inline const uint8_t* naj_cut_bytes(const struct naj_table_buffer* borrow_buffer) {
  return (const uint8_t*)(uintptr_t)borrow_buffer->address;
}
/* From `offset` on; 0 of an absent buffer too, which a pointer could not be added to. */
static inline const uint8_t* naj_cut_bytes_from(const struct naj_table_buffer* borrow_buffer,
                                                int64_t offset) {
  return (const uint8_t*)((uintptr_t)borrow_buffer->address + (uintptr_t)offset);
}
/* A signed integer of 2, 4 or 8 bytes. */
static inline int64_t naj_cut_load(const uint8_t* borrow_values, int32_t width_bytes,
                                   int64_t index) {
  int16_t value16;
  int32_t value32;
  int64_t value64;
  switch (width_bytes) {
    case 2:
      memcpy(&value16, borrow_values + index * 2, sizeof value16);
      return value16;
    case 4:
      memcpy(&value32, borrow_values + index * 4, sizeof value32);
      return value32;
    default:
      memcpy(&value64, borrow_values + index * 8, sizeof value64);
      return value64;
  }
}
/* A value that fits. */
static inline void naj_cut_store(uint8_t* values, int32_t width_bytes, int64_t index,
                                 int64_t value) {
  const int16_t value16 = (int16_t)value;
  const int32_t value32 = (int32_t)value;
  if (width_bytes == 2) memcpy(values + index * 2, &value16, sizeof value16);
  if (width_bytes == 4) memcpy(values + index * 4, &value32, sizeof value32);
  if (width_bytes == 8) memcpy(values + index * 8, &value, sizeof value);
}
static inline void naj_cut_child(struct naj_cutter* cutter, int32_t node, int64_t start,
                                 int64_t count) {
  cutter->ranges[node].start = start;
  cutter->ranges[node].count = count;
}

#endif
