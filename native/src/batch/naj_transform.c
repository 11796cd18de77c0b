#include "batch/naj_transform.h"

#include <string.h>

#include "codec/naj_codec.h"
#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_pool.h"
#include "core/naj_status.h"
#include "nanoarrow/ipc/flatcc_generated.h"
#include "schema/naj_schema.h"

#define FB(name) org_apache_arrow_flatbuf_##name

enum { ALIGNMENT = 64, VIEW_BYTES = 16, VIEW_INLINE_BYTES = 12 };

/* Waking a worker costs some 10 us, which is what decompressing 30 KB takes: below this, threads do
 * not pay. */
enum { LEAST_BYTES_FOR_THREADS = 1 << 20 };

/* No ratio is asked for up to this. */
enum { FREE_DECOMPRESSED_BYTES = 1 << 20 };

/* One buffer: from the body into its place in the arena. */
struct naj_transform_piece {
  struct naj_compressed_buffer source;
  uint8_t* target;
  int32_t codec;
  int32_t swap;
  int32_t node_index;
  naj_status status;
};

static void swap_units(uint8_t* bytes, int64_t count, int32_t unit) {
  if (unit == 8) {
    for (int64_t i = 0; i < count; i++, bytes += 8) {
      uint64_t value;
      memcpy(&value, bytes, sizeof value);
      value = __builtin_bswap64(value);
      memcpy(bytes, &value, sizeof value);
    }
  } else if (unit == 4) {
    for (int64_t i = 0; i < count; i++, bytes += 4) {
      uint32_t value;
      memcpy(&value, bytes, sizeof value);
      value = __builtin_bswap32(value);
      memcpy(bytes, &value, sizeof value);
    }
  } else {
    for (int64_t i = 0; i < count; i++, bytes += unit) {
      for (int32_t k = 0; k < unit / 2; k++) {
        const uint8_t byte = bytes[k];
        bytes[k] = bytes[unit - 1 - k];
        bytes[unit - 1 - k] = byte;
      }
    }
  }
}

/* The bytes of an inline value and the prefix of a long one are bytes in either order. */
static void swap_view(uint8_t* view) {
  int32_t size;
  swap_units(view, 1, 4);
  memcpy(&size, view, sizeof size);
  if (size > VIEW_INLINE_BYTES) swap_units(view + 8, 2, 4);
}

void naj_swap_items(int32_t swap, uint8_t* bytes, int64_t size_bytes) {
  switch (swap) {
    case NAJ_SWAP_NONE:
      break;
    case NAJ_SWAP_VIEWS:
      for (int64_t i = 0; i < size_bytes / VIEW_BYTES; i++) swap_view(bytes + i * VIEW_BYTES);
      break;
    case NAJ_SWAP_MONTH_DAY_NANO:
      for (int64_t i = 0; i < size_bytes / 16; i++) {
        swap_units(bytes + i * 16, 2, 4);
        swap_units(bytes + i * 16 + 8, 1, 8);
      }
      break;
    default:
      swap_units(bytes, size_bytes / swap, swap);
  }
}

/* Why a buffer is refused, with the column it belongs to. */
static naj_status refuse(const struct naj_transform* transform, const struct naj_plan_node* node,
                         naj_status status, struct naj_error* error) {
  if (error != NULL) {
    char path[sizeof error->path];
    error->offset_bytes = transform->input_offset;
    naj_schema_path(transform->schema, node->field_index, path, (int64_t)sizeof path);
    naj_error_set_path(error, path);
  }
  return status;
}

/* Room in the arena for `size_bytes`; NULL while measuring. */
static naj_status take(struct naj_transform* transform, int64_t size_bytes, int is_measure,
                       uint8_t** out_bytes, struct naj_error* error) {
  int64_t end = 0;
  if (!naj_checked_add(transform->used_bytes, size_bytes, &end) ||
      !naj_checked_add(end, ALIGNMENT - 1, &end))
    return naj_error_set(error, NAJ_INVALID_DATA, -1, "decompressed sizes are out of range");
  end = end / ALIGNMENT * ALIGNMENT;
  *out_bytes = NULL;
  if (!is_measure) {
    /* Measured before; fails only when the input changes while it is read. */
    if (end > transform->arena_bytes)
      return naj_error_set(error, NAJ_INVALID_DATA, -1, "the input changed while it was read");
    *out_bytes = transform->arena + transform->used_bytes;
  }
  transform->used_bytes = end;
  return NAJ_OK;
}

