#include "schema/naj_dictionaries.h"

#include <stdlib.h>
#include <string.h>

#include "core/naj_alloc.h"
#include "core/naj_status.h"
#include "schema/naj_schema.h"

static int by_id_and_field(const void* a, const void* b) {
  const struct naj_dictionary* first = a;
  const struct naj_dictionary* second = b;
  if (first->id != second->id) return first->id < second->id ? -1 : 1;
  return first->field_index < second->field_index ? -1 : first->field_index > second->field_index;
}

/* The value type's shape, parameters and nested dictionaries; names, nullability and metadata may
 * differ. */
static int same_value_type(const struct naj_schema* schema, int32_t first, int32_t second) {
  const int32_t count = schema->subtree_end[first] - first;
  if (schema->subtree_end[second] - second != count) return 0;
  for (int32_t i = 0; i < count; i++) {
    const struct naj_field_record* a = &schema->fields[first + i];
    const struct naj_field_record* b = &schema->fields[second + i];
    const int a_is_dictionary = (a->flags & NAJ_FIELD_DICTIONARY) != 0;
    const int b_is_dictionary = (b->flags & NAJ_FIELD_DICTIONARY) != 0;
    if (a->type != b->type || a->child_count != b->child_count || a->param0 != b->param0 ||
        a->param1 != b->param1 || a->param2 != b->param2 || a->extra_size != b->extra_size ||
        (i > 0 && (a_is_dictionary != b_is_dictionary || a->index_type != b->index_type ||
                   a->dictionary_id != b->dictionary_id)))
      return 0;
    if (a->extra_size > 0 &&
        memcmp(schema->descriptor + a->extra_offset, schema->descriptor + b->extra_offset,
               (size_t)a->extra_size) != 0)
      return 0;
  }
  return 1;
}

/* Copies what a field refers to from the parent's descriptor to the next place of `block`. */
static void move_bytes(const struct naj_schema* schema, uint8_t* block, int64_t* offset,
                       int64_t size, int64_t* next) {
  if (size <= 0) {
    *offset = 0;
    return;
  }
  const int64_t from = *offset;
  *offset = *next;
  *next += (size + 7) / 8 * 8;
  memcpy(block + *offset, schema->descriptor + from, (size_t)size);
}

static int64_t values_size(const struct naj_schema* schema, int32_t first, int32_t count) {
  int64_t size =
      (int64_t)sizeof(struct naj_schema_header) + count * (int64_t)sizeof(struct naj_field_record);
  for (int32_t i = 0; i < count; i++) {
    const struct naj_field_record* field = &schema->fields[first + i];
    size += ((int64_t)field->name_size + 7) / 8 * 8 + (field->metadata_size + 7) / 8 * 8 +
            (field->extra_size + 7) / 8 * 8;
  }
  return size;
}

static naj_status create_values(const struct naj_schema* schema, int32_t field_index,
                                int64_t input_offset, const struct naj_limits* limits,
                                struct naj_schema** out_values, struct naj_error* error) {
  const int32_t count = schema->subtree_end[field_index] - field_index;
  const int64_t size = values_size(schema, field_index, count);
  uint8_t* block = naj_alloc_zeroed(1, size);
  if (block == NULL)
    return naj_error_set(error, NAJ_NO_MEMORY, input_offset, "no memory for a value type");
  struct naj_schema_header* header = (struct naj_schema_header*)(void*)block;
  header->version = NAJ_DESCRIPTOR_VERSION;
  header->field_count = count;
  header->column_count = 1;
  header->big_endian = schema->header->big_endian;
  header->metadata_version = schema->header->metadata_version;
  header->total_size = size;
  struct naj_field_record* fields = (struct naj_field_record*)(void*)(header + 1);
  int64_t next = (int64_t)((uint8_t*)(fields + count) - block);
  for (int32_t i = 0; i < count; i++) {
    fields[i] = schema->fields[field_index + i];
    int64_t name_offset = fields[i].name_offset;
    move_bytes(schema, block, &name_offset, fields[i].name_size, &next);
    fields[i].name_offset = name_offset;
    move_bytes(schema, block, &fields[i].metadata_offset, fields[i].metadata_size, &next);
    move_bytes(schema, block, &fields[i].extra_offset, fields[i].extra_size, &next);
  }
  fields[0].flags &= ~(NAJ_FIELD_DICTIONARY | NAJ_FIELD_DICTIONARY_ORDERED);
  fields[0].index_type = 0;
  fields[0].dictionary_id = 0;
  const naj_status status =
      naj_schema_create_values(block, size, input_offset, limits, out_values, error);
  if (status != NAJ_OK) naj_free(block);
  return status;
}

