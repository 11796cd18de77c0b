#include "core/naj_status.h"

#include "support/naj_test.h"

static void every_status_has_its_own_name(void) {
  for (int a = NAJ_OK; a <= NAJ_NEED_TABLE; a++) {
    CHECK(strcmp(naj_status_name((naj_status)a), "UNKNOWN") != 0);
    for (int b = NAJ_OK; b < a; b++) {
      CHECK(strcmp(naj_status_name((naj_status)a), naj_status_name((naj_status)b)) != 0);
    }
  }
  CHECK_TEXT(naj_status_name((naj_status)77), "UNKNOWN");
}

static void set_fills_every_part(void) {
  struct naj_error error;
  memset(&error, 0x55, sizeof error);
  CHECK_EQ(naj_error_set(&error, NAJ_INVALID_DATA, 7, "size %d", 3), NAJ_INVALID_DATA);
  CHECK_EQ(error.status, NAJ_INVALID_DATA);
  CHECK_EQ(error.os_error, 0);
  CHECK_EQ(error.offset_bytes, 7);
  CHECK_TEXT(error.path, "");
  CHECK_TEXT(error.text, "size 3");
}

static void no_error_struct_is_fine(void) {
  CHECK_EQ(naj_error_set(NULL, NAJ_IO, -1, "x"), NAJ_IO);
  naj_error_set_path(NULL, "a");
}

static void long_text_is_cut(void) {
  struct naj_error error;
  naj_error_set(&error, NAJ_IO, -1, "%0600d", 1);
  CHECK_EQ(strlen(error.text), sizeof error.text - 1);
}

static void long_path_is_cut_between_characters(void) {
  struct naj_error error;
  naj_error_set(&error, NAJ_IO, -1, "x");
  char path[400];
  memset(path, 'a', 254);
  memcpy(path + 254, "\xE2\x82\xAC and more", 13);
  naj_error_set_path(&error, path);
  CHECK_EQ(strlen(error.path), 254);
  memset(path, 'a', 252);
  memcpy(path + 252, "\xE2\x82\xAC and more", 13);
  naj_error_set_path(&error, path);
  CHECK_EQ(strlen(error.path), 255);
}

static void control_characters_do_not_reach_the_path(void) {
  struct naj_error error;
  naj_error_set(&error, NAJ_IO, -1, "x");
  naj_error_set_path(&error, "a\nb\x1b[0m");
  CHECK_TEXT(error.path, "a?b?[0m");
  naj_error_set_path(&error, NULL);
  CHECK_TEXT(error.path, "");
}

int main(void) {
  TEST_RUN(every_status_has_its_own_name);
  TEST_RUN(set_fills_every_part);
  TEST_RUN(no_error_struct_is_fine);
  TEST_RUN(long_text_is_cut);
  TEST_RUN(long_path_is_cut_between_characters);
  TEST_RUN(control_characters_do_not_reach_the_path);
  TEST_DONE();
}
