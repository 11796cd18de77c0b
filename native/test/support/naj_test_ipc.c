#include "support/naj_test_ipc.h"

#include <stdlib.h>
#include <string.h>

#include "nanoarrow/ipc/flatcc_generated.h"
#include "support/naj_test.h"

#define FB(name) org_apache_arrow_flatbuf_##name

void test_bytes_append(struct test_bytes* bytes, const void* data, int64_t size_bytes) {
  if (size_bytes == 0) return;
  if (bytes->capacity_bytes - bytes->size_bytes < size_bytes) {
    const int64_t capacity = (bytes->size_bytes + size_bytes + 4096) * 2 / 64 * 64;
    uint8_t* grown = aligned_alloc(64, (size_t)capacity);
    CHECK(grown != NULL);
    if (bytes->size_bytes > 0) memcpy(grown, bytes->data, (size_t)bytes->size_bytes);
    free(bytes->data);
    bytes->data = grown;
    bytes->capacity_bytes = capacity;
  }
  if (data == NULL) {
    memset(bytes->data + bytes->size_bytes, 0, (size_t)size_bytes);
  } else {
    memcpy(bytes->data + bytes->size_bytes, data, (size_t)size_bytes);
  }
  bytes->size_bytes += size_bytes;
}

void test_bytes_free(struct test_bytes* bytes) {
  free(bytes->data);
  memset(bytes, 0, sizeof *bytes);
}

static void add_int(flatcc_builder_t* b, int32_t type) {
  const int32_t is_signed = type <= NAJ_TYPE_INT64;
  const int32_t step = is_signed ? type - NAJ_TYPE_INT8 : type - NAJ_TYPE_UINT8;
  FB(Field_type_Int_create)(b, 8 << step, is_signed != 0);
}

static void add_union(flatcc_builder_t* b, const struct test_field* field) {
  FB(Field_type_Union_start)(b);
  FB(Union_mode_add)(b, field->type == NAJ_TYPE_DENSE_UNION);
  FB(Field_type_Union_end)(b);
}

static void add_type(flatcc_builder_t* b, const struct test_field* field) {
  switch (field->type) {
    case NAJ_TYPE_NULL:
      FB(Field_type_Null_create)(b);
      break;
    case NAJ_TYPE_BOOL:
      FB(Field_type_Bool_create)(b);
      break;
    case NAJ_TYPE_HALF_FLOAT:
    case NAJ_TYPE_FLOAT:
    case NAJ_TYPE_DOUBLE:
      FB(Field_type_FloatingPoint_create)(
          b, (FB(Precision_enum_t))(field->type - NAJ_TYPE_HALF_FLOAT));
      break;
    case NAJ_TYPE_DECIMAL:
      FB(Field_type_Decimal_create)(b, field->param0, field->param1, field->param2);
      break;
    case NAJ_TYPE_DATE32:
      FB(Field_type_Date_create)(b, FB(DateUnit_DAY));
      break;
    case NAJ_TYPE_DATE64:
      FB(Field_type_Date_create)(b, FB(DateUnit_MILLISECOND));
      break;
    case NAJ_TYPE_TIME32:
      FB(Field_type_Time_create)(b, (FB(TimeUnit_enum_t))field->param0, 32);
      break;
    case NAJ_TYPE_TIME64:
      FB(Field_type_Time_create)(b, (FB(TimeUnit_enum_t))field->param0, 64);
      break;
    case NAJ_TYPE_TIMESTAMP:
      FB(Field_type_Timestamp_start)(b);
      FB(Timestamp_unit_add)(b, (FB(TimeUnit_enum_t))field->param0);
      FB(Field_type_Timestamp_end)(b);
      break;
    case NAJ_TYPE_DURATION:
      FB(Field_type_Duration_create)(b, (FB(TimeUnit_enum_t))field->param0);
      break;
    case NAJ_TYPE_INTERVAL_MONTHS:
    case NAJ_TYPE_INTERVAL_DAY_TIME:
    case NAJ_TYPE_INTERVAL_MONTH_DAY_NANO:
      FB(Field_type_Interval_create)(
          b, (FB(IntervalUnit_enum_t))(field->type - NAJ_TYPE_INTERVAL_MONTHS));
      break;
    case NAJ_TYPE_UTF8:
      FB(Field_type_Utf8_create)(b);
      break;
    case NAJ_TYPE_LARGE_UTF8:
      FB(Field_type_LargeUtf8_create)(b);
      break;
    case NAJ_TYPE_UTF8_VIEW:
      FB(Field_type_Utf8View_create)(b);
      break;
    case NAJ_TYPE_BINARY:
      FB(Field_type_Binary_create)(b);
      break;
    case NAJ_TYPE_LARGE_BINARY:
      FB(Field_type_LargeBinary_create)(b);
      break;
    case NAJ_TYPE_BINARY_VIEW:
      FB(Field_type_BinaryView_create)(b);
      break;
    case NAJ_TYPE_FIXED_SIZE_BINARY:
      FB(Field_type_FixedSizeBinary_create)(b, field->param0);
      break;
    case NAJ_TYPE_LIST:
      FB(Field_type_List_create)(b);
      break;
    case NAJ_TYPE_LARGE_LIST:
      FB(Field_type_LargeList_create)(b);
      break;
    case NAJ_TYPE_LIST_VIEW:
      FB(Field_type_ListView_create)(b);
      break;
    case NAJ_TYPE_LARGE_LIST_VIEW:
      FB(Field_type_LargeListView_create)(b);
      break;
    case NAJ_TYPE_FIXED_SIZE_LIST:
      FB(Field_type_FixedSizeList_create)(b, field->param0);
      break;
    case NAJ_TYPE_STRUCT:
      FB(Field_type_Struct__create)(b);
      break;
    case NAJ_TYPE_MAP:
      FB(Field_type_Map_create)(b, 0);
      break;
    case NAJ_TYPE_SPARSE_UNION:
    case NAJ_TYPE_DENSE_UNION:
      add_union(b, field);
      break;
    case NAJ_TYPE_RUN_END_ENCODED:
      FB(Field_type_RunEndEncoded_create)(b);
      break;
    default:
      add_int(b, field->type);
  }
}

