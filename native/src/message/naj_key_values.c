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

static uint8_t* put_count(uint8_t* bytes, size_t count) {
  int32_t value = (int32_t)count;
  memcpy(bytes, &value, COUNT_BYTES);
  return bytes + COUNT_BYTES;
}

static uint8_t* put_text(uint8_t* bytes, flatbuffers_string_t text) {
  size_t size = flatbuffers_string_len(text);
  bytes = put_count(bytes, size);
  if (size > 0) memcpy(bytes, text, size);
  return bytes + size;
}

void naj_key_values_write(const void* borrow_key_values, uint8_t* out_bytes) {
  ns(KeyValue_vec_t) pairs = borrow_key_values;
  size_t count = ns(KeyValue_vec_len(pairs));
  if (count == 0) return;
  out_bytes = put_count(out_bytes, count);
  for (size_t i = 0; i < count; i++) {
    ns(KeyValue_table_t) pair = ns(KeyValue_vec_at(pairs, i));
    out_bytes = put_text(out_bytes, ns(KeyValue_key(pair)));
    out_bytes = put_text(out_bytes, ns(KeyValue_value(pair)));
  }
}
