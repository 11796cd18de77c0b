package io.nanoarrow.engine;

import io.nanoarrow.options.ReadOptions;

/** The limits of read options as a {@code struct naj_limits}. */
final class Limits {
  /** {@code NAJ_READ_KEEP_BYTE_ORDER} and {@code NAJ_READ_EMBEDDED}. */
  private static final int FLAG_KEEP_BYTE_ORDER = 1;

  private static final int FLAG_EMBEDDED = 2;

  private Limits() {}

  /** Writes the struct into the arguments from number {@code index} on and returns its address. */
  static long write(Scratch scratch, int index, ReadOptions options) {
    scratch.setArgument(index, options.maxMetadataBytes());
    scratch.setArgument(index + 1, options.maxBodyBytes());
    scratch.setArguments(index + 2, options.maxDepth(), options.maxFields());
    scratch.setArgument(index + 3, options.maxDecompressedBytes());
    int flags =
        (options.ensureNativeByteOrder() ? 0 : FLAG_KEEP_BYTE_ORDER)
            | (options.footerOffset() >= 0 ? FLAG_EMBEDDED : 0);
    scratch.setArguments(index + 4, options.useThreads() ? 1 : 0, flags);
    scratch.setArgument(index + 5, options.maxDecompressionRatio());
    return scratch.arguments + 8L * index;
  }
}
