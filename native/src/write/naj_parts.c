#include "write/naj_parts.h"

#include <string.h>

#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "write/naj_stream_copy.h"

/* COMPRESSED_PREFIX_BYTES: what compression may add to a buffer. */
enum { LEGACY_PREFIX_BYTES = 4, PREFIX_BYTES = 8, COMPRESSED_PREFIX_BYTES = 8 };
enum { LINE_BYTES = 64, PREFETCH_BYTES = 1024, PREFETCH_DISTANCE = 2 };
enum { LARGE_ROOM_BYTES = 8 << 20, LARGE_BODY_BYTES = 64 << 10 };

/* What a message takes, found before anything is written. */
struct plan {
  int64_t metadata_bytes;
  int64_t body_bytes;
  int64_t staged_bytes; /* with the metadata */
  int64_t part_count;
};

static int64_t padded(int64_t size_bytes, int64_t alignment_bytes) {
  return (size_bytes + alignment_bytes - 1) & -alignment_bytes;
}

naj_status naj_parts_check(const struct naj_encode_target* borrow_target, int64_t position,
                           struct naj_error* error) {
  if (borrow_target == NULL || borrow_target->parts == NULL ||
      borrow_target->parts_bytes < (int64_t)sizeof(struct naj_encoded) ||
      borrow_target->staging_bytes < 0)
    return naj_error_set(error, NAJ_MISUSE, -1, "no room for struct naj_encoded");
  if (position < 0 || position % 8 != 0 || position > INT64_MAX / 2)
    return naj_error_set(error, NAJ_MISUSE, -1, "no message begins at position %lld",
                         (long long)position);
  return NAJ_OK;
}

static int64_t prefix_bytes(const struct naj_framing* framing) {
  return framing->is_legacy ? LEGACY_PREFIX_BYTES : PREFIX_BYTES;
}

/* Prefix, flatbuffer and padding, up to a multiple of the alignment in the output. */
static int64_t metadata_size(const struct naj_framing* framing, int64_t position,
                             int64_t flatbuffer_bytes) {
  const int64_t end = position + prefix_bytes(framing) + flatbuffer_bytes;
  return padded(end, framing->alignment_bytes) - position;
}

/* What is known of the message goes along: its sizes are asked for that way. */
static naj_status need(const struct plan* plan, const struct naj_encode_target* target,
                       naj_status status, int64_t parts_bytes) {
  struct naj_encoded* encoded = target->parts;
  memset(encoded, 0, sizeof *encoded);
  encoded->needed_staging_bytes = plan->staged_bytes;
  encoded->needed_parts_bytes = parts_bytes;
  encoded->metadata_bytes = plan->metadata_bytes;
  encoded->body_bytes = plan->body_bytes;
  return status;
}

static naj_status check_room(const struct plan* plan, const struct naj_encode_target* target) {
  const int64_t parts_bytes = (int64_t)sizeof(struct naj_encoded) +
                              plan->part_count * (int64_t)sizeof(struct naj_encoded_part);
  const int64_t staging_bytes = target->staging == NULL ? 0 : target->staging_bytes;
  if (staging_bytes < plan->staged_bytes) return need(plan, target, NAJ_NEED_ARENA, parts_bytes);
  if (target->parts_bytes < parts_bytes) return need(plan, target, NAJ_NEED_TABLE, parts_bytes);
  return NAJ_OK;
}

static void write_u32(uint8_t* to, uint32_t value) {
  for (int i = 0; i < 4; i++) to[i] = (uint8_t)(value >> (8 * i));
}

/* Around a flatbuffer of `size_bytes` that is, or will be, in its place. */
static void write_frame(const struct naj_framing* framing, uint8_t* staging, int64_t size_bytes,
                        int64_t metadata_bytes) {
  const int64_t prefix = prefix_bytes(framing);
  if (!framing->is_legacy) write_u32(staging, UINT32_MAX);
  write_u32(staging + prefix - 4, (uint32_t)(metadata_bytes - prefix));
  memset(staging + prefix + size_bytes, 0, (size_t)(metadata_bytes - prefix - size_bytes));
}

static void finish(const struct plan* plan, const struct naj_encode_target* target) {
  struct naj_encoded* encoded = target->parts;
  memset(encoded, 0, sizeof *encoded);
  encoded->metadata_bytes = plan->metadata_bytes;
  encoded->body_bytes = plan->body_bytes;
  encoded->part_count = plan->part_count;
  encoded->staged_bytes = plan->staged_bytes;
}

static struct naj_encoded_part* parts_of(const struct naj_encode_target* target) {
  return (struct naj_encoded_part*)((struct naj_encoded*)target->parts + 1);
}

