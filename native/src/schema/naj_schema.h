/* The decoded schema: the descriptor block and a tree over it. */
#ifndef NAJ_SCHEMA_SCHEMA_H
#define NAJ_SCHEMA_SCHEMA_H

#include <stdatomic.h>

#include "naj/naj.h"

struct naj_schema {
  _Atomic int64_t references;
  uint8_t* descriptor; /* owned, one block, starts with naj_schema_header */
  const struct naj_schema_header* header;
  const struct naj_field_record* fields; /* field_count, pre-order */
  int32_t* subtree_end;                  /* owned, per field: index after its last descendant */
  int32_t* parent;                       /* owned, per field: index, -1 for a column */
  int32_t* depth;                        /* owned, per field: 0 for a column */
  struct naj_plan* plan;                 /* owned, see naj_plan.h */
};

/* From the flatbuffer Schema table of a verified Message or Footer. */
naj_status naj_schema_decode(const void* borrow_schema_table, int32_t metadata_version,
                             int64_t input_offset, const struct naj_limits* borrow_limits,
                             struct naj_schema** out_schema, struct naj_error* error);
/* The path of a field ("a.b.item"; a dot or backslash in a name is escaped with a backslash), cut to
 * fit, into `out_path`. */
void naj_schema_path(const struct naj_schema* borrow_schema, int32_t field_index, char* out_path,
                     int64_t path_bytes);

#endif
