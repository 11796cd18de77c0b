#include "cdata/naj_schema_format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Types without parameters beyond what `param0` says, by their whole format. */
static const struct plain_format {
  const char* text;
  int32_t type;
  int32_t param0;
} plain_formats[] = {
    {"n", NAJ_TYPE_NULL, 0},
    {"b", NAJ_TYPE_BOOL, 0},
    {"c", NAJ_TYPE_INT8, 0},
    {"C", NAJ_TYPE_UINT8, 0},
    {"s", NAJ_TYPE_INT16, 0},
    {"S", NAJ_TYPE_UINT16, 0},
    {"i", NAJ_TYPE_INT32, 0},
    {"I", NAJ_TYPE_UINT32, 0},
    {"l", NAJ_TYPE_INT64, 0},
    {"L", NAJ_TYPE_UINT64, 0},
    {"e", NAJ_TYPE_HALF_FLOAT, 0},
    {"f", NAJ_TYPE_FLOAT, 0},
    {"g", NAJ_TYPE_DOUBLE, 0},
    {"z", NAJ_TYPE_BINARY, 0},
    {"Z", NAJ_TYPE_LARGE_BINARY, 0},
    {"vz", NAJ_TYPE_BINARY_VIEW, 0},
    {"u", NAJ_TYPE_UTF8, 0},
    {"U", NAJ_TYPE_LARGE_UTF8, 0},
    {"vu", NAJ_TYPE_UTF8_VIEW, 0},
    {"tdD", NAJ_TYPE_DATE32, 0},
    {"tdm", NAJ_TYPE_DATE64, 0},
    {"tts", NAJ_TYPE_TIME32, 0},
    {"ttm", NAJ_TYPE_TIME32, 1},
    {"ttu", NAJ_TYPE_TIME64, 2},
    {"ttn", NAJ_TYPE_TIME64, 3},
    {"tDs", NAJ_TYPE_DURATION, 0},
    {"tDm", NAJ_TYPE_DURATION, 1},
    {"tDu", NAJ_TYPE_DURATION, 2},
    {"tDn", NAJ_TYPE_DURATION, 3},
    {"tiM", NAJ_TYPE_INTERVAL_MONTHS, 0},
    {"tiD", NAJ_TYPE_INTERVAL_DAY_TIME, 0},
    {"tin", NAJ_TYPE_INTERVAL_MONTH_DAY_NANO, 0},
    {"+l", NAJ_TYPE_LIST, 0},
    {"+L", NAJ_TYPE_LARGE_LIST, 0},
    {"+vl", NAJ_TYPE_LIST_VIEW, 0},
    {"+vL", NAJ_TYPE_LARGE_LIST_VIEW, 0},
    {"+s", NAJ_TYPE_STRUCT, 0},
    {"+m", NAJ_TYPE_MAP, 0},
    {"+r", NAJ_TYPE_RUN_END_ENCODED, 0},
};

/* Formats that go on after a prefix. */
static const struct plain_format prefixes[] = {
    {"w:", NAJ_TYPE_FIXED_SIZE_BINARY, 0}, {"+w:", NAJ_TYPE_FIXED_SIZE_LIST, 0},
    {"d:", NAJ_TYPE_DECIMAL, 0},           {"tss:", NAJ_TYPE_TIMESTAMP, 0},
    {"tsm:", NAJ_TYPE_TIMESTAMP, 1},       {"tsu:", NAJ_TYPE_TIMESTAMP, 2},
    {"tsn:", NAJ_TYPE_TIMESTAMP, 3},       {"+us:", NAJ_TYPE_SPARSE_UNION, 0},
    {"+ud:", NAJ_TYPE_DENSE_UNION, 0},
};

enum {
  PLAIN_COUNT = (int)(sizeof plain_formats / sizeof plain_formats[0]),
  PREFIX_COUNT = (int)(sizeof prefixes / sizeof prefixes[0]),
  DEFAULT_DECIMAL_BITS = 128,
  MAX_UNION_IDS = 128
};

/* Reads a decimal int32 at `*at` and steps over it: an optional '-', then digits. */
static int read_number(const char** at, int32_t* out_number) {
  const char* digit = *at;
  int is_negative = *digit == '-';
  if (is_negative) digit++;
  if (*digit < '0' || *digit > '9') return 0;
  int64_t number = 0;
  for (; *digit >= '0' && *digit <= '9'; digit++) {
    number = 10 * number + (*digit - '0');
    if (number > (int64_t)INT32_MAX + 1) return 0;
  }
  if (is_negative) number = -number;
  if (number > INT32_MAX) return 0;
  *at = digit;
  *out_number = (int32_t)number;
  return 1;
}

/* precision,scale or precision,scale,bits */
static int read_decimal(const char* text, struct naj_format* format) {
  format->param2 = DEFAULT_DECIMAL_BITS;
  if (!read_number(&text, &format->param0) || *text++ != ',') return 0;
  if (!read_number(&text, &format->param1)) return 0;
  if (*text == '\0') return 1;
  return *text++ == ',' && read_number(&text, &format->param2) && *text == '\0';
}

