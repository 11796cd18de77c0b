/* naj: Tensor and SparseTensor messages (format/Tensor.fbs, SparseTensor.fbs). Conventions as in
 * naj.h. */
#ifndef NAJ_NAJ_TENSOR_H
#define NAJ_NAJ_TENSOR_H

#include "naj/naj.h"

#ifdef __cplusplus
extern "C" {
#endif

enum naj_tensor_kind {
  NAJ_TENSOR_DENSE = 0,
  NAJ_TENSOR_COO = 1,
  NAJ_TENSOR_CSR = 2,
  NAJ_TENSOR_CSC = 3,
  NAJ_TENSOR_CSF = 4
};

/* What a message says and is made from: one relocatable block, aligned to 8: this header,
 * `dimension_count` naj_tensor_dimensions, `buffer_count` naj_tensor_buffers, then the bytes of
 * names. The buffers are: the elements; of COO the coordinates; of CSR and CSC indptr and indices;
 * of CSF an indptr for each level but the last, then the indices of each level. */
struct naj_tensor_header {
  int64_t needed_bytes; /* NAJ_NEED_INPUT: of the message; NAJ_NEED_TABLE and NAJ_OK: of this */
  int64_t body_offset;  /* in the memory given */
  int64_t body_bytes;
  int32_t kind;         /* naj_tensor_kind */
  int32_t type;         /* NAJ_TYPE_INT8..UINT64, HALF_FLOAT, FLOAT, DOUBLE */
  int32_t index_type;   /* sparse: of coordinates or indices, INT8..UINT64 */
  int32_t pointer_type; /* CSR, CSC, CSF: of indptr */
  int32_t dimension_count;
  int32_t buffer_count;
  int32_t is_canonical; /* COO */
  int32_t reserved;
  int64_t stored_count;  /* sparse */
  int64_t row_stride;    /* COO: bytes from the coordinates of an element to those of the next */
  int64_t column_stride; /* COO: from a coordinate to the next */
};
struct naj_tensor_dimension {
  int64_t size;
  int64_t stride;      /* dense: bytes */
  int64_t axis;        /* CSF: the dimension of the level with this number */
  int64_t name_offset; /* in the block; UTF-8, no terminator */
  int64_t name_size;
};
struct naj_tensor_buffer {
  int64_t offset; /* in the body */
  int64_t size_bytes;
};

/* Reads the message at `offset`, of which `available_bytes` are there, with `is_last` all there
 * are. The table, which has room for a header at least, then tells where in the body everything
 * lies: dense elements within their buffer and none sharing bytes with another, the buffers of
 * sparse ones exactly as long as needed. What an index says is not looked at. Another message is
 * NAJ_INVALID_DATA, another type of elements NAJ_UNSUPPORTED. */
naj_status naj_tensor_read(const struct naj_memory* borrow_memory, int64_t offset,
                           int64_t available_bytes, int32_t is_last,
                           const struct naj_limits* borrow_limits, void* out_table,
                           int64_t table_bytes, struct naj_error* error);

/* Writes prefix, metadata and padding of the message that a table describes, as at a position that
 * is a multiple of 64, so that the body begins at another. NAJ_NEED_ARENA when there is too little
 * room: *out_size_bytes tells what is needed. A table that was not made by naj is checked as far as
 * its own offsets go. */
naj_status naj_tensor_encode(const void* borrow_table, int64_t table_bytes,
                             int32_t metadata_version, int32_t is_legacy, uint8_t* out_bytes,
                             int64_t room_bytes, int64_t* out_size_bytes, struct naj_error* error);

#ifdef __cplusplus
}
#endif

#endif
