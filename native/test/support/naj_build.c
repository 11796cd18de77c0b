#include "support/naj_build.h"

#include <stdlib.h>
#include <string.h>

#include "nanoarrow/ipc/flatcc_generated.h"

#define ns(name) org_apache_arrow_flatbuf_##name

static void must(int is_true) {
  if (!is_true) abort();
}

static flatbuffers_string_ref_t build_text(flatcc_builder_t* builder, const char* text,
                                           int64_t size) {
  return flatbuffers_string_create(builder, text, (size_t)size);
}

static ns(KeyValue_vec_ref_t)
    build_pairs(flatcc_builder_t* builder, const struct test_pair* pairs, int count) {
  if (count == 0) return 0;
  ns(KeyValue_ref_t)* refs = calloc((size_t)count, sizeof *refs);
  must(refs != NULL);
  for (int i = 0; i < count; i++) {
    flatbuffers_string_ref_t key =
        pairs[i].key_size < 0 ? 0 : build_text(builder, pairs[i].key, pairs[i].key_size);
    flatbuffers_string_ref_t value =
        pairs[i].value_size < 0 ? 0 : build_text(builder, pairs[i].value, pairs[i].value_size);
    must(ns(KeyValue_start(builder)) == 0);
    if (key != 0) must(ns(KeyValue_key_add(builder, key)) == 0);
    if (value != 0) must(ns(KeyValue_value_add(builder, value)) == 0);
    refs[i] = ns(KeyValue_end(builder));
  }
  ns(KeyValue_vec_ref_t) vector = ns(KeyValue_vec_create(builder, refs, (size_t)count));
  free(refs);
  return vector;
}

static flatcc_builder_ref_t build_empty_table(flatcc_builder_t* builder) {
  must(flatcc_builder_start_table(builder, 0) == 0);
  return flatcc_builder_end_table(builder);
}

static flatcc_builder_ref_t build_type(flatcc_builder_t* builder, const struct test_field* field) {
  switch (field->type) {
    case TEST_INT:
      return ns(Int_create(builder, field->a, (flatbuffers_bool_t)field->b));
    case TEST_FLOAT:
      return ns(FloatingPoint_create(builder, (int16_t)field->a));
    case TEST_DECIMAL:
      return ns(Decimal_create(builder, field->a, field->b, field->c));
    case TEST_DATE:
      return ns(Date_create(builder, (int16_t)field->a));
    case TEST_TIME:
      return ns(Time_create(builder, (int16_t)field->a, field->b));
    case TEST_TIMESTAMP: {
      flatbuffers_string_ref_t zone =
          field->text == NULL ? 0 : build_text(builder, field->text, (int64_t)strlen(field->text));
      must(ns(Timestamp_start(builder)) == 0);
      must(ns(Timestamp_unit_add(builder, (int16_t)field->a)) == 0);
      if (zone != 0) must(ns(Timestamp_timezone_add(builder, zone)) == 0);
      return ns(Timestamp_end(builder));
    }
    case TEST_INTERVAL:
      return ns(Interval_create(builder, (int16_t)field->a));
    case TEST_UNION: {
      flatbuffers_int32_vec_ref_t ids =
          field->ids == NULL
              ? 0
              : flatbuffers_int32_vec_create(builder, field->ids, (size_t)field->id_count);
      must(ns(Union_start(builder)) == 0);
      must(ns(Union_mode_add(builder, (int16_t)field->a)) == 0);
      if (ids != 0) must(ns(Union_typeIds_add(builder, ids)) == 0);
      return ns(Union_end(builder));
    }
    case TEST_FIXED_SIZE_BINARY:
      return ns(FixedSizeBinary_create(builder, field->a));
    case TEST_FIXED_SIZE_LIST:
      return ns(FixedSizeList_create(builder, field->a));
    case TEST_MAP:
      return ns(Map_create(builder, (flatbuffers_bool_t)field->a));
    case TEST_DURATION:
      return ns(Duration_create(builder, (int16_t)field->a));
    default:
      return build_empty_table(builder);
  }
}

static ns(Field_ref_t) build_field(flatcc_builder_t* builder, const struct test_field* field);

