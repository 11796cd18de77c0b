/* Format strings of the C Data Interface. */
#ifndef NAJ_CDATA_SCHEMA_FORMAT_H
#define NAJ_CDATA_SCHEMA_FORMAT_H

#include "naj/naj.h"

/* A type as a format string tells it: the part of a naj_field_record that it fills. `extra` points
 * into the format (a timestamp's zone) or is NULL. Union type ids go to `union_ids`. */
struct naj_format {
  int32_t type;
  int32_t param0;
  int32_t param1;
  int32_t param2;
  const char* zone;
  int64_t zone_size;
  int32_t union_id_count;
  int32_t union_ids[128];
};

/* Reads `borrow_format` strictly: NAJ_UNSUPPORTED for a format that is not known, NAJ_INVALID_DATA
 * for a known one with broken parameters. The reason is a constant text in `*out_reason`. */
naj_status naj_format_parse(const char* borrow_format, struct naj_format* out_format,
                            const char** out_reason);

/* Writes the format of a type with a terminator into `out_text` when it has room for `text_bytes`
 * (else nothing); returns the size without the terminator. `borrow_extra`: the field's extra bytes.
 */
int64_t naj_format_write(int32_t type, const struct naj_field_record* borrow_field,
                         const uint8_t* borrow_extra, char* out_text, int64_t text_bytes);

#endif