naj_status naj_parts_of_flatbuffer(const struct naj_framing* borrow_framing, int64_t position,
                                   int has_prefix, const uint8_t* borrow_flatbuffer,
                                   int64_t size_bytes,
                                   const struct naj_encode_target* borrow_target,
                                   struct naj_error* error) {
  (void)error;
  struct plan plan = {.part_count = 1};
  plan.metadata_bytes =
      has_prefix ? metadata_size(borrow_framing, position, size_bytes) : size_bytes;
  plan.staged_bytes = plan.metadata_bytes;
  NAJ_TRY(check_room(&plan, borrow_target));
  uint8_t* staging = borrow_target->staging;
  const int64_t prefix = has_prefix ? prefix_bytes(borrow_framing) : 0;
  memcpy(staging + prefix, borrow_flatbuffer, (size_t)size_bytes);
  if (has_prefix) write_frame(borrow_framing, staging, size_bytes, plan.metadata_bytes);
  *parts_of(borrow_target) =
      (struct naj_encoded_part){(int64_t)(uintptr_t)staging, plan.staged_bytes};
  finish(&plan, borrow_target);
  return NAJ_OK;
}

/* ------------------------------------------------------------------ bodies */

/* Lays the buffers out one after the other: offsets and sizes to `out_places`, which may be at any
 * address, or nowhere (NULL). */
static naj_status lay_out(const struct naj_framing* framing, const struct naj_body* body,
                          uint8_t* out_places, struct plan* plan, struct naj_error* error) {
  const int64_t mask = framing->alignment_bytes - 1;
  const int64_t gather_below_bytes = framing->gather_below_bytes;
  int64_t body_bytes = 0;
  int64_t staged_bytes = plan->metadata_bytes;
  int64_t large_count = 0;
  int64_t split_count = 0; /* large buffers with something staged before the next */
  int is_staged = 0;
  for (int64_t i = 0; i < body->buffer_count; i++) {
    const int64_t size = body->buffers[i].size_bytes;
    if (NAJ_UNLIKELY(size < 0 || size > INT64_MAX / 4 - body_bytes))
      return naj_error_set(error, NAJ_UNSUPPORTED, -1, "a body of more than 2^61 bytes");
    const int64_t padded_bytes = (size + mask) & ~mask;
    if (out_places != NULL) {
      const int64_t place[2] = {body_bytes, size};
      memcpy(out_places + 16 * i, place, sizeof place);
    }
    body_bytes += padded_bytes;
    if (size < gather_below_bytes) {
      staged_bytes += padded_bytes;
      is_staged |= padded_bytes > 0;
      continue;
    }
    split_count += large_count > 0 && is_staged;
    large_count++;
    staged_bytes += padded_bytes - size;
    is_staged = padded_bytes > size;
  }
  split_count += large_count > 0 && is_staged;
  plan->body_bytes = body_bytes;
  plan->staged_bytes = staged_bytes;
  plan->part_count = 1 + large_count + split_count;
  return NAJ_OK;
}

/* `size_bytes` of a buffer and zeros up to its padded size. */
static void copy_padded(uint8_t* to, const struct naj_table_buffer* buffer, int64_t padded_bytes,
                        int64_t alignment_bytes) {
  const int64_t size = buffer->size_bytes;
  if (size < padded_bytes) {
    if (alignment_bytes == 64) {
      memset(to + padded_bytes - 64, 0, 64);
    } else {
      memset(to + size, 0, (size_t)(padded_bytes - size));
    }
  }
  memcpy(to, (const void*)(uintptr_t)buffer->address, (size_t)size);
}

/* Starts loading a small buffer that will be copied soon: bodies lie in memory that nothing has
 * touched yet, and each buffer is too short for the processor to see the pattern. */
static void prefetch(const struct naj_table_buffer* buffer) {
  const char* bytes = (const char*)(uintptr_t)buffer->address;
  int64_t size = buffer->size_bytes;
  if (size > PREFETCH_BYTES) size = PREFETCH_BYTES;
  for (int64_t i = 0; i < size; i += LINE_BYTES) __builtin_prefetch(bytes + i);
}

/* Room for many messages takes more than caches hold before anybody reads it. What a small message
 * saves is lost at its ends, which share lines with what comes before and after. */
static int goes_past_caches(const struct naj_framing* framing, const struct plan* plan,
                            const struct naj_encode_target* target) {
  const uintptr_t body = (uintptr_t)target->staging + (uintptr_t)plan->metadata_bytes;
  return NAJ_HAS_STREAM_COPY && target->is_whole && target->staging_bytes >= LARGE_ROOM_BYTES &&
         plan->body_bytes >= LARGE_BODY_BYTES && framing->alignment_bytes % NAJ_STREAM_BYTES == 0 &&
         body % NAJ_STREAM_BYTES == 0;
}

/* All of the body as one piece, into memory that nobody is about to read. */
static void gather_past_caches(const struct naj_framing* framing, const struct naj_body* body,
                               uint8_t* next) {
  for (int64_t i = 0; i < body->buffer_count; i++) {
    const struct naj_table_buffer* buffer = &body->buffers[i];
    const int64_t padded_bytes = padded(buffer->size_bytes, framing->alignment_bytes);
    if (i + PREFETCH_DISTANCE < body->buffer_count) prefetch(buffer + PREFETCH_DISTANCE);
    naj_stream_copy(next, (const uint8_t*)(uintptr_t)buffer->address, buffer->size_bytes,
                    padded_bytes);
    next += padded_bytes;
  }
  naj_stream_copy_end();
}

