#include "nanoarrow/nanoarrow.h"
#include "support/naj_test.h"
#include "support/naj_test_ipc.h"

enum { MAX_NODES = 8, MAX_BUFFERS = 16 };

/* An export under way: add nodes with their buffers in order, then export. */
struct exporting {
  struct naj_schema* schema;
  struct naj_array_node nodes[MAX_NODES];
  int64_t node_count;
  struct naj_table_buffer buffers[MAX_BUFFERS];
  int64_t buffer_count;
  int64_t row_count;
  struct naj_memory* memory;
  struct ArrowArray array;
  struct naj_error error;
};

static void start(struct exporting* exporting, const struct test_field* fields, int32_t field_count,
                  int64_t row_count) {
  const struct test_schema schema = {.fields = fields, .field_count = field_count};
  memset(exporting, 0, sizeof *exporting);
  exporting->schema = test_schema_create(&schema);
  exporting->row_count = row_count;
}

static void add_node(struct exporting* exporting, int64_t length, int64_t null_count,
                     int64_t offset) {
  exporting->nodes[exporting->node_count++] =
      (struct naj_array_node){.length = length, .null_count = null_count, .offset = offset};
}

static void add_buffer(struct exporting* exporting, const void* data, int64_t size_bytes) {
  exporting->buffers[exporting->buffer_count++] =
      (struct naj_table_buffer){.address = (int64_t)(uintptr_t)data, .size_bytes = size_bytes};
  exporting->nodes[exporting->node_count - 1].buffer_count++;
}

static naj_status run(struct exporting* exporting) {
  return naj_array_export(exporting->schema, exporting->row_count, exporting->nodes,
                          exporting->node_count, exporting->buffers, exporting->buffer_count,
                          &exporting->memory, exporting->memory != NULL, &exporting->array,
                          &exporting->error);
}

static void done(struct exporting* exporting) {
  if (exporting->array.release != NULL) exporting->array.release(&exporting->array);
  naj_schema_release(exporting->schema);
}

static const int32_t numbers[] = {1, 2, 3, 4};
static const int32_t offsets[] = {0, 1, 3, 6};
static const char text[] = "abbccc";
static const uint8_t bits[] = {0x05};

/* struct<a: int32, s: utf8>, list<int32>: nested enough for every order of release. */
static const struct test_field tree[] = {{.name = "p", .type = NAJ_TYPE_STRUCT, .child_count = 2},
                                         {.name = "a", .type = NAJ_TYPE_INT32},
                                         {.name = "s", .type = NAJ_TYPE_UTF8},
                                         {.name = "l", .type = NAJ_TYPE_LIST, .child_count = 1},
                                         {.name = "item", .type = NAJ_TYPE_INT32}};

static void start_tree(struct exporting* exporting) {
  start(exporting, tree, 5, 2);
  add_node(exporting, 2, 0, 0);
  add_buffer(exporting, NULL, 0);
  add_node(exporting, 3, 1, 0);
  add_buffer(exporting, bits, 1);
  add_buffer(exporting, numbers, 16);
  add_node(exporting, 3, 0, 0);
  add_buffer(exporting, NULL, 0);
  add_buffer(exporting, offsets, 16);
  add_buffer(exporting, text, 6);
  add_node(exporting, 2, -1, 0);
  add_buffer(exporting, NULL, 0);
  add_buffer(exporting, offsets, 16);
  add_node(exporting, 4, 0, 0);
  add_buffer(exporting, NULL, 0);
  add_buffer(exporting, numbers, 16);
}

static void an_exported_tree_is_what_was_given(void) {
  struct exporting exporting;
  start_tree(&exporting);
  CHECK_STATUS(run(&exporting), NAJ_OK, exporting.error);
  const struct ArrowArray* root = &exporting.array;
  CHECK_EQ(root->length, 2);
  CHECK_EQ(root->null_count, 0);
  CHECK_EQ(root->offset, 0);
  CHECK_EQ(root->n_buffers, 1);
  CHECK(root->buffers[0] == NULL);
  CHECK_EQ(root->n_children, 2);
  const struct ArrowArray* p = root->children[0];
  CHECK_EQ(p->n_buffers, 1);
  CHECK_EQ(p->n_children, 2);
  CHECK_EQ(p->children[0]->null_count, 1);
  CHECK(p->children[0]->buffers[0] == bits);
  CHECK(p->children[0]->buffers[1] == numbers);
  CHECK_EQ(p->children[1]->n_buffers, 3);
  CHECK(p->children[1]->buffers[0] == NULL);
  CHECK(p->children[1]->buffers[1] == offsets);
  CHECK(p->children[1]->buffers[2] == text);
  const struct ArrowArray* l = root->children[1];
  CHECK_EQ(l->null_count, 0); /* unknown, but there is no validity */
  CHECK(l->children[0]->buffers[1] == numbers);
  CHECK(l->dictionary == NULL);
  done(&exporting);
}