static ns(Field_vec_ref_t)
    build_fields(flatcc_builder_t* builder, const struct test_field* fields, int count) {
  if (count == 0) return 0;
  if (count == -1) {
    ns(Field_ref_t) shared = build_field(builder, fields);
    ns(Field_ref_t) twice[2] = {shared, shared};
    return ns(Field_vec_create(builder, twice, 2));
  }
  ns(Field_ref_t)* refs = calloc((size_t)count, sizeof *refs);
  must(refs != NULL);
  for (int i = 0; i < count; i++) refs[i] = build_field(builder, &fields[i]);
  ns(Field_vec_ref_t) vector = ns(Field_vec_create(builder, refs, (size_t)count));
  free(refs);
  return vector;
}

static ns(Field_ref_t) build_field(flatcc_builder_t* builder, const struct test_field* field) {
  ns(Field_vec_ref_t) children = build_fields(builder, field->children, field->child_count);
  flatbuffers_string_ref_t name =
      field->name == NULL ? 0 : build_text(builder, field->name, (int64_t)strlen(field->name));
  ns(KeyValue_vec_ref_t) pairs = build_pairs(builder, field->pairs, field->pair_count);
  ns(DictionaryEncoding_ref_t) dictionary = 0;
  if (field->is_dictionary) {
    ns(Int_ref_t) index = 0;
    if (field->index_bits != 0) {
      index = ns(Int_create(builder, field->index_bits, (flatbuffers_bool_t)field->index_signed));
    }
    must(ns(DictionaryEncoding_start(builder)) == 0);
    must(ns(DictionaryEncoding_id_add(builder, field->dictionary_id)) == 0);
    must(ns(DictionaryEncoding_isOrdered_add(builder, (flatbuffers_bool_t)field->ordered)) == 0);
    if (index != 0) must(ns(DictionaryEncoding_indexType_add(builder, index)) == 0);
    dictionary = ns(DictionaryEncoding_end(builder));
  }
  ns(Type_union_ref_t) type = {0, 0};
  if (field->type != TEST_NONE) {
    type.type = (ns(Type_union_type_t))field->type;
    type.value = build_type(builder, field);
  }
  must(ns(Field_start(builder)) == 0);
  if (name != 0) must(ns(Field_name_add(builder, name)) == 0);
  must(ns(Field_nullable_add(builder, (flatbuffers_bool_t)field->nullable)) == 0);
  if (field->type != TEST_NONE) must(ns(Field_type_add(builder, type)) == 0);
  if (dictionary != 0) must(ns(Field_dictionary_add(builder, dictionary)) == 0);
  if (children != 0) must(ns(Field_children_add(builder, children)) == 0);
  if (pairs != 0) must(ns(Field_custom_metadata_add(builder, pairs)) == 0);
  return ns(Field_end(builder));
}

static ns(Schema_ref_t) build_schema(flatcc_builder_t* builder, const struct test_schema* schema) {
  ns(Field_vec_ref_t) fields = build_fields(builder, schema->fields, schema->field_count);
  ns(KeyValue_vec_ref_t) pairs = build_pairs(builder, schema->pairs, schema->pair_count);
  ns(Feature_vec_ref_t) features = 0;
  if (schema->feature_count > 0) {
    features = ns(Feature_vec_create(builder, schema->features, (size_t)schema->feature_count));
  }
  must(ns(Schema_start(builder)) == 0);
  must(ns(Schema_endianness_add(builder, (int16_t)schema->big_endian)) == 0);
  if (fields != 0) must(ns(Schema_fields_add(builder, fields)) == 0);
  if (pairs != 0) must(ns(Schema_custom_metadata_add(builder, pairs)) == 0);
  if (features != 0) must(ns(Schema_features_add(builder, features)) == 0);
  return ns(Schema_end(builder));
}

static void start(flatcc_builder_t* builder) {
  must(flatcc_builder_init(builder) == 0);
  must(flatcc_builder_start_buffer(builder, NULL, 8, 0) == 0);
}

static struct test_bytes finish(flatcc_builder_t* builder, flatcc_builder_ref_t root) {
  must(root != 0 && flatcc_builder_end_buffer(builder, root) != 0);
  size_t size;
  void* built = flatcc_builder_finalize_aligned_buffer(builder, &size);
  must(built != NULL);
  struct test_bytes result = {NULL, ((int64_t)size + 7) / 8 * 8};
  result.bytes = calloc(1, (size_t)result.size);
  must(result.bytes != NULL);
  memcpy(result.bytes, built, size);
  flatcc_builder_aligned_free(built);
  flatcc_builder_clear(builder);
  return result;
}

