#include "flatbuffers/naj_verify.h"

#include "core/naj_status.h"
#include "nanoarrow/ipc/flatcc_generated.h"

/* Positions count from the start of the flatbuffer and are 64 bits wide, so that no sum of two of
 * the format's 32-bit numbers wraps. The format (FlatBuffers "internals"): a table starts with a
 * signed distance back to its vtable; a vtable is uint16: own size, table size, then the place of
 * each field in the table or 0; offsets are unsigned, relative to where they are stored, and never
 * 0; vectors start with their count; everything lies at a multiple of its size from the start. The
 * table size is not held against a table: no reader needs it, and Arrow's own verifier ignores it.
 */
typedef flatcc_table_verifier_descriptor_t table_view;
typedef flatcc_union_verifier_descriptor_t union_view;

enum { OFFSET_BYTES = 4, VTABLE_HEAD_BYTES = 4, LARGEST_BUFFER_BYTES = INT32_MAX };

/* Of the root that this thread verifies now. */
static _Thread_local struct {
  int64_t tables_left;
  int64_t bytes_left;
  int64_t fault_position;
  int is_over_budget;
} budget;

static void budget_open(int64_t size_bytes) {
  budget.tables_left =
      size_bytes / 8 > NAJ_VERIFY_MIN_TABLES ? size_bytes / 8 : NAJ_VERIFY_MIN_TABLES;
  budget.bytes_left = NAJ_VERIFY_MIN_BYTES + 8 * size_bytes;
  budget.fault_position = 0;
  budget.is_over_budget = 0;
}

static int fault(int64_t position, int code) {
  budget.fault_position = position;
  return code;
}

static int over_budget(int64_t position) {
  budget.is_over_budget = 1;
  return fault(position, flatcc_verify_error_max_nesting_level_reached);
}

static uint32_t read_u16(const void* buffer, int64_t position) {
  const uint8_t* bytes = (const uint8_t*)buffer + position;
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
}

static uint32_t read_u32(const void* buffer, int64_t position) {
  const uint8_t* bytes = (const uint8_t*)buffer + position;
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
         (uint32_t)bytes[3] << 24;
}

/* 1 when `size` bytes at `position` lie before `end`; none of them is negative. */
static int is_within(int64_t position, int64_t size, int64_t end) {
  return position <= end && size <= end - position;
}

/* The position that the offset stored at `base` points to; `base` is verified. */
static int follow(const void* buffer, int64_t end, int64_t base, int64_t* out_position) {
  uint32_t offset = read_u32(buffer, base);
  int64_t position = base + (int64_t)offset;
  if (offset == 0 || position % OFFSET_BYTES != 0 || !is_within(position, OFFSET_BYTES, end)) {
    return fault(base, flatcc_verify_error_offset_out_of_range);
  }
  *out_position = position;
  return flatcc_verify_ok;
}

static int verify_table(const void* buffer, int64_t end, int64_t base, int levels_left,
                        flatcc_table_verifier_f* verify_fields) {
  int64_t table;
  int status = follow(buffer, end, base, &table);
  if (status != flatcc_verify_ok) return status;
  if (levels_left <= 0 || --budget.tables_left < 0) return over_budget(table);

  int64_t vtable = table - (int64_t)(int32_t)read_u32(buffer, table);
  if (vtable < 0 || vtable % 2 != 0 || !is_within(vtable, VTABLE_HEAD_BYTES, end)) {
    return fault(table, flatcc_verify_error_vtable_offset_out_of_range_or_unaligned);
  }
  uint32_t vtable_size = read_u16(buffer, vtable);
  uint32_t table_size = read_u16(buffer, vtable + 2);
  if (vtable_size % 2 != 0 || !is_within(vtable, vtable_size, end)) {
    return fault(vtable, flatcc_verify_error_vtable_size_out_of_range_or_unaligned);
  }
  table_view view = {
      .buf = buffer,
      .end = (flatbuffers_uoffset_t)end,
      .ttl = levels_left - 1,
      .vtable = (const uint8_t*)buffer + vtable,
      .table = (flatbuffers_uoffset_t)table,
      .tsize = (flatbuffers_voffset_t)table_size,
      .vsize = (flatbuffers_voffset_t)vtable_size,
  };
  return verify_fields(&view);
}

