/* What nanoarrow offers as a macro only, as functions: a binding cannot call a macro. */
#ifndef NAJ_BIND_MACROS_H
#define NAJ_BIND_MACROS_H

#include "nanoarrow/nanoarrow_ipc.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ArrowIpcSharedBufferIsThreadSafe and ArrowIpcSharedBufferInit of nanoarrow_ipc.h. */
int NajIpcSharedBufferIsThreadSafe(void);
int NajIpcSharedBufferInit(struct ArrowBuffer* shared, struct ArrowBuffer* take_source);

/* The errno values that nanoarrow's functions return. */
int NajErrnoInvalid(void);
int NajErrnoNotSupported(void);
int NajErrnoNoMemory(void);
int NajErrnoNotEnoughData(void);
int NajErrnoNoData(void);
int NajErrnoInputOutput(void);

/* A C FILE* for ArrowIpcInputStreamInitFile and ArrowIpcOutputStreamInitFile; NULL on failure.
 * `mode` as fopen's. */
void* NajFileOpen(const char* borrow_path_utf8, const char* borrow_mode);
/* Closes it unless a stream was told to; 0 or an errno value. */
int NajFileClose(void* take_file);

#ifdef __cplusplus
}
#endif

#endif
