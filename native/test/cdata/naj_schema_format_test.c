#include "cdata/naj_schema_format.h"

#include "support/naj_test.h"

static struct naj_format format;
static const char* reason;

static void numbers_are_read_to_the_last_character(void) {
  CHECK_EQ(naj_format_parse("w:42", &format, &reason), NAJ_OK);
  CHECK_EQ(format.type, NAJ_TYPE_FIXED_SIZE_BINARY);
  CHECK_EQ(format.param0, 42);
  CHECK_EQ(naj_format_parse("+w:2147483647", &format, &reason), NAJ_OK);
  CHECK_EQ(format.param0, INT32_MAX);
  CHECK_EQ(naj_format_parse("d:19,-2147483648", &format, &reason), NAJ_OK);
  CHECK_EQ(format.param0, 19);
  CHECK_EQ(format.param1, INT32_MIN);
  CHECK_EQ(format.param2, 128);
  CHECK_EQ(naj_format_parse("d:5,2,32", &format, &reason), NAJ_OK);
  CHECK_EQ(format.param2, 32);
}

static void zones_and_union_ids_are_read(void) {
  CHECK_EQ(naj_format_parse("tsn:Europe/Berlin", &format, &reason), NAJ_OK);
  CHECK_EQ(format.param0, 3);
  CHECK_EQ(format.zone_size, 13);
  CHECK_EQ(naj_format_parse("tss:", &format, &reason), NAJ_OK);
  CHECK_EQ(format.zone_size, 0);
  CHECK_EQ(naj_format_parse("+ud:5,0,127", &format, &reason), NAJ_OK);
  CHECK_EQ(format.type, NAJ_TYPE_DENSE_UNION);
  CHECK_EQ(format.union_id_count, 3);
  CHECK_EQ(format.union_ids[0], 5);
  CHECK_EQ(format.union_ids[2], 127);
  CHECK_EQ(naj_format_parse("+us:", &format, &reason), NAJ_OK);
  CHECK_EQ(format.union_id_count, 0);
}

static void broken_parameters_are_invalid(void) {
  static const char* const broken[] = {
      "w:",      "w:x",       "w:1x",     "w:1,2", "w:2147483648", "w:99999999999999999999999",
      "w: 1",    "w:+1",      "+w:",      "d:",    "d:1",          "d:1,",
      "d:1,2,",  "d:1,2,3,4", "d:,1",     "d:1 2", "+ud:1,",       "+ud:,1",
      "+ud:1;2", "+us:a",     "+us:1,,2",
  };
  for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
    CHECK_EQ(naj_format_parse(broken[i], &format, &reason), NAJ_INVALID_DATA);
  }
  CHECK_EQ(naj_format_parse(NULL, &format, &reason), NAJ_INVALID_DATA);
}

static void unknown_formats_are_unsupported(void) {
  static const char* const unknown[] = {"",     "x",   "nn", "t",   "td",   "tdx", "ts", "tss",
                                        "tsx:", "ttx", "+",  "+x",  "+v",   "v",   "vx", "+vx",
                                        "w",    "d",   "+w", "+ud", "+uz:", "tD",  "ti", "tix"};
  for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
    CHECK_EQ(naj_format_parse(unknown[i], &format, &reason), NAJ_UNSUPPORTED);
  }
}

static void more_union_ids_than_there_can_be_are_invalid(void) {
  char text[4 + 3 * 200 + 1] = "+ud:";
  for (int i = 0; i < 128; i++) strcat(text, i == 0 ? "1" : ",1");
  CHECK_EQ(naj_format_parse(text, &format, &reason), NAJ_OK);
  CHECK_EQ(format.union_id_count, 128);
  strcat(text, ",1");
  CHECK_EQ(naj_format_parse(text, &format, &reason), NAJ_INVALID_DATA);
}

static void writing_needs_room(void) {
  struct naj_field_record field;
  memset(&field, 0, sizeof field);
  field.type = NAJ_TYPE_DECIMAL;
  field.param0 = 38;
  field.param1 = -5;
  field.param2 = 256;
  char text[16];
  memset(text, 'x', sizeof text);
  CHECK_EQ(naj_format_write(field.type, &field, NULL, text, 11), 11);
  CHECK_EQ(text[0], 'x');
  CHECK_EQ(naj_format_write(field.type, &field, NULL, text, 12), 11);
  CHECK_TEXT(text, "d:38,-5,256");
  CHECK_EQ(naj_format_write(field.type, &field, NULL, NULL, 0), 11);
}

static void the_index_type_has_its_own_format(void) {
  struct naj_field_record field;
  memset(&field, 0, sizeof field);
  field.type = NAJ_TYPE_TIMESTAMP;
  field.param0 = 3;
  char text[8];
  CHECK_EQ(naj_format_write(NAJ_TYPE_UINT8, &field, NULL, text, 8), 1);
  CHECK_TEXT(text, "C");
}

int main(void) {
  TEST_RUN(numbers_are_read_to_the_last_character);
  TEST_RUN(zones_and_union_ids_are_read);
  TEST_RUN(broken_parameters_are_invalid);
  TEST_RUN(unknown_formats_are_unsupported);
  TEST_RUN(more_union_ids_than_there_can_be_are_invalid);
  TEST_RUN(writing_needs_room);
  TEST_RUN(the_index_type_has_its_own_format);
  TEST_DONE();
}
