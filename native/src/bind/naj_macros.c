#include "bind/naj_macros.h"

#include <errno.h>
#include <stdio.h>

int NajIpcSharedBufferIsThreadSafe(void) { return ArrowIpcSharedBufferIsThreadSafe(); }

int NajIpcSharedBufferInit(struct ArrowBuffer* shared, struct ArrowBuffer* take_source) {
  return ArrowIpcSharedBufferInit(shared, take_source);
}

int NajErrnoInvalid(void) { return EINVAL; }
int NajErrnoNotSupported(void) { return ENOTSUP; }
int NajErrnoNoMemory(void) { return ENOMEM; }
int NajErrnoNotEnoughData(void) { return ESPIPE; }
int NajErrnoNoData(void) { return ENODATA; }
int NajErrnoInputOutput(void) { return EIO; }

void* NajFileOpen(const char* borrow_path_utf8, const char* borrow_mode) {
  return fopen(borrow_path_utf8, borrow_mode);
}

int NajFileClose(void* take_file) { return fclose((FILE*)take_file) == 0 ? 0 : errno; }
