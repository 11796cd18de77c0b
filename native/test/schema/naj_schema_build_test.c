#include "schema/naj_schema_build.h"

#include "support/naj_test.h"

static struct naj_error error;

static void fields_and_bytes_are_laid_out(void) {
  struct naj_schema_builder builder;
  CHECK_STATUS(naj_schema_build_init(&builder, 0, NULL, &error), NAJ_OK, error);
  builder.header.metadata_version = 4;
  int32_t outer;
  int32_t inner;
  int64_t extra;
  CHECK_STATUS(naj_schema_build_field(&builder, -1, 0, "ab", 2, &outer, &error), NAJ_OK, error);
  builder.fields[outer].type = NAJ_TYPE_STRUCT;
  CHECK_STATUS(naj_schema_build_field(&builder, outer, 1, "c", 1, &inner, &error), NAJ_OK, error);
  builder.fields[inner].type = NAJ_TYPE_TIMESTAMP;
  CHECK_STATUS(naj_schema_build_bytes(&builder, 3, &extra, &error), NAJ_OK, error);
  CHECK_EQ(extra % 4, 0);
  memcpy(builder.bytes + extra, "UTC", 3);
  builder.fields[inner].extra_offset = extra;
  builder.fields[inner].extra_size = 3;
  struct naj_schema* schema;
  CHECK_STATUS(naj_schema_build_finish(&builder, &schema, &error), NAJ_OK, error);
  naj_schema_build_reset(&builder);
  CHECK_EQ(schema->header->field_count, 2);
  CHECK_EQ(schema->header->column_count, 1);
  CHECK_EQ(schema->header->total_size % 8, 0);
  CHECK_EQ(schema->fields[0].child_count, 1);
  CHECK(memcmp(schema->descriptor + schema->fields[0].name_offset, "ab", 2) == 0);
  CHECK(memcmp(schema->descriptor + schema->fields[1].extra_offset, "UTC", 3) == 0);
  naj_schema_release(schema);
}

static void many_fields_fit(void) {
  struct naj_schema_builder builder;
  CHECK_STATUS(naj_schema_build_init(&builder, 0, NULL, &error), NAJ_OK, error);
  builder.header.metadata_version = 4;
  for (int i = 0; i < 5000; i++) {
    int32_t index;
    char name[16];
    int size = snprintf(name, sizeof name, "column %d", i);
    CHECK_STATUS(naj_schema_build_field(&builder, -1, 0, name, size, &index, &error), NAJ_OK,
                 error);
    CHECK_EQ(index, i);
  }
  struct naj_schema* schema;
  CHECK_STATUS(naj_schema_build_finish(&builder, &schema, &error), NAJ_OK, error);
  naj_schema_build_reset(&builder);
  CHECK_EQ(schema->header->column_count, 5000);
  char path[32];
  naj_schema_path(schema, 4321, path, sizeof path);
  CHECK_TEXT(path, "column 4321");
  naj_schema_release(schema);
}

static void limits_hold_while_building(void) {
  struct naj_limits limits;
  naj_limits_init(&limits);
  limits.max_fields = 1;
  limits.max_depth = 1;
  struct naj_schema_builder builder;
  CHECK_STATUS(naj_schema_build_init(&builder, 0, &limits, &error), NAJ_OK, error);
  int32_t index;
  CHECK_STATUS(naj_schema_build_field(&builder, -1, 1, "x", 1, &index, &error), NAJ_LIMIT_EXCEEDED,
               error);
  CHECK_STATUS(naj_schema_build_field(&builder, -1, 0, "x", 1, &index, &error), NAJ_OK, error);
  CHECK_STATUS(naj_schema_build_field(&builder, -1, 0, "y", 1, &index, &error), NAJ_LIMIT_EXCEEDED,
               error);
  naj_schema_build_reset(&builder);
  limits.max_depth = -1;
  CHECK_STATUS(naj_schema_build_init(&builder, 0, &limits, &error), NAJ_MISUSE, error);
}

static void impossible_sizes_are_no_memory(void) {
  struct naj_schema_builder builder;
  int64_t offset;
  CHECK_STATUS(naj_schema_build_init(&builder, 0, NULL, &error), NAJ_OK, error);
  CHECK_STATUS(naj_schema_build_bytes(&builder, INT64_MAX, &offset, &error), NAJ_NO_MEMORY, error);
  CHECK_STATUS(naj_schema_build_bytes(&builder, -1, &offset, &error), NAJ_NO_MEMORY, error);
  naj_schema_build_reset(&builder);
}

static void a_refusal_names_the_path(void) {
  struct naj_schema_builder builder;
  CHECK_STATUS(naj_schema_build_init(&builder, 77, NULL, &error), NAJ_OK, error);
  int32_t outer;
  int32_t inner;
  CHECK_STATUS(naj_schema_build_field(&builder, -1, 0, "a", 1, &outer, &error), NAJ_OK, error);
  CHECK_STATUS(naj_schema_build_field(&builder, outer, 1, "b", 1, &inner, &error), NAJ_OK, error);
  CHECK_STATUS(naj_schema_build_refuse(&builder, inner, NAJ_UNSUPPORTED, &error, "number %d", 5),
               NAJ_UNSUPPORTED, error);
  CHECK_TEXT(error.path, "a.b");
  CHECK_TEXT(error.text, "number 5");
  CHECK_EQ(error.offset_bytes, 77);
  CHECK_EQ(naj_schema_build_refuse(&builder, inner, NAJ_IO, NULL, "x"), NAJ_IO);
  naj_schema_build_reset(&builder);
}

int main(void) {
  TEST_RUN(fields_and_bytes_are_laid_out);
  TEST_RUN(many_fields_fit);
  TEST_RUN(limits_hold_while_building);
  TEST_RUN(impossible_sizes_are_no_memory);
  TEST_RUN(a_refusal_names_the_path);
  TEST_DONE();
}
