#include "cdata/naj_c_stream.h"

#include <errno.h>

#include "nanoarrow/nanoarrow.h"
#include "support/naj_test.h"

/* The producer behind an exported stream: int32 columns of rising length, then the end. */
static int64_t calls[4];
static int64_t arrays_left;
static int32_t next_result; /* what the next call returns */
static int64_t last_id;

static int32_t produce(int64_t stream_id, int32_t operation, int64_t out_struct) {
  void* out = (void*)(uintptr_t)out_struct;
  last_id = stream_id;
  calls[operation]++;
  const int32_t result = next_result;
  switch (operation) {
    case NAJ_C_STREAM_GET_SCHEMA:
      if (result != 0) return result;
      ArrowSchemaInit(out);
      CHECK_EQ(ArrowSchemaSetTypeStruct(out, 1), 0);
      CHECK_EQ(ArrowSchemaSetType(((struct ArrowSchema*)out)->children[0], NANOARROW_TYPE_INT32),
               0);
      CHECK_EQ(ArrowSchemaSetName(((struct ArrowSchema*)out)->children[0], "x"), 0);
      return 0;
    case NAJ_C_STREAM_GET_NEXT: {
      if (result != 0) return result;
      if (arrays_left == 0) return 0;
      arrays_left--;
      struct ArrowArray* array = out;
      CHECK_EQ(ArrowArrayInitFromType(array, NANOARROW_TYPE_STRUCT), 0);
      CHECK_EQ(ArrowArrayAllocateChildren(array, 1), 0);
      CHECK_EQ(ArrowArrayInitFromType(array->children[0], NANOARROW_TYPE_INT32), 0);
      CHECK_EQ(ArrowArrayStartAppending(array), 0);
      CHECK_EQ(ArrowArrayAppendInt(array->children[0], 7), 0);
      CHECK_EQ(ArrowArrayFinishElement(array), 0);
      CHECK_EQ(ArrowArrayFinishBuildingDefault(array, NULL), 0);
      return 0;
    }
    case NAJ_C_STREAM_LAST_ERROR:
      next_result = 0;
      memset(out, 'e', NAJ_C_STREAM_ERROR_BYTES); /* not terminated: naj must */
      memcpy(out, "the reason", 10);
      if (result == ENOMEM) memset(out, 0, 1);
      return 0;
    default:
      return 0;
  }
}

static void reset(int64_t arrays) {
  memset(calls, 0, sizeof calls);
  arrays_left = arrays;
  next_result = 0;
}

static void a_stream_goes_out_and_in_again(void) {
  struct ArrowArrayStream c_stream = {0};
  struct naj_c_stream* stream = NULL;
  struct naj_schema* schema = NULL;
  struct naj_error error;
  reset(2);
  CHECK_STATUS(naj_c_stream_export(produce, 42, &c_stream, &error), NAJ_OK, error);
  CHECK_STATUS(naj_c_stream_import(&c_stream, &stream, &error), NAJ_OK, error);
  CHECK(c_stream.release == NULL);
  CHECK_STATUS(naj_c_stream_schema(stream, NULL, &schema, &error), NAJ_OK, error);
  CHECK_EQ(last_id, 42);
  CHECK_EQ(naj_schema_descriptor(schema)->column_count, 1);
  struct ArrowArray array;
  int32_t has_array = 0;
  for (int i = 0; i < 2; i++) {
    CHECK_STATUS(naj_c_stream_next(stream, &array, &has_array, &error), NAJ_OK, error);
    CHECK_EQ(has_array, 1);
    CHECK_EQ(array.length, 1);
    struct naj_array_node node;
    struct naj_table_buffer buffers[2];
    struct naj_memory* memory = NULL;
    int64_t node_count = 0;
    int64_t buffer_count = 0;
    CHECK_STATUS(naj_array_import(schema, &array, &node, 1, &node_count, buffers, 2, &buffer_count,
                                  &memory, &error),
                 NAJ_OK, error);
    int32_t value = 0;
    memcpy(&value, (const void*)(uintptr_t)buffers[1].address, sizeof value);
    CHECK_EQ(value, 7);
    naj_memory_release(memory);
    naj_memory_unreserve(memory);
  }
  CHECK_STATUS(naj_c_stream_next(stream, &array, &has_array, &error), NAJ_OK, error);
  CHECK_EQ(has_array, 0);
  CHECK(array.release == NULL);
  naj_schema_release(schema);
  CHECK_EQ(calls[NAJ_C_STREAM_RELEASE], 0);
  naj_c_stream_close(stream);
  CHECK_EQ(calls[NAJ_C_STREAM_RELEASE], 1);
  CHECK_EQ(calls[NAJ_C_STREAM_LAST_ERROR], 0);
}

