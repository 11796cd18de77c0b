package io.nanoarrow.engine;

import io.nanoarrow.options.ReadOptions;

/** The limits of read options as a {@code struct naj_limits}. */
final class Limits {
  private Limits() {}

  /** Writes the struct into the arguments from number {@code index} on and returns its address. */
  static long write(Scratch scratch, int index, ReadOptions options) {
    scratch.setArgument(index, options.maxMetadataBytes());
    scratch.setArgument(index + 1, options.maxBodyBytes());
    scratch.setArguments(index + 2, options.maxDepth(), options.maxFields());
    scratch.setArgument(index + 3, options.maxDecompressedBytes());
    scratch.setArguments(index + 4, options.useThreads() ? 1 : 0, 0);
    return scratch.arguments + 8L * index;
  }
}
