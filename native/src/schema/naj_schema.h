/* The decoded schema: the descriptor block and a tree over it. */
#ifndef NAJ_SCHEMA_SCHEMA_H
#define NAJ_SCHEMA_SCHEMA_H

#include <stdatomic.h>

#include "naj/naj.h"

/* Limits on depth above this count as this: what walks a schema may recurse. */
#define NAJ_SCHEMA_MAX_DEPTH 256

struct naj_schema {
  _Atomic int64_t references;
  uint8_t* descriptor; /* owned, one block, starts with naj_schema_header */
  const struct naj_schema_header* header;
  const struct naj_field_record* fields; /* field_count, pre-order */
  int32_t* subtree_end;                  /* per field: index after its last descendant; owned, */
  int32_t* parent;                       /* per field: index, -1 for a column; one block with */
  int32_t* depth;                        /* per field: 0 for a column; these two */
  struct naj_plan* plan;                 /* owned, see naj_plan.h */
  struct naj_dictionaries* dictionaries; /* owned, NULL when no field has one */
};

/* From the flatbuffer Schema table of a verified Message or Footer. */
naj_status naj_schema_decode(const void* borrow_schema_table, int32_t metadata_version,
                             int64_t input_offset, const struct naj_limits* borrow_limits,
                             struct naj_schema** out_schema, struct naj_error* error);
/* Makes the schema of a descriptor block from naj_alloc, after checking all of it against `limits`;
 * node_count and buffer_count are computed, not believed. Errors carry `input_offset`. */
naj_status naj_schema_create(uint8_t* take_descriptor, int64_t size_bytes, int64_t input_offset,
                             const struct naj_limits* borrow_limits, struct naj_schema** out_schema,
                             struct naj_error* error);
/* The same for the values of a dictionary: nested dictionaries are the whole schema's to list. */
naj_status naj_schema_create_values(uint8_t* take_descriptor, int64_t size_bytes,
                                    int64_t input_offset, const struct naj_limits* borrow_limits,
                                    struct naj_schema** out_schema, struct naj_error* error);
/* The path of a field ("a.b.item"; a dot or backslash in a name is escaped with a backslash), cut
 * to fit, into `out_path`. */
void naj_schema_path(const struct naj_schema* borrow_schema, int32_t field_index, char* out_path,
                     int64_t path_bytes);
/* The same for fields that are not a schema yet: names lie at `borrow_bytes` + name_offset. */
void naj_schema_path_of(const struct naj_field_record* borrow_fields, const int32_t* borrow_parent,
                        const uint8_t* borrow_bytes, int32_t field_index, char* out_path,
                        int64_t path_bytes);

#endif
