#include <string.h>

#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "tensor/naj_tensor_table.h"
#include "write/naj_write_schema.h"

enum { ALIGNMENT = 64 };

/* Checks that the parts of a table lie in it, with as many buffers as its kind has. */
static naj_status check_table(const void* block, int64_t table_bytes, struct naj_error* error) {
  const struct naj_tensor_header* header = block;
  const int64_t fixed_bytes = (int64_t)sizeof *header;
  int is_valid = (uintptr_t)block % 8 == 0 && table_bytes >= fixed_bytes &&
                 header->dimension_count >= 0 && header->kind >= NAJ_TENSOR_DENSE &&
                 header->kind <= NAJ_TENSOR_CSF && naj_tensor_width(header->type) != 0;
  if (is_valid && header->kind != NAJ_TENSOR_DENSE)
    is_valid = header->dimension_count > 0 && header->index_type >= NAJ_TYPE_INT8 &&
               header->index_type <= NAJ_TYPE_UINT64;
  if (is_valid && header->kind > NAJ_TENSOR_COO)
    is_valid = header->pointer_type >= NAJ_TYPE_INT8 && header->pointer_type <= NAJ_TYPE_UINT64;
  const int64_t count = is_valid ? header->dimension_count : 0;
  const int64_t buffers = is_valid ? naj_tensor_buffer_count(header->kind, count) : 0;
  is_valid = is_valid && header->buffer_count == buffers &&
             (table_bytes - fixed_bytes) / (int64_t)sizeof(struct naj_tensor_dimension) >= count &&
             (table_bytes - fixed_bytes - count * (int64_t)sizeof(struct naj_tensor_dimension)) /
                     (int64_t)sizeof(struct naj_tensor_buffer) >=
                 buffers;
  if (is_valid) {
    const struct naj_tensor_table table = naj_tensor_table_at((void*)(uintptr_t)block, count);
    for (int64_t i = 0; i < count && is_valid; i++)
      is_valid = naj_range_within(table.dimensions[i].name_offset, table.dimensions[i].name_size,
                                  table_bytes) &&
                 table.dimensions[i].name_size <= NAJ_FLAT_MAX_BYTES;
  }
  return is_valid ? NAJ_OK : naj_error_set(error, NAJ_MISUSE, -1, "not a table of a tensor");
}

static FB(TensorDim_vec_ref_t) shape(flatcc_builder_t* b, const struct naj_tensor_table* table) {
  const char* block = (const void*)table->header;
  if (FB(TensorDim_vec_start)(b)) return 0;
  for (int32_t i = 0; i < table->header->dimension_count; i++) {
    const struct naj_tensor_dimension* dimension = &table->dimensions[i];
    const flatbuffers_string_ref_t name =
        flatbuffers_string_create(b, block + dimension->name_offset, (size_t)dimension->name_size);
    const FB(TensorDim_ref_t) ref = name == 0 ? 0 : FB(TensorDim_create)(b, dimension->size, name);
    if (ref == 0 || FB(TensorDim_vec_push)(b, ref) == NULL) return 0;
  }
  return FB(TensorDim_vec_end)(b);
}

/* The Type union's member of an element type. */
static FB(Type_union_ref_t) element_type(struct naj_flat* flat, int32_t type) {
  if (type < NAJ_TYPE_HALF_FLOAT) return FB(Type_as_Int)(naj_write_integer(flat, type));
  return FB(Type_as_FloatingPoint)(
      FB(FloatingPoint_create)(&flat->builder, (FB(Precision_enum_t))(type - NAJ_TYPE_HALF_FLOAT)));
}

static flatbuffers_int64_vec_ref_t int64s(flatcc_builder_t* b, const int64_t* values,
                                          size_t count) {
  return flatbuffers_int64_vec_create(b, values, count);
}

static FB(Tensor_ref_t) dense(struct naj_flat* flat, const struct naj_tensor_table* table) {
  flatcc_builder_t* b = &flat->builder;
  const FB(TensorDim_vec_ref_t) dimensions = shape(b, table);
  if (dimensions == 0 || flatbuffers_int64_vec_start(b)) return 0;
  for (int32_t i = 0; i < table->header->dimension_count; i++)
    if (flatbuffers_int64_vec_push(b, &table->dimensions[i].stride) == NULL) return 0;
  const flatbuffers_int64_vec_ref_t strides = flatbuffers_int64_vec_end(b);
  const FB(Type_union_ref_t) type = element_type(flat, table->header->type);
  const struct naj_tensor_buffer* data = &table->buffers[0];
  if (strides == 0 || type.value == 0 || FB(Tensor_start)(b) || FB(Tensor_type_add)(b, type) ||
      FB(Tensor_shape_add)(b, dimensions) || FB(Tensor_strides_add)(b, strides) ||
      FB(Tensor_data_create)(b, data->offset, data->size_bytes))
    return 0;
  return FB(Tensor_end)(b);
}

