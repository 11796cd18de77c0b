package io.nanoarrow.crosscheck.json;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.IntervalUnit;
import java.io.IOException;
import java.math.BigInteger;

/**
 * Reads the elements of DATA of one type into bytes. A JSON null, which some writers put under null
 * rows, is zero or empty.
 */
final class ValueParser {
  private static final int MAX_DECIMAL_CHARS = 100;

  private final JsonInput in;
  private final ArrowType type;
  private final Growing out;

  /** Ends of the values of a type with offsets. */
  private final Longs ends = new Longs();

  private long count;

  ValueParser(JsonInput in, ArrowType type, Growing out) {
    this.in = in;
    this.type = type;
    this.out = out;
  }

  /** Returns the number of values read. */
  long count() {
    return count;
  }

  /** Returns where the values end, for a type with offsets. */
  Longs ends() {
    return ends;
  }

  /** Reads the current array. */
  void values() throws IOException {
    in.array(
        () -> {
          value();
          count++;
        });
  }

  private void value() throws IOException {
    int bits = Storage.integerBits(type);
    if (bits > 0) {
      integer(bits, !(type instanceof ArrowType.Int integer) || integer.signed());
    } else if (type instanceof ArrowType.Bool) {
      out.addBit(!in.isNull() && in.flag());
    } else if (type instanceof ArrowType.FloatingPoint number) {
      floating(number);
    } else if (type instanceof ArrowType.Decimal decimal) {
      decimal(decimal.bitWidth() / Byte.SIZE);
    } else if (type instanceof ArrowType.Interval interval) {
      interval(interval.unit());
    } else if (type instanceof ArrowType.FixedSizeBinary binary) {
      fixed(binary.byteWidth());
    } else if (Storage.isVariable(type)) {
      if (!in.isNull()) {
        out.add(Storage.isText(type) ? Texts.utf8(in, in.text()) : Texts.hex(in));
      }
      ends.add(out.sizeBytes());
    } else {
      throw in.invalid("DATA of a type that has none");
    }
  }

  private void integer(int bits, boolean signed) throws IOException {
    long value = in.isNull() ? 0 : signed ? in.integer() : unsigned();
    int unused = Long.SIZE - bits;
    if ((signed ? value << unused >> unused : value << unused >>> unused) != value) {
      throw in.invalid("a number that does not fit into " + bits + " bits");
    }
    switch (bits) {
      case Byte.SIZE -> out.addByte((int) value);
      case Short.SIZE -> out.addShort((int) value);
      case Integer.SIZE -> out.addInt((int) value);
      default -> out.addLong(value);
    }
  }

  private long unsigned() throws IOException {
    try {
      return Long.parseUnsignedLong(in.digits());
    } catch (NumberFormatException e) {
      throw in.invalid("not a whole number of 64 bits without a sign");
    }
  }

  private void floating(ArrowType.FloatingPoint number) throws IOException {
    String text = in.isNull() ? "0" : in.digits();
    try {
      switch (number.precision()) {
        case HALF -> out.addShort(Halves.nearest(Double.parseDouble(special(text))));
        case SINGLE -> out.addInt(Float.floatToRawIntBits(Float.parseFloat(special(text))));
        case DOUBLE -> out.addLong(Double.doubleToRawLongBits(Double.parseDouble(special(text))));
      }
    } catch (NumberFormatException e) {
      throw in.invalid("not a number");
    }
  }

  private static String special(String text) {
    return switch (text) {
      case "Inf", "+Inf", "inf", "+inf", "+INF", "INF" -> "Infinity";
      case "-Inf", "-inf", "-INF" -> "-Infinity";
      case "nan" -> "NaN";
      default -> text;
    };
  }

  private void decimal(int width) throws IOException {
    String digits = in.isNull() ? "0" : in.digits();
    if (digits.length() > MAX_DECIMAL_CHARS) {
      throw in.invalid("a decimal of more digits than there can be");
    }
    BigInteger value;
    try {
      value = new BigInteger(digits);
    } catch (NumberFormatException e) {
      throw in.invalid("a decimal that is no whole number");
    }
    byte[] bytes = value.toByteArray();
    if (bytes.length > width) {
      throw in.invalid("a decimal that does not fit into " + width + " bytes");
    }
    for (int i = 0; i < width; i++) {
      int high = bytes.length - 1 - i;
      out.addByte(high >= 0 ? bytes[high] : value.signum() >> 1);
    }
  }

  private void interval(IntervalUnit unit) throws IOException {
    long[] parts = new long[3];
    if (unit == IntervalUnit.DAY_TIME && !in.isObject() && !in.isNull()) {
      // Some writers put days and milliseconds side by side, as two elements.
      parts[1] = in.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
      if (!in.nextElement()) {
        throw in.invalid("days without milliseconds");
      }
      parts[2] = in.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (!in.isNull()) {
      in.object(
          key -> {
            switch (key) {
              case "months" -> parts[0] = in.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
              case "days" -> parts[1] = in.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
              case "milliseconds" -> parts[2] = in.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
              case "nanoseconds" -> parts[2] = in.integer();
              default -> {
                return false;
              }
            }
            return true;
          });
    }
    if (unit == IntervalUnit.MONTH_DAY_NANO) {
      out.addInt((int) parts[0]);
      out.addInt((int) parts[1]);
      out.addLong(parts[2]);
    } else {
      out.addInt((int) parts[1]);
      out.addInt((int) parts[2]);
    }
  }

  private void fixed(int width) throws IOException {
    if (in.isNull()) {
      out.addZeros(width);
      return;
    }
    byte[] bytes = Texts.hex(in);
    if (bytes.length != width) {
      throw in.invalid(bytes.length + " bytes where a value has " + width);
    }
    out.add(bytes);
  }
}
