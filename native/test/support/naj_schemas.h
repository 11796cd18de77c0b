/* Schemas for tests, read from messages that naj_build makes. */
#ifndef NAJ_TEST_SUPPORT_SCHEMAS_H
#define NAJ_TEST_SUPPORT_SCHEMAS_H

#include "schema/naj_schema.h"
#include "support/naj_build.h"

/* Reads a framed schema message as the stream reader does: prefix, verification, decoding. `limits`
 * may be NULL. */
naj_status test_read_schema(struct test_bytes framed, const struct naj_limits* borrow_limits,
                            struct naj_schema** out_schema, struct naj_error* error);
/* Builds, frames and reads; metadata version V5. */
naj_status test_decode(const struct test_schema* schema, struct naj_schema** out_schema,
                       struct naj_error* error);
/* A schema of the single column `field`. */
naj_status test_decode_field(const struct test_field* field, struct naj_schema** out_schema,
                             struct naj_error* error);
/* Ends the process when a schema cannot be made of it. */
struct naj_schema* test_must_decode(const struct test_schema* schema);

/* 1 when both descriptors say the same; prints what differs otherwise. */
int test_same_schema(const struct naj_schema* a, const struct naj_schema* b);
/* Index of the field with this name, -1 when there is none. */
int32_t test_find_field(const struct naj_schema* schema, const char* name);

#endif