static flatcc_builder_ref_t build_message(flatcc_builder_t* builder, int metadata_version, int type,
                                          flatcc_builder_ref_t header, int64_t body_bytes,
                                          ns(KeyValue_vec_ref_t) pairs) {
  must(ns(Message_start(builder)) == 0);
  must(ns(Message_version_add(builder, (int16_t)metadata_version)) == 0);
  if (header != 0) {
    ns(MessageHeader_union_ref_t) header_union = {(ns(MessageHeader_union_type_t))type, header};
    must(ns(Message_header_add(builder, header_union)) == 0);
  } else if (type != 0) {
    must(org_apache_arrow_flatbuf_Message_header_add_type(builder, (uint8_t)type) == 0);
  }
  must(ns(Message_bodyLength_add(builder, body_bytes)) == 0);
  if (pairs != 0) must(ns(Message_custom_metadata_add(builder, pairs)) == 0);
  return ns(Message_end(builder));
}

struct test_bytes test_schema_flatbuffer(const struct test_schema* schema, int metadata_version) {
  flatcc_builder_t builder;
  start(&builder);
  flatcc_builder_ref_t header = build_schema(&builder, schema);
  return finish(&builder, build_message(&builder, metadata_version, 1, header, 0, 0));
}

struct test_bytes test_message_flatbuffer(int metadata_version, int type, int has_header,
                                          int64_t body_bytes, const struct test_pair* pairs,
                                          int pair_count) {
  flatcc_builder_t builder;
  start(&builder);
  ns(KeyValue_vec_ref_t) pair_refs = build_pairs(&builder, pairs, pair_count);
  flatcc_builder_ref_t header = has_header ? build_empty_table(&builder) : 0;
  return finish(&builder,
                build_message(&builder, metadata_version, type, header, body_bytes, pair_refs));
}

static ns(Block_vec_ref_t)
    build_blocks(flatcc_builder_t* builder, const struct test_block* blocks, int count) {
  must(ns(Block_vec_start(builder)) == 0);
  for (int i = 0; i < count; i++) {
    ns(Block_t) block;
    memset(&block, 0, sizeof block);
    block.offset = blocks[i].offset;
    block.metaDataLength = blocks[i].metadata_bytes;
    block.bodyLength = blocks[i].body_bytes;
    must(ns(Block_vec_push(builder, &block)) != NULL);
  }
  return ns(Block_vec_end(builder));
}

struct test_bytes test_footer_flatbuffer(const struct test_schema* schema, int metadata_version,
                                         const struct test_block* batches, int batch_count,
                                         const struct test_block* dictionaries,
                                         int dictionary_count, const struct test_pair* pairs,
                                         int pair_count) {
  flatcc_builder_t builder;
  start(&builder);
  ns(Schema_ref_t) schema_ref = schema == NULL ? 0 : build_schema(&builder, schema);
  ns(Block_vec_ref_t) dictionary_refs = build_blocks(&builder, dictionaries, dictionary_count);
  ns(Block_vec_ref_t) batch_refs = build_blocks(&builder, batches, batch_count);
  ns(KeyValue_vec_ref_t) pair_refs = build_pairs(&builder, pairs, pair_count);
  must(ns(Footer_start(&builder)) == 0);
  must(ns(Footer_version_add(&builder, (int16_t)metadata_version)) == 0);
  if (schema_ref != 0) must(ns(Footer_schema_add(&builder, schema_ref)) == 0);
  must(ns(Footer_dictionaries_add(&builder, dictionary_refs)) == 0);
  must(ns(Footer_recordBatches_add(&builder, batch_refs)) == 0);
  if (pair_refs != 0) must(ns(Footer_custom_metadata_add(&builder, pair_refs)) == 0);
  return finish(&builder, ns(Footer_end(&builder)));
}