static void the_consumer_learns_the_reason(void) {
  struct ArrowArrayStream c_stream = {0};
  struct ArrowArray array;
  struct ArrowSchema c_schema;
  reset(1);
  CHECK_EQ(naj_c_stream_export(produce, 1, &c_stream, NULL), NAJ_OK);
  CHECK(c_stream.get_last_error(&c_stream) == NULL);
  next_result = EIO;
  CHECK_EQ(c_stream.get_next(&c_stream, &array), EIO);
  CHECK(array.release == NULL);
  const char* text = c_stream.get_last_error(&c_stream);
  CHECK(text != NULL && strncmp(text, "the reason", 10) == 0);
  CHECK_EQ(strlen(text), NAJ_C_STREAM_ERROR_BYTES - 1);
  next_result = EINVAL;
  CHECK_EQ(c_stream.get_schema(&c_stream, &c_schema), EINVAL);
  CHECK(c_schema.release == NULL);
  CHECK_EQ(c_stream.get_next(&c_stream, &array), 0);
  CHECK(c_stream.get_last_error(&c_stream) == NULL);
  array.release(&array);
  next_result = ENOMEM; /* with an empty text */
  CHECK_EQ(c_stream.get_next(&c_stream, &array), ENOMEM);
  CHECK(c_stream.get_last_error(&c_stream) == NULL);
  c_stream.release(&c_stream);
  CHECK(c_stream.release == NULL);
}

static void a_failing_producer_is_io_with_its_text(void) {
  struct ArrowArrayStream c_stream = {0};
  struct naj_c_stream* stream = NULL;
  struct naj_schema* schema = NULL;
  struct naj_error error;
  struct ArrowArray array;
  int32_t has_array = 5;
  reset(0);
  CHECK_EQ(naj_c_stream_export(produce, 1, &c_stream, NULL), NAJ_OK);
  CHECK_EQ(naj_c_stream_import(&c_stream, &stream, NULL), NAJ_OK);
  next_result = EIO;
  CHECK_STATUS(naj_c_stream_next(stream, &array, &has_array, &error), NAJ_IO, error);
  CHECK_EQ(error.os_error, EIO);
  CHECK(strstr(error.text, "the reason") != NULL);
  CHECK_EQ(has_array, 5);
  next_result = ENOMEM;
  CHECK_STATUS(naj_c_stream_schema(stream, NULL, &schema, &error), NAJ_IO, error);
  CHECK(strstr(error.text, "no text given") != NULL);
  naj_c_stream_close(stream);
}

static void a_released_stream_is_misuse(void) {
  struct ArrowArrayStream c_stream = {0};
  struct naj_c_stream* stream = NULL;
  struct naj_error error;
  CHECK_STATUS(naj_c_stream_import(&c_stream, &stream, &error), NAJ_MISUSE, error);
  CHECK_STATUS(naj_c_stream_import(NULL, &stream, &error), NAJ_MISUSE, error);
  CHECK_STATUS(naj_c_stream_export(NULL, 1, &c_stream, &error), NAJ_MISUSE, error);
}

static void failed_allocations_are_told(void) {
  struct ArrowArrayStream c_stream = {0};
  struct naj_c_stream* stream = NULL;
  struct naj_error error;
  reset(0);
  naj_fail_allocation(1);
  CHECK_STATUS(naj_c_stream_export(produce, 1, &c_stream, &error), NAJ_NO_MEMORY, error);
  CHECK(c_stream.release == NULL);
  naj_fail_allocation(0);
  CHECK_EQ(naj_c_stream_export(produce, 1, &c_stream, NULL), NAJ_OK);
  naj_fail_allocation(1);
  CHECK_STATUS(naj_c_stream_import(&c_stream, &stream, &error), NAJ_NO_MEMORY, error);
  naj_fail_allocation(0);
  CHECK(c_stream.release != NULL);
  c_stream.release(&c_stream);
}

int main(void) {
  TEST_RUN(a_stream_goes_out_and_in_again);
  TEST_RUN(the_consumer_learns_the_reason);
  TEST_RUN(a_failing_producer_is_io_with_its_text);
  TEST_RUN(a_released_stream_is_misuse);
  TEST_RUN(failed_allocations_are_told);
  TEST_DONE();
}
