#include "core/naj_alloc.h"
#include "message/naj_message.h"
#include "support/naj_build.h"
#include "support/naj_test.h"

static struct naj_error error;

/* Encodes `pairs` as a message's custom metadata; the result is naj_alloc's, NULL for size 0. */
static uint8_t* encode(const struct test_pair* pairs, int count, int64_t* out_size) {
  struct test_bytes framed =
      test_frame(test_message_flatbuffer(4, NAJ_MESSAGE_RECORD_BATCH, 1, 0, pairs, count), 0);
  struct naj_message message;
  int64_t needed;
  CHECK_STATUS(naj_message_read(framed.bytes, framed.size, 0, NULL, &message, &needed, &error),
               NAJ_OK, error);
  CHECK_STATUS(naj_key_values_size(message.custom_metadata, out_size, &error), NAJ_OK, error);
  uint8_t* bytes = *out_size == 0 ? NULL : naj_alloc(*out_size);
  if (bytes != NULL)
    CHECK_STATUS(naj_key_values_write(message.custom_metadata, bytes, *out_size, &error), NAJ_OK,
                 error);
  naj_message_reset(&message);
  free(framed.bytes);
  return bytes;
}

static void none_has_size_zero(void) {
  int64_t size = -1;
  CHECK_STATUS(naj_key_values_size(NULL, &size, &error), NAJ_OK, error);
  CHECK_EQ(size, 0);
  CHECK(encode(NULL, 0, &size) == NULL);
  CHECK_EQ(size, 0);
}

static void pairs_keep_nuls_and_duplicates_in_order(void) {
  static const struct test_pair pairs[] = {{"k", 1, "a\0b", 3}, {"k", 1, "", 0}};
  static const int32_t counts[] = {2, 1, 3, 1, 0};
  int64_t size;
  uint8_t* bytes = encode(pairs, 2, &size);
  CHECK_EQ(size, 5 * 4 + 5);
  CHECK(memcmp(bytes, &counts[0], 4) == 0);
  CHECK(memcmp(bytes + 4, &counts[1], 4) == 0);
  CHECK_EQ(bytes[8], 'k');
  CHECK(memcmp(bytes + 9, &counts[2], 4) == 0);
  CHECK(memcmp(bytes + 13, "a\0b", 3) == 0);
  CHECK(memcmp(bytes + 16, &counts[3], 4) == 0);
  CHECK_EQ(bytes[20], 'k');
  CHECK(memcmp(bytes + 21, &counts[4], 4) == 0);
  naj_free(bytes);
}

static void absent_keys_and_values_are_invalid(void) {
  static const struct test_pair pairs[][1] = {{{NULL, -1, "v", 1}}, {{"k", 1, NULL, -1}}};
  for (int i = 0; i < 2; i++) {
    struct test_bytes framed =
        test_frame(test_message_flatbuffer(4, NAJ_MESSAGE_RECORD_BATCH, 1, 0, pairs[i], 1), 0);
    struct naj_message message;
    int64_t needed;
    int64_t size = -7;
    CHECK_STATUS(naj_message_read(framed.bytes, framed.size, 0, NULL, &message, &needed, &error),
                 NAJ_OK, error);
    CHECK_STATUS(naj_key_values_size(message.custom_metadata, &size, &error), NAJ_INVALID_DATA,
                 error);
    CHECK_EQ(size, -7);
    naj_message_reset(&message);
    free(framed.bytes);
  }
}

/* As when another process writes to a mapped file between the two. */
static void pairs_that_change_after_they_were_sized_are_not_written_beyond_their_room(void) {
  static const struct test_pair before[] = {{"k", 1, "v", 1}};
  static const struct test_pair after[][1] = {{{"k", 1, "a longer value", 14}}, {{"", 0, "", 0}}};
  for (int i = 0; i < 2; i++) {
    int64_t size;
    naj_free(encode(before, 1, &size));
    struct test_bytes framed =
        test_frame(test_message_flatbuffer(4, NAJ_MESSAGE_RECORD_BATCH, 1, 0, after[i], 1), 0);
    struct naj_message message;
    int64_t needed;
    CHECK_STATUS(naj_message_read(framed.bytes, framed.size, 0, NULL, &message, &needed, &error),
                 NAJ_OK, error);
    uint8_t* bytes = naj_alloc(size);
    CHECK_STATUS(naj_key_values_write(message.custom_metadata, bytes, size, &error),
                 NAJ_INVALID_DATA, error);
    naj_free(bytes);
    naj_message_reset(&message);
    free(framed.bytes);
  }
}

int main(void) {
  TEST_RUN(none_has_size_zero);
  TEST_RUN(pairs_keep_nuls_and_duplicates_in_order);
  TEST_RUN(absent_keys_and_values_are_invalid);
  TEST_RUN(pairs_that_change_after_they_were_sized_are_not_written_beyond_their_room);
  TEST_DONE();
}
