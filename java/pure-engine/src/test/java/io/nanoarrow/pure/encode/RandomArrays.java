package io.nanoarrow.pure.encode;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.pure.body.Layout;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.schema.IntervalUnit;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.TimeUnit;
import io.nanoarrow.schema.UnionMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Valid arrays of any type with random values, nulls, offsets and room to spare. */
final class RandomArrays {
  private final Random random;

  RandomArrays(long seed) {
    random = new Random(seed);
  }

  /** Returns a field of every type, nested ones with random children. */
  List<Field> everyType() {
    List<Field> fields = new ArrayList<>();
    for (ArrowType type : flatTypes()) {
      fields.add(field("f" + fields.size(), type, 0));
    }
    for (ArrowType type : nestedTypes()) {
      fields.add(field("f" + fields.size(), type, 0));
    }
    fields.add(encoded("f" + fields.size(), 7, new ArrowType.Int(8, false)));
    fields.add(encoded("f" + fields.size(), 8, new ArrowType.Int(64, true)));
    return fields;
  }

  private static Field encoded(String name, long id, ArrowType.Int index) {
    DictionaryEncoding encoding = new DictionaryEncoding(id, index, id == 8);
    return new Field(name, true, new ArrowType.Utf8(), encoding, List.of(), Metadata.EMPTY);
  }

