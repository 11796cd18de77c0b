#include "batch/naj_plan.h"

#include "schema/naj_schema.h"
#include "support/naj_test.h"
#include "support/naj_test_ipc.h"

static struct naj_schema* schema_of(const struct test_field* fields, int32_t field_count,
                                    int32_t metadata_version) {
  const struct test_schema schema = {
      .fields = fields, .field_count = field_count, .metadata_version = metadata_version};
  return test_schema_create(&schema);
}

static void nodes_and_buffers_stand_in_pre_order(void) {
  const struct test_field fields[] = {{.name = "s", .type = NAJ_TYPE_STRUCT, .child_count = 2},
                                      {.name = "l", .type = NAJ_TYPE_LIST, .child_count = 1},
                                      {.name = "item", .type = NAJ_TYPE_UTF8},
                                      {.name = "b", .type = NAJ_TYPE_BOOL},
                                      {.name = "v", .type = NAJ_TYPE_BINARY_VIEW}};
  struct naj_schema* schema = schema_of(fields, 5, 0);
  const struct naj_plan* plan = schema->plan;
  CHECK_EQ(plan->node_count, 5);
  CHECK_EQ(plan->buffer_count, 1 + 2 + 3 + 2 + 2);
  CHECK_EQ(plan->variadic_field_count, 1);
  const int32_t parents[] = {-1, 0, 1, 0, -1};
  const int32_t ends[] = {4, 3, 3, 4, 5};
  const int32_t firsts[] = {0, 1, 3, 6, 8};
  for (int32_t i = 0; i < 5; i++) {
    CHECK_EQ(plan->nodes[i].field_index, i);
    CHECK_EQ(plan->nodes[i].parent_node, parents[i]);
    CHECK_EQ(plan->nodes[i].subtree_end, ends[i]);
    CHECK_EQ(plan->nodes[i].first_buffer, firsts[i]);
    CHECK_EQ(plan->nodes[i].has_variadic, i == 4);
  }
  const int32_t kinds[] = {NAJ_BUFFER_VALIDITY, NAJ_BUFFER_VALIDITY,  NAJ_BUFFER_OFFSETS32,
                           NAJ_BUFFER_VALIDITY, NAJ_BUFFER_OFFSETS32, NAJ_BUFFER_DATA,
                           NAJ_BUFFER_VALIDITY, NAJ_BUFFER_BITS,      NAJ_BUFFER_VALIDITY,
                           NAJ_BUFFER_VIEWS};
  for (int32_t i = 0; i < plan->buffer_count; i++) CHECK_EQ(plan->buffers[i].kind, kinds[i]);
  CHECK_EQ(schema->header->node_count, plan->node_count);
  CHECK_EQ(schema->header->buffer_count, plan->buffer_count);
  naj_schema_release(schema);
}

static void a_dictionary_is_laid_out_as_its_indices(void) {
  const struct test_field fields[] = {
      {.name = "a", .type = NAJ_TYPE_INT8},
      {.name = "d", .type = NAJ_TYPE_LIST, .child_count = 1, .index_type = NAJ_TYPE_UINT16},
      {.name = "item", .type = NAJ_TYPE_UTF8},
      {.name = "b", .type = NAJ_TYPE_INT64}};
  struct naj_schema* schema = schema_of(fields, 4, 0);
  const struct naj_plan* plan = schema->plan;
  CHECK_EQ(plan->node_count, 3);
  CHECK_EQ(plan->buffer_count, 6);
  CHECK_EQ(plan->nodes[1].type, NAJ_TYPE_UINT16);
  CHECK_EQ(plan->nodes[1].field_index, 1);
  CHECK_EQ(plan->nodes[2].field_index, 3);
  CHECK_EQ(plan->nodes[2].parent_node, -1);
  CHECK_EQ(plan->buffers[3].width_bytes, 2);
  CHECK_EQ(schema->header->node_count, 3);
  naj_schema_release(schema);
}

