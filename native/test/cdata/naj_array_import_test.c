#include "nanoarrow/nanoarrow.h"
#include "schema/naj_schema.h"
#include "support/naj_test.h"
#include "support/naj_test_ipc.h"

enum { MAX_NODES = 8, MAX_BUFFERS = 24 };

static int64_t released_count;

static void release_static(struct ArrowArray* array) {
  released_count++;
  array->release = NULL;
}

/* An import of a struct root over static arrays; only the root counts its release. */
struct importing {
  struct naj_schema* schema;
  struct ArrowArray root;
  struct ArrowArray* columns[4];
  const void* root_buffers[1];
  struct naj_array_node nodes[MAX_NODES];
  struct naj_table_buffer buffers[MAX_BUFFERS];
  int64_t node_count;
  int64_t buffer_count;
  struct naj_memory* memory;
  struct naj_error error;
};

static void start(struct importing* importing, const struct test_field* fields, int32_t field_count,
                  int64_t length, int64_t column_count) {
  const struct test_schema schema = {.fields = fields, .field_count = field_count};
  memset(importing, 0, sizeof *importing);
  released_count = 0;
  importing->schema = test_schema_create(&schema);
  importing->root = (struct ArrowArray){.length = length,
                                        .n_buffers = 1,
                                        .buffers = importing->root_buffers,
                                        .n_children = column_count,
                                        .children = importing->columns,
                                        .release = release_static};
}

static naj_status run(struct importing* importing) {
  return naj_array_import(importing->schema, &importing->root, importing->nodes, MAX_NODES,
                          &importing->node_count, importing->buffers, MAX_BUFFERS,
                          &importing->buffer_count, &importing->memory, &importing->error);
}

static void done(struct importing* importing) { naj_schema_release(importing->schema); }

/* Imports, checks that the array was moved, and lets it go. */
static void imports(struct importing* importing) {
  CHECK_STATUS(run(importing), NAJ_OK, importing->error);
  CHECK(importing->root.release == NULL);
  CHECK_EQ(released_count, 0);
  naj_memory_release(importing->memory);
  CHECK_EQ(released_count, 1);
  naj_memory_unreserve(importing->memory);
  importing->root.release = release_static;
  released_count = 0;
}

/* Refused: the array stays the caller's. */
static void refuses(struct importing* importing, naj_status expected, const char* path) {
  CHECK_STATUS(run(importing), expected, importing->error);
  CHECK_TEXT(importing->error.path, path);
  CHECK_EQ(released_count, 0);
}

static const int32_t numbers[] = {1, 2, 3, 4};
static const int32_t offsets[] = {0, 1, 3, 6};
static const char text[] = "abbccc";
static const uint8_t bits[] = {0x05};
static const void* number_buffers[] = {bits, numbers};
static const void* text_buffers[] = {NULL, offsets, text};
static const void* list_buffers[] = {NULL, offsets};
static const void* one_null[] = {NULL};

static struct ArrowArray number_array(int64_t length) {
  return (struct ArrowArray){.length = length,
                             .null_count = 1,
                             .n_buffers = 2,
                             .buffers = number_buffers,
                             .release = release_static};
}
static struct ArrowArray text_array(int64_t length) {
  return (struct ArrowArray){.length = length,
                             .null_count = -1,
                             .n_buffers = 3,
                             .buffers = text_buffers,
                             .release = release_static};
}

static const struct test_field two_fields[] = {{.name = "a", .type = NAJ_TYPE_INT32},
                                               {.name = "s", .type = NAJ_TYPE_UTF8}};

static void sizes_follow_from_lengths_and_offsets(void) {
  struct importing importing;
  start(&importing, two_fields, 2, 3, 2);
  struct ArrowArray a = number_array(3);
  struct ArrowArray s = text_array(3);
  importing.columns[0] = &a;
  importing.columns[1] = &s;
  imports(&importing);
  CHECK_EQ(importing.node_count, 2);
  CHECK_EQ(importing.buffer_count, 5);
  CHECK_EQ(importing.nodes[0].length, 3);
  CHECK_EQ(importing.nodes[0].null_count, 1);
  CHECK_EQ(importing.nodes[0].buffer_count, 2);
  CHECK_EQ(importing.nodes[1].null_count, 0); /* unknown, but there is no validity */
  const int64_t sizes[] = {1, 12, 0, 16, 6};
  for (int i = 0; i < 5; i++) CHECK_EQ(importing.buffers[i].size_bytes, sizes[i]);
  CHECK_EQ(importing.buffers[1].address, (int64_t)(uintptr_t)numbers);
  CHECK_EQ(importing.buffers[2].address, 0);
  done(&importing);
}

