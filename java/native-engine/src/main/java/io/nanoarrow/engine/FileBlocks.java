package io.nanoarrow.engine;

import io.nanoarrow.naj.Naj;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an open file where its footer says: in the whole file as memory, or read when
 * asked for, and then only what the selected columns need of a body. Any thread.
 */
final class FileBlocks {
  private final @Nullable NativeRegion whole;
  private final @Nullable RandomAccess file;
  private final long fileHandle;
  private final boolean isPartial;

  /**
   * The messages of a {@code naj_file}.
   *
   * @param whole the file as memory, or null
   * @param file the file to read, when there is no memory
   * @param isPartial some fields are not selected
   */
  FileBlocks(
      @Nullable NativeRegion whole,
      @Nullable RandomAccess file,
      long fileHandle,
      boolean isPartial) {
    this.whole = whole;
    this.file = file;
    this.fileHandle = fileHandle;
    this.isPartial = isPartial;
  }

  /** What is done with the bytes of a message; {@code start} is where the region begins. */
  interface Use<T> {
    T use(NativeRegion region, long start) throws IOException;
  }

  /** Gives the bytes of a record batch to {@code use}. */
  <T> T withBatch(int index, Use<T> use) throws IOException {
    return with(false, index, use);
  }

  /** Gives the bytes of a dictionary batch to {@code use}. */
  <T> T withDictionary(int index, Use<T> use) throws IOException {
    return with(true, index, use);
  }

  /** Gives the metadata of a record batch to {@code use}. */
  <T> T withBatchMetadata(int index, Use<T> use) throws IOException {
    if (whole != null) {
      return use.use(whole, 0);
    }
    Scratch place = place(false, index);
    long start = place.argument(0);
    NativeRegion metadata = file.read(start, place.argument(1));
    try {
      return use.use(metadata, start);
    } finally {
      metadata.release();
    }
  }

  /** Returns where in the file a record batch begins. */
  long batchOffset(int index) throws IOException {
    return place(false, index).argument(0);
  }

  private <T> T with(boolean isDictionary, int index, Use<T> use) throws IOException {
    if (whole != null) {
      return use.use(whole, 0);
    }
    Scratch place = place(isDictionary, index);
    long start = place.argument(0);
    long metadataBytes = place.argument(1);
    long size = Math.addExact(metadataBytes, place.argument(2));
    NativeRegion block =
        isPartial
            ? readParts(isDictionary, index, start, metadataBytes, size)
            : file.read(start, size);
    try {
      return use.use(block, start);
    } finally {
      block.release();
    }
  }

  /** Puts offset, metadata size and body size of a block into the arguments. */
  private Scratch place(boolean isDictionary, int index) throws IOException {
    Scratch scratch = Scratch.get();
    int status =
        isDictionary
            ? Naj.naj_bind_file_dictionary_block(
                fileHandle, index, scratch.arguments, scratch.error)
            : Naj.naj_bind_file_block(fileHandle, index, scratch.arguments, scratch.error);
    if (status != Status.OK) {
      throw Status.failure(scratch, null);
    }
    return scratch;
  }

  /** Reads the metadata, and the parts of the body that it says are needed, in their places. */
  private NativeRegion readParts(
      boolean isDictionary, int index, long start, long metadataBytes, long size)
      throws IOException {
    NativeRegion metadata = file.read(start, metadataBytes);
    try {
      PartRanges parts = PartRanges.get();
      int count = findParts(isDictionary, index, start, metadata, parts);
      long counted = Math.min(size, metadataBytes + parts.totalBytes(count));
      NativeRegion block = new NativeRegion(NativeMemory.allocateSparseBody(size, counted));
      try {
        Copies.copy(metadata, 0, block, 0, metadataBytes);
        for (int i = 0; i < count; i++) {
          long at = metadataBytes + parts.start(i);
          long end = at + parts.sizeBytes(i);
          while (i + 1 < count && metadataBytes + parts.start(i + 1) - end <= file.holeBytes()) {
            i++;
            end = metadataBytes + parts.start(i) + parts.sizeBytes(i);
          }
          file.readInto(block, at, start + at, end - at);
        }
        return block;
      } catch (Throwable t) {
        block.release();
        throw t;
      }
    } finally {
      metadata.release();
    }
  }

  private int findParts(
      boolean isDictionary, int index, long start, NativeRegion metadata, PartRanges parts)
      throws IOException {
    Scratch scratch = Scratch.get();
    long count =
        Naj.naj_bind_file_ranges(
            fileHandle,
            isDictionary ? 1 : 0,
            index,
            metadata.handle(),
            start,
            parts.address,
            PartRanges.CAPACITY,
            scratch.error);
    if (count < 0) {
      throw Status.failure(scratch, null);
    }
    return (int) count;
  }
}
