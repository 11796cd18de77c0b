/* Threads that help a caller with work that falls into independent pieces. */
#ifndef NAJ_CORE_POOL_H
#define NAJ_CORE_POOL_H

#include <stdint.h>

typedef void (*naj_pool_function)(void* context, int64_t index);

/* Calls `run(context, i)` once for each i in [0, count), by the caller and whatever workers are
 * idle, in no order; returns when all calls have. Workers are started by the first call that could
 * use them: one less than the processors, at most 8, none when the system refuses; they last as
 * long as the process. `run` must not call this. Any thread. */
void naj_pool_run(naj_pool_function run, void* context, int64_t count);
/* Workers there are or would be. */
int32_t naj_pool_worker_count(void);
/* For tests: this many workers whatever the machine has; 0 = as many as it asks for.
 * Only before the first naj_pool_run. */
void naj_pool_set_workers(int32_t count);

#endif
