#include "bind/naj_c_struct.h"

#include <stdlib.h>

#include "nanoarrow/nanoarrow.h"
#include "nanoarrow/nanoarrow_ipc.h"

static size_t StructSize(int32_t kind) {
  switch (kind) {
    case NAJ_C_STRUCT_SCHEMA:
      return sizeof(struct ArrowSchema);
    case NAJ_C_STRUCT_ARRAY:
      return sizeof(struct ArrowArray);
    case NAJ_C_STRUCT_ARRAY_STREAM:
      return sizeof(struct ArrowArrayStream);
    case NAJ_C_STRUCT_ARRAY_VIEW:
      return sizeof(struct ArrowArrayView);
    case NAJ_C_STRUCT_BUFFER:
      return sizeof(struct ArrowBuffer);
    case NAJ_C_STRUCT_BITMAP:
      return sizeof(struct ArrowBitmap);
    case NAJ_C_STRUCT_SHARED_ARRAY:
      return sizeof(struct ArrowSharedArray);
    case NAJ_C_STRUCT_IPC_DECODER:
      return sizeof(struct ArrowIpcDecoder);
    case NAJ_C_STRUCT_IPC_ENCODER:
      return sizeof(struct ArrowIpcEncoder);
    case NAJ_C_STRUCT_IPC_WRITER:
      return sizeof(struct ArrowIpcWriter);
    case NAJ_C_STRUCT_IPC_INPUT_STREAM:
      return sizeof(struct ArrowIpcInputStream);
    case NAJ_C_STRUCT_IPC_OUTPUT_STREAM:
      return sizeof(struct ArrowIpcOutputStream);
    case NAJ_C_STRUCT_IPC_FOOTER:
      return sizeof(struct ArrowIpcFooter);
    case NAJ_C_STRUCT_IPC_DICTIONARIES:
      return sizeof(struct ArrowIpcDictionaries);
    case NAJ_C_STRUCT_IPC_DICTIONARY_ENCODINGS:
      return sizeof(struct ArrowIpcDictionaryEncodings);
    case NAJ_C_STRUCT_IPC_DECOMPRESSOR:
      return sizeof(struct ArrowIpcDecompressor);
    default:
      return 0;
  }
}

static void Prepare(int32_t kind, void* item) {
  switch (kind) {
    case NAJ_C_STRUCT_BUFFER:
      ArrowBufferInit((struct ArrowBuffer*)item);
      break;
    case NAJ_C_STRUCT_BITMAP:
      ArrowBitmapInit((struct ArrowBitmap*)item);
      break;
    case NAJ_C_STRUCT_IPC_FOOTER:
      ArrowIpcFooterInit((struct ArrowIpcFooter*)item);
      break;
    case NAJ_C_STRUCT_IPC_DICTIONARY_ENCODINGS:
      ArrowIpcDictionaryEncodingsInit((struct ArrowIpcDictionaryEncodings*)item);
      break;
    case NAJ_C_STRUCT_ARRAY_VIEW:
      ArrowArrayViewInitFromType((struct ArrowArrayView*)item, NANOARROW_TYPE_UNINITIALIZED);
      break;
    default:
      break;
  }
}

int64_t naj_c_struct_allocate(int32_t kind, int64_t count) {
  size_t size = StructSize(kind);
  if (size == 0 || count < 0 || (uint64_t)count > SIZE_MAX / size) return 0;
  char* items = calloc(count == 0 ? 1 : (size_t)count, size);
  if (items == NULL) return 0;
  for (size_t i = 0; i < (size_t)count; i++) Prepare(kind, items + i * size);
  return (int64_t)(intptr_t)items;
}

static void ResetBuffer(struct ArrowBuffer* buffer) {
  if (buffer->allocator.free != NULL) ArrowBufferReset(buffer);
}

static void ResetIpc(int32_t kind, void* item) {
  switch (kind) {
    case NAJ_C_STRUCT_IPC_DECODER:
      ArrowIpcDecoderReset((struct ArrowIpcDecoder*)item);
      break;
    case NAJ_C_STRUCT_IPC_ENCODER:
      ArrowIpcEncoderReset((struct ArrowIpcEncoder*)item);
      break;
    case NAJ_C_STRUCT_IPC_WRITER:
      ArrowIpcWriterReset((struct ArrowIpcWriter*)item);
      break;
    case NAJ_C_STRUCT_IPC_INPUT_STREAM: {
      struct ArrowIpcInputStream* stream = (struct ArrowIpcInputStream*)item;
      if (stream->release != NULL) stream->release(stream);
      break;
    }
    case NAJ_C_STRUCT_IPC_OUTPUT_STREAM: {
      struct ArrowIpcOutputStream* stream = (struct ArrowIpcOutputStream*)item;
      if (stream->release != NULL) stream->release(stream);
      break;
    }
    case NAJ_C_STRUCT_IPC_FOOTER: {
      struct ArrowIpcFooter* footer = (struct ArrowIpcFooter*)item;
      if (footer->record_batch_blocks.allocator.free != NULL) ArrowIpcFooterReset(footer);
      break;
    }
    case NAJ_C_STRUCT_IPC_DICTIONARIES: {
      struct ArrowIpcDictionaries* dictionaries = (struct ArrowIpcDictionaries*)item;
      if (dictionaries->private_data != NULL) ArrowIpcDictionariesReset(dictionaries);
      break;
    }
    case NAJ_C_STRUCT_IPC_DICTIONARY_ENCODINGS:
      ResetBuffer(&((struct ArrowIpcDictionaryEncodings*)item)->encodings);
      break;
    case NAJ_C_STRUCT_IPC_DECOMPRESSOR: {
      struct ArrowIpcDecompressor* decompressor = (struct ArrowIpcDecompressor*)item;
      if (decompressor->release != NULL) decompressor->release(decompressor);
      break;
    }
    default:
      break;
  }
}

