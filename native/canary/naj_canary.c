// Commits the one fault that it is told to, in a build like the tests': the detector must report
// it. Built on demand only (target naj_canary).

#include <limits.h>
#include <lz4.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// volatile, so that the compiler neither sees nor removes the faults.
static volatile size_t canary_size = 16;
static volatile int canary_int = INT_MAX;
static void* volatile canary_kept;

static int overflow_in_our_code(void) {
  volatile char* block = malloc(canary_size);
  if (block == NULL) return 1;
  block[canary_size] = 1;
  free((void*)block);
  return 0;
}

static int overflow_in_foreign_code(void) {
  char noise[256];
  for (size_t i = 0; i < sizeof noise; i++) noise[i] = (char)(i * i * 31 + i);
  char* block = malloc(canary_size);
  if (block == NULL) return 1;
  LZ4_compress_default(noise, block, (int)sizeof noise, 1024);
  free(block);
  return 0;
}

static int leak(void) {
  canary_kept = malloc(canary_size);
  canary_kept = NULL;
  return 0;
}

static int undefined_overflow(void) {
  canary_int = canary_int + 1;
  return 0;
}

int main(int argc, char** argv) {
  const char* fault = argc == 2 ? argv[1] : "";
  if (strcmp(fault, "own") == 0) return overflow_in_our_code();
  if (strcmp(fault, "foreign") == 0) return overflow_in_foreign_code();
  if (strcmp(fault, "leak") == 0) return leak();
  if (strcmp(fault, "undefined") == 0) return undefined_overflow();
  fprintf(stderr, "usage: naj_canary own|foreign|leak|undefined\n");
  return 2;
}
