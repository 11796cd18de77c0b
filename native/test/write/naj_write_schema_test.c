/* Schemas and footers as the writer makes them, read back by the readers. */
#include "message/naj_footer.h"
#include "message/naj_message.h"
#include "support/naj_schemas.h"
#include "support/naj_test.h"
#include "support/naj_test_encode.h"

static struct naj_error error;

static struct naj_encoder* open_encoder(struct naj_schema* schema,
                                        const struct naj_write_options* options) {
  struct naj_encoder* encoder = NULL;
  CHECK_STATUS(naj_encoder_open(schema, options, &encoder, &error), NAJ_OK, error);
  return encoder;
}

static struct naj_schema* read_back(const uint8_t* bytes, int64_t size_bytes,
                                    struct naj_message* message) {
  struct naj_schema* schema = NULL;
  int64_t needed = 0;
  struct naj_limits limits;
  naj_limits_init(&limits);
  CHECK_STATUS(naj_message_read(bytes, size_bytes, 0, &limits, message, &needed, &error), NAJ_OK,
               error);
  CHECK_EQ(message->type, NAJ_MESSAGE_SCHEMA);
  CHECK_EQ(message->message_bytes, size_bytes);
  CHECK_EQ(message->body_bytes, 0);
  CHECK_STATUS(
      naj_schema_decode(message->header, message->metadata_version, 0, &limits, &schema, &error),
      NAJ_OK, error);
  return schema;
}

static void round_trip(struct naj_schema* schema, const struct naj_write_options* options) {
  struct test_output output = {.alignment_bytes = options->alignment_bytes};
  struct naj_encoder* encoder = open_encoder(schema, options);
  struct naj_message message;
  CHECK_STATUS(test_put_schema(&output, encoder, &error), NAJ_OK, error);
  struct naj_schema* again = read_back(output.bytes, output.size_bytes, &message);
  CHECK_EQ(message.is_legacy, options->is_legacy);
  CHECK_EQ(message.metadata_version, options->metadata_version);
  CHECK_EQ(again->header->big_endian, 0);
  CHECK_EQ(again->header->features, 0);
  if (schema->header->metadata_version == options->metadata_version)
    CHECK(test_same_schema(schema, again));
  naj_schema_release(again);
  naj_message_reset(&message);
  naj_encoder_close(encoder);
  test_output_free(&output);
}

static void every_type_is_written(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  struct naj_write_options options;
  naj_write_options_init(&options);
  round_trip(schema, &options);
  naj_schema_release(schema);
}

static void framing_follows_the_options(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  struct naj_write_options options;
  naj_write_options_init(&options);
  for (int32_t legacy = 0; legacy <= 1; legacy++) {
    for (int32_t version = 3; version <= 4; version++) {
      for (int32_t alignment = 8; alignment <= 64; alignment *= 2) {
        options.is_legacy = legacy;
        options.metadata_version = version;
        options.alignment_bytes = alignment;
        round_trip(schema, &options);
      }
    }
  }
  naj_schema_release(schema);
}

static const struct test_pair pairs[] = {
    {"k\0ey", 4, "v\0", 2}, {"a", 1, "1", 1}, {"a", 1, "2", 1}, {"", 0, "", 0}};

static void metadata_keeps_nuls_duplicates_and_order(void) {
  const struct test_field child = {
      .name = "item", .type = TEST_INT, .a = 32, .b = 1, .pairs = pairs, .pair_count = 4};
  const struct test_field fields[] = {{.name = "l",
                                       .type = TEST_LIST,
                                       .children = &child,
                                       .child_count = 1,
                                       .pairs = pairs,
                                       .pair_count = 3},
                                      {.name = "", .type = TEST_BOOL, .nullable = 1}};
  const struct test_schema description = {
      .fields = fields, .field_count = 2, .pairs = pairs, .pair_count = 4};
  struct naj_schema* schema = test_must_decode(&description);
  struct naj_write_options options;
  naj_write_options_init(&options);
  round_trip(schema, &options);
  naj_schema_release(schema);
}

static void dictionaries_keep_index_order_and_id(void) {
  const struct test_field inner = {.name = "inner",
                                   .type = TEST_UTF8,
                                   .is_dictionary = 1,
                                   .dictionary_id = -7,
                                   .index_bits = 8,
                                   .index_signed = 0};
  const struct test_field fields[] = {{.name = "d",
                                       .type = TEST_LIST,
                                       .children = &inner,
                                       .child_count = 1,
                                       .is_dictionary = 1,
                                       .dictionary_id = INT64_MAX,
                                       .index_bits = 64,
                                       .index_signed = 1,
                                       .ordered = 1},
                                      {.name = "e",
                                       .type = TEST_UTF8,
                                       .is_dictionary = 1,
                                       .dictionary_id = -7,
                                       .index_bits = 16,
                                       .index_signed = 1}};
  const struct test_schema description = {.fields = fields, .field_count = 2};
  struct naj_schema* schema = test_must_decode(&description);
  struct naj_write_options options;
  naj_write_options_init(&options);
  round_trip(schema, &options);
  naj_schema_release(schema);
}

