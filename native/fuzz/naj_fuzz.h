/* What the fuzz targets share: a decoded batch goes the way of a batch that is exported. */
#ifndef NAJ_FUZZ_FUZZ_H
#define NAJ_FUZZ_FUZZ_H

#include "naj/naj.h"

/* Ends the process, loudly, when a promise of naj.h does not hold. */
#define NAJ_FUZZ_REQUIRE(condition)              \
  do {                                           \
    if (!(condition)) naj_fuzz_fail(#condition); \
  } while (0)
_Noreturn void naj_fuzz_fail(const char* condition);

/* A decoding call and its table, which grows as asked. */
struct naj_fuzz_table {
  void* block;
  int64_t size_bytes;
};
/* 1 when the call is to be made again: the table has grown. */
int naj_fuzz_grow(struct naj_fuzz_table* table, naj_status status);
void naj_fuzz_table_free(struct naj_fuzz_table* table);

/* Validates the batch of a table on both levels; what passes is exported, read to the last value as
 * a consumer would, imported again and released. Schemas with dictionaries, whose values a table
 * does not hold, end here. */
void naj_fuzz_batch(const struct naj_schema* borrow_schema, const void* borrow_table);

/* Reads every value of an array that passed naj_validate, trusting it. */
struct ArrowArray;
void naj_fuzz_touch(const struct naj_schema* borrow_schema, const struct ArrowArray* borrow_root);

#endif
