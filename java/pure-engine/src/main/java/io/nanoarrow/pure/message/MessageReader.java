package io.nanoarrow.pure.message;

import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.source.Body;
import io.nanoarrow.pure.source.ByteSource;
import io.nanoarrow.pure.source.PendingBody;
import io.nanoarrow.pure.source.Ranges;
import io.nanoarrow.spi.DecompressionBudget;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a stream one after the other: prefix (with or, before 0.15, without the
 * continuation word), metadata, body. One thread at a time.
 */
public final class MessageReader {
  private static final int CONTINUATION = -1;

  private final ByteSource source;
  private final MessageHead head;
  private final long maxMetadataBytes;
  private boolean endedWithoutMarker;
  private long messageOffset;

  /** A reader of what {@code source} gives. */
  public MessageReader(ByteSource source, ReadOptions options) {
    this.source = source;
    this.head = new MessageHead(options, new DecompressionBudget(options));
    this.maxMetadataBytes = options.maxMetadataBytes();
  }

  /**
   * Reads the metadata of the next message; its body must be taken before the next call.
   *
   * @return the same head each time, or null at the end of the stream
   */
  public @Nullable MessageHead next() throws IOException {
    messageOffset = source.position();
    int there = source.takeWord();
    if (there == 0) {
      endedWithoutMarker = true;
      return null;
    }
    requireWord(there);
    if (source.word() == CONTINUATION) {
      requireWord(source.takeWord());
    }
    int size = source.word();
    if (size == 0) {
      return null;
    }
    if (size < 0) {
      throw Faults.invalid("metadata of " + size + " bytes", source.position() - 4);
    }
    if (size > maxMetadataBytes) {
      throw Faults.limit(
          "metadata of " + size + " bytes, the limit is " + maxMetadataBytes,
          source.position() - 4);
    }
    long start = source.position();
    if (source.takeMetadata(size) < size) {
      throw Faults.truncated("the input ends in metadata of " + size + " bytes", source.position());
    }
    head.read(source.metadata(), source.metadataStart(), size, start);
    return head;
  }

  /** Returns where in the input the message last read begins, prefix included. */
  public long messageOffset() {
    return messageOffset;
  }

  /** Returns the body of the message last read, which has to be taken. */
  public PendingBody body() {
    long size = head.bodySizeBytes();
    return new PendingBody() {
      @Override
      public long sizeBytes() {
        return size;
      }

      @Override
      public Body take(@Nullable Ranges wanted) throws IOException {
        return source.takeBody(size, wanted);
      }
    };
  }

  /** Tells whether the input ended after a whole message, without a marker. */
  public boolean endedWithoutMarker() {
    return endedWithoutMarker;
  }

  private void requireWord(int there) {
    if (there < 4) {
      throw Faults.truncated("the input ends in the prefix of a message", source.position());
    }
  }
}