/* Copies what is small behind the metadata and lists the parts. */
static void gather(const struct naj_framing* framing, const struct naj_body* body,
                   const struct plan* plan, const struct naj_encode_target* target) {
  const int64_t alignment_bytes = framing->alignment_bytes;
  uint8_t* next = (uint8_t*)target->staging + plan->metadata_bytes;
  uint8_t* begin = target->staging; /* of what is staged and in no part yet */
  struct naj_encoded_part* part = parts_of(target);
  for (int64_t i = 0; i < body->buffer_count; i++) {
    const struct naj_table_buffer* buffer = &body->buffers[i];
    const int64_t size = buffer->size_bytes;
    const int64_t padded_bytes = padded(size, alignment_bytes);
    if (i + PREFETCH_DISTANCE < body->buffer_count) prefetch(buffer + PREFETCH_DISTANCE);
    if (size < framing->gather_below_bytes) {
      if (size == 0) continue;
      copy_padded(next, buffer, padded_bytes, alignment_bytes);
      next += padded_bytes;
      continue;
    }
    if (next > begin) *part++ = (struct naj_encoded_part){(int64_t)(uintptr_t)begin, next - begin};
    *part++ = (struct naj_encoded_part){buffer->address, size};
    begin = next;
    if (padded_bytes > size) memset(next, 0, (size_t)(padded_bytes - size));
    next += padded_bytes - size;
  }
  if (next > begin) *part++ = (struct naj_encoded_part){(int64_t)(uintptr_t)begin, next - begin};
}

naj_status naj_parts_of_body(const struct naj_framing* borrow_framing, int64_t position,
                             const struct naj_message_template* borrow_template,
                             const struct naj_body* borrow_body,
                             const struct naj_encode_target* borrow_target,
                             struct naj_error* error) {
  struct plan plan = {.metadata_bytes =
                          metadata_size(borrow_framing, position, borrow_template->size_bytes)};
  uint8_t* staging = borrow_target->staging;
  const int has_metadata_room =
      staging != NULL && borrow_target->staging_bytes >= plan.metadata_bytes;
  uint8_t* flatbuffer = has_metadata_room ? staging + prefix_bytes(borrow_framing) : NULL;
  uint8_t* places =
      has_metadata_room ? flatbuffer + borrow_template->holes[NAJ_HOLE_BUFFERS].offset : NULL;
  NAJ_TRY(lay_out(borrow_framing, borrow_body, places, &plan, error));
  NAJ_TRY(check_room(&plan, borrow_target));
  naj_message_template_copy(borrow_template, borrow_body->row_count, plan.body_bytes, flatbuffer);
  const struct naj_message_hole* holes = borrow_template->holes;
  if (holes[NAJ_HOLE_NODES].size_bytes > 0)
    memcpy(flatbuffer + holes[NAJ_HOLE_NODES].offset, borrow_body->nodes,
           (size_t)holes[NAJ_HOLE_NODES].size_bytes);
  if (holes[NAJ_HOLE_VARIADIC].size_bytes > 0)
    memcpy(flatbuffer + holes[NAJ_HOLE_VARIADIC].offset, borrow_body->variadic_counts,
           (size_t)holes[NAJ_HOLE_VARIADIC].size_bytes);
  write_frame(borrow_framing, staging, borrow_template->size_bytes, plan.metadata_bytes);
  if (goes_past_caches(borrow_framing, &plan, borrow_target)) {
    gather_past_caches(borrow_framing, borrow_body, staging + plan.metadata_bytes);
    *parts_of(borrow_target) =
        (struct naj_encoded_part){(int64_t)(uintptr_t)staging, plan.staged_bytes};
  } else {
    gather(borrow_framing, borrow_body, &plan, borrow_target);
  }
  finish(&plan, borrow_target);
  return NAJ_OK;
}

naj_status naj_parts_room_for_compressed(const struct naj_framing* borrow_framing,
                                         int64_t metadata_bytes, const struct naj_body* borrow_body,
                                         const struct naj_encode_target* borrow_target) {
  struct plan plan = {.staged_bytes = metadata_bytes, .part_count = 1};
  for (int64_t i = 0; i < borrow_body->buffer_count; i++) {
    int64_t size = borrow_body->buffers[i].size_bytes;
    if (size <= 0) continue;
    if (size >= borrow_framing->gather_below_bytes - COMPRESSED_PREFIX_BYTES) {
      plan.part_count += 2;
      size = borrow_framing->gather_below_bytes;
    }
    plan.staged_bytes += padded(size + COMPRESSED_PREFIX_BYTES, borrow_framing->alignment_bytes);
  }
  return check_room(&plan, borrow_target);
}