/* nanoarrow's own view accepts the tree at its strictest. */
static void nanoarrow_accepts_an_exported_tree(void) {
  struct exporting exporting;
  start_tree(&exporting);
  CHECK_STATUS(run(&exporting), NAJ_OK, exporting.error);
  struct ArrowSchema c_schema;
  struct ArrowArrayView view;
  struct ArrowError oracle_error;
  ArrowSchemaInit(&c_schema);
  CHECK_EQ(ArrowSchemaSetTypeStruct(&c_schema, 2), 0);
  CHECK_EQ(ArrowSchemaSetTypeStruct(c_schema.children[0], 2), 0);
  CHECK_EQ(ArrowSchemaSetType(c_schema.children[0]->children[0], NANOARROW_TYPE_INT32), 0);
  CHECK_EQ(ArrowSchemaSetType(c_schema.children[0]->children[1], NANOARROW_TYPE_STRING), 0);
  CHECK_EQ(ArrowSchemaSetType(c_schema.children[1], NANOARROW_TYPE_LIST), 0);
  CHECK_EQ(ArrowSchemaSetType(c_schema.children[1]->children[0], NANOARROW_TYPE_INT32), 0);
  CHECK_EQ(ArrowArrayViewInitFromSchema(&view, &c_schema, &oracle_error), 0);
  CHECK_EQ(ArrowArrayViewSetArray(&view, &exporting.array, &oracle_error), 0);
  CHECK_EQ(ArrowArrayViewValidate(&view, NANOARROW_VALIDATION_LEVEL_FULL, &oracle_error), 0);
  const struct ArrowStringView last =
      ArrowArrayViewGetStringUnsafe(view.children[0]->children[1], 2);
  CHECK_EQ(last.size_bytes, 3);
  CHECK(memcmp(last.data, "ccc", 3) == 0);
  ArrowArrayViewReset(&view);
  ArrowSchemaRelease(&c_schema);
  done(&exporting);
}

static int64_t released_count;
static void count_release(int64_t release_id) { released_count += release_id; }

/* Moves every part out and releases in the order of each permutation. */
static void parts_may_be_released_in_every_order(void) {
  enum { PARTS = 4 };
  int order[PARTS] = {0, 1, 2, 3};
  for (int permutation = 0; permutation < 24; permutation++) {
    int rest = permutation;
    for (int i = 0; i < PARTS; i++) order[i] = i;
    for (int i = 0; i < PARTS; i++) { /* factorial digits pick from what is left */
      const int radix = PARTS - i;
      const int pick = i + rest % radix;
      rest /= radix;
      const int swapped = order[i];
      order[i] = order[pick];
      order[pick] = swapped;
    }
    struct exporting exporting;
    start_tree(&exporting);
    released_count = 0;
    CHECK_STATUS(naj_memory_wrap(numbers, sizeof numbers, count_release, 1, &exporting.memory,
                                 &exporting.error),
                 NAJ_OK, exporting.error);
    CHECK_STATUS(run(&exporting), NAJ_OK, exporting.error);
    naj_memory_release(exporting.memory);
    naj_memory_unreserve(exporting.memory);
    struct ArrowArray* root = &exporting.array;
    struct ArrowArray moved[PARTS];
    moved[3] = *root->children[0]->children[0];
    root->children[0]->children[0]->release = NULL;
    moved[1] = *root->children[0];
    root->children[0]->release = NULL;
    moved[2] = *root->children[1];
    root->children[1]->release = NULL;
    moved[0] = *root;
    root->release = NULL;
    for (int i = 0; i < PARTS; i++) {
      CHECK_EQ(released_count, 0);
      CHECK(moved[order[i]].release != NULL);
      moved[order[i]].release(&moved[order[i]]);
      CHECK(moved[order[i]].release == NULL);
    }
    CHECK_EQ(released_count, 1);
    done(&exporting);
    CHECK_EQ(naj_live_objects(), 0);
  }
}

