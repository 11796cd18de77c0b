/* Bodies of record batches before they are laid out: rows truncated to what is asked for, buffer by
 * buffer, then compressed. */
#ifndef NAJ_WRITE_BODY_H
#define NAJ_WRITE_BODY_H

#include "naj/naj_write.h"

/* Memory that lasts as long as one message; blocks are kept and reused by the next. */
struct naj_scratch;
naj_status naj_scratch_create(struct naj_scratch** out_scratch, struct naj_error* error);
void naj_scratch_free(struct naj_scratch* scratch);
/* Forgets all that was taken; keeps the memory. */
void naj_scratch_reset(struct naj_scratch* borrow_scratch);
/* `size_bytes` aligned to 64, uninitialised; NULL when memory ran out. */
void* naj_scratch_take(struct naj_scratch* borrow_scratch, int64_t size_bytes);
/* Gives back all but the first `size_bytes` of what was taken last. */
void naj_scratch_shrink(struct naj_scratch* borrow_scratch, const void* borrow_taken,
                        int64_t size_bytes);

/* The memory that bytes taken lie in, borrowed; NULL for other bytes. */
struct naj_memory* naj_scratch_memory(const struct naj_scratch* borrow_scratch,
                                      const void* borrow_address);

/* What a RecordBatch message lists, in its order; arrays and the bytes that buffers point to are
 * the rows' or the scratch's. Sizes are without padding. */
struct naj_body {
  int64_t row_count;
  int64_t node_count;
  struct naj_table_node* nodes; /* null counts computed, never -1 */
  int64_t buffer_count;         /* with variadic ones */
  struct naj_table_buffer* buffers;
  int64_t variadic_count;
  int64_t* variadic_counts;
  int32_t is_compressed; /* the message names the codec */
};

/* Truncates rows of `borrow_schema`. Buffers that need no change are pointed to, not copied. What
 * offsets, sizes, type ids, run ends and views say is checked as far as it is followed:
 * NAJ_INVALID_DATA with path and row. Nodes or buffers that are not those of the schema are
 * NAJ_MISUSE. `metadata_version` as in naj_write_options: V5 has no place for nulls of a union
 * itself (NAJ_UNSUPPORTED), V4 gets a bitmap for unions and runs whether the rows bring one or not.
 */
naj_status naj_body_prepare(const struct naj_schema* borrow_schema, int32_t metadata_version,
                            const struct naj_rows* borrow_rows, struct naj_scratch* borrow_scratch,
                            struct naj_body* out_body, struct naj_error* error);

/* NAJ_MISUSE for what no writer can do (a level that the codec does not have), NAJ_UNSUPPORTED for
 * an unknown codec. */
naj_status naj_write_options_check(const struct naj_write_options* borrow_options,
                                   struct naj_error* error);

/* Replaces each buffer that is not empty by its 8-byte prefix and compressed bytes in scratch, or
 * by -1 and the bytes themselves when that does not save enough. A large body goes to several
 * threads. On failure some buffers are replaced and some are not. */
naj_status naj_body_compress(const struct naj_write_options* borrow_options,
                             struct naj_scratch* borrow_scratch, struct naj_body* borrow_body,
                             struct naj_error* error);

#endif
