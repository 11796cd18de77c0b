/* A test is a function; CHECK ends the process at the first untrue condition with its place. Every
 * test file runs its tests by TEST_RUN and ends with TEST_DONE, which demands that nothing of naj
 * is alive. */
#ifndef NAJ_TEST_SUPPORT_TEST_H
#define NAJ_TEST_SUPPORT_TEST_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "naj/naj.h"

#define CHECK(condition)                                                        \
  do {                                                                          \
    if (!(condition)) {                                                         \
      fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                                  \
    }                                                                           \
  } while (0)

#define CHECK_EQ(actual, expected)                                                            \
  do {                                                                                        \
    int64_t check_actual_ = (int64_t)(actual);                                                \
    int64_t check_expected_ = (int64_t)(expected);                                            \
    if (check_actual_ != check_expected_) {                                                   \
      fprintf(stderr, "%s:%d: %s is %" PRId64 ", expected %" PRId64 "\n", __FILE__, __LINE__, \
              #actual, check_actual_, check_expected_);                                       \
      exit(1);                                                                                \
    }                                                                                         \
  } while (0)

#define CHECK_TEXT(actual, expected)                                                         \
  do {                                                                                       \
    const char* check_actual_ = (actual);                                                    \
    if (check_actual_ == NULL || strcmp(check_actual_, (expected)) != 0) {                   \
      fprintf(stderr, "%s:%d: %s is \"%s\", expected \"%s\"\n", __FILE__, __LINE__, #actual, \
              check_actual_ == NULL ? "(null)" : check_actual_, (expected));                 \
      exit(1);                                                                               \
    }                                                                                        \
  } while (0)

/* `call` is a naj_status of which `error` (a struct naj_error) tells the reason. */
#define CHECK_STATUS(call, expected, error)                                               \
  do {                                                                                    \
    (error).text[0] = '\0';                                                               \
    naj_status check_status_ = (call);                                                    \
    if (check_status_ != (expected)) {                                                    \
      fprintf(stderr, "%s:%d: %s said %s (%s), expected %s\n", __FILE__, __LINE__, #call, \
              naj_status_name(check_status_), (error).text, naj_status_name(expected));   \
      exit(1);                                                                            \
    }                                                                                     \
  } while (0)

#define TEST_RUN(test)                 \
  do {                                 \
    test();                            \
    fprintf(stderr, "ok %s\n", #test); \
  } while (0)

#define TEST_DONE()                  \
  do {                               \
    CHECK_EQ(naj_live_objects(), 0); \
    CHECK_EQ(naj_live_bytes(), 0);   \
    return 0;                        \
  } while (0)

#endif