static void empty_buffers_point_somewhere(void) {
  const struct test_field fields[] = {{.name = "s", .type = NAJ_TYPE_UTF8},
                                      {.name = "i", .type = NAJ_TYPE_INT64},
                                      {.name = "v", .type = NAJ_TYPE_UTF8_VIEW},
                                      {.name = "n", .type = NAJ_TYPE_NULL}};
  struct exporting exporting;
  start(&exporting, fields, 4, 0);
  add_node(&exporting, 0, 0, 5); /* an offset without buffers behind it */
  for (int i = 0; i < 3; i++) add_buffer(&exporting, NULL, 0);
  add_node(&exporting, 0, 0, 0);
  for (int i = 0; i < 2; i++) add_buffer(&exporting, NULL, 0);
  add_node(&exporting, 0, 0, 0);
  for (int i = 0; i < 3; i++) add_buffer(&exporting, NULL, 0);
  add_node(&exporting, 0, 0, 0);
  CHECK_STATUS(run(&exporting), NAJ_OK, exporting.error);
  for (int64_t c = 0; c < 4; c++) {
    const struct ArrowArray* column = exporting.array.children[c];
    CHECK_EQ(column->offset, 0);
    if (c < 3) CHECK(column->buffers[0] == NULL);
    for (int64_t i = 1; i < column->n_buffers; i++) {
      CHECK(column->buffers[i] != NULL);
      CHECK_EQ((uintptr_t)column->buffers[i] % 64, 0);
      CHECK_EQ(*(const int64_t*)column->buffers[i], 0);
    }
  }
  CHECK_EQ(exporting.array.children[3]->n_buffers, 0);
  done(&exporting);
}

static void views_carry_data_and_sizes(void) {
  const struct test_field field = {.name = "v", .type = NAJ_TYPE_BINARY_VIEW};
  static const int64_t sizes[] = {6, 3};
  static const uint8_t views[32];
  struct exporting exporting;
  start(&exporting, &field, 1, 2);
  add_node(&exporting, 2, 0, 0);
  add_buffer(&exporting, NULL, 0);
  add_buffer(&exporting, views, 32);
  add_buffer(&exporting, text, 6);
  add_buffer(&exporting, text, 3);
  add_buffer(&exporting, sizes, 16);
  CHECK_STATUS(run(&exporting), NAJ_OK, exporting.error);
  CHECK_EQ(exporting.array.children[0]->n_buffers, 5);
  CHECK(exporting.array.children[0]->buffers[3] == text);
  CHECK(exporting.array.children[0]->buffers[4] == sizes);
  exporting.array.release(&exporting.array);
  exporting.buffers[4].size_bytes = 15;
  CHECK_STATUS(run(&exporting), NAJ_MISUSE, exporting.error);
  done(&exporting);
}

static void dictionaries_follow_their_indices(void) {
  const struct test_field fields[] = {
      {.name = "a", .type = NAJ_TYPE_INT8},
      {.name = "d", .type = NAJ_TYPE_LIST, .child_count = 1, .index_type = NAJ_TYPE_INT8},
      {.name = "item", .type = NAJ_TYPE_INT32}};
  static const int8_t indices[] = {1, 0};
  struct exporting exporting;
  start(&exporting, fields, 3, 2);
  add_node(&exporting, 2, 0, 0);
  add_buffer(&exporting, NULL, 0);
  add_buffer(&exporting, indices, 2);
  add_node(&exporting, 2, 0, 0);
  add_buffer(&exporting, NULL, 0);
  add_buffer(&exporting, indices, 2);
  add_node(&exporting, 2, 0, 0);
  add_buffer(&exporting, NULL, 0);
  add_buffer(&exporting, offsets, 12);
  add_node(&exporting, 4, 0, 0);
  add_buffer(&exporting, NULL, 0);
  add_buffer(&exporting, numbers, 16);
  CHECK_STATUS(run(&exporting), NAJ_OK, exporting.error);
  const struct ArrowArray* d = exporting.array.children[1];
  CHECK_EQ(d->n_children, 0);
  CHECK(d->dictionary != NULL);
  CHECK_EQ(d->dictionary->n_children, 1);
  CHECK_EQ(d->dictionary->children[0]->length, 4);
  CHECK(exporting.array.children[0]->dictionary == NULL);
  done(&exporting);
}