static void the_roots_offset_moves_into_its_columns(void) {
  struct importing importing;
  start(&importing, two_fields, 2, 1, 2);
  struct ArrowArray a = number_array(3);
  struct ArrowArray s = text_array(2);
  s.offset = 1;
  importing.columns[0] = &a;
  importing.columns[1] = &s;
  importing.root.offset = 1;
  imports(&importing);
  CHECK_EQ(importing.nodes[0].length, 1);
  CHECK_EQ(importing.nodes[0].offset, 1);
  CHECK_EQ(importing.nodes[0].null_count, -1);
  CHECK_EQ(importing.nodes[1].offset, 2);
  CHECK_EQ(importing.buffers[1].size_bytes, 8);
  CHECK_EQ(importing.buffers[3].size_bytes, 16);
  CHECK_EQ(importing.buffers[4].size_bytes, 6);
  importing.root.offset = 2;
  refuses(&importing, NAJ_INVALID_DATA, "s");
  importing.root.offset = INT64_MAX;
  refuses(&importing, NAJ_INVALID_DATA, "");
  done(&importing);
}

static void a_root_with_null_rows_is_refused(void) {
  struct importing importing;
  start(&importing, two_fields, 1, 3, 1);
  struct ArrowArray a = number_array(3);
  importing.columns[0] = &a;
  importing.root.buffers[0] = bits; /* 1 0 1 */
  importing.root.null_count = -1;
  refuses(&importing, NAJ_UNSUPPORTED, "");
  importing.root.null_count = 1;
  refuses(&importing, NAJ_UNSUPPORTED, "");
  importing.root.length = 1;
  importing.root.null_count = -1;
  imports(&importing);
  importing.root.length = 3;
  importing.root.null_count = 0;
  imports(&importing);
  done(&importing);
}

static void nested_arrays_stand_in_pre_order(void) {
  const struct test_field fields[] = {
      {.name = "l", .type = NAJ_TYPE_LIST, .child_count = 1},
      {.name = "item", .type = NAJ_TYPE_STRUCT, .child_count = 1},
      {.name = "x", .type = NAJ_TYPE_INT32},
      {.name = "d", .type = NAJ_TYPE_UTF8, .index_type = NAJ_TYPE_INT32}};
  struct importing importing;
  start(&importing, fields, 4, 2, 2);
  struct ArrowArray x = number_array(4);
  struct ArrowArray* item_children[] = {&x};
  struct ArrowArray item = {.length = 3,
                            .offset = 1,
                            .n_buffers = 1,
                            .buffers = one_null,
                            .n_children = 1,
                            .children = item_children,
                            .release = release_static};
  struct ArrowArray* list_children[] = {&item};
  struct ArrowArray l = {.length = 2,
                         .n_buffers = 2,
                         .buffers = list_buffers,
                         .n_children = 1,
                         .children = list_children,
                         .release = release_static};
  struct ArrowArray values = text_array(3);
  struct ArrowArray d = number_array(2);
  d.dictionary = &values;
  importing.columns[0] = &l;
  importing.columns[1] = &d;
  imports(&importing);
  CHECK_EQ(importing.node_count, 5);
  CHECK_EQ(importing.buffer_count, 2 + 1 + 2 + 2 + 3);
  const int64_t lengths[] = {2, 3, 4, 2, 3};
  for (int i = 0; i < 5; i++) CHECK_EQ(importing.nodes[i].length, lengths[i]);
  CHECK_EQ(importing.nodes[1].offset, 1);

  item.length = 2; /* the last list ends at 3 */
  refuses(&importing, NAJ_INVALID_DATA, "l.item");
  item.length = 3;
  x.length = 3; /* the struct ends at 4 */
  refuses(&importing, NAJ_INVALID_DATA, "l.item.x");
  x.length = 4;
  item_children[0] = NULL;
  refuses(&importing, NAJ_INVALID_DATA, "l.item.x");
  item_children[0] = &x;
  item.n_children = 2;
  refuses(&importing, NAJ_INVALID_DATA, "l.item");
  item.n_children = 1;
  item.children = NULL;
  refuses(&importing, NAJ_INVALID_DATA, "l.item");
  item.children = item_children;
  d.dictionary = NULL;
  refuses(&importing, NAJ_INVALID_DATA, "d");
  d.dictionary = &values;
  values.dictionary = &x;
  refuses(&importing, NAJ_INVALID_DATA, "d");
  values.dictionary = NULL;
  l.dictionary = &x;
  refuses(&importing, NAJ_INVALID_DATA, "l");
  l.dictionary = NULL;
  values.release = NULL;
  refuses(&importing, NAJ_MISUSE, "d");
  values.release = release_static;
  imports(&importing);
  done(&importing);
}

