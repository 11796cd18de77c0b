#include "batch/naj_plan.h"
#include "core/naj_status.h"
#include "naj/naj.h"
#include "schema/naj_dictionaries.h"
#include "schema/naj_schema.h"

static int is_dictionary_used(const struct naj_schema* schema, const uint8_t* selected,
                              int64_t id) {
  for (int32_t i = 0; i < schema->header->field_count; i++) {
    const struct naj_field_record* field = &schema->fields[i];
    if (selected[i] && (field->flags & NAJ_FIELD_DICTIONARY) && field->dictionary_id == id)
      return 1;
  }
  return 0;
}

naj_status naj_schema_select(struct naj_schema* borrow_schema, const uint8_t* borrow_selected,
                             int64_t field_count, struct naj_error* error) {
  if (borrow_selected == NULL || field_count != borrow_schema->header->field_count)
    return naj_error_set(error, NAJ_MISUSE, -1, "%lld marks for %d fields", (long long)field_count,
                         borrow_schema->header->field_count);
  for (int32_t i = 0; i < borrow_schema->plan->node_count; i++) {
    struct naj_plan_node* node = &borrow_schema->plan->nodes[i];
    node->is_skipped = !borrow_selected[node->field_index];
  }
  const int32_t dictionary_count = naj_schema_dictionary_count(borrow_schema);
  for (int32_t d = 0; d < dictionary_count; d++) {
    const struct naj_dictionary* dictionary = &borrow_schema->dictionaries->entries[d];
    const int is_used = is_dictionary_used(borrow_schema, borrow_selected, dictionary->id);
    struct naj_plan* plan = dictionary->values->plan;
    for (int32_t i = 0; i < plan->node_count; i++) plan->nodes[i].is_skipped = !is_used;
  }
  return NAJ_OK;
}
