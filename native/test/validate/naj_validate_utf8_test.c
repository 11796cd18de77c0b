#include "support/naj_test_validate.h"
#include "validate/naj_validate.h"

static int is_valid(const char* text) {
  return naj_utf8_is_valid((const uint8_t*)text, (int64_t)strlen(text));
}

static void characters_of_each_length_are_valid(void) {
  CHECK(is_valid(""));
  CHECK(is_valid("plain text, longer than sixteen bytes"));
  CHECK(is_valid("\xC2\x80 \xDF\xBF"));
  CHECK(is_valid("\xE0\xA0\x80 \xED\x9F\xBF \xEE\x80\x80 \xEF\xBF\xBF"));
  CHECK(is_valid("\xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"));
  CHECK(naj_utf8_is_valid((const uint8_t*)"a\0b", 3));
}

static void what_utf8_excludes_is_found(void) {
  static const char* const bad[] = {
      "\x80",             /* a continuation alone */
      "\xBF",             /* ditto */
      "\xC0\x80",         /* overlong */
      "\xC1\xBF",         /* overlong */
      "\xE0\x9F\xBF",     /* overlong */
      "\xF0\x8F\xBF\xBF", /* overlong */
      "\xED\xA0\x80",     /* a surrogate */
      "\xED\xBF\xBF",     /* a surrogate */
      "\xF4\x90\x80\x80", /* beyond U+10FFFF */
      "\xF5\x80\x80\x80", /* ditto */
      "\xFF",
      "\xC2",         /* cut */
      "\xE1\x80",     /* cut */
      "\xF1\x80\x80", /* cut */
      "\xC2\x41",     /* no continuation */
      "\xE1\x80\x41",
      "\xE1\x41\x80",
      "\xF1\x80\x80\x41",
      "\xF1\x80\x41\x80",
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    CHECK(!is_valid(bad[i]));
    for (int before = 1; before < 20; before++) {
      char text[64];
      memset(text, 'x', sizeof text);
      memcpy(text + before, bad[i], strlen(bad[i]));
      CHECK(!naj_utf8_is_valid((const uint8_t*)text, before + (int64_t)strlen(bad[i])));
      CHECK(!naj_utf8_is_valid((const uint8_t*)text, sizeof text));
    }
  }
}

static void one_high_byte_is_not_ascii_wherever_it_is(void) {
  uint8_t text[200];
  memset(text, 'a', sizeof text);
  for (int64_t size = 0; size < 200; size++) CHECK(naj_utf8_is_ascii(text, size));
  for (int64_t at = 0; at < 200; at++) {
    text[at] = 0x80;
    CHECK(!naj_utf8_is_ascii(text, sizeof text));
    CHECK(naj_utf8_is_ascii(text, at));
    text[at] = 'a';
  }
}

static void strings_are_valid_one_by_one(void) {
  /* Valid as a whole, but a character is cut between rows 1 and 2. */
  static const char text[] = "x\xC3\xA9";
  static const int64_t wide[] = {0, 1, 2, 3};
  static const int32_t narrow[] = {0, 1, 2, 3};
  static const uint8_t only_first[] = {0x01};
  for (int i = 0; i < 2; i++) {
    const struct test_field field = {.name = "s",
                                     .type = i == 0 ? NAJ_TYPE_UTF8 : NAJ_TYPE_LARGE_UTF8};
    struct validating v;
    start_fields(&v, &field, 1, 3);
    add_node(&v, 3, 0, 0);
    add_buffer(&v, NULL, 0);
    if (i == 0) {
      ADD_ARRAY(&v, narrow);
    } else {
      ADD_ARRAY(&v, wide);
    }
    add_buffer(&v, text, 3);
    CHECK_MEANING(v, "s", 1, "a string that is not UTF-8");
    v.nodes[0].null_count = 2;
    v.buffers[0] = (struct naj_table_buffer){(int64_t)(uintptr_t)only_first, 1};
    CHECK_VALID(v);
    done(&v);
  }
}

static void bytes_of_other_types_may_be_anything(void) {
  static const int32_t offsets[] = {0, 1};
  const struct test_field field = {.name = "b", .type = NAJ_TYPE_BINARY};
  struct validating v;
  start_fields(&v, &field, 1, 1);
  add_node(&v, 1, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, offsets);
  add_buffer(&v, "\xFF", 1);
  CHECK_VALID(v);
  done(&v);
}

static void views_are_read_where_they_lie(void) {
  static const char data[] = "............\xFF";
  static const int64_t sizes[] = {13};
  struct {
    int32_t size;
    char prefix[4];
    int32_t index;
    int32_t offset;
  } views[] = {{13, "....", 0, 0}, {1, "\xFF", 0, 0}};
  const struct test_field field = {.name = "v", .type = NAJ_TYPE_UTF8_VIEW};
  struct validating v;
  start_fields(&v, &field, 1, 1);
  add_node(&v, 1, 0, 0);
  add_buffer(&v, NULL, 0);
  ADD_ARRAY(&v, views);
  add_buffer(&v, data, 13);
  ADD_ARRAY(&v, sizes);
  CHECK_MEANING(v, "v", 0, "a string that is not UTF-8");
  v.nodes[0].offset = 1;
  CHECK_MEANING(v, "v", 0, "a string that is not UTF-8");
  views[1].prefix[0] = 'a';
  CHECK_VALID(v);
  done(&v);
}

int main(void) {
  TEST_RUN(characters_of_each_length_are_valid);
  TEST_RUN(what_utf8_excludes_is_found);
  TEST_RUN(one_high_byte_is_not_ascii_wherever_it_is);
  TEST_RUN(strings_are_valid_one_by_one);
  TEST_RUN(bytes_of_other_types_may_be_anything);
  TEST_RUN(views_are_read_where_they_lie);
  TEST_DONE();
}
