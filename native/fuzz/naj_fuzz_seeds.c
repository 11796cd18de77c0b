/* Writes what fuzzing starts from into the folders stream/, file/ and descriptor/ of the folder
 * given: one input for each layout of the format. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "schema/naj_schema.h"
#include "support/naj_test.h"
#include "support/naj_test_layouts.h"

static void save(const char* folder, const char* kind, const char* name, const void* data,
                 int64_t size_bytes) {
  char path[1024];
  snprintf(path, sizeof path, "%s/%s", folder, kind);
  mkdir(path, 0777);
  snprintf(path, sizeof path, "%s/%s/%s", folder, kind, name);
  FILE* file = fopen(path, "wb");
  CHECK(file != NULL);
  CHECK_EQ(fwrite(data, 1, (size_t)size_bytes, file), size_bytes);
  CHECK_EQ(fclose(file), 0);
}

int main(int argument_count, char** arguments) {
  CHECK_EQ(argument_count, 2);
  for (size_t i = 0; i < test_layout_count; i++) {
    const struct test_layout* layout = &test_layouts[i];
    const struct test_schema schema = test_layout_schema(layout);
    struct test_pair places[TEST_MAX_BUFFERS];
    const struct test_batch batch = test_layout_batch(layout, places);
    for (int32_t is_file = 0; is_file < 2; is_file++) {
      struct test_bytes bytes = {0};
      if (is_file) test_bytes_append(&bytes, "ARROW1\0\0", 8);
      test_append_schema(&bytes, &schema, 0);
      int64_t block[1][3] = {{bytes.size_bytes, 0, batch.body_bytes}};
      test_append_batch(&bytes, &batch, 0);
      block[0][1] = bytes.size_bytes - block[0][0] - (batch.body_bytes + 7) / 8 * 8;
      test_append_end(&bytes, 0);
      if (is_file) test_append_footer(&bytes, &schema, (const int64_t (*)[3])block, 1);
      save(arguments[1], is_file ? "file" : "stream", layout->name, bytes.data, bytes.size_bytes);
      test_bytes_free(&bytes);
    }
    struct naj_schema* decoded = test_schema_create(&schema);
    save(arguments[1], "descriptor", layout->name, decoded->descriptor,
         decoded->header->total_size);
    naj_schema_release(decoded);
  }
  return 0;
}
