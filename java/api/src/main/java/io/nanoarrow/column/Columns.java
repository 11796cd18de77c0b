package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;

/** Makes the column class that goes with a type. For readers of batches, not for users. */
public final class Columns {
  private Columns() {}

  /**
   * Returns a column over an array. Children are made on first use.
   *
   * @param data the array
   * @param lease the handle whose closing ends the column
   * @param path the column path, for messages
   * @throws io.nanoarrow.error.ArrowFormatException when a buffer is missing or too small
   */
  public static Column of(ColumnData data, Lease lease, String path) {
    if (data.field().dictionary() != null) {
      return new DictionaryColumn(data, lease, path);
    }
    ArrowType type = data.field().type();
    if (type instanceof ArrowType.Int integer) {
      return integer(data, lease, path, integer);
    } else if (type instanceof ArrowType.FloatingPoint number) {
      return switch (number.precision()) {
        case HALF -> new HalfFloatColumn(data, lease, path);
        case SINGLE -> new FloatColumn(data, lease, path);
        case DOUBLE -> new DoubleColumn(data, lease, path);
      };
    } else if (isUtf8(type)) {
      return new Utf8Column(data, lease, path);
    } else if (isBinary(type)) {
      return new BinaryColumn(data, lease, path);
    } else if (type instanceof ArrowType.Bool) {
      return new BooleanColumn(data, lease, path);
    } else if (type instanceof ArrowType.Timestamp timestamp) {
      return new TimestampColumn(data, lease, path, timestamp);
    } else if (type instanceof ArrowType.Date date) {
      return new DateColumn(data, lease, path, date);
    } else if (type instanceof ArrowType.Time time) {
      return new TimeColumn(data, lease, path, time);
    } else if (type instanceof ArrowType.Duration duration) {
      return new DurationColumn(data, lease, path, duration);
    } else if (type instanceof ArrowType.Interval interval) {
      return new IntervalColumn(data, lease, path, interval);
    } else if (type instanceof ArrowType.Decimal decimal) {
      return new DecimalColumn(data, lease, path, decimal);
    } else if (type instanceof ArrowType.FixedSizeBinary binary) {
      return new FixedSizeBinaryColumn(data, lease, path, binary);
    }
    return nested(data, lease, path, type);
  }

  /**
   * Returns a column over an array of big-endian numbers, whatever its type.
   *
   * @param path the column path, for messages
   */
  public static Column raw(ColumnData data, Lease lease, String path) {
    return new RawColumn(data, lease, path);
  }

  private static Column nested(ColumnData data, Lease lease, String path, ArrowType type) {
    if (type instanceof ArrowType.Struct) {
      return new StructColumn(data, lease, path);
    } else if (isList(type)) {
      return new ListColumn(data, lease, path);
    } else if (type instanceof ArrowType.FixedSizeList list) {
      return new FixedSizeListColumn(data, lease, path, list);
    } else if (type instanceof ArrowType.MapType) {
      return new MapColumn(data, lease, path);
    } else if (type instanceof ArrowType.Union union) {
      return new UnionColumn(data, lease, path, union);
    } else if (type instanceof ArrowType.RunEndEncoded) {
      return new RunEndEncodedColumn(data, lease, path);
    } else if (type instanceof ArrowType.Null) {
      return new NullColumn(data, lease, path);
    }
    throw new IllegalArgumentException("no column class for " + type);
  }

  static IntegerColumn integer(ColumnData data, Lease lease, String path, ArrowType.Int type) {
    return switch (type.bitWidth()) {
      case 8 -> new ByteColumn(data, lease, path, type);
      case 16 -> new ShortColumn(data, lease, path, type);
      case 32 -> new IntColumn(data, lease, path, type);
      default -> new LongColumn(data, lease, path, type);
    };
  }

  private static boolean isUtf8(ArrowType type) {
    return type instanceof ArrowType.Utf8
        || type instanceof ArrowType.LargeUtf8
        || type instanceof ArrowType.Utf8View;
  }

  private static boolean isBinary(ArrowType type) {
    return type instanceof ArrowType.Binary
        || type instanceof ArrowType.LargeBinary
        || type instanceof ArrowType.BinaryView;
  }

  private static boolean isList(ArrowType type) {
    return type instanceof ArrowType.ListType
        || type instanceof ArrowType.LargeList
        || type instanceof ArrowType.ListView
        || type instanceof ArrowType.LargeListView;
  }
}
