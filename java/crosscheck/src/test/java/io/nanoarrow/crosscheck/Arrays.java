package io.nanoarrow.crosscheck;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Arrays built by hand. */
final class Arrays {
  static final ArrowType INT32 = new ArrowType.Int(32, true);

  private Arrays() {}

  static ArrowBuffer bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ArrowBuffer.wrap(bytes);
  }

  static ArrowBuffer ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return ArrowBuffer.wrap(bytes.array());
  }

  static ArrowBuffer text(String text) {
    return ArrowBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** An array that starts at row 0 of its buffers. */
  static ColumnData array(
      Field field,
      int length,
      ArrowBuffer validity,
      List<ArrowBuffer> buffers,
      ColumnData... children) {
    return new ColumnData(
        field,
        length,
        0,
        validity == null ? 0 : ColumnData.UNKNOWN_NULL_COUNT,
        validity,
        buffers,
        List.of(children),
        null);
  }

  static ColumnData int32(String name, ArrowBuffer validity, int... values) {
    return array(Field.of(name, INT32), values.length, validity, List.of(ints(values)));
  }

  /** Strings with the given offsets into one text. */
  static ColumnData utf8(String name, ArrowBuffer validity, String data, int... offsets) {
    Field field = Field.of(name, new ArrowType.Utf8());
    return array(field, offsets.length - 1, validity, List.of(ints(offsets), text(data)));
  }

  static ColumnData list(String name, ArrowBuffer validity, ColumnData items, int... offsets) {
    Field field = Field.of(name, new ArrowType.ListType(), items.field());
    return array(field, offsets.length - 1, validity, List.of(ints(offsets)), items);
  }

  static ColumnData struct(String name, ArrowBuffer validity, int length, ColumnData... children) {
    Field[] fields = new Field[children.length];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = children[i].field();
    }
    return array(
        Field.of(name, new ArrowType.Struct(), fields), length, validity, List.of(), children);
  }
}
