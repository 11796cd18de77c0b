/* The dictionaries that a schema names, with the schemas of their values. */
#ifndef NAJ_SCHEMA_DICTIONARIES_H
#define NAJ_SCHEMA_DICTIONARIES_H

#include "naj/naj.h"

struct naj_dictionary {
  int64_t id;
  int32_t field_index; /* the first field with this id */
  struct naj_schema*
      values; /* owned; has no dictionaries of its own: nested ones are listed here */
};

struct naj_dictionaries {
  int32_t count;
  struct naj_dictionary* entries; /* ascending ids, each once */
};

/* Value types nest, so their fields may be listed more than once: all value schemas together have
 * at most limits.max_fields fields. Fields that share an id must have the same value type
 * (NAJ_INVALID_DATA). */
naj_status naj_dictionaries_create(const struct naj_schema* borrow_schema, int64_t input_offset,
                                   const struct naj_limits* borrow_limits,
                                   struct naj_dictionaries** out_dictionaries,
                                   struct naj_error* error);
void naj_dictionaries_free(struct naj_dictionaries* dictionaries);
/* The index of an id, -1 for none. NULL has none. */
int32_t naj_dictionaries_find(const struct naj_dictionaries* borrow_dictionaries, int64_t id);

#endif
