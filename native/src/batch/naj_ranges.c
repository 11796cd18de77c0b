#include "batch/naj_ranges.h"

#include <stdlib.h>

#include "batch/naj_plan.h"
#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "nanoarrow/ipc/flatcc_generated.h"
#include "schema/naj_dictionaries.h"
#include "schema/naj_schema.h"

#define FB(name) org_apache_arrow_flatbuf_##name

/* What is read along rather than skipped: a page, which the system reads as a whole anyway. */
enum { SMALLEST_GAP_BYTES = 4096 };

static int by_start(const void* a, const void* b) {
  const struct naj_range* first = a;
  const struct naj_range* second = b;
  return (first->start > second->start) - (first->start < second->start);
}

/* Joins what lies less than `gap_bytes` apart; ranges are ascending. Returns how many are left. */
static int64_t join_near(struct naj_range* ranges, int64_t count, int64_t gap_bytes) {
  int64_t joined = 0;
  for (int64_t i = 0; i < count; i++) {
    const int64_t end = ranges[i].start + ranges[i].size_bytes;
    struct naj_range* last = joined == 0 ? NULL : &ranges[joined - 1];
    if (last != NULL && ranges[i].start - (last->start + last->size_bytes) < gap_bytes) {
      if (end > last->start + last->size_bytes) last->size_bytes = end - last->start;
    } else {
      ranges[joined++] = ranges[i];
    }
  }
  return joined;
}

/* Collects the buffers of selected fields. Returns their number, -1 when the numbers of the batch
 * do not agree with the plan or the body. */
static int64_t collect(const struct naj_plan* plan, FB(RecordBatch_table_t) batch,
                       int64_t buffer_count, int64_t body_bytes, struct naj_range* out_ranges) {
  FB(Buffer_vec_t) buffers = FB(RecordBatch_buffers)(batch);
  flatbuffers_int64_vec_t variadic_counts = FB(RecordBatch_variadicBufferCounts)(batch);
  if (flatbuffers_int64_vec_len(variadic_counts) != (size_t)plan->variadic_field_count) return -1;
  int64_t next = 0;
  size_t next_variadic = 0;
  int64_t found = 0;
  for (int32_t i = 0; i < plan->node_count; i++) {
    const struct naj_plan_node* node = &plan->nodes[i];
    int64_t count = node->buffer_count;
    if (node->has_variadic) {
      const int64_t variadic = flatbuffers_int64_vec_at(variadic_counts, next_variadic++);
      if (variadic < 0 || !naj_checked_add(count, variadic, &count)) return -1;
    }
    if (count > buffer_count - next) return -1;
    for (int64_t end = next + count; next < end; next++) {
      if (node->is_skipped) continue;
      const int64_t start = FB(Buffer_offset)(&buffers[next]);
      const int64_t size = FB(Buffer_length)(&buffers[next]);
      if (!naj_range_within(start, size, body_bytes)) return -1;
      if (size > 0) out_ranges[found++] = (struct naj_range){start, size};
    }
  }
  return next == buffer_count ? found : -1;
}

static naj_status batch_ranges(const struct naj_schema* schema, FB(RecordBatch_table_t) batch,
                               int64_t body_bytes, struct naj_range* out_ranges, int64_t capacity,
                               int64_t* out_count, struct naj_error* error) {
  const int64_t buffer_count = (int64_t)FB(Buffer_vec_len)(FB(RecordBatch_buffers)(batch));
  struct naj_range* ranges = naj_alloc_zeroed(buffer_count, (int64_t)sizeof *ranges);
  if (ranges == NULL)
    return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory for %lld ranges",
                         (long long)buffer_count);
  int64_t count = collect(schema->plan, batch, buffer_count, body_bytes, ranges);
  if (count < 0) {
    count = body_bytes > 0;
    if (count > 0) out_ranges[0] = (struct naj_range){0, body_bytes};
  } else {
    qsort(ranges, (size_t)count, sizeof *ranges, by_start);
    int64_t gap_bytes = SMALLEST_GAP_BYTES;
    count = join_near(ranges, count, gap_bytes);
    while (count > capacity) {
      gap_bytes = gap_bytes > INT64_MAX / 2 ? INT64_MAX : gap_bytes * 2;
      count = join_near(ranges, count, gap_bytes);
    }
    for (int64_t i = 0; i < count; i++) out_ranges[i] = ranges[i];
  }
  naj_free(ranges);
  *out_count = count;
  return NAJ_OK;
}

naj_status naj_message_ranges(const struct naj_schema* borrow_schema,
                              const struct naj_message* borrow_message,
                              struct naj_range* out_ranges, int64_t capacity, int64_t* out_count,
                              struct naj_error* error) {
  const int64_t body_bytes = borrow_message->body_bytes;
  if (capacity < 1) return naj_error_set(error, NAJ_MISUSE, -1, "no room for ranges");
  if (borrow_message->type == NAJ_MESSAGE_RECORD_BATCH)
    return batch_ranges(borrow_schema, borrow_message->header, body_bytes, out_ranges, capacity,
                        out_count, error);
  if (borrow_message->type == NAJ_MESSAGE_DICTIONARY_BATCH) {
    FB(DictionaryBatch_table_t) dictionary = borrow_message->header;
    const int32_t index =
        naj_dictionaries_find(borrow_schema->dictionaries, FB(DictionaryBatch_id)(dictionary));
    FB(RecordBatch_table_t) values = FB(DictionaryBatch_data)(dictionary);
    if (index >= 0 && values != NULL)
      return batch_ranges(borrow_schema->dictionaries->entries[index].values, values, body_bytes,
                          out_ranges, capacity, out_count, error);
  }
  *out_count = body_bytes > 0;
  if (body_bytes > 0) out_ranges[0] = (struct naj_range){0, body_bytes};
  return NAJ_OK;
}
