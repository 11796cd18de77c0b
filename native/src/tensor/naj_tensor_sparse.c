#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "nanoarrow/ipc/flatcc_generated.h"
#include "tensor/naj_tensor_head.h"

#define ns(name) org_apache_arrow_flatbuf_##name

naj_status naj_tensor_sparse_kind(const void* borrow_table, int32_t* out_kind,
                                  struct naj_error* error) {
  ns(SparseTensor_table_t) table = borrow_table;
  const int number = ns(SparseTensor_sparseIndex_type(table));
  const void* index = number == 0 ? NULL : ns(SparseTensor_sparseIndex(table));
  if (index == NULL)
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "a sparse tensor without an index");
  switch (number) {
    case ns(SparseTensorIndex_SparseTensorIndexCOO):
      *out_kind = NAJ_TENSOR_COO;
      return NAJ_OK;
    case ns(SparseTensorIndex_SparseMatrixIndexCSX): {
      const int axis = ns(SparseMatrixIndexCSX_compressedAxis(index));
      if (axis != 0 && axis != 1)
        return naj_error_set(error, NAJ_INVALID_DATA, 0, "a compressed axis of number %d", axis);
      *out_kind = axis == 0 ? NAJ_TENSOR_CSR : NAJ_TENSOR_CSC;
      return NAJ_OK;
    }
    case ns(SparseTensorIndex_SparseTensorIndexCSF):
      *out_kind = NAJ_TENSOR_CSF;
      return NAJ_OK;
    default:
      return naj_error_set(error, NAJ_INVALID_DATA, 0, "a sparse index of kind %d", number);
  }
}

/* Puts a buffer of `count` numbers, which may be longer: Arrow C++ counts its padding. */
static naj_status put_numbers(const struct naj_tensor_header* header, ns(Buffer_struct_t) buffer,
                              int64_t count, int64_t width, struct naj_tensor_buffer* out,
                              struct naj_error* error) {
  if (buffer == NULL) return naj_error_set(error, NAJ_INVALID_DATA, 0, "a buffer is missing");
  const int64_t offset = ns(Buffer_offset(buffer));
  const int64_t there_bytes = ns(Buffer_length(buffer));
  int64_t needed_bytes;
  NAJ_TRY(naj_tensor_check_part(header, offset, there_bytes, error));
  if (count < 0 || !naj_checked_mul(count, width, &needed_bytes) || needed_bytes > there_bytes) {
    return naj_error_set(error, NAJ_INVALID_DATA, 0,
                         "%lld numbers of %lld bytes in a buffer of %lld", (long long)count,
                         (long long)width, (long long)there_bytes);
  }
  out->offset = offset;
  out->size_bytes = needed_bytes;
  return NAJ_OK;
}

static naj_status coordinates(ns(SparseTensorIndexCOO_table_t) index,
                              struct naj_tensor_table* table, struct naj_error* error) {
  struct naj_tensor_header* header = table->header;
  NAJ_TRY(naj_tensor_integer_type(ns(SparseTensorIndexCOO_indicesType(index)), &header->index_type,
                                  error));
  const int64_t width = naj_tensor_width(header->index_type);
  const int64_t columns = header->dimension_count;
  ns(Buffer_struct_t) buffer = ns(SparseTensorIndexCOO_indicesBuffer(index));
  int64_t count;
  if (!naj_checked_mul(header->stored_count, columns, &count)) count = -1;
  NAJ_TRY(put_numbers(header, buffer, count, width, &table->buffers[1], error));
  const int64_t there_bytes = ns(Buffer_length(buffer));
  /* Another process may write to a mapped file meanwhile. */
  NAJ_TRY(naj_tensor_check_part(header, table->buffers[1].offset, there_bytes, error));
  flatbuffers_int64_vec_t strides = ns(SparseTensorIndexCOO_indicesStrides(index));
  const size_t stride_count = strides == NULL ? 0 : flatbuffers_int64_vec_len(strides);
  if (stride_count != 0 && stride_count != 2)
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "%zu strides for a matrix of coordinates",
                         stride_count);
  header->column_stride = stride_count == 0 ? width : flatbuffers_int64_vec_at(strides, 1);
  header->row_stride = stride_count == 0 ? columns * width : flatbuffers_int64_vec_at(strides, 0);
  int64_t rows_bytes = 0;
  int64_t row_bytes = 0;
  int64_t span_bytes = 0;
  if (header->row_stride < 0 || header->column_stride < 0)
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "a negative stride of coordinates");
  if (header->stored_count > 0 &&
      (!naj_checked_mul(header->stored_count - 1, header->row_stride, &rows_bytes) ||
       !naj_checked_mul(columns - 1, header->column_stride, &row_bytes) ||
       !naj_checked_add(rows_bytes, row_bytes, &span_bytes) ||
       !naj_checked_add(span_bytes, width, &span_bytes) || span_bytes > there_bytes))
    return naj_error_set(error, NAJ_INVALID_DATA, 0,
                         "strides of coordinates reach out of their buffer");
  /* With gaps between rows the coordinates take more than their number. */
  table->buffers[1].size_bytes = there_bytes;
  header->is_canonical = ns(SparseTensorIndexCOO_isCanonical(index)) != 0;
  return NAJ_OK;
}