/* What the body holds for buffer `index`, not decompressed. */
static naj_status read_source(const struct naj_transform* transform, size_t index,
                              struct naj_compressed_buffer* out_source, struct naj_error* error) {
  FB(Buffer_vec_t) buffers = transform->buffers;
  const int64_t offset = FB(Buffer_offset)(&buffers[index]);
  const int64_t size = FB(Buffer_length)(&buffers[index]);
  if (!naj_range_within(offset, size, transform->body_bytes))
    return naj_error_set(error, NAJ_INVALID_DATA, -1,
                         "buffer outside the body; offset, size: %lld, %lld", (long long)offset,
                         (long long)size);
  if (transform->codec != NAJ_NO_CODEC)
    return naj_compressed_buffer_read(transform->codec, transform->body + offset, size, out_source,
                                      error);
  out_source->bytes = transform->body + offset;
  out_source->size_bytes = out_source->decompressed_bytes = size;
  out_source->is_stored = 1;
  return NAJ_OK;
}

/* A decompressed size of `size` must be what the length demands; *out_is_absent: it is too short,
 * and need not be there. */
static naj_status check_size(const struct naj_plan_buffer* wanted,
                             const struct naj_table_node* node, int64_t size, int* out_is_absent,
                             struct naj_error* error) {
  int64_t needed = 0;
  if (!naj_plan_needed_bytes(wanted, node->length, &needed))
    return naj_error_set(error, NAJ_INVALID_DATA, -1, "length out of range: %lld",
                         (long long)node->length);
  *out_is_absent = size < needed && (node->length == 0 || (wanted->kind == NAJ_BUFFER_VALIDITY &&
                                                           naj_bitmap_may_be_short(node, size)));
  if (size >= needed || *out_is_absent) return NAJ_OK;
  return naj_error_set(error, NAJ_INVALID_DATA, -1, "buffer too small; size, needed: %lld, %lld",
                       (long long)size, (long long)needed);
}

static naj_status do_piece(const struct naj_transform_piece* piece, struct naj_error* error) {
  NAJ_TRY(naj_decompress(piece->codec, &piece->source, piece->target, error));
  naj_swap_items(piece->swap, piece->target, piece->source.decompressed_bytes);
  return NAJ_OK;
}

static void do_noted_piece(void* context, int64_t index) {
  struct naj_transform_piece* piece = (struct naj_transform_piece*)context + index;
  piece->status = do_piece(piece, NULL);
}

/* Does what has been noted. A piece that failed is done again, alone: to say why, and of several
 * always the first. */
static naj_status do_noted_pieces(const struct naj_transform* transform, struct naj_error* error) {
  naj_pool_run(do_noted_piece, transform->pieces, transform->piece_count);
  for (int64_t i = 0; i < transform->piece_count; i++) {
    const struct naj_transform_piece* piece = &transform->pieces[i];
    if (piece->status == NAJ_OK) continue;
    const naj_status status = do_piece(piece, error);
    if (status != NAJ_OK)
      return refuse(transform, &transform->schema->plan->nodes[piece->node_index], status, error);
  }
  return NAJ_OK;
}

static naj_status count_decompressed(struct naj_transform* transform,
                                     const struct naj_compressed_buffer* source,
                                     struct naj_error* error) {
  if (source->is_stored) return NAJ_OK;
  transform->compressed_count += source->decompressed_bytes > 0;
  /* Buffers may be the same bytes. */
  if (!naj_checked_add(transform->compressed_bytes, source->size_bytes,
                       &transform->compressed_bytes))
    transform->compressed_bytes = INT64_MAX;
  if (naj_checked_add(transform->decompressed_bytes, source->decompressed_bytes,
                      &transform->decompressed_bytes) &&
      transform->decompressed_bytes <= transform->max_decompressed_bytes)
    return NAJ_OK;
  return naj_error_set(error, NAJ_LIMIT_EXCEEDED, -1,
                       "the body would be decompressed to more than the limit of %lld bytes",
                       (long long)transform->max_decompressed_bytes);
}

