/* Any bytes as a stream whose batches are written again, whole and sliced, with options that the
 * last bytes say. What an encoder makes, the reader reads, and it is the same when written once
 * more. */
#include <stdlib.h>
#include <string.h>

#include "batch/naj_plan.h"
#include "naj/naj_write.h"
#include "naj_fuzz.h"
#include "schema/naj_schema.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

enum { MOST_BATCHES = 8, OPTION_BYTES = 6 };

/* Messages as an encoder gave them, one behind the other. */
struct output {
  uint8_t* bytes;
  int64_t size_bytes;
};

/* What the last bytes of the input choose. */
struct choice {
  struct naj_write_options options;
  int32_t is_whole;
  uint8_t start;
  uint8_t count;
};

static struct choice choose(const uint8_t* data, size_t size) {
  uint8_t bytes[OPTION_BYTES] = {0};
  for (size_t i = 0; i < OPTION_BYTES && i < size; i++) bytes[i] = data[size - 1 - i];
  struct choice choice = {.is_whole = bytes[0] & 1, .start = bytes[1], .count = bytes[2]};
  naj_write_options_init(&choice.options);
  choice.options.metadata_version = bytes[0] & 2 ? 3 : 4;
  choice.options.is_legacy = bytes[0] >> 2 & 1;
  choice.options.alignment_bytes = 8 << (bytes[0] >> 3 & 3);
  choice.options.codec = (bytes[0] >> 5) % 3 - 1;
  choice.options.has_min_space_savings = bytes[3] & 1;
  choice.options.min_space_savings = (bytes[3] >> 1) / 127.0;
  choice.options.gather_below_bytes = bytes[4] * bytes[4];
  return choice;
}

/* An encoder at work: its target and the message that it made last. */
struct writing {
  struct naj_encoder* encoder;
  struct naj_encode_target target;
  struct naj_error error;
};

/* 1 when the call is to be made again. */
static int make_room(struct writing* writing, naj_status status) {
  if (status != NAJ_NEED_ARENA && status != NAJ_NEED_TABLE) return 0;
  const struct naj_encoded encoded = *(const struct naj_encoded*)writing->target.parts;
  if (status == NAJ_NEED_ARENA) {
    NAJ_FUZZ_REQUIRE(encoded.needed_staging_bytes > writing->target.staging_bytes);
    free(writing->target.staging);
    writing->target.staging = naj_fuzz_allocate(encoded.needed_staging_bytes, 1);
    writing->target.staging_bytes = encoded.needed_staging_bytes;
  } else {
    NAJ_FUZZ_REQUIRE(encoded.needed_parts_bytes > writing->target.parts_bytes);
    free(writing->target.parts);
    writing->target.parts = naj_fuzz_allocate(encoded.needed_parts_bytes, 1);
    writing->target.parts_bytes = encoded.needed_parts_bytes;
  }
  return 1;
}

static void append(struct output* output, const struct writing* writing) {
  const struct naj_encoded* encoded = writing->target.parts;
  const struct naj_encoded_part* parts = (const struct naj_encoded_part*)(encoded + 1);
  const int64_t added = encoded->metadata_bytes + encoded->body_bytes;
  uint8_t* grown = realloc(output->bytes, (size_t)(output->size_bytes + added + 1));
  if (grown == NULL) naj_fuzz_fail("memory");
  output->bytes = grown;
  int64_t at = output->size_bytes;
  for (int64_t i = 0; i < encoded->part_count; i++) {
    memcpy(output->bytes + at, (const void*)(uintptr_t)parts[i].address,
           (size_t)parts[i].size_bytes);
    at += parts[i].size_bytes;
  }
  NAJ_FUZZ_REQUIRE(at == output->size_bytes + added);
  output->size_bytes = at;
}

static naj_status put_schema(struct writing* writing, struct output* output) {
  naj_status status;
  do {
    status =
        naj_encode_schema(writing->encoder, output->size_bytes, &writing->target, &writing->error);
  } while (make_room(writing, status));
  if (status == NAJ_OK) append(output, writing);
  return status;
}

static naj_status put_table(struct writing* writing, const struct naj_table_header* table,
                            struct output* output) {
  naj_status status;
  do {
    status = naj_encode_table(writing->encoder, output->size_bytes, table,
                              (const void*)(uintptr_t)table->metadata_address,
                              table->metadata_bytes, &writing->target, &writing->error);
  } while (make_room(writing, status));
  if (status == NAJ_OK) append(output, writing);
  return status;
}

/* `count` rows from `start` on. */
static naj_status put_slice(struct writing* writing, const struct naj_schema* schema,
                            const struct naj_table_header* table, int64_t start, int64_t count,
                            struct output* output) {
  const struct naj_plan* plan = schema->plan;
  const struct naj_table_node* nodes = (const struct naj_table_node*)(const void*)(table + 1);
  const struct naj_table_buffer* buffers =
      (const struct naj_table_buffer*)(const void*)(nodes + table->node_count);
  const int64_t* variadic = (const int64_t*)(const void*)(buffers + table->buffer_count);
  struct naj_array_node* sliced = naj_fuzz_allocate(table->node_count, (int64_t)sizeof *sliced);
  for (int64_t i = 0; i < table->node_count; i++) {
    const int is_column = plan->nodes[i].parent_node < 0;
    sliced[i].length = is_column ? count : nodes[i].length;
    sliced[i].offset = is_column ? start : 0;
    sliced[i].null_count = is_column && nodes[i].null_count > 0 ? -1 : nodes[i].null_count;
    sliced[i].buffer_count = plan->nodes[i].buffer_count;
    if (plan->nodes[i].has_variadic) sliced[i].buffer_count += *variadic++;
  }
  const struct naj_rows rows = {.row_count = count,
                                .nodes = sliced,
                                .node_count = table->node_count,
                                .buffers = buffers,
                                .buffer_count = table->buffer_count};
  naj_status status;
  do {
    status = naj_encode_batch(writing->encoder, output->size_bytes, &rows, NULL, 0,
                              &writing->target, &writing->error);
  } while (make_room(writing, status));
  if (status == NAJ_OK) append(output, writing);
  free(sliced);
  return status;
}

