#include <string.h>

#include "batch/naj_concat_buffers.h"
#include "batch/naj_plan.h"
#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "naj/naj.h"
#include "schema/naj_schema.h"

enum { ALIGNMENT = 64, OFFSETS = 1 /* the index of offsets among the buffers of text */ };

/* What a memory with room to grow begins with: where each buffer lies in it, and its room. */
struct grown {
  int64_t start[NAJ_PLAN_MAX_BUFFERS];
  int64_t capacity_bytes[NAJ_PLAN_MAX_BUFFERS];
};

/* One of the two arrays, what its offsets span. */
struct side {
  const struct naj_table_node* node;
  const struct naj_table_buffer* buffers;
  int64_t first_item;
  int64_t item_count;
};

/* One call; `target` is where the rows go. */
struct append {
  const struct naj_plan* plan;
  struct side first;
  struct side second;
  int64_t length;
  int64_t size_bytes[NAJ_PLAN_MAX_BUFFERS];
  uint8_t* target[NAJ_PLAN_MAX_BUFFERS];
  struct naj_error* error;
};

static const uint8_t* bytes_of(const struct naj_table_buffer* buffer) {
  return (const uint8_t*)(uintptr_t)buffer->address;
}

int32_t naj_append_serves(const struct naj_schema* borrow_schema) {
  const struct naj_plan* plan = borrow_schema->plan;
  if (plan->node_count != 1 || plan->variadic_field_count != 0 || plan->nodes[0].is_skipped)
    return 0;
  for (int32_t k = 0; k < plan->buffer_count; k++) {
    const struct naj_plan_buffer* buffer = &plan->buffers[k];
    switch (buffer->kind) {
      case NAJ_BUFFER_VALIDITY:
      case NAJ_BUFFER_BITS:
      case NAJ_BUFFER_OFFSETS32:
      case NAJ_BUFFER_OFFSETS64:
      case NAJ_BUFFER_DATA:
        break;
      case NAJ_BUFFER_FIXED:
        /* Rows without bytes would get a bitmap that no byte of the input stands for. */
        if (buffer->width_bytes == 0) return 0;
        break;
      default:
        return 0;
    }
  }
  return plan->buffer_count > 0;
}

static naj_status read_side(const struct append* append, const struct naj_table_header* table,
                            struct side* out_side) {
  out_side->node = (const struct naj_table_node*)(table + 1);
  out_side->buffers = (const struct naj_table_buffer*)(out_side->node + 1);
  out_side->first_item = out_side->item_count = 0;
  const int64_t length = out_side->node->length;
  const struct naj_plan_buffer* wanted = &append->plan->buffers[OFFSETS];
  if (append->plan->buffer_count <= OFFSETS + 1 || length == 0) return NAJ_OK;
  const uint8_t* offsets = bytes_of(&out_side->buffers[OFFSETS]);
  const int64_t first = naj_load_int(offsets, 0, wanted->width_bytes);
  const int64_t last = naj_load_int(offsets, length, wanted->width_bytes);
  if (first < 0 || first > last || last > out_side->buffers[OFFSETS + 1].size_bytes)
    return naj_error_set(append->error, NAJ_INVALID_DATA, -1,
                         "offsets from %lld to %lld where %lld bytes are", (long long)first,
                         (long long)last, (long long)out_side->buffers[OFFSETS + 1].size_bytes);
  out_side->first_item = first;
  out_side->item_count = last - first;
  return NAJ_OK;
}

/* The bytes that the buffers of all rows take. */
static naj_status measure(struct append* append) {
  int64_t items = 0;
  int is_fine =
      naj_checked_add(append->first.node->length, append->second.node->length, &append->length) &&
      naj_checked_add(append->first.item_count, append->second.item_count, &items);
  for (int32_t k = 0; is_fine && k < append->plan->buffer_count; k++) {
    const struct naj_plan_buffer* buffer = &append->plan->buffers[k];
    append->size_bytes[k] = items;
    if (buffer->kind != NAJ_BUFFER_DATA)
      is_fine = naj_plan_needed_bytes(buffer, append->length, &append->size_bytes[k]);
  }
  if (is_fine) return NAJ_OK;
  return naj_error_set(append->error, NAJ_LIMIT_EXCEEDED, -1, "the dictionary is too large");
}

static int fits(const struct append* append, const struct naj_memory* memory) {
  if (memory == NULL) return 0;
  const struct grown* grown = (const struct grown*)(const void*)naj_memory_address(memory);
  for (int32_t k = 0; k < append->plan->buffer_count; k++)
    if (append->size_bytes[k] > grown->capacity_bytes[k]) return 0;
  return 1;
}

static void aim(struct append* append, const struct naj_memory* memory) {
  uint8_t* base = (uint8_t*)(uintptr_t)naj_memory_address(memory);
  const struct grown* grown = (const struct grown*)(const void*)base;
  for (int32_t k = 0; k < append->plan->buffer_count; k++)
    append->target[k] = base + grown->start[k];
}

/* Room for twice what is there. */
static naj_status allocate(const struct append* append, struct naj_memory** out_memory) {
  struct grown grown = {{0}, {0}};
  int64_t end = ALIGNMENT;
  for (int32_t k = 0; k < append->plan->buffer_count; k++) {
    int64_t capacity = 0;
    if (!naj_checked_mul(append->size_bytes[k], 2, &capacity) ||
        !naj_checked_add(capacity, 2 * ALIGNMENT - 1, &capacity))
      return naj_error_set(append->error, NAJ_LIMIT_EXCEEDED, -1, "the dictionary is too large");
    capacity = capacity / ALIGNMENT * ALIGNMENT;
    grown.start[k] = end;
    grown.capacity_bytes[k] = capacity;
    if (!naj_checked_add(end, capacity, &end))
      return naj_error_set(append->error, NAJ_LIMIT_EXCEEDED, -1, "the dictionary is too large");
  }
  NAJ_TRY(naj_memory_allocate(end, out_memory, append->error));
  memcpy((void*)(uintptr_t)naj_memory_address(*out_memory), &grown, sizeof grown);
  naj_account_body_allocated(end);
  return NAJ_OK;
}

