#include <string.h>

#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "message/naj_message.h"
#include "nanoarrow/ipc/flatcc_generated.h"
#include "tensor/naj_tensor_head.h"

#define ns(name) org_apache_arrow_flatbuf_##name

naj_status naj_tensor_check_part(const struct naj_tensor_header* borrow_header, int64_t offset,
                                 int64_t size_bytes, struct naj_error* error) {
  if (naj_range_within(offset, size_bytes, borrow_header->body_bytes)) return NAJ_OK;
  return naj_error_set(error, NAJ_INVALID_DATA, 0,
                       "a buffer of %lld bytes at %lld of a body of %lld", (long long)size_bytes,
                       (long long)offset, (long long)borrow_header->body_bytes);
}

naj_status naj_tensor_integer_type(const void* borrow_int_table, int32_t* out_type,
                                   struct naj_error* error) {
  ns(Int_table_t) table = borrow_int_table;
  if (table == NULL)
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "an index without its integer type");
  const int width = ns(Int_bitWidth(table));
  const int first = ns(Int_is_signed(table)) ? NAJ_TYPE_INT8 : NAJ_TYPE_UINT8;
  switch (width) {
    case 8:
    case 16:
    case 32:
    case 64:
      *out_type = first + __builtin_ctz((unsigned)width) - 3;
      return NAJ_OK;
    default:
      return naj_error_set(error, NAJ_INVALID_DATA, 0, "an integer of %d bits", width);
  }
}

naj_status naj_tensor_element_type(int32_t number, const void* borrow_type_table, int32_t* out_type,
                                   struct naj_error* error) {
  const int is_number = number == ns(Type_Int) || number == ns(Type_FloatingPoint);
  if (number == 0 || (is_number && borrow_type_table == NULL))
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "a tensor without a type");
  if (number == ns(Type_Int)) return naj_tensor_integer_type(borrow_type_table, out_type, error);
  if (number == ns(Type_FloatingPoint)) {
    const int precision = ns(FloatingPoint_precision(borrow_type_table));
    if (precision < 0 || precision > 2)
      return naj_error_set(error, NAJ_INVALID_DATA, 0, "a float of precision %d", precision);
    *out_type = NAJ_TYPE_HALF_FLOAT + precision;
    return NAJ_OK;
  }
  return naj_error_set(error, NAJ_UNSUPPORTED, 0, "a tensor whose type has number %d", number);
}

/* ------------------------------------------------------------------ dense */

/* Fills the strides, given or row-major ones, and checks that the elements lie in `data_bytes`. */
static naj_status check_strides(flatbuffers_int64_vec_t strides, struct naj_tensor_table* table,
                                int64_t data_bytes, struct naj_error* error) {
  const int32_t dimension_count = table->header->dimension_count;
  const size_t stride_count = strides == NULL ? 0 : flatbuffers_int64_vec_len(strides);
  const int64_t width = naj_tensor_width(table->header->type);
  if (stride_count != 0 && stride_count != (size_t)dimension_count)
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "%zu strides for %d dimensions", stride_count,
                         (int)dimension_count);
  int is_empty = 0;
  for (int32_t i = 0; i < dimension_count; i++) is_empty |= table->dimensions[i].size == 0;
  int64_t packed_bytes = width;
  int64_t span_bytes = width;
  for (int32_t i = dimension_count - 1; i >= 0; i--) {
    struct naj_tensor_dimension* dimension = &table->dimensions[i];
    dimension->stride =
        stride_count == 0 ? packed_bytes : flatbuffers_int64_vec_at(strides, (size_t)i);
    if (dimension->stride < 0)
      return naj_error_set(error, NAJ_INVALID_DATA, 0, "a stride of %lld bytes",
                           (long long)dimension->stride);
    int64_t reach;
    if (!is_empty && (!naj_checked_mul(packed_bytes, dimension->size, &packed_bytes) ||
                      !naj_checked_mul(dimension->size - 1, dimension->stride, &reach) ||
                      !naj_checked_add(span_bytes, reach, &span_bytes)))
      return naj_error_set(error, NAJ_INVALID_DATA, 0, "a tensor larger than 2^63 bytes");
  }
  if (is_empty) return NAJ_OK;
  if (span_bytes > data_bytes)
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "strides reach over %lld bytes of %lld",
                         (long long)span_bytes, (long long)data_bytes);
  if (packed_bytes > data_bytes)
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "elements of a tensor share bytes");
  return NAJ_OK;
}

