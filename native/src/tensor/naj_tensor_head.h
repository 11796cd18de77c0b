/* Heads of tensor messages, checked against the size of their body. */
#ifndef NAJ_TENSOR_HEAD_H
#define NAJ_TENSOR_HEAD_H

#include "tensor/naj_tensor_table.h"

/* Parts of the heads, for both kinds; `header` has body_bytes, dimensions and types as they go. */

/* Checks that a buffer lies in the body. */
naj_status naj_tensor_check_part(const struct naj_tensor_header* borrow_header, int64_t offset,
                                 int64_t size_bytes, struct naj_error* error);
/* The naj_type of a Type union's member. */
naj_status naj_tensor_element_type(int32_t number, const void* borrow_type_table, int32_t* out_type,
                                   struct naj_error* error);
/* The naj_type of an Int table. */
naj_status naj_tensor_integer_type(const void* borrow_int_table, int32_t* out_type,
                                   struct naj_error* error);

/* Fills kind, types, dimensions (but for names) and buffers from a verified SparseTensor table. The
 * kind and the dimensions' sizes are there already. */
naj_status naj_tensor_sparse_head(const void* borrow_table, struct naj_tensor_table* borrow_out,
                                  struct naj_error* error);
/* The naj_tensor_kind of a verified SparseTensor table. */
naj_status naj_tensor_sparse_kind(const void* borrow_table, int32_t* out_kind,
                                  struct naj_error* error);

#endif
