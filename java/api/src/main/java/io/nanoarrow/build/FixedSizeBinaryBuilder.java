package io.nanoarrow.build;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.nio.ByteBuffer;

/** Builds a column of bytes of one size, which may be 0. */
public final class FixedSizeBinaryBuilder extends FixedWidthBuilder {
  FixedSizeBinaryBuilder(
      Field field,
      String path,
      BuilderMemory memory,
      long expectedRows,
      ArrowType.FixedSizeBinary type) {
    super(field, path, memory, expectedRows, type.byteWidth());
  }

  /** Returns the size of every value. */
  public int byteWidth() {
    return widthBytes;
  }

  /**
   * Appends a value.
   *
   * @throws IllegalArgumentException when it has another size
   */
  public void append(byte[] value) {
    int at = nextOf(value.length);
    bytes.put(at, value);
  }

  /**
   * Appends what remains of a buffer, whose position stays.
   *
   * @throws IllegalArgumentException when it has another size
   */
  public void append(ByteBuffer value) {
    int at = nextOf(value.remaining());
    bytes.put(at, value, value.position(), value.remaining());
  }

  private int nextOf(int size) {
    if (size != widthBytes) {
      throw bad("a value of " + size + " bytes");
    }
    memory.ensureOpen();
    return next(size);
  }

  @Override
  void putDefault() {
    memory.ensureOpen();
    super.putDefault();
  }

  @Override
  Class<?> objectClass() {
    return byte[].class;
  }

  @Override
  void putObject(Object value) {
    if (value instanceof byte[] array) {
      append(array);
    } else if (value instanceof ByteBuffer buffer) {
      append(buffer);
    } else {
      throw badClass(value);
    }
  }
}