static naj_status dense_head(ns(Tensor_table_t) tensor, struct naj_tensor_table* table,
                             struct naj_error* error) {
  ns(Buffer_struct_t) buffer = ns(Tensor_data(tensor));
  if (buffer == NULL) return naj_error_set(error, NAJ_INVALID_DATA, 0, "a tensor without data");
  table->buffers[0].offset = ns(Buffer_offset(buffer));
  table->buffers[0].size_bytes = ns(Buffer_length(buffer));
  NAJ_TRY(naj_tensor_check_part(table->header, table->buffers[0].offset,
                                table->buffers[0].size_bytes, error));
  return check_strides(ns(Tensor_strides(tensor)), table, table->buffers[0].size_bytes, error);
}

/* ------------------------------------------------------------------ either */

/* What a verified message has: its kind and type, and its dimensions. */
struct head {
  const void* table;
  int32_t kind;
  int32_t type;
  ns(TensorDim_vec_t) shape;
};

static naj_status read_head(const struct naj_message* message, struct head* out_head,
                            struct naj_error* error) {
  struct head head = {.table = message->header, .kind = NAJ_TENSOR_DENSE};
  const void* type_table;
  int32_t type_number;
  if (message->type == NAJ_MESSAGE_TENSOR) {
    type_number = ns(Tensor_type_type(head.table));
    type_table = type_number == 0 ? NULL : ns(Tensor_type(head.table));
    head.shape = ns(Tensor_shape(head.table));
  } else if (message->type == NAJ_MESSAGE_SPARSE_TENSOR) {
    NAJ_TRY(naj_tensor_sparse_kind(head.table, &head.kind, error));
    type_number = ns(SparseTensor_type_type(head.table));
    type_table = type_number == 0 ? NULL : ns(SparseTensor_type(head.table));
    head.shape = ns(SparseTensor_shape(head.table));
  } else {
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "a message of type %d instead of a tensor",
                         (int)message->type);
  }
  NAJ_TRY(naj_tensor_element_type(type_number, type_table, &head.type, error));
  if (head.shape == NULL)
    return naj_error_set(error, NAJ_INVALID_DATA, 0, "a tensor without a shape");
  *out_head = head;
  return NAJ_OK;
}

/* The table's size; names may be shared in the flatbuffer, and are bounded by its verification. */
static naj_status table_size(const struct head* head, int64_t* out_size_bytes,
                             struct naj_error* error) {
  const int64_t count = (int64_t)ns(TensorDim_vec_len(head->shape));
  int64_t size_bytes =
      (int64_t)sizeof(struct naj_tensor_header) +
      count * (int64_t)sizeof(struct naj_tensor_dimension) +
      naj_tensor_buffer_count(head->kind, count) * (int64_t)sizeof(struct naj_tensor_buffer);
  for (int64_t i = 0; i < count; i++) {
    flatbuffers_string_t name = ns(TensorDim_name)(ns(TensorDim_vec_at)(head->shape, (size_t)i));
    if (name != NULL &&
        !naj_checked_add(size_bytes, (int64_t)flatbuffers_string_len(name), &size_bytes))
      return naj_error_set(error, NAJ_LIMIT_EXCEEDED, 0, "names of dimensions that are too long");
  }
  *out_size_bytes = size_bytes;
  return NAJ_OK;
}

