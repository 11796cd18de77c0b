package io.nanoarrow.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Off-heap room of one thread for what calls into C take and fill: a {@code struct naj_error} and a
 * few numbers. Valid until the next call of the same thread.
 */
final class Scratch {
  /** Room for the error struct; its size is checked when the library is loaded. */
  static final int ERROR_BYTES = 1024;

  /** Room for numbers after it. */
  static final int ARGUMENT_BYTES = 256;

  private static final ThreadLocal<Scratch> LOCAL = ThreadLocal.withInitial(Scratch::new);
  private static final int OS_ERROR = 4;
  private static final int OFFSET = 8;
  private static final int PATH = 16;
  private static final int PATH_BYTES = 256;
  private static final int TEXT = PATH + PATH_BYTES;
  private static final int TEXT_BYTES = 512;
  private static final int ROW = TEXT + TEXT_BYTES;

  private final ByteBuffer bytes =
      ByteBuffer.allocateDirect(ERROR_BYTES + ARGUMENT_BYTES).order(ByteOrder.nativeOrder());

  /** Address of the error struct. */
  final long error = AddressPointer.addressOf(bytes);

  /** Address of the numbers, aligned to 8. */
  final long arguments = error + ERROR_BYTES;

  private Scratch() {}

  /** Returns the room of the calling thread. */
  static Scratch get() {
    return LOCAL.get();
  }

  /** Returns the 64-bit number {@code index}. */
  long argument(int index) {
    return bytes.getLong(ERROR_BYTES + 8 * index);
  }

  /** Sets the 64-bit number {@code index}. */
  void setArgument(int index, long value) {
    bytes.putLong(ERROR_BYTES + 8 * index, value);
  }

  /** Sets the two 32-bit numbers that lie in the place of 64-bit number {@code index}. */
  void setArguments(int index, int first, int second) {
    bytes.putInt(ERROR_BYTES + 8 * index, first);
    bytes.putInt(ERROR_BYTES + 8 * index + 4, second);
  }

  int errorStatus() {
    return bytes.getInt(0);
  }

  int osError() {
    return bytes.getInt(OS_ERROR);
  }

  long errorOffset() {
    return bytes.getLong(OFFSET);
  }

  String errorPath() {
    return text(PATH, PATH_BYTES);
  }

  String errorText() {
    return text(TEXT, TEXT_BYTES);
  }

  /** Returns the row of the column that the error is about, or -1. */
  long errorRow() {
    return bytes.getLong(ROW);
  }

  private String text(int at, int size) {
    byte[] text = new byte[size];
    bytes.get(at, text);
    int length = 0;
    while (length < size && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }
}