/* The position of field `id` of `size` bytes, 0 when it is absent. */
static int locate(const table_view* view, uint32_t id, int64_t size, uint32_t align,
                  int64_t* out_position) {
  uint32_t entry = VTABLE_HEAD_BYTES + 2 * id;
  *out_position = 0;
  if (entry + 2 > view->vsize) return flatcc_verify_ok;
  uint32_t place = read_u16(view->vtable, entry);
  if (place == 0) return flatcc_verify_ok;
  int64_t position = (int64_t)view->table + place;
  if (place < OFFSET_BYTES || !is_within(position, size, view->end)) {
    return fault(view->table, flatcc_verify_error_table_field_out_of_range);
  }
  if (align > 1 && position % align != 0) {
    return fault(position, flatcc_verify_error_table_field_not_aligned);
  }
  *out_position = position;
  return flatcc_verify_ok;
}

/* Where the offset field `id` points; 0 when it is absent, which `required` forbids. */
static int locate_target(const table_view* view, uint32_t id, int required, int64_t* out_position) {
  int64_t base;
  int status = locate(view, id, OFFSET_BYTES, OFFSET_BYTES, &base);
  if (status != flatcc_verify_ok) return status;
  *out_position = 0;
  if (base == 0) {
    return required ? fault(view->table, flatcc_verify_error_required_field_missing)
                    : flatcc_verify_ok;
  }
  return follow(view->buf, view->end, base, out_position);
}

static int charge(int64_t position, int64_t bytes) {
  budget.bytes_left -= bytes;
  return budget.bytes_left < 0 ? over_budget(position) : flatcc_verify_ok;
}

/* A vector at `position`, whose count is known to be readable. */
static int verify_vector(const table_view* view, int64_t position, int64_t item_bytes,
                         uint32_t align, uint64_t max_count) {
  uint32_t count = read_u32(view->buf, position);
  int64_t items = position + OFFSET_BYTES;
  if (count > max_count) {
    return fault(position, flatcc_verify_error_vector_count_exceeds_representable_vector_size);
  }
  int64_t size;
  if (__builtin_mul_overflow((int64_t)count, item_bytes, &size) ||
      !is_within(items, size, view->end)) {
    return fault(position, flatcc_verify_error_vector_out_of_range);
  }
  /* Some writers do not align what is empty. */
  if (count > 0 && align > 1 && items % align != 0) {
    return fault(position, flatcc_verify_error_vector_header_out_of_range_or_unaligned);
  }
  return charge(position, size);
}

int flatcc_verify_field(flatcc_table_verifier_descriptor_t* td, flatbuffers_voffset_t id,
                        size_t size, uint16_t align) {
  int64_t position;
  return locate(td, id, (int64_t)size, align, &position);
}

int flatcc_verify_vector_field(flatcc_table_verifier_descriptor_t* td, flatbuffers_voffset_t id,
                               int required, size_t elem_size, uint16_t align, size_t max_count) {
  int64_t position;
  int status = locate_target(td, id, required, &position);
  if (status != flatcc_verify_ok || position == 0) return status;
  return verify_vector(td, position, (int64_t)elem_size, align, max_count);
}

int flatcc_verify_string_field(flatcc_table_verifier_descriptor_t* td, flatbuffers_voffset_t id,
                               int required) {
  int64_t position;
  int status = locate_target(td, id, required, &position);
  if (status != flatcc_verify_ok || position == 0) return status;
  int64_t size = (int64_t)read_u32(td->buf, position);
  int64_t text = position + OFFSET_BYTES;
  if (!is_within(text, size + 1, td->end)) {
    return fault(position, flatcc_verify_error_string_out_of_range);
  }
  if (((const uint8_t*)td->buf)[text + size] != 0) {
    return fault(position, flatcc_verify_error_string_not_zero_terminated);
  }
  return charge(position, size);
}

int flatcc_verify_table_field(flatcc_table_verifier_descriptor_t* td, flatbuffers_voffset_t id,
                              int required, flatcc_table_verifier_f tvf) {
  int64_t base;
  int status = locate(td, id, OFFSET_BYTES, OFFSET_BYTES, &base);
  if (status != flatcc_verify_ok) return status;
  if (base == 0) {
    return required ? fault(td->table, flatcc_verify_error_required_field_missing)
                    : flatcc_verify_ok;
  }
  return verify_table(td->buf, td->end, base, td->ttl, tvf);
}

