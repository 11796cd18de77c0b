#include "naj/naj_bind_tensor.h"

#include "core/naj_status.h"
#include "naj/naj_tensor.h"

/* Handles are pointers as numbers. */
static void* at(int64_t handle) { return (void*)(uintptr_t)handle; }

static naj_status null_handle(int64_t error) {
  return naj_error_set(at(error), NAJ_MISUSE, -1, "a handle or an address is 0");
}

int32_t naj_bind_tensor_read(int64_t memory, int64_t offset, int64_t available_bytes,
                             int32_t is_last, int64_t limits, int64_t table, int64_t table_bytes,
                             int64_t error) {
  if (memory == 0 || table == 0) return null_handle(error);
  return naj_tensor_read(at(memory), offset, available_bytes, is_last, at(limits), at(table),
                         table_bytes, at(error));
}

int32_t naj_bind_tensor_encode(int64_t table, int64_t table_bytes, int32_t metadata_version,
                               int32_t is_legacy, int64_t out_bytes, int64_t room_bytes,
                               int64_t out_size_bytes, int64_t error) {
  if (table == 0 || out_size_bytes == 0) return null_handle(error);
  return naj_tensor_encode(at(table), table_bytes, metadata_version, is_legacy, at(out_bytes),
                           room_bytes, at(out_size_bytes), at(error));
}