  private static List<ArrowType> flatTypes() {
    return List.of(
        new ArrowType.Null(),
        new ArrowType.Bool(),
        new ArrowType.Int(8, true),
        new ArrowType.Int(16, false),
        new ArrowType.Int(32, true),
        new ArrowType.Int(64, false),
        new ArrowType.FloatingPoint(FloatingPointPrecision.HALF),
        new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE),
        new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
        new ArrowType.Decimal(9, 2, 32),
        new ArrowType.Decimal(18, 2, 64),
        new ArrowType.Decimal(38, -2, 128),
        new ArrowType.Decimal(76, 2, 256),
        new ArrowType.Date(DateUnit.DAY),
        new ArrowType.Date(DateUnit.MILLISECOND),
        new ArrowType.Time(TimeUnit.SECOND),
        new ArrowType.Time(TimeUnit.NANOSECOND),
        new ArrowType.Timestamp(TimeUnit.MICROSECOND, null),
        new ArrowType.Timestamp(TimeUnit.SECOND, "UTC"),
        new ArrowType.Duration(TimeUnit.MILLISECOND),
        new ArrowType.Interval(IntervalUnit.YEAR_MONTH),
        new ArrowType.Interval(IntervalUnit.DAY_TIME),
        new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO),
        new ArrowType.FixedSizeBinary(5),
        new ArrowType.FixedSizeBinary(0),
        new ArrowType.Utf8(),
        new ArrowType.LargeUtf8(),
        new ArrowType.Utf8View(),
        new ArrowType.Binary(),
        new ArrowType.LargeBinary(),
        new ArrowType.BinaryView());
  }

  private static List<ArrowType> nestedTypes() {
    return List.of(
        new ArrowType.ListType(),
        new ArrowType.LargeList(),
        new ArrowType.ListView(),
        new ArrowType.LargeListView(),
        new ArrowType.FixedSizeList(3),
        new ArrowType.FixedSizeList(0),
        new ArrowType.Struct(),
        new ArrowType.MapType(false),
        new ArrowType.Union(UnionMode.SPARSE, List.of(5, 0, 127)),
        new ArrowType.Union(UnionMode.DENSE, List.of(1, 7)),
        new ArrowType.RunEndEncoded());
  }

  private <T> T any(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  Field anyField(String name, int depth) {
    boolean isNested = depth < 3 && random.nextInt(3) == 0;
    return field(name, any(isNested ? nestedTypes() : flatTypes()), depth);
  }

  Field field(String name, ArrowType type, int depth) {
    List<Field> children = new ArrayList<>();
    if (type instanceof ArrowType.Struct) {
      for (int i = random.nextInt(4); i > 0; i--) {
        children.add(anyField("s" + i, depth + 1));
      }
    } else if (type instanceof ArrowType.MapType) {
      Field key = new Field("k", false, new ArrowType.Utf8(), null, List.of(), Metadata.EMPTY);
      Field value = anyField("v", depth + 1);
      children.add(
          new Field("e", false, new ArrowType.Struct(), null, List.of(key, value), Metadata.EMPTY));
    } else if (type instanceof ArrowType.Union union) {
      union.typeIds().forEach(id -> children.add(anyField("u" + id, depth + 1)));
    } else if (type instanceof ArrowType.RunEndEncoded) {
      ArrowType width = new ArrowType.Int(any(List.of(16, 32, 64)), true);
      children.add(new Field("run_ends", false, width, null, List.of(), Metadata.EMPTY));
      children.add(anyField("values", depth + 1));
    } else if (nestedTypes().stream().anyMatch(t -> t.getClass() == type.getClass())) {
      children.add(anyField("item", depth + 1));
    }
    return new Field(name, true, type, null, children, Metadata.EMPTY);
  }

  /** Returns an array of {@code length} rows. */
  ColumnData array(Field field, int length) {
    if (field.dictionary() != null) {
      return indices(field, length);
    }
    int offset = random.nextInt(4);
    int rows = offset + length;
    Layout layout = Layout.of(field.type());
    ArrowBuffer validity = null;
    if (field.nullable() && layout.hasValidity(false) && random.nextInt(4) > 0) {
      validity = bytes(rows / 8 + 1 + random.nextInt(3));
    }
    List<ArrowBuffer> buffers = new ArrayList<>();
    List<ColumnData> children = new ArrayList<>();
    switch (layout) {
      case NULL -> {}
      case BITS -> buffers.add(bytes(rows / 8 + 1));
      case FIXED -> buffers.add(fixed(field.type(), rows));
      case BINARY -> binary(buffers, rows, 4);
      case LARGE_BINARY -> binary(buffers, rows, 8);
      case VIEW -> views(buffers, rows);
      case LIST -> lists(field, buffers, children, rows, 4);
      case LARGE_LIST -> lists(field, buffers, children, rows, 8);
      case LIST_VIEW -> listViews(field, buffers, children, rows, 4);
      case LARGE_LIST_VIEW -> listViews(field, buffers, children, rows, 8);
      case VALIDITY -> {
        int each = field.type() instanceof ArrowType.FixedSizeList list ? list.listSize() : 1;
        field.children().forEach(f -> children.add(array(f, rows * each + random.nextInt(3))));
      }
      case SPARSE_UNION -> {
        buffers.add(typeIds((ArrowType.Union) field.type(), rows));
        field.children().forEach(f -> children.add(array(f, rows + random.nextInt(3))));
      }
      case DENSE_UNION -> {
        buffers.add(typeIds((ArrowType.Union) field.type(), rows));
        buffers.add(numbers(4, rows, 9));
        field.children().forEach(f -> children.add(array(f, 9 + random.nextInt(3))));
      }
      case RUN_ENDS -> runs(field, children, rows);
    }
    long nulls = layout == Layout.NULL ? length : validity == null ? 0 : -1;
    return new ColumnData(field, length, offset, nulls, validity, buffers, children, null);
  }

  private ColumnData indices(Field field, int length) {
    Field plain = new Field("v", true, field.type(), null, field.children(), Metadata.EMPTY);
    ColumnData values = array(plain, 5);
    int width = field.dictionary().indexType().bitWidth() / 8;
    return new ColumnData(
        field,
        length,
        0,
        -1,
        bytes(length / 8 + 1),
        List.of(numbers(width, length, 5)),
        List.of(),
        values);
  }

  private ArrowBuffer bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return ArrowBuffer.wrap(bytes);
  }

  private ArrowBuffer fixed(ArrowType type, int rows) {
    if (type instanceof ArrowType.Time || type instanceof ArrowType.Date) {
      return numbers(Layout.width(type), rows, type instanceof ArrowType.Date ? 1 : 86_400);
    } else if (type instanceof ArrowType.Decimal) {
      return numbers(Layout.width(type), rows, 100);
    }
    return bytes(rows * Layout.width(type) + random.nextInt(9));
  }

  private ArrowBuffer numbers(int width, int count, int bound) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(bound);
    }
    return numbers(width, numbers);
  }

  private static ArrowBuffer numbers(int width, long... numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * width + 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < numbers.length; i++) {
      for (int b = 0; b < width; b++) {
        bytes.put(i * width + b, b < 8 ? (byte) (numbers[i] >> 8 * b) : 0);
      }
    }
    return new ArrowBuffer(
        new io.nanoarrow.memory.HeapRegion(bytes), 0, (long) numbers.length * width);
  }

  private ArrowBuffer text(int size) {
    byte[] text = new byte[size];
    for (int i = 0; i < size; i++) {
      text[i] = (byte) ('a' + random.nextInt(26));
    }
    return ArrowBuffer.wrap(text);
  }

  private long[] offsets(int rows, int most) {
    long[] offsets = new long[rows + 1];
    offsets[0] = random.nextInt(3) == 0 ? 0 : random.nextInt(5);
    for (int i = 0; i < rows; i++) {
      offsets[i + 1] = offsets[i] + random.nextInt(most);
    }
    return offsets;
  }

  private void binary(List<ArrowBuffer> buffers, int rows, int width) {
    long[] offsets = offsets(rows, 20);
    buffers.add(numbers(width, offsets));
    buffers.add(text((int) offsets[rows] + random.nextInt(9)));
  }

  private void views(List<ArrowBuffer> buffers, int rows) {
    List<ArrowBuffer> data = List.of(text(60), text(13 + random.nextInt(3000)), text(0));
    ByteBuffer views = ByteBuffer.allocate(16 * rows).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows; i++) {
      int size = random.nextInt(30);
      views.putInt(16 * i, size);
      if (size <= 12) {
        text(size).copyTo(0, views.array(), 16 * i + 4, size);
      } else {
        int buffer = data.get(1).sizeBytes() < size ? 0 : random.nextInt(2);
        int offset = random.nextInt((int) data.get(buffer).sizeBytes() - size + 1);
        data.get(buffer).copyTo(offset, views.array(), 16 * i + 4, 4);
        views.putInt(16 * i + 8, buffer).putInt(16 * i + 12, offset);
      }
    }
    buffers.add(ArrowBuffer.wrap(views.array()));
    buffers.addAll(data);
  }

  private void lists(
      Field field, List<ArrowBuffer> buffers, List<ColumnData> children, int rows, int width) {
    long[] offsets = offsets(rows, 4);
    buffers.add(numbers(width, offsets));
    Field item = field.children().get(0);
    children.add(array(item, (int) offsets[rows] + random.nextInt(3)));
  }

  private void listViews(
      Field field, List<ArrowBuffer> buffers, List<ColumnData> children, int rows, int width) {
    long[] offsets = new long[rows];
    long[] sizes = new long[rows];
    int items = 10 + random.nextInt(rows + 1);
    for (int i = 0; i < rows; i++) {
      sizes[i] = random.nextInt(4);
      offsets[i] = random.nextInt(items - 3);
    }
    buffers.add(numbers(width, offsets));
    buffers.add(numbers(width, sizes));
    children.add(array(field.children().get(0), items));
  }

  private ArrowBuffer typeIds(ArrowType.Union union, int rows) {
    long[] ids = new long[rows];
    for (int i = 0; i < rows; i++) {
      ids[i] = any(union.typeIds());
    }
    return numbers(1, ids);
  }

  private void runs(Field field, List<ColumnData> children, int rows) {
    List<Long> ends = new ArrayList<>();
    for (long end = 0; end < rows; ) {
      end += 1 + random.nextInt(5);
      ends.add(end);
    }
    long[] all = ends.stream().mapToLong(Long::longValue).toArray();
    Field endField = field.children().get(0);
    int width = Layout.width(endField.type());
    children.add(plain(endField, all.length, numbers(width, all)));
    children.add(array(field.children().get(1), all.length + random.nextInt(3)));
  }

  private static ColumnData plain(Field field, int length, @Nullable ArrowBuffer values) {
    return new ColumnData(field, length, 0, 0, null, List.of(values), List.of(), null);
  }
}
