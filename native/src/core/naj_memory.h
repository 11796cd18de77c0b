/* What naj itself makes a naj_memory of. */
#ifndef NAJ_CORE_MEMORY_H
#define NAJ_CORE_MEMORY_H

#include "naj/naj.h"

/* Memory of size 0 that stands for an object with buffers elsewhere (an imported array):
 * `release_context(take_context)` is called once, after the last use, on whichever thread that is.
 */
naj_status naj_memory_import(void (*release_context)(void* take_context), void* take_context,
                             struct naj_memory** out_memory, struct naj_error* error);

#endif
