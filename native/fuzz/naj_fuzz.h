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
/* Zeroed, aligned to 64, with a byte to spare; free() it. */
void* naj_fuzz_allocate(int64_t count, int64_t item_bytes);

/* Makes room for the first call, or for the next one after `status` asked for more; 1 when the call
 * is to be made (again). Table and arena of the target are blocks of naj_fuzz_allocate. */
int naj_fuzz_make_room(struct naj_decode_target* target, naj_status status);
void naj_fuzz_free_room(struct naj_decode_target* target);

/* The dictionaries that a reader has met, by naj_schema_dictionary_index. */
struct naj_fuzz_dictionary {
  struct naj_decode_target owned; /* where the table lies, unless memory holds it */
  struct naj_memory* memory;
  const struct naj_table_header* table; /* NULL: not met yet */
};
struct naj_fuzz_dictionaries {
  struct naj_schema* schema; /* borrowed */
  int32_t count;
  struct naj_fuzz_dictionary* entries;
};
void naj_fuzz_dictionaries_init(struct naj_fuzz_dictionaries* out_dictionaries,
                                struct naj_schema* borrow_schema);
void naj_fuzz_dictionaries_reset(struct naj_fuzz_dictionaries* dictionaries);
/* Keeps a decoded dictionary, or appends it; takes the room it lies in. */
void naj_fuzz_dictionaries_add(struct naj_fuzz_dictionaries* dictionaries,
                               struct naj_decode_target* take_room);

/* Validates the batch of a table on both levels; what passes is exported, read to the last value as
 * a consumer would, imported again and released; all is cut into slices to write. A batch whose
 * dictionaries have not all been met ends here. `borrow_dictionaries` are those that the fields of
 * the schema name. */
void naj_fuzz_batch(const struct naj_schema* borrow_schema,
                    const struct naj_table_header* borrow_table,
                    const struct naj_fuzz_dictionaries* borrow_dictionaries);

/* Cuts slices of the batch as a writer does and reads all that their bodies point to. When
 * `is_valid`, because NAJ_VALIDATE_ACCESS found nothing, no slice may be called invalid. */
void naj_fuzz_write(const struct naj_schema* borrow_schema,
                    const struct naj_table_header* borrow_table, int is_valid);

/* Reads every value of an array that passed naj_validate, trusting it. */
struct ArrowArray;
void naj_fuzz_touch(const struct naj_schema* borrow_schema, const struct ArrowArray* borrow_root);

#endif