static naj_status fill_dimensions(const struct head* head, struct naj_tensor_table* table,
                                  int64_t table_bytes, struct naj_error* error) {
  uint8_t* block = (void*)table->header;
  int64_t at = (const uint8_t*)(table->buffers + table->header->buffer_count) - block;
  for (int32_t i = 0; i < table->header->dimension_count; i++) {
    ns(TensorDim_table_t) dimension = ns(TensorDim_vec_at(head->shape, (size_t)i));
    const int64_t size = ns(TensorDim_size(dimension));
    if (size < 0)
      return naj_error_set(error, NAJ_INVALID_DATA, 0, "a dimension of %lld elements",
                           (long long)size);
    flatbuffers_string_t name = ns(TensorDim_name(dimension));
    const int64_t name_size = name == NULL ? 0 : (int64_t)flatbuffers_string_len(name);
    /* Another process may write to a mapped file meanwhile. */
    if (!naj_range_within(at, name_size, table_bytes))
      return naj_error_set(error, NAJ_INVALID_DATA, 0, "names that change while they are read");
    if (name_size > 0) memcpy(block + at, name, (size_t)name_size);
    table->dimensions[i] =
        (struct naj_tensor_dimension){.size = size, .name_offset = at, .name_size = name_size};
    at += name_size;
  }
  return NAJ_OK;
}

static naj_status fill(const struct naj_message* message, struct naj_tensor_header* header,
                       int64_t table_bytes, struct naj_error* error) {
  struct head head = {.table = NULL};
  int64_t needed_bytes = 0;
  NAJ_TRY(read_head(message, &head, error));
  NAJ_TRY(table_size(&head, &needed_bytes, error));
  header->needed_bytes = needed_bytes;
  if (needed_bytes > table_bytes)
    return naj_error_set(error, NAJ_NEED_TABLE, 0, "a table of %lld bytes is needed",
                         (long long)needed_bytes);
  const int64_t count = (int64_t)ns(TensorDim_vec_len(head.shape));
  header->kind = head.kind;
  header->type = head.type;
  header->dimension_count = (int32_t)count;
  header->buffer_count = (int32_t)naj_tensor_buffer_count(head.kind, count);
  struct naj_tensor_table table = naj_tensor_table_at(header, count);
  NAJ_TRY(fill_dimensions(&head, &table, table_bytes, error));
  return message->type == NAJ_MESSAGE_TENSOR ? dense_head(head.table, &table, error)
                                             : naj_tensor_sparse_head(head.table, &table, error);
}

naj_status naj_tensor_read(const struct naj_memory* borrow_memory, int64_t offset,
                           int64_t available_bytes, int32_t is_last,
                           const struct naj_limits* borrow_limits, void* out_table,
                           int64_t table_bytes, struct naj_error* error) {
  struct naj_tensor_header* header = out_table;
  if (borrow_memory == NULL ||
      !naj_range_within(offset, available_bytes, naj_memory_size_bytes(borrow_memory)) ||
      (uintptr_t)out_table % 8 != 0 || table_bytes < (int64_t)sizeof *header)
    return naj_error_set(error, NAJ_MISUSE, -1, "no table, or bytes that are not in the memory");
  memset(header, 0, sizeof *header);
  struct naj_message message;
  memset(&message, 0, sizeof message);
  naj_status status = naj_message_read(naj_memory_address(borrow_memory) + offset, available_bytes,
                                       0, borrow_limits, &message, &header->needed_bytes, error);
  int64_t whole_bytes = 0;
  if (status == NAJ_OK && message.is_end) {
    status = naj_error_set(error, NAJ_INVALID_DATA, 0, "an end marker instead of a tensor");
  } else if (status == NAJ_OK) {
    header->body_offset = offset + message.message_bytes;
    header->body_bytes = message.body_bytes;
    status = fill(&message, header, table_bytes, error);
    if (status == NAJ_OK) {
      whole_bytes = message.message_bytes + message.body_bytes; /* checked by naj_message_read */
      if (available_bytes < whole_bytes) {
        header->needed_bytes = whole_bytes;
        status = NAJ_NEED_INPUT;
      }
    }
  }
  naj_message_reset(&message);
  if (status != NAJ_NEED_INPUT) return status;
  if (is_last)
    return naj_error_set(error, NAJ_TRUNCATED, available_bytes, "the input ends in a tensor");
  return naj_error_set(error, NAJ_NEED_INPUT, 0, "%lld bytes are needed",
                       (long long)header->needed_bytes);
}
