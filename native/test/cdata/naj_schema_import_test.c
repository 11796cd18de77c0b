#include "core/naj_alloc.h"
#include "nanoarrow/nanoarrow.h"
#include "support/naj_schemas.h"
#include "support/naj_test.h"

static struct naj_error error;

static void release_nothing(struct ArrowSchema* schema) { schema->release = NULL; }

static struct ArrowSchema make(const char* format, const char* name) {
  struct ArrowSchema c_schema;
  memset(&c_schema, 0, sizeof c_schema);
  c_schema.format = format;
  c_schema.name = name;
  c_schema.release = release_nothing;
  return c_schema;
}

static naj_status import(const struct ArrowSchema* c_schema) {
  struct naj_schema* schema = NULL;
  naj_status status = naj_schema_import(c_schema, NULL, &schema, &error);
  naj_schema_release(schema);
  return status;
}

static void every_type_comes_back_from_export(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  struct ArrowSchema c_schema;
  CHECK_STATUS(naj_schema_export(schema, &c_schema, &error), NAJ_OK, error);
  struct naj_schema* back;
  CHECK_STATUS(naj_schema_import(&c_schema, NULL, &back, &error), NAJ_OK, error);
  CHECK(c_schema.release != NULL);
  c_schema.release(&c_schema);
  CHECK(test_same_schema(schema, back));
  CHECK_EQ(back->header->metadata_version, 4);
  CHECK_EQ(back->header->root_is_column, 0);
  naj_schema_release(back);
  naj_schema_release(schema);
}

static void dictionaries_are_numbered_in_order(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  struct ArrowSchema c_schema;
  CHECK_STATUS(naj_schema_export(schema, &c_schema, &error), NAJ_OK, error);
  struct naj_schema* back;
  CHECK_STATUS(naj_schema_import(&c_schema, NULL, &back, &error), NAJ_OK, error);
  CHECK_EQ(back->fields[test_find_field(back, "dictionary")].dictionary_id, 0);
  CHECK_EQ(back->fields[test_find_field(back, "dictionary_default")].dictionary_id, 1);
  int32_t nested = test_find_field(back, "dictionary_nested");
  CHECK_EQ(back->fields[nested].dictionary_id, 2);
  CHECK_EQ(back->fields[nested + 1].dictionary_id, 3);
  c_schema.release(&c_schema);
  naj_schema_release(back);
  naj_schema_release(schema);
}

static void a_root_that_is_no_struct_is_the_one_column(void) {
  struct ArrowSchema c_schema = make("i", NULL);
  c_schema.flags = ARROW_FLAG_NULLABLE;
  struct naj_schema* schema;
  CHECK_STATUS(naj_schema_import(&c_schema, NULL, &schema, &error), NAJ_OK, error);
  CHECK_EQ(schema->header->column_count, 1);
  CHECK_EQ(schema->header->root_is_column, 1);
  CHECK_EQ(schema->fields[0].type, NAJ_TYPE_INT32);
  CHECK_EQ(schema->fields[0].name_size, 0);
  CHECK_EQ(schema->fields[0].flags, NAJ_FIELD_NULLABLE);
  naj_schema_release(schema);
}