static naj_status next_table(struct naj_stream* stream, struct naj_memory* memory, int64_t at,
                             int64_t size_bytes, struct naj_decode_target* room,
                             struct naj_error* error) {
  naj_status status;
  naj_fuzz_make_room(room, NAJ_OK);
  do {
    status = naj_stream_next(stream, memory, at, size_bytes - at, 1, room, error);
  } while (naj_fuzz_make_room(room, status));
  return status;
}

/* Reads the schema and the batch of `output` and writes the batch again: the same bytes. */
static void check_fixpoint(struct writing* writing, const struct output* output,
                           int64_t schema_bytes, int64_t row_count, int32_t metadata_version) {
  struct naj_memory* memory = NULL;
  struct naj_stream* stream = NULL;
  struct naj_error error;
  struct naj_decode_target room = {0};
  int64_t at = 0;
  int64_t needed = 0;
  NAJ_FUZZ_REQUIRE(naj_memory_wrap(output->bytes, output->size_bytes, NULL, 0, &memory, &error) ==
                   NAJ_OK);
  NAJ_FUZZ_REQUIRE(naj_stream_open(NULL, &stream, &error) == NAJ_OK);
  NAJ_FUZZ_REQUIRE(naj_stream_schema(stream, memory, 0, output->size_bytes, &at, &needed, &error) ==
                   NAJ_OK);
  NAJ_FUZZ_REQUIRE(at == schema_bytes);
  NAJ_FUZZ_REQUIRE(next_table(stream, memory, at, output->size_bytes, &room, &error) == NAJ_OK);
  const struct naj_table_header* table = room.table;
  NAJ_FUZZ_REQUIRE(table->kind == NAJ_TABLE_BATCH && table->row_count == row_count);
  struct naj_schema* schema = naj_stream_get_schema(stream);
  NAJ_FUZZ_REQUIRE(schema->header->metadata_version == metadata_version);
  struct output again = {0};
  again.bytes = naj_fuzz_allocate(schema_bytes, 1);
  memcpy(again.bytes, output->bytes, (size_t)schema_bytes);
  again.size_bytes = schema_bytes;
  NAJ_FUZZ_REQUIRE(put_table(writing, table, &again) == NAJ_OK);
  NAJ_FUZZ_REQUIRE(again.size_bytes == output->size_bytes &&
                   memcmp(again.bytes, output->bytes, (size_t)again.size_bytes) == 0);
  free(again.bytes);
  naj_fuzz_free_room(&room);
  naj_stream_close(stream);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
}

static void write_batch(struct writing* writing, const struct naj_schema* schema,
                        const struct naj_table_header* table, const struct choice* choice) {
  for (int is_slice = 0; is_slice < 2; is_slice++) {
    struct output output = {0};
    const int64_t start = is_slice ? choice->start % (table->row_count + 1) : 0;
    const int64_t left = table->row_count - start;
    const int64_t count = is_slice && choice->count < left ? choice->count : left;
    if (put_schema(writing, &output) == NAJ_OK) {
      const int64_t schema_bytes = output.size_bytes;
      const int32_t version = choice->options.metadata_version;
      const int is_same_layout = schema->header->metadata_version == version;
      const naj_status status = is_slice || !is_same_layout
                                    ? put_slice(writing, schema, table, start, count, &output)
                                    : put_table(writing, table, &output);
      if (status == NAJ_OK) check_fixpoint(writing, &output, schema_bytes, count, version);
    }
    free(output.bytes);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const struct choice choice = choose(data, size);
  struct naj_memory* memory = NULL;
  struct naj_stream* stream = NULL;
  struct naj_error error;
  struct naj_decode_target room = {0};
  int64_t at = 0;
  int64_t needed = 0;
  NAJ_FUZZ_REQUIRE(naj_memory_wrap(data, (int64_t)size, NULL, 0, &memory, &error) == NAJ_OK);
  NAJ_FUZZ_REQUIRE(naj_stream_open(NULL, &stream, &error) == NAJ_OK);
  struct writing writing = {.target = {.parts = naj_fuzz_allocate(1, sizeof(struct naj_encoded)),
                                       .parts_bytes = (int64_t)sizeof(struct naj_encoded),
                                       .is_whole = choice.is_whole}};
  if (naj_stream_schema(stream, memory, 0, (int64_t)size, &at, &needed, &error) == NAJ_OK &&
      naj_encoder_open(naj_stream_get_schema(stream), &choice.options, &writing.encoder, &error) ==
          NAJ_OK) {
    for (int i = 0; i < MOST_BATCHES; i++) {
      if (next_table(stream, memory, at, (int64_t)size, &room, &error) != NAJ_OK) break;
      const struct naj_table_header* table = room.table;
      if (table->kind == NAJ_TABLE_END) break;
      at = table->next_offset;
      if (table->kind == NAJ_TABLE_BATCH)
        write_batch(&writing, naj_stream_get_schema(stream), table, &choice);
    }
  }
  naj_encoder_close(writing.encoder);
  free(writing.target.staging);
  free(writing.target.parts);
  naj_fuzz_free_room(&room);
  naj_stream_close(stream);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  NAJ_FUZZ_REQUIRE(naj_live_objects() == 0 && naj_live_bytes() == 0);
  return 0;
}
