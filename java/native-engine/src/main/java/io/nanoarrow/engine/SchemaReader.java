package io.nanoarrow.engine;

import static io.nanoarrow.engine.TypeNumbers.*;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.schema.IntervalUnit;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.TimeUnit;
import io.nanoarrow.schema.UnionMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the descriptor of a {@code naj_schema}. */
final class SchemaReader {
  private static final TimeUnit[] TIME_UNITS = TimeUnit.values();
  private static final ArrowType[] SIMPLE = simpleTypes();

  private final byte[] bytes;
  private final ByteBuffer in;
  private int nextField;

  private SchemaReader(byte[] descriptor) {
    bytes = descriptor;
    in = ByteBuffer.wrap(descriptor).order(ByteOrder.nativeOrder());
  }

  /** Returns the head of a {@code naj_schema}'s descriptor. */
  static DescriptorHeader header(long schemaHandle) {
    return DescriptorHeader.at(Naj.naj_bind_schema_descriptor(schemaHandle));
  }

  /** Reads a {@code naj_schema}, which stays the caller's. */
  static Schema read(long schemaHandle) {
    long address = Naj.naj_bind_schema_descriptor(schemaHandle);
    DescriptorHeader header = DescriptorHeader.at(address);
    try {
      return new SchemaReader(header.copy(address)).schema(header);
    } catch (IllegalArgumentException e) {
      throw new ArrowFormatException(ErrorKind.INVALID_DATA, "schema: " + e.getMessage());
    }
  }

  private Schema schema(DescriptorHeader header) {
    List<Field> columns = fields(header.columnCount());
    return new Schema(columns, metadata(header.metadataOffset(), header.metadataBytes()));
  }

  private List<Field> fields(int count) {
    if (count == 0) {
      return List.of();
    }
    List<Field> fields = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      fields.add(field());
    }
    return fields;
  }

  private Field field() {
    int at = DescriptorHeader.BYTES + DescriptorHeader.FIELD_BYTES * nextField++;
    int flags = in.getInt(at + 4);
    ArrowType type = type(at, in.getInt(at), flags);
    DictionaryEncoding dictionary = null;
    if ((flags & FLAG_DICTIONARY) != 0) {
      ArrowType.Int index = (ArrowType.Int) SIMPLE[in.getInt(at + 12)];
      dictionary = new DictionaryEncoding(in.getLong(at + 32), index, (flags & FLAG_ORDERED) != 0);
    }
    String name = text(in.getLong(at + 40), in.getInt(at + 28));
    Metadata metadata = metadata(in.getLong(at + 48), in.getLong(at + 56));
    List<Field> children = fields(in.getInt(at + 8));
    return new Field(name, (flags & FLAG_NULLABLE) != 0, type, dictionary, children, metadata);
  }

  private ArrowType type(int at, int number, int flags) {
    if (number >= 0 && number < SIMPLE.length && SIMPLE[number] != null) {
      return SIMPLE[number];
    }
    int param0 = in.getInt(at + 16);
    return switch (number) {
      case DECIMAL -> new ArrowType.Decimal(param0, in.getInt(at + 20), in.getInt(at + 24));
      case TIME32, TIME64 -> new ArrowType.Time(TIME_UNITS[param0]);
      case TIMESTAMP -> new ArrowType.Timestamp(TIME_UNITS[param0], timezone(at));
      case DURATION -> new ArrowType.Duration(TIME_UNITS[param0]);
      case FIXED_SIZE_BINARY -> new ArrowType.FixedSizeBinary(param0);
      case FIXED_SIZE_LIST -> new ArrowType.FixedSizeList(param0);
      case MAP -> new ArrowType.MapType((flags & FLAG_KEYS_SORTED) != 0);
      case SPARSE_UNION -> new ArrowType.Union(UnionMode.SPARSE, typeIds(at));
      case DENSE_UNION -> new ArrowType.Union(UnionMode.DENSE, typeIds(at));
      default -> throw new ArrowFormatException(ErrorKind.UNSUPPORTED, "type number " + number);
    };
  }

  private @Nullable String timezone(int at) {
    long size = in.getLong(at + 72);
    return size == 0 ? null : text(in.getLong(at + 64), size);
  }

  private List<Integer> typeIds(int at) {
    int from = Math.toIntExact(in.getLong(at + 64));
    int count = Math.toIntExact(in.getLong(at + 72) / 4);
    List<Integer> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(in.getInt(from + 4 * i));
    }
    return ids;
  }

  private String text(long offset, long size) {
    return new String(bytes, (int) offset, (int) size, StandardCharsets.UTF_8);
  }

  private Metadata metadata(long offset, long size) {
    return size == 0
        ? Metadata.EMPTY
        : KeyValues.read(ByteBuffer.wrap(bytes, (int) offset, (int) size));
  }

  /** Returns the type with a number that needs no parameters. */
  static ArrowType simpleType(int number) {
    return SIMPLE[number];
  }

  /** The types without parameters, by their number. */
  private static ArrowType[] simpleTypes() {
    ArrowType[] types = new ArrowType[RUN_END_ENCODED + 1];
    types[NULL] = new ArrowType.Null();
    types[BOOL] = new ArrowType.Bool();
    for (int i = 0; i < 4; i++) {
      types[INT8 + i] = new ArrowType.Int(8 << i, true);
      types[UINT8 + i] = new ArrowType.Int(8 << i, false);
    }
    types[HALF_FLOAT] = new ArrowType.FloatingPoint(FloatingPointPrecision.HALF);
    types[FLOAT] = new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
    types[DOUBLE] = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
    types[DATE32] = new ArrowType.Date(DateUnit.DAY);
    types[DATE64] = new ArrowType.Date(DateUnit.MILLISECOND);
    types[INTERVAL_MONTHS] = new ArrowType.Interval(IntervalUnit.YEAR_MONTH);
    types[INTERVAL_DAY_TIME] = new ArrowType.Interval(IntervalUnit.DAY_TIME);
    types[INTERVAL_MONTH_DAY_NANO] = new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO);
    types[UTF8] = new ArrowType.Utf8();
    types[LARGE_UTF8] = new ArrowType.LargeUtf8();
    types[UTF8_VIEW] = new ArrowType.Utf8View();
    types[BINARY] = new ArrowType.Binary();
    types[LARGE_BINARY] = new ArrowType.LargeBinary();
    types[BINARY_VIEW] = new ArrowType.BinaryView();
    types[LIST] = new ArrowType.ListType();
    types[LARGE_LIST] = new ArrowType.LargeList();
    types[LIST_VIEW] = new ArrowType.ListView();
    types[LARGE_LIST_VIEW] = new ArrowType.LargeListView();
    types[STRUCT] = new ArrowType.Struct();
    types[RUN_END_ENCODED] = new ArrowType.RunEndEncoded();
    return types;
  }
}
