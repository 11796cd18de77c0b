#include <stdatomic.h>
#include <string.h>

#include "cdata/naj_schema_format.h"
#include "core/naj_alloc.h"
#include "core/naj_status.h"
#include "nanoarrow/nanoarrow.h"
#include "schema/naj_schema.h"

/* All that an exported schema consists of, but for the root struct: structs, pointers to children,
 * texts. Each struct holds one reference, so that a child moved away outlives its parent. */
struct export_block {
  _Atomic int64_t references;
  struct ArrowSchema* next_struct;
  struct ArrowSchema** next_pointer;
  char* next_text;
};

struct export_sizes {
  int64_t structs;
  int64_t pointers;
  int64_t text_bytes;
};

static void release_schema(struct ArrowSchema* schema) {
  if (schema == NULL || schema->release == NULL) return;
  for (int64_t i = 0; i < schema->n_children; i++) {
    struct ArrowSchema* child = schema->children[i];
    if (child != NULL && child->release != NULL) child->release(child);
  }
  if (schema->dictionary != NULL && schema->dictionary->release != NULL) {
    schema->dictionary->release(schema->dictionary);
  }
  struct export_block* block = schema->private_data;
  schema->release = NULL;
  schema->private_data = NULL;
  if (atomic_fetch_sub_explicit(&block->references, 1, memory_order_acq_rel) == 1) {
    naj_free(block);
  }
}

static int is_dictionary(const struct naj_field_record* field) {
  return (field->flags & NAJ_FIELD_DICTIONARY) != 0;
}

static const uint8_t* extra_of(const struct naj_schema* schema,
                               const struct naj_field_record* field) {
  return schema->descriptor + field->extra_offset;
}

/* C strings end at their first NUL, so a name or zone with one in it cannot be told. */
static naj_status check_texts(const struct naj_schema* schema, int32_t index,
                              struct naj_error* error) {
  const struct naj_field_record* field = &schema->fields[index];
  int has_nul =
      memchr(schema->descriptor + field->name_offset, 0, (size_t)field->name_size) != NULL ||
      (field->type == NAJ_TYPE_TIMESTAMP &&
       memchr(extra_of(schema, field), 0, (size_t)field->extra_size) != NULL);
  if (!has_nul) return NAJ_OK;
  naj_error_set(error, NAJ_UNSUPPORTED, -1,
                "a name or time zone with a NUL byte has no form in the C Data Interface");
  if (error != NULL) {
    char path[sizeof error->path];
    naj_schema_path(schema, index, path, (int64_t)sizeof path);
    naj_error_set_path(error, path);
  }
  return NAJ_UNSUPPORTED;
}

static int64_t format_size(int32_t type, const struct naj_field_record* field,
                           const uint8_t* extra) {
  return naj_format_write(type, field, extra, NULL, 0) + 1;
}

static naj_status measure(const struct naj_schema* schema, struct export_sizes* out_sizes,
                          struct naj_error* error) {
  const struct naj_schema_header* header = schema->header;
  struct export_sizes sizes = {0, header->column_count, header->metadata_size};
  for (int32_t i = 0; i < header->field_count; i++) {
    const struct naj_field_record* field = &schema->fields[i];
    NAJ_TRY(check_texts(schema, i, error));
    sizes.structs += 1 + is_dictionary(field);
    sizes.pointers += field->child_count;
    sizes.text_bytes += (int64_t)field->name_size + 1 + field->metadata_size;
    sizes.text_bytes += format_size(field->type, field, extra_of(schema, field));
    if (is_dictionary(field)) sizes.text_bytes += format_size(field->index_type, field, NULL);
  }
  *out_sizes = sizes;
  return NAJ_OK;
}

static const char* put_bytes(struct export_block* block, const uint8_t* bytes, int64_t size) {
  char* text = block->next_text;
  if (size > 0) memcpy(text, bytes, (size_t)size);
  block->next_text += size;
  return text;
}

static const char* put_metadata(struct export_block* block, const struct naj_schema* schema,
                                int64_t offset, int64_t size) {
  return size == 0 ? NULL : put_bytes(block, schema->descriptor + offset, size);
}

static const char* put_format(struct export_block* block, int32_t type,
                              const struct naj_field_record* field, const uint8_t* extra) {
  char* text = block->next_text;
  block->next_text += naj_format_write(type, field, extra, text, INT64_MAX) + 1;
  return text;
}

static void open_struct(struct export_block* block, const char* format, const char* name,
                        struct ArrowSchema* out_struct) {
  memset(out_struct, 0, sizeof *out_struct);
  out_struct->format = format;
  out_struct->name = name;
  out_struct->release = release_schema;
  out_struct->private_data = block;
  atomic_fetch_add_explicit(&block->references, 1, memory_order_relaxed);
}