/* Returns the field after the subtree. */
static const struct test_field* add_field(flatcc_builder_t* b, const struct test_field* field) {
  FB(Field_name_create_str)(b, field->name);
  FB(Field_nullable_add)(b, !field->is_required);
  if (field->index_type != 0) {
    const int32_t is_signed = field->index_type <= NAJ_TYPE_INT64;
    const int32_t step = field->index_type - (is_signed ? NAJ_TYPE_INT8 : NAJ_TYPE_UINT8);
    FB(Int_ref_t) index = FB(Int_create)(b, 8 << step, is_signed != 0);
    FB(Field_dictionary_add)(b, FB(DictionaryEncoding_create)(b, field->dictionary_id, index, 0,
                                                              FB(DictionaryKind_DenseArray)));
  }
  add_type(b, field);
  const struct test_field* next = field + 1;
  FB(Field_children_start)(b);
  for (int32_t i = 0; i < field->child_count; i++) {
    FB(Field_children_push_start)(b);
    next = add_field(b, next);
    FB(Field_children_push_end)(b);
  }
  FB(Field_children_end)(b);
  return next;
}

static void add_schema(flatcc_builder_t* b, const struct test_schema* schema) {
  FB(Schema_endianness_add)(b, schema->is_big_endian ? FB(Endianness_Big) : FB(Endianness_Little));
  FB(Schema_fields_start)(b);
  const struct test_field* field = schema->fields;
  while (field < schema->fields + schema->field_count) {
    FB(Schema_fields_push_start)(b);
    field = add_field(b, field);
    FB(Schema_fields_push_end)(b);
  }
  FB(Schema_fields_end)(b);
}

static FB(MetadataVersion_enum_t) version_of(int32_t metadata_version) {
  return metadata_version == 0 ? FB(MetadataVersion_V5)
                               : (FB(MetadataVersion_enum_t))metadata_version;
}

