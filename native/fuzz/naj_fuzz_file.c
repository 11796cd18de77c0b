/* Any bytes as a file: footer by growing tails, then every batch. */
#include <stddef.h>

#include "naj_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

enum { MOST_BATCHES = 64 };

static struct naj_file* open_file(const uint8_t* data, int64_t size) {
  struct naj_error error;
  struct naj_file* file = NULL;
  int64_t tail_bytes = size < 16 ? size : 16;
  while (file == NULL) {
    struct naj_memory* tail = NULL;
    int64_t needed = 0;
    NAJ_FUZZ_REQUIRE(
        naj_memory_wrap(data + size - tail_bytes, tail_bytes, NULL, 0, &tail, &error) == NAJ_OK);
    const naj_status status =
        naj_file_open(tail, size - tail_bytes, size, NULL, &file, &needed, &error);
    naj_memory_release(tail);
    naj_memory_unreserve(tail);
    if (status == NAJ_NEED_INPUT) {
      NAJ_FUZZ_REQUIRE(needed > tail_bytes && needed <= size);
      tail_bytes = needed;
    } else if (status != NAJ_OK) {
      return NULL;
    }
  }
  return file;
}

static void read_dictionaries(const struct naj_file* file, struct naj_memory* memory,
                              struct naj_fuzz_dictionaries* dictionaries) {
  struct naj_error error;
  for (int64_t i = 0; i < naj_file_dictionary_count(file) && i < MOST_BATCHES; i++) {
    struct naj_decode_target room = {0};
    naj_status status = NAJ_OK;
    while (naj_fuzz_make_room(&room, status))
      status = naj_file_dictionary(file, i, memory, 0, &room, &error);
    if (status == NAJ_OK) naj_fuzz_dictionaries_add(dictionaries, &room);
    naj_fuzz_free_room(&room);
  }
}

static void read_batches(const struct naj_file* file, struct naj_memory* memory,
                         const struct naj_fuzz_dictionaries* dictionaries) {
  struct naj_error error;
  for (int64_t i = 0; i < naj_file_batch_count(file) && i < MOST_BATCHES; i++) {
    struct naj_decode_target room = {0};
    naj_status status = NAJ_OK;
    while (naj_fuzz_make_room(&room, status))
      status = naj_file_batch(file, i, memory, 0, &room, &error);
    int64_t rows = -1;
    const naj_status counted = naj_file_batch_rows(file, i, memory, 0, &rows, &error);
    if (status == NAJ_OK) {
      const struct naj_table_header* header = room.table;
      NAJ_FUZZ_REQUIRE(counted == NAJ_OK && rows == header->row_count);
      naj_fuzz_batch(naj_file_get_schema(file), header, dictionaries);
    }
    naj_fuzz_free_room(&room);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  struct naj_file* file = open_file(data, (int64_t)size);
  if (file != NULL) {
    struct naj_error error;
    struct naj_memory* memory = NULL;
    struct naj_fuzz_dictionaries dictionaries;
    NAJ_FUZZ_REQUIRE(naj_memory_wrap(data, (int64_t)size, NULL, 0, &memory, &error) == NAJ_OK);
    naj_fuzz_dictionaries_init(&dictionaries, naj_file_get_schema(file));
    read_dictionaries(file, memory, &dictionaries);
    read_batches(file, memory, &dictionaries);
    naj_fuzz_dictionaries_reset(&dictionaries);
    naj_memory_release(memory);
    naj_memory_unreserve(memory);
    naj_file_close(file);
  }
  NAJ_FUZZ_REQUIRE(naj_live_objects() == 0 && naj_live_bytes() == 0);
  return 0;
}