static naj_status transform_buffer(struct naj_transform* transform,
                                   const struct naj_plan_buffer* wanted,
                                   const struct naj_table_node* node, int is_measure, size_t index,
                                   struct naj_table_buffer* out_buffer, struct naj_error* error) {
  struct naj_compressed_buffer source;
  int is_absent = 0;
  NAJ_TRY(read_source(transform, index, &source, error));
  if (is_measure) NAJ_TRY(count_decompressed(transform, &source, error));
  NAJ_TRY(check_size(wanted, node, source.decompressed_bytes, &is_absent, error));
  const int64_t size = is_absent ? 0 : source.decompressed_bytes;
  const int32_t swap = transform->is_swap ? wanted->swap : NAJ_SWAP_NONE;
  const uint8_t* bytes = source.bytes;
  if (size > 0 && (!source.is_stored || swap != NAJ_SWAP_NONE)) {
    uint8_t* target = NULL;
    NAJ_TRY(take(transform, size, is_measure, &target, error));
    if (is_measure) return NAJ_OK;
    const struct naj_transform_piece piece = {.source = source,
                                              .target = target,
                                              .codec = transform->codec,
                                              .swap = swap,
                                              .node_index = (int32_t)(node - transform->nodes)};
    if (transform->pieces != NULL && !source.is_stored &&
        transform->piece_count < transform->compressed_count) {
      transform->pieces[transform->piece_count++] = piece;
    } else {
      NAJ_TRY(do_piece(&piece, error));
    }
    bytes = target;
  }
  if (is_measure) return NAJ_OK;
  out_buffer->address = size == 0 ? 0 : (int64_t)(uintptr_t)bytes;
  out_buffer->size_bytes = size;
  return NAJ_OK;
}

static naj_status transform_round(struct naj_transform* transform, int is_measure,
                                  struct naj_table_buffer* out_buffers, struct naj_error* error) {
  static const struct naj_plan_buffer variadic = {.kind = NAJ_BUFFER_DATA};
  const struct naj_plan* plan = transform->schema->plan;
  size_t next = 0;
  size_t next_variadic = 0;
  transform->used_bytes = 0;
  for (int32_t i = 0; i < plan->node_count; i++) {
    const struct naj_plan_node* node = &plan->nodes[i];
    const int64_t variadic_count =
        node->has_variadic ? transform->variadic_counts[next_variadic++] : 0;
    if (node->is_skipped) {
      const size_t count = (size_t)(node->buffer_count + variadic_count);
      memset(&out_buffers[next], 0, count * sizeof *out_buffers);
      next += count;
      continue;
    }
    for (int64_t k = 0; k < node->buffer_count + variadic_count; k++, next++) {
      const struct naj_plan_buffer* wanted =
          k < node->buffer_count ? &plan->buffers[node->first_buffer + k] : &variadic;
      const naj_status status = transform_buffer(transform, wanted, &transform->nodes[i],
                                                 is_measure, next, &out_buffers[next], error);
      if (status != NAJ_OK) return refuse(transform, node, status, error);
    }
  }
  return NAJ_OK;
}

static naj_status check_ratio(const struct naj_transform* transform, struct naj_error* error) {
  const int64_t bytes = transform->decompressed_bytes;
  if (bytes <= FREE_DECOMPRESSED_BYTES || transform->max_decompression_ratio == 0 ||
      transform->compressed_bytes > (bytes - 1) / transform->max_decompression_ratio)
    return NAJ_OK;
  return naj_error_set(error, NAJ_LIMIT_EXCEEDED, transform->input_offset,
                       "%lld compressed bytes would become %lld, more than %lld times as many",
                       (long long)transform->compressed_bytes,
                       (long long)transform->decompressed_bytes,
                       (long long)transform->max_decompression_ratio);
}

naj_status naj_transform_body(struct naj_transform* transform, struct naj_table_buffer* out_buffers,
                              struct naj_error* error) {
  NAJ_TRY(transform_round(transform, 1, out_buffers, error));
  NAJ_TRY(check_ratio(transform, error));
  if (transform->used_bytes > transform->arena_bytes)
    return naj_error_set(error, NAJ_NEED_ARENA, -1, "arena of %lld bytes where %lld are needed",
                         (long long)transform->arena_bytes, (long long)transform->used_bytes);
  if (transform->use_threads && transform->compressed_count >= 2 &&
      transform->decompressed_bytes >= LEAST_BYTES_FOR_THREADS && naj_pool_worker_count() > 0) {
    transform->pieces = naj_alloc(transform->compressed_count * (int64_t)sizeof *transform->pieces);
    if (transform->pieces == NULL)
      return naj_error_set(error, NAJ_NO_MEMORY, transform->input_offset,
                           "no memory to decompress a body");
  }
  naj_status status = transform_round(transform, 0, out_buffers, error);
  if (status == NAJ_OK && transform->piece_count > 0) status = do_noted_pieces(transform, error);
  naj_free(transform->pieces);
  transform->pieces = NULL;
  if (status != NAJ_OK) return status;
  naj_account_body_allocated(transform->used_bytes);
  return NAJ_OK;
}