/* The finished flatbuffer with prefix and padding. */
static void append_built(struct test_bytes* bytes, flatcc_builder_t* b, int32_t is_legacy) {
  size_t size = 0;
  void* flatbuffer = flatcc_builder_finalize_aligned_buffer(b, &size);
  CHECK(flatbuffer != NULL);
  const int64_t prefix_bytes = is_legacy ? 4 : 8;
  const int64_t whole_bytes = (prefix_bytes + (int64_t)size + 7) / 8 * 8;
  const int32_t metadata_bytes = (int32_t)(whole_bytes - prefix_bytes);
  const uint32_t continuation = 0xFFFFFFFFu;
  if (!is_legacy) test_bytes_append(bytes, &continuation, 4);
  test_bytes_append(bytes, &metadata_bytes, 4);
  test_bytes_append(bytes, flatbuffer, (int64_t)size);
  test_bytes_append(bytes, NULL, metadata_bytes - (int64_t)size);
  flatcc_builder_aligned_free(flatbuffer);
  flatcc_builder_clear(b);
}

void test_append_schema(struct test_bytes* bytes, const struct test_schema* schema,
                        int32_t is_legacy) {
  flatcc_builder_t b;
  flatcc_builder_init(&b);
  FB(Message_start_as_root)(&b);
  FB(Message_version_add)(&b, version_of(schema->metadata_version));
  FB(Message_header_Schema_start)(&b);
  add_schema(&b, schema);
  FB(Message_header_Schema_end)(&b);
  FB(Message_bodyLength_add)(&b, 0);
  FB(Message_end_as_root)(&b);
  append_built(bytes, &b, is_legacy);
}

static void add_batch(flatcc_builder_t* b, const struct test_batch* batch) {
  FB(RecordBatch_length_add)(b, batch->row_count);
  if (batch->nodes != NULL) {
    FB(RecordBatch_nodes_start)(b);
    for (size_t i = 0; i < batch->node_count; i++)
      FB(RecordBatch_nodes_push_create)(b, batch->nodes[i].a, batch->nodes[i].b);
    FB(RecordBatch_nodes_end)(b);
  }
  if (batch->buffers != NULL) {
    FB(RecordBatch_buffers_start)(b);
    for (size_t i = 0; i < batch->buffer_count; i++)
      FB(RecordBatch_buffers_push_create)(b, batch->buffers[i].a, batch->buffers[i].b);
    FB(RecordBatch_buffers_end)(b);
  }
  if (batch->variadic_counts != NULL)
    FB(RecordBatch_variadicBufferCounts_create)(b, batch->variadic_counts, batch->variadic_count);
  if (batch->is_compressed) {
    FB(RecordBatch_compression_add)(
        b, FB(BodyCompression_create)(b, (FB(CompressionType_enum_t))batch->codec,
                                      (FB(BodyCompressionMethod_enum_t))batch->method));
  }
}

static void add_metadata(flatcc_builder_t* b, const char* key) {
  FB(Message_custom_metadata_start)(b);
  FB(Message_custom_metadata_push_start)(b);
  FB(KeyValue_key_create_str)(b, key);
  FB(KeyValue_value_create_str)(b, "value");
  FB(Message_custom_metadata_push_end)(b);
  FB(Message_custom_metadata_end)(b);
}

void test_append_batch(struct test_bytes* bytes, const struct test_batch* batch,
                       int32_t is_legacy) {
  flatcc_builder_t b;
  flatcc_builder_init(&b);
  FB(Message_start_as_root)(&b);
  FB(Message_version_add)(&b, version_of(batch->metadata_version));
  if (batch->is_dictionary) {
    FB(Message_header_DictionaryBatch_start)(&b);
    FB(DictionaryBatch_id_add)(&b, batch->dictionary_id);
    FB(DictionaryBatch_isDelta_add)(&b, batch->is_delta != 0);
    if (!batch->has_no_values) {
      FB(DictionaryBatch_data_start)(&b);
      add_batch(&b, batch);
      FB(DictionaryBatch_data_end)(&b);
    }
    FB(Message_header_DictionaryBatch_end)(&b);
  } else {
    FB(Message_header_RecordBatch_start)(&b);
    add_batch(&b, batch);
    FB(Message_header_RecordBatch_end)(&b);
  }
  FB(Message_bodyLength_add)(&b, batch->body_bytes);
  if (batch->metadata_key != NULL) add_metadata(&b, batch->metadata_key);
  FB(Message_end_as_root)(&b);
  append_built(bytes, &b, is_legacy);
  if (batch->body_bytes >= 0 && batch->body_bytes < 1 << 20)
    test_bytes_append(bytes, batch->body, batch->body_bytes);
}

