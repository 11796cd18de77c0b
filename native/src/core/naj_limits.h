/* The limits in force for a call. */
#ifndef NAJ_CORE_LIMITS_H
#define NAJ_CORE_LIMITS_H

#include "naj/naj.h"

/* `borrow_limits`, or the defaults for NULL. Checks that no limit is negative (NAJ_MISUSE). */
naj_status naj_limits_resolve(const struct naj_limits* borrow_limits, struct naj_limits* out_limits,
                              struct naj_error* error);

#endif