static void views_bring_their_sizes(void) {
  const struct test_field field = {.name = "v", .type = NAJ_TYPE_UTF8_VIEW};
  static const uint8_t views[32];
  static int64_t sizes[] = {6, 3};
  const void* buffers[] = {NULL, views, text, text, sizes};
  struct importing importing;
  start(&importing, &field, 1, 2, 1);
  struct ArrowArray v = {
      .length = 2, .n_buffers = 5, .buffers = buffers, .release = release_static};
  importing.columns[0] = &v;
  imports(&importing);
  CHECK_EQ(importing.nodes[0].buffer_count, 5);
  CHECK_EQ(importing.buffers[1].size_bytes, 32);
  CHECK_EQ(importing.buffers[2].size_bytes, 6);
  CHECK_EQ(importing.buffers[3].size_bytes, 3);
  CHECK_EQ(importing.buffers[4].size_bytes, 16);
  sizes[1] = -1;
  refuses(&importing, NAJ_INVALID_DATA, "v");
  sizes[1] = 3;
  buffers[3] = NULL;
  refuses(&importing, NAJ_INVALID_DATA, "v");
  buffers[3] = text;
  buffers[4] = NULL;
  refuses(&importing, NAJ_INVALID_DATA, "v");
  buffers[4] = sizes;
  v.n_buffers = 2;
  refuses(&importing, NAJ_INVALID_DATA, "v");
  done(&importing);
}

static void numbers_out_of_range_are_refused(void) {
  struct importing importing;
  start(&importing, two_fields, 1, 3, 1);
  const struct ArrowArray good = number_array(3);
  struct ArrowArray a = good;
  importing.columns[0] = &a;
  const struct {
    int64_t length, offset, null_count, n_buffers;
  } bad[] = {{-1, 0, 0, 2},        {3, -1, 0, 2},
             {3, 0, -2, 2},        {3, 0, 4, 2},
             {3, INT64_MAX, 0, 2}, {INT64_MAX, 1, 0, 2},
             {INT64_MAX, 0, 0, 2}, {(int64_t)1 << 61, 0, 0, 2},
             {3, 0, 1, 1},         {3, 0, 1, 3},
             {3, 0, 1, -1},        {INT64_MIN, INT64_MIN, 0, 2}};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    a.length = bad[i].length;
    a.offset = bad[i].offset;
    a.null_count = bad[i].null_count;
    a.n_buffers = bad[i].n_buffers;
    importing.root.length = a.length > 3 ? a.length : 3;
    refuses(&importing, NAJ_INVALID_DATA, "a");
  }
  a = good;
  importing.root.length = 3;
  a.buffers = NULL;
  refuses(&importing, NAJ_INVALID_DATA, "a");
  const void* no_validity[] = {NULL, numbers};
  a.buffers = no_validity;
  refuses(&importing, NAJ_INVALID_DATA, "a"); /* null_count is 1 */
  const void* no_data[] = {bits, NULL};
  a.buffers = no_data;
  refuses(&importing, NAJ_INVALID_DATA, "a");
  a = good;
  importing.root.length = -1;
  refuses(&importing, NAJ_INVALID_DATA, "");
  importing.root.length = 3;
  importing.root.n_children = 2;
  refuses(&importing, NAJ_INVALID_DATA, "");
  importing.root.n_children = 1;
  importing.root.n_buffers = 2;
  refuses(&importing, NAJ_INVALID_DATA, "");
  importing.root.n_buffers = 1;
  importing.columns[0] = NULL;
  refuses(&importing, NAJ_INVALID_DATA, "a");
  importing.columns[0] = &a;
  importing.root.release = NULL;
  refuses(&importing, NAJ_MISUSE, "");
  importing.root.release = release_static;
  a.release = NULL;
  refuses(&importing, NAJ_MISUSE, "a");
  done(&importing);
}

static void offsets_out_of_order_are_refused(void) {
  struct importing importing;
  start(&importing, &two_fields[1], 1, 3, 1);
  struct ArrowArray s = text_array(3);
  importing.columns[0] = &s;
  static const int32_t negative[] = {-1, 0, 0, 6};
  static const int32_t falling[] = {7, 0, 0, 6};
  static const int32_t last_negative[] = {0, 0, 0, -6};
  const int32_t* bad[] = {negative, falling, last_negative};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    const void* buffers[] = {NULL, bad[i], text};
    s.buffers = buffers;
    refuses(&importing, NAJ_INVALID_DATA, "s");
  }
  const void* no_data[] = {NULL, offsets, NULL};
  s.buffers = no_data;
  refuses(&importing, NAJ_INVALID_DATA, "s");
  done(&importing);
}

