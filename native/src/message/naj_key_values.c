#include <string.h>

#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "message/naj_message.h"
#include "nanoarrow/ipc/flatcc_generated.h"

#define ns(name) org_apache_arrow_flatbuf_##name

enum { COUNT_BYTES = 4 };

naj_status naj_key_values_size(const void* borrow_key_values, int64_t* out_size_bytes,
                               struct naj_error* error) {
  ns(KeyValue_vec_t) pairs = borrow_key_values;
  size_t count = ns(KeyValue_vec_len(pairs));
  int64_t size = count == 0 ? 0 : COUNT_BYTES;
  int fits = count <= INT32_MAX;
  for (size_t i = 0; i < count && fits; i++) {
    ns(KeyValue_table_t) pair = ns(KeyValue_vec_at(pairs, i));
    if (ns(KeyValue_key(pair)) == NULL || ns(KeyValue_value(pair)) == NULL) {
      return naj_error_set(error, NAJ_INVALID_DATA, -1, "key-value metadata without key or value");
    }
    size_t key_size = flatbuffers_string_len(ns(KeyValue_key(pair)));
    size_t value_size = flatbuffers_string_len(ns(KeyValue_value(pair)));
    fits = key_size <= INT32_MAX && value_size <= INT32_MAX &&
           naj_checked_add(size, 2 * COUNT_BYTES + (int64_t)key_size + (int64_t)value_size, &size);
  }
  if (!fits) {
    return naj_error_set(error, NAJ_LIMIT_EXCEEDED, -1, "metadata of more than 2^31-1 bytes");
  }
  *out_size_bytes = size;
  return NAJ_OK;
}

/* What is written and how much room is left. */
struct writer {
  uint8_t* next;
  int64_t room_bytes;
};

static int put_bytes(struct writer* writer, const void* bytes, size_t size) {
  if ((uint64_t)size > (uint64_t)writer->room_bytes) return 0;
  if (size > 0) memcpy(writer->next, bytes, size);
  writer->next += size;
  writer->room_bytes -= (int64_t)size;
  return 1;
}

static int put_count(struct writer* writer, size_t count) {
  const int32_t value = (int32_t)count;
  return put_bytes(writer, &value, COUNT_BYTES);
}

static int put_text(struct writer* writer, flatbuffers_string_t text) {
  const size_t size = flatbuffers_string_len(text);
  return put_count(writer, size) && put_bytes(writer, text, size);
}

naj_status naj_key_values_write(const void* borrow_key_values, uint8_t* out_bytes,
                                int64_t size_bytes, struct naj_error* error) {
  ns(KeyValue_vec_t) pairs = borrow_key_values;
  const size_t count = ns(KeyValue_vec_len(pairs));
  struct writer writer = {out_bytes, size_bytes};
  int fits = count == 0 || put_count(&writer, count);
  for (size_t i = 0; i < count && fits; i++) {
    ns(KeyValue_table_t) pair = ns(KeyValue_vec_at(pairs, i));
    fits = put_text(&writer, ns(KeyValue_key(pair))) && put_text(&writer, ns(KeyValue_value(pair)));
  }
  if (fits && writer.room_bytes == 0) return NAJ_OK;
  return naj_error_set(error, NAJ_INVALID_DATA, -1, "the input changed while it was read");
}
