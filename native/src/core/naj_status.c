#include "core/naj_status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char* naj_status_name(naj_status status) {
  switch (status) {
    case NAJ_OK:
      return "OK";
    case NAJ_INVALID_DATA:
      return "INVALID_DATA";
    case NAJ_TRUNCATED:
      return "TRUNCATED";
    case NAJ_UNSUPPORTED:
      return "UNSUPPORTED";
    case NAJ_LIMIT_EXCEEDED:
      return "LIMIT_EXCEEDED";
    case NAJ_NO_MEMORY:
      return "NO_MEMORY";
    case NAJ_IO:
      return "IO";
    case NAJ_MISUSE:
      return "MISUSE";
    case NAJ_NEED_INPUT:
      return "NEED_INPUT";
    case NAJ_NEED_ARENA:
      return "NEED_ARENA";
    case NAJ_NEED_TABLE:
      return "NEED_TABLE";
  }
  return "UNKNOWN";
}

naj_status naj_error_set(struct naj_error* error, naj_status status, int64_t offset_bytes,
                         const char* format, ...) {
  if (error == NULL) return status;
  error->status = (int32_t)status;
  error->os_error = 0;
  error->offset_bytes = offset_bytes;
  error->path[0] = '\0';
  error->row = -1;
  va_list arguments;
  va_start(arguments, format);
  int written = vsnprintf(error->text, sizeof error->text, format, arguments);
  va_end(arguments);
  if (written < 0) error->text[0] = '\0';
  return status;
}

void naj_error_set_path(struct naj_error* error, const char* borrow_path) {
  if (error == NULL) return;
  size_t size = borrow_path == NULL ? 0 : strlen(borrow_path);
  if (size >= sizeof error->path) {
    size = sizeof error->path - 1;
    /* Step back over continuation bytes so that a cut never lands inside a character. */
    while (size > 0 && ((unsigned char)borrow_path[size] & 0xC0u) == 0x80u) size--;
  }
  for (size_t i = 0; i < size; i++) {
    unsigned char byte = (unsigned char)borrow_path[i];
    error->path[i] = byte < 0x20u || byte == 0x7Fu ? '?' : borrow_path[i];
  }
  error->path[size] = '\0';
}
