#include <string.h>

#include "codec/naj_compress.h"
#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_pool.h"
#include "core/naj_status.h"
#include "write/naj_body.h"

enum {
  PREFIX_BYTES = 8,
  ALIGNMENT = 64,
  /* Waking a thread costs some 10 us, in which the fastest codec compresses that much. */
  LEAST_THREADED_BYTES = 1 << 20,
  LEAST_TASK_BYTES = 1 << 17
};

struct compress {
  struct naj_compression compression;
  double least_savings; /* of a buffer's size */
  struct naj_table_buffer* buffers;
  struct task* tasks;
};

/* Buffers [first, end) go one after the other to `room`. */
struct task {
  int64_t first;
  int64_t end;
  int64_t raw_bytes;
  uint8_t* room;
  int64_t used_bytes;
  naj_status status;
};

static naj_status no_memory(struct naj_error* error) {
  return naj_error_set(error, NAJ_NO_MEMORY, -1, "no memory to compress a body");
}

static int64_t aligned(int64_t size_bytes) {
  return (size_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* For what compress_buffer writes; -1: too many. Stored bytes fit too. */
static int64_t room_of(const struct compress* compress, int64_t size_bytes) {
  const int64_t room = naj_compress_room(&compress->compression, size_bytes);
  return room < 0 ? -1 : PREFIX_BYTES + (room < size_bytes ? size_bytes : room);
}

static void store_prefix(uint8_t* at, int64_t value) {
  for (int i = 0; i < PREFIX_BYTES; i++) at[i] = (uint8_t)((uint64_t)value >> (8 * i));
}

static int saves_enough(const struct compress* compress, int64_t size_bytes, int64_t raw_bytes) {
  return size_bytes >= 0 && 1.0 - (double)size_bytes / (double)raw_bytes >= compress->least_savings;
}

/* Replaces one buffer that is not empty by what is written to `room`. */
static naj_status compress_buffer(const struct compress* compress, struct naj_table_buffer* buffer,
                                  uint8_t* room, struct naj_error* error) {
  const uint8_t* bytes = (const uint8_t*)(uintptr_t)buffer->address;
  const int64_t raw_bytes = buffer->size_bytes;
  int64_t size = 0;
  NAJ_TRY(
      naj_compress(&compress->compression, bytes, raw_bytes, room + PREFIX_BYTES, &size, error));
  if (saves_enough(compress, size, raw_bytes)) {
    store_prefix(room, raw_bytes);
  } else {
    store_prefix(room, -1);
    memcpy(room + PREFIX_BYTES, bytes, (size_t)raw_bytes);
    size = raw_bytes;
  }
  buffer->address = (int64_t)(uintptr_t)room;
  buffer->size_bytes = PREFIX_BYTES + size;
  return NAJ_OK;
}

static naj_status compress_one_by_one(const struct compress* compress, int64_t count,
                                      struct naj_scratch* scratch, struct naj_error* error) {
  int64_t used = 0;
  for (int64_t i = 0; i < count; i++) {
    struct naj_table_buffer* buffer = &compress->buffers[i];
    if (buffer->size_bytes == 0) continue;
    uint8_t* room = naj_scratch_take(scratch, room_of(compress, buffer->size_bytes));
    if (room == NULL) return no_memory(error);
    NAJ_TRY(compress_buffer(compress, buffer, room, error));
    naj_scratch_shrink(scratch, room, buffer->size_bytes);
    used += buffer->size_bytes;
  }
  naj_account_body_allocated(used);
  return NAJ_OK;
}

static void run_task(void* context, int64_t index) {
  const struct compress* compress = context;
  struct task* task = &compress->tasks[index];
  for (int64_t i = task->first; i < task->end; i++) {
    struct naj_table_buffer* buffer = &compress->buffers[i];
    if (buffer->size_bytes == 0) continue;
    task->status = compress_buffer(compress, buffer, task->room + task->used_bytes, NULL);
    if (task->status != NAJ_OK) return;
    task->used_bytes += aligned(buffer->size_bytes);
  }
}

/* Largest first: what is begun last should not be what everyone then waits for. */
static void insert(struct task* tasks, int64_t count, struct task task) {
  int64_t at = count;
  for (; at > 0 && tasks[at - 1].raw_bytes < task.raw_bytes; at--) tasks[at] = tasks[at - 1];
  tasks[at] = task;
}

/* Cuts the buffers into runs of at least `least_bytes`; `tasks` NULL only counts. `rooms` is where
 * the first begins; *out_room_bytes what all need, -1: too many. */
static int64_t lay_out_tasks(const struct compress* compress, int64_t count, int64_t least_bytes,
                             struct task* tasks, uint8_t* rooms, int64_t* out_room_bytes) {
  int64_t task_count = 0;
  int64_t first = 0;
  int64_t raw_bytes = 0;
  int64_t room_bytes = 0;
  int64_t task_room = 0;
  for (int64_t i = 0; i < count; i++) {
    const int64_t size = compress->buffers[i].size_bytes;
    const int64_t room = room_of(compress, size);
    if (room < 0 || !naj_checked_add(room_bytes, aligned(room), &room_bytes)) {
      *out_room_bytes = -1;
      return 0;
    }
    raw_bytes += size;
    if (raw_bytes < least_bytes && i + 1 < count) continue;
    if (tasks != NULL)
      insert(tasks, task_count,
             (struct task){.first = first,
                           .end = i + 1,
                           .raw_bytes = raw_bytes,
                           .room = rooms + task_room,
                           .status = NAJ_OK});
    task_count++;
    first = i + 1;
    raw_bytes = 0;
    task_room = room_bytes;
  }
  *out_room_bytes = room_bytes;
  return task_count;
}

static naj_status compress_by_tasks(struct compress* compress, int64_t count, int64_t task_count,
                                    int64_t least_bytes, int64_t room_bytes,
                                    struct naj_scratch* scratch, struct naj_error* error) {
  compress->tasks = naj_scratch_take(scratch, task_count * (int64_t)sizeof *compress->tasks);
  uint8_t* rooms = naj_scratch_take(scratch, room_bytes);
  if (compress->tasks == NULL || rooms == NULL) return no_memory(error);
  lay_out_tasks(compress, count, least_bytes, compress->tasks, rooms, &room_bytes);
  naj_pool_run(run_task, compress, task_count);
  int64_t used = 0;
  for (int64_t i = 0; i < task_count; i++) {
    if (compress->tasks[i].status != NAJ_OK) return no_memory(error);
    used += compress->tasks[i].used_bytes;
  }
  naj_account_body_allocated(used);
  return NAJ_OK;
}

naj_status naj_body_compress(const struct naj_write_options* borrow_options,
                             struct naj_scratch* borrow_scratch, struct naj_body* borrow_body,
                             struct naj_error* error) {
  struct compress compress = {
      .compression = {.codec = borrow_options->codec,
                      .level = borrow_options->has_level
                                   ? borrow_options->level
                                   : naj_compression_default_level(borrow_options->codec)},
      .least_savings =
          borrow_options->has_min_space_savings ? borrow_options->min_space_savings : 0,
      .buffers = borrow_body->buffers};
  NAJ_TRY(naj_compression_check(&compress.compression, error));
  int64_t total = 0;
  for (int64_t i = 0; i < borrow_body->buffer_count; i++)
    if (!naj_checked_add(total, borrow_body->buffers[i].size_bytes, &total)) total = INT64_MAX;
  naj_status status = NAJ_OK;
  int64_t task_count = 0;
  int64_t room_bytes = -1;
  int64_t least_bytes = total / (8 * ((int64_t)naj_pool_worker_count() + 1));
  if (least_bytes < LEAST_TASK_BYTES) least_bytes = LEAST_TASK_BYTES;
  if (borrow_options->use_threads && total >= LEAST_THREADED_BYTES && naj_pool_worker_count() > 0)
    task_count =
        lay_out_tasks(&compress, borrow_body->buffer_count, least_bytes, NULL, NULL, &room_bytes);
  if (task_count > 1 && room_bytes >= 0) {
    status = compress_by_tasks(&compress, borrow_body->buffer_count, task_count, least_bytes,
                               room_bytes, borrow_scratch, error);
  } else {
    status = compress_one_by_one(&compress, borrow_body->buffer_count, borrow_scratch, error);
  }
  if (status == NAJ_OK) borrow_body->is_compressed = 1;
  return status;
}
