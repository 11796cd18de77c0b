#include "core/naj_alloc.h"
#include "nanoarrow/nanoarrow.h"
#include "support/naj_schemas.h"
#include "support/naj_test.h"

static struct naj_error error;

static const struct ArrowSchema* child_named(const struct ArrowSchema* parent, const char* name) {
  for (int64_t i = 0; i < parent->n_children; i++) {
    if (strcmp(parent->children[i]->name, name) == 0) return parent->children[i];
  }
  return NULL;
}

static void export_all_types(struct ArrowSchema* out_schema) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  CHECK_STATUS(naj_schema_export(schema, out_schema, &error), NAJ_OK, error);
  naj_schema_release(schema);
}

static void every_type_has_the_format_of_the_specification(void) {
  static const struct {
    const char* name;
    const char* format;
  } expected[] = {
      {"null", "n"},
      {"bool", "b"},
      {"int8", "c"},
      {"int16", "s"},
      {"int32", "i"},
      {"int64", "l"},
      {"uint8", "C"},
      {"uint16", "S"},
      {"uint32", "I"},
      {"uint64", "L"},
      {"half", "e"},
      {"float", "f"},
      {"double", "g"},
      {"decimal32", "d:9,2,32"},
      {"decimal64", "d:18,-3,64"},
      {"decimal128", "d:38,10"},
      {"decimal256", "d:76,0,256"},
      {"date32", "tdD"},
      {"date64", "tdm"},
      {"time_s", "tts"},
      {"time_ms", "ttm"},
      {"time_us", "ttu"},
      {"time_ns", "ttn"},
      {"timestamp_s", "tss:"},
      {"timestamp_ns", "tsn:Europe/Berlin"},
      {"duration", "tDu"},
      {"months", "tiM"},
      {"day_time", "tiD"},
      {"month_day_nano", "tin"},
      {"utf8", "u"},
      {"large_utf8", "U"},
      {"utf8_view", "vu"},
      {"binary", "z"},
      {"large_binary", "Z"},
      {"binary_view", "vz"},
      {"fixed_size_binary", "w:16"},
      {"fixed_size_binary_0", "w:0"},
      {"list", "+l"},
      {"large_list", "+L"},
      {"list_view", "+vl"},
      {"large_list_view", "+vL"},
      {"fixed_list", "+w:3"},
      {"struct", "+s"},
      {"empty_struct", "+s"},
      {"map", "+m"},
      {"sparse_union", "+us:0,1"},
      {"dense_union", "+ud:5,0"},
      {"run_end_encoded", "+r"},
      {"dictionary", "s"},
      {"dictionary_default", "i"},
      {"dictionary_nested", "L"},
  };
  struct ArrowSchema c_schema;
  export_all_types(&c_schema);
  CHECK_TEXT(c_schema.format, "+s");
  CHECK_EQ(c_schema.n_children, sizeof expected / sizeof expected[0]);
  for (int64_t i = 0; i < c_schema.n_children; i++) {
    CHECK_TEXT(c_schema.children[i]->name, expected[i].name);
    CHECK_TEXT(c_schema.children[i]->format, expected[i].format);
  }
  c_schema.release(&c_schema);
  CHECK(c_schema.release == NULL);
}

static void nanoarrow_reads_what_it_knows_alike(void) {
  struct ArrowSchema c_schema;
  export_all_types(&c_schema);
  int64_t seen = 0;
  for (int64_t i = 0; i < c_schema.n_children; i++) {
    struct ArrowSchemaView view;
    struct ArrowError reason = {0};
    if (strcmp(c_schema.children[i]->format, "w:0") == 0) continue; /* nanoarrow refuses it */
    if (ArrowSchemaViewInit(&view, c_schema.children[i], &reason) != NANOARROW_OK) {
      fprintf(stderr, "%s: %s\n", c_schema.children[i]->name, reason.message);
      exit(1);
    }
    seen++;
  }
  CHECK_EQ(seen, c_schema.n_children - 1);
  struct ArrowSchemaView view;
  CHECK_EQ(ArrowSchemaViewInit(&view, child_named(&c_schema, "decimal64"), NULL), NANOARROW_OK);
  CHECK_EQ(view.type, NANOARROW_TYPE_DECIMAL64);
  CHECK_EQ(view.decimal_precision, 18);
  CHECK_EQ(view.decimal_scale, -3);
  CHECK_EQ(ArrowSchemaViewInit(&view, child_named(&c_schema, "timestamp_ns"), NULL), NANOARROW_OK);
  CHECK_TEXT(view.timezone, "Europe/Berlin");
  CHECK_EQ(view.time_unit, NANOARROW_TIME_UNIT_NANO);
  CHECK_EQ(ArrowSchemaViewInit(&view, child_named(&c_schema, "dictionary"), NULL), NANOARROW_OK);
  CHECK_EQ(view.type, NANOARROW_TYPE_DICTIONARY);
  CHECK_EQ(view.storage_type, NANOARROW_TYPE_INT16);
  CHECK_EQ(ArrowSchemaViewInit(&view, child_named(&c_schema, "fixed_list"), NULL), NANOARROW_OK);
  CHECK_EQ(view.fixed_size, 3);
  CHECK_EQ(ArrowSchemaViewInit(&view, child_named(&c_schema, "dense_union"), NULL), NANOARROW_OK);
  CHECK_TEXT(view.union_type_ids, "5,0");
  c_schema.release(&c_schema);
}