static int64_t c_flags(int32_t flags, int32_t wanted) {
  int64_t result = 0;
  if (flags & wanted & NAJ_FIELD_NULLABLE) result |= ARROW_FLAG_NULLABLE;
  if (flags & wanted & NAJ_FIELD_DICTIONARY_ORDERED) result |= ARROW_FLAG_DICTIONARY_ORDERED;
  if (flags & wanted & NAJ_FIELD_KEYS_SORTED) result |= ARROW_FLAG_MAP_KEYS_SORTED;
  return result;
}

/* Fills the structs of field `index`; its children are filled later, in pre-order, through
 * `holders[index]`, the struct that has them. */
static void export_field(const struct naj_schema* schema, int32_t index, struct export_block* block,
                         struct ArrowSchema** holders, struct ArrowSchema* out_struct) {
  const struct naj_field_record* field = &schema->fields[index];
  const char* name = put_bytes(block, schema->descriptor + field->name_offset, field->name_size);
  *block->next_text++ = '\0';
  const char* value_format = put_format(block, field->type, field, extra_of(schema, field));
  struct ArrowSchema* holder = out_struct;
  if (is_dictionary(field)) {
    open_struct(block, put_format(block, field->index_type, field, NULL), name, out_struct);
    out_struct->flags = c_flags(field->flags, NAJ_FIELD_NULLABLE | NAJ_FIELD_DICTIONARY_ORDERED);
    holder = block->next_struct++;
    out_struct->dictionary = holder;
    open_struct(block, value_format, "", holder);
    holder->flags = ARROW_FLAG_NULLABLE | c_flags(field->flags, NAJ_FIELD_KEYS_SORTED);
  } else {
    open_struct(block, value_format, name, holder);
    holder->flags = c_flags(field->flags, NAJ_FIELD_NULLABLE | NAJ_FIELD_KEYS_SORTED);
  }
  out_struct->metadata = put_metadata(block, schema, field->metadata_offset, field->metadata_size);
  holder->children = field->child_count == 0 ? NULL : block->next_pointer;
  block->next_pointer += field->child_count;
  holders[index] = holder;
}

/* Appends the next child of `parent`, whose n_children counts up to what it will be. */
static struct ArrowSchema* next_child(struct export_block* block, struct ArrowSchema* parent) {
  struct ArrowSchema* child = block->next_struct++;
  parent->children[parent->n_children++] = child;
  return child;
}

naj_status naj_schema_export(const struct naj_schema* borrow_schema, struct ArrowSchema* out_schema,
                             struct naj_error* error) {
  struct export_sizes sizes;
  NAJ_TRY(measure(borrow_schema, &sizes, error));
  int64_t field_count = borrow_schema->header->field_count;
  int64_t structs_offset = (int64_t)sizeof(struct export_block);
  int64_t pointers_offset = structs_offset + sizes.structs * (int64_t)sizeof(struct ArrowSchema);
  int64_t text_offset = pointers_offset + sizes.pointers * (int64_t)sizeof(struct ArrowSchema*);
  struct ArrowSchema** holders = naj_alloc_zeroed(field_count, (int64_t)sizeof *holders);
  char* memory = holders == NULL ? NULL : naj_alloc_zeroed(1, text_offset + sizes.text_bytes);
  if (memory == NULL) {
    naj_free(holders);
    return naj_error_set(error, NAJ_NO_MEMORY, -1, "out of memory for %lld fields",
                         (long long)field_count);
  }
  struct export_block* block = (struct export_block*)memory;
  atomic_init(&block->references, 0);
  block->next_struct = (struct ArrowSchema*)(memory + structs_offset);
  block->next_pointer = (struct ArrowSchema**)(memory + pointers_offset);
  block->next_text = memory + text_offset;

  const struct naj_schema_header* header = borrow_schema->header;
  struct ArrowSchema root;
  open_struct(block, "+s", "", &root);
  root.metadata =
      put_metadata(block, borrow_schema, header->metadata_offset, header->metadata_size);
  root.children = header->column_count == 0 ? NULL : block->next_pointer;
  block->next_pointer += header->column_count;
  for (int32_t i = 0; i < header->field_count; i++) {
    int32_t parent = borrow_schema->parent[i];
    struct ArrowSchema* child = next_child(block, parent < 0 ? &root : holders[parent]);
    export_field(borrow_schema, i, block, holders, child);
  }
  naj_free(holders);
  *out_schema = root;
  return NAJ_OK;
}
