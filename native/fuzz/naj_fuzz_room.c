#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "naj_fuzz.h"

enum { FIRST_TABLE_BYTES = 256, MOST_TABLE_BYTES = 64 << 20, MOST_ARENA_BYTES = 512 << 20 };

void naj_fuzz_fail(const char* condition) {
  fprintf(stderr, "does not hold: %s\n", condition);
  abort();
}

void* naj_fuzz_allocate(int64_t count, int64_t item_bytes) {
  const size_t size = ((size_t)count * (size_t)item_bytes + 64) / 64 * 64;
  void* block = aligned_alloc(64, size);
  if (block == NULL) naj_fuzz_fail("memory");
  return memset(block, 0, size);
}

int naj_fuzz_make_room(struct naj_decode_target* target, naj_status status) {
  if (target->table == NULL) {
    target->table = naj_fuzz_allocate(FIRST_TABLE_BYTES, 1);
    target->table_bytes = FIRST_TABLE_BYTES;
    return 1;
  }
  const int64_t needed = ((const struct naj_table_header*)target->table)->needed_bytes;
  if (status == NAJ_NEED_TABLE) {
    NAJ_FUZZ_REQUIRE(needed > target->table_bytes);
    if (needed > MOST_TABLE_BYTES) return 0;
    free(target->table);
    target->table = naj_fuzz_allocate(needed, 1);
    target->table_bytes = needed;
    return 1;
  }
  if (status == NAJ_NEED_ARENA) {
    NAJ_FUZZ_REQUIRE(needed > target->arena_bytes);
    if (needed > MOST_ARENA_BYTES) return 0;
    free(target->arena);
    target->arena = naj_fuzz_allocate(needed, 1);
    target->arena_bytes = needed;
    return 1;
  }
  return 0;
}

void naj_fuzz_free_room(struct naj_decode_target* target) {
  free(target->table);
  free(target->arena);
  *target = (struct naj_decode_target){0};
}

void naj_fuzz_dictionaries_init(struct naj_fuzz_dictionaries* out_dictionaries,
                                struct naj_schema* borrow_schema) {
  out_dictionaries->schema = borrow_schema;
  out_dictionaries->count = naj_schema_dictionary_count(borrow_schema);
  out_dictionaries->entries =
      naj_fuzz_allocate(out_dictionaries->count, (int64_t)sizeof *out_dictionaries->entries);
}

static void forget(struct naj_fuzz_dictionary* dictionary) {
  naj_fuzz_free_room(&dictionary->owned);
  if (dictionary->memory != NULL) {
    naj_memory_release(dictionary->memory);
    naj_memory_unreserve(dictionary->memory);
  }
  *dictionary = (struct naj_fuzz_dictionary){0};
}

void naj_fuzz_dictionaries_reset(struct naj_fuzz_dictionaries* dictionaries) {
  for (int32_t i = 0; i < dictionaries->count; i++) forget(&dictionaries->entries[i]);
  free(dictionaries->entries);
  *dictionaries = (struct naj_fuzz_dictionaries){0};
}

void naj_fuzz_dictionaries_add(struct naj_fuzz_dictionaries* dictionaries,
                               struct naj_decode_target* take_room) {
  struct naj_decode_target room = *take_room;
  *take_room = (struct naj_decode_target){0};
  const struct naj_table_header* table = room.table;
  NAJ_FUZZ_REQUIRE(table->dictionary_index >= 0 && table->dictionary_index < dictionaries->count);
  const int32_t index = (int32_t)table->dictionary_index;
  struct naj_fuzz_dictionary* known = &dictionaries->entries[index];
  const struct naj_schema* values = naj_schema_dictionary_values(dictionaries->schema, index);
  NAJ_FUZZ_REQUIRE(naj_schema_dictionary_id(dictionaries->schema, index) == table->dictionary_id);
  naj_fuzz_batch(values, table, dictionaries);
  if ((table->flags & NAJ_TABLE_DELTA) == 0 || known->table == NULL) {
    forget(known);
    known->owned = room;
    known->table = table;
    return;
  }
  struct naj_memory* joined = NULL;
  struct naj_error error;
  const naj_status status = naj_concat(values, known->table, table, &joined, &error);
  NAJ_FUZZ_REQUIRE(status == NAJ_OK || status == NAJ_INVALID_DATA || status == NAJ_LIMIT_EXCEEDED ||
                   status == NAJ_UNSUPPORTED);
  if (status == NAJ_OK) {
    const struct naj_table_header* result =
        (const struct naj_table_header*)(const void*)naj_memory_address(joined);
    NAJ_FUZZ_REQUIRE(result->row_count == known->table->row_count + table->row_count);
    forget(known);
    known->memory = joined;
    known->table = result;
    naj_fuzz_batch(values, known->table, dictionaries);
  }
  naj_fuzz_free_room(&room);
}