static void only_v4_gives_unions_a_validity_buffer(void) {
  const struct test_field fields[] = {{.name = "u", .type = NAJ_TYPE_DENSE_UNION, .child_count = 1},
                                      {.name = "x", .type = NAJ_TYPE_NULL}};
  struct naj_schema* schema = schema_of(fields, 2, TEST_V5);
  CHECK_EQ(schema->plan->buffer_count, 2);
  CHECK_EQ(schema->plan->buffers[0].kind, NAJ_BUFFER_TYPE_IDS);
  naj_schema_release(schema);
  schema = schema_of(fields, 2, TEST_V4);
  CHECK_EQ(schema->plan->buffer_count, 3);
  CHECK_EQ(schema->plan->buffers[0].kind, NAJ_BUFFER_VALIDITY);
  CHECK_EQ(schema->plan->buffers[2].kind, NAJ_BUFFER_UNION_OFFSETS);
  naj_schema_release(schema);
}

static void no_columns_make_an_empty_plan(void) {
  struct naj_schema* schema = schema_of(NULL, 0, 0);
  CHECK_EQ(schema->plan->node_count, 0);
  CHECK_EQ(schema->plan->buffer_count, 0);
  naj_schema_release(schema);
}

/* A schema by hand, as no decoder would let it through. */
static void children_that_the_layout_cannot_have_are_refused(void) {
  struct naj_schema_header header = {.field_count = 2, .column_count = 1};
  struct naj_field_record fields[2] = {{.type = NAJ_TYPE_LIST, .child_count = 0},
                                       {.type = NAJ_TYPE_INT8}};
  int32_t subtree_end[2] = {1, 2};
  int32_t parent[2] = {-1, -1};
  int32_t depth[2] = {0, 0};
  struct naj_schema schema = {.descriptor = (uint8_t*)&header,
                              .header = &header,
                              .fields = fields,
                              .subtree_end = subtree_end,
                              .parent = parent,
                              .depth = depth};
  struct naj_plan* plan = NULL;
  struct naj_error error;
  CHECK_STATUS(naj_plan_create(&schema, TEST_V5, &plan, &error), NAJ_INVALID_DATA, error);
  fields[0].type = 99;
  CHECK_STATUS(naj_plan_create(&schema, TEST_V5, &plan, &error), NAJ_INVALID_DATA, error);
  fields[0].type = NAJ_TYPE_UTF8;
  fields[0].flags = NAJ_FIELD_DICTIONARY;
  fields[0].index_type = NAJ_TYPE_UTF8;
  CHECK_STATUS(naj_plan_create(&schema, TEST_V5, &plan, &error), NAJ_INVALID_DATA, error);
  fields[0].flags = 0;
  CHECK_STATUS(naj_plan_create(&schema, TEST_V5, &plan, &error), NAJ_OK, error);
  naj_plan_free(plan);
}

static void running_out_of_memory_is_told(void) {
  struct naj_schema_header header = {.field_count = 1, .column_count = 1};
  struct naj_field_record field = {.type = NAJ_TYPE_INT8};
  int32_t subtree_end = 1;
  int32_t parent = -1;
  int32_t depth = 0;
  struct naj_schema schema = {.descriptor = (uint8_t*)&header,
                              .header = &header,
                              .fields = &field,
                              .subtree_end = &subtree_end,
                              .parent = &parent,
                              .depth = &depth};
  struct naj_plan* plan = NULL;
  struct naj_error error;
  for (int64_t n = 1; n <= 3; n++) {
    naj_fail_allocation(n);
    CHECK_STATUS(naj_plan_create(&schema, TEST_V5, &plan, &error), NAJ_NO_MEMORY, error);
    CHECK_EQ(naj_live_objects(), 0);
  }
  naj_fail_allocation(0);
}

int main(void) {
  TEST_RUN(nodes_and_buffers_stand_in_pre_order);
  TEST_RUN(a_dictionary_is_laid_out_as_its_indices);
  TEST_RUN(only_v4_gives_unions_a_validity_buffer);
  TEST_RUN(no_columns_make_an_empty_plan);
  TEST_RUN(children_that_the_layout_cannot_have_are_refused);
  TEST_RUN(running_out_of_memory_is_told);
  TEST_DONE();
}
