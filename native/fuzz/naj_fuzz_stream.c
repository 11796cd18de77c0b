/* Any bytes as a stream: all at once, then piece by piece, which must come to the same end. */
#include <stddef.h>

#include "naj_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

enum { MOST_BATCHES = 64 };

struct outcome {
  naj_status status;
  int64_t offset_bytes; /* of the error */
  int64_t batches;
};

/* Decoding under way. `step_bytes` 0: everything is there at once. */
struct reading {
  struct naj_stream* stream;
  struct naj_memory* memory;
  int64_t at;
  int64_t present;
  int64_t size;
  int64_t step_bytes;
  struct naj_decode_target room;
  struct naj_fuzz_dictionaries dictionaries;
  struct naj_error error;
};

static void take_more(struct reading* reading) {
  NAJ_FUZZ_REQUIRE(reading->present < reading->size);
  const int64_t left = reading->size - reading->present;
  reading->present += left < reading->step_bytes ? left : reading->step_bytes;
}

static naj_status read_schema(struct reading* reading) {
  for (;;) {
    int64_t needed = 0;
    const naj_status status =
        naj_stream_schema(reading->stream, reading->memory, 0, reading->present, &reading->at,
                          &needed, &reading->error);
    if (status != NAJ_NEED_INPUT) return status;
    NAJ_FUZZ_REQUIRE(needed > reading->present);
    if (reading->present == reading->size) return status;
    take_more(reading);
  }
}

/* One message; NAJ_OK also when it must be asked for again. */
static naj_status read_message(struct reading* reading, int64_t* out_kind) {
  *out_kind = 0;
  naj_fuzz_make_room(&reading->room, NAJ_OK);
  const naj_status status =
      naj_stream_next(reading->stream, reading->memory, reading->at, reading->present - reading->at,
                      reading->present == reading->size, &reading->room, &reading->error);
  const struct naj_table_header* header = reading->room.table;
  if (naj_fuzz_make_room(&reading->room, status)) return NAJ_OK;
  if (status == NAJ_NEED_INPUT) {
    NAJ_FUZZ_REQUIRE(header->next_offset >= reading->at);
    reading->at = header->next_offset;
    NAJ_FUZZ_REQUIRE(header->needed_bytes > reading->present - reading->at);
    take_more(reading);
    return NAJ_OK;
  }
  if (status != NAJ_OK) return status;
  NAJ_FUZZ_REQUIRE(header->next_offset >= reading->at && header->next_offset <= reading->present);
  reading->at = header->next_offset;
  *out_kind = header->kind;
  if (header->kind == NAJ_TABLE_DICTIONARY) {
    naj_fuzz_dictionaries_add(&reading->dictionaries, &reading->room);
  } else if (header->kind == NAJ_TABLE_BATCH && reading->step_bytes == 0) {
    naj_fuzz_batch(reading->dictionaries.schema, header, &reading->dictionaries);
  }
  return NAJ_OK;
}

static struct outcome read_stream(const uint8_t* data, int64_t size, int64_t step_bytes) {
  struct reading reading = {.size = size, .step_bytes = step_bytes, .error = {.offset_bytes = -1}};
  reading.present = step_bytes == 0 || step_bytes > size ? size : step_bytes;
  struct outcome outcome = {.offset_bytes = -1};
  NAJ_FUZZ_REQUIRE(naj_memory_wrap(data, size, NULL, 0, &reading.memory, &reading.error) == NAJ_OK);
  NAJ_FUZZ_REQUIRE(naj_stream_open(NULL, &reading.stream, &reading.error) == NAJ_OK);
  outcome.status = read_schema(&reading);
  if (outcome.status == NAJ_OK) {
    naj_fuzz_dictionaries_init(&reading.dictionaries, naj_stream_get_schema(reading.stream));
    for (int64_t kind = 0; kind != NAJ_TABLE_END && outcome.batches < MOST_BATCHES;) {
      outcome.status = read_message(&reading, &kind);
      if (outcome.status != NAJ_OK) break;
      outcome.batches += kind == NAJ_TABLE_BATCH;
    }
    naj_fuzz_dictionaries_reset(&reading.dictionaries);
  }
  if (outcome.status != NAJ_OK) outcome.offset_bytes = reading.error.offset_bytes;
  naj_fuzz_free_room(&reading.room);
  naj_stream_close(reading.stream);
  naj_memory_release(reading.memory);
  naj_memory_unreserve(reading.memory);
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
