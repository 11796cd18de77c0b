/* The rules of a descriptor. */
#ifndef NAJ_SCHEMA_CHECK_H
#define NAJ_SCHEMA_CHECK_H

#include "schema/naj_schema.h"

/* Checks the untrusted block at `schema->descriptor` and fills header, fields and the tree of
 * `schema`, whose other parts are zero. What it allocates is the schema's, also on failure. */
naj_status naj_schema_check(struct naj_schema* schema, int64_t size_bytes, int64_t input_offset,
                            const struct naj_limits* borrow_limits, struct naj_error* error);

/* 1 when `size_bytes` bytes are metadata in the C Data encoding, to the last byte; size 0 is. */
int naj_metadata_is_valid(const uint8_t* borrow_bytes, int64_t size_bytes);

#endif
