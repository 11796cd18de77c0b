/* The only door to malloc: counted, and failing on demand in tests. Any thread. */
#ifndef NAJ_CORE_ALLOC_H
#define NAJ_CORE_ALLOC_H

#include "naj/naj.h"

/* NULL on failure or size_bytes < 0; size 0 gives a block. Aligned to 16. Free with naj_free only.
 */
void* naj_alloc(int64_t size_bytes);
/* NULL also when a size is negative or the product overflows. */
void* naj_alloc_zeroed(int64_t count, int64_t item_bytes);
/* Keeps the old block on failure. */
void* naj_realloc(void* block, int64_t size_bytes);
void naj_free(void* block);
/* Takes a live block out of the counts before it is freed: it only keeps an address valid. */
void naj_uncount(void* block);
/* Counts memory that does not come from naj_alloc (mappings). */
void naj_account(int64_t bytes, int64_t objects);
void naj_account_body_allocated(int64_t bytes);
/* True when naj_fail_allocation says that this allocation fails; for mmap and the like. */
int naj_allocation_fails_now(void);

#endif