static void offsets_shift_what_is_needed(void) {
  const struct test_field field = {.name = "a", .type = NAJ_TYPE_INT32};
  struct exporting exporting;
  start(&exporting, &field, 1, 2);
  add_node(&exporting, 2, 0, 2);
  add_buffer(&exporting, NULL, 0);
  add_buffer(&exporting, numbers, 16);
  CHECK_STATUS(run(&exporting), NAJ_OK, exporting.error);
  CHECK_EQ(exporting.array.children[0]->offset, 0);
  CHECK(exporting.array.children[0]->buffers[1] == numbers + 2);
  exporting.array.release(&exporting.array);
  exporting.nodes[0].offset = 3;
  CHECK_STATUS(run(&exporting), NAJ_MISUSE, exporting.error);
  CHECK_TEXT(exporting.error.path, "a");
  exporting.nodes[0].offset = INT64_MAX;
  CHECK_STATUS(run(&exporting), NAJ_MISUSE, exporting.error);
  exporting.nodes[0].offset = -1;
  CHECK_STATUS(run(&exporting), NAJ_MISUSE, exporting.error);
  CHECK(exporting.array.release == NULL);
  done(&exporting);
}

/* Rows 8 to 10 of whatever there is, and what cannot begin there. */
static void offsets_go_into_buffers_that_begin_at_a_byte(void) {
  static const struct test_field fields[] = {
      {.name = "s", .type = NAJ_TYPE_STRUCT, .child_count = 2},
      {.name = "b", .type = NAJ_TYPE_BOOL},
      {.name = "f", .type = NAJ_TYPE_FIXED_SIZE_LIST, .child_count = 1, .param0 = 2},
      {.name = "item", .type = NAJ_TYPE_INT16}};
  static const uint8_t three[] = {1, 2, 3};
  static int16_t items[40];
  for (int64_t offset = 7; offset <= 8; offset++) {
    struct exporting exporting;
    start(&exporting, fields, 4, 3);
    add_node(&exporting, 3, -1, offset);
    add_buffer(&exporting, three, 3);
    add_node(&exporting, 20, 5, 0);
    add_buffer(&exporting, three, 3);
    add_buffer(&exporting, three, 3);
    add_node(&exporting, 20, 0, 0);
    add_buffer(&exporting, NULL, 0);
    add_node(&exporting, 40, 0, 0);
    add_buffer(&exporting, NULL, 0);
    add_buffer(&exporting, items, sizeof items);
    CHECK_STATUS(run(&exporting), NAJ_OK, exporting.error);
    const struct ArrowArray* s = exporting.array.children[0];
    const struct ArrowArray* b = s->children[0];
    const struct ArrowArray* item = s->children[1]->children[0];
    if (offset == 7) {
      CHECK_EQ(s->offset, 7);
      CHECK_EQ(b->length, 20);
      CHECK(b->buffers[1] == three);
      CHECK(item->buffers[1] == items);
    } else {
      CHECK_EQ(s->offset, 0);
      CHECK(s->buffers[0] == three + 1);
      CHECK_EQ(b->offset, 0);
      CHECK_EQ(b->length, 3);
      CHECK_EQ(b->null_count, -1);
      CHECK(b->buffers[0] == three + 1);
      CHECK(b->buffers[1] == three + 1);
      CHECK_EQ(s->children[1]->length, 3);
      CHECK_EQ(item->length, 6);
      CHECK_EQ(item->offset, 0);
      CHECK(item->buffers[1] == items + 16);
    }
    /* A child that is shorter than its parent's rows. */
    exporting.array.release(&exporting.array);
    exporting.nodes[1].length = 10;
    if (offset == 8) {
      CHECK_STATUS(run(&exporting), NAJ_INVALID_DATA, exporting.error);
      CHECK_TEXT(exporting.error.path, "s.b");
    }
    done(&exporting);
  }
}

static void lists_of_a_slice_begin_at_their_offset(void) {
  struct exporting exporting;
  start_tree(&exporting);
  exporting.nodes[3].length = 1;
  exporting.nodes[3].offset = 1;
  exporting.nodes[3].null_count = 0;
  exporting.row_count = 1;
  CHECK_STATUS(run(&exporting), NAJ_OK, exporting.error);
  const struct ArrowArray* l = exporting.array.children[1];
  CHECK_EQ(l->offset, 0);
  CHECK(l->buffers[1] == offsets + 1);
  CHECK(l->children[0]->buffers[1] == numbers);
  CHECK_EQ(l->children[0]->length, 4);
  done(&exporting);
}