/* Producers leave anything in the buffers of empty arrays. */
static void buffers_of_empty_arrays_are_not_read(void) {
  struct importing importing;
  start(&importing, two_fields, 2, 0, 2);
  const void* dangling[] = {(const void*)(uintptr_t)64, (const void*)(uintptr_t)64,
                            (const void*)(uintptr_t)64};
  struct ArrowArray a = {.n_buffers = 2, .buffers = dangling, .release = release_static};
  struct ArrowArray s = {.n_buffers = 3, .buffers = dangling, .release = release_static};
  importing.columns[0] = &a;
  importing.columns[1] = &s;
  imports(&importing);
  for (int i = 0; i < 5; i++) CHECK_EQ(importing.buffers[i].address, 0);
  const void* none[] = {NULL, NULL, NULL};
  a.buffers = none;
  s.buffers = none;
  imports(&importing);
  done(&importing);
}

static void a_schema_of_one_bare_column_takes_a_bare_array(void) {
  struct importing importing;
  start(&importing, two_fields, 1, 0, 0);
  struct naj_schema_header* header = (struct naj_schema_header*)(void*)importing.schema->descriptor;
  header->root_is_column = 1;
  importing.root = number_array(2);
  importing.root.offset = 1;
  imports(&importing);
  CHECK_EQ(importing.node_count, 1);
  CHECK_EQ(importing.nodes[0].length, 2);
  CHECK_EQ(importing.nodes[0].offset, 1);
  CHECK_EQ(importing.nodes[0].null_count, 1);
  CHECK_EQ(importing.buffers[1].size_bytes, 12);
  done(&importing);
}

static void too_little_room_tells_the_counts(void) {
  struct importing importing;
  start(&importing, two_fields, 2, 3, 2);
  struct ArrowArray a = number_array(3);
  struct ArrowArray s = text_array(3);
  importing.columns[0] = &a;
  importing.columns[1] = &s;
  for (int64_t nodes = 0; nodes <= 2; nodes++) {
    for (int64_t buffers = 0; buffers <= 5; buffers++) {
      if (nodes == 2 && buffers == 5) continue;
      importing.node_count = 0;
      importing.buffer_count = 0;
      CHECK_STATUS(
          naj_array_import(importing.schema, &importing.root, nodes == 0 ? NULL : importing.nodes,
                           nodes, &importing.node_count, buffers == 0 ? NULL : importing.buffers,
                           buffers, &importing.buffer_count, &importing.memory, &importing.error),
          NAJ_NEED_TABLE, importing.error);
      CHECK_EQ(importing.node_count, 2);
      CHECK_EQ(importing.buffer_count, 5);
      CHECK(importing.root.release != NULL);
    }
  }
  imports(&importing);
  done(&importing);
}

static void a_failed_allocation_leaves_the_array(void) {
  struct importing importing;
  start(&importing, two_fields, 1, 3, 1);
  struct ArrowArray a = number_array(3);
  importing.columns[0] = &a;
  const int64_t objects = naj_live_objects();
  for (int64_t n = 1; n <= 3; n++) {
    naj_fail_allocation(n);
    refuses(&importing, NAJ_NO_MEMORY, "");
    CHECK(importing.root.release != NULL);
    CHECK_EQ(naj_live_objects(), objects);
  }
  naj_fail_allocation(4);
  imports(&importing);
  naj_fail_allocation(0);
  CHECK_EQ(naj_live_objects(), objects);
  done(&importing);
}

int main(void) {
  TEST_RUN(sizes_follow_from_lengths_and_offsets);
  TEST_RUN(the_roots_offset_moves_into_its_columns);
  TEST_RUN(a_root_with_null_rows_is_refused);
  TEST_RUN(nested_arrays_stand_in_pre_order);
  TEST_RUN(views_bring_their_sizes);
  TEST_RUN(numbers_out_of_range_are_refused);
  TEST_RUN(offsets_out_of_order_are_refused);
  TEST_RUN(buffers_of_empty_arrays_are_not_read);
  TEST_RUN(a_schema_of_one_bare_column_takes_a_bare_array);
  TEST_RUN(too_little_room_tells_the_counts);
  TEST_RUN(a_failed_allocation_leaves_the_array);
  TEST_DONE();
}