static FB(SparseTensorIndex_union_ref_t)
    coordinates(struct naj_flat* flat, const struct naj_tensor_table* table) {
  flatcc_builder_t* b = &flat->builder;
  const struct naj_tensor_header* header = table->header;
  const int64_t both[] = {header->row_stride, header->column_stride};
  const FB(Int_ref_t) type = naj_write_integer(flat, header->index_type);
  const flatbuffers_int64_vec_ref_t strides = int64s(b, both, 2);
  FB(SparseTensorIndexCOO_ref_t) index = 0;
  if (type != 0 && strides != 0 && FB(SparseTensorIndexCOO_start)(b) == 0 &&
      FB(SparseTensorIndexCOO_indicesType_add)(b, type) == 0 &&
      FB(SparseTensorIndexCOO_indicesStrides_add)(b, strides) == 0 &&
      FB(SparseTensorIndexCOO_indicesBuffer_create)(b, table->buffers[1].offset,
                                                    table->buffers[1].size_bytes) == 0 &&
      FB(SparseTensorIndexCOO_isCanonical_add)(b, header->is_canonical != 0) == 0)
    index = FB(SparseTensorIndexCOO_end)(b);
  return FB(SparseTensorIndex_as_SparseTensorIndexCOO)(index);
}

static FB(SparseTensorIndex_union_ref_t)
    compressed(struct naj_flat* flat, const struct naj_tensor_table* table) {
  flatcc_builder_t* b = &flat->builder;
  const struct naj_tensor_header* header = table->header;
  const FB(Int_ref_t) pointer_type = naj_write_integer(flat, header->pointer_type);
  const FB(Int_ref_t) index_type = naj_write_integer(flat, header->index_type);
  const FB(SparseMatrixCompressedAxis_enum_t) axis = header->kind == NAJ_TENSOR_CSC
                                                         ? FB(SparseMatrixCompressedAxis_Column)
                                                         : FB(SparseMatrixCompressedAxis_Row);
  FB(SparseMatrixIndexCSX_ref_t) index = 0;
  if (pointer_type != 0 && index_type != 0 && FB(SparseMatrixIndexCSX_start)(b) == 0 &&
      FB(SparseMatrixIndexCSX_compressedAxis_add)(b, axis) == 0 &&
      FB(SparseMatrixIndexCSX_indptrType_add)(b, pointer_type) == 0 &&
      FB(SparseMatrixIndexCSX_indptrBuffer_create)(b, table->buffers[1].offset,
                                                   table->buffers[1].size_bytes) == 0 &&
      FB(SparseMatrixIndexCSX_indicesType_add)(b, index_type) == 0 &&
      FB(SparseMatrixIndexCSX_indicesBuffer_create)(b, table->buffers[2].offset,
                                                    table->buffers[2].size_bytes) == 0)
    index = FB(SparseMatrixIndexCSX_end)(b);
  return FB(SparseTensorIndex_as_SparseMatrixIndexCSX)(index);
}

/* Arrow C++ reads and writes the length of these buffers in numbers, and crashes on bytes. */
static FB(Buffer_vec_ref_t) counted(flatcc_builder_t* b, const struct naj_tensor_buffer* buffers,
                                    int64_t count, int64_t width) {
  if (FB(Buffer_vec_start)(b)) return 0;
  for (int64_t i = 0; i < count; i++)
    if (FB(Buffer_vec_push_create)(b, buffers[i].offset, buffers[i].size_bytes / width) == NULL)
      return 0;
  return FB(Buffer_vec_end)(b);
}

static FB(SparseTensorIndex_union_ref_t)
    fibers(struct naj_flat* flat, const struct naj_tensor_table* table) {
  flatcc_builder_t* b = &flat->builder;
  const struct naj_tensor_header* header = table->header;
  const int64_t levels = header->dimension_count;
  FB(SparseTensorIndexCSF_ref_t) index = 0;
  const FB(Int_ref_t) pointer_type = naj_write_integer(flat, header->pointer_type);
  const FB(Int_ref_t) index_type = naj_write_integer(flat, header->index_type);
  const FB(Buffer_vec_ref_t) pointers =
      counted(b, table->buffers + 1, levels - 1, naj_tensor_width(header->pointer_type));
  const FB(Buffer_vec_ref_t) indices =
      pointers == 0
          ? 0
          : counted(b, table->buffers + levels, levels, naj_tensor_width(header->index_type));
  flatbuffers_int32_vec_ref_t order = 0;
  if (pointer_type != 0 && index_type != 0 && indices != 0 && flatbuffers_int32_vec_start(b) == 0) {
    int failed = 0;
    for (int64_t k = 0; k < levels && !failed; k++) {
      const int32_t axis = (int32_t)table->dimensions[k].axis;
      failed = flatbuffers_int32_vec_push(b, &axis) == NULL;
    }
    if (!failed) order = flatbuffers_int32_vec_end(b);
  }
  if (order != 0)
    index = FB(SparseTensorIndexCSF_create)(b, pointer_type, pointers, index_type, indices, order);
  return FB(SparseTensorIndex_as_SparseTensorIndexCSF)(index);
}

