/* What the contract lets several threads do at once. Run by the ThreadSanitizer too. */
#include <pthread.h>
#include <stdatomic.h>

#include "core/naj_pool.h"
#include "nanoarrow/nanoarrow.h"
#include "support/naj_test.h"
#include "support/naj_test_arrays.h"

enum { THREADS = 8, ROUNDS = 10, BATCHES = 4, ROWS = 40000, ROOM_BYTES = 4 << 20 };

static const struct test_field fields[] = {{.name = "a", .type = NAJ_TYPE_INT64},
                                           {.name = "b", .type = NAJ_TYPE_UTF8},
                                           {.name = "c", .type = NAJ_TYPE_DOUBLE}};
static const struct test_schema schema = {.fields = fields, .field_count = 3};

/* A file of compressed batches in memory that all threads share. */
static struct naj_memory* memory;
static struct naj_file* file;
static struct test_bytes expected[BATCHES];

static void open_shared(int32_t packing) {
  struct naj_error error;
  struct test_bytes bytes = {0};
  int64_t blocks[BATCHES][3];
  int64_t needed_bytes = 0;
  struct naj_schema* decoded = test_schema_create(&schema);
  test_bytes_append(&bytes, "ARROW1\0\0", 8);
  test_append_schema(&bytes, &schema, 0);
  for (int i = 0; i < BATCHES; i++) {
    struct test_array array;
    test_array_random(&array, decoded, ROWS, (uint64_t)(7 + i), TEST_ARRAY_NULLS);
    test_render(decoded, test_array_table(&array), &expected[i]);
    blocks[i][0] = bytes.size_bytes;
    test_append_array(&bytes, &array, packing, 0, NULL);
    int32_t metadata_bytes;
    memcpy(&metadata_bytes, bytes.data + blocks[i][0] + 4, sizeof metadata_bytes);
    blocks[i][1] = 8 + metadata_bytes;
    blocks[i][2] = bytes.size_bytes - blocks[i][0] - blocks[i][1];
    test_array_free(&array);
  }
  test_append_end(&bytes, 0);
  test_append_footer(&bytes, &schema, (const int64_t (*)[3])blocks, BATCHES);
  /* The file's own copy, so that its last release gives memory back. */
  CHECK_STATUS(naj_memory_allocate(bytes.size_bytes, &memory, &error), NAJ_OK, error);
  memcpy((void*)(uintptr_t)naj_memory_address(memory), bytes.data, (size_t)bytes.size_bytes);
  CHECK_STATUS(naj_file_open(memory, 0, bytes.size_bytes, NULL, &file, &needed_bytes, &error),
               NAJ_OK, error);
  test_bytes_free(&bytes);
  naj_schema_release(decoded);
}

static void close_shared(void) {
  naj_file_close(file);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  for (int i = 0; i < BATCHES; i++) {
    test_bytes_free(&expected[i]);
    memset(&expected[i], 0, sizeof expected[i]);
  }
}

static void on_all_threads(void* (*run)(void*)) {
  pthread_t threads[THREADS];
  for (intptr_t i = 0; i < THREADS; i++)
    CHECK_EQ(pthread_create(&threads[i], NULL, run, (void*)i), 0);
  for (int i = 0; i < THREADS; i++) CHECK_EQ(pthread_join(threads[i], NULL), 0);
}

/* Decodes one batch into memory of its own. */
static void decode(int64_t batch_index, uint8_t* table, uint8_t* arena) {
  struct naj_error error;
  const struct naj_decode_target target = {table, 4096, arena, ROOM_BYTES};
  CHECK_STATUS(naj_file_batch(file, batch_index, memory, 0, &target, &error), NAJ_OK, error);
}