static const uint8_t* validity_of(const struct side* side) {
  return side->node->null_count == 0 ? NULL : bytes_of(&side->buffers[0]);
}

/* Writes the rows of a side but for their validity: `row` and `item` are where they begin. */
static naj_status write_rows(const struct append* append, const struct side* side, int64_t row,
                             int64_t item) {
  const int64_t length = side->node->length;
  if (length == 0) return NAJ_OK;
  for (int32_t k = 0; k < append->plan->buffer_count; k++) {
    const struct naj_plan_buffer* buffer = &append->plan->buffers[k];
    const uint8_t* bytes = bytes_of(&side->buffers[k]);
    const int64_t width = buffer->width_bytes;
    switch (buffer->kind) {
      case NAJ_BUFFER_VALIDITY:
        break;
      case NAJ_BUFFER_BITS:
        naj_concat_bits(bytes, 0, length, append->target[k], row);
        break;
      case NAJ_BUFFER_DATA:
        if (side->item_count > 0)
          memcpy(append->target[k] + item, bytes + side->first_item, (size_t)side->item_count);
        break;
      case NAJ_BUFFER_OFFSETS32:
      case NAJ_BUFFER_OFFSETS64: {
        const struct naj_shift shift = {.least = side->first_item,
                                        .most = side->first_item + side->item_count,
                                        .base = item,
                                        .is_ascending = 1};
        NAJ_TRY(naj_concat_shifted(bytes + width, length, buffer->width_bytes, &shift,
                                   append->target[k] + (row + 1) * width, append->error));
        break;
      }
      default:
        memcpy(append->target[k] + row * width, bytes, (size_t)(length * width));
    }
  }
  return NAJ_OK;
}

/* The bitmap, if there are nulls at all. Older tables that had none do not look at it. */
static int64_t write_validity(const struct append* append, int is_in_place) {
  const uint8_t* first = validity_of(&append->first);
  const uint8_t* second = validity_of(&append->second);
  const int64_t before = append->first.node->length;
  if (first == NULL && second == NULL) return 0;
  if (first == NULL || !is_in_place) naj_concat_bits(first, 0, before, append->target[0], 0);
  naj_concat_bits(second, 0, append->second.node->length, append->target[0], before);
  const int64_t nulls_before = first == NULL ? 0
                               : is_in_place ? append->first.node->null_count
                                             : naj_count_zero_bits(first, before);
  return nulls_before +
         (second == NULL ? 0 : naj_count_zero_bits(second, append->second.node->length));
}

static void write_table(const struct append* append, int64_t null_count, void* out_table) {
  struct naj_table_header* header = out_table;
  memset(header, 0, NAJ_APPEND_TABLE_BYTES);
  header->kind = NAJ_TABLE_BATCH;
  header->row_count = append->length;
  header->node_count = 1;
  header->buffer_count = append->plan->buffer_count;
  struct naj_table_node* node = (struct naj_table_node*)(header + 1);
  struct naj_table_buffer* buffers = (struct naj_table_buffer*)(node + 1);
  node->length = append->length;
  node->null_count = null_count;
  for (int32_t k = 0; k < append->plan->buffer_count; k++) {
    const int is_left_out =
        append->size_bytes[k] == 0 ||
        (append->plan->buffers[k].kind == NAJ_BUFFER_VALIDITY && null_count == 0);
    if (is_left_out) continue;
    buffers[k].address = (int64_t)(uintptr_t)append->target[k];
    buffers[k].size_bytes = append->size_bytes[k];
  }
}

naj_status naj_append(const struct naj_schema* borrow_schema,
                      const struct naj_table_header* borrow_first, struct naj_memory* borrow_grown,
                      const struct naj_table_header* borrow_second, void* out_table,
                      struct naj_memory** out_memory, struct naj_error* error) {
  const struct naj_plan* plan = borrow_schema->plan;
  struct append append = {.plan = plan, .error = error};
  if (!naj_append_serves(borrow_schema) || borrow_first->node_count != 1 ||
      borrow_second->node_count != 1 || borrow_first->buffer_count != plan->buffer_count ||
      borrow_second->buffer_count != plan->buffer_count)
    return naj_error_set(error, NAJ_MISUSE, -1, "the tables are not of a schema that is served");
  NAJ_TRY(read_side(&append, borrow_first, &append.first));
  NAJ_TRY(read_side(&append, borrow_second, &append.second));
  NAJ_TRY(measure(&append));
  struct naj_memory* memory = NULL;
  const int is_in_place = fits(&append, borrow_grown);
  if (!is_in_place) NAJ_TRY(allocate(&append, &memory));
  aim(&append, is_in_place ? borrow_grown : memory);
  naj_status status = is_in_place ? NAJ_OK : write_rows(&append, &append.first, 0, 0);
  if (status == NAJ_OK)
    status =
        write_rows(&append, &append.second, append.first.node->length, append.first.item_count);
  if (status != NAJ_OK) {
    if (memory != NULL) {
      naj_memory_release(memory);
      naj_memory_unreserve(memory);
    }
    return status;
  }
  write_table(&append, write_validity(&append, is_in_place), out_table);
  *out_memory = memory;
  return NAJ_OK;
}
