/* Arrow C streams in both directions. */
#ifndef NAJ_CDATA_C_STREAM_H
#define NAJ_CDATA_C_STREAM_H

#include "naj/naj.h"

/* Answers the callbacks of an exported stream; operations as in naj_bind.h (NajStreamFunction). */
typedef int32_t (*naj_stream_function)(int64_t stream_id, int32_t operation, int64_t out_struct);
enum {
  NAJ_C_STREAM_GET_SCHEMA = 0,
  NAJ_C_STREAM_GET_NEXT = 1,
  NAJ_C_STREAM_RELEASE = 2,
  NAJ_C_STREAM_LAST_ERROR = 3,
  NAJ_C_STREAM_ERROR_BYTES = 1024
};

/* Fills `out_stream`, which the consumer then owns and releases; `function` is told once. */
naj_status naj_c_stream_export(naj_stream_function function, int64_t stream_id,
                               struct ArrowArrayStream* out_stream, struct naj_error* error);

/* A C stream of somebody else. One thread at a time. */
struct naj_c_stream;

/* Moves `take_stream`; NAJ_MISUSE when it is released already. */
naj_status naj_c_stream_import(struct ArrowArrayStream* take_stream,
                               struct naj_c_stream** out_stream, struct naj_error* error);
/* A schema that the caller owns. A failure of the producer is NAJ_IO with its errno value in
 * os_error and its text. */
naj_status naj_c_stream_schema(struct naj_c_stream* stream, const struct naj_limits* borrow_limits,
                               struct naj_schema** out_schema, struct naj_error* error);
/* The next array, which the caller then owns; *out_has_array 0 at the end, `out_array` is released
 * then. */
naj_status naj_c_stream_next(struct naj_c_stream* stream, struct ArrowArray* out_array,
                             int32_t* out_has_array, struct naj_error* error);
void naj_c_stream_close(struct naj_c_stream* stream);

#endif
