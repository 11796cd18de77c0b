package io.nanoarrow.build;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Builds a column of exact decimals of 32, 64, 128 or 256 bits. */
public final class DecimalBuilder extends FixedWidthBuilder {
  private static final int DIGITS_OF_LONG = 18;

  private final int scale;
  private final int precision;
  private final BigInteger bound;

  /** The bound when a long holds it. */
  private final long longBound;

  DecimalBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ArrowType.Decimal type) {
    super(field, path, memory, expectedRows, type.bitWidth() / Byte.SIZE);
    scale = type.scale();
    precision = Math.max(1, Math.min(type.precision(), digits(type.bitWidth())));
    bound = BigInteger.TEN.pow(precision);
    longBound = precision <= DIGITS_OF_LONG ? bound.longValue() : 0;
  }

  /** Returns the most digits that so many bits have room for. */
  private static int digits(int bitWidth) {
    return switch (bitWidth) {
      case 32 -> 9;
      case 64 -> 18;
      case 128 -> 38;
      default -> 76;
    };
  }

  /**
   * Appends a value.
   *
   * @throws IllegalArgumentException when it has digits below the scale or more than the precision
   */
  public void append(BigDecimal value) {
    if (value.signum() == 0) {
      appendUnscaled(0);
      return;
    }
    long digits = value.precision() - (long) value.scale() + scale;
    if (digits > precision) {
      throw bad("a value of more digits than the precision");
    }
    try {
      appendUnscaled(value.scale() == scale ? value.unscaledValue() : unscaled(value));
    } catch (ArithmeticException e) {
      throw bad("a value has digits below the scale");
    }
  }

  private BigInteger unscaled(BigDecimal value) {
    return value.setScale(scale).unscaledValue();
  }

  /**
   * Appends a value times 10 to the power of the scale.
   *
   * @throws IllegalArgumentException when it has more digits than the precision
   */
  public void appendUnscaled(long value) {
    if (precision <= DIGITS_OF_LONG && (value >= longBound || value <= -longBound)) {
      throw bad("a value of more digits than the precision");
    }
    int at = next(widthBytes);
    if (widthBytes == Integer.BYTES) {
      bytes.putInt(at, (int) value);
      return;
    }
    bytes.putLong(at, value);
    for (int word = Long.BYTES; word < widthBytes; word += Long.BYTES) {
      bytes.putLong(at + word, value >> (Long.SIZE - 1));
    }
  }

  /**
   * Appends a value times 10 to the power of the scale.
   *
   * @throws IllegalArgumentException when it has more digits than the precision
   */
  public void appendUnscaled(BigInteger value) {
    if (value.bitLength() < Long.SIZE) {
      appendUnscaled(value.longValue());
      return;
    }
    if (value.abs().compareTo(bound) >= 0) {
      throw bad("a value of more digits than the precision");
    }
    byte[] big = value.toByteArray();
    int at = next(widthBytes);
    for (int i = 0; i < widthBytes; i++) {
      int from = big.length - 1 - i;
      bytes.put(at + i, from >= 0 ? big[from] : (byte) (value.signum() >> 31));
    }
  }

  @Override
  Class<?> objectClass() {
    return BigDecimal.class;
  }

  @Override
  void putObject(Object value) {
    if (!(value instanceof BigDecimal decimal)) {
      throw badClass(value);
    }
    append(decimal);
  }
}
