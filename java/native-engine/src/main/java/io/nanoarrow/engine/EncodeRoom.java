package io.nanoarrow.engine;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.naj.Naj;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Room of one encoder for what its calls take and fill: arguments, bytes that are staged, and the
 * list of parts. Grows as calls ask and is kept for the next. For one thread at a time.
 */
final class EncodeRoom {
  /** {@code sizeof(struct naj_encoded)}. */
  private static final int HEAD_BYTES = 64;

  private static final int PART_BYTES = 16;
  private static final int STAGING_NEEDED = 0;
  private static final int PARTS_NEEDED = 8;
  private static final int METADATA_BYTES = 16;
  private static final int BODY_BYTES = 24;
  private static final int PART_COUNT = 32;
  private static final int SMALLEST_STAGING_BYTES = 64 << 10;
  private static final int SMALLEST_PARTS_BYTES = 4 << 10;

  /** Where bytes that are not staged lie. */
  interface Source {
    /** Returns the buffer with these bytes, or null when they are not among the rows'. */
    @Nullable ArrowBuffer at(long address, long sizeBytes);
  }

  private @Nullable NativeRegion staging;
  private @Nullable NativeRegion copies;
  private @Nullable NativeMemory parts;
  private @Nullable NativeMemory arguments;

  long stagingAddress() {
    return staging == null ? 0 : staging.address();
  }

  long stagingBytes() {
    return staging == null ? 0 : staging.sizeBytes();
  }

  long partsAddress() {
    return memoryOfParts().address();
  }

  long partsBytes() {
    return memoryOfParts().sizeBytes();
  }

  /** Returns a region of at least so many bytes, kept until the next call. */
  NativeRegion copies(long bytes) {
    NativeRegion region = copies;
    if (region == null || region.sizeBytes() < bytes) {
      copies = null;
      release(region);
      region = new NativeRegion(NativeMemory.allocateBody(bytes + (bytes >> 2)));
      copies = region;
    }
    return region;
  }

  /**
   * Returns at least so many bytes, in native order, for a call's arguments. They keep their
   * content until more is asked for than there is.
   */
  ByteBuffer arguments(long bytes) {
    NativeMemory memory = arguments;
    if (memory == null || memory.sizeBytes() < bytes) {
      arguments = null;
      close(memory);
      memory = NativeMemory.allocate(Math.max(SMALLEST_PARTS_BYTES, bytes + (bytes >> 2)));
      arguments = memory;
    }
    return memory.root().duplicate().order(ByteOrder.nativeOrder());
  }

  /** Returns where {@link #arguments} lie. */
  long argumentsAddress() {
    return arguments.address();
  }

  /** Makes room as the call that came back with a NEED asked for. */
  void grow() {
    long stagingNeeded = head(STAGING_NEEDED);
    long partsNeeded = head(PARTS_NEEDED);
    if (stagingNeeded > stagingBytes()) {
      NativeRegion old = staging;
      staging = null;
      release(old);
      long bytes = Math.max(SMALLEST_STAGING_BYTES, stagingNeeded + (stagingNeeded >> 2));
      staging = new NativeRegion(NativeMemory.allocate(bytes));
    }
    if (partsNeeded > partsBytes()) {
      NativeMemory old = parts;
      parts = null;
      close(old);
      parts = NativeMemory.allocate(partsNeeded + (partsNeeded >> 2));
    }
  }

  long metadataBytes() {
    return head(METADATA_BYTES);
  }

  long bodyBytes() {
    return head(BODY_BYTES);
  }

  private long head(int offset) {
    return memoryOfParts().root().getLong(offset);
  }

  /**
   * Returns the parts of the message just encoded, read-only; those that lie in the rows are not
   * copied.
   *
   * @param encoder the {@code naj_encoder}, in whose memory parts may lie
   */
  List<ByteBuffer> parts(long encoder, Source source) {
    ByteBuffer list = memoryOfParts().root();
    int count = Math.toIntExact(list.getLong(PART_COUNT));
    List<ByteBuffer> buffers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long address = list.getLong(HEAD_BYTES + PART_BYTES * i);
      long size = list.getLong(HEAD_BYTES + PART_BYTES * i + 8);
      long offset = address - stagingAddress();
      if (offset >= 0 && offset < stagingBytes()) {
        split(new ArrowBuffer(staging, offset, size), buffers);
      } else {
        ArrowBuffer found = source.at(address, size);
        if (found != null) {
          split(found, buffers);
        } else {
          splitOwn(Naj.naj_bind_encoder_memory(encoder, address), address, size, buffers);
        }
      }
    }
    return buffers;
  }

  /** Parts are no longer than what one window is sure to reach over. */
  private static void split(ArrowBuffer bytes, List<ByteBuffer> out) {
    long size = bytes.sizeBytes();
    for (long at = 0; at < size; at += NativeRegion.WINDOW_STRIDE) {
      int count = (int) Math.min(NativeRegion.WINDOW_STRIDE, size - at);
      out.add(bytes.transientView(at, count).asReadOnlyBuffer());
    }
  }

  /** Bytes in the encoder's own memory, whose range outlives the encoder. */
  private static void splitOwn(long memory, long address, long size, List<ByteBuffer> out) {
    if (memory == 0) {
      throw new IllegalStateException("a part of the message lies nowhere");
    }
    for (long at = 0; at < size; at += NativeRegion.WINDOW_STRIDE) {
      int count = (int) Math.min(NativeRegion.WINDOW_STRIDE, size - at);
      out.add(NativeMemory.lent(memory, address + at, count).asReadOnlyBuffer());
    }
  }

  private NativeMemory memoryOfParts() {
    NativeMemory memory = parts;
    if (memory == null) {
      memory = NativeMemory.allocate(SMALLEST_PARTS_BYTES);
      parts = memory;
    }
    return memory;
  }

  private static void close(@Nullable NativeMemory memory) {
    if (memory != null) {
      memory.close();
    }
  }

  private static void release(@Nullable NativeRegion region) {
    if (region != null) {
      region.release();
    }
  }

  void close() {
    release(staging);
    release(copies);
    close(parts);
    close(arguments);
  }
}
