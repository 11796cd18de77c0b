package io.nanoarrow.build;

import io.nanoarrow.schema.Field;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds a column of bytes: binary, large_binary or binary_view. */
public final class BinaryBuilder extends BytesBuilder {
  BinaryBuilder(Field field, String path, BuilderMemory memory, long expectedRows) {
    super(field, path, memory, expectedRows);
  }

  /** Appends a value. */
  public void append(byte[] value) {
    append(value, 0, value.length);
  }

  /** Appends {@code count} bytes from {@code from} on as one value. */
  public void append(byte[] value, int from, int count) {
    Objects.checkFromIndexSize(from, count, value.length);
    int at = stage(count);
    if (at >= 0) {
      System.arraycopy(value, from, stage(), at, count);
      commitStaged(count);
    } else {
      at = room(count);
      bytes.put(at, value, from, count);
      commit(count);
    }
  }

  /** Appends what remains of a buffer, whose position stays, as one value. */
  public void append(ByteBuffer value) {
    int count = value.remaining();
    int at = room(count);
    bytes.put(at, value, value.position(), count);
    commit(count);
  }

  /** Appends all values; null elements become null rows. */
  public void appendAll(byte @Nullable [][] values) {
    for (byte[] value : values) {
      if (value == null) {
        appendNull();
      } else {
        append(value);
      }
    }
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
