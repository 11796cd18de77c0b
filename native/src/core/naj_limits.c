#include "core/naj_limits.h"

#include "core/naj_status.h"

void naj_limits_init(struct naj_limits* out_limits) {
  out_limits->max_metadata_bytes = INT32_MAX;
  out_limits->max_body_bytes = INT64_MAX;
  out_limits->max_depth = 128;
  out_limits->max_fields = 1000000;
  out_limits->max_decompressed_bytes = INT64_MAX;
  out_limits->use_threads = 1;
  out_limits->flags = 0;
  out_limits->max_decompression_ratio = INT64_MAX;
}

naj_status naj_limits_resolve(const struct naj_limits* borrow_limits, struct naj_limits* out_limits,
                              struct naj_error* error) {
  if (borrow_limits == NULL) {
    naj_limits_init(out_limits);
    return NAJ_OK;
  }
  if (borrow_limits->max_metadata_bytes < 0 || borrow_limits->max_body_bytes < 0 ||
      borrow_limits->max_depth < 0 || borrow_limits->max_fields < 0 ||
      borrow_limits->max_decompressed_bytes < 0 || borrow_limits->max_decompression_ratio < 0) {
    return naj_error_set(error, NAJ_MISUSE, -1, "a limit is negative");
  }
  *out_limits = *borrow_limits;
  return NAJ_OK;
}