static void nanoarrow_built_schemas_are_read(void) {
  struct ArrowSchema c_schema;
  ArrowSchemaInit(&c_schema);
  CHECK_EQ(ArrowSchemaSetTypeStruct(&c_schema, 2), NANOARROW_OK);
  CHECK_EQ(ArrowSchemaSetTypeDateTime(c_schema.children[0], NANOARROW_TYPE_TIMESTAMP,
                                      NANOARROW_TIME_UNIT_MICRO, "UTC"),
           NANOARROW_OK);
  CHECK_EQ(ArrowSchemaSetName(c_schema.children[0], "t"), NANOARROW_OK);
  CHECK_EQ(ArrowSchemaSetType(c_schema.children[1], NANOARROW_TYPE_MAP), NANOARROW_OK);
  CHECK_EQ(
      ArrowSchemaSetType(c_schema.children[1]->children[0]->children[0], NANOARROW_TYPE_STRING),
      NANOARROW_OK);
  CHECK_EQ(
      ArrowSchemaSetType(c_schema.children[1]->children[0]->children[1], NANOARROW_TYPE_DOUBLE),
      NANOARROW_OK);
  struct naj_schema* schema;
  CHECK_STATUS(naj_schema_import(&c_schema, NULL, &schema, &error), NAJ_OK, error);
  CHECK_EQ(schema->header->field_count, 5);
  CHECK_EQ(schema->fields[0].type, NAJ_TYPE_TIMESTAMP);
  CHECK_EQ(schema->fields[0].param0, 2);
  CHECK_EQ(schema->fields[1].type, NAJ_TYPE_MAP);
  CHECK_EQ(schema->fields[4].type, NAJ_TYPE_DOUBLE);
  ArrowSchemaRelease(&c_schema);
  naj_schema_release(schema);
}

static void released_structs_are_misuse(void) {
  struct ArrowSchema root = make("+s", "");
  struct ArrowSchema child = make("i", "c");
  struct ArrowSchema values = make("u", "");
  struct ArrowSchema* children[] = {&child};
  root.children = children;
  root.n_children = 1;
  CHECK_STATUS(import(&root), NAJ_OK, error);
  child.release = NULL;
  CHECK_STATUS(import(&root), NAJ_MISUSE, error);
  CHECK_TEXT(error.path, "c");
  child.release = release_nothing;
  child.dictionary = &values;
  CHECK_STATUS(import(&root), NAJ_OK, error);
  values.release = NULL;
  CHECK_STATUS(import(&root), NAJ_MISUSE, error);
  root.release = NULL;
  CHECK_STATUS(import(&root), NAJ_MISUSE, error);
  CHECK_STATUS(import(NULL), NAJ_MISUSE, error);
}

static void children_must_be_there_and_fit(void) {
  struct ArrowSchema root = make("+s", "");
  struct ArrowSchema list = make("+l", "l");
  struct ArrowSchema item = make("i", "item");
  struct ArrowSchema* columns[] = {&list};
  struct ArrowSchema* items[] = {&item, &item};
  root.children = columns;
  root.n_children = 1;
  CHECK_STATUS(import(&root), NAJ_INVALID_DATA, error);
  CHECK_TEXT(error.path, "l");
  list.n_children = 1;
  CHECK_STATUS(import(&root), NAJ_INVALID_DATA, error);
  list.children = items;
  CHECK_STATUS(import(&root), NAJ_OK, error);
  list.n_children = 2;
  CHECK_STATUS(import(&root), NAJ_INVALID_DATA, error);
  list.n_children = -1;
  CHECK_STATUS(import(&root), NAJ_INVALID_DATA, error);
  list.n_children = 1;
  items[0] = NULL;
  CHECK_STATUS(import(&root), NAJ_INVALID_DATA, error);
  items[0] = &item;
  item.n_children = 1;
  item.children = items;
  CHECK_STATUS(import(&root), NAJ_LIMIT_EXCEEDED, error); /* a cycle */
  struct ArrowSchema many = make("+s", "");
  columns[0] = &many;
  CHECK_STATUS(import(&root), NAJ_OK, error);
}

static void formats_are_checked(void) {
  struct ArrowSchema c_schema = make("q", "x");
  CHECK_STATUS(import(&c_schema), NAJ_UNSUPPORTED, error);
  c_schema.format = "w:z";
  CHECK_STATUS(import(&c_schema), NAJ_INVALID_DATA, error);
  c_schema.format = "w:-1";
  CHECK_STATUS(import(&c_schema), NAJ_INVALID_DATA, error);
  c_schema.format = "d:39,0";
  CHECK_STATUS(import(&c_schema), NAJ_INVALID_DATA, error);
  c_schema.format = "+ud:1";
  CHECK_STATUS(import(&c_schema), NAJ_INVALID_DATA, error);
  c_schema.format = NULL;
  CHECK_STATUS(import(&c_schema), NAJ_INVALID_DATA, error);
}