static FB(SparseTensor_ref_t) sparse(struct naj_flat* flat, const struct naj_tensor_table* table) {
  flatcc_builder_t* b = &flat->builder;
  const struct naj_tensor_header* header = table->header;
  FB(SparseTensorIndex_union_ref_t) index;
  if (header->kind == NAJ_TENSOR_COO) {
    index = coordinates(flat, table);
  } else if (header->kind == NAJ_TENSOR_CSF) {
    index = fibers(flat, table);
  } else {
    index = compressed(flat, table);
  }
  if (index.value == 0) return 0;
  const FB(TensorDim_vec_ref_t) dimensions = shape(b, table);
  if (dimensions == 0) return 0;
  const FB(Type_union_ref_t) type = element_type(flat, header->type);
  const struct naj_tensor_buffer* data = &table->buffers[0];
  if (type.value == 0 || FB(SparseTensor_start)(b) || FB(SparseTensor_type_add)(b, type) ||
      FB(SparseTensor_shape_add)(b, dimensions) ||
      FB(SparseTensor_non_zero_length_add)(b, header->stored_count) ||
      FB(SparseTensor_sparseIndex_add)(b, index) ||
      FB(SparseTensor_data_create)(b, data->offset, data->size_bytes))
    return 0;
  return FB(SparseTensor_end)(b);
}

static flatbuffers_ref_t message(struct naj_flat* flat, const struct naj_tensor_table* table,
                                 int32_t metadata_version) {
  flatcc_builder_t* b = &flat->builder;
  if (FB(Message_start_as_root)(b) ||
      FB(Message_version_add)(b, (FB(MetadataVersion_enum_t))metadata_version) ||
      FB(Message_bodyLength_add)(b, table->header->body_bytes))
    return 0;
  if (table->header->kind == NAJ_TENSOR_DENSE) {
    const FB(Tensor_ref_t) header = dense(flat, table);
    if (header == 0 || FB(Message_header_Tensor_add)(b, header)) return 0;
  } else {
    const FB(SparseTensor_ref_t) header = sparse(flat, table);
    if (header == 0 || FB(Message_header_SparseTensor_add)(b, header)) return 0;
  }
  return FB(Message_end_as_root)(b);
}

/* Prefix, flatbuffer, zeros. */
static void frame(const uint8_t* flatbuffer, int64_t flatbuffer_bytes, int32_t is_legacy,
                  uint8_t* out_bytes, int64_t size_bytes) {
  const int32_t continuation = -1;
  const int64_t prefix_bytes = is_legacy ? 4 : 8;
  const int32_t length = (int32_t)(size_bytes - prefix_bytes);
  if (!is_legacy) memcpy(out_bytes, &continuation, sizeof continuation);
  memcpy(out_bytes + prefix_bytes - (int64_t)sizeof length, &length, sizeof length);
  memcpy(out_bytes + prefix_bytes, flatbuffer, (size_t)flatbuffer_bytes);
  const int64_t end = prefix_bytes + flatbuffer_bytes;
  memset(out_bytes + end, 0, (size_t)(size_bytes - end));
}

naj_status naj_tensor_encode(const void* borrow_table, int64_t table_bytes,
                             int32_t metadata_version, int32_t is_legacy, uint8_t* out_bytes,
                             int64_t room_bytes, int64_t* out_size_bytes, struct naj_error* error) {
  NAJ_TRY(check_table(borrow_table, table_bytes, error));
  const struct naj_tensor_header* header = borrow_table;
  const struct naj_tensor_table table =
      naj_tensor_table_at((void*)(uintptr_t)borrow_table, header->dimension_count);
  struct naj_flat flat;
  naj_flat_init(&flat);
  const flatbuffers_ref_t root =
      naj_flat_start(&flat) == 0 ? message(&flat, &table, metadata_version) : 0;
  const uint8_t* flatbuffer = NULL;
  int64_t flatbuffer_bytes = 0;
  naj_status status = naj_flat_end(&flat, root, &flatbuffer, &flatbuffer_bytes, error);
  if (status == NAJ_OK) {
    const int64_t least_bytes = (is_legacy ? 4 : 8) + flatbuffer_bytes;
    const int64_t size_bytes = (least_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    *out_size_bytes = size_bytes;
    if (size_bytes > room_bytes) {
      status =
          naj_error_set(error, NAJ_NEED_ARENA, -1, "%lld bytes are needed", (long long)size_bytes);
    } else {
      frame(flatbuffer, flatbuffer_bytes, is_legacy, out_bytes, size_bytes);
    }
  }
  naj_flat_free(&flat);
  return status;
}
