/* The Type union of format/Schema.fbs. */
#ifndef NAJ_SCHEMA_TYPES_H
#define NAJ_SCHEMA_TYPES_H

#include "schema/naj_schema_build.h"

/* Sets type, parameters and extra bytes of field `index` from a flatbuffer Field table. */
naj_status naj_schema_decode_type(struct naj_schema_builder* builder, int32_t index,
                                  const void* borrow_field_table, struct naj_error* error);
/* Sets the dictionary's index type, id and flags of field `index`, if the Field table has one. */
naj_status naj_schema_decode_dictionary(struct naj_schema_builder* builder, int32_t index,
                                        const void* borrow_field_table, struct naj_error* error);
/* 1 for types that have children. */
int naj_type_is_nested(int32_t type);

#endif
