#include "schema/naj_schema_check.h"

#include "support/naj_schemas.h"
#include "support/naj_test.h"

static struct naj_error error;

/* A struct of two children, a union of two and a decimal; the parts can be changed before use. */
enum { FIELDS = 7, TEXT_BYTES = 32 };
struct block {
  struct naj_schema_header header;
  struct naj_field_record fields[FIELDS];
  uint8_t text[TEXT_BYTES];
};

static struct block make(void) {
  struct block block;
  memset(&block, 0, sizeof block);
  int64_t text_offset = (int64_t)offsetof(struct block, text);
  block.header.version = NAJ_DESCRIPTOR_VERSION;
  block.header.field_count = FIELDS;
  block.header.column_count = 3;
  block.header.metadata_version = 4;
  block.header.total_size = (int64_t)sizeof block;
  static const int32_t types[FIELDS] = {NAJ_TYPE_STRUCT,      NAJ_TYPE_INT8, NAJ_TYPE_INT16,
                                        NAJ_TYPE_DENSE_UNION, NAJ_TYPE_INT8, NAJ_TYPE_UTF8,
                                        NAJ_TYPE_DECIMAL};
  for (int i = 0; i < FIELDS; i++) {
    block.fields[i].type = types[i];
    block.fields[i].name_offset = text_offset + i;
    block.fields[i].name_size = 1;
    block.text[i] = (uint8_t)('a' + i);
  }
  block.fields[0].child_count = 2;
  block.fields[3].child_count = 2;
  block.fields[3].extra_offset = text_offset + 8;
  block.fields[3].extra_size = 8;
  block.text[12] = 1; /* ids 0, 1 */
  block.fields[6].param0 = 10;
  block.fields[6].param2 = 128;
  return block;
}

static naj_status check_block(const struct block* block) {
  struct naj_schema* schema = NULL;
  naj_status status =
      naj_schema_from_descriptor(block, (int64_t)sizeof *block, NULL, &schema, &error);
  naj_schema_release(schema);
  return status;
}

static void the_sound_block_passes(void) {
  struct block block = make();
  CHECK_STATUS(check_block(&block), NAJ_OK, error);
}

#define REFUSED(change)                                         \
  do {                                                          \
    struct block block = make();                                \
    change;                                                     \
    CHECK_STATUS(check_block(&block), NAJ_INVALID_DATA, error); \
  } while (0)

static void every_part_of_the_header_is_checked(void) {
  REFUSED(block.header.version = 2);
  REFUSED(block.header.total_size--);
  REFUSED(block.header.total_size++);
  REFUSED(block.header.field_count = -1);
  REFUSED(block.header.field_count = INT32_MAX);
  REFUSED(block.header.field_count = FIELDS + 1);
  REFUSED(block.header.field_count = FIELDS - 1);
  REFUSED(block.header.column_count = -1);
  REFUSED(block.header.column_count = 2);
  REFUSED(block.header.column_count = 4);
  REFUSED(block.header.big_endian = 2);
  REFUSED(block.header.metadata_version = 2);
  REFUSED(block.header.metadata_version = 5);
  REFUSED(block.header.root_is_column = 1);
  REFUSED(block.header.metadata_size = 1);
  REFUSED(block.header.metadata_size = INT64_MAX);
  REFUSED(block.header.metadata_offset = -1);
  REFUSED(block.header.metadata_offset = INT64_MAX);
}

static void every_range_is_checked(void) {
  REFUSED(block.fields[1].name_size = -1);
  REFUSED(block.fields[1].name_size = INT32_MAX);
  REFUSED(block.fields[1].name_offset = INT64_MAX);
  REFUSED(block.fields[1].name_offset = -1);
  REFUSED(block.fields[1].name_offset = (int64_t)sizeof block);
  REFUSED(block.fields[1].extra_size = INT64_MIN);
  REFUSED(block.fields[1].extra_offset = (int64_t)sizeof block + 1);
  REFUSED(block.fields[1].metadata_size = INT64_MAX);
  REFUSED(block.fields[1].metadata_offset = INT64_MIN);
}

static void every_number_of_a_field_is_checked(void) {
  REFUSED(block.fields[1].type = -1);
  REFUSED(block.fields[1].type = NAJ_TYPE_RUN_END_ENCODED + 1);
  REFUSED(block.fields[1].flags = 16);
  REFUSED(block.fields[1].flags = NAJ_FIELD_DICTIONARY);
  REFUSED(block.fields[1].flags = NAJ_FIELD_DICTIONARY; block.fields[1].index_type = NAJ_TYPE_UTF8);
  REFUSED(block.fields[1].flags = NAJ_FIELD_DICTIONARY_ORDERED);
  REFUSED(block.fields[1].child_count = -1);
  REFUSED(block.fields[1].child_count = 1);
  REFUSED(block.fields[0].child_count = 3);
  REFUSED(block.fields[0].child_count = 1);
  REFUSED(block.fields[6].child_count = 1);
  REFUSED(block.fields[0].type = NAJ_TYPE_LIST);
  REFUSED(block.fields[0].type = NAJ_TYPE_MAP);
  REFUSED(block.fields[0].type = NAJ_TYPE_RUN_END_ENCODED);
  REFUSED(block.fields[3].extra_size = 4);
  REFUSED(block.fields[3].extra_size = 12);
  REFUSED(block.text[12] = 0);
  REFUSED(block.text[12] = 128);
  REFUSED(block.fields[6].param2 = 127);
  REFUSED(block.fields[6].param0 = 39);
  REFUSED(block.fields[6].type = NAJ_TYPE_TIME32);
  REFUSED(block.fields[6].type = NAJ_TYPE_TIME64);
  REFUSED(block.fields[6].type = NAJ_TYPE_TIMESTAMP);
  REFUSED(block.fields[6].type = NAJ_TYPE_FIXED_SIZE_BINARY; block.fields[6].param0 = -1);
}

