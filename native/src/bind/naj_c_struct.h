/* Memory of the C structs that Java allocates: closing one runs its reset or release first, so that
 * nothing is left behind. Addresses are int64_t so that no call allocates an object in Java. */
#ifndef NAJ_BIND_C_STRUCT_H
#define NAJ_BIND_C_STRUCT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The structs that own something; numbers are shared with io.nanoarrow.c.NativeStruct. */
enum naj_c_struct_kind {
  NAJ_C_STRUCT_SCHEMA = 1,
  NAJ_C_STRUCT_ARRAY = 2,
  NAJ_C_STRUCT_ARRAY_STREAM = 3,
  NAJ_C_STRUCT_ARRAY_VIEW = 4,
  NAJ_C_STRUCT_BUFFER = 5,
  NAJ_C_STRUCT_BITMAP = 6,
  NAJ_C_STRUCT_SHARED_ARRAY = 7,
  NAJ_C_STRUCT_IPC_DECODER = 8,
  NAJ_C_STRUCT_IPC_ENCODER = 9,
  NAJ_C_STRUCT_IPC_WRITER = 10,
  NAJ_C_STRUCT_IPC_INPUT_STREAM = 11,
  NAJ_C_STRUCT_IPC_OUTPUT_STREAM = 12,
  NAJ_C_STRUCT_IPC_FOOTER = 13,
  NAJ_C_STRUCT_IPC_DICTIONARIES = 14,
  NAJ_C_STRUCT_IPC_DICTIONARY_ENCODINGS = 15,
  NAJ_C_STRUCT_IPC_DECOMPRESSOR = 16
};

/* `count` structs, zeroed, and with buffers initialised: each may be reset at once. 0 = no memory
 * or an unknown kind. */
int64_t naj_c_struct_allocate(int32_t kind, int64_t count);
/* Releases what the struct owns, if anything; it may be reset again or reused. */
void naj_c_struct_reset(int32_t kind, int64_t address);
/* Resets `count` structs and frees their memory, which naj_c_struct_allocate gave. */
void naj_c_struct_free(int32_t kind, int64_t address, int64_t count);
/* 1 when the struct owns nothing: its release member (ArrowSchema, ArrowArray, ArrowArrayStream,
 * the IPC streams, the decompressor), private_data or data is NULL, or a view has no type. */
int32_t naj_c_struct_is_released(int32_t kind, int64_t address);

#ifdef __cplusplus
}
#endif

#endif
