package io.nanoarrow.tensor;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;

/**
 * Numbers of a sparse tensor's index, one behind the other. Valid while the tensor is open.
 *
 * @param type their width and sign
 * @param data exactly the numbers
 */
public record IndexBuffer(ArrowType.Int type, ArrowBuffer data) {
  /** Checks that the bytes are whole numbers. */
  public IndexBuffer {
    if (data.sizeBytes() % (type.bitWidth() / 8) != 0) {
      throw new IllegalArgumentException(data.sizeBytes() + " bytes of " + type);
    }
  }

  /** Returns how many numbers there are. */
  public long length() {
    return data.sizeBytes() / (type.bitWidth() / 8);
  }

  /**
   * Returns a number.
   *
   * @throws IndexOutOfBoundsException when there is none
   * @throws ArrowFormatException when it is negative or, of a uint64, beyond 2^63-1
   */
  public long get(long at) {
    return read(type, data, at * (type.bitWidth() / 8));
  }

  static long read(ArrowType.Int type, ArrowBuffer data, long offset) {
    long value = ElementType.of(type).getLong(data, offset);
    if (value < 0) {
      throw invalid("a negative number in the index of a sparse tensor");
    }
    return value;
  }

  static ArrowFormatException invalid(String detail) {
    return new ArrowFormatException(ErrorKind.INVALID_DATA, detail);
  }
}