void naj_c_struct_reset(int32_t kind, int64_t address) {
  void* item = (void*)(intptr_t)address;
  if (item == NULL) return;
  switch (kind) {
    case NAJ_C_STRUCT_SCHEMA: {
      struct ArrowSchema* schema = (struct ArrowSchema*)item;
      if (schema->release != NULL) ArrowSchemaRelease(schema);
      break;
    }
    case NAJ_C_STRUCT_ARRAY: {
      struct ArrowArray* array = (struct ArrowArray*)item;
      if (array->release != NULL) ArrowArrayRelease(array);
      break;
    }
    case NAJ_C_STRUCT_ARRAY_STREAM: {
      struct ArrowArrayStream* stream = (struct ArrowArrayStream*)item;
      if (stream->release != NULL) ArrowArrayStreamRelease(stream);
      break;
    }
    case NAJ_C_STRUCT_ARRAY_VIEW:
      ArrowArrayViewReset((struct ArrowArrayView*)item);
      break;
    case NAJ_C_STRUCT_BUFFER:
      ResetBuffer((struct ArrowBuffer*)item);
      break;
    case NAJ_C_STRUCT_BITMAP:
      ResetBuffer(&((struct ArrowBitmap*)item)->buffer);
      ((struct ArrowBitmap*)item)->size_bits = 0;
      break;
    case NAJ_C_STRUCT_SHARED_ARRAY:
      ArrowSharedArrayRelease((struct ArrowSharedArray*)item);
      ((struct ArrowSharedArray*)item)->private_data = NULL;
      break;
    default:
      ResetIpc(kind, item);
      break;
  }
}

void naj_c_struct_free(int32_t kind, int64_t address, int64_t count) {
  char* items = (char*)(intptr_t)address;
  if (items == NULL) return;
  size_t size = StructSize(kind);
  for (int64_t i = 0; i < count; i++) {
    naj_c_struct_reset(kind, (int64_t)(intptr_t)(items + (size_t)i * size));
  }
  free(items);
}

int32_t naj_c_struct_is_released(int32_t kind, int64_t address) {
  const void* item = (const void*)(intptr_t)address;
  if (item == NULL) return 1;
  switch (kind) {
    case NAJ_C_STRUCT_SCHEMA:
      return ((const struct ArrowSchema*)item)->release == NULL;
    case NAJ_C_STRUCT_ARRAY:
      return ((const struct ArrowArray*)item)->release == NULL;
    case NAJ_C_STRUCT_ARRAY_STREAM:
      return ((const struct ArrowArrayStream*)item)->release == NULL;
    case NAJ_C_STRUCT_SHARED_ARRAY:
      return ((const struct ArrowSharedArray*)item)->private_data == NULL;
    case NAJ_C_STRUCT_BUFFER:
      return ((const struct ArrowBuffer*)item)->data == NULL;
    case NAJ_C_STRUCT_BITMAP:
      return ((const struct ArrowBitmap*)item)->buffer.data == NULL;
    case NAJ_C_STRUCT_ARRAY_VIEW:
      return ((const struct ArrowArrayView*)item)->storage_type == NANOARROW_TYPE_UNINITIALIZED;
    case NAJ_C_STRUCT_IPC_DECODER:
      return ((const struct ArrowIpcDecoder*)item)->private_data == NULL;
    case NAJ_C_STRUCT_IPC_ENCODER:
      return ((const struct ArrowIpcEncoder*)item)->private_data == NULL;
    case NAJ_C_STRUCT_IPC_WRITER:
      return ((const struct ArrowIpcWriter*)item)->private_data == NULL;
    case NAJ_C_STRUCT_IPC_INPUT_STREAM:
      return ((const struct ArrowIpcInputStream*)item)->release == NULL;
    case NAJ_C_STRUCT_IPC_OUTPUT_STREAM:
      return ((const struct ArrowIpcOutputStream*)item)->release == NULL;
    case NAJ_C_STRUCT_IPC_FOOTER:
      return ((const struct ArrowIpcFooter*)item)->schema.release == NULL;
    case NAJ_C_STRUCT_IPC_DICTIONARIES:
      return ((const struct ArrowIpcDictionaries*)item)->private_data == NULL;
    case NAJ_C_STRUCT_IPC_DICTIONARY_ENCODINGS:
      return ((const struct ArrowIpcDictionaryEncodings*)item)->encodings.data == NULL;
    case NAJ_C_STRUCT_IPC_DECOMPRESSOR:
      return ((const struct ArrowIpcDecompressor*)item)->release == NULL;
    default:
      return 1;
  }
}
