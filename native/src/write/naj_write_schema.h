/* The Schema table of format/Schema.fbs from a schema. */
#ifndef NAJ_WRITE_WRITE_SCHEMA_H
#define NAJ_WRITE_WRITE_SCHEMA_H

#include "schema/naj_schema.h"
#include "write/naj_flat.h"

/* Each returns 0 when a builder function failed. */

/* Little-endian, without features. */
FB(Schema_ref_t)
naj_write_schema(struct naj_flat* borrow_flat, const struct naj_schema* borrow_schema);
/* Pairs in the C Data encoding, which must be valid and hold something. */
FB(KeyValue_vec_ref_t)
naj_write_key_values(struct naj_flat* borrow_flat, const void* borrow_metadata);
/* Adds the type to the Field that is open. 0 = done, else a builder function failed. */
int naj_write_type(struct naj_flat* borrow_flat, const struct naj_schema* borrow_schema,
                   const struct naj_field_record* borrow_field);
/* An Int table of an integer type. */
FB(Int_ref_t)
naj_write_integer(struct naj_flat* borrow_flat, int32_t type);

#endif