static naj_status compressed(ns(SparseMatrixIndexCSX_table_t) index, struct naj_tensor_table* table,
                             struct naj_error* error) {
  struct naj_tensor_header* header = table->header;
  if (header->dimension_count != 2)
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "a compressed matrix of %d dimensions",
                         (int)header->dimension_count);
  NAJ_TRY(naj_tensor_integer_type(ns(SparseMatrixIndexCSX_indptrType(index)), &header->pointer_type,
                                  error));
  NAJ_TRY(naj_tensor_integer_type(ns(SparseMatrixIndexCSX_indicesType(index)), &header->index_type,
                                  error));
  int64_t pointers;
  if (!naj_checked_add(table->dimensions[header->kind == NAJ_TENSOR_CSC ? 1 : 0].size, 1,
                       &pointers))
    pointers = -1;
  NAJ_TRY(put_numbers(header, ns(SparseMatrixIndexCSX_indptrBuffer(index)), pointers,
                      naj_tensor_width(header->pointer_type), &table->buffers[1], error));
  return put_numbers(header, ns(SparseMatrixIndexCSX_indicesBuffer(index)), header->stored_count,
                     naj_tensor_width(header->index_type), &table->buffers[2], error);
}

/* Whether the lengths of the buffers count numbers, as Arrow C++ writes them, and not bytes, as the
 * format says: they are what only counts could be. */
static int are_counts(const struct naj_tensor_header* header, ns(Buffer_vec_t) pointers,
                      ns(Buffer_vec_t) indices) {
  const size_t last = (size_t)header->dimension_count - 1;
  if (ns(Buffer_length)(ns(Buffer_vec_at)(indices, last)) != header->stored_count) return 0;
  for (size_t k = 0; k < last; k++) {
    int64_t nodes;
    if (!naj_checked_add(ns(Buffer_length)(ns(Buffer_vec_at)(indices, k)), 1, &nodes) ||
        ns(Buffer_length)(ns(Buffer_vec_at)(pointers, k)) != nodes)
      return 0;
  }
  return 1;
}

/* Puts a buffer of a level as it is, in bytes. */
static naj_status put_level(const struct naj_tensor_header* header, ns(Buffer_struct_t) buffer,
                            int64_t width, int is_count, struct naj_tensor_buffer* out,
                            struct naj_error* error) {
  const int64_t length = ns(Buffer_length(buffer));
  out->offset = ns(Buffer_offset(buffer));
  out->size_bytes = length;
  if (length < 0 || (is_count && !naj_checked_mul(length, width, &out->size_bytes)) ||
      (!is_count && length % width != 0))
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "a buffer of %lld for numbers of %lld bytes",
                         (long long)length, (long long)width);
  return naj_tensor_check_part(header, out->offset, out->size_bytes, error);
}