int flatcc_verify_table_vector_field(flatcc_table_verifier_descriptor_t* td,
                                     flatbuffers_voffset_t id, int required,
                                     flatcc_table_verifier_f tvf) {
  int64_t position;
  int status = locate_target(td, id, required, &position);
  if (status != flatcc_verify_ok || position == 0) return status;
  status = verify_vector(td, position, OFFSET_BYTES, OFFSET_BYTES, UINT32_MAX);
  if (status != flatcc_verify_ok) return status;
  uint32_t count = read_u32(td->buf, position);
  for (int64_t i = 0; i < (int64_t)count; i++) {
    int64_t base = position + OFFSET_BYTES + i * OFFSET_BYTES;
    status = verify_table(td->buf, td->end, base, td->ttl, tvf);
    if (status != flatcc_verify_ok) return status;
  }
  return flatcc_verify_ok;
}

/* A union is two fields, its type number just before its value. A type without a value is an absent
 * table; a value without a type is never read, and so not looked at. */
int flatcc_verify_union_field(flatcc_table_verifier_descriptor_t* td, flatbuffers_voffset_t id,
                              int required, flatcc_union_verifier_f uvf) {
  if (id == 0) return fault(td->table, flatcc_verify_error_not_supported);
  int64_t type_position;
  int64_t value_position;
  int status = locate(td, (uint32_t)id - 1, 1, 1, &type_position);
  if (status != flatcc_verify_ok) return status;
  status = locate(td, id, OFFSET_BYTES, OFFSET_BYTES, &value_position);
  if (status != flatcc_verify_ok) return status;
  uint8_t type = type_position == 0 ? 0 : ((const uint8_t*)td->buf)[type_position];
  if (type == 0 && required) {
    return fault(td->table, flatcc_verify_error_type_field_absent_from_required_union_field);
  }
  if (type == 0 || value_position == 0) return flatcc_verify_ok;
  union_view view = {
      .buf = td->buf,
      .end = td->end,
      .ttl = td->ttl,
      .type = type,
      .base = (flatbuffers_uoffset_t)value_position,
      .offset = read_u32(td->buf, value_position),
  };
  return uvf(&view);
}

int flatcc_verify_union_table(flatcc_union_verifier_descriptor_t* ud,
                              flatcc_table_verifier_f* tvf) {
  return verify_table(ud->buf, ud->end, ud->base, ud->ttl, tvf);
}

/* Opens the budget and checks what comes before the root: `start` is 0, or 4 behind a size prefix.
 */
static int verify_head(const void* buffer, size_t size, int64_t start, uint32_t identifier,
                       int64_t* out_end) {
  budget_open(size > LARGEST_BUFFER_BYTES ? 0 : (int64_t)size);
  if (size > LARGEST_BUFFER_BYTES) {
    return fault(0, flatcc_verify_error_runtime_buffer_size_too_large);
  }
  int64_t end = (int64_t)size;
  if (end < start + 2 * OFFSET_BYTES) {
    return fault(0, flatcc_verify_error_buffer_header_too_small);
  }
  if (start > 0) {
    int64_t named_end = start + (int64_t)read_u32(buffer, 0);
    if (named_end > end) {
      return fault(0, flatcc_verify_error_runtime_buffer_size_less_than_size_field);
    }
    end = named_end;
    if (end < start + 2 * OFFSET_BYTES) {
      return fault(0, flatcc_verify_error_buffer_header_too_small);
    }
  }
  if (identifier != 0 && read_u32(buffer, start + OFFSET_BYTES) != identifier) {
    return fault(start + OFFSET_BYTES, flatcc_verify_error_identifier_mismatch);
  }
  *out_end = end;
  return flatcc_verify_ok;
}

static uint32_t identifier_of(const char* fid) {
  return fid == NULL || fid[0] == '\0' ? 0 : read_u32(fid, 0);
}

static int verify_table_root(const void* buffer, size_t size, int64_t start, uint32_t identifier,
                             flatcc_table_verifier_f* verify_fields) {
  int64_t end;
  int status = verify_head(buffer, size, start, identifier, &end);
  if (status != flatcc_verify_ok) return status;
  return verify_table(buffer, end, start, NAJ_VERIFY_MAX_DEPTH, verify_fields);
}

static int verify_struct_root(const void* buffer, size_t size, int64_t start, uint32_t identifier,
                              size_t struct_size, uint16_t align) {
  int64_t end;
  int status = verify_head(buffer, size, start, identifier, &end);
  if (status != flatcc_verify_ok) return status;
  uint32_t offset = read_u32(buffer, start);
  int64_t position = start + (int64_t)offset;
  if (offset == 0 || struct_size > LARGEST_BUFFER_BYTES ||
      !is_within(position, (int64_t)struct_size, end)) {
    return fault(start, flatcc_verify_error_struct_out_of_range);
  }
  if (align > 1 && position % align != 0) {
    return fault(position, flatcc_verify_error_struct_unaligned);
  }
  return flatcc_verify_ok;
}

