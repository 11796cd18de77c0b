/* Any bytes as a schema descriptor; one that is accepted is exported. */
#include <stddef.h>

#include "naj_fuzz.h"
#include "nanoarrow/nanoarrow.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  struct naj_error error;
  struct naj_schema* schema = NULL;
  const naj_status status = naj_schema_from_descriptor(data, (int64_t)size, NULL, &schema, &error);
  if (status == NAJ_OK) {
    struct ArrowSchema exported = {.release = NULL};
    if (naj_schema_export(schema, &exported, &error) == NAJ_OK) exported.release(&exported);
    naj_schema_release(schema);
  }
  NAJ_FUZZ_REQUIRE(naj_live_objects() == 0 && naj_live_bytes() == 0);
  return 0;
}