static naj_status refuse(const struct naj_schema* schema, int32_t field_index, naj_status status,
                         int64_t input_offset, const char* reason, struct naj_error* error) {
  naj_error_set(error, status, input_offset, "%s", reason);
  if (error != NULL) {
    char path[sizeof error->path];
    naj_schema_path(schema, field_index, path, (int64_t)sizeof path);
    naj_error_set_path(error, path);
  }
  return status;
}

/* Keeps the first field of each id, in place. */
static naj_status keep_first(const struct naj_schema* schema, struct naj_dictionaries* found,
                             int64_t input_offset, const struct naj_limits* limits,
                             struct naj_error* error) {
  int32_t kept = 0;
  int64_t fields = 0;
  for (int32_t i = 0; i < found->count; i++) {
    const struct naj_dictionary* entry = &found->entries[i];
    if (kept > 0 && found->entries[kept - 1].id == entry->id) {
      if (!same_value_type(schema, found->entries[kept - 1].field_index, entry->field_index))
        return refuse(schema, entry->field_index, NAJ_INVALID_DATA, input_offset,
                      "shares a dictionary id with a field of another value type", error);
      continue;
    }
    fields += schema->subtree_end[entry->field_index] - entry->field_index;
    if (fields > limits->max_fields)
      return refuse(schema, entry->field_index, NAJ_LIMIT_EXCEEDED, input_offset,
                    "the value types of dictionaries have too many fields", error);
    found->entries[kept++] = *entry;
  }
  found->count = kept;
  return NAJ_OK;
}

naj_status naj_dictionaries_create(const struct naj_schema* borrow_schema, int64_t input_offset,
                                   const struct naj_limits* borrow_limits,
                                   struct naj_dictionaries** out_dictionaries,
                                   struct naj_error* error) {
  int32_t count = 0;
  for (int32_t i = 0; i < borrow_schema->header->field_count; i++)
    count += (borrow_schema->fields[i].flags & NAJ_FIELD_DICTIONARY) != 0;
  if (count == 0) {
    *out_dictionaries = NULL;
    return NAJ_OK;
  }
  struct naj_dictionaries* found = naj_alloc_zeroed(1, (int64_t)sizeof *found);
  if (found != NULL) found->entries = naj_alloc_zeroed(count, (int64_t)sizeof *found->entries);
  if (found == NULL || found->entries == NULL) {
    naj_dictionaries_free(found);
    return naj_error_set(error, NAJ_NO_MEMORY, input_offset, "no memory for dictionaries");
  }
  for (int32_t i = 0; i < borrow_schema->header->field_count; i++) {
    if (!(borrow_schema->fields[i].flags & NAJ_FIELD_DICTIONARY)) continue;
    found->entries[found->count].id = borrow_schema->fields[i].dictionary_id;
    found->entries[found->count++].field_index = i;
  }
  qsort(found->entries, (size_t)found->count, sizeof *found->entries, by_id_and_field);
  naj_status status = keep_first(borrow_schema, found, input_offset, borrow_limits, error);
  for (int32_t i = 0; i < found->count && status == NAJ_OK; i++)
    status = create_values(borrow_schema, found->entries[i].field_index, input_offset,
                           borrow_limits, &found->entries[i].values, error);
  if (status != NAJ_OK) {
    naj_dictionaries_free(found);
    return status;
  }
  *out_dictionaries = found;
  return NAJ_OK;
}

void naj_dictionaries_free(struct naj_dictionaries* dictionaries) {
  if (dictionaries == NULL) return;
  for (int32_t i = 0; i < dictionaries->count && dictionaries->entries != NULL; i++)
    naj_schema_release(dictionaries->entries[i].values);
  naj_free(dictionaries->entries);
  naj_free(dictionaries);
}

int32_t naj_dictionaries_find(const struct naj_dictionaries* borrow_dictionaries, int64_t id) {
  if (borrow_dictionaries == NULL) return -1;
  int32_t low = 0;
  int32_t high = borrow_dictionaries->count;
  while (low < high) {
    const int32_t middle = low + (high - low) / 2;
    if (borrow_dictionaries->entries[middle].id < id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < borrow_dictionaries->count && borrow_dictionaries->entries[low].id == id ? low : -1;
}

int32_t naj_schema_dictionary_count(const struct naj_schema* borrow_schema) {
  return borrow_schema->dictionaries == NULL ? 0 : borrow_schema->dictionaries->count;
}

int64_t naj_schema_dictionary_id(const struct naj_schema* borrow_schema, int32_t dictionary_index) {
  if (dictionary_index < 0 || dictionary_index >= naj_schema_dictionary_count(borrow_schema))
    return 0;
  return borrow_schema->dictionaries->entries[dictionary_index].id;
}

struct naj_schema* naj_schema_dictionary_values(const struct naj_schema* borrow_schema,
                                                int32_t dictionary_index) {
  if (dictionary_index < 0 || dictionary_index >= naj_schema_dictionary_count(borrow_schema))
    return NULL;
  return borrow_schema->dictionaries->entries[dictionary_index].values;
}