/* Numbers with commas between; none at all for a union without children. */
static int read_union_ids(const char* text, struct naj_format* format) {
  if (*text == '\0') return 1;
  for (;;) {
    if (format->union_id_count == MAX_UNION_IDS) return 0;
    if (!read_number(&text, &format->union_ids[format->union_id_count++])) return 0;
    if (*text == '\0') return 1;
    if (*text++ != ',') return 0;
  }
}

static int read_parameters(const char* text, struct naj_format* format) {
  switch (format->type) {
    case NAJ_TYPE_DECIMAL:
      return read_decimal(text, format);
    case NAJ_TYPE_TIMESTAMP:
      format->zone = text;
      format->zone_size = (int64_t)strlen(text);
      return 1;
    case NAJ_TYPE_SPARSE_UNION:
    case NAJ_TYPE_DENSE_UNION:
      return read_union_ids(text, format);
    default:
      return read_number(&text, &format->param0) && *text == '\0';
  }
}

naj_status naj_format_parse(const char* borrow_format, struct naj_format* out_format,
                            const char** out_reason) {
  *out_reason = "no format";
  if (borrow_format == NULL) return NAJ_INVALID_DATA;
  memset(out_format, 0, sizeof *out_format);
  for (int i = 0; i < PLAIN_COUNT; i++) {
    if (strcmp(borrow_format, plain_formats[i].text) != 0) continue;
    out_format->type = plain_formats[i].type;
    out_format->param0 = plain_formats[i].param0;
    return NAJ_OK;
  }
  for (int i = 0; i < PREFIX_COUNT; i++) {
    size_t size = strlen(prefixes[i].text);
    if (strncmp(borrow_format, prefixes[i].text, size) != 0) continue;
    out_format->type = prefixes[i].type;
    out_format->param0 = prefixes[i].param0;
    *out_reason = "format with broken parameters";
    return read_parameters(borrow_format + size, out_format) ? NAJ_OK : NAJ_INVALID_DATA;
  }
  *out_reason = "format that is not known";
  return NAJ_UNSUPPORTED;
}

/* ------------------------------------------------------------------ writing */

struct text_writer {
  char* text; /* NULL: only measures */
  int64_t size;
};

static void put(struct text_writer* writer, const char* bytes, int64_t size) {
  if (writer->text != NULL && size > 0) memcpy(writer->text + writer->size, bytes, (size_t)size);
  writer->size += size;
}

static void put_text(struct text_writer* writer, const char* text) {
  put(writer, text, (int64_t)strlen(text));
}

static void put_number(struct text_writer* writer, int32_t number) {
  char digits[16];
  int size = snprintf(digits, sizeof digits, "%" PRId32, number);
  put(writer, digits, size);
}

static const char* find_text(const struct plain_format* formats, int count, int32_t type,
                             int32_t param0) {
  for (int i = 0; i < count; i++) {
    if (formats[i].type == type && formats[i].param0 == param0) return formats[i].text;
  }
  return NULL;
}

static void put_parameters(struct text_writer* writer, const struct naj_field_record* field,
                           const uint8_t* extra) {
  switch (field->type) {
    case NAJ_TYPE_DECIMAL:
      put_number(writer, field->param0);
      put(writer, ",", 1);
      put_number(writer, field->param1);
      if (field->param2 != DEFAULT_DECIMAL_BITS) {
        put(writer, ",", 1);
        put_number(writer, field->param2);
      }
      break;
    case NAJ_TYPE_TIMESTAMP:
      put(writer, (const char*)extra, field->extra_size);
      break;
    case NAJ_TYPE_SPARSE_UNION:
    case NAJ_TYPE_DENSE_UNION:
      for (int32_t i = 0; i < field->child_count; i++) {
        int32_t id;
        memcpy(&id, extra + sizeof id * (size_t)i, sizeof id);
        if (i > 0) put(writer, ",", 1);
        put_number(writer, id);
      }
      break;
    default:
      put_number(writer, field->param0);
  }
}

static void write_format(struct text_writer* writer, int32_t type,
                         const struct naj_field_record* field, const uint8_t* extra) {
  int is_field_type = type == field->type;
  int has_unit = is_field_type && (type == NAJ_TYPE_TIME32 || type == NAJ_TYPE_TIME64 ||
                                   type == NAJ_TYPE_DURATION || type == NAJ_TYPE_TIMESTAMP);
  int32_t param0 = has_unit ? field->param0 : 0;
  const char* text = find_text(plain_formats, PLAIN_COUNT, type, param0);
  if (text != NULL) {
    put_text(writer, text);
  } else {
    put_text(writer, find_text(prefixes, PREFIX_COUNT, type, param0));
    put_parameters(writer, field, extra);
  }
}

int64_t naj_format_write(int32_t type, const struct naj_field_record* borrow_field,
                         const uint8_t* borrow_extra, char* out_text, int64_t text_bytes) {
  struct text_writer measure = {NULL, 0};
  write_format(&measure, type, borrow_field, borrow_extra);
  if (measure.size < text_bytes && out_text != NULL) {
    struct text_writer writer = {out_text, 0};
    write_format(&writer, type, borrow_field, borrow_extra);
    out_text[writer.size] = '\0';
  }
  return measure.size;
}