void test_append_tensor(struct test_bytes* bytes) {
  flatcc_builder_t b;
  flatcc_builder_init(&b);
  FB(Message_start_as_root)(&b);
  FB(Message_version_add)(&b, FB(MetadataVersion_V5));
  FB(Message_header_Tensor_start)(&b);
  FB(Tensor_type_Int_create)(&b, 8, 1);
  FB(Tensor_shape_start)(&b);
  FB(Tensor_shape_end)(&b);
  FB(Tensor_data_create)(&b, 0, 0);
  FB(Message_header_Tensor_end)(&b);
  FB(Message_bodyLength_add)(&b, 0);
  FB(Message_end_as_root)(&b);
  append_built(bytes, &b, 0);
}

void test_append_end(struct test_bytes* bytes, int32_t is_legacy) {
  const uint32_t continuation = 0xFFFFFFFFu;
  if (!is_legacy) test_bytes_append(bytes, &continuation, 4);
  test_bytes_append(bytes, NULL, 4);
}

void test_append_footer(struct test_bytes* bytes, const struct test_schema* schema,
                        const int64_t (*blocks)[3], size_t block_count) {
  test_append_dictionary_footer(bytes, schema, NULL, 0, blocks, block_count);
}

void test_append_dictionary_footer(struct test_bytes* bytes, const struct test_schema* schema,
                                   const int64_t (*dictionaries)[3], size_t dictionary_count,
                                   const int64_t (*blocks)[3], size_t block_count) {
  flatcc_builder_t b;
  flatcc_builder_init(&b);
  FB(Footer_start_as_root)(&b);
  if (schema->metadata_version != TEST_NO_VERSION)
    FB(Footer_version_add)(&b, version_of(schema->metadata_version));
  FB(Footer_schema_start)(&b);
  add_schema(&b, schema);
  FB(Footer_schema_end)(&b);
  FB(Footer_dictionaries_start)(&b);
  for (size_t i = 0; i < dictionary_count; i++) {
    FB(Footer_dictionaries_push_create)(&b, dictionaries[i][0], (int32_t)dictionaries[i][1],
                                        dictionaries[i][2]);
  }
  FB(Footer_dictionaries_end)(&b);
  FB(Footer_recordBatches_start)(&b);
  for (size_t i = 0; i < block_count; i++) {
    FB(Footer_recordBatches_push_create)(&b, blocks[i][0], (int32_t)blocks[i][1], blocks[i][2]);
  }
  FB(Footer_recordBatches_end)(&b);
  FB(Footer_end_as_root)(&b);
  size_t size = 0;
  void* flatbuffer = flatcc_builder_finalize_aligned_buffer(&b, &size);
  CHECK(flatbuffer != NULL);
  const int32_t footer_bytes = (int32_t)size;
  test_bytes_append(bytes, flatbuffer, footer_bytes);
  test_bytes_append(bytes, &footer_bytes, 4);
  test_bytes_append(bytes, "ARROW1", 6);
  flatcc_builder_aligned_free(flatbuffer);
  flatcc_builder_clear(&b);
}

struct naj_memory* test_memory(const void* data, int64_t size_bytes) {
  struct naj_memory* memory = NULL;
  struct naj_error error;
  CHECK_STATUS(naj_memory_wrap(data, size_bytes, NULL, 0, &memory, &error), NAJ_OK, error);
  return memory;
}

struct naj_schema* test_schema_create(const struct test_schema* schema) {
  struct test_bytes bytes = {0};
  test_append_schema(&bytes, schema, 0);
  struct naj_memory* memory = test_memory(bytes.data, bytes.size_bytes);
  struct naj_stream* stream = NULL;
  struct naj_error error;
  int64_t next_offset = 0;
  int64_t needed_bytes = 0;
  CHECK_STATUS(naj_stream_open(NULL, &stream, &error), NAJ_OK, error);
  CHECK_STATUS(
      naj_stream_schema(stream, memory, 0, bytes.size_bytes, &next_offset, &needed_bytes, &error),
      NAJ_OK, error);
  struct naj_schema* decoded = naj_stream_get_schema(stream);
  naj_schema_retain(decoded);
  naj_stream_close(stream);
  naj_memory_release(memory);
  naj_memory_unreserve(memory);
  test_bytes_free(&bytes);
  return decoded;
}
