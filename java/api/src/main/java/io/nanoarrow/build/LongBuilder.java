package io.nanoarrow.build;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.math.BigInteger;
import java.nio.ByteOrder;

/** Builds a column of int64 or uint64. */
public final class LongBuilder extends IntegerBuilder {
  LongBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ArrowType.Int type) {
    super(field, path, memory, expectedRows, type);
  }

  @Override
  public void append(long value) {
    if (value < min) {
      check(value);
    }
    appendBits(value);
  }

  /** Appends the 64 bits of a value: of uint64, negative numbers stand for 2^63 and more. */
  public void appendBits(long value) {
    int at = next(Long.BYTES);
    bytes.putLong(at, value);
  }

  @Override
  public void append(BigInteger value) {
    boolean fits =
        min == 0
            ? value.signum() >= 0 && value.bitLength() <= Long.SIZE
            : value.bitLength() < Long.SIZE;
    if (!fits) {
      throw bad(value + " is out of range");
    }
    appendBits(value.longValue());
  }

  @Override
  void putAll(long[] values, int from, int count) {
    int at = reserve(count);
    bytes
        .slice(at, count * Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .put(values, from, count);
  }

  @Override
  Class<?> objectClass() {
    return min == 0 ? BigInteger.class : Long.class;
  }
}