int flatcc_verify_table_as_root(const void* buf, size_t bufsiz, const char* fid,
                                flatcc_table_verifier_f* root_tvf) {
  return verify_table_root(buf, bufsiz, 0, identifier_of(fid), root_tvf);
}

int flatcc_verify_table_as_root_with_size(const void* buf, size_t bufsiz, const char* fid,
                                          flatcc_table_verifier_f* root_tvf) {
  return verify_table_root(buf, bufsiz, OFFSET_BYTES, identifier_of(fid), root_tvf);
}

int flatcc_verify_table_as_typed_root(const void* buf, size_t bufsiz, flatbuffers_thash_t thash,
                                      flatcc_table_verifier_f* root_tvf) {
  return verify_table_root(buf, bufsiz, 0, thash, root_tvf);
}

int flatcc_verify_table_as_typed_root_with_size(const void* buf, size_t bufsiz,
                                                flatbuffers_thash_t thash,
                                                flatcc_table_verifier_f* root_tvf) {
  return verify_table_root(buf, bufsiz, OFFSET_BYTES, thash, root_tvf);
}

int flatcc_verify_struct_as_root(const void* buf, size_t bufsiz, const char* fid, size_t size,
                                 uint16_t align) {
  return verify_struct_root(buf, bufsiz, 0, identifier_of(fid), size, align);
}

int flatcc_verify_struct_as_root_with_size(const void* buf, size_t bufsiz, const char* fid,
                                           size_t size, uint16_t align) {
  return verify_struct_root(buf, bufsiz, OFFSET_BYTES, identifier_of(fid), size, align);
}

int flatcc_verify_struct_as_typed_root(const void* buf, size_t bufsiz, flatbuffers_thash_t thash,
                                       size_t size, uint16_t align) {
  return verify_struct_root(buf, bufsiz, 0, thash, size, align);
}

int flatcc_verify_struct_as_typed_root_with_size(const void* buf, size_t bufsiz,
                                                 flatbuffers_thash_t thash, size_t size,
                                                 uint16_t align) {
  return verify_struct_root(buf, bufsiz, OFFSET_BYTES, thash, size, align);
}

const char* flatcc_verify_error_string(int err) {
  switch (err) {
#define NAMED_ERROR(name, text)    \
  case flatcc_verify_error_##name: \
    return text;
    FLATCC_VERIFY_ERROR_MAP(NAMED_ERROR)
#undef NAMED_ERROR
    default:
      return "unknown";
  }
}

static naj_status verify_root(const void* flatbuffer, int64_t size_bytes, int64_t input_offset,
                              flatcc_table_verifier_f* verify_fields, const char* what,
                              struct naj_error* error) {
  if (flatbuffer == NULL || (uintptr_t)flatbuffer % 8 != 0 || size_bytes < 0) {
    return naj_error_set(error, NAJ_MISUSE, input_offset, "a flatbuffer must be aligned to 8");
  }
  int code = verify_table_root(flatbuffer, (size_t)size_bytes, 0, 0, verify_fields);
  if (code == flatcc_verify_ok) return NAJ_OK;
  int64_t offset = input_offset < 0 ? -1 : input_offset + budget.fault_position;
  if (budget.is_over_budget) {
    return naj_error_set(error, NAJ_LIMIT_EXCEEDED, offset,
                         "%s is nested too deeply or refers to the same parts too often", what);
  }
  return naj_error_set(error, NAJ_INVALID_DATA, offset, "%s is not a valid flatbuffer: %s", what,
                       flatcc_verify_error_string(code));
}

naj_status naj_verify_message(const void* borrow_flatbuffer, int64_t size_bytes,
                              int64_t input_offset, struct naj_error* error) {
  return verify_root(borrow_flatbuffer, size_bytes, input_offset,
                     org_apache_arrow_flatbuf_Message_verify_table, "message metadata", error);
}

naj_status naj_verify_footer(const void* borrow_flatbuffer, int64_t size_bytes,
                             int64_t input_offset, struct naj_error* error) {
  return verify_root(borrow_flatbuffer, size_bytes, input_offset,
                     org_apache_arrow_flatbuf_Footer_verify_table, "file footer", error);
}
