/* Our flatcc_verify_* (flatcc's verifier.c is not compiled): linear on errors, bounded in depth and
 * in tables. The generated verifiers call them; these add the budget around one root. */
#ifndef NAJ_FLATBUFFERS_VERIFY_H
#define NAJ_FLATBUFFERS_VERIFY_H

#include "naj/naj.h"

/* Verifies a Message or Footer root of `size_bytes` aligned to 8. Budgets: `max_tables` tables in
 * all (shared tables count each time they are reached), `max_depth` nested tables. */
naj_status naj_verify_message(const void* borrow_flatbuffer, int64_t size_bytes,
                              int64_t input_offset, struct naj_error* error);
naj_status naj_verify_footer(const void* borrow_flatbuffer, int64_t size_bytes,
                             int64_t input_offset, struct naj_error* error);

#endif
