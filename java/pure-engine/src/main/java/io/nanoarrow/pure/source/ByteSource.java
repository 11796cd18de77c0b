package io.nanoarrow.pure.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive bytes of a stream. One thread at a time. The engine asks for no byte before it needs
 * it, so that a stream which is still being written delivers each message as soon as it is whole.
 * Sizes are what the input says: no source allocates near them before the bytes are there.
 */
public interface ByteSource extends AutoCloseable {
  /** Returns how many bytes have been taken, the offset of the next one in the input. */
  long position();

  /**
   * Takes four bytes, then in {@link #word}.
   *
   * @return how many there were: 4, or fewer at the end of the input
   */
  int takeWord() throws IOException;

  /** Returns the word last taken, little-endian. */
  int word();

  /**
   * Takes metadata, then in {@link #metadata} from {@link #metadataStart} on until the next call.
   *
   * @param size 0 or more
   * @return how many bytes there were, fewer than {@code size} only at the end of the input
   */
  int takeMetadata(int size) throws IOException;

  /** Returns the little-endian buffer with the metadata last taken, for absolute access. */
  ByteBuffer metadata();

  /** Returns where in {@link #metadata} the bytes begin. */
  int metadataStart();

  /**
   * Takes a body.
   *
   * @param size 0 or more
   * @param wanted the parts that are kept, null for all
   * @return the body, its one use the caller's
   * @throws io.nanoarrow.error.ArrowFormatException TRUNCATED when the input ends in it
   */
  Body takeBody(long size, @Nullable Ranges wanted) throws IOException;

  /**
   * Ends a call that waits for input, by closing the input if that is ours to close. Any thread,
   * while another runs a call.
   */
  default void wake() throws IOException {}

  @Override
  void close() throws IOException;
}
