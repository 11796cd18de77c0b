/* Collects fields in pre-order and lays them out as a descriptor. */
#ifndef NAJ_SCHEMA_BUILD_H
#define NAJ_SCHEMA_BUILD_H

#include "core/naj_status.h"
#include "schema/naj_schema.h"

struct naj_schema_builder {
  struct naj_limits limits;
  int64_t input_offset;            /* for errors */
  struct naj_schema_header header; /* the caller sets big_endian, metadata_version, features */
  struct naj_field_record* fields; /* offsets count from `bytes` */
  int32_t* parent;
  int32_t field_count;
  int32_t field_capacity;
  uint8_t* bytes;
  int64_t bytes_size;
  int64_t bytes_capacity;
};

naj_status naj_schema_build_init(struct naj_schema_builder* out_builder, int64_t input_offset,
                                 const struct naj_limits* borrow_limits, struct naj_error* error);
void naj_schema_build_reset(struct naj_schema_builder* builder);

/* Adds a field with its name below `parent` (-1: a column); its child_count grows as children
 * follow. The record stays at builder->fields[*out_index] until the next call. `depth` is 0 for a
 * column. */
naj_status naj_schema_build_field(struct naj_schema_builder* builder, int32_t parent, int32_t depth,
                                  const char* borrow_name, int64_t name_size, int32_t* out_index,
                                  struct naj_error* error);
/* Makes room for bytes aligned to 4 and tells where; the room is uninitialised. */
naj_status naj_schema_build_bytes(struct naj_schema_builder* builder, int64_t size_bytes,
                                  int64_t* out_offset, struct naj_error* error);
/* Sets `status` with the path of field `index`; returns it. */
naj_status naj_schema_build_refuse(const struct naj_schema_builder* borrow_builder, int32_t index,
                                   naj_status status, struct naj_error* error, const char* format,
                                   ...) NAJ_PRINTF(5, 6);
/* Lays out the descriptor and makes the schema of it. The builder remains to be reset. */
naj_status naj_schema_build_finish(struct naj_schema_builder* builder,
                                   struct naj_schema** out_schema, struct naj_error* error);

#endif
