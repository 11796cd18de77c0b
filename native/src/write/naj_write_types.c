#include "write/naj_write_schema.h"

/* Width and sign of an integer type. */
static int32_t integer_bits(int32_t type) {
  return 8 << (type >= NAJ_TYPE_UINT8 ? type - NAJ_TYPE_UINT8 : type - NAJ_TYPE_INT8);
}
static flatbuffers_bool_t integer_is_signed(int32_t type) { return type < NAJ_TYPE_UINT8; }

FB(Int_ref_t) naj_write_integer(struct naj_flat* borrow_flat, int32_t type) {
  return FB(Int_create)(&borrow_flat->builder, integer_bits(type), integer_is_signed(type));
}

static int timestamp(flatcc_builder_t* b, const struct naj_schema* schema,
                     const struct naj_field_record* field) {
  flatbuffers_string_ref_t zone = 0;
  if (field->extra_size > 0) {
    zone = flatbuffers_string_create(b, (const char*)schema->descriptor + field->extra_offset,
                                     (size_t)field->extra_size);
    if (zone == 0) return -1;
  }
  if (FB(Field_type_Timestamp_start)(b) ||
      FB(Timestamp_unit_add)(b, (FB(TimeUnit_enum_t))field->param0) ||
      (zone != 0 && FB(Timestamp_timezone_add)(b, zone)))
    return -1;
  return FB(Field_type_Timestamp_end)(b);
}

static int type_union(flatcc_builder_t* b, const struct naj_schema* schema,
                      const struct naj_field_record* field) {
  const int32_t* ids = (const int32_t*)(const void*)(schema->descriptor + field->extra_offset);
  const size_t count = (size_t)field->extra_size / sizeof *ids;
  const flatbuffers_int32_vec_ref_t vector =
      flatbuffers_int32_vec_create(b, count == 0 ? &(const int32_t){0} : ids, count);
  if (vector == 0) return -1;
  const FB(UnionMode_enum_t) mode =
      field->type == NAJ_TYPE_DENSE_UNION ? FB(UnionMode_Dense) : FB(UnionMode_Sparse);
  return FB(Field_type_Union_create)(b, mode, vector);
}

/* The generated functions return what `_add` does: 0 when done. */
int naj_write_type(struct naj_flat* borrow_flat, const struct naj_schema* borrow_schema,
                   const struct naj_field_record* borrow_field) {
  flatcc_builder_t* b = &borrow_flat->builder;
  const int32_t type = borrow_field->type;
  const FB(TimeUnit_enum_t) unit = (FB(TimeUnit_enum_t))borrow_field->param0;
  switch (type) {
    case NAJ_TYPE_NULL:
      return FB(Field_type_Null_create)(b);
    case NAJ_TYPE_BOOL:
      return FB(Field_type_Bool_create)(b);
    case NAJ_TYPE_HALF_FLOAT:
    case NAJ_TYPE_FLOAT:
    case NAJ_TYPE_DOUBLE:
      return FB(Field_type_FloatingPoint_create)(
          b, (FB(Precision_enum_t))(type - NAJ_TYPE_HALF_FLOAT));
    case NAJ_TYPE_DECIMAL:
      return FB(Field_type_Decimal_create)(b, borrow_field->param0, borrow_field->param1,
                                           borrow_field->param2);
    case NAJ_TYPE_DATE32:
      return FB(Field_type_Date_create)(b, FB(DateUnit_DAY));
    case NAJ_TYPE_DATE64:
      return FB(Field_type_Date_create)(b, FB(DateUnit_MILLISECOND));
    case NAJ_TYPE_TIME32:
      return FB(Field_type_Time_create)(b, unit, 32);
    case NAJ_TYPE_TIME64:
      return FB(Field_type_Time_create)(b, unit, 64);
    case NAJ_TYPE_TIMESTAMP:
      return timestamp(b, borrow_schema, borrow_field);
    case NAJ_TYPE_DURATION:
      return FB(Field_type_Duration_create)(b, unit);
    case NAJ_TYPE_INTERVAL_MONTHS:
    case NAJ_TYPE_INTERVAL_DAY_TIME:
    case NAJ_TYPE_INTERVAL_MONTH_DAY_NANO:
      return FB(Field_type_Interval_create)(
          b, (FB(IntervalUnit_enum_t))(type - NAJ_TYPE_INTERVAL_MONTHS));
    case NAJ_TYPE_UTF8:
      return FB(Field_type_Utf8_create)(b);
    case NAJ_TYPE_LARGE_UTF8:
      return FB(Field_type_LargeUtf8_create)(b);
    case NAJ_TYPE_UTF8_VIEW:
      return FB(Field_type_Utf8View_create)(b);
    case NAJ_TYPE_BINARY:
      return FB(Field_type_Binary_create)(b);
    case NAJ_TYPE_LARGE_BINARY:
      return FB(Field_type_LargeBinary_create)(b);
    case NAJ_TYPE_BINARY_VIEW:
      return FB(Field_type_BinaryView_create)(b);
    case NAJ_TYPE_FIXED_SIZE_BINARY:
      return FB(Field_type_FixedSizeBinary_create)(b, borrow_field->param0);
    case NAJ_TYPE_LIST:
      return FB(Field_type_List_create)(b);
    case NAJ_TYPE_LARGE_LIST:
      return FB(Field_type_LargeList_create)(b);
    case NAJ_TYPE_LIST_VIEW:
      return FB(Field_type_ListView_create)(b);
    case NAJ_TYPE_LARGE_LIST_VIEW:
      return FB(Field_type_LargeListView_create)(b);
    case NAJ_TYPE_FIXED_SIZE_LIST:
      return FB(Field_type_FixedSizeList_create)(b, borrow_field->param0);
    case NAJ_TYPE_STRUCT:
      return FB(Field_type_Struct__create)(b);
    case NAJ_TYPE_MAP:
      return FB(Field_type_Map_create)(b, (borrow_field->flags & NAJ_FIELD_KEYS_SORTED) != 0);
    case NAJ_TYPE_SPARSE_UNION:
    case NAJ_TYPE_DENSE_UNION:
      return type_union(b, borrow_schema, borrow_field);
    case NAJ_TYPE_RUN_END_ENCODED:
      return FB(Field_type_RunEndEncoded_create)(b);
    default:
      return FB(Field_type_Int_create)(b, integer_bits(type), integer_is_signed(type));
  }
}
