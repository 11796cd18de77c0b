#include "codec/naj_compress.h"
#include "core/naj_status.h"
#include "write/naj_body.h"

enum { METADATA_V4 = 3, METADATA_V5 = 4, NO_CODEC = -1 };

naj_status naj_write_options_check(const struct naj_write_options* borrow_options,
                                   struct naj_error* error) {
  const struct naj_write_options* options = borrow_options;
  if (options->metadata_version != METADATA_V4 && options->metadata_version != METADATA_V5)
    return naj_error_set(error, NAJ_MISUSE, -1, "metadata version %d", options->metadata_version);
  if (options->alignment_bytes != 8 && options->alignment_bytes != 16 &&
      options->alignment_bytes != 32 && options->alignment_bytes != 64)
    return naj_error_set(error, NAJ_MISUSE, -1, "alignment of %d bytes", options->alignment_bytes);
  if (options->gather_below_bytes < 0)
    return naj_error_set(error, NAJ_MISUSE, -1, "gathering below %lld bytes",
                         (long long)options->gather_below_bytes);
  /* Not a number fails here too. */
  if (options->has_min_space_savings &&
      !(options->min_space_savings >= 0 && options->min_space_savings <= 1))
    return naj_error_set(error, NAJ_MISUSE, -1, "space savings out of 0..1");
  if (options->codec == NO_CODEC) return NAJ_OK;
  const struct naj_compression compression = {
      .codec = options->codec,
      .level = options->has_level ? options->level : naj_compression_default_level(options->codec)};
  return naj_compression_check(&compression, error);
}
