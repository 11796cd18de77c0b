#include "core/naj_limits.h"

#include "support/naj_test.h"

static void defaults_are_permissive(void) {
  struct naj_limits limits;
  naj_limits_init(&limits);
  CHECK_EQ(limits.max_metadata_bytes, INT32_MAX);
  CHECK_EQ(limits.max_body_bytes, INT64_MAX);
  CHECK_EQ(limits.max_depth, 128);
  CHECK_EQ(limits.max_fields, 1000000);
  CHECK_EQ(limits.max_decompressed_bytes, INT64_MAX);
  CHECK_EQ(limits.max_decompression_ratio, INT64_MAX);
  CHECK_EQ(limits.flags, 0);
  CHECK_EQ(limits.use_threads, 1);
}

static void null_means_defaults(void) {
  struct naj_limits limits;
  struct naj_error error;
  CHECK_STATUS(naj_limits_resolve(NULL, &limits, &error), NAJ_OK, error);
  CHECK_EQ(limits.max_depth, 128);
}

static void given_limits_hold_and_negative_ones_are_misuse(void) {
  struct naj_limits given;
  struct naj_limits limits;
  struct naj_error error;
  naj_limits_init(&given);
  given.max_fields = 3;
  CHECK_STATUS(naj_limits_resolve(&given, &limits, &error), NAJ_OK, error);
  CHECK_EQ(limits.max_fields, 3);
  given.max_body_bytes = -1;
  CHECK_STATUS(naj_limits_resolve(&given, &limits, &error), NAJ_MISUSE, error);
  given.max_body_bytes = 0;
  given.max_decompressed_bytes = -1;
  CHECK_STATUS(naj_limits_resolve(&given, &limits, &error), NAJ_MISUSE, error);
}

int main(void) {
  TEST_RUN(defaults_are_permissive);
  TEST_RUN(null_means_defaults);
  TEST_RUN(given_limits_hold_and_negative_ones_are_misuse);
  TEST_DONE();
}
