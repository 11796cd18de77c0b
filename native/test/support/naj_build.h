/* Builds schema messages and footers, good and bad, from plain structs. Blocks come from malloc and
 * are exactly as long as said, so that a sanitizer sees a read beyond; free() them. */
#ifndef NAJ_TEST_SUPPORT_BUILD_H
#define NAJ_TEST_SUPPORT_BUILD_H

#include "naj/naj.h"

/* The Type union's numbers (format/Schema.fbs). */
enum test_type {
  TEST_NONE = 0,
  TEST_NULL = 1,
  TEST_INT = 2,   /* a bit width, b signed */
  TEST_FLOAT = 3, /* a precision */
  TEST_BINARY = 4,
  TEST_UTF8 = 5,
  TEST_BOOL = 6,
  TEST_DECIMAL = 7,    /* a precision, b scale, c bit width */
  TEST_DATE = 8,       /* a unit */
  TEST_TIME = 9,       /* a unit, b bit width */
  TEST_TIMESTAMP = 10, /* a unit, text zone */
  TEST_INTERVAL = 11,  /* a unit */
  TEST_LIST = 12,
  TEST_STRUCT = 13,
  TEST_UNION = 14,             /* a mode, ids */
  TEST_FIXED_SIZE_BINARY = 15, /* a width */
  TEST_FIXED_SIZE_LIST = 16,   /* a size */
  TEST_MAP = 17,               /* a keys sorted */
  TEST_DURATION = 18,          /* a unit */
  TEST_LARGE_BINARY = 19,
  TEST_LARGE_UTF8 = 20,
  TEST_LARGE_LIST = 21,
  TEST_RUN_END_ENCODED = 22,
  TEST_BINARY_VIEW = 23,
  TEST_UTF8_VIEW = 24,
  TEST_LIST_VIEW = 25,
  TEST_LARGE_LIST_VIEW = 26
};

/* Sizes of -1 mean that the string is absent. */
struct test_pair {
  const char* key;
  int64_t key_size;
  const char* value;
  int64_t value_size;
};

struct test_field {
  const char* name; /* NULL: absent */
  int type;         /* others than test_type's: a table without fields under that number */
  int32_t a, b, c;
  const char* text;
  const int32_t* ids; /* NULL: absent */
  int id_count;
  int nullable;
  int is_dictionary;
  int64_t dictionary_id;
  int index_bits; /* 0: no index type given */
  int index_signed;
  int ordered;
  const struct test_field* children;
  int child_count; /* -1: children point to one field, listed twice (a shared table) */
  const struct test_pair* pairs;
  int pair_count;
};

struct test_schema {
  int big_endian;
  const struct test_field* fields;
  int field_count;
  const struct test_pair* pairs;
  int pair_count;
  const int64_t* features;
  int feature_count;
};

struct test_bytes {
  uint8_t* bytes; /* aligned to 16 */
  int64_t size;
};

/* A Message flatbuffer alone; its size is padded to a multiple of 8. metadata_version 3 = V4, 4 =
 * V5. */
struct test_bytes test_schema_flatbuffer(const struct test_schema* schema, int metadata_version);
/* A Message flatbuffer whose header is of `type` (MessageHeader's number) and, when `has_header`,
 * an empty table. */
struct test_bytes test_message_flatbuffer(int metadata_version, int type, int has_header,
                                          int64_t body_bytes, const struct test_pair* pairs,
                                          int pair_count);

struct test_block {
  int64_t offset;
  int32_t metadata_bytes;
  int64_t body_bytes;
};
struct test_bytes test_footer_flatbuffer(const struct test_schema* schema, int metadata_version,
                                         const struct test_block* batches, int batch_count,
                                         const struct test_block* dictionaries,
                                         int dictionary_count, const struct test_pair* pairs,
                                         int pair_count);

/* Puts the prefix in front: 8 bytes, or the legacy 4. Frees `take_flatbuffer`. */
struct test_bytes test_frame(struct test_bytes take_flatbuffer, int is_legacy);

/* A schema of one column: `depth` lists around an int32. */
struct test_bytes test_deep_list_flatbuffer(int depth);
/* A schema of one column: structs of two children each that are the same table, `levels` deep. */
struct test_bytes test_shared_fields_flatbuffer(int levels);

/* One column of every type that the format knows, each with valid parameters. */
const struct test_schema* test_schema_of_all_types(void);

/* A repeatable sequence of pseudo-random numbers. */
uint64_t test_random(uint64_t* state);

#endif
