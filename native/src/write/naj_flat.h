/* flatcc's builder on naj_alloc: what it emits is one block of bytes, and an allocation that failed
 * anywhere is known at the end, whatever flatcc made of it. */
#ifndef NAJ_WRITE_FLAT_H
#define NAJ_WRITE_FLAT_H

#include "naj/naj.h"
#include "nanoarrow/ipc/flatcc_generated.h"

#define FB(name) org_apache_arrow_flatbuf_##name

/* What one flatbuffer may take; sizes in messages are int32. */
#define NAJ_FLAT_MAX_BYTES (INT64_C(1) << 30)

struct naj_flat {
  flatcc_builder_t builder;
  uint8_t* bytes; /* what is emitted lies in [front, back), offset 0 of flatcc at origin */
  int64_t capacity_bytes;
  int64_t origin;
  int64_t front;
  int64_t back;
  int is_out_of_memory;
  int is_too_large;
};

/* Allocates nothing; must not be moved from then on. */
void naj_flat_init(struct naj_flat* out_flat);
void naj_flat_free(struct naj_flat* flat);
/* Begins a flatbuffer; what the last one took is reused. 0 = begun, else naj_flat_end tells why not
 * (with a root of 0). */
int naj_flat_start(struct naj_flat* borrow_flat);
/* Ends it: `root` is what flatcc's end_as_root returned, 0 when anything failed on the way (after
 * the first failure of a builder function no other may be called). The bytes are valid until the
 * next start. NAJ_UNSUPPORTED when they are too many. */
naj_status naj_flat_end(struct naj_flat* borrow_flat, flatbuffers_ref_t root,
                        const uint8_t** out_bytes, int64_t* out_size_bytes,
                        struct naj_error* error);

#endif
