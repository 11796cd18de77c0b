#include "schema/naj_schema_types.h"

#include <string.h>

#include "nanoarrow/ipc/flatcc_generated.h"

#define ns(name) org_apache_arrow_flatbuf_##name

/* The naj_type of an Int table, -1 for widths that the format does not have. */
static int32_t integer_type(ns(Int_table_t) table) {
  int is_signed = ns(Int_is_signed(table)) != 0;
  switch (ns(Int_bitWidth(table))) {
    case 8:
      return is_signed ? NAJ_TYPE_INT8 : NAJ_TYPE_UINT8;
    case 16:
      return is_signed ? NAJ_TYPE_INT16 : NAJ_TYPE_UINT16;
    case 32:
      return is_signed ? NAJ_TYPE_INT32 : NAJ_TYPE_UINT32;
    case 64:
      return is_signed ? NAJ_TYPE_INT64 : NAJ_TYPE_UINT64;
    default:
      return -1;
  }
}

static int32_t time_type(ns(Time_table_t) table, int32_t* out_unit) {
  *out_unit = ns(Time_unit(table));
  switch (ns(Time_bitWidth(table))) {
    case 32:
      return NAJ_TYPE_TIME32;
    case 64:
      return NAJ_TYPE_TIME64;
    default:
      return -1;
  }
}

/* `values[number]`, -1 outside. */
static int32_t pick(const int32_t* values, int32_t count, int32_t number) {
  return number >= 0 && number < count ? values[number] : -1;
}

static naj_status put_zone(struct naj_schema_builder* builder, int32_t index,
                           flatbuffers_string_t zone, struct naj_error* error) {
  int64_t size = (int64_t)flatbuffers_string_len(zone);
  if (size == 0) return NAJ_OK;
  int64_t offset;
  NAJ_TRY(naj_schema_build_bytes(builder, size, &offset, error));
  memcpy(builder->bytes + offset, zone, (size_t)size);
  builder->fields[index].extra_offset = offset;
  builder->fields[index].extra_size = size;
  return NAJ_OK;
}

/* Type ids as given, or 0, 1, … one for each child. */
static naj_status put_union_ids(struct naj_schema_builder* builder, int32_t index,
                                ns(Union_table_t) table, ns(Field_table_t) field_table,
                                struct naj_error* error) {
  flatbuffers_int32_vec_t ids = ns(Union_typeIds(table));
  ns(Field_vec_t) children = ns(Field_children(field_table));
  size_t child_count = ns(Field_vec_len(children));
  size_t count = ids == NULL ? child_count : flatbuffers_int32_vec_len(ids);
  if (count != child_count || count > 128) {
    return naj_schema_build_refuse(builder, index, NAJ_INVALID_DATA, error,
                                   "union of %zu children with %zu type ids", child_count, count);
  }
  int64_t offset;
  int64_t size = (int64_t)(count * sizeof(int32_t));
  NAJ_TRY(naj_schema_build_bytes(builder, size, &offset, error));
  for (size_t i = 0; i < count; i++) {
    int32_t id = ids == NULL ? (int32_t)i : flatbuffers_int32_vec_at(ids, i);
    memcpy(builder->bytes + offset + i * sizeof id, &id, sizeof id);
  }
  builder->fields[index].extra_offset = offset;
  builder->fields[index].extra_size = size;
  return NAJ_OK;
}

