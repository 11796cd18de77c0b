/* The block that describes a tensor, and what its reader and its writer share. */
#ifndef NAJ_TENSOR_TABLE_H
#define NAJ_TENSOR_TABLE_H

#include "naj/naj_tensor.h"

/* The block's parts. */
struct naj_tensor_table {
  struct naj_tensor_header* header;
  struct naj_tensor_dimension* dimensions;
  struct naj_tensor_buffer* buffers;
};

static inline struct naj_tensor_table naj_tensor_table_at(void* block, int64_t dimension_count) {
  struct naj_tensor_header* header = block;
  struct naj_tensor_dimension* dimensions = (void*)(header + 1);
  return (struct naj_tensor_table){
      .header = header, .dimensions = dimensions, .buffers = (void*)(dimensions + dimension_count)};
}

/* Buffers of a kind with so many dimensions. */
static inline int64_t naj_tensor_buffer_count(int32_t kind, int64_t dimension_count) {
  switch (kind) {
    case NAJ_TENSOR_DENSE:
      return 1;
    case NAJ_TENSOR_COO:
      return 2;
    case NAJ_TENSOR_CSF:
      return 2 * dimension_count;
    default:
      return 3;
  }
}

/* Bytes of an element or index of a naj_type, 0 for types that tensors do not have. */
static inline int64_t naj_tensor_width(int32_t type) {
  switch (type) {
    case NAJ_TYPE_INT8:
    case NAJ_TYPE_UINT8:
      return 1;
    case NAJ_TYPE_INT16:
    case NAJ_TYPE_UINT16:
    case NAJ_TYPE_HALF_FLOAT:
      return 2;
    case NAJ_TYPE_INT32:
    case NAJ_TYPE_UINT32:
    case NAJ_TYPE_FLOAT:
      return 4;
    case NAJ_TYPE_INT64:
    case NAJ_TYPE_UINT64:
    case NAJ_TYPE_DOUBLE:
      return 8;
    default:
      return 0;
  }
}

#endif
