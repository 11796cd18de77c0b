#include "support/naj_schemas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/naj_status.h"
#include "message/naj_message.h"

naj_status test_read_schema(struct test_bytes framed, const struct naj_limits* borrow_limits,
                            struct naj_schema** out_schema, struct naj_error* error) {
  struct naj_message message;
  int64_t needed;
  NAJ_TRY(naj_message_read(framed.bytes, framed.size, 0, borrow_limits, &message, &needed, error));
  naj_status status = NAJ_MISUSE;
  if (!message.is_end && message.type == NAJ_MESSAGE_SCHEMA) {
    status = naj_schema_decode(message.header, message.metadata_version, 0, borrow_limits,
                               out_schema, error);
  }
  naj_message_reset(&message);
  return status;
}

naj_status test_decode(const struct test_schema* schema, struct naj_schema** out_schema,
                       struct naj_error* error) {
  struct test_bytes framed = test_frame(test_schema_flatbuffer(schema, 4), 0);
  naj_status status = test_read_schema(framed, NULL, out_schema, error);
  free(framed.bytes);
  return status;
}

naj_status test_decode_field(const struct test_field* field, struct naj_schema** out_schema,
                             struct naj_error* error) {
  struct test_schema schema = {.fields = field, .field_count = 1};
  return test_decode(&schema, out_schema, error);
}

struct naj_schema* test_must_decode(const struct test_schema* schema) {
  struct naj_error error;
  struct naj_schema* decoded;
  if (test_decode(schema, &decoded, &error) != NAJ_OK) {
    fprintf(stderr, "not decoded: %s: %s\n", error.path, error.text);
    exit(1);
  }
  return decoded;
}

static int same_bytes(const struct naj_schema* a, int64_t a_offset, int64_t a_size,
                      const struct naj_schema* b, int64_t b_offset, int64_t b_size) {
  return a_size == b_size &&
         memcmp(a->descriptor + a_offset, b->descriptor + b_offset, (size_t)a_size) == 0;
}

static int same_field(const struct naj_schema* a, const struct naj_schema* b, int32_t index) {
  const struct naj_field_record* x = &a->fields[index];
  const struct naj_field_record* y = &b->fields[index];
  return x->type == y->type && x->flags == y->flags && x->child_count == y->child_count &&
         x->index_type == y->index_type && x->param0 == y->param0 && x->param1 == y->param1 &&
         x->param2 == y->param2 && a->parent[index] == b->parent[index] &&
         a->depth[index] == b->depth[index] && a->subtree_end[index] == b->subtree_end[index] &&
         same_bytes(a, x->name_offset, x->name_size, b, y->name_offset, y->name_size) &&
         same_bytes(a, x->metadata_offset, x->metadata_size, b, y->metadata_offset,
                    y->metadata_size) &&
         same_bytes(a, x->extra_offset, x->extra_size, b, y->extra_offset, y->extra_size);
}

int test_same_schema(const struct naj_schema* a, const struct naj_schema* b) {
  const struct naj_schema_header* x = a->header;
  const struct naj_schema_header* y = b->header;
  if (x->field_count != y->field_count || x->column_count != y->column_count ||
      x->node_count != y->node_count || x->buffer_count != y->buffer_count ||
      !same_bytes(a, x->metadata_offset, x->metadata_size, b, y->metadata_offset,
                  y->metadata_size)) {
    fprintf(stderr, "headers differ\n");
    return 0;
  }
  for (int32_t i = 0; i < x->field_count; i++) {
    if (same_field(a, b, i)) continue;
    char path[256];
    naj_schema_path(a, i, path, sizeof path);
    fprintf(stderr, "field %d (%s) differs\n", (int)i, path);
    return 0;
  }
  return 1;
}

int32_t test_find_field(const struct naj_schema* schema, const char* name) {
  for (int32_t i = 0; i < schema->header->field_count; i++) {
    const struct naj_field_record* field = &schema->fields[i];
    if ((size_t)field->name_size == strlen(name) &&
        memcmp(schema->descriptor + field->name_offset, name, strlen(name)) == 0) {
      return i;
    }
  }
  return -1;
}