static naj_status axis_order(flatbuffers_int32_vec_t order, struct naj_tensor_table* table,
                             struct naj_error* error) {
  const int32_t levels = table->header->dimension_count;
  for (int32_t k = 0; k < levels; k++) table->dimensions[k].axis = -1;
  for (int32_t k = 0; k < levels; k++) {
    const int32_t axis = flatbuffers_int32_vec_at(order, (size_t)k);
    /* `stride` marks what has been seen: sparse tensors have none. */
    if (axis < 0 || axis >= levels || table->dimensions[axis].stride != 0)
      return naj_error_set(error, NAJ_INVALID_DATA, 0, "an axis order that is no order");
    table->dimensions[axis].stride = 1;
    table->dimensions[k].axis = axis;
  }
  for (int32_t k = 0; k < levels; k++) table->dimensions[k].stride = 0;
  return NAJ_OK;
}

static naj_status fibers(ns(SparseTensorIndexCSF_table_t) index, struct naj_tensor_table* table,
                         struct naj_error* error) {
  struct naj_tensor_header* header = table->header;
  NAJ_TRY(naj_tensor_integer_type(ns(SparseTensorIndexCSF_indptrType(index)), &header->pointer_type,
                                  error));
  NAJ_TRY(naj_tensor_integer_type(ns(SparseTensorIndexCSF_indicesType(index)), &header->index_type,
                                  error));
  const size_t levels = (size_t)header->dimension_count;
  ns(Buffer_vec_t) pointers = ns(SparseTensorIndexCSF_indptrBuffers(index));
  ns(Buffer_vec_t) indices = ns(SparseTensorIndexCSF_indicesBuffers(index));
  flatbuffers_int32_vec_t order = ns(SparseTensorIndexCSF_axisOrder(index));
  if ((order == NULL ? 0 : flatbuffers_int32_vec_len(order)) != levels ||
      (indices == NULL ? 0 : ns(Buffer_vec_len(indices))) != levels ||
      (pointers == NULL ? 0 : ns(Buffer_vec_len(pointers))) != levels - 1)
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "a CSF index that does not fit %zu dimensions",
                         levels);
  NAJ_TRY(axis_order(order, table, error));
  const int64_t pointer_width = naj_tensor_width(header->pointer_type);
  const int64_t index_width = naj_tensor_width(header->index_type);
  const int is_count = are_counts(header, pointers, indices);
  struct naj_tensor_buffer* pointer_buffers = table->buffers + 1;
  struct naj_tensor_buffer* index_buffers = table->buffers + levels;
  for (size_t k = 0; k < levels; k++) {
    NAJ_TRY(put_level(header, ns(Buffer_vec_at(indices, k)), index_width, is_count,
                      &index_buffers[k], error));
    if (k + 1 < levels)
      NAJ_TRY(put_level(header, ns(Buffer_vec_at(pointers, k)), pointer_width, is_count,
                        &pointer_buffers[k], error));
  }
  for (size_t k = 0; k < levels; k++) {
    const int64_t nodes = index_buffers[k].size_bytes / index_width;
    const int fits = k + 1 == levels ? nodes == header->stored_count
                                     : pointer_buffers[k].size_bytes / pointer_width == nodes + 1;
    if (!fits)
      return naj_error_set(error, NAJ_INVALID_DATA, 0,
                           "level %zu of a CSF index has another size than it should", k);
  }
  return NAJ_OK;
}

naj_status naj_tensor_sparse_head(const void* borrow_table, struct naj_tensor_table* borrow_out,
                                  struct naj_error* error) {
  ns(SparseTensor_table_t) table = borrow_table;
  struct naj_tensor_header* header = borrow_out->header;
  if (header->dimension_count == 0)
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "a sparse tensor without dimensions");
  header->stored_count = ns(SparseTensor_non_zero_length(table));
  NAJ_TRY(put_numbers(header, ns(SparseTensor_data(table)), header->stored_count,
                      naj_tensor_width(header->type), &borrow_out->buffers[0], error));
  const void* index = ns(SparseTensor_sparseIndex(table));
  switch (header->kind) {
    case NAJ_TENSOR_COO:
      return coordinates(index, borrow_out, error);
    case NAJ_TENSOR_CSF:
      return fibers(index, borrow_out, error);
    default:
      return compressed(index, borrow_out, error);
  }
}
