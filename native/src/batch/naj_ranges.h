/* Which parts of a body its selected fields need. */
#ifndef NAJ_BATCH_RANGES_H
#define NAJ_BATCH_RANGES_H

#include "message/naj_message.h"
#include "naj/naj.h"

/* As naj_stream_ranges says it, for a message of `borrow_schema`. Any thread. */
naj_status naj_message_ranges(const struct naj_schema* borrow_schema,
                              const struct naj_message* borrow_message,
                              struct naj_range* out_ranges, int64_t capacity, int64_t* out_count,
                              struct naj_error* error);

#endif