static void the_path_names_the_field(void) {
  struct block block = make();
  block.fields[4].type = NAJ_TYPE_LIST;
  CHECK_STATUS(check_block(&block), NAJ_INVALID_DATA, error);
  CHECK_TEXT(error.path, "d.e");
}

static void limits_hold(void) {
  struct block block = make();
  struct naj_limits limits;
  naj_limits_init(&limits);
  struct naj_schema* schema = NULL;
  limits.max_fields = FIELDS - 1;
  CHECK_STATUS(naj_schema_from_descriptor(&block, (int64_t)sizeof block, &limits, &schema, &error),
               NAJ_LIMIT_EXCEEDED, error);
  limits.max_fields = FIELDS;
  limits.max_depth = 1;
  CHECK_STATUS(naj_schema_from_descriptor(&block, (int64_t)sizeof block, &limits, &schema, &error),
               NAJ_LIMIT_EXCEEDED, error);
  limits.max_depth = 2;
  CHECK_STATUS(naj_schema_from_descriptor(&block, (int64_t)sizeof block, &limits, &schema, &error),
               NAJ_OK, error);
  naj_schema_release(schema);
}

static void metadata_must_fill_its_size(void) {
  static const struct {
    const char* bytes;
    int64_t size;
    int is_valid;
  } cases[] = {
      {"", 0, 1},
      {"\0\0\0", 3, 0},
      {"\0\0\0\0", 4, 1},
      {"\0\0\0\0\0", 5, 0},
      {"\1\0\0\0", 4, 0},
      {"\1\0\0\0\0\0\0\0\0\0\0\0", 12, 1},
      {"\1\0\0\0\1\0\0\0k\0\0\0\0", 13, 1},
      {"\1\0\0\0\2\0\0\0k\0\0\0\0", 13, 0},
      {"\1\0\0\0\1\0\0\0k\1\0\0\0", 13, 0},
      {"\1\0\0\0\377\377\377\377k\1\0\0\0", 13, 0},
      {"\377\377\377\377", 4, 0},
      {"\377\377\377\177", 4, 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    uint8_t* bytes = malloc((size_t)cases[i].size + 1);
    memcpy(bytes, cases[i].bytes, (size_t)cases[i].size);
    CHECK_EQ(naj_metadata_is_valid(bytes, cases[i].size), cases[i].is_valid);
    free(bytes);
  }
}

static void no_mutation_of_a_descriptor_does_harm(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  int64_t size = schema->header->total_size;
  uint8_t* copy = malloc((size_t)size);
  uint64_t state = 11;
  int passed = 0;
  for (int round = 0; round < 20000; round++) {
    memcpy(copy, schema->descriptor, (size_t)size);
    for (int i = 0; i < 2; i++)
      copy[test_random(&state) % (uint64_t)size] = (uint8_t)test_random(&state);
    struct naj_schema* mutated = NULL;
    passed += naj_schema_from_descriptor(copy, size, NULL, &mutated, &error) == NAJ_OK;
    naj_schema_release(mutated);
  }
  CHECK(passed > 0);
  naj_schema_release(schema);
  free(copy);
}

static void no_cut_descriptor_is_read_beyond(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  for (int64_t size = 0; size < schema->header->total_size; size += 7) {
    uint8_t* part = malloc((size_t)size + 1);
    memcpy(part, schema->descriptor, (size_t)size);
    struct naj_schema* cut = NULL;
    CHECK_STATUS(naj_schema_from_descriptor(part, size, NULL, &cut, &error), NAJ_INVALID_DATA,
                 error);
    free(part);
  }
  naj_schema_release(schema);
}

int main(void) {
  TEST_RUN(the_sound_block_passes);
  TEST_RUN(every_part_of_the_header_is_checked);
  TEST_RUN(every_range_is_checked);
  TEST_RUN(every_number_of_a_field_is_checked);
  TEST_RUN(the_path_names_the_field);
  TEST_RUN(limits_hold);
  TEST_RUN(metadata_must_fill_its_size);
  TEST_RUN(no_mutation_of_a_descriptor_does_harm);
  TEST_RUN(no_cut_descriptor_is_read_beyond);
  TEST_DONE();
}