struct test_bytes test_frame(struct test_bytes take_flatbuffer, int is_legacy) {
  int64_t prefix_bytes = is_legacy ? 4 : 8;
  struct test_bytes framed = {NULL, prefix_bytes + take_flatbuffer.size};
  framed.bytes = malloc((size_t)framed.size);
  must(framed.bytes != NULL);
  memset(framed.bytes, 0xFF, 4);
  for (int i = 0; i < 4; i++) {
    framed.bytes[prefix_bytes - 4 + i] = (uint8_t)(take_flatbuffer.size >> (8 * i));
  }
  memcpy(framed.bytes + prefix_bytes, take_flatbuffer.bytes, (size_t)take_flatbuffer.size);
  free(take_flatbuffer.bytes);
  return framed;
}

/* A chain of `levels` fields below one column; the innermost is an int32. */
static struct test_bytes chain(int levels, int type, int child_count) {
  struct test_field* fields = calloc((size_t)levels + 1, sizeof *fields);
  must(fields != NULL);
  for (int i = 0; i <= levels; i++) {
    fields[i].name = "item";
    fields[i].nullable = 1;
    fields[i].type = i < levels ? type : TEST_INT;
    fields[i].a = i < levels ? 0 : 32;
    fields[i].b = 1;
    fields[i].children = i < levels ? &fields[i + 1] : NULL;
    fields[i].child_count = i < levels ? child_count : 0;
  }
  struct test_schema schema = {.fields = fields, .field_count = 1};
  struct test_bytes built = test_schema_flatbuffer(&schema, 4);
  free(fields);
  return built;
}

struct test_bytes test_deep_list_flatbuffer(int depth) { return chain(depth, TEST_LIST, 1); }
struct test_bytes test_shared_fields_flatbuffer(int levels) {
  return chain(levels, TEST_STRUCT, -1);
}

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

