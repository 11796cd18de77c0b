#include "cdata/naj_c_stream.h"

#include <errno.h>
#include <string.h>

#include "core/naj_alloc.h"
#include "core/naj_status.h"
#include "nanoarrow/nanoarrow.h"

/* ------------------------------------------------------------------ export */

struct exported {
  naj_stream_function function;
  int64_t stream_id;
  char last_error[NAJ_C_STREAM_ERROR_BYTES]; /* kept until the next call, as the interface wants */
};

static int32_t ask(struct exported* exported, int32_t operation, void* out_struct) {
  exported->last_error[0] = '\0';
  const int32_t result =
      exported->function(exported->stream_id, operation, (int64_t)(uintptr_t)out_struct);
  if (result != 0) {
    exported->function(exported->stream_id, NAJ_C_STREAM_LAST_ERROR,
                       (int64_t)(uintptr_t)exported->last_error);
    exported->last_error[NAJ_C_STREAM_ERROR_BYTES - 1] = '\0';
  }
  return result;
}

static int get_schema(struct ArrowArrayStream* stream, struct ArrowSchema* out_schema) {
  if (stream == NULL || stream->release == NULL || out_schema == NULL) return EINVAL;
  memset(out_schema, 0, sizeof *out_schema);
  return ask(stream->private_data, NAJ_C_STREAM_GET_SCHEMA, out_schema);
}

static int get_next(struct ArrowArrayStream* stream, struct ArrowArray* out_array) {
  if (stream == NULL || stream->release == NULL || out_array == NULL) return EINVAL;
  memset(out_array, 0, sizeof *out_array);
  return ask(stream->private_data, NAJ_C_STREAM_GET_NEXT, out_array);
}

static const char* get_last_error(struct ArrowArrayStream* stream) {
  if (stream == NULL || stream->release == NULL) return NULL;
  const struct exported* exported = stream->private_data;
  return exported->last_error[0] == '\0' ? NULL : exported->last_error;
}

static void release_exported(struct ArrowArrayStream* stream) {
  struct exported* exported = stream->private_data;
  stream->release = NULL;
  stream->private_data = NULL;
  exported->function(exported->stream_id, NAJ_C_STREAM_RELEASE, 0);
  naj_free(exported);
}

naj_status naj_c_stream_export(naj_stream_function function, int64_t stream_id,
                               struct ArrowArrayStream* out_stream, struct naj_error* error) {
  if (function == NULL || out_stream == NULL)
    return naj_error_set(error, NAJ_MISUSE, -1, "no function or no struct for a C stream");
  struct exported* exported = naj_alloc_zeroed(1, (int64_t)sizeof *exported);
  if (exported == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for a C stream");
  exported->function = function;
  exported->stream_id = stream_id;
  out_stream->get_schema = get_schema;
  out_stream->get_next = get_next;
  out_stream->get_last_error = get_last_error;
  out_stream->release = release_exported;
  out_stream->private_data = exported;
  return NAJ_OK;
}

/* ------------------------------------------------------------------ import */

struct naj_c_stream {
  struct ArrowArrayStream stream;
};

naj_status naj_c_stream_import(struct ArrowArrayStream* take_stream,
                               struct naj_c_stream** out_stream, struct naj_error* error) {
  if (take_stream == NULL || take_stream->release == NULL)
    return naj_error_set(error, NAJ_MISUSE, -1, "the C stream is released already");
  if (take_stream->get_schema == NULL || take_stream->get_next == NULL)
    return naj_error_set(error, NAJ_MISUSE, -1, "the C stream lacks a callback");
  struct naj_c_stream* stream = naj_alloc((int64_t)sizeof *stream);
  if (stream == NULL) return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for a C stream");
  stream->stream = *take_stream;
  take_stream->release = NULL;
  *out_stream = stream;
  return NAJ_OK;
}

static naj_status producer_failure(struct naj_c_stream* stream, int code, const char* what,
                                   struct naj_error* error) {
  const char* text =
      stream->stream.get_last_error == NULL ? NULL : stream->stream.get_last_error(&stream->stream);
  naj_error_set(error, NAJ_IO, -1, "%s of a C stream failed with %d: %.400s", what, code,
                text == NULL ? "no text given" : text);
  if (error != NULL) error->os_error = code;
  return NAJ_IO;
}

naj_status naj_c_stream_schema(struct naj_c_stream* stream, const struct naj_limits* borrow_limits,
                               struct naj_schema** out_schema, struct naj_error* error) {
  struct ArrowSchema c_schema;
  memset(&c_schema, 0, sizeof c_schema);
  const int code = stream->stream.get_schema(&stream->stream, &c_schema);
  if (code != 0) return producer_failure(stream, code, "get_schema", error);
  if (c_schema.release == NULL)
    return naj_error_set(error, NAJ_INVALID_DATA, -1, "get_schema gave a released schema");
  const naj_status status = naj_schema_import(&c_schema, borrow_limits, out_schema, error);
  c_schema.release(&c_schema);
  return status;
}

naj_status naj_c_stream_next(struct naj_c_stream* stream, struct ArrowArray* out_array,
                             int32_t* out_has_array, struct naj_error* error) {
  memset(out_array, 0, sizeof *out_array);
  const int code = stream->stream.get_next(&stream->stream, out_array);
  if (code != 0) return producer_failure(stream, code, "get_next", error);
  *out_has_array = out_array->release != NULL;
  return NAJ_OK;
}

void naj_c_stream_close(struct naj_c_stream* stream) {
  if (stream == NULL) return;
  stream->stream.release(&stream->stream);
  naj_free(stream);
}
