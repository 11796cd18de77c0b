/* Bytes as instructions that build an ArrowSchema tree: what is imported is exported and imported
 * again, and says the same. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "naj_fuzz.h"
#include "nanoarrow/nanoarrow.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

enum { MOST_NODES = 256, MOST_CHILDREN = 8 };

/* Formats that fuzzing would take long to spell. */
static const char* const formats[] = {
    "n",   "b",       "c",         "C",     "s",        "S",           "i",       "I",
    "l",   "L",       "e",         "f",     "g",        "z",           "Z",       "vz",
    "u",   "U",       "vu",        "d:5,2", "d:9,3,32", "w:4",         "tdD",     "tdm",
    "tts", "ttm",     "ttu",       "ttn",   "tDs",      "tDn",         "tiM",     "tiD",
    "tin", "+l",      "+L",        "+vl",   "+vL",      "+w:2",        "+s",      "+m",
    "+r",  "+ud:0,1", "+us:0,1,5", "tss:",  "tsn:UTC",  "d:76,-3,256", "+ud:127", "+us:"};

struct builder {
  const uint8_t* at;
  const uint8_t* end;
  int nodes;
};

static uint8_t next_byte(struct builder* builder) {
  return builder->at < builder->end ? *builder->at++ : 0;
}

/* A string of up to 15 bytes, NUL-terminated. */
static char* next_text(struct builder* builder) {
  const size_t size = next_byte(builder) & 15;
  char* text = calloc(1, size + 1);
  for (size_t i = 0; text != NULL && i < size; i++) text[i] = (char)next_byte(builder);
  return text;
}

static void release_schema(struct ArrowSchema* schema) {
  for (int64_t i = 0; i < schema->n_children; i++) {
    schema->children[i]->release(schema->children[i]);
    free(schema->children[i]);
  }
  free(schema->children);
  if (schema->dictionary != NULL) {
    schema->dictionary->release(schema->dictionary);
    free(schema->dictionary);
  }
  free((void*)(uintptr_t)schema->format);
  free((void*)(uintptr_t)schema->name);
  free((void*)(uintptr_t)schema->metadata);
  schema->release = NULL;
}

/* Two pairs at most; sizes are right, for the interface gives the reader no end to check against.
 */
static char* next_metadata(struct builder* builder) {
  const int32_t pairs = next_byte(builder) % 3;
  char* metadata = calloc(1, 4 + 4 * 32);
  if (metadata == NULL) return NULL;
  memcpy(metadata, &pairs, 4);
  char* at = metadata + 4;
  for (int32_t i = 0; i < 2 * pairs; i++) {
    const int32_t size = next_byte(builder) % 16;
    memcpy(at, &size, 4);
    at += 4;
    for (int32_t k = 0; k < size; k++) *at++ = (char)next_byte(builder);
  }
  return metadata;
}

static struct ArrowSchema* next_schema(struct builder* builder) {
  struct ArrowSchema* schema = calloc(1, sizeof *schema);
  if (schema == NULL) naj_fuzz_fail("memory");
  builder->nodes++;
  const uint8_t shape = next_byte(builder);
  const uint8_t format = next_byte(builder);
  if (format < 240) {
    schema->format = strdup(formats[format % (sizeof formats / sizeof *formats)]);
  } else if (format < 255) {
    schema->format = next_text(builder);
  }
  if (shape & 1) schema->name = next_text(builder);
  if (shape & 2) schema->metadata = next_metadata(builder);
  schema->flags = shape & 4 ? next_byte(builder) : 2;
  schema->release = release_schema;
  const int is_full = builder->nodes > MOST_NODES;
  const int64_t children = is_full ? 0 : (shape >> 4) % (MOST_CHILDREN + 1);
  if (children > 0) schema->children = calloc((size_t)children, sizeof *schema->children);
  for (int64_t i = 0; i < children && schema->children != NULL; i++) {
    schema->children[i] = next_schema(builder);
    schema->n_children = i + 1;
  }
  if ((shape & 8) && !is_full) schema->dictionary = next_schema(builder);
  return schema;
}

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  struct builder builder = {.at = data, .end = data + size};
  struct ArrowSchema* given = next_schema(&builder);
  struct naj_error error;
  struct naj_schema* schema = NULL;
  if (naj_schema_import(given, NULL, &schema, &error) == NAJ_OK) {
    struct ArrowSchema exported = {.release = NULL};
    NAJ_FUZZ_REQUIRE(naj_schema_export(schema, &exported, &error) == NAJ_OK);
    struct naj_schema* again = NULL;
    NAJ_FUZZ_REQUIRE(naj_schema_import(&exported, NULL, &again, &error) == NAJ_OK);
    const struct naj_schema_header* a = naj_schema_descriptor(schema);
    const struct naj_schema_header* b = naj_schema_descriptor(again);
    NAJ_FUZZ_REQUIRE(a->field_count == b->field_count && a->node_count == b->node_count);
    NAJ_FUZZ_REQUIRE(a->buffer_count == b->buffer_count);
    if (a->root_is_column == 0) {
      NAJ_FUZZ_REQUIRE(a->total_size == b->total_size);
      NAJ_FUZZ_REQUIRE(memcmp(a, b, (size_t)a->total_size) == 0);
    }
    naj_schema_release(again);
    exported.release(&exported);
    naj_schema_release(schema);
  }
  given->release(given);
  free(given);
  NAJ_FUZZ_REQUIRE(naj_live_objects() == 0 && naj_live_bytes() == 0);
  return 0;
}
