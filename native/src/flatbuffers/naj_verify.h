/* Our flatcc_verify_* (flatcc's verifier.c is not compiled): linear on errors, bounded in depth, in
 * tables and in bytes. Whatever verifies a root through them, nanoarrow included, gets the budgets.
 */
#ifndef NAJ_FLATBUFFERS_VERIFY_H
#define NAJ_FLATBUFFERS_VERIFY_H

#include "naj/naj.h"

/* The budgets of one root of `size` bytes. Tables, strings and vectors count each time they are
 * reached, so that what a reader expands from a verified root is bounded by these as well:
 * at most `NAJ_VERIFY_MAX_DEPTH` nested tables, max(NAJ_VERIFY_MIN_TABLES, size / 8) tables and
 * NAJ_VERIFY_MIN_BYTES + 8 * size bytes in strings and vectors. */
#define NAJ_VERIFY_MAX_DEPTH 256
#define NAJ_VERIFY_MIN_TABLES 1000000
#define NAJ_VERIFY_MIN_BYTES (64 * 1024 * 1024)

/* Verifies a Message or Footer root of `size_bytes` at an address aligned to 8 (else NAJ_MISUSE).
 * NAJ_INVALID_DATA with the offset of the fault, or NAJ_LIMIT_EXCEEDED for a budget. Offsets in
 * errors count from `input_offset`, where the flatbuffer lies in the input. Any thread. */
naj_status naj_verify_message(const void* borrow_flatbuffer, int64_t size_bytes,
                              int64_t input_offset, struct naj_error* error);
naj_status naj_verify_footer(const void* borrow_flatbuffer, int64_t size_bytes,
                             int64_t input_offset, struct naj_error* error);

#endif
