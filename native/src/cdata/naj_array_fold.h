/* Offsets of exported arrays, moved into their buffers: some consumers do not look at them. */
#ifndef NAJ_CDATA_ARRAY_FOLD_H
#define NAJ_CDATA_ARRAY_FOLD_H

#include "batch/naj_plan.h"
#include "nanoarrow/nanoarrow.h"

/* Where the rows begin at a whole byte of every buffer, makes the buffers begin there and the
 * offset 0. `borrow_kinds` says what the first `kind_count` buffers hold, `type` how the array is
 * laid out. Returns how many rows the buffers begin later now: as many fewer there are of the
 * children of structs, sparse unions and, times the list size, fixed-size lists. */
int64_t naj_array_fold(struct ArrowArray* array, int32_t type,
                       const struct naj_plan_buffer* borrow_kinds, int32_t kind_count);

#endif
