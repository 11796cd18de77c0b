#include "core/naj_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/naj_alloc.h"
#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "naj/naj.h"

enum memory_kind { KIND_EMPTY, KIND_FILE, KIND_PAGES, KIND_BLOCK, KIND_FOREIGN, KIND_IMPORTED };

struct naj_memory {
  _Atomic int64_t uses;
  _Atomic int64_t reservations; /* all uses together hold one */
  int32_t kind;
  const uint8_t* address;
  int64_t size_bytes;
  int64_t counted_bytes; /* KIND_FILE, KIND_PAGES: what the account has of them */
  void* block;           /* KIND_BLOCK: what naj_free takes */
  naj_release_function release;
  int64_t release_id;
  void (*release_context)(void* take_context); /* KIND_IMPORTED */
  void* context;
};

enum { ALIGNMENT = 64, SMALLEST_PAGES_BYTES = 128 * 1024, HUGE_PAGE_BYTES = 2 << 20 };

/* Where memory of size 0 points: a valid address that nobody writes to. */
static const _Alignas(ALIGNMENT) uint8_t empty_bytes[ALIGNMENT];

static struct naj_memory* memory_create(int32_t kind) {
  struct naj_memory* memory = naj_alloc_zeroed(1, (int64_t)sizeof *memory);
  if (memory == NULL) return NULL;
  atomic_init(&memory->uses, 1);
  atomic_init(&memory->reservations, 2);
  memory->kind = kind;
  memory->address = empty_bytes;
  return memory;
}

static naj_status no_memory(struct naj_error* error, int64_t size_bytes) {
  return naj_error_set(error, NAJ_NO_MEMORY, -1, "out of memory for %lld bytes",
                       (long long)size_bytes);
}

static naj_status os_failure(struct naj_error* error, int os_error, const char* what) {
  const char* reason = os_error == ENOENT    ? "no such file"
                       : os_error == EACCES  ? "permission denied"
                       : os_error == EISDIR  ? "is a directory"
                       : os_error == ENOTDIR ? "a parent is not a directory"
                       : os_error == EMFILE  ? "too many open files"
                                             : "system error";
  naj_error_set(error, NAJ_IO, -1, "%s: %s (errno %d)", what, reason, os_error);
  if (error != NULL) error->os_error = os_error;
  return NAJ_IO;
}

/* Maps what the open file `descriptor` holds. */
static naj_status map_descriptor(int descriptor, struct naj_memory* memory,
                                 struct naj_error* error) {
  struct stat status;
  if (fstat(descriptor, &status) != 0) return os_failure(error, errno, "fstat");
  if (S_ISDIR(status.st_mode)) return os_failure(error, EISDIR, "not a regular file");
  if (!S_ISREG(status.st_mode)) {
    return naj_error_set(error, NAJ_IO, -1, "only regular files can be mapped");
  }
  if (status.st_size == 0) {
    memory->kind = KIND_EMPTY;
    return NAJ_OK;
  }
  if (status.st_size < 0 || (uint64_t)status.st_size > SIZE_MAX) {
    return naj_error_set(error, NAJ_IO, -1, "the file's size does not fit the address space");
  }
  if (naj_allocation_fails_now()) return no_memory(error, (int64_t)status.st_size);
  void* address = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, descriptor, 0);
  if (address == MAP_FAILED) {
    return errno == ENOMEM ? no_memory(error, (int64_t)status.st_size)
                           : os_failure(error, errno, "mmap");
  }
  memory->address = address;
  memory->size_bytes = memory->counted_bytes = (int64_t)status.st_size;
  return NAJ_OK;
}