static void a_big_endian_schema_is_written_little_endian(void) {
  const struct test_field field = {.name = "i", .type = TEST_INT, .a = 32, .b = 1};
  static const int64_t features[] = {1, 2};
  const struct test_schema description = {.big_endian = 1,
                                          .fields = &field,
                                          .field_count = 1,
                                          .features = features,
                                          .feature_count = 2};
  struct naj_schema* schema = test_must_decode(&description);
  struct naj_write_options options;
  naj_write_options_init(&options);
  CHECK_EQ(schema->header->big_endian, 1);
  round_trip(schema, &options);
  naj_schema_release(schema);
}

static void no_columns_and_deep_ones_are_written(void) {
  struct naj_write_options options;
  naj_write_options_init(&options);
  const struct test_schema empty = {.field_count = 0};
  struct naj_schema* schema = test_must_decode(&empty);
  round_trip(schema, &options);
  naj_schema_release(schema);
  struct test_bytes deep = test_frame(test_deep_list_flatbuffer(100), 0);
  CHECK_STATUS(test_read_schema(deep, NULL, &schema, &error), NAJ_OK, error);
  round_trip(schema, &options);
  naj_schema_release(schema);
  free(deep.bytes);
}

/* ------------------------------------------------------------------ footers */

static void close_file(struct test_output* output, int64_t footer_bytes) {
  const int32_t size = (int32_t)footer_bytes;
  test_output_append(output, &size, sizeof size);
  test_output_append(output, "ARROW1", 6);
}

static void footers_are_written(void) {
  static const struct naj_footer_block dictionaries[] = {{8, 64, 128}};
  static const struct naj_footer_block batches[] = {{200, 56, 0}, {256, 64, 64}};
  static const uint8_t metadata[] = {2, 0,   0, 0, 1, 0, 0, 0, 'k', 1, 0,   0,
                                     0, 'v', 0, 0, 0, 0, 2, 0, 0,   0, 'x', 0};
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  struct naj_write_options options;
  for (int32_t version = 3; version <= 4; version++) {
    naj_write_options_init(&options);
    options.metadata_version = version;
    struct naj_encoder* encoder = open_encoder(schema, &options);
    struct test_output output = {.alignment_bytes = 64};
    static const uint8_t head[512] = "ARROW1";
    test_output_append(&output, head, sizeof head);
    CHECK_STATUS(test_put_footer(&output, encoder, dictionaries, 1, batches, 2, metadata,
                                 sizeof metadata, &error),
                 NAJ_OK, error);
    CHECK_EQ(output.last.part_count, 1);
    close_file(&output, output.last.metadata_bytes);
    struct naj_footer footer;
    int64_t needed = 0;
    CHECK_STATUS(naj_footer_read(output.bytes, output.size_bytes, 0, output.size_bytes, NULL,
                                 &footer, &needed, &error),
                 NAJ_OK, error);
    CHECK_EQ(footer.metadata_version, version);
    CHECK_EQ(footer.dictionary_count, 1);
    CHECK_EQ(footer.batch_count, 2);
    CHECK(memcmp(footer.dictionaries, dictionaries, sizeof dictionaries) == 0);
    CHECK(memcmp(footer.batches, batches, sizeof batches) == 0);
    CHECK_EQ(footer.metadata_bytes, sizeof metadata);
    CHECK(memcmp(footer.metadata, metadata, sizeof metadata) == 0);
    if (version == 4) CHECK(test_same_schema(schema, footer.schema));
    naj_footer_reset(&footer);
    naj_encoder_close(encoder);
    test_output_free(&output);
  }
  naj_schema_release(schema);
}

static void a_footer_without_blocks_or_metadata(void) {
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  struct naj_encoder* encoder = open_encoder(schema, NULL);
  struct test_output output = {.alignment_bytes = 64};
  test_output_append(&output, "ARROW1\0\0", 8);
  CHECK_STATUS(test_put_footer(&output, encoder, NULL, 0, NULL, 0, NULL, 0, &error), NAJ_OK, error);
  close_file(&output, output.last.metadata_bytes);
  struct naj_footer footer;
  int64_t needed = 0;
  CHECK_STATUS(naj_footer_read(output.bytes, output.size_bytes, 0, output.size_bytes, NULL, &footer,
                               &needed, &error),
               NAJ_OK, error);
  CHECK_EQ(footer.batch_count, 0);
  CHECK_EQ(footer.metadata_bytes, 0);
  naj_footer_reset(&footer);
  naj_encoder_close(encoder);
  test_output_free(&output);
  naj_schema_release(schema);
}

