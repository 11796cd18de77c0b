#include "core/naj_checked.h"
#include "core/naj_status.h"
#include "write/naj_bits.h"
#include "write/naj_cut.h"

enum { TYPE_IDS = 128, OFFSET_BYTES = 4 };

/* The child that a type id stands for, and the rows of it that are referred to. */
struct child {
  int32_t node; /* 0: none */
  int64_t length;
  int64_t first;
  int64_t end;
};

static void find_children(const struct naj_cutter* cutter, const struct naj_cut* cut,
                          struct child children[TYPE_IDS]) {
  const struct naj_field_record* field = &cutter->schema->fields[cut->plan->field_index];
  const uint8_t* ids = cutter->schema->descriptor + field->extra_offset;
  memset(children, 0, TYPE_IDS * sizeof *children);
  int32_t node = cut->node + 1;
  for (int32_t i = 0; i < field->child_count; i++) {
    const int64_t id = naj_cut_load(ids, 4, i); /* 0..127: the schema was checked */
    children[id].node = node;
    children[id].length = cutter->rows->nodes[node].length;
    children[id].first = children[id].length;
    node = cutter->plan->nodes[node].subtree_end;
  }
}

/* The child that a row refers to, NULL for a null row. */
static naj_status child_of(const struct naj_cutter* cutter, const struct naj_cut* cut, int64_t row,
                           int8_t type_id, struct child* children, struct child** out_child) {
  *out_child = NULL;
  if (cut->valid != NULL && !naj_bit_is_set(cut->valid, cut->start + row)) return NAJ_OK;
  if (NAJ_UNLIKELY(type_id < 0 || children[type_id].node == 0))
    return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, row,
                          "a type id that the union does not have");
  *out_child = &children[type_id];
  return NAJ_OK;
}

static naj_status find_spans(const struct naj_cutter* cutter, const struct naj_cut* cut,
                             const uint8_t* type_ids, const uint8_t* offsets,
                             struct child* children) {
  for (int64_t row = 0; row < cut->count; row++) {
    struct child* child = NULL;
    NAJ_TRY(child_of(cutter, cut, row, (int8_t)type_ids[row], children, &child));
    if (child == NULL) continue;
    const int64_t offset = naj_cut_load(offsets, OFFSET_BYTES, row);
    if (NAJ_UNLIKELY(offset < 0 || offset >= child->length))
      return naj_cut_refuse(cutter, cut, NAJ_INVALID_DATA, row,
                            "an offset beyond the child of its type");
    if (offset < child->first) child->first = offset;
    if (offset >= child->end) child->end = offset + 1;
  }
  return NAJ_OK;
}

static naj_status rebase(struct naj_cutter* cutter, const struct naj_cut* cut,
                         const uint8_t* type_ids, const uint8_t* offsets, struct child* children) {
  uint8_t* target = NULL;
  NAJ_TRY(naj_cut_room(cutter, cut->count * OFFSET_BYTES, &target));
  for (int64_t row = 0; row < cut->count; row++) {
    struct child* child = NULL;
    NAJ_TRY(child_of(cutter, cut, row, (int8_t)type_ids[row], children, &child));
    const int64_t offset =
        child == NULL ? 0 : naj_cut_load(offsets, OFFSET_BYTES, row) - child->first;
    naj_cut_store(target, OFFSET_BYTES, row, offset);
  }
  naj_cut_put(cutter, type_ids, cut->count);
  naj_cut_put(cutter, target, cut->count * OFFSET_BYTES);
  return NAJ_OK;
}

naj_status naj_cut_dense_union(struct naj_cutter* cutter, const struct naj_cut* borrow_cut) {
  struct child children[TYPE_IDS];
  find_children(cutter, borrow_cut, children);
  const int has_rows = borrow_cut->count > 0;
  const int is_whole = borrow_cut->start == 0 && borrow_cut->count == borrow_cut->in->length;
  const uint8_t* type_ids =
      has_rows ? naj_cut_bytes_from(&borrow_cut->values[0], borrow_cut->start) : NULL;
  const uint8_t* offsets =
      has_rows ? naj_cut_bytes_from(&borrow_cut->values[1], borrow_cut->start * OFFSET_BYTES)
               : NULL;
  if (has_rows && !is_whole) {
    NAJ_TRY(find_spans(cutter, borrow_cut, type_ids, offsets, children));
    NAJ_TRY(rebase(cutter, borrow_cut, type_ids, offsets, children));
  } else {
    naj_cut_put(cutter, type_ids, borrow_cut->count);
    naj_cut_put(cutter, offsets, borrow_cut->count * OFFSET_BYTES);
  }
  for (int id = 0; id < TYPE_IDS; id++) {
    const struct child* child = &children[id];
    if (child->node == 0) continue;
    if (has_rows && is_whole) {
      naj_cut_child(cutter, child->node, 0, child->length);
    } else if (child->end == 0) {
      naj_cut_child(cutter, child->node, 0, 0);
    } else {
      naj_cut_child(cutter, child->node, child->first, child->end - child->first);
    }
  }
  return NAJ_OK;
}
