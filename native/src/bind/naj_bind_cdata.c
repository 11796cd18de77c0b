#include <stdatomic.h>
#include <string.h>

#include "cdata/naj_c_stream.h"
#include "core/naj_alloc.h"
#include "core/naj_status.h"
#include "naj/naj.h"
#include "naj/naj_bind.h"
#include "nanoarrow/nanoarrow.h"

static void* at(int64_t handle) { return (void*)(uintptr_t)handle; }
static int64_t handle_of(const void* pointer) { return (int64_t)(uintptr_t)pointer; }

static naj_status null_handle(struct naj_error* error) {
  return naj_error_set(error, NAJ_MISUSE, -1, "a handle or an address is 0");
}

int32_t naj_bind_array_export(int64_t schema, int64_t row_count, int64_t nodes, int64_t node_count,
                              int64_t buffers, int64_t buffer_count, int64_t memories,
                              int64_t memory_count, int64_t out_c_array, int64_t error) {
  if (schema == 0 || out_c_array == 0 || (nodes == 0 && node_count > 0) ||
      (buffers == 0 && buffer_count > 0)) {
    return null_handle(at(error));
  }
  _Static_assert(sizeof(struct naj_memory*) == sizeof(int64_t), "handles are read as pointers");
  return naj_array_export(at(schema), row_count, at(nodes), node_count, at(buffers), buffer_count,
                          at(memories), memory_count, at(out_c_array), at(error));
}

int32_t naj_bind_validate(int64_t schema, int64_t row_count, int64_t nodes, int64_t node_count,
                          int64_t buffers, int64_t buffer_count, int32_t level, int64_t error) {
  if (schema == 0 || (nodes == 0 && node_count > 0) || (buffers == 0 && buffer_count > 0))
    return null_handle(at(error));
  const int32_t what = level & ~NAJ_VALIDATE_KNOWN_DICTIONARIES;
  if (what != NAJ_VALIDATE_ACCESS && what != NAJ_VALIDATE_FULL)
    return naj_error_set(at(error), NAJ_MISUSE, -1, "no validation of level %d", level);
  return naj_validate(at(schema), row_count, at(nodes), node_count, at(buffers), buffer_count,
                      level, at(error));
}

int64_t naj_bind_array_import(int64_t schema, int64_t c_array, int64_t out_nodes,
                              int64_t node_capacity, int64_t out_buffers, int64_t buffer_capacity,
                              int64_t out_counts, int64_t error) {
  if (schema == 0 || c_array == 0 || out_counts == 0) {
    null_handle(at(error));
    return 0;
  }
  struct naj_memory* memory = NULL;
  int64_t* counts = at(out_counts);
  const naj_status status =
      naj_array_import(at(schema), at(c_array), at(out_nodes), node_capacity, &counts[0],
                       at(out_buffers), buffer_capacity, &counts[1], &memory, at(error));
  return status == NAJ_OK ? handle_of(memory) : 0;
}

static _Atomic(NajStreamFunction) stream_function;

void naj_bind_set_stream_function(NajStreamFunction function) {
  atomic_store(&stream_function, function);
}

void naj_bind_stream_export(int64_t stream_id, int64_t out_c_stream) {
  if (out_c_stream == 0) return;
  memset(at(out_c_stream), 0, sizeof(struct ArrowArrayStream));
  naj_c_stream_export(atomic_load(&stream_function), stream_id, at(out_c_stream), NULL);
}

int64_t naj_bind_c_stream_import(int64_t c_stream, int64_t error) {
  struct naj_c_stream* stream = NULL;
  const naj_status status = naj_c_stream_import(at(c_stream), &stream, at(error));
  return status == NAJ_OK ? handle_of(stream) : 0;
}

int64_t naj_bind_c_stream_schema(int64_t stream, int64_t limits, int64_t error) {
  if (stream == 0) {
    null_handle(at(error));
    return 0;
  }
  struct naj_schema* schema = NULL;
  const naj_status status = naj_c_stream_schema(at(stream), at(limits), &schema, at(error));
  return status == NAJ_OK ? handle_of(schema) : 0;
}

int32_t naj_bind_c_stream_next(int64_t stream, int64_t out_c_array, int64_t error) {
  if (stream == 0 || out_c_array == 0) {
    null_handle(at(error));
    return -1;
  }
  int32_t has_array = 0;
  const naj_status status = naj_c_stream_next(at(stream), at(out_c_array), &has_array, at(error));
  return status == NAJ_OK ? has_array : -1;
}

void naj_bind_c_stream_close(int64_t stream) { naj_c_stream_close(at(stream)); }

enum c_struct_kind { C_SCHEMA = 0, C_ARRAY = 1, C_STREAM = 2 };

int64_t naj_bind_c_struct_allocate(int32_t kind, int64_t error) {
  size_t size_bytes = 0;
  switch (kind) {
    case C_SCHEMA:
      size_bytes = sizeof(struct ArrowSchema);
      break;
    case C_ARRAY:
      size_bytes = sizeof(struct ArrowArray);
      break;
    case C_STREAM:
      size_bytes = sizeof(struct ArrowArrayStream);
      break;
    default:
      naj_error_set(at(error), NAJ_MISUSE, -1, "no C struct of kind %d", kind);
      return 0;
  }
  void* block = naj_alloc_zeroed(1, (int64_t)size_bytes);
  if (block == NULL) naj_error_set(at(error), NAJ_NO_MEMORY, -1, "no memory for a C struct");
  return handle_of(block);
}

void naj_bind_c_struct_release(int32_t kind, int64_t address) {
  if (address == 0) return;
  if (kind == C_SCHEMA) {
    struct ArrowSchema* schema = at(address);
    if (schema->release != NULL) schema->release(schema);
  } else if (kind == C_ARRAY) {
    struct ArrowArray* array = at(address);
    if (array->release != NULL) array->release(array);
  } else if (kind == C_STREAM) {
    struct ArrowArrayStream* stream = at(address);
    if (stream->release != NULL) stream->release(stream);
  }
}

void naj_bind_c_struct_free(int64_t address) { naj_free(at(address)); }
