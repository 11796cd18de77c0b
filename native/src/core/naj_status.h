/* Errors: the one way to fill a naj_error, and the column path that goes with it. */
#ifndef NAJ_CORE_STATUS_H
#define NAJ_CORE_STATUS_H

#include "naj/naj.h"

#if defined(__GNUC__)
#define NAJ_PRINTF(format_index, first_argument) \
  __attribute__((format(printf, format_index, first_argument)))
#else
#define NAJ_PRINTF(format_index, first_argument)
#endif

/* Fills `error` (if any) and returns `status`. Resets path, row and os_error. */
naj_status naj_error_set(struct naj_error* error, naj_status status, int64_t offset_bytes,
                         const char* format, ...) NAJ_PRINTF(4, 5);
/* Sets the column path of an error already filled; cut to fit, never splitting a UTF-8 character.
 */
void naj_error_set_path(struct naj_error* error, const char* borrow_path);

#define NAJ_TRY(expression)                                                     \
  do {                                                                          \
    naj_status naj_try_status_ = (expression);                                  \
    if (__builtin_expect(naj_try_status_ != NAJ_OK, 0)) return naj_try_status_; \
  } while (0)

#endif