static void flags_tell_nullable_ordered_and_sorted(void) {
  struct ArrowSchema c_schema;
  export_all_types(&c_schema);
  CHECK_EQ(c_schema.flags, 0);
  CHECK_EQ(child_named(&c_schema, "utf8_view")->flags, ARROW_FLAG_NULLABLE);
  CHECK_EQ(child_named(&c_schema, "binary_view")->flags, 0);
  CHECK_EQ(child_named(&c_schema, "map")->flags, ARROW_FLAG_MAP_KEYS_SORTED);
  CHECK_EQ(child_named(&c_schema, "dictionary")->flags,
           ARROW_FLAG_NULLABLE | ARROW_FLAG_DICTIONARY_ORDERED);
  c_schema.release(&c_schema);
}

static void a_dictionary_holds_the_values_and_their_children(void) {
  struct ArrowSchema c_schema;
  export_all_types(&c_schema);
  const struct ArrowSchema* plain = child_named(&c_schema, "dictionary");
  CHECK_TEXT(plain->dictionary->format, "u");
  CHECK_TEXT(plain->dictionary->name, "");
  const struct ArrowSchema* nested = child_named(&c_schema, "dictionary_nested");
  CHECK_EQ(nested->n_children, 0);
  CHECK_TEXT(nested->dictionary->format, "+l");
  CHECK_EQ(nested->dictionary->n_children, 1);
  const struct ArrowSchema* item = nested->dictionary->children[0];
  CHECK_TEXT(item->format, "C");
  CHECK_TEXT(item->name, "item");
  CHECK_TEXT(item->dictionary->format, "u");
  c_schema.release(&c_schema);
}

static void metadata_is_handed_on_byte_for_byte(void) {
  struct ArrowSchema c_schema;
  export_all_types(&c_schema);
  static const char expected[] = "\2\0\0\0\3\0\0\0key\3\0\0\0a\0b\3\0\0\0key\0\0\0";
  CHECK(memcmp(child_named(&c_schema, "utf8")->metadata, expected, sizeof expected) == 0);
  CHECK(memcmp(c_schema.metadata, expected, sizeof expected) == 0);
  CHECK(child_named(&c_schema, "bool")->metadata == NULL);
  c_schema.release(&c_schema);
}

static void a_child_moved_away_outlives_its_parent(void) {
  struct ArrowSchema c_schema;
  export_all_types(&c_schema);
  int64_t at = 0;
  while (strcmp(c_schema.children[at]->name, "struct") != 0) at++;
  struct ArrowSchema moved = *c_schema.children[at];
  c_schema.children[at]->release = NULL;
  c_schema.release(&c_schema);
  CHECK(naj_live_objects() > 0);
  CHECK_TEXT(moved.name, "struct");
  CHECK_TEXT(moved.children[1]->format, "u");
  struct ArrowSchema inner = *moved.children[0];
  moved.children[0]->release = NULL;
  moved.release(&moved);
  CHECK_TEXT(inner.name, "x");
  inner.release(&inner);
  CHECK_EQ(naj_live_objects(), 0);
}

static void a_released_child_is_not_released_again(void) {
  struct ArrowSchema c_schema;
  export_all_types(&c_schema);
  c_schema.children[3]->release(c_schema.children[3]);
  c_schema.release(&c_schema);
  CHECK_EQ(naj_live_objects(), 0);
}

static void a_schema_without_columns_is_an_empty_struct(void) {
  static const struct test_schema empty = {.field_count = 0};
  struct naj_schema* schema = test_must_decode(&empty);
  struct ArrowSchema c_schema;
  CHECK_STATUS(naj_schema_export(schema, &c_schema, &error), NAJ_OK, error);
  CHECK_EQ(c_schema.n_children, 0);
  CHECK(c_schema.metadata == NULL);
  c_schema.release(&c_schema);
  naj_schema_release(schema);
}

static void a_name_with_a_nul_is_refused(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  int64_t size = schema->header->total_size;
  uint8_t* bytes = malloc((size_t)size);
  memcpy(bytes, schema->descriptor, (size_t)size);
  bytes[schema->fields[1].name_offset + 1] = 0;
  naj_schema_release(schema);
  CHECK_STATUS(naj_schema_from_descriptor(bytes, size, NULL, &schema, &error), NAJ_OK, error);
  struct ArrowSchema c_schema;
  CHECK_STATUS(naj_schema_export(schema, &c_schema, &error), NAJ_UNSUPPORTED, error);
  CHECK_TEXT(error.path, "b?ol");
  naj_schema_release(schema);
  free(bytes);
}

static void every_failed_allocation_is_told(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  int64_t before = naj_live_objects();
  int failures = 0;
  for (int64_t n = 1;; n++) {
    struct ArrowSchema c_schema;
    naj_fail_allocation(n);
    naj_status status = naj_schema_export(schema, &c_schema, &error);
    naj_fail_allocation(0);
    if (status == NAJ_OK) {
      c_schema.release(&c_schema);
      break;
    }
    CHECK_EQ(status, NAJ_NO_MEMORY);
    CHECK_EQ(naj_live_objects(), before);
    failures++;
  }
  CHECK_EQ(failures, 2);
  naj_schema_release(schema);
}

int main(void) {
  TEST_RUN(every_type_has_the_format_of_the_specification);
  TEST_RUN(nanoarrow_reads_what_it_knows_alike);
  TEST_RUN(flags_tell_nullable_ordered_and_sorted);
  TEST_RUN(a_dictionary_holds_the_values_and_their_children);
  TEST_RUN(metadata_is_handed_on_byte_for_byte);
  TEST_RUN(a_child_moved_away_outlives_its_parent);
  TEST_RUN(a_released_child_is_not_released_again);
  TEST_RUN(a_schema_without_columns_is_an_empty_struct);
  TEST_RUN(a_name_with_a_nul_is_refused);
  TEST_RUN(every_failed_allocation_is_told);
  TEST_DONE();
}