static void* decode_and_compare(void* thread) {
  uint8_t* arena = aligned_alloc(64, ROOM_BYTES);
  uint8_t* table = aligned_alloc(64, 4096);
  CHECK(arena != NULL && table != NULL);
  for (intptr_t round = 0; round < ROUNDS; round++) {
    const int64_t index = ((intptr_t)thread + round) % BATCHES;
    decode(index, table, arena);
    if (round != 0) continue;
    struct test_bytes actual = {0};
    test_render(naj_file_get_schema(file), (const struct naj_table_header*)(const void*)table,
                &actual);
    CHECK_EQ(actual.size_bytes, expected[index].size_bytes);
    CHECK(memcmp(actual.data, expected[index].data, (size_t)actual.size_bytes) == 0);
    test_bytes_free(&actual);
  }
  free(arena);
  free(table);
  return NULL;
}

static void one_file_is_decoded_by_many_threads(void) {
  for (int32_t packing = TEST_PACK_PLAIN; packing <= TEST_PACK_ZSTD; packing++) {
    open_shared(packing);
    on_all_threads(decode_and_compare);
    close_shared();
  }
}

/* An array whose children the threads take apart, each releasing its own. */
enum { PARTS = 3 };
static struct ArrowArray parts[PARTS];
static _Atomic int next_part;

static void* release_a_part(void* unused) {
  (void)unused;
  const int mine = atomic_fetch_add(&next_part, 1);
  if (mine >= PARTS) return NULL;
  const uint8_t* bytes = parts[mine].buffers[parts[mine].n_buffers - 1];
  volatile uint8_t sum = 0;
  for (int64_t i = 0; i < 1000; i++) sum = (uint8_t)(sum + bytes[i]);
  parts[mine].release(&parts[mine]);
  return NULL;
}

static void export_batch(int64_t batch_index, struct ArrowArray* out_array) {
  static _Alignas(64) uint8_t table[4096];
  struct naj_error error;
  struct naj_array_node nodes[PARTS];
  const int64_t buffer_counts[PARTS] = {2, 3, 2};
  decode(batch_index, table, NULL);
  const struct naj_table_header* header = (const struct naj_table_header*)(const void*)table;
  const struct naj_table_node* table_nodes = (const struct naj_table_node*)(header + 1);
  for (int i = 0; i < PARTS; i++) {
    nodes[i] = (struct naj_array_node){.length = table_nodes[i].length,
                                       .null_count = table_nodes[i].null_count,
                                       .buffer_count = buffer_counts[i]};
  }
  const struct naj_table_buffer* buffers =
      (const struct naj_table_buffer*)(table_nodes + header->node_count);
  CHECK_STATUS(naj_array_export(naj_file_get_schema(file), ROWS, nodes, PARTS, buffers,
                                header->buffer_count, &memory, 1, out_array, &error),
               NAJ_OK, error);
}

static void parts_of_an_export_are_released_by_many_threads(void) {
  for (int round = 0; round < ROUNDS; round++) {
    struct ArrowArray array;
    open_shared(TEST_PACK_PLAIN);
    export_batch(round % BATCHES, &array);
    for (int i = 0; i < PARTS; i++) {
      parts[i] = *array.children[i];
      array.children[i]->release = NULL;
    }
    array.release(&array);
    /* From here on only the parts keep the bytes. */
    close_shared();
    atomic_store(&next_part, 0);
    on_all_threads(release_a_part);
  }
}

static void* share_a_memory(void* unused) {
  (void)unused;
  for (int round = 0; round < 1000; round++) {
    naj_memory_retain(memory);
    naj_memory_reserve(memory);
    naj_schema_retain(naj_file_get_schema(file));
    volatile uint8_t byte = naj_memory_address(memory)[round];
    (void)byte;
    naj_schema_release(naj_file_get_schema(file));
    naj_memory_release(memory);
    naj_memory_unreserve(memory);
  }
  return NULL;
}

static void memories_and_schemas_are_shared(void) {
  open_shared(TEST_PACK_PLAIN);
  on_all_threads(share_a_memory);
  close_shared();
}

int main(void) {
  naj_pool_set_workers(3);
  TEST_RUN(one_file_is_decoded_by_many_threads);
  TEST_RUN(parts_of_an_export_are_released_by_many_threads);
  TEST_RUN(memories_and_schemas_are_shared);
  TEST_DONE();
}
