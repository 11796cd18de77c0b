package io.nanoarrow.crosscheck.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.FloatingPointPrecision;
import java.io.IOException;
import java.math.BigInteger;

/** Writes DATA, and OFFSET where the type has it. */
final class ValuePrinter {
  private static final int MAX_ARRAY = Integer.MAX_VALUE / 2 - 8;

  private final JsonGenerator out;

  ValuePrinter(JsonGenerator out) {
    this.out = out;
  }

  void data(ColumnData data, ArrowType type, String path) throws IOException {
    if (Storage.isVariable(type)) {
      offsets(data, Storage.isLarge(type));
    }
    out.writeArrayFieldStart("DATA");
    ArrowBuffer buffer = data.buffers().get(0);
    int bits = Storage.integerBits(type);
    for (long row = 0; row < data.length(); row++) {
      long at = data.offset() + row;
      if (bits > 0) {
        boolean signed = !(type instanceof ArrowType.Int integer) || integer.signed();
        integer(buffer, at, bits, signed);
      } else if (type instanceof ArrowType.Bool) {
        out.writeBoolean(buffer.getBit(at));
      } else if (type instanceof ArrowType.FloatingPoint number) {
        floating(buffer, at, number.precision());
      } else if (type instanceof ArrowType.Decimal decimal) {
        out.writeString(decimal(buffer, at, decimal.bitWidth() / Byte.SIZE).toString());
      } else if (type instanceof ArrowType.Interval interval) {
        interval(buffer, at, interval);
      } else if (type instanceof ArrowType.FixedSizeBinary binary) {
        int width = binary.byteWidth();
        out.writeString(Texts.hex(ViewPrinter.bytes(buffer, at * width, width)));
      } else {
        variable(data, type, row, path);
      }
    }
    out.writeEndArray();
  }

  private void offsets(ColumnData data, boolean large) throws IOException {
    out.writeArrayFieldStart("OFFSET");
    long end = 0;
    for (long row = 0; row <= data.length(); row++) {
      if (row > 0 && ColumnPrinter.isValid(data, row - 1)) {
        end +=
            ColumnPrinter.offset(data, 0, large, row)
                - ColumnPrinter.offset(data, 0, large, row - 1);
      }
      if (large) {
        out.writeString(Long.toString(end));
      } else {
        out.writeNumber(end);
      }
    }
    out.writeEndArray();
  }

  private void variable(ColumnData data, ArrowType type, long row, String path) throws IOException {
    boolean large = Storage.isLarge(type);
    long start = ColumnPrinter.offset(data, 0, large, row);
    long size =
        ColumnPrinter.isValid(data, row)
            ? ColumnPrinter.offset(data, 0, large, row + 1) - start
            : 0;
    byte[] bytes = ViewPrinter.bytes(data.buffers().get(1), start, arraySize(size, path));
    out.writeString(Storage.isText(type) ? Texts.text(bytes, "a text", path) : Texts.hex(bytes));
  }

  /** Returns a size as an int when a text of it can be made. */
  static int arraySize(long size, String path) {
    if (size > MAX_ARRAY) {
      throw new ArrowFormatException(
          ErrorKind.UNSUPPORTED,
          size + " bytes are more than a text of JSON holds",
          ArrowFormatException.UNKNOWN_OFFSET,
          path);
    }
    return (int) size;
  }

  private void integer(ArrowBuffer buffer, long at, int bits, boolean signed) throws IOException {
    switch (bits) {
      case Byte.SIZE -> {
        byte value = buffer.getByte(at);
        out.writeNumber(signed ? value : Byte.toUnsignedInt(value));
      }
      case Short.SIZE -> {
        short value = buffer.getShort(at * Short.BYTES);
        out.writeNumber(signed ? value : Short.toUnsignedInt(value));
      }
      case Integer.SIZE -> {
        int value = buffer.getInt(at * Integer.BYTES);
        out.writeNumber(signed ? value : Integer.toUnsignedLong(value));
      }
      default -> {
        long value = buffer.getLong(at * Long.BYTES);
        out.writeString(signed ? Long.toString(value) : Long.toUnsignedString(value));
      }
    }
  }

  /** NaN and infinities are texts: JSON has no numbers for them. */
  private void floating(ArrowBuffer buffer, long at, FloatingPointPrecision precision)
      throws IOException {
    switch (precision) {
      case HALF -> number(Halves.toFloat(buffer.getShort(at * Short.BYTES)));
      case SINGLE -> number(buffer.getFloat(at * Float.BYTES));
      case DOUBLE -> {
        double value = buffer.getDouble(at * Double.BYTES);
        if (Double.isFinite(value)) {
          out.writeNumber(value);
        } else {
          out.writeString(Double.toString(value));
        }
      }
    }
  }

  private void number(float value) throws IOException {
    if (Float.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeString(Float.toString(value));
    }
  }

  private static BigInteger decimal(ArrowBuffer buffer, long at, int width) {
    byte[] bytes = ViewPrinter.bytes(buffer, at * width, width);
    for (int low = 0, high = width - 1; low < high; low++, high--) {
      byte swap = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = swap;
    }
    return new BigInteger(bytes);
  }

  private void interval(ArrowBuffer buffer, long at, ArrowType.Interval type) throws IOException {
    out.writeStartObject();
    switch (type.unit()) {
      case DAY_TIME -> {
        out.writeNumberField("days", buffer.getInt(at * Long.BYTES));
        out.writeNumberField("milliseconds", buffer.getInt(at * Long.BYTES + Integer.BYTES));
      }
      case MONTH_DAY_NANO -> {
        long start = at * 2 * Long.BYTES;
        out.writeNumberField("months", buffer.getInt(start));
        out.writeNumberField("days", buffer.getInt(start + Integer.BYTES));
        out.writeNumberField("nanoseconds", buffer.getLong(start + Long.BYTES));
      }
      default -> throw new IllegalStateException("months are integers");
    }
    out.writeEndObject();
  }
}
