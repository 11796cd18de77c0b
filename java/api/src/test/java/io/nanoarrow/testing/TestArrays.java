package io.nanoarrow.testing;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.Column;
import io.nanoarrow.column.Columns;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays made by hand, on the heap, with nothing checked: also those that break the format. */
public final class TestArrays {
  private TestArrays() {}

  /** Returns the low bytes of each number. */
  public static ArrowBuffer i8(long... values) {
    return fixed(1, values);
  }

  /** Returns 16-bit integers. */
  public static ArrowBuffer i16(long... values) {
    return fixed(2, values);
  }

  /** Returns 32-bit integers. */
  public static ArrowBuffer i32(long... values) {
    return fixed(4, values);
  }

  /** Returns 64-bit integers. */
  public static ArrowBuffer i64(long... values) {
    return fixed(8, values);
  }

  private static ArrowBuffer fixed(int width, long... values) {
    ByteBuffer bytes = little(width * values.length);
    for (long value : values) {
      for (int i = 0; i < width; i++) {
        bytes.put((byte) (value >> 8 * i));
      }
    }
    return ArrowBuffer.wrap(bytes.array());
  }

  /** Returns 32-bit floats. */
  public static ArrowBuffer f32(float... values) {
    ByteBuffer bytes = little(4 * values.length);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return ArrowBuffer.wrap(bytes.array());
  }

  /** Returns 64-bit floats. */
  public static ArrowBuffer f64(double... values) {
    ByteBuffer bytes = little(8 * values.length);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return ArrowBuffer.wrap(bytes.array());
  }

  /** Returns a bitmap: '1' is set, the first character is bit 0, e.g. "1101". */
  public static ArrowBuffer bits(String bits) {
    byte[] bytes = new byte[(bits.length() + 7) / 8];
    for (int i = 0; i < bits.length(); i++) {
      bytes[i / 8] |= (byte) ((bits.charAt(i) == '1' ? 1 : 0) << i % 8);
    }
    return ArrowBuffer.wrap(bytes);
  }

  /** Returns the UTF-8 bytes of a text. */
  public static ArrowBuffer text(String text) {
    return ArrowBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns bytes. */
  public static ArrowBuffer bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ArrowBuffer.wrap(bytes);
  }

  /** Returns 16-byte views: each of four numbers size, prefix, buffer, offset. */
  public static ArrowBuffer views(long[]... views) {
    return fixed(4, Arrays.stream(views).flatMapToLong(Arrays::stream).toArray());
  }

  /** Returns the view of a text of at most 12 bytes. */
  public static long[] inline(String text) {
    ByteBuffer view = little(16).putInt(text.length());
    view.put(text.getBytes(StandardCharsets.UTF_8)).rewind();
    return new long[] {view.getInt(0), view.getInt(4), view.getInt(8), view.getInt(12)};
  }

  /** Returns an array without nulls, named "f". */
  public static ColumnData array(ArrowType type, long length, ArrowBuffer... buffers) {
    return new ColumnData(
        Field.of("f", type), length, 0, 0, null, List.of(buffers), List.of(), null);
  }

  /** Returns an array of a nested type, whose field is made of the children's, named "f". */
  public static ColumnData nested(
      ArrowType type, long length, List<ArrowBuffer> buffers, ColumnData... children) {
    Field[] fields = Arrays.stream(children).map(ColumnData::field).toArray(Field[]::new);
    return new ColumnData(
        Field.of("f", type, fields), length, 0, 0, null, buffers, List.of(children), null);
  }

  /** Returns a dictionary-encoded array named "f". */
  public static ColumnData dictionary(
      ArrowType.Int indexType, long length, ArrowBuffer indices, ColumnData values) {
    Field of = values.field();
    Field field =
        new Field(
            "f",
            true,
            of.type(),
            new DictionaryEncoding(0, indexType, false),
            of.children(),
            Metadata.EMPTY);
    return new ColumnData(field, length, 0, 0, null, List.of(indices), List.of(), values);
  }

  /** Returns the array under another name. */
  public static ColumnData named(String name, ColumnData data) {
    Field f = data.field();
    Field field =
        new Field(name, f.nullable(), f.type(), f.dictionary(), f.children(), f.metadata());
    return new ColumnData(
        field,
        data.length(),
        data.offset(),
        data.nullCount(),
        data.validity(),
        data.buffers(),
        data.children(),
        data.dictionary());
  }

  /** Returns the array with a bitmap, as in {@link #bits}, and an unknown null count. */
  public static ColumnData valid(String bits, ColumnData data) {
    return new ColumnData(
        data.field(),
        data.length(),
        data.offset(),
        ColumnData.UNKNOWN_NULL_COUNT,
        bits(bits),
        data.buffers(),
        data.children(),
        data.dictionary());
  }

  /** Returns an int32 array; null elements are null. */
  public static ColumnData ints(@Nullable Integer... values) {
    long[] numbers = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      Integer value = values[i];
      numbers[i] = value == null ? 0 : value;
    }
    return withNulls(values, array(new ArrowType.Int(32, true), values.length, i32(numbers)));
  }

  /** Returns a string array; null elements are null. */
  public static ColumnData strings(@Nullable String... values) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    long[] offsets = new long[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      String value = values[i];
      data.writeBytes(value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8));
      offsets[i + 1] = data.size();
    }
    ArrowBuffer bytes = ArrowBuffer.wrap(data.toByteArray());
    return withNulls(values, array(new ArrowType.Utf8(), values.length, i32(offsets), bytes));
  }

  private static ColumnData withNulls(@Nullable Object[] values, ColumnData data) {
    StringBuilder bits = new StringBuilder();
    for (Object value : values) {
      bits.append(value == null ? '0' : '1');
    }
    return bits.indexOf("0") < 0 ? data : valid(bits.toString(), data);
  }

  /** Returns a column under a lease that never ends. */
  public static Column column(ColumnData data) {
    return Columns.of(data, new Lease("test"), data.field().name());
  }

  /** Returns a batch of the arrays, which the caller closes; its schema has their fields. */
  public static RecordBatch batch(ColumnData... columns) {
    return batch(columns.length == 0 ? 0 : columns[0].length(), columns);
  }

  /** Returns a batch of the arrays, which the caller closes; its schema has their fields. */
  public static RecordBatch batch(long rowCount, ColumnData... columns) {
    Field[] fields = Arrays.stream(columns).map(ColumnData::field).toArray(Field[]::new);
    return RecordBatch.of(
        Schema.of(fields), BatchData.of(rowCount, List.of(columns), Metadata.EMPTY));
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
