/* The file format's footer (format/File.fbs). */
#ifndef NAJ_MESSAGE_FOOTER_H
#define NAJ_MESSAGE_FOOTER_H

#include "naj/naj.h"

struct naj_block {
  int64_t offset;
  int64_t metadata_bytes;
  int64_t body_bytes;
};

struct naj_footer {
  struct naj_schema* schema; /* owned */
  int32_t metadata_version;
  int64_t batch_count;
  struct naj_block* batches; /* owned, each checked against the file and aligned to 8 */
  int64_t dictionary_count;
  struct naj_block* dictionaries; /* owned, ditto */
  uint8_t* metadata;              /* owned, C Data encoding, NULL = none */
  int64_t metadata_bytes;
  int64_t footer_offset; /* in the file */
};

/* As naj_file_open. */
naj_status naj_footer_read(const uint8_t* borrow_tail, int64_t tail_bytes, int64_t tail_file_offset,
                           int64_t file_bytes, const struct naj_limits* borrow_limits,
                           struct naj_footer* out_footer, int64_t* out_needed_bytes,
                           struct naj_error* error);
void naj_footer_reset(struct naj_footer* footer);

#endif