static void dictionary_indices_must_be_integers(void) {
  struct ArrowSchema values = make("u", "");
  struct ArrowSchema c_schema = make("u", "x");
  c_schema.dictionary = &values;
  CHECK_STATUS(import(&c_schema), NAJ_INVALID_DATA, error);
  c_schema.format = "+s";
  CHECK_STATUS(import(&c_schema), NAJ_INVALID_DATA, error);
  c_schema.format = "L";
  CHECK_STATUS(import(&c_schema), NAJ_OK, error);
  struct ArrowSchema inner = make("u", "");
  values.format = "c";
  values.dictionary = &inner;
  CHECK_STATUS(import(&c_schema), NAJ_UNSUPPORTED, error);
}

static void metadata_counts_must_not_be_negative(void) {
  struct ArrowSchema root = make("+s", "");
  root.metadata = "\377\377\377\377";
  CHECK_STATUS(import(&root), NAJ_INVALID_DATA, error);
  root.metadata = "\1\0\0\0\377\377\377\377";
  CHECK_STATUS(import(&root), NAJ_INVALID_DATA, error);
  root.metadata = "\0\0\0\0";
  CHECK_STATUS(import(&root), NAJ_OK, error);
  root.metadata = "\1\0\0\0\1\0\0\0k\2\0\0\0\0v";
  struct naj_schema* schema;
  CHECK_STATUS(naj_schema_import(&root, NULL, &schema, &error), NAJ_OK, error);
  CHECK_EQ(schema->header->metadata_size, 15);
  naj_schema_release(schema);
}

static void limits_hold(void) {
  struct ArrowSchema root = make("+s", "");
  struct ArrowSchema* columns[100];
  struct ArrowSchema column = make("i", "x");
  for (int i = 0; i < 100; i++) columns[i] = &column;
  root.children = columns;
  root.n_children = 100;
  struct naj_limits limits;
  naj_limits_init(&limits);
  limits.max_fields = 99;
  struct naj_schema* schema;
  CHECK_STATUS(naj_schema_import(&root, &limits, &schema, &error), NAJ_LIMIT_EXCEEDED, error);
  limits.max_fields = 100;
  CHECK_STATUS(naj_schema_import(&root, &limits, &schema, &error), NAJ_OK, error);
  naj_schema_release(schema);
}

static void every_failed_allocation_is_told(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  struct ArrowSchema c_schema;
  CHECK_STATUS(naj_schema_export(schema, &c_schema, &error), NAJ_OK, error);
  naj_schema_release(schema);
  int64_t before = naj_live_objects();
  int failures = 0;
  for (int64_t n = 1;; n++) {
    naj_fail_allocation(n);
    naj_status status = naj_schema_import(&c_schema, NULL, &schema, &error);
    naj_fail_allocation(0);
    if (status == NAJ_OK) {
      naj_schema_release(schema);
      break;
    }
    CHECK_EQ(status, NAJ_NO_MEMORY);
    CHECK_EQ(naj_live_objects(), before);
    failures++;
  }
  CHECK(failures >= 8);
  c_schema.release(&c_schema);
}

int main(void) {
  TEST_RUN(every_type_comes_back_from_export);
  TEST_RUN(dictionaries_are_numbered_in_order);
  TEST_RUN(a_root_that_is_no_struct_is_the_one_column);
  TEST_RUN(nanoarrow_built_schemas_are_read);
  TEST_RUN(released_structs_are_misuse);
  TEST_RUN(children_must_be_there_and_fit);
  TEST_RUN(formats_are_checked);
  TEST_RUN(dictionary_indices_must_be_integers);
  TEST_RUN(metadata_counts_must_not_be_negative);
  TEST_RUN(limits_hold);
  TEST_RUN(every_failed_allocation_is_told);
  TEST_DONE();
}