static void impossible_arguments_are_refused(void) {
  static const struct naj_footer_block bad[] = {
      {-8, 64, 0}, {8, 0, 0}, {8, INT64_C(1) << 31, 0}, {8, 64, -8}};
  static const uint8_t broken[] = {1, 0, 0, 0, 9, 0, 0, 0, 'k'};
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  struct naj_encoder* encoder = open_encoder(schema, NULL);
  struct test_output output = {.alignment_bytes = 64};
  for (int i = 0; i < 4; i++) {
    CHECK_STATUS(test_put_footer(&output, encoder, &bad[i], 1, NULL, 0, NULL, 0, &error),
                 NAJ_MISUSE, error);
    CHECK_STATUS(test_put_footer(&output, encoder, NULL, 0, &bad[i], 1, NULL, 0, &error),
                 NAJ_MISUSE, error);
  }
  CHECK_STATUS(test_put_footer(&output, encoder, NULL, 0, NULL, 0, broken, sizeof broken, &error),
               NAJ_MISUSE, error);
  struct naj_encode_target no_parts = {0};
  CHECK_STATUS(naj_encode_schema(encoder, 0, &no_parts, &error), NAJ_MISUSE, error);
  struct naj_encoded room;
  struct naj_encode_target target = {.parts = &room, .parts_bytes = sizeof room};
  CHECK_STATUS(naj_encode_schema(encoder, 4, &target, &error), NAJ_MISUSE, error);
  CHECK_STATUS(naj_encode_schema(encoder, -8, &target, &error), NAJ_MISUSE, error);
  naj_encoder_close(encoder);
  struct naj_write_options options;
  for (int i = 0; i < 6; i++) {
    naj_write_options_init(&options);
    if (i == 0) options.metadata_version = 2;
    if (i == 1) options.alignment_bytes = 128;
    if (i == 2) options.alignment_bytes = 0;
    if (i == 3) options.codec = -2;
    if (i == 4) options.gather_below_bytes = -1;
    if (i == 5) {
      options.has_min_space_savings = 1;
      options.min_space_savings = 1.5;
    }
    CHECK_STATUS(naj_encoder_open(schema, &options, &encoder, &error),
                 i == 3 ? NAJ_UNSUPPORTED : NAJ_MISUSE, error);
  }
  naj_schema_release(schema);
}

/* ------------------------------------------------------------------ memory */

/* Opens, writes schema and footer, closes; every n-th allocation fails in turn. */
static void every_allocation_may_fail(void) {
  static const struct naj_footer_block batches[] = {{200, 56, 0}};
  static const uint8_t metadata[] = {1, 0, 0, 0, 1, 0, 0, 0, 'k', 1, 0, 0, 0, 'v'};
  struct naj_schema* schema = test_must_decode(test_schema_of_all_types());
  struct naj_write_options options;
  naj_write_options_init(&options);
  options.metadata_version = 3;
  int64_t n = 1;
  for (;; n++) {
    struct naj_encoder* encoder = NULL;
    struct test_output output = {.alignment_bytes = 64};
    naj_fail_allocation(n);
    naj_status status = naj_encoder_open(schema, &options, &encoder, &error);
    if (status == NAJ_OK) status = test_put_schema(&output, encoder, &error);
    if (status == NAJ_OK)
      status =
          test_put_footer(&output, encoder, NULL, 0, batches, 1, metadata, sizeof metadata, &error);
    naj_fail_allocation(0);
    if (status == NAJ_NO_MEMORY && encoder != NULL) {
      /* It works again. */
      CHECK_STATUS(test_put_schema(&output, encoder, &error), NAJ_OK, error);
    }
    naj_encoder_close(encoder);
    test_output_free(&output);
    if (status == NAJ_OK) break;
    CHECK_EQ(status, NAJ_NO_MEMORY);
  }
  CHECK(n > 20);
  naj_schema_release(schema);
}

int main(void) {
  TEST_RUN(every_type_is_written);
  TEST_RUN(framing_follows_the_options);
  TEST_RUN(metadata_keeps_nuls_duplicates_and_order);
  TEST_RUN(dictionaries_keep_index_order_and_id);
  TEST_RUN(a_big_endian_schema_is_written_little_endian);
  TEST_RUN(no_columns_and_deep_ones_are_written);
  TEST_RUN(footers_are_written);
  TEST_RUN(a_footer_without_blocks_or_metadata);
  TEST_RUN(impossible_arguments_are_refused);
  TEST_RUN(every_allocation_may_fail);
  TEST_DONE();
}
