/* Any bytes as a tensor message; what is accepted lies where it says, and is encoded again. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "naj/naj_tensor.h"
#include "naj_fuzz.h"

/* Reads every byte that the table points to. */
static void touch(const struct naj_memory* memory, const struct naj_tensor_header* header) {
  const struct naj_tensor_dimension* dimensions = (const void*)(header + 1);
  const struct naj_tensor_buffer* buffers = (const void*)(dimensions + header->dimension_count);
  const int64_t size_bytes = naj_memory_size_bytes(memory);
  NAJ_FUZZ_REQUIRE(header->body_offset + header->body_bytes <= size_bytes);
  volatile uint8_t sum = 0;
  for (int32_t i = 0; i < header->buffer_count; i++) {
    NAJ_FUZZ_REQUIRE(buffers[i].offset >= 0 && buffers[i].size_bytes >= 0);
    NAJ_FUZZ_REQUIRE(buffers[i].offset <= header->body_bytes - buffers[i].size_bytes);
    const uint8_t* bytes = naj_memory_address(memory) + header->body_offset + buffers[i].offset;
    for (int64_t k = 0; k < buffers[i].size_bytes; k++) sum = (uint8_t)(sum + bytes[k]);
  }
  for (int32_t i = 0; i < header->dimension_count; i++) NAJ_FUZZ_REQUIRE(dimensions[i].size >= 0);
}

static void encode_again(const struct naj_tensor_header* header) {
  struct naj_error error;
  int64_t size_bytes = 0;
  naj_status status =
      naj_tensor_encode(header, header->needed_bytes, 4, 0, NULL, 0, &size_bytes, &error);
  NAJ_FUZZ_REQUIRE(status == NAJ_NEED_ARENA && size_bytes % 64 == 0);
  uint8_t* out = malloc((size_t)size_bytes);
  NAJ_FUZZ_REQUIRE(out != NULL);
  status =
      naj_tensor_encode(header, header->needed_bytes, 4, 0, out, size_bytes, &size_bytes, &error);
  NAJ_FUZZ_REQUIRE(status == NAJ_OK);
  free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  struct naj_error error;
  struct naj_memory* memory = NULL;
  NAJ_FUZZ_REQUIRE(naj_memory_allocate((int64_t)size, &memory, &error) == NAJ_OK);
  if (size > 0) memcpy((void*)(uintptr_t)naj_memory_address(memory), data, size);
  int64_t table_bytes = (int64_t)sizeof(struct naj_tensor_header);
  struct naj_tensor_header* table = naj_fuzz_allocate(1, table_bytes);
  naj_status status =
      naj_tensor_read(memory, 0, (int64_t)size, 1, NULL, table, table_bytes, &error);
  NAJ_FUZZ_REQUIRE(status != NAJ_NEED_INPUT);
  if (status == NAJ_NEED_TABLE) {
    table_bytes = table->needed_bytes;
    free(table);
    table = naj_fuzz_allocate(1, table_bytes);
    status = naj_tensor_read(memory, 0, (int64_t)size, 1, NULL, table, table_bytes, &error);
    NAJ_FUZZ_REQUIRE(status != NAJ_NEED_TABLE);
  }
  if (status == NAJ_OK) {
    touch(memory, table);
    encode_again(table);
  }
  free(table);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  NAJ_FUZZ_REQUIRE(naj_live_objects() == 0 && naj_live_bytes() == 0);
  return 0;
}