const struct test_schema* test_schema_of_all_types(void) {
  static const struct test_pair pairs[] = {{"key", 3, "a\0b", 3}, {"key", 3, "", 0}};
  static const int32_t ids[] = {5, 0};
  static const struct test_field item[] = {
      {.name = "item", .type = TEST_INT, .a = 32, .b = 1, .nullable = 1}};
  static const struct test_field two[] = {
      {.name = "x", .type = TEST_INT, .a = 8, .nullable = 1, .pairs = pairs, .pair_count = 1},
      {.name = "y", .type = TEST_UTF8}};
  static const struct test_field key_and_value[] = {
      {.name = "key", .type = TEST_UTF8}, {.name = "value", .type = TEST_BOOL, .nullable = 1}};
  static const struct test_field entries[] = {
      {.name = "entries", .type = TEST_STRUCT, .children = key_and_value, .child_count = 2}};
  static const struct test_field runs[] = {{.name = "run_ends", .type = TEST_INT, .a = 16, .b = 1},
                                           {.name = "values", .type = TEST_UTF8, .nullable = 1}};
  static const struct test_field inner_dictionary[] = {{.name = "item",
                                                        .type = TEST_UTF8,
                                                        .is_dictionary = 1,
                                                        .dictionary_id = 7,
                                                        .index_bits = 8,
                                                        .index_signed = 0,
                                                        .nullable = 1}};
  static const struct test_field fields[] = {
      {.name = "null", .type = TEST_NULL, .nullable = 1},
      {.name = "bool", .type = TEST_BOOL},
      {.name = "int8", .type = TEST_INT, .a = 8, .b = 1},
      {.name = "int16", .type = TEST_INT, .a = 16, .b = 1},
      {.name = "int32", .type = TEST_INT, .a = 32, .b = 1},
      {.name = "int64", .type = TEST_INT, .a = 64, .b = 1},
      {.name = "uint8", .type = TEST_INT, .a = 8},
      {.name = "uint16", .type = TEST_INT, .a = 16},
      {.name = "uint32", .type = TEST_INT, .a = 32},
      {.name = "uint64", .type = TEST_INT, .a = 64},
      {.name = "half", .type = TEST_FLOAT, .a = 0},
      {.name = "float", .type = TEST_FLOAT, .a = 1},
      {.name = "double", .type = TEST_FLOAT, .a = 2},
      {.name = "decimal32", .type = TEST_DECIMAL, .a = 9, .b = 2, .c = 32},
      {.name = "decimal64", .type = TEST_DECIMAL, .a = 18, .b = -3, .c = 64},
      {.name = "decimal128", .type = TEST_DECIMAL, .a = 38, .b = 10, .c = 128},
      {.name = "decimal256", .type = TEST_DECIMAL, .a = 76, .b = 0, .c = 256},
      {.name = "date32", .type = TEST_DATE, .a = 0},
      {.name = "date64", .type = TEST_DATE, .a = 1},
      {.name = "time_s", .type = TEST_TIME, .a = 0, .b = 32},
      {.name = "time_ms", .type = TEST_TIME, .a = 1, .b = 32},
      {.name = "time_us", .type = TEST_TIME, .a = 2, .b = 64},
      {.name = "time_ns", .type = TEST_TIME, .a = 3, .b = 64},
      {.name = "timestamp_s", .type = TEST_TIMESTAMP, .a = 0},
      {.name = "timestamp_ns", .type = TEST_TIMESTAMP, .a = 3, .text = "Europe/Berlin"},
      {.name = "duration", .type = TEST_DURATION, .a = 2},
      {.name = "months", .type = TEST_INTERVAL, .a = 0},
      {.name = "day_time", .type = TEST_INTERVAL, .a = 1},
      {.name = "month_day_nano", .type = TEST_INTERVAL, .a = 2},
      {.name = "utf8", .type = TEST_UTF8, .pairs = pairs, .pair_count = 2},
      {.name = "large_utf8", .type = TEST_LARGE_UTF8},
      {.name = "utf8_view", .type = TEST_UTF8_VIEW, .nullable = 1},
      {.name = "binary", .type = TEST_BINARY},
      {.name = "large_binary", .type = TEST_LARGE_BINARY},
      {.name = "binary_view", .type = TEST_BINARY_VIEW},
      {.name = "fixed_size_binary", .type = TEST_FIXED_SIZE_BINARY, .a = 16},
      {.name = "fixed_size_binary_0", .type = TEST_FIXED_SIZE_BINARY, .a = 0},
      {.name = "list", .type = TEST_LIST, .children = item, .child_count = 1},
      {.name = "large_list", .type = TEST_LARGE_LIST, .children = item, .child_count = 1},
      {.name = "list_view", .type = TEST_LIST_VIEW, .children = item, .child_count = 1},
      {.name = "large_list_view", .type = TEST_LARGE_LIST_VIEW, .children = item, .child_count = 1},
      {.name = "fixed_list",
       .type = TEST_FIXED_SIZE_LIST,
       .a = 3,
       .children = item,
       .child_count = 1},
      {.name = "struct", .type = TEST_STRUCT, .children = two, .child_count = 2},
      {.name = "empty_struct", .type = TEST_STRUCT, .nullable = 1},
      {.name = "map", .type = TEST_MAP, .a = 1, .children = entries, .child_count = 1},
      {.name = "sparse_union", .type = TEST_UNION, .a = 0, .children = two, .child_count = 2},
      {.name = "dense_union",
       .type = TEST_UNION,
       .a = 1,
       .ids = ids,
       .id_count = 2,
       .children = two,
       .child_count = 2},
      {.name = "run_end_encoded", .type = TEST_RUN_END_ENCODED, .children = runs, .child_count = 2},
      {.name = "dictionary",
       .type = TEST_UTF8,
       .nullable = 1,
       .is_dictionary = 1,
       .dictionary_id = 3,
       .index_bits = 16,
       .index_signed = 1,
       .ordered = 1},
      {.name = "dictionary_default",
       .type = TEST_LARGE_BINARY,
       .is_dictionary = 1,
       .dictionary_id = 4},
      {.name = "dictionary_nested",
       .type = TEST_LIST,
       .is_dictionary = 1,
       .dictionary_id = 5,
       .index_bits = 64,
       .index_signed = 0,
       .children = inner_dictionary,
       .child_count = 1},
  };
  static const int64_t features[] = {1, 2};
  static const struct test_schema schema = {.fields = fields,
                                            .field_count = COUNT(fields),
                                            .pairs = pairs,
                                            .pair_count = 2,
                                            .features = features,
                                            .feature_count = 2};
  return &schema;
}

uint64_t test_random(uint64_t* state) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  uint64_t mixed = *state ^ (*state >> 29);
  return mixed * 0x9E3779B97F4A7C15u >> 7;
}
