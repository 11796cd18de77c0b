#include "batch/naj_plan.h"
#include "core/naj_status.h"
#include "naj/naj.h"
#include "schema/naj_dictionaries.h"
#include "schema/naj_schema.h"

static void skip_dictionary(struct naj_plan* plan, int32_t is_skipped) {
  for (int32_t i = 0; i < plan->node_count; i++) plan->nodes[i].is_skipped = is_skipped;
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
  for (int32_t d = 0; d < dictionary_count; d++)
    skip_dictionary(borrow_schema->dictionaries->entries[d].values->plan, 1);
  for (int32_t i = 0; i < field_count; i++) {
    const struct naj_field_record* field = &borrow_schema->fields[i];
    if (!borrow_selected[i] || !(field->flags & NAJ_FIELD_DICTIONARY)) continue;
    const int32_t d = naj_dictionaries_find(borrow_schema->dictionaries, field->dictionary_id);
    struct naj_plan* plan = borrow_schema->dictionaries->entries[d].values->plan;
    /* Of fields that share it the first one does. */
    if (plan->nodes[0].is_skipped) skip_dictionary(plan, 0);
  }
  return NAJ_OK;
}
