/* Any bytes as a stream: all at once, then piece by piece, which must come to the same end. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "naj_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

struct outcome {
  naj_status status;
  int64_t offset_bytes; /* of the error */
  int64_t batches;
};

/* `step_bytes` 0: everything is there at once. */
static struct outcome read_stream(const uint8_t* data, int64_t size, int64_t step_bytes) {
  struct naj_error error = {.offset_bytes = -1};
  struct naj_memory* memory = NULL;
  struct naj_stream* stream = NULL;
  struct naj_fuzz_table table = {0};
  struct outcome outcome = {.offset_bytes = -1};
  NAJ_FUZZ_REQUIRE(naj_memory_wrap(data, size, NULL, 0, &memory, &error) == NAJ_OK);
  NAJ_FUZZ_REQUIRE(naj_stream_open(NULL, &stream, &error) == NAJ_OK);
  int64_t at = 0;
  int64_t present = step_bytes == 0 || step_bytes > size ? size : step_bytes;
  int64_t needed = 0;
  naj_status status;
  while ((status = naj_stream_schema(stream, memory, 0, present, &at, &needed, &error)) ==
             NAJ_NEED_INPUT &&
         present < size) {
    NAJ_FUZZ_REQUIRE(needed > present);
    present = size - present < step_bytes ? size : present + step_bytes;
  }
  naj_fuzz_grow(&table, NAJ_OK);
  while (status == NAJ_OK) {
    const struct naj_table_header* header = table.block;
    status = naj_stream_next(stream, memory, at, present - at, present == size, table.block,
                             table.size_bytes, &error);
    if (status == NAJ_NEED_TABLE && naj_fuzz_grow(&table, status)) {
      status = NAJ_OK;
    } else if (status == NAJ_NEED_INPUT) {
      NAJ_FUZZ_REQUIRE(present < size && header->next_offset >= at);
      at = header->next_offset;
      NAJ_FUZZ_REQUIRE(header->needed_bytes > present - at);
      present = size - present < step_bytes ? size : present + step_bytes;
      status = NAJ_OK;
    } else if (status == NAJ_OK) {
      NAJ_FUZZ_REQUIRE(header->next_offset >= at && header->next_offset <= present);
      at = header->next_offset;
      struct naj_memory* arena = (struct naj_memory*)(uintptr_t)header->arena;
      const int is_end = header->kind == NAJ_TABLE_END;
      if (!is_end && step_bytes == 0) naj_fuzz_batch(naj_stream_get_schema(stream), header);
      if (!is_end && arena != NULL) {
        naj_memory_release(arena);
        naj_memory_unreserve(arena);
      }
      outcome.batches += !is_end;
      if (is_end || outcome.batches == 64) break;
    }
  }
  outcome.status = status;
  if (status != NAJ_OK) outcome.offset_bytes = error.offset_bytes;
  naj_fuzz_table_free(&table);
  naj_stream_close(stream);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const struct outcome whole = read_stream(data, (int64_t)size, 0);
  const struct outcome pieces = read_stream(data, (int64_t)size, 1 + (int64_t)(size % 61));
  if (whole.status != NAJ_NEED_INPUT) {
    NAJ_FUZZ_REQUIRE(whole.status == pieces.status);
    NAJ_FUZZ_REQUIRE(whole.batches == pieces.batches);
  }
  NAJ_FUZZ_REQUIRE(naj_live_objects() == 0 && naj_live_bytes() == 0);
  return 0;
}