naj_status naj_schema_decode_type(struct naj_schema_builder* builder, int32_t index,
                                  const void* borrow_field_table, struct naj_error* error) {
  static const int32_t floats[] = {NAJ_TYPE_HALF_FLOAT, NAJ_TYPE_FLOAT, NAJ_TYPE_DOUBLE};
  static const int32_t dates[] = {NAJ_TYPE_DATE32, NAJ_TYPE_DATE64};
  static const int32_t intervals[] = {NAJ_TYPE_INTERVAL_MONTHS, NAJ_TYPE_INTERVAL_DAY_TIME,
                                      NAJ_TYPE_INTERVAL_MONTH_DAY_NANO};
  static const int32_t unions[] = {NAJ_TYPE_SPARSE_UNION, NAJ_TYPE_DENSE_UNION};
  ns(Field_table_t) field_table = borrow_field_table;
  int number = ns(Field_type_type(field_table));
  const void* table = number == 0 ? NULL : ns(Field_type(field_table));
  if (number > ns(Type_LargeListView)) {
    return naj_schema_build_refuse(builder, index, NAJ_UNSUPPORTED, error,
                                   "type number %d is not known", number);
  }
  if (table == NULL) {
    return naj_schema_build_refuse(builder, index, NAJ_INVALID_DATA, error, "field without a type");
  }
  struct naj_field_record* field = &builder->fields[index];
  switch (number) {
    case ns(Type_Null):
      field->type = NAJ_TYPE_NULL;
      break;
    case ns(Type_Int):
      field->type = integer_type(table);
      break;
    case ns(Type_FloatingPoint):
      field->type = pick(floats, 3, ns(FloatingPoint_precision(table)));
      break;
    case ns(Type_Binary):
      field->type = NAJ_TYPE_BINARY;
      break;
    case ns(Type_Utf8):
      field->type = NAJ_TYPE_UTF8;
      break;
    case ns(Type_Bool):
      field->type = NAJ_TYPE_BOOL;
      break;
    case ns(Type_Decimal):
      field->type = NAJ_TYPE_DECIMAL;
      field->param0 = ns(Decimal_precision(table));
      field->param1 = ns(Decimal_scale(table));
      field->param2 = ns(Decimal_bitWidth(table));
      break;
    case ns(Type_Date):
      field->type = pick(dates, 2, ns(Date_unit(table)));
      break;
    case ns(Type_Time):
      field->type = time_type(table, &field->param0);
      break;
    case ns(Type_Timestamp):
      field->type = NAJ_TYPE_TIMESTAMP;
      field->param0 = ns(Timestamp_unit(table));
      NAJ_TRY(put_zone(builder, index, ns(Timestamp_timezone(table)), error));
      break;
    case ns(Type_Interval):
      field->type = pick(intervals, 3, ns(Interval_unit(table)));
      break;
    case ns(Type_List):
      field->type = NAJ_TYPE_LIST;
      break;
    case ns(Type_Struct_):
      field->type = NAJ_TYPE_STRUCT;
      break;
    case ns(Type_Union):
      field->type = pick(unions, 2, ns(Union_mode(table)));
      NAJ_TRY(put_union_ids(builder, index, table, field_table, error));
      break;
    case ns(Type_FixedSizeBinary):
      field->type = NAJ_TYPE_FIXED_SIZE_BINARY;
      field->param0 = ns(FixedSizeBinary_byteWidth(table));
      break;
    case ns(Type_FixedSizeList):
      field->type = NAJ_TYPE_FIXED_SIZE_LIST;
      field->param0 = ns(FixedSizeList_listSize(table));
      break;
    case ns(Type_Map):
      field->type = NAJ_TYPE_MAP;
      if (ns(Map_keysSorted(table))) field->flags |= NAJ_FIELD_KEYS_SORTED;
      break;
    case ns(Type_Duration):
      field->type = NAJ_TYPE_DURATION;
      field->param0 = ns(Duration_unit(table));
      break;
    case ns(Type_LargeBinary):
      field->type = NAJ_TYPE_LARGE_BINARY;
      break;
    case ns(Type_LargeUtf8):
      field->type = NAJ_TYPE_LARGE_UTF8;
      break;
    case ns(Type_LargeList):
      field->type = NAJ_TYPE_LARGE_LIST;
      break;
    case ns(Type_RunEndEncoded):
      field->type = NAJ_TYPE_RUN_END_ENCODED;
      break;
    case ns(Type_BinaryView):
      field->type = NAJ_TYPE_BINARY_VIEW;
      break;
    case ns(Type_Utf8View):
      field->type = NAJ_TYPE_UTF8_VIEW;
      break;
    case ns(Type_ListView):
      field->type = NAJ_TYPE_LIST_VIEW;
      break;
    default:
      field->type = NAJ_TYPE_LARGE_LIST_VIEW;
      break;
  }
  if (builder->fields[index].type < 0) {
    return naj_schema_build_refuse(builder, index, NAJ_INVALID_DATA, error,
                                   "impossible width, unit or mode of type number %d", number);
  }
  return NAJ_OK;
}

naj_status naj_schema_decode_dictionary(struct naj_schema_builder* builder, int32_t index,
                                        const void* borrow_field_table, struct naj_error* error) {
  ns(DictionaryEncoding_table_t) table = ns(Field_dictionary(borrow_field_table));
  if (table == NULL) return NAJ_OK;
  struct naj_field_record* field = &builder->fields[index];
  ns(Int_table_t) index_table = ns(DictionaryEncoding_indexType(table));
  field->index_type = index_table == NULL ? NAJ_TYPE_INT32 : integer_type(index_table);
  if (field->index_type < 0) {
    return naj_schema_build_refuse(builder, index, NAJ_INVALID_DATA, error,
                                   "dictionary indices of %d bits",
                                   (int)ns(Int_bitWidth(index_table)));
  }
  if (ns(DictionaryEncoding_dictionaryKind(table)) != ns(DictionaryKind_DenseArray)) {
    return naj_schema_build_refuse(builder, index, NAJ_UNSUPPORTED, error,
                                   "unknown kind of dictionary");
  }
  field->flags |= NAJ_FIELD_DICTIONARY;
  if (ns(DictionaryEncoding_isOrdered(table))) field->flags |= NAJ_FIELD_DICTIONARY_ORDERED;
  field->dictionary_id = ns(DictionaryEncoding_id(table));
  return NAJ_OK;
}

int naj_type_is_nested(int32_t type) {
  return type >= NAJ_TYPE_LIST && type <= NAJ_TYPE_RUN_END_ENCODED;
}