static void what_does_not_fit_is_refused(void) {
  struct exporting exporting;
  start_tree(&exporting);
  const struct exporting good = exporting;

  exporting.node_count--;
  CHECK_STATUS(run(&exporting), NAJ_MISUSE, exporting.error);
  exporting = good;
  exporting.buffer_count--;
  CHECK_STATUS(run(&exporting), NAJ_MISUSE, exporting.error);
  exporting = good;
  exporting.buffer_count++;
  CHECK_STATUS(run(&exporting), NAJ_MISUSE, exporting.error);
  exporting = good;
  exporting.nodes[1].buffer_count = 3;
  CHECK_STATUS(run(&exporting), NAJ_MISUSE, exporting.error);
  exporting = good;
  exporting.row_count = 3; /* more than the columns have */
  CHECK_STATUS(run(&exporting), NAJ_MISUSE, exporting.error);
  exporting = good;
  exporting.nodes[2].null_count = 1; /* without validity */
  CHECK_STATUS(run(&exporting), NAJ_MISUSE, exporting.error);
  exporting = good;
  exporting.nodes[1].length = 9; /* two bytes of validity */
  CHECK_STATUS(run(&exporting), NAJ_MISUSE, exporting.error);
  exporting = good;
  exporting.buffers[5].size_bytes = 5; /* the last string ends at 6 */
  CHECK_STATUS(run(&exporting), NAJ_INVALID_DATA, exporting.error);
  CHECK_TEXT(exporting.error.path, "p.s");
  exporting = good;
  exporting.nodes[4].length = 2; /* the last list ends at 3 */
  CHECK_STATUS(run(&exporting), NAJ_INVALID_DATA, exporting.error);
  CHECK_TEXT(exporting.error.path, "l");
  static const int32_t falling[] = {3, 1, 0, 0};
  static const int32_t negative[] = {-1, 1, 2, 3};
  exporting = good;
  exporting.buffers[4].address = (int64_t)(uintptr_t)falling;
  CHECK_STATUS(run(&exporting), NAJ_INVALID_DATA, exporting.error);
  exporting.buffers[4].address = (int64_t)(uintptr_t)negative;
  CHECK_STATUS(run(&exporting), NAJ_INVALID_DATA, exporting.error);
  exporting = good;
  struct naj_memory* missing[] = {NULL};
  CHECK_STATUS(naj_array_export(exporting.schema, 2, exporting.nodes, exporting.node_count,
                                exporting.buffers, exporting.buffer_count, missing, 1,
                                &exporting.array, &exporting.error),
               NAJ_MISUSE, exporting.error);
  CHECK(exporting.array.release == NULL);
  done(&exporting);
}

static void one_allocation_and_its_failure(void) {
  struct exporting exporting;
  start_tree(&exporting);
  exporting.memory = test_memory(numbers, sizeof numbers);
  const int64_t objects = naj_live_objects();
  naj_fail_allocation(1);
  CHECK_STATUS(run(&exporting), NAJ_NO_MEMORY, exporting.error);
  CHECK_EQ(naj_live_objects(), objects);
  naj_fail_allocation(2);
  CHECK_STATUS(run(&exporting), NAJ_OK, exporting.error);
  naj_fail_allocation(0);
  CHECK_EQ(naj_live_objects(), objects + 1);
  naj_memory_release(exporting.memory);
  naj_memory_unreserve(exporting.memory);
  done(&exporting);
}

int main(void) {
  TEST_RUN(an_exported_tree_is_what_was_given);
  TEST_RUN(nanoarrow_accepts_an_exported_tree);
  TEST_RUN(parts_may_be_released_in_every_order);
  TEST_RUN(empty_buffers_point_somewhere);
  TEST_RUN(views_carry_data_and_sizes);
  TEST_RUN(dictionaries_follow_their_indices);
  TEST_RUN(offsets_shift_what_is_needed);
  TEST_RUN(offsets_go_into_buffers_that_begin_at_a_byte);
  TEST_RUN(lists_of_a_slice_begin_at_their_offset);
  TEST_RUN(what_does_not_fit_is_refused);
  TEST_RUN(one_allocation_and_its_failure);
  TEST_DONE();
}