naj_status naj_memory_map_file(const char* borrow_path_utf8, struct naj_memory** out_memory,
                               struct naj_error* error) {
  if (borrow_path_utf8 == NULL || out_memory == NULL) {
    return naj_error_set(error, NAJ_MISUSE, -1, "path and result must not be null");
  }
  struct naj_memory* memory = memory_create(KIND_FILE);
  if (memory == NULL) return no_memory(error, (int64_t)sizeof *memory);
  /* O_NONBLOCK: opening a pipe without a writer must fail below, not wait here. */
  int descriptor;
  do {
    descriptor = open(borrow_path_utf8, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  } while (descriptor < 0 && errno == EINTR);
  naj_status status;
  if (descriptor < 0) {
    status = os_failure(error, errno, "open");
  } else {
    status = map_descriptor(descriptor, memory, error);
    close(descriptor); /* the mapping alone holds the file */
  }
  if (status != NAJ_OK) {
    naj_free(memory);
    return status;
  }
  naj_account(memory->size_bytes, memory->kind == KIND_FILE ? 1 : 0);
  *out_memory = memory;
  return NAJ_OK;
}

static naj_status allocate(int64_t size_bytes, int64_t counted_bytes, int map_flags,
                           struct naj_memory** out_memory, struct naj_error* error) {
  if (size_bytes < 0 || counted_bytes < 0 || counted_bytes > size_bytes || out_memory == NULL) {
    return naj_error_set(error, NAJ_MISUSE, -1, "cannot allocate %lld bytes",
                         (long long)size_bytes);
  }
  struct naj_memory* memory = memory_create(KIND_EMPTY);
  if (memory == NULL) return no_memory(error, size_bytes);
  if (size_bytes >= SMALLEST_PAGES_BYTES) {
    void* address = MAP_FAILED;
    if ((uint64_t)size_bytes <= SIZE_MAX && !naj_allocation_fails_now()) {
      address = mmap(NULL, (size_t)size_bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | map_flags, -1, 0);
    }
    /* Bodies are written from end to end: a fault for each 2 MiB, not for each 4 KiB. What is
     * sparse must not be made whole by a touch. */
    if (address != MAP_FAILED && map_flags == 0 && size_bytes >= HUGE_PAGE_BYTES)
      madvise(address, (size_t)size_bytes, MADV_HUGEPAGE);
    if (address == MAP_FAILED) {
      naj_free(memory);
      return no_memory(error, size_bytes);
    }
    memory->kind = KIND_PAGES;
    memory->address = address;
    memory->counted_bytes = counted_bytes;
    naj_account(counted_bytes, 1);
  } else if (size_bytes > 0) {
    memory->block = naj_alloc_zeroed(1, size_bytes + ALIGNMENT - 1);
    if (memory->block == NULL) {
      naj_free(memory);
      return no_memory(error, size_bytes);
    }
    uintptr_t start = ((uintptr_t)memory->block + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
    memory->kind = KIND_BLOCK;
    memory->address = (const uint8_t*)memory->block + (start - (uintptr_t)memory->block);
  }
  memory->size_bytes = size_bytes;
  *out_memory = memory;
  return NAJ_OK;
}

naj_status naj_memory_allocate(int64_t size_bytes, struct naj_memory** out_memory,
                               struct naj_error* error) {
  return allocate(size_bytes, size_bytes, 0, out_memory, error);
}

naj_status naj_memory_allocate_sparse(int64_t size_bytes, int64_t counted_bytes,
                                      struct naj_memory** out_memory, struct naj_error* error) {
  return allocate(size_bytes, counted_bytes, MAP_NORESERVE, out_memory, error);
}

naj_status naj_memory_wrap(const void* address, int64_t size_bytes, naj_release_function release,
                           int64_t release_id, struct naj_memory** out_memory,
                           struct naj_error* error) {
  if (size_bytes < 0 || (address == NULL && size_bytes > 0) || out_memory == NULL) {
    return naj_error_set(error, NAJ_MISUSE, -1, "cannot wrap %lld bytes", (long long)size_bytes);
  }
  struct naj_memory* memory = memory_create(KIND_FOREIGN);
  if (memory == NULL) return no_memory(error, (int64_t)sizeof *memory);
  if (address != NULL) memory->address = address;
  memory->size_bytes = size_bytes;
  memory->release = release;
  memory->release_id = release_id;
  *out_memory = memory;
  return NAJ_OK;
}

naj_status naj_memory_import(void (*release_context)(void* take_context), void* take_context,
                             struct naj_memory** out_memory, struct naj_error* error) {
  struct naj_memory* memory = memory_create(KIND_IMPORTED);
  if (memory == NULL) return no_memory(error, (int64_t)sizeof *memory);
  memory->release_context = release_context;
  memory->context = take_context;
  *out_memory = memory;
  return NAJ_OK;
}

const uint8_t* naj_memory_address(const struct naj_memory* borrow_memory) {
  return borrow_memory->address;
}

int64_t naj_memory_size_bytes(const struct naj_memory* borrow_memory) {
  return borrow_memory->size_bytes;
}

/* Puts zeros in place of a mapping without giving up its range: the file is let go and the pages go
 * back at once, while a reader that races with the last release finds readable memory. Should the
 * system refuse, the content stays until the range goes. */
static void replace_by_zeros(const struct naj_memory* memory) {
  mmap((void*)(uintptr_t)memory->address, (size_t)memory->size_bytes, PROT_READ,
       MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

static void drop_content(struct naj_memory* memory) {
  switch (memory->kind) {
    case KIND_FILE:
    case KIND_PAGES:
      replace_by_zeros(memory);
      naj_account(-memory->counted_bytes, -1);
      break;
    case KIND_BLOCK:
      naj_uncount(memory->block);
      break;
    case KIND_FOREIGN:
      if (memory->release != NULL) memory->release(memory->release_id);
      break;
    case KIND_IMPORTED:
      memory->release_context(memory->context);
      break;
    default:
      break;
  }
  naj_uncount(memory);
}

void naj_memory_retain(struct naj_memory* borrow_memory) {
  atomic_fetch_add_explicit(&borrow_memory->uses, 1, memory_order_relaxed);
}

void naj_memory_release(struct naj_memory* memory) {
  if (memory == NULL) return;
  /* acq_rel: every access of the other holders comes before the content goes. */
  if (atomic_fetch_sub_explicit(&memory->uses, 1, memory_order_acq_rel) != 1) return;
  drop_content(memory);
  naj_memory_unreserve(memory);
}

void naj_memory_reserve(struct naj_memory* borrow_memory) {
  atomic_fetch_add_explicit(&borrow_memory->reservations, 1, memory_order_relaxed);
}

void naj_memory_unreserve(struct naj_memory* memory) {
  if (memory == NULL) return;
  if (atomic_fetch_sub_explicit(&memory->reservations, 1, memory_order_acq_rel) != 1) return;
  if (memory->kind == KIND_FILE || memory->kind == KIND_PAGES) {
    munmap((void*)(uintptr_t)memory->address, (size_t)memory->size_bytes);
  }
  naj_free(memory->block);
  naj_free(memory);
}
